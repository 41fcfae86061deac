"""What can be done with people on the members page besides tagging: seeing what a selection holds,
「不發訊息」, and writing lists to a file or for the clipboard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.core.changes import Changes, Kind
from desktop.core.job import QUIET, JobContext
from desktop.core.message import message
from desktop.core.people.selection import Selection
from desktop.core.people.tag import Tag
from desktop.store import history, people, shop, tags
from desktop.store.condition_sql import selection_count, selection_into
from desktop.store.database import Database
from desktop.store.undo.turn_report import Affected

if TYPE_CHECKING:
    from desktop.exporter.tables import Cell, TableFile

_NAMES_OF_FULL = 20
_TAIWAN_MOBILE = 13


@dataclass(frozen=True, slots=True)
class HeldTag:
    """A tag and how many of a selection hold it."""

    tag: Tag
    people: int


@dataclass(frozen=True, slots=True)
class SelectionFacts:
    """What a selection holds: how many people, their tags (most held first), and who of them is full.

    ``full`` has the first of the ``full_count`` people who have ``limit`` tags, ``full_tags`` the names of their tags.
    """

    people: int
    held: tuple[HeldTag, ...]
    limit: int
    full_count: int
    full: tuple[Affected, ...]
    full_tags: Mapping[int, tuple[tuple[int, str, str], ...]]


@dataclass(frozen=True, slots=True)
class SwitchOutcome:
    """How many people 「不發訊息」 changed for; ``step`` is None if nobody."""

    changed: int
    step: int | None
    changes: Changes


def selection_facts(db: Database, selection: Selection) -> SelectionFacts:
    """Look at a selection, on a connection that may only read.

    Raises:
        Cancelled: if the connection was interrupted.
    """
    limit = shop.tag_limit(db)
    count = selection_count(db, selection)
    holders = tags.holders_in(db, selection, count)
    held = [HeldTag(tag, holders[tag.id]) for tag in tags.all_tags(db) if tag.id in holders]
    full_count, full = tags.full_in(db, selection, limit, people=count, names=_NAMES_OF_FULL)
    return SelectionFacts(
        people=count,
        held=tuple(sorted(held, key=lambda one: -one.people)),
        limit=limit,
        full_count=full_count,
        full=full,
        full_tags=people.tags_of(db, [one.id for one in full]),
    )


def set_do_not_send(db: Database, selection: Selection, value: bool) -> SwitchOutcome:
    """Switch 「不發訊息」 on or off for everybody selected, as one step."""
    with db.transaction():
        chosen = selection_into(db, selection)
        kind = "do_not_send" if value else "send_again"
        step = history.begin_step(db, kind, message(f"steps.{kind}", n=0))
        changed = people.set_do_not_send(db, chosen, value, step)
        kept = history.finish_step(db, step, changed, message(f"steps.{kind}", n=changed))
    kinds = (Kind.PEOPLE, Kind.HISTORY) if kept else ()
    return SwitchOutcome(changed, kept, Changes.of(*kinds, count=changed))


def export_members(
    db: Database,
    ids: Sequence[int],
    path: Path,
    titles: Mapping[str, str],
    *,
    yes_no: tuple[str, str] = ("1", "0"),
    sheet: str = "",
    extra: bool = True,
    job: JobContext = QUIET,
) -> TableFile:
    """Write people to a spreadsheet, one a row.

    Args:
        ids: who, in the order of the rows; who is gone is left out.
        path: .xlsx or .csv.
        titles: field name → the column's title, in the order of the columns; the shop's extra columns follow.
        yes_no: the words for yes and no.
        sheet: name of the sheet.
        extra: False: of the extra columns only those among the titles.

    Raises:
        UserError, Cancelled: see :func:`desktop.exporter.tables.write_table`.
    """
    from desktop.exporter.tables import write_table

    own = [name for name in people.extra_columns(db) if name not in people.MEMBER_FIELDS and extra]
    header = [*titles.values(), *own]
    rows = member_rows(db, ids, [*titles, *own], yes_no)
    return write_table(path, header, rows, total=len(ids), title=sheet, job=job)


def member_rows(
    db: Database, ids: Sequence[int], fields: Sequence[str], yes_no: tuple[str, str] = ("1", "0")
) -> Iterator[list[Cell]]:
    """People as cells: phones as people write them, tags side by side, yes and no in words."""
    for member in people.members(db, ids):
        yield [_cell(field, member.get(field), yes_no) for field in fields]


@dataclass(frozen=True, slots=True)
class CopiedCells:
    """Cells for the clipboard: as lines with tabs between them, and as an HTML table that keeps leading zeros."""

    text: str
    html: str


def copied_cells(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> CopiedCells:
    """Cells for pasting into a spreadsheet or a document; none of them becomes a formula there."""
    lines = ["\t".join(header)]
    cells = "".join(f"<th>{escape(title)}</th>" for title in header)
    html = [f'<meta charset="utf-8"><table><tr>{cells}</tr>']
    for row in rows:
        lines.append("\t".join(_pasted(cell) for cell in row))
        html.append(f"<tr>{''.join(map(_pasted_html, row))}</tr>")
    return CopiedCells("\n".join(lines), "".join([*html, "</table>"]))


def _pasted(cell: Cell) -> str:
    from desktop.exporter.tables import harmless

    return "" if cell is None else harmless(" ".join(str(cell).split()))


def _pasted_html(cell: Cell) -> str:
    # Excel's own word for text, without which 0912… would lose its zero.
    kind = " style=\"mso-number-format:'\\@'\"" if isinstance(cell, str) else ""
    return f"<td{kind}>{escape('' if cell is None else ' '.join(str(cell).split()))}</td>"


def _cell(field: str, value: object, yes_no: tuple[str, str]) -> Cell:
    if isinstance(value, bool):
        return yes_no[0] if value else yes_no[1]
    if isinstance(value, list):
        return "、".join(str(item) for item in value)
    if field == "phone" and isinstance(value, str):
        return written_phone(value)
    if value is None or isinstance(value, str | int | float):
        return value
    return str(value)


def written_phone(number: str) -> str:
    """A Taiwanese mobile number as people write it, which keeps its zero in every spreadsheet; others stay as they are."""
    if not number.startswith("+8869") or len(number) != _TAIWAN_MOBILE:
        return number
    local = "0" + number[4:]
    return f"{local[:4]}-{local[4:7]}-{local[7:]}"
