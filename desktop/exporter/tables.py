"""Writes a list as a workbook (.xlsx) or as text (.csv) that a spreadsheet program opens as it is meant: every
cell is text or a number, and nothing in it can run as a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.core.errors import UserError
from desktop.core.job import QUIET, JobContext
from desktop.core.message import message
from desktop.exporter.whole_file import whole_file

Cell = str | int | float | None

MOST_WORKBOOK_ROWS = 1_048_576
"""Rows of a sheet, the header included (Microsoft, "Excel specifications and limits")."""

LONGEST_CELL = 32_767
"""Characters of a cell (same source)."""

_FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")
_OWN_PHONE = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_STEP = 1_000


@dataclass(frozen=True, slots=True)
class TableFile:
    """A written file and its number of rows below the header."""

    path: Path
    rows: int


def harmless(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula (OWASP, "CSV injection").
    Our own E.164 phones stay as they are."""
    if text[:1] in _FORMULA_STARTS and text and not _OWN_PHONE.fullmatch(text):
        return "'" + text
    return text


def write_table(
    path: Path,
    header: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    total: int | None = None,
    title: str = "",
    job: JobContext = QUIET,
) -> TableFile:
    """Write the rows to ``path``; an existing file is replaced only when the new one is complete.

    Args:
        path: .xlsx makes a workbook; anything else UTF-8 text with a byte order mark, which Excel needs to read it as such.
        header: names of the columns.
        rows: cells in the columns' order; texts that look like formulas are made harmless.
        total: number of rows, for the progress and for the limit of a sheet.
        title: name of the sheet.
        job: progress and cancellation.

    Raises:
        UserError: if there are more rows than a sheet has, or the file cannot be written.
        Cancelled: if the job was cancelled; ``path`` is as before.
    """
    workbook = path.suffix.lower() == ".xlsx"
    if workbook and total is not None and total >= MOST_WORKBOOK_ROWS:
        raise UserError(
            message("tables.too_many_rows", n=total, limit=MOST_WORKBOOK_ROWS - 1),
            cure=message("tables.too_many_rows.cure"),
        )
    counted = _Counted(rows, total, job)
    with whole_file(path) as partial:
        if workbook:
            _write_workbook(partial, header, counted, title)
        else:
            _write_text(partial, header, counted)
    return TableFile(path, counted.done)


class _Counted:
    """Rows on their way into the file, with the progress told."""

    def __init__(self, rows: Iterable[Sequence[Cell]], total: int | None, job: JobContext) -> None:
        self._rows = rows
        self._total = total
        self._job = job
        self.done = 0

    def __iter__(self) -> Iterator[Sequence[Cell]]:
        for row in self._rows:
            yield row
            self.done += 1
            if self.done % _STEP == 0:
                self._job.report(self.done, self._total)
                self._job.raise_if_cancelled()


def _write_text(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as out:
        writer = csv.writer(out)
        writer.writerow([harmless(name) for name in header])
        writer.writerows([harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)


def _write_workbook(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]], title: str) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet(sheet_name(title))
    sheet.freeze_panes = "A2"

    def text(value: str) -> Any:
        cell = WriteOnlyCell(sheet, value=plain_text(value))
        # openpyxl makes a formula of a leading "=": say that it is text, in the file and for whoever edits the cell.
        cell.data_type = "s"
        if harmless(value) != value:
            cell.quotePrefix = True
        return cell

    try:
        sheet.append([text(name) for name in header])
        for row in rows:
            sheet.append([text(cell) if isinstance(cell, str) else cell for cell in row])
    except BaseException:
        # The sheet's rows wait in a temporary file, which closing it deletes.
        sheet.close()
        raise
    book.save(path)


def plain_text(value: str) -> str:
    """The text as a cell of a workbook can hold it."""
    return _NOT_IN_XML.sub("", value)[:LONGEST_CELL]


def sheet_name(title: str) -> str:
    """A name Excel takes: none of its reserved signs, at most 31 characters."""
    return re.sub(r"[\\/*?:\[\]]", " ", title).strip()[:31] or "Tagline"
