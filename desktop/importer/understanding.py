"""Makes the recipe of a file: looks at the first rows of each sheet, finds table, columns, formats and kind, and puts to the
owner only what the file itself cannot answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from desktop.core.job import QUIET, JobContext
from desktop.importer.columns.assignment import PARTS, assign
from desktop.importer.columns.by_values import Assigned
from desktop.importer.columns.deciding import SAMPLED, Deciding
from desktop.importer.columns.evidence import ColumnEvidence
from desktop.importer.columns.fields import ASSIGNABLE, FLAG_FIELDS, KINDS, ORDER_FIELDS
from desktop.importer.columns.kinds import kind_of
from desktop.importer.columns.names import CHAT_HEADERS, FORM_TIME, is_secret_name, match_name, name_key
from desktop.importer.columns.orders import settle_orders
from desktop.importer.formats.problems import refused
from desktop.importer.formats.tables import Row, Sheet
from desktop.importer.layout import LOOKED_AT, Layout, RowSorter, column_letter, find_layout
from desktop.importer.reader import Source
from desktop.importer.recipe import Answers, Column, Recipe, Sample
from desktop.importer.values.date_formats import ORDERS
from desktop.importer.values.money import read_number, times

FIRST_LOOK = 3_000
"""Rows looked at in any case."""
LONG_LOOK = 30_000
"""Rows looked at while some column has shown hardly a value."""
_HARDLY = 20


def understand(
    source: Source,
    sheet: str | None = None,
    *,
    answers: Answers | None = None,
    zone: str = "Asia/Taipei",
    country: str = "TW",
    job: JobContext = QUIET,
) -> Recipe:
    """The recipe for one sheet: the one asked for, else the one that tells most about people or orders.

    Args:
        source: the opened file.
        sheet: a sheet's name, or its number from 1.
        answers: what the owner or a saved recipe decided.
        zone: the shop's time zone.
        country: the shop's country (ISO code).
        job: cancellation.

    Raises:
        UserError: no such sheet or column, nothing in the file.
    """
    answers = answers or Answers()
    asked = sheet or answers.sheet
    shown = [one for one in source.sheets if not one.hidden] or list(source.sheets)
    chosen = [source.sheet(asked)] if asked else shown
    recipes = []
    for one in chosen:
        job.raise_if_cancelled()
        recipe = _understand(source, one, answers, zone, country, job)
        if recipe is not None:
            recipes.append(recipe)
    if not recipes:
        raise refused("empty", file=source.name)
    _check_names(source, answers, recipes, job)
    return max(recipes, key=_worth)


def understand_all(
    source: Source,
    *,
    answers: Answers | None = None,
    zone: str = "Asia/Taipei",
    country: str = "TW",
    job: JobContext = QUIET,
) -> list[Recipe]:
    """Recipes for every visible sheet that tells about people or orders, people first.

    The same arguments and errors as :func:`understand`; never empty: where no sheet tells anything, the likeliest one.
    """
    answers = answers or Answers()
    recipes = []
    for one in source.sheets:
        job.raise_if_cancelled()
        if one.hidden and any(not other.hidden for other in source.sheets):
            continue
        recipe = _understand(source, one, answers, zone, country, job)
        if recipe is not None:
            recipes.append(recipe)
    if not recipes:
        raise refused("empty", file=source.name)
    _check_names(source, answers, recipes, job)
    telling = [recipe for recipe in recipes if recipe.identifies and _worth(recipe) >= 0.5]
    telling.sort(key=lambda recipe: recipe.kind == "orders")
    return telling or [max(recipes, key=_worth)]


def _worth(recipe: Recipe) -> float:
    """How much a sheet tells: the sureness of its fields; people before orders, little without anything that identifies."""
    told = sum(column.confidence for column in recipe.columns if column.field not in ("extra", "ignore"))
    filled = any(column.filled for column in recipe.columns)
    preferred = 0.5 if recipe.kind == "orders" else 1.0
    return told * preferred * (1.0 if recipe.identifies else 0.2) * (1.0 if filled else 0.5)


def _understand(
    source: Source, sheet: Sheet, answers: Answers, zone: str, country: str, job: JobContext
) -> Recipe | None:
    looked = _look(sheet, answers, job)
    if looked is None:
        return None
    layout, numbers, rows = looked
    if not layout.columns:
        return None
    names = [layout.names[index] if layout.header_row else "" for index in layout.columns]
    shown = [layout.names[index] for index in layout.columns]
    cells = [[row[index] if len(row) > index else "" for row in rows] for index in layout.columns]
    evidence = _evidence(source, sheet, layout, cells, country)
    fixed = _fixed(shown, layout, answers)
    kind = _kind(names, evidence, answers, fixed)
    assigned = _assigned(names, evidence, kind, fixed, cells)
    orders = _date_orders(shown, layout, answers)
    deciding = Deciding(sheet, layout, kind, orders, answers, zone, country, job)
    columns, questions = [], []
    for place, index in enumerate(layout.columns):
        shown_cells = list(zip(numbers[:SAMPLED], cells[place][:SAMPLED], strict=True))
        column, question = deciding.column(index, shown[place], assigned[place], evidence[place], shown_cells)
        columns.append(column)
        if question:
            questions.append(question)
    columns = _samples_of_amounts(columns, numbers, cells)
    chat_name = _chat_name(sheet.name or source.name) if kind == "chat_log" else ""
    return Recipe(
        kind, sheet.name, sheet.encoding, layout, tuple(columns), tuple(questions), zone, country, chat_name
    )


def _evidence(
    source: Source, sheet: Sheet, layout: Layout, cells: list[list[str]], country: str
) -> list[ColumnEvidence]:
    """What the columns' values say; kept with the source, for each answer of the owner asks again about the same cells."""
    about = (layout, len(cells[0]), country)
    known = source.judged.get(sheet.name)
    if known is not None and known[0] == about:
        evidence: list[ColumnEvidence] = known[1]
        return evidence
    evidence = [
        ColumnEvidence([cell for cell in column if cell.strip()][:FIRST_LOOK], country) for column in cells
    ]
    source.judged[sheet.name] = (about, evidence)
    return evidence


def _assigned(
    names: list[str],
    evidence: list[ColumnEvidence],
    kind: str,
    fixed: dict[int, Assigned],
    cells: list[list[str]],
) -> list[Assigned]:
    """The field of each column, with what is particular to a kind of file."""
    if kind == "chat_log":
        return [_chat_column(name) for name in names]
    assigned = assign(names, evidence, kind, fixed)
    if kind == "form_answers":
        return [
            _answer(name, one, values, index in fixed)
            for index, (name, one, values) in enumerate(zip(names, assigned, evidence, strict=True))
        ]
    return settle_orders(names, evidence, assigned, cells, set(fixed)) if kind == "orders" else assigned


def _samples_of_amounts(columns: list[Column], numbers: list[int], cells: list[list[str]]) -> list[Column]:
    """The columns, with a price of one piece shown as it is kept: times the quantity beside it."""
    counts = next((place for place, one in enumerate(columns) if one.field == "quantity"), None)
    if counts is None or not any(one.part == "unit" for one in columns):
        return columns
    decimal = columns[counts].form.decimal
    count_of = dict(zip(numbers[:SAMPLED], cells[counts][:SAMPLED], strict=True))

    def kept(sample: Sample) -> Sample:
        return replace(sample, after=times(sample.after, read_number(count_of[sample.row], decimal).value))

    return [
        replace(one, samples=tuple(map(kept, one.samples))) if one.part == "unit" else one for one in columns
    ]


def _look(sheet: Sheet, answers: Answers, job: JobContext) -> tuple[Layout, list[int], list[Row]] | None:
    """Layout and first data rows of a sheet; None if there is nothing in it."""
    batches = sheet.batches()
    top: list[Row] = []
    for _, rows in batches:
        job.raise_if_cancelled()
        top += rows
        if len(top) >= LOOKED_AT and sum(map(any, top)) > 20:
            break
        if len(top) > LONG_LOOK * 3:
            break
    if not any(any(cell.strip() for cell in row) for row in top):
        return None
    layout = find_layout(top, header_row=answers.header_row, named=(*answers.fields, *answers.dates))
    sorter = RowSorter(layout)
    numbers, data = sorter.sort(1, top)
    number = len(top) + 1
    for _, rows in batches:
        if len(data) >= FIRST_LOOK and (len(data) >= LONG_LOOK or not _sparse(data, layout)):
            break
        job.raise_if_cancelled()
        more_numbers, more = sorter.sort(number, rows)
        numbers += more_numbers
        data += more
        number += len(rows)
    batches.close()  # type: ignore[attr-defined]
    return _with_ragged(layout, data), numbers, data


def _sparse(data: list[Row], layout: Layout) -> bool:
    """Whether some column has shown hardly a value so far."""
    for index in layout.columns:
        filled = 0
        for row in data:
            if len(row) > index and row[index]:
                filled += 1
                if filled >= _HARDLY:
                    break
        else:
            return True
    return False


def _with_ragged(layout: Layout, data: list[Row]) -> Layout:
    """The layout with columns beyond the header that some rows fill, called by their letters."""
    known = set(layout.columns)
    width = max(map(len, data), default=0)
    more = [
        index
        for index in range(width)
        if index not in known and any(len(row) > index and row[index].strip() for row in data)
    ]
    if not more:
        return layout
    names = list(layout.names) + [""] * (width - len(layout.names))
    for index in more:
        names[index] = column_letter(index)
    return replace(layout, names=tuple(names), columns=tuple(sorted(known | set(more))))


def _fixed(shown: Sequence[str], layout: Layout, answers: Answers) -> dict[int, Assigned]:
    """The columns the owner decided, by place in ``shown``; a password stays out whatever was decided.

    Raises:
        UserError: no such field.
    """
    fixed = {}
    for name, field in answers.fields.items():
        if field not in ASSIGNABLE:
            raise refused("no_such_field", field=field, fields=list(ASSIGNABLE))
        place = _place(name, shown, layout)
        if place is not None:
            secret = is_secret_name(shown[place])
            part = _part(shown[place], field)
            fixed[place] = Assigned(
                "ignore" if secret else field, "" if secret else part, 1.0, "secret" if secret else "owner"
            )
    return fixed


def _part(name: str, field: str) -> str:
    """Whether a column the owner gave to a field of yes and no says the opposite of it, by its name: 拒收訊息 for consent."""
    parts = (PARTS.get(match.field, (match.field, "")) for match in match_name(name))
    return next((part for of, part in parts if of == field and field in FLAG_FIELDS), "")


def _date_orders(shown: Sequence[str], layout: Layout, answers: Answers) -> dict[int, str]:
    """The orders of dates the owner told, by column index.

    Raises:
        UserError: no such order.
    """
    orders = {}
    for name, order in answers.dates.items():
        if order not in ORDERS:
            raise refused("no_such_order", order=order, orders=list(ORDERS))
        place = _place(name, shown, layout)
        if place is not None:
            orders[layout.columns[place]] = order
    return orders


def _check_names(source: Source, answers: Answers, recipes: list[Recipe], job: JobContext) -> None:
    """A column the owner named has to be in some sheet of the file.

    Raises:
        UserError: it is in none; names the columns there are.
    """
    columns = [[column.name for column in recipe.columns] for recipe in recipes]
    layouts = [recipe.layout for recipe in recipes]
    for name in (*answers.fields, *answers.dates):
        if any(
            _place(name, shown, layout) is not None for shown, layout in zip(columns, layouts, strict=True)
        ):
            continue
        for sheet in source.sheets:
            looked = _look(sheet, answers, job) if sheet.name not in {r.sheet for r in recipes} else None
            if (
                looked
                and _place(name, [looked[0].names[index] for index in looked[0].columns], looked[0])
                is not None
            ):
                break
        else:
            raise refused("no_such_column", column=name, columns=[one for shown in columns for one in shown])


def _place(name: str, shown: Sequence[str], layout: Layout) -> int | None:
    """A column by its name, its name without marks and case, or its letter."""
    if name in shown:
        return shown.index(name)
    keys = [name_key(one) for one in shown]
    if keys.count(name_key(name)) == 1:
        return keys.index(name_key(name))
    letters = [column_letter(index) for index in layout.columns]
    return letters.index(name.upper()) if name.upper() in letters else None


def _kind(
    names: Sequence[str], evidence: list[ColumnEvidence], answers: Answers, fixed: dict[int, Assigned]
) -> str:
    if answers.kind in KINDS:
        return str(answers.kind)
    kind = kind_of(names, evidence)
    given = {one.field for one in fixed.values()}
    if kind == "members" and not given.isdisjoint(set(ORDER_FIELDS) - {"status"}):
        return "orders"
    if kind == "user_ids" and given - {"line_user_id", "ignore"}:
        return "members"
    return kind


def _chat_column(name: str) -> Assigned:
    role = CHAT_HEADERS.get(name.strip(), "")
    if role == "sender_time":
        role = "sent_time"
    if role == "sent_time":
        return Assigned("sent_at", "time", 1.0, "name")
    if role == "sender_name":
        return Assigned("name", "", 1.0, "name")
    return Assigned(role, "", 1.0, "name") if role else Assigned("ignore", why="no_place")


def _answer(name: str, assigned: Assigned, evidence: ColumnEvidence, fixed: bool) -> Assigned:
    """Answers to a question with choices become tags; everything else a form asks stays as it was answered."""
    if fixed or assigned.field != "extra" or assigned.why == "other" or name_key(name) in FORM_TIME:
        return assigned
    if any(word in name for word in _FREE_TEXT):
        return assigned
    if evidence.is_choice and evidence.flag < 0.8 and evidence.gender < 0.8:
        return Assigned("tags", "", 0.6, "choices")
    return assigned


_FREE_TEXT = tuple(
    "建議 意見 想說 的話 留言 心得 回饋 其他 備註 comment feedback message remark ご意見 ご要望 感想 コメント".split()
)


_DAY = r"\d{8}(?:[\s_-]?\d{4,6})?"
_LOG_NAME = re.compile(
    rf"^(?:{_DAY}[\s_-]+)?(?:\[?line\]?[\s_-]*)?|[\s_-]*(?:{_DAY}|\(\d+\))$", re.IGNORECASE
)


def _chat_name(file: str) -> str:
    """The friend's display name, which a chat log has only in its file's name."""
    stem = PurePath(file).stem
    return _LOG_NAME.sub("", stem).strip() or stem
