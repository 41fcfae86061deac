"""Workbooks made in memory for the tests: xlsx by hand or by openpyxl, ods by hand, and xls (BIFF in an OLE container) by
hand, because no library of ours writes it."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook

_CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def xlsx(rows: Iterable[Sequence[Any]], *, title: str = "會員", **sheets: Iterable[Sequence[Any]]) -> bytes:
    """A workbook of ordinary sheets: the first called ``title``, further ones by keyword."""
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = title
    for row in rows:
        first.append(list(row))
    for name, more in sheets.items():
        sheet = book.create_sheet(name)
        for row in more:
            sheet.append(list(row))
    return saved(book)


def locked(workbook: bytes, password: str) -> bytes:
    """A workbook (.xlsx) encrypted as Excel does it today."""
    from msoffcrypto.format.ooxml import OOXMLFile

    stream = io.BytesIO()
    OOXMLFile(io.BytesIO(workbook)).encrypt(password, stream)
    return stream.getvalue()


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def raw_xlsx(sheet: str | bytes, **parts: str) -> bytes:
    """A workbook whose only sheet is this XML, written as it stands; further parts by name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _CONTENT_TYPES)
        archive.writestr(
            "_rels/.rels",
            _RELATIONS.format(
                f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
            ),
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<?xml version="1.0"?><workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets>'
            '<sheet name="會員" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            _RELATIONS.format(
                f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            ),
        )
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


def sheet_xml(cells: Mapping[str, str], *, before: str = "", dimension: str = "", more: str = "") -> str:
    """A sheet's XML with these cells (A1 → text), row by row."""
    rows: dict[int, list[str]] = {}
    for place, text in cells.items():
        number = int("".join(char for char in place if char.isdigit()))
        rows.setdefault(number, []).append(f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>')
    body = "".join(f'<row r="{number}">{"".join(row)}</row>' for number, row in sorted(rows.items()))
    return f'<?xml version="1.0"?>{before}<worksheet {_MAIN}>{dimension}<sheetData>{body}{more}</sheetData></worksheet>'


def bomb_xlsx(rows: int) -> bytes:
    """A small file that unpacks to ``rows`` rows of 1,000 cells, 15 KB each."""
    stream = io.BytesIO()
    row = b"<row>" + b"<c><v>1</v></c>" * 1_000 + b"</row>"
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _CONTENT_TYPES)
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(f"<worksheet {_MAIN}><sheetData>".encode())
            for _ in range(rows):
                part.write(row)
            part.write(b"</sheetData></worksheet>")
    return stream.getvalue()


_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"


_FILTERED = ' table:visibility="filter"'


def _ods_type(cell: str) -> str:
    error = cell.startswith("#") and cell.endswith(("!", "/A", "?"))
    return (
        'office:value-type="string" office:string-value="" calcext:value-type="error"'
        if error
        else 'office:value-type="string"'
    )


def ods(rows: Iterable[Sequence[str]], *, after: str = "", hidden_rows: Collection[int] = ()) -> bytes:
    """An OpenDocument spreadsheet with one sheet; each row ends in repeated blank cells, as LibreOffice writes it."""
    body = "".join(
        f"<table:table-row{_FILTERED if number in hidden_rows else ''}>"
        + "".join(
            f"<table:table-cell {_ods_type(cell)}><text:p>{cell}</text:p></table:table-cell>" for cell in row
        )
        + '<table:table-cell table:number-columns-repeated="16380"/></table:table-row>'
        for number, row in enumerate(rows)
    )
    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{names}:office:1.0" xmlns:table="{names}:table:1.0" '
        f'xmlns:text="{names}:text:1.0" xmlns:calcext="{_CALC}"><office:body><office:spreadsheet><table:table table:name="會員">{body}{after}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{names}:manifest:1.0"></manifest:manifest>',
        )
        archive.writestr("content.xml", content)
    return stream.getvalue()


BLANK_ROWS = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
"""The end of a sheet as LibreOffice writes it."""


def xls(
    rows: Sequence[Sequence[str | float]],
    *,
    name: str = "Users",
    password: str | None = None,
    hidden_rows: Collection[int] = (),
) -> bytes:
    """An Excel 97 workbook (BIFF8 in an OLE container) with one sheet of texts and numbers, encrypted if it has a password.
    A text that is the name of an error becomes one: #N/A as a constant, others as the result of a formula."""
    cells = b"".join(
        _record(0x0208, struct.pack("<HHHHHHHH", row, 0, 1, 300, 0, 0, 0x0120, 15)) for row in hidden_rows
    )
    cells += b"".join(
        _cell(row, column, value) for row, line in enumerate(rows) for column, value in enumerate(line)
    )
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 6))
    width = max(map(len, rows))
    sheet += _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0)) + cells + _record(0x000A, b"")
    title = struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 6))
    if password is not None:
        start += _record(_FILE_PASS, _verifier(password))
    start += _record(0x0042, struct.pack("<H", 1200))
    place = len(start) + 4 + 6 + len(title) + 4
    start += _record(0x0085, struct.pack("<IBB", place, 0, 0) + title) + _record(0x000A, b"")
    stream = start + sheet
    stream += _record(0, bytes(-len(stream) % 4))  # the library reads on to the end, four bytes at a time
    return ole({"Workbook": stream if password is None else _encrypted(stream, password)})


_FILE_PASS = 0x002F
_SALT = bytes(range(16))


def _verifier(password: str) -> bytes:
    """The body of a FilePass record for RC4 ([MS-XLS] 2.4.117, [MS-OFFCRYPTO] 2.3.6.1)."""
    proof = bytes(range(16, 32))
    told = _rc4(proof + hashlib.md5(proof).digest(), password)
    return struct.pack("<HHH", 1, 1, 1) + _SALT + told


def _rc4(data: bytes, password: str) -> bytes:
    from msoffcrypto.method.rc4 import DocumentRC4

    return bytes(DocumentRC4.decrypt(password, _SALT, io.BytesIO(data), blocksize=1024).read())


def _encrypted(stream: bytes, password: str) -> bytes:
    """A BIFF stream with the bodies of its records encrypted but for those that have to stay readable."""
    plain, at = bytearray(len(stream)), 0
    spans = []
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        keep = size if kind in (0x0809, _FILE_PASS) else 4 if kind == 0x0085 else 0
        spans.append((at + 4 + keep, at + 4 + size))
        at += 4 + size
    whole = _rc4(stream, password)
    plain[:] = stream
    for begin, end in spans:
        plain[begin:end] = whole[begin:end]
    return bytes(plain)


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _cell(row: int, column: int, value: str | float) -> bytes:
    if value == "#N/A":
        return _record(0x0205, struct.pack("<HHHBB", row, column, 15, 0x2A, 1))
    if value == "#DIV/0!":
        result = bytes([2, 0, 0x07, 0, 0, 0, 0xFF, 0xFF])
        return _record(0x0006, struct.pack("<HHH", row, column, 15) + result + struct.pack("<HIH", 0, 0, 0))
    if isinstance(value, str):
        text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
        return _record(0x0204, struct.pack("<HHH", row, column, 15) + text)
    return _record(0x0203, struct.pack("<HHHd", row, column, 15, value))


def ole(streams: Mapping[str, bytes]) -> bytes:
    """An OLE container with these streams, each padded to 4,096 bytes so that no short-stream table is needed."""
    sectors: list[bytes] = []
    table: list[int] = []
    starts = {}
    padded = {name: data.ljust(4_096, b"\0") for name, data in streams.items()}
    for name, data in padded.items():
        starts[name] = len(sectors)
        parts = [data[at : at + 512].ljust(512, b"\0") for at in range(0, len(data), 512)]
        table += [*range(len(sectors) + 1, len(sectors) + len(parts)), 0xFFFFFFFE]
        sectors += parts
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)]
    for number, (name, data) in enumerate(padded.items(), 1):
        following = number + 1 if number < len(padded) else 0xFFFFFFFF
        entries.append(_entry(name, 2, starts[name], len(data), right=following))
    entries += [bytes(128)] * (-len(entries) % 4)
    directory_at = len(sectors)
    directory = b"".join(entries)
    count = len(directory) // 512
    table += [*range(directory_at + 1, directory_at + count), 0xFFFFFFFE]
    sectors += [directory[at : at + 512] for at in range(0, len(directory), 512)]
    fat_count = 1
    while (len(table) + fat_count) > fat_count * 128:
        fat_count += 1
    fat_at = len(sectors)
    table += [0xFFFFFFFD] * fat_count
    table += [0xFFFFFFFF] * (fat_count * 128 - len(table))
    fat = struct.pack(f"<{len(table)}I", *table)
    header = (
        bytes.fromhex("d0cf11e0a1b11ae1")
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(6)
    )
    header += struct.pack("<IIIIIIIII", 0, fat_count, directory_at, 0, 4_096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    places = [fat_at + n if n < fat_count else 0xFFFFFFFF for n in range(109)]
    return header + struct.pack("<109I", *places) + b"".join(sectors) + fat


def _entry(
    name: str, kind: int, start: int, size: int, *, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF
) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    head = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1)
    return head + struct.pack("<III", 0xFFFFFFFF, right, child) + bytes(36) + struct.pack("<IQ", start, size)
