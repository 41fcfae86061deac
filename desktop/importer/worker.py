"""The child process that parses workbooks and markup. Parsers may eat memory, hang or abort; here they can only take this
process with them. Writes to stdout: a line when a sheet begins, frames of rows of texts, notes, and an end mark.

Started as ``-m desktop.importer.worker PATH FORMAT [entry=N] [encoding=NAME] [with-password]`` or, from the packaged program,
``--import-worker …``; a password is read from stdin."""

from __future__ import annotations

import errno
import gc
import io
import os
import sys
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Any

from desktop.importer.formats.frames import NO_ROOM, pack_fact, pack_rows
from desktop.importer.formats.parsing.marks import BLANK_ROWS_END, Marks, with_texts, zero_filled
from desktop.importer.formats.parsing.parts import sheet_parts
from desktop.importer.formats.parsing.protected import WITH_PASSWORD, has_password, is_locked, unlock
from desktop.importer.formats.parsing.workbook_check import MOST_CELLS, Unsafe, WorkbookFacts, check_workbook
from desktop.importer.formats.problems import BROKEN_ARCHIVE
from desktop.importer.formats.tables import BATCH_ROWS, Row

MEMORY_LIMIT = 3_000_000_000
"""Bytes of address space for the child, where the platform can limit it."""


def main(arguments: list[str]) -> int:
    """Parse a workbook or a page of markup and print its sheets.

    Args:
        arguments: the file's path, its format (xlsx, xlsb, ods, xls, html, xml), which entry of an archive it is if the path
            is one, the encoding of markup, and whether a password waits in stdin.

    Returns:
        0; reasons to decline the file are printed as ``{"error": reason}``. NO_ROOM if the disk is full.
    """
    limit_memory(MEMORY_LIMIT)
    gc.disable()  # rows live shortly and refer to nothing; looking for cycles among them doubles the time
    out = sys.stdout.buffer
    named = dict(one.split("=", 1) for one in arguments[2:] if "=" in one)
    password = sys.stdin.buffer.read().decode("utf-8") if WITH_PASSWORD in arguments[2:] else None
    try:
        return _told(Path(arguments[0]), arguments[1], out, password, named)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            os._exit(NO_ROOM)  # without another try to write what is left
        raise


def _told(path: Path, form: str, out: IO[bytes], password: str | None, named: dict[str, str]) -> int:
    """Write the sheets, and why the file is declined if it is."""
    try:
        write_file(path, form, out, password, named)
        out.write(pack_fact({"end": True}))
    except Unsafe as problem:
        out.write(pack_fact({"error": problem.reason}))
    except MemoryError:
        out.write(pack_fact({"error": "too_large"}))
    except PermissionError:
        out.write(pack_fact({"error": "locked"}))
    except FileNotFoundError:
        out.write(pack_fact({"error": "not_found"}))
    out.flush()
    return 0


def limit_memory(limit: int) -> None:
    """Limit this process's memory where the platform knows how (Linux); elsewhere the check before parsing has to do."""
    if sys.platform != "linux":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def write_file(path: Path, form: str, out: IO[bytes], password: str | None, named: dict[str, str]) -> None:
    """Write the sheets of a file, or of one entry of an archive.

    Raises:
        Unsafe: it is declined.
    """
    with path.open("rb") as file:  # by content: the parser would believe the name
        try:
            stream = _entry(file, int(named["entry"]), password) if "entry" in named else file
            if form in ("html", "xml"):
                _write_markup(stream, form, named.get("encoding", "utf-8"), out)
            else:
                _write_checked(stream, form, password, out)
        except BaseException as error:
            if (
                type(error).__name__ != "PanicException"
            ):  # how the parser, which is not Python, says that it failed
                raise
            raise Unsafe("damaged") from error


def _write_checked(stream: IO[bytes], form: str, password: str | None, out: IO[bytes]) -> None:
    """Check and write a workbook, opened with its password where it has one."""
    if form != "xls":
        opened = unlock(stream, password) if is_locked(stream) else stream
        _write_workbook(opened, form, check_workbook(opened), out)
        return
    try:
        _write_workbook(stream, form, WorkbookFacts(), out)
    except Unsafe:
        if not has_password(stream):
            raise
        _write_workbook(unlock(stream, password), form, WorkbookFacts(), out)


def _entry(file: IO[bytes], number: int, password: str | None) -> IO[bytes]:
    """One file of an archive, in memory; whoever lists the archive has looked at its size."""
    try:
        with zipfile.ZipFile(file) as archive:
            entry = archive.infolist()[number]
            secret = password.encode("utf-8") if password and entry.flag_bits & 1 else None
            return io.BytesIO(archive.read(entry, secret))
    except (IndexError, *BROKEN_ARCHIVE) as error:
        raise Unsafe("damaged") from error


def _write_markup(stream: IO[bytes], form: str, encoding: str, out: IO[bytes]) -> None:
    from desktop.importer.formats.parsing.markup import read_html, read_spreadsheet_xml

    tables = read_html(stream.read(), encoding) if form == "html" else read_spreadsheet_xml(stream)
    for name, rows in tables:
        out.write(pack_fact({"sheet": name, "hidden": False}))
        _write_rows(rows, Marks(), out)


def _write_workbook(stream: IO[bytes], form: str, facts: WorkbookFacts, out: IO[bytes]) -> None:
    """Write a workbook's sheets.

    Raises:
        Unsafe: it cannot be read; of a workbook that has a password nothing was written.
    """
    import python_calamine as calamine

    if any(extent.area > MOST_CELLS for extent in facts.extents.values()):
        _write_trimmed(stream, out)
        return
    broken = (
        calamine.CalamineError,
        calamine.PasswordError,
        calamine.XmlError,
        calamine.ZipError,
        calamine.WorksheetNotFound,
        OSError,
        ValueError,
    )
    stream.seek(0)
    try:
        book = calamine.CalamineWorkbook.from_filelike(stream)
    except broken as error:
        raise Unsafe("damaged") from error
    marks = _marks_by_sheet(stream, form, facts)
    for info in book.sheets_metadata:
        if info.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        out.write(
            pack_fact({"sheet": info.name, "hidden": info.visible != calamine.SheetVisibleEnum.Visible})
        )
        try:
            sheet = book.get_sheet_by_name(info.name)
        except broken as error:
            raise Unsafe("damaged") from error
        _write_sheet(sheet, marks.get(info.name) or Marks(), out)


def _write_sheet(sheet: Any, marks: Marks, out: IO[bytes]) -> None:
    rows: Iterable[list[Any]] = sheet.iter_rows() if sheet.start else iter(())
    first_column = sheet.start[1] if sheet.start else 0
    if marks.zeros:
        rows = zero_filled(rows, first_column, marks.zeros)
    _write_rows(_texts(rows, first_column), marks, out)


def _texts(rows: Iterable[list[Any]], first_column: int) -> Iterator[Row]:
    """The rows as texts from column A on; a blank row is []."""
    lead = [""] * first_column
    for row in rows:
        texts = [cell if type(cell) is str else cell_text(cell) for cell in row]
        if not any(texts):
            yield []
        elif first_column:
            yield lead + texts
        else:
            yield texts


def _write_rows(rows: Iterable[Row], marks: Marks, out: IO[bytes]) -> None:
    """Write a sheet's rows, and how many of them are hidden ones."""
    if marks.texts:
        rows = with_texts(rows, marks.texts)
    batch: list[Row] = []
    hidden = 0
    for number, row in enumerate(rows):
        batch.append(row)
        if marks.hidden and number in marks.hidden and row:
            hidden += 1
        if len(batch) == BATCH_ROWS:
            out.write(pack_rows(batch))
            batch = []
    if batch:
        out.write(pack_rows(batch))
    if hidden:
        out.write(pack_fact({"hidden_rows": hidden}))


def cell_text(cell: Any) -> str:
    """A typed cell as text: whole numbers without a point, dates in ISO form, 15 digits as Excel keeps them.

    A number of more digits is broken already and comes as ``1.23456789012346e+18``, so that cleaning refuses it as an ID.
    """
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float | int):
        return f"{cell:.15g}"
    if isinstance(cell, datetime):
        rounded = (cell + timedelta(microseconds=500_000)).replace(microsecond=0)
        return f"{rounded:%Y-%m-%d}" if rounded.time() == time() else rounded.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.replace(microsecond=0).isoformat()
    if isinstance(cell, timedelta):
        seconds = round(cell.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return "" if cell is None else str(cell)


def _write_trimmed(stream: IO[bytes], out: IO[bytes]) -> None:
    """A workbook with cells far off its tables: streamed row by row, columns without a header's neighbourhood and rows
    behind a long blank stretch are left out, and said to be."""
    import openpyxl

    book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    out.write(pack_fact({"note": "trimmed"}))
    for sheet in book.worksheets:
        out.write(pack_fact({"sheet": sheet.title, "hidden": sheet.sheet_state != "visible"}))
        sheet.reset_dimensions()
        cells = sheet.iter_rows(max_col=_LAST_COLUMN, values_only=True)
        _write_rows(_texts(_until_blank(cells), 0), Marks(), out)


_LAST_COLUMN = 300


def _until_blank(rows: Iterable[Iterable[Any]]) -> Iterator[list[Any]]:
    blanks = 0
    for row in rows:
        cells = list(row)
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            yield from ([] for _ in range(blanks))
            blanks = 0
            yield cells
        else:
            blanks += 1
            if blanks > BLANK_ROWS_END:
                return


def _marks_by_sheet(stream: IO[bytes], form: str, facts: WorkbookFacts) -> dict[str, Marks]:
    """What the parser does not tell, by the name of the sheet."""
    if form == "xls":
        from desktop.importer.formats.parsing.binary_marks import xls_marks

        return xls_marks(stream)
    if form == "ods":
        from desktop.importer.formats.parsing.opendocument_marks import opendocument_marks

        return opendocument_marks(stream)
    if form == "xlsb":
        from desktop.importer.formats.parsing.binary_marks import xlsb_marks

        return xlsb_marks(stream, sheet_parts(stream))
    if not facts.marks:
        return {}
    return {name: facts.marks[part] for name, part in sheet_parts(stream).items() if part in facts.marks}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
