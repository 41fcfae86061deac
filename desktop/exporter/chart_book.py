"""Writes figures as a workbook: a sheet for each view, with its title, what its numbers mean, the table, and a chart drawn from
the table by the spreadsheet program itself, so that the owner can go on working with both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from desktop.exporter.tables import Cell, harmless, plain_text, sheet_name
from desktop.exporter.whole_file import whole_file

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Shape = Literal["bars", "columns", "lines"]
Form = Literal["text", "number", "share", "money"]

_FORMATS: dict[Form, str] = {"text": "General", "number": "#,##0", "share": "0.0%", "money": "#,##0"}
_CHART_CM = (18.0, 9.0)
_LONGEST_COLUMN = 44
_GREEN = "0B8F55"


@dataclass(frozen=True, slots=True)
class Column:
    """A column's name and how its numbers are shown; a share is a number from 0 to 1."""

    name: str
    form: Form = "text"


@dataclass(frozen=True, slots=True)
class Chart:
    """What to draw: the columns (from 0) against the first one; bars lie, columns stand."""

    shape: Shape
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One view.

    Args:
        title: name of the sheet and its first line.
        notes: lines under it: period, population, formula, date of the data.
        columns, rows: the table.
        chart: None: no chart.
    """

    title: str
    notes: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    chart: Chart | None = None


def write_chart_book(path: Path, sheets: Sequence[Sheet]) -> Path:
    """Write the sheets to ``path`` (.xlsx); an existing file is replaced only when the new one is complete.

    Args:
        path: where to.
        sheets: at least one; titles that clash are numbered.

    Raises:
        UserError: if the file cannot be written.
        ValueError: without a sheet.
    """
    if not sheets:
        raise ValueError("a workbook needs a sheet")
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _write(book.create_sheet(sheet_name(sheet.title)), sheet)
    with whole_file(path) as partial:
        book.save(partial)
    return path


def _write(into: Worksheet, sheet: Sheet) -> None:
    from openpyxl.styles import Font, PatternFill

    _put(into, 1, 1, sheet.title).font = Font(bold=True, size=14)
    for line, note in enumerate(sheet.notes, 2):
        _put(into, line, 1, note).font = Font(color="666666")
    head = len(sheet.notes) + 3
    for place, column in enumerate(sheet.columns, 1):
        cell = _put(into, head, place, column.name)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="EEF3F0")
    for line, row in enumerate(sheet.rows, head + 1):
        for place, value in enumerate(row, 1):
            _put(into, line, place, value).number_format = _FORMATS[sheet.columns[place - 1].form]
    into.freeze_panes = f"A{head + 1}"
    _widths(into, sheet)
    if sheet.chart is not None and sheet.rows:
        _draw(into, sheet, sheet.chart, head)


def _put(into: Worksheet, line: int, place: int, value: Cell) -> Any:
    cell = into.cell(line, place)
    if isinstance(value, str):
        cell.value = plain_text(value)
        # openpyxl makes a formula of a leading "=": say that it is text, in the file and for whoever edits the cell.
        cell.data_type = "s"
        cell.quotePrefix = harmless(value) != value
    else:
        cell.value = value
    return cell


def _widths(into: Worksheet, sheet: Sheet) -> None:
    from openpyxl.utils import get_column_letter

    for place, column in enumerate(sheet.columns):
        texts = [column.name, *(str(row[place]) for row in sheet.rows[:200] if row[place] is not None)]
        # A Chinese character is about as wide as two digits.
        widest = max(sum(2 if ord(sign) > 0x2E80 else 1 for sign in text) for text in texts)
        into.column_dimensions[get_column_letter(place + 1)].width = min(max(10, widest + 2), _LONGEST_COLUMN)


def _draw(into: Worksheet, sheet: Sheet, wanted: Chart, head: int) -> None:
    from openpyxl.chart import BarChart, LineChart, Reference
    from openpyxl.utils import get_column_letter

    chart: Any = LineChart() if wanted.shape == "lines" else BarChart()
    if wanted.shape != "lines":
        chart.type = "bar" if wanted.shape == "bars" else "col"
    last = head + len(sheet.rows)
    for column in wanted.columns:
        chart.add_data(Reference(into, min_col=column + 1, min_row=head, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(into, min_col=1, min_row=head + 1, max_row=last))
    chart.title = sheet.title
    chart.width, chart.height = _CHART_CM
    # openpyxl hides axes in newer spreadsheet programs unless told not to.
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.number_format = _FORMATS[sheet.columns[wanted.columns[0]].form]
    if wanted.shape == "bars":
        # The first row on top, as in the table.
        chart.x_axis.scaling.orientation = "maxMin"
    if len(wanted.columns) == 1:
        chart.legend = None
        series = chart.series[0]
        (
            series.graphicalProperties.line if wanted.shape == "lines" else series.graphicalProperties
        ).solidFill = _GREEN
    into.add_chart(chart, f"{get_column_letter(len(sheet.columns) + 2)}{head}")
