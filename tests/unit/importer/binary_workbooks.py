"""Binary workbooks (.xlsb) made by hand for the tests, record by record, because no library of ours writes them."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Collection, Mapping, Sequence

Cell = str | float | bool | None
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
)
ERROR_CODES = {"#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17, "#NAME?": 0x1D, "#NUM!": 0x24, "#N/A": 0x2A}


def xlsb(
    sheets: Mapping[str, Sequence[Sequence[Cell]]],
    *,
    hidden_rows: Collection[int] = (),
    hidden_sheets: Collection[str] = (),
    first_row: int = 0,
) -> bytes:
    """A binary workbook. A text that is the name of an error becomes one.

    Args:
        sheets: rows by the name of the sheet.
        hidden_rows: rows from 0 that are hidden in each sheet.
        hidden_sheets: names of sheets that are hidden.
        first_row: the row from 0 at which the rows begin.
    """
    book = _record(131, b"") + _record(143, b"")
    relations = ""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        for number, (name, rows) in enumerate(sheets.items(), 1):
            state = 1 if name in hidden_sheets else 0
            book += _record(156, struct.pack("<II", state, number) + _wide(f"rId{number}") + _wide(name))
            relations += f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{number}.bin"/>'
            archive.writestr(f"xl/worksheets/sheet{number}.bin", _sheet(rows, hidden_rows, first_row))
        archive.writestr(
            "_rels/.rels",
            _RELATIONS.format(
                f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.bin"/>'
            ),
        )
        archive.writestr("xl/workbook.bin", book + _record(144, b"") + _record(132, b""))
        archive.writestr("xl/_rels/workbook.bin.rels", _RELATIONS.format(relations))
    return stream.getvalue()


def _sheet(rows: Sequence[Sequence[Cell]], hidden: Collection[int], first: int) -> bytes:
    width = max(map(len, rows), default=1)
    data = _record(129, b"") + _record(
        148, struct.pack("<IIII", first, first + max(0, len(rows) - 1), 0, width - 1)
    )
    data += _record(145, b"")
    for number, row in enumerate(rows, first):
        flags = 0x10 if number in hidden else 0
        data += _record(0, struct.pack("<IIHBBB", number, 0, 300, 0, flags, 0) + struct.pack("<I", 0))
        for column, value in enumerate(row):
            data += _cell(column, value)
    return data + _record(146, b"") + _record(130, b"")


def _cell(column: int, value: Cell) -> bytes:
    place = struct.pack("<II", column, 0)
    if value is None:
        return _record(1, place)
    if isinstance(value, bool):
        return _record(4, place + bytes([value]))
    if isinstance(value, float | int):
        return _record(5, place + struct.pack("<d", value))
    if value in ERROR_CODES:
        return _record(3, place + bytes([ERROR_CODES[value]]))
    return _record(6, place + _wide(value))


def _wide(text: str) -> bytes:
    data = text.encode("utf-16-le")
    return struct.pack("<I", len(data) // 2) + data


def _record(kind: int, body: bytes) -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(body)
    length = b""
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 0x7F else 0)])
        size >>= 7
        if not size:
            return head + length + body
