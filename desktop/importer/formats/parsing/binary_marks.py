"""Errors and hidden rows of the binary workbooks, .xls (BIFF8) and .xlsb: their records are walked through, nothing is
interpreted but the few kinds that tell of them."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from typing import IO

from desktop.importer.formats.parsing.marks import ERRORS, Marks
from desktop.importer.formats.parsing.workbook_check import MOST_CELLS, Unsafe
from desktop.importer.formats.problems import BROKEN_ARCHIVE

_LARGEST_PART = 500_000_000


def xls_marks(stream: IO[bytes]) -> dict[str, Marks]:
    """Marks by the name of the sheet, of an Excel 97 workbook ([MS-XLS] 2.4).

    Raises:
        Unsafe: the container is damaged.
    """
    import olefile  # type: ignore[import-untyped]

    stream.seek(0)
    try:
        with olefile.OleFileIO(stream) as container:
            name = next((one for one in ("Workbook", "Book") if container.exists(one)), None)
            data = container.openstream(name).read() if name else b""
    except MemoryError:
        raise
    except Exception as error:  # a damaged container breaks the library at any place
        raise Unsafe("damaged") from error
    found = {sheet: _of_xls_sheet(data, place) for sheet, place in _xls_sheets(data).items()}
    return {sheet: marks for sheet, marks in found.items() if marks}


def _xls_sheets(data: bytes) -> dict[str, int]:
    """Sheet name → where its records begin."""
    starts = {}
    for kind, at, size in _biff(data, 0):
        if kind == 0x0085 and size >= 8 and at + size <= len(data):
            wide = data[at + 7] & 1
            length = data[at + 6] << wide
            name = data[at + 8 : at + 8 + length].decode("utf-16-le" if wide else "latin-1", "replace")
            starts[name] = struct.unpack_from("<I", data, at)[0]
    return starts


def _biff(data: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place and size of each record of one substream."""
    depth = 0
    while at + 4 <= len(data):
        kind, size = struct.unpack_from("<HH", data, at)
        if kind == 0x0809:
            depth += 1
        elif kind == 0x000A:
            depth -= 1
            if depth <= 0:
                return
        yield kind, at + 4, size
        at += 4 + size


def _of_xls_sheet(data: bytes, start: int) -> Marks:
    marks = Marks()
    for kind, at, size in _biff(data, start):
        if at + size > len(data):
            break
        if kind == 0x0208 and size >= 16:
            if data[at + 12] & 0x20:
                marks.hidden.add(struct.unpack_from("<H", data, at)[0])
        elif kind == 0x0205 and size >= 8:
            row, column, _, code, is_error = struct.unpack_from("<HHHBB", data, at)
            if is_error:
                marks.put(row, column, ERRORS.get(code, "#?"))
        elif kind == 0x0006 and size >= 14 and data[at + 12 : at + 14] == b"\xff\xff" and data[at + 6] == 2:
            row, column = struct.unpack_from("<HH", data, at)
            marks.put(row, column, ERRORS.get(data[at + 8], "#?"))
    return marks


def xlsb_marks(stream: IO[bytes], parts: dict[str, str]) -> dict[str, Marks]:
    """Marks by the name of the sheet, of a binary workbook of Excel 2007 ([MS-XLSB] 2.4).

    Args:
        stream: the workbook.
        parts: sheet name → name of its part in the archive.

    Raises:
        Unsafe: damaged, or a cell so far away that the table between would be too large.
    """
    marks = {}
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            for sheet, part in parts.items():
                if archive.getinfo(part).file_size > _LARGEST_PART:
                    raise Unsafe("too_large")
                found = _of_xlsb_sheet(archive.read(part))
                if found:
                    marks[sheet] = found
    except (IndexError, *BROKEN_ARCHIVE) as error:
        raise Unsafe("damaged") from error
    return marks


def _xlsb(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, place and size of each record."""
    at, end = 0, len(data)
    while at < end:
        kind = data[at]
        at += 1
        if kind & 0x80:
            kind = kind & 0x7F | data[at] << 7
            at += 1
        size = shift = 0
        while True:
            more = data[at]
            at += 1
            size |= (more & 0x7F) << shift
            shift += 7
            if more < 0x80 or shift > 21:
                break
        yield kind, at, size
        at += size


def _of_xlsb_sheet(data: bytes) -> Marks:
    marks, row, width = Marks(), 0, 0
    for kind, at, size in _xlsb(data):
        if kind == 0:
            row = int.from_bytes(data[at : at + 4], "little")
            if data[at + 11] & 0x10:
                marks.hidden.add(row)
        elif kind <= 11 and size >= 8:
            column = int.from_bytes(data[at : at + 4], "little")
            if kind != 1:  # a blank cell with a format
                width = max(width, column + 1)
            if kind in (3, 11):
                marks.put(row, column, ERRORS.get(data[at + 8], "#?"))
        if (row + 1) * width > MOST_CELLS:
            raise Unsafe("too_large")
    return marks


def xlsb_sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → relationship, as the binary workbook lists them."""
    sheets = {}
    data = archive.read("xl/workbook.bin")
    for kind, at, _ in _xlsb(data):
        if kind == 156:
            relation, at = _wide(data, at + 8)
            name, _ = _wide(data, at)
            sheets[name] = relation
    return sheets


def _wide(data: bytes, at: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends."""
    length = int.from_bytes(data[at : at + 4], "little")
    length = 0 if length == 0xFFFFFFFF else length
    return data[at + 4 : at + 4 + length * 2].decode("utf-16-le", "replace"), at + 4 + length * 2
