"""Writes a large Excel file row by row, as Excel does it (shared strings), without holding the cells in memory."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
FIXED_TIME = (2026, 11, 20, 0, 0, 0)


def write(path: Path, sheet: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Writes one sheet of text cells; a cell of nine digits becomes a number, as Excel makes it of a phone."""
    strings: dict[str, int] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as book:
        with book.open(_entry("xl/worksheets/sheet1.xml"), "w", force_zip64=True) as out:
            out.write(f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            for number, row in enumerate([header], start=1):
                out.write(_row(number, row, strings))
            for number, row in enumerate(rows, start=2):
                out.write(_row(number, row, strings))
            out.write(b"</sheetData></worksheet>")
        with book.open(_entry("xl/sharedStrings.xml"), "w", force_zip64=True) as out:
            out.write(f'{HEAD}<sst xmlns="{MAIN}" uniqueCount="{len(strings)}">'.encode())
            for text in strings:
                out.write(f"<si><t>{escape(text)}</t></si>".encode())
            out.write(b"</sst>")
        for name, content in _small_parts(sheet).items():
            book.writestr(_entry(name), HEAD + content)


def _row(number: int, row: Sequence[str], strings: dict[str, int]) -> bytes:
    cells = []
    for letter, text in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", row, strict=False):
        if len(text) == 9 and text.isascii() and text.isdigit():
            cells.append(f'<c r="{letter}{number}"><v>{text}</v></c>')
        elif text:
            place = strings.setdefault(text, len(strings))
            cells.append(f'<c r="{letter}{number}" t="s"><v>{place}</v></c>')
    return f'<row r="{number}">{"".join(cells)}</row>'.encode()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, FIXED_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _small_parts(sheet: str) -> dict[str, str]:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{TYPE}.sharedStrings+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
        f'<sheet name="{escape(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    }
