"""Finds the table in a sheet: titles above it, a grouped header over the real one, spacer columns, and among its rows the
repeated headers, totals, samples and blanks that are no data."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from desktop.importer.columns.evidence import looks_like_code, looks_like_name
from desktop.importer.columns.names import is_known_name, match_name, name_key
from desktop.importer.formats.tables import Row
from desktop.importer.values.date_shapes import Shape, take_apart
from desktop.importer.values.identifiers import EMAIL, read_user_id
from desktop.importer.values.text import squash, tidy

LOOKED_AT = 200
"""Rows at the top of a sheet among which the header is sought."""

_NUMBER = re.compile(r"[-+(]?(?:NT\$|\$|¥)?\s*\d[\d,.]*\s*[)%元]?", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"\+?[\d\s()-]{7,}")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the table is.

    Args:
        header_row: number of the row with the columns' names; None if the table has none.
        first_row: number of the first row that may be data.
        names: the name of each column from A on, "" for columns without one; made different from each other.
        columns: indexes (from 0) of the columns that belong to the table.
        header_rows: numbers of all rows of the header, group row included.
        header_cells: the tidied cells of those rows, to know them again further down.
        titles: the tidied texts of the rows above.
    """

    header_row: int | None
    first_row: int
    names: tuple[str, ...]
    columns: tuple[int, ...]
    header_rows: tuple[int, ...] = ()
    header_cells: tuple[tuple[str, ...], ...] = ()
    titles: frozenset[str] = field(default_factory=frozenset)


def column_letter(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def find_layout(rows: Sequence[Row], *, header_row: int | None = None, named: Collection[str] = ()) -> Layout:
    """Find the table in the first rows of a sheet.

    Args:
        rows: rows from the first on, LOOKED_AT or more where there are.
        header_row: the owner's word on where the names stand; 0: nowhere.
        named: names of columns that the owner or a saved recipe used: the row that holds them is the header.
    """
    looked = [[tidy(cell)[0] for cell in row] for row in rows[:LOOKED_AT]]
    at = _header_index(looked, named) if header_row is None else header_row - 1
    if at is None or not 0 <= at < len(looked):
        return _without_header(rows)
    top, bottom = _header_span(looked, at) if header_row is None else (at, at)
    width = max((len(row) for row in rows), default=0)
    names = _names(looked[top : bottom + 1], width)
    columns = tuple(index for index in range(width) if names[index] or _has_data(rows[bottom + 1 :], index))
    titles = frozenset(_joined(row) for row in looked[:top] if any(row))
    return Layout(
        header_row=bottom + 1,
        first_row=bottom + 2,
        names=_different(names, columns),
        columns=columns,
        header_rows=tuple(range(top + 1, bottom + 2)),
        header_cells=tuple(tuple(row) for row in looked[top : bottom + 1]),
        titles=titles,
    )


def _has_data(rows: Iterable[Row], index: int) -> bool:
    return any(len(row) > index and row[index].strip() for row in rows)


def _joined(row: Iterable[str]) -> str:
    return " ".join(filter(None, row))


def _without_header(rows: Sequence[Row]) -> Layout:
    width = max((len(row) for row in rows), default=0)
    columns = tuple(index for index in range(width) if _has_data(rows, index))
    return Layout(None, 1, _different([""] * width, columns), columns)


def is_value(text: str) -> bool:
    """Whether a cell holds a value rather than a name: a number, a date, a phone, an address, a user ID."""
    if not text or len(text) > 60:
        return False
    plain = squash(text)
    if plain[:1].isdigit() or plain[:1] in "+-($¥NnＮ民":
        if _NUMBER.fullmatch(plain) or _LONG_NUMBER.fullmatch(plain):
            return True
        written = take_apart(plain)
        if written is not None and written.shape is not Shape.INCOMPLETE:
            return True
    if "@" in plain:
        return bool(EMAIL.fullmatch(plain.lower()))
    return len(plain) >= 30 and read_user_id(plain).value is not None


def _header_index(looked: list[Row], named: Collection[str]) -> int | None:
    """The row with the names: the one with those the owner used; else the one with most names that some export uses; else
    a first full row that does not look like the rows below it; else none."""
    keys = {name_key(name) for name in named}
    held = [len(keys.intersection(map(name_key, row))) for row in looked] if keys else [0]
    if max(held):
        return held.index(max(held))
    filled = [[cell for cell in row if cell] for row in looked]
    widths = Counter(len(cells) for cells in filled if cells)
    if not widths:
        return None
    usual = max(widths, key=lambda width: (widths[width] * min(width, 8), width))
    best, best_score = None, 0.0
    for index, cells in enumerate(filled[:60]):
        known = sum(map(is_known_name, cells))
        values = sum(map(is_value, cells))
        if not known or values > known or _is_total(cells) or (known == 1 and len(cells) == 1 < usual):
            continue
        score = known * 2.0 + min(len(cells), usual) / usual - values * 2.0
        if len(set(cells)) < len(cells) * 0.6:
            score -= 1.0
        if score > best_score + 0.5:
            best, best_score = index, score
    return best if best is not None else _header_by_contrast(looked, filled, usual)


def _header_by_contrast(looked: list[Row], filled: list[Row], usual: int) -> int | None:
    """The first full row, if it holds words unlike the values under them."""
    for index, cells in enumerate(filled[:60]):
        if len(cells) < max(1, usual * 0.6):
            continue
        if len(set(cells)) < len(cells):
            return None
        below = [row for row in looked[index + 1 : index + 40] if any(row)]
        if not below:
            return index if usual > 1 and not any(map(is_value, cells)) else None
        for column, name in enumerate(looked[index]):
            under = [row[column] for row in below if len(row) > column and row[column]]
            if name and _like_values(name, under):
                return None
        return index
    return None


def _like_values(cell: str, under: list[str]) -> bool:
    """Whether a cell at the top is one of the values of its column and not their name."""
    if is_value(cell) or cell in under:
        return True
    kinds = (looks_like_name, looks_like_code)
    return any(kind(cell) and sum(map(kind, under)) * 2 >= len(under) > 0 for kind in kinds)


def _header_span(looked: list[Row], at: int) -> tuple[int, int]:
    """First and last index of the header's rows: a group row above the names, or names that go on in the row below."""
    top = bottom = at
    if _goes_on_below(looked, at):
        bottom = at + 1
    elif at and _is_group_row(looked[at - 1], looked[at]):
        top = at - 1
    return top, bottom


def _is_group_row(above: Row, names: Row) -> bool:
    cells = [cell for cell in above if cell]
    if (
        len(cells) < 2
        or any(map(is_value, cells))
        or any(mark in cell for cell in cells for mark in ":：")
        or _is_total(cells)
    ):
        return False
    places = [index for index, cell in enumerate(above) if cell]
    return len(cells) < sum(map(bool, names)) and all(index < len(names) for index in places)


def _goes_on_below(looked: list[Row], at: int) -> bool:
    if at + 2 >= len(looked):
        return False
    upper, lower, data = looked[at], looked[at + 1], looked[at + 2]
    under = {index for index, cell in enumerate(lower) if cell}
    over = {index for index, cell in enumerate(upper) if cell}
    cells = [lower[index] for index in under]
    if not cells or any(map(is_value, cells)) or not under - over or not over - under:
        return False
    return sum(map(bool, data)) > len(under) and sum(bool(match_name(cell)) for cell in cells) * 2 >= len(
        cells
    )


def _names(header: list[Row], width: int) -> list[str]:
    """One name a column: the lower row's; the upper row's where that is blank; both where the lower one is not alone."""
    padded = [row + [""] * (width - len(row)) for row in header]
    if len(padded) == 1:
        return [re.sub(r"\s*\n\s*", " ", name) for name in padded[0]]
    upper, lower = padded
    counts = Counter(name_key(name) for name in lower if name)
    names, group = [], ""
    for above, below in zip(upper, lower, strict=True):
        group = above or group
        if below and group and is_known_name(group + below) and not is_known_name(below):
            names.append(group + below)
        elif below and counts[name_key(below)] > 1 and group and group != below:
            names.append(f"{group} {below}")
        else:
            names.append(below or above)
        if not below:
            group = ""
    return names


def _different(names: list[str], columns: tuple[int, ...]) -> tuple[str, ...]:
    """Names that can be told apart: a second 備註 becomes 備註 (2); a column without a name is called by its letter."""
    seen: Counter[str] = Counter()
    result = []
    for index, name in enumerate(names):
        unique = name or (column_letter(index) if index in columns else "")
        if unique:
            seen[unique] += 1
            if seen[unique] > 1:
                unique = f"{unique} ({seen[unique]})"
        result.append(unique)
    return tuple(result)


_TOTAL = re.compile(
    r"[*＊【\[(（#-]*\s*(?:本頁|本期|本月|全部|銷售|訂單|會員|以上)?\s*(?:(?:合|總|小|共|累|统|統)\s*(?:計|计)|總和|總共|加總|總數|总计|"
    r"(?:sub|grand)?[\s-]*totals?|sum|合算|総計|総合計)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_COUNTED = re.compile(
    r"(?:總|全)?(?:共|total)\s*[:：]?\s*(?:計|有)?\s*[\d,]+\s*(?:筆|人|位|項|件|名|張|個|records?|rows?).*",
    re.IGNORECASE,
)
_SAMPLE = re.compile(
    r"[(（【\[<]?\s*(?:範例|範本|示例|例如|填寫範例|範列|sample|example|e\.g\.?|記入例|入力例|サンプル|例)\s*[\d一二三]?(?:[)）】\]>]|[:：]).*",
    re.IGNORECASE | re.DOTALL,
)
_NOTE = re.compile(
    r"(?:[※＊*]|備註[:：]|註[:：]|附註[:：]|說明[:：]|注意[:：]|製表|列印|匯出|產出|資料來源|頁次|第\s*\d+\s*頁|page\s*\d+|以上|以下空白|-{3,}|={3,}|printed|exported|generated|report).*",
    re.IGNORECASE | re.DOTALL,
)
_INSTRUCTION = frozenset(
    "必填 選填 必填欄位 選填欄位 required optional 文字 數字 日期 格式 必須 任意 必要 非必填".split()
)


def _is_total(cells: Sequence[str]) -> bool:
    """A row that begins with a word for "total" and otherwise holds little but numbers."""
    found = _TOTAL.fullmatch(cells[0]) if cells else None
    if found:
        rest = found["rest"].strip(" 　:：)）】]*＊-")
        worded = rest and not re.match(r"[\d(（,$N金額筆人數計]", rest)
        others = [cell for cell in cells[1:] if not is_value(cell) or EMAIL.fullmatch(cell.lower())]
        return not worded and len(others) <= 1
    return bool(cells) and len(cells) <= 2 and bool(_COUNTED.fullmatch(cells[0]))


_QUICK = re.compile(
    r"[*＊【\[(（※]|#+\s*\D|--|==|本|期|全|銷|訂|會|以|合|總|小|共|累|加|统|統|总|総|sub|grand|total|sum\b|範|示|例|填|sample|example|e\.?g|記入|入力|サ"
    r"|備註|附註|註|說明|注意|製表|列印|匯出|產出|資料來源|頁|第|page|printed|exported|generated|report|必|選|非|任|文字|數字|日期|格式|required|optional",
    re.IGNORECASE,
)
_FIRST_ROWS = 5


class RowSorter:
    """Tells data rows from the rest, batch by batch; ``not_data`` counts the rest by reason.

    Most rows are settled by one look at their first cell; the others are examined whole.

    Args:
        layout: the table's place in its sheet.
    """

    def __init__(self, layout: Layout) -> None:
        self.not_data: Counter[str] = Counter()
        self._layout = layout
        self._lead = layout.columns[0] if layout.columns else 0
        self._whole_until = layout.first_row + _FIRST_ROWS
        self._seen_before = {cell for row in layout.header_cells for cell in row if cell} | set(layout.titles)

    def sort(self, first: int, rows: list[Row]) -> tuple[list[int], list[Row]]:
        """The numbers and the cells of the data rows among these.

        Args:
            first: number of the first row.
            rows: consecutive rows.
        """
        numbers = list(range(first, first + len(rows)))
        doubtful = self._doubtful(first, rows)
        left_out = set()
        for place in doubtful:
            reason = self._reason(numbers[place], rows[place])
            if reason:
                self.not_data[reason] += 1
                left_out.add(place)
        if not left_out:
            return numbers, rows
        kept = [place for place in range(len(rows)) if place not in left_out]
        return [numbers[place] for place in kept], [rows[place] for place in kept]

    def _doubtful(self, first: int, rows: list[Row]) -> list[int]:
        """Places of the rows that their first filled cell does not settle."""
        lead, quick, seen = self._lead, _QUICK.match, self._seen_before
        start = max(0, min(len(rows), self._whole_until - first))
        doubtful = list(range(start))
        for place in range(start, len(rows)):
            row = rows[place]
            cell = row[lead] if len(row) > lead else ""
            if not cell:
                cell = next(filter(None, row), "")
            if not cell or cell in seen or cell[0] <= " " or cell[0] == "\u3000" or quick(cell):
                doubtful.append(place)
        return doubtful

    def _reason(self, number: int, row: Row) -> str | None:
        """Why a row is no data, None if it is."""
        texts = [tidy(cell)[0] for cell in row]
        cells = [text for text in texts if text]
        if not cells:
            return "blank"
        layout = self._layout
        if number < layout.first_row:
            if number in layout.header_rows:
                return "header"
            return "total" if _is_total(cells) else "title"
        if self._is_header_again(texts, cells):
            return "repeated_header"
        if _is_total(cells):
            return "total"
        if any(_SAMPLE.fullmatch(cell) for cell in cells[:3]):
            return "sample"
        if number - layout.first_row < 3 and sum(
            cell.strip("()（）*＊") in _INSTRUCTION for cell in cells
        ) * 2 > len(cells):
            return "sample"
        if _joined(cells) in layout.titles or (
            len(cells) <= 2 < len(layout.columns) and _NOTE.fullmatch(cells[0])
        ):
            return "title"
        return None

    def _is_header_again(self, texts: list[str], cells: list[str]) -> bool:
        for header in self._layout.header_cells:
            named = [cell for cell in header if cell]
            same = sum(a == b and a != "" for a, b in zip(texts, header, strict=False))
            if same and same >= len(cells) - 1 and same >= min(2, len(named)) and same >= len(named) * 0.5:
                return True
        return False
