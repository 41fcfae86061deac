"""The child process that parses workbooks. Parsers of binary formats may eat memory, hang or abort; here they can only take
this process with them. Writes JSON lines to stdout: a sheet's heading, batches of rows of texts, and an end mark.

Started as ``-m desktop.importer.worker PATH FORMAT [with-password]`` or, from the packaged program, ``--import-worker PATH
FORMAT [with-password]``; a password is read from stdin."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Any

from desktop.importer.formats.protected import WITH_PASSWORD, has_password, is_locked, unlock
from desktop.importer.formats.tables import UNCALCULATED
from desktop.importer.formats.workbook_check import MOST_CELLS, Unsafe, WorkbookFacts, check_workbook

MEMORY_LIMIT = 3_000_000_000
"""Bytes of address space for the child, where the platform can limit it."""
_ROWS_PER_LINE = 1_000
_BLANK_ROWS_END = 20_000
"""After so many blank rows a sheet with a cell far away is taken to have ended."""


def main(arguments: list[str]) -> int:
    """Parse a workbook and print its sheets.

    Args:
        arguments: the file's path, its format (xlsx, xlsb, ods, xls), and whether a password waits in stdin.

    Returns:
        0; reasons to decline the file are printed as ``{"error": reason}``.
    """
    limit_memory(MEMORY_LIMIT)
    out = sys.stdout.buffer
    path, form = Path(arguments[0]), arguments[1]
    password = sys.stdin.buffer.read().decode("utf-8") if WITH_PASSWORD in arguments[2:] else None
    try:
        with path.open("rb") as stream:  # by content: the parser would believe the name
            _write_file(stream, form, password, out)
        _write(out, {"end": True})
    except Unsafe as problem:
        _write(out, {"error": problem.reason})
    except MemoryError:
        _write(out, {"error": "too_large"})
    out.flush()
    return 0


def limit_memory(limit: int) -> None:
    """Limit this process's memory where the platform knows how (Linux); elsewhere the check before parsing has to do."""
    if sys.platform != "linux":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _write_file(stream: IO[bytes], form: str, password: str | None, out: IO[bytes]) -> None:
    """Check and write a workbook, opened with its password where it has one."""
    if form == "xls":
        try:
            _write_workbook(stream, WorkbookFacts(), out)
        except Unsafe:
            if not has_password(stream):
                raise
            _write_workbook(unlock(stream, password), WorkbookFacts(), out)
        return
    opened = unlock(stream, password) if is_locked(stream) else stream
    _write_workbook(opened, check_workbook(opened), out)


def _write_workbook(stream: IO[bytes], facts: WorkbookFacts, out: IO[bytes]) -> None:
    """Write a workbook's sheets.

    Raises:
        Unsafe: it cannot be read; of a workbook that has a password nothing was written.
    """
    import python_calamine as calamine

    if any(extent.area > MOST_CELLS for extent in facts.extents.values()):
        _write_trimmed(stream, out)
        return
    stream.seek(0)
    try:
        book = calamine.CalamineWorkbook.from_filelike(stream)
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError, OSError, ValueError) as error:
        raise Unsafe("damaged") from error
    parts = _sheet_parts(stream) if facts.zero_filled or facts.uncalculated else {}
    for info in book.sheets_metadata:
        if info.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        _write(out, {"sheet": info.name, "hidden": info.visible != calamine.SheetVisibleEnum.Visible})
        try:
            sheet = book.get_sheet_by_name(info.name)
        except (
            calamine.CalamineError,
            calamine.XmlError,
            calamine.ZipError,
            calamine.WorksheetNotFound,
        ) as error:
            raise Unsafe("damaged") from error
        part = parts.get(info.name, "")
        formulas = facts.uncalculated.get(part, {})
        rows = sheet.iter_rows() if sheet.start else iter(())
        first_column = sheet.start[1] if sheet.start else 0
        if formulas:
            leftmost = min(first_column, *(column for _, column in formulas))
            rows = _with_formulas(rows, [""] * (first_column - leftmost), leftmost, formulas)
            first_column = leftmost
        _write_rows(rows, first_column, facts.zero_filled.get(part, {}), out)


def _write_rows(rows: Iterable[list[Any]], first_column: int, zeros: dict[int, int], out: IO[bytes]) -> None:
    lead = [""] * first_column
    batch: list[list[str]] = []
    for row in rows:
        texts = [cell if type(cell) is str else cell_text(cell) for cell in row]
        if not any(texts):
            texts = []
        elif first_column:
            texts = lead + texts
        if zeros and texts:
            _fill_zeros(texts, row, first_column, zeros)
        batch.append(texts)
        if len(batch) == _ROWS_PER_LINE:
            _write(out, batch)
            batch = []
    if batch:
        _write(out, batch)


def _with_formulas(
    rows: Iterable[list[Any]], before: list[str], first_column: int, formulas: dict[tuple[int, int], str]
) -> Iterator[list[Any]]:
    """The rows with a mark where a formula was saved without its result; ``="text"`` is its own result.

    Args:
        rows: as the parser gives them.
        before: blanks to put before each, so that it begins at ``first_column``.
        first_column: index of the first column.
        formulas: by row and column.
    """
    by_row: dict[int, list[tuple[int, str]]] = {}
    for (row, column), formula in formulas.items():
        literal = formula.startswith('"') and formula.endswith('"')
        by_row.setdefault(row, []).append((column, f"={formula}" if literal else f"{UNCALCULATED}={formula}"))
    number = -1
    for number, cells in enumerate(rows):
        yield _patched(before + cells, first_column, by_row.get(number, ()))
    for later in range(number + 1, min(max(by_row), number + _BLANK_ROWS_END) + 1):
        yield _patched([], first_column, by_row.get(later, ()))


def _patched(cells: list[Any], first_column: int, patches: Iterable[tuple[int, str]]) -> list[Any]:
    for column, text in patches:
        place = column - first_column
        cells += [""] * (place + 1 - len(cells))
        cells[place] = text
    return cells


def _fill_zeros(texts: list[str], row: list[Any], first_column: int, zeros: dict[int, int]) -> None:
    """Numbers shown as 00231 are kept as they are shown."""
    for column, digits in zeros.items():
        if column < len(texts) and isinstance(row[column - first_column], float):
            texts[column] = texts[column].zfill(digits)


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
    _write(out, {"note": "trimmed"})
    for sheet in book.worksheets:
        _write(out, {"sheet": sheet.title, "hidden": sheet.sheet_state != "visible"})
        sheet.reset_dimensions()
        _write_rows(_until_blank(sheet.iter_rows(max_col=_LAST_COLUMN, values_only=True)), 0, {}, out)


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
            if blanks > _BLANK_ROWS_END:
                return


def _sheet_parts(stream: IO[bytes]) -> dict[str, str]:
    """Sheet name → name of its part in the archive, from the workbook's relationships."""
    import zipfile

    from defusedxml.ElementTree import fromstring

    main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
    with zipfile.ZipFile(stream) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            return {}
        book = fromstring(archive.read("xl/workbook.xml"))
        targets = {
            item.get("Id"): item.get("Target", "")
            for item in fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        }
    parts = {}
    for sheet in book.iter(f"{main}sheet"):
        target = targets.get(sheet.get(f"{relation}id"), "")
        parts[sheet.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return parts


def _write(out: IO[bytes], value: Any) -> None:
    out.write(
        json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
