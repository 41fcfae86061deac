"""Which part of a zipped workbook holds which sheet: the workbook lists names, its relationships say where they lie."""

from __future__ import annotations

import zipfile
from typing import IO
from xml.etree.ElementTree import ParseError

from desktop.importer.formats.parsing.workbook_check import Unsafe
from desktop.importer.formats.problems import BROKEN_ARCHIVE

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


def sheet_parts(stream: IO[bytes]) -> dict[str, str]:
    """Sheet name → name of its part in the archive, of an .xlsx or .xlsb.

    Raises:
        Unsafe: the workbook's own parts are damaged.
    """
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
            if "xl/workbook.bin" in names:
                from desktop.importer.formats.parsing.binary_marks import xlsb_sheets

                sheets, book = xlsb_sheets(archive), "xl/workbook.bin"
            elif "xl/workbook.xml" in names:
                sheets, book = _sheets(archive), "xl/workbook.xml"
            else:
                return {}
            targets = _targets(archive, book)
    except (ParseError, IndexError, *BROKEN_ARCHIVE) as error:
        raise Unsafe("damaged") from error
    parts = {}
    for name, relation in sheets.items():
        target = targets.get(relation, "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in names:
            parts[name] = part
    return parts


def _sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → relationship."""
    from defusedxml.ElementTree import fromstring

    book = fromstring(archive.read("xl/workbook.xml"))
    found = [*book.iter(_MAIN + "sheet"), *book.iter(_STRICT + "sheet")]
    return {
        sheet.get("name", ""): sheet.get(_RELATION) or sheet.get(_STRICT_RELATION) or "" for sheet in found
    }


def _targets(archive: zipfile.ZipFile, book: str) -> dict[str, str]:
    """Relationship → its target."""
    from defusedxml.ElementTree import fromstring

    folder, _, name = book.rpartition("/")
    relations = fromstring(archive.read(f"{folder}/_rels/{name}.rels"))
    return {item.get("Id", ""): item.get("Target", "") for item in relations}
