"""Finds the table in a sheet: titles above it, a grouped header over the real one, spacer columns, and among its rows the
repeated headers, totals, samples and blanks that are no data."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from desktop.importer.formats.tables import Row
from desktop.importer.header import Header, begins_table, find_header, names_of
from desktop.importer.row_words import INSTRUCTION, NOTE, SAMPLE, is_total
from desktop.importer.values.text import tidy

LOOKED_AT = 200
"""Rows at the top of a sheet among which the header is sought."""


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
        other_from: number of the row with which another table begins that stands above this one.
    """

    header_row: int | None
    first_row: int
    names: tuple[str, ...]
    columns: tuple[int, ...]
    header_rows: tuple[int, ...] = ()
    header_cells: tuple[tuple[str, ...], ...] = ()
    titles: frozenset[str] = field(default_factory=frozenset)
    other_from: int | None = None


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
    header = find_header(looked, named) if header_row is None else Header(header_row - 1, header_row - 1)
    if header is None or not 0 <= header.top < len(looked):
        return _without_header(rows)
    top, bottom = header.top, header.bottom
    width = max((len(row) for row in rows), default=0)
    names = names_of(looked[top : bottom + 1], width)
    columns = tuple(index for index in range(width) if names[index] or _has_data(rows[bottom + 1 :], index))
    titled = top if header.other_from is None else header.other_from
    titles = frozenset(_joined(row) for row in looked[:titled] if any(row))
    return Layout(
        header_row=bottom + 1,
        first_row=bottom + 2,
        names=_different(names, columns),
        columns=columns,
        header_rows=tuple(range(top + 1, bottom + 2)),
        header_cells=tuple(tuple(row) for row in looked[top : bottom + 1]),
        titles=titles,
        other_from=None if header.other_from is None else header.other_from + 1,
    )


def _has_data(rows: Iterable[Row], index: int) -> bool:
    return any(len(row) > index and row[index].strip() for row in rows)


def _joined(row: Iterable[str]) -> str:
    return " ".join(filter(None, row))


def _without_header(rows: Sequence[Row]) -> Layout:
    width = max((len(row) for row in rows), default=0)
    columns = tuple(index for index in range(width) if _has_data(rows, index))
    return Layout(None, 1, _different([""] * width, columns), columns)


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


_QUICK_WORDS = (
    r"[*＊【\[(（※]|#+\s*\D|--|==|本|期|全|銷|訂|會|以|合|總|小|共|累|計|平均|加|统|統|总|総|sub|grand|total|sum\b|範|示|例|填|sample|example|e\.?g|記入|入力|サ"
    r"|備註|附註|註|說明|注意|製表|列印|印表|印製|承辦|經手|核准|審核|覆核|下載|匯出|產出|產生|資料|截至|筆數|人數|件數|end|<|＜|頁|第|page|printed|exported|generated|report|必|選|非|任|文字|數字|日期|格式|required|optional"
)
_QUICK = re.compile(_QUICK_WORDS, re.IGNORECASE)
_ANY_DOUBT = re.compile(rf"^(?:[\x00-\x20\u3000]|{_QUICK_WORDS})", re.IGNORECASE | re.MULTILINE)
"""Finds, in first cells on one line each, whether some may be blank or begin with one of those words."""
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
        self._gap_at = 0
        self._in_other = False

    def sort(self, first: int, rows: list[Row]) -> tuple[list[int], list[Row]]:
        """The numbers and the cells of the data rows among these.

        Args:
            first: number of the first row.
            rows: consecutive rows.
        """
        numbers = list(range(first, first + len(rows)))
        doubtful = list(range(len(rows))) if self._in_other else self._doubtful(first, rows)
        left_out = set()
        at = 0
        while at < len(doubtful):
            place = doubtful[at]
            was_in_other = self._in_other
            reason = self._reason(numbers[place], rows[place], rows[place + 1 : place + 2])
            if reason:
                self.not_data[reason] += 1
                left_out.add(place)
                if reason in _GAPS:
                    self._gap_at = numbers[place]
            if self._in_other and not was_in_other:
                doubtful[at + 1 :] = range(place + 1, len(rows))
            at += 1
        if not left_out:
            return numbers, rows
        kept = [place for place in range(len(rows)) if place not in left_out]
        return [numbers[place] for place in kept], [rows[place] for place in kept]

    def _doubtful(self, first: int, rows: list[Row]) -> list[int]:
        """Places of the rows that their first filled cell does not settle, and of those behind a gap."""
        lead, quick, seen = self._lead, _QUICK.match, self._seen_before
        start = max(0, min(len(rows), self._whole_until - first))
        if not start and self._gap_at == first - 1:
            start = min(2, len(rows))
        doubtful = list(range(start))
        leads = [row[lead] if len(row) > lead else "" for row in rows[start:]]
        if seen.isdisjoint(leads) and not _ANY_DOUBT.search("\n".join(leads) + "\n"):
            return doubtful
        behind_gap = start
        for place in range(start, len(rows)):
            row = rows[place]
            cell = row[lead] if len(row) > lead else ""
            if not cell:
                cell = next(filter(None, row), "")
                if not cell or cell.isspace():
                    behind_gap = place + 3
            if (
                place < behind_gap
                or not cell
                or cell in seen
                or cell[0] <= " "
                or cell[0] == "\u3000"
                or quick(cell)
            ):
                doubtful.append(place)
        return doubtful

    def _reason(self, number: int, row: Row, below: list[Row]) -> str | None:
        """Why a row is no data, None if it is; ``below`` holds the row under it."""
        texts = [tidy(cell)[0] for cell in row]
        cells = [text for text in texts if text]
        if not cells:
            return "blank"
        layout = self._layout
        if number < layout.first_row:
            if number in layout.header_rows:
                return "header"
            if layout.other_from is not None and number >= layout.other_from:
                return "other_table"
            return "total" if is_total(cells) else "title"
        if self._is_header_again(texts, cells):
            self._in_other = False
            return "repeated_header"
        if self._in_other or self._begins_other(number, texts, cells, below):
            return "other_table"
        if is_total(cells):
            return "total"
        if self._is_sample(number, cells):
            return "sample"
        if _joined(cells) in layout.titles or (
            len(cells) <= 2 < len(layout.columns) and NOTE.fullmatch(cells[0])
        ):
            return "title"
        return None

    def _is_sample(self, number: int, cells: list[str]) -> bool:
        if any(SAMPLE.fullmatch(cell) for cell in cells[:3]):
            return True
        instructions = sum(cell.strip("()（）*＊") in INSTRUCTION for cell in cells)
        return number - self._layout.first_row < 3 and instructions * 2 > len(cells)

    def _begins_other(self, number: int, texts: list[str], cells: list[str], below: list[Row]) -> bool:
        """Whether another table begins here, behind a gap: with its header, or with a title over its header."""
        if number - 1 != self._gap_at or self._layout.header_row is None:
            return False
        if begins_table([texts], 0):
            self._in_other = True
        elif len(cells) == 1 and not below:
            self._gap_at = (
                number  # the last row of a batch: a title, if the next one turns out to be a header
            )
        elif len(cells) == 1:
            under = [tidy(cell)[0] for cell in below[0]]
            named = [cell for cell in under if cell]
            self._in_other = begins_table([under], 0) and not self._is_header_again(under, named)
        return self._in_other

    def _is_header_again(self, texts: list[str], cells: list[str]) -> bool:
        for header in self._layout.header_cells:
            named = [cell for cell in header if cell]
            same = sum(a == b and a != "" for a, b in zip(texts, header, strict=False))
            if same and same >= len(cells) - 1 and same >= min(2, len(named)) and same >= len(named) * 0.5:
                return True
        return False


_GAPS = frozenset(("blank", "total", "title"))
