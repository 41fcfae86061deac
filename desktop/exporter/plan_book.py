"""Writes the operating plan as a workbook: a sheet for each part, laid out to be read and printed on A4."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.exporter.tables import Cell, harmless, plain_text, sheet_name
from desktop.exporter.whole_file import whole_file

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_LONGEST_NAME = 31
"""Characters of a sheet's name (Microsoft, "Excel specifications and limits")."""


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the plan.

    Args:
        title: its heading.
        columns: names of the columns; () for rows of a label and what belongs to it.
        rows: the cells, texts in the reader's language.
        notes: lines under the heading.
        landscape: whether it is wide.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    landscape: bool = False


def write_plan_book(path: Path, sections: Sequence[Section]) -> Path:
    """Write the sections to ``path`` (.xlsx); an existing file is replaced only when the new one is complete.

    Args:
        path: where to.
        sections: at least one.

    Raises:
        UserError: if the file cannot be written.
        ValueError: without a section.
    """
    if not sections:
        raise ValueError("a workbook needs a sheet")
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    names: list[str] = []
    for section in sections:
        names.append(_free_name(sheet_name(section.title), names))
        _write(book.create_sheet(names[-1]), section)
    with whole_file(path) as partial:
        book.save(partial)
    return path


def _free_name(wanted: str, taken: Sequence[str]) -> str:
    """The name, or with a number behind it that makes it one no other sheet has: Excel takes none longer than 31 characters, and
    capitals make no difference."""
    keys, name, number = {one.casefold() for one in taken}, wanted, 1
    while name.casefold() in keys:
        number += 1
        end = f" {number}"
        name = wanted[: _LONGEST_NAME - len(end)].rstrip() + end
    return name


def _write(into: Worksheet, section: Section) -> None:
    from openpyxl.styles import Font, PatternFill

    _put(into, 1, 1, section.title).font = Font(bold=True, size=16)
    for line, note in enumerate(section.notes, 2):
        _put(into, line, 1, note).font = Font(color="666666")
    head = len(section.notes) + 3
    for place, name in enumerate(section.columns, 1):
        cell = _put(into, head, place, name)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="EEF3F0")
    first = head + 1 if section.columns else head
    for at, row in enumerate(section.rows, first):
        for place, value in enumerate(row, 1):
            cell = _put(into, at, place, value, wrap=True)
            if not section.columns and place == 1:
                cell.font = Font(bold=True)
    _lay_out(into, section, head)


def _put(into: Worksheet, line: int, place: int, value: Cell, *, wrap: bool = False) -> Any:
    from openpyxl.styles import Alignment

    cell = into.cell(line, place)
    if isinstance(value, str):
        cell.value = plain_text(value)
        # openpyxl makes a formula of a leading "=": say that it is text, in the file and for whoever edits the cell.
        cell.data_type = "s"
        cell.quotePrefix = harmless(value) != value
    else:
        cell.value = value
    # Headings and notes run on over the cells beside them.
    cell.alignment = Alignment(vertical="top", wrap_text=wrap)
    return cell


_NARROWEST, _WIDEST, _TEXT = 9, 34, 60


def _lay_out(into: Worksheet, section: Section, head: int) -> None:
    """Widths that fit the texts, one page wide on A4, the heading of the table on each page."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    wide = max((len(row) for row in section.rows), default=1)
    for place in range(max(wide, len(section.columns))):
        texts = [*section.columns[place : place + 1]]
        texts += [str(row[place]) for row in section.rows if len(row) > place and row[place] is not None]
        # A Chinese character is about as wide as two digits.
        widest = max(
            (
                sum(2 if ord(sign) > 0x2E80 else 1 for sign in line)
                for text in texts
                for line in text.split("\n")
            ),
            default=0,
        )
        most = _TEXT if not section.columns and place else _WIDEST
        into.column_dimensions[get_column_letter(place + 1)].width = min(max(_NARROWEST, widest + 2), most)
    into.page_setup.paperSize = into.PAPERSIZE_A4
    into.page_setup.orientation = "landscape" if section.landscape else "portrait"
    into.page_setup.fitToWidth, into.page_setup.fitToHeight = 1, 0
    into.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if section.columns:
        into.freeze_panes = f"A{head + 1}"
        into.print_title_rows = f"{head}:{head}"
