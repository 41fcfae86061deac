"""Errors and hidden rows of an OpenDocument spreadsheet. Its parts are read a second time only where they hold such marks."""

from __future__ import annotations

import zipfile
from typing import IO
from xml.parsers import expat

from desktop.importer.formats.parsing.marks import MOST_COLUMNS, Marks
from desktop.importer.formats.parsing.workbook_check import Unsafe
from desktop.importer.formats.problems import BROKEN_ARCHIVE

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_PARAGRAPH = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 p"
_CALC_TYPE = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
_SIGNS = (b'value-type="error"', b'visibility="collapse"', b'visibility="filter"')
_CHUNK = 1 << 20
_MOST_REPEATED = 100_000


class _Walk:
    """Counts rows and cells with their repetitions, and keeps the marks."""

    def __init__(self) -> None:
        self.sheets: dict[str, Marks] = {}
        self._marks = Marks()
        self._row = self._next_row = 0
        self._column = self._next_column = 0
        self._text: list[str] | None = None
        self._error = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        if tag == _TABLE + "table":
            self._marks = self.sheets.setdefault(attributes.get(_TABLE + "name", ""), Marks())
            self._next_row = 0
        elif tag == _TABLE + "table-row":
            repeated = _count(attributes.get(_TABLE + "number-rows-repeated"))
            self._row, self._next_row = self._next_row, self._next_row + repeated
            self._next_column = 0
            if attributes.get(_TABLE + "visibility") in ("collapse", "filter"):
                self._marks.hidden.update(range(self._row, self._row + min(repeated, _MOST_REPEATED)))
        elif tag in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            repeated = _count(attributes.get(_TABLE + "number-columns-repeated"))
            self._column, self._next_column = self._next_column, self._next_column + repeated
            self._error = attributes.get(_CALC_TYPE) == "error"
        elif tag == _PARAGRAPH and self._error:
            self._text = []

    def data(self, text: str) -> None:
        """Characters between tags."""
        if self._text is not None:
            self._text.append(text)

    def end(self, tag: str) -> None:
        """An element closes."""
        if tag == _PARAGRAPH and self._text is not None:
            if self._column < MOST_COLUMNS:
                self._marks.put(self._row, self._column, "".join(self._text) or "#?")
            self._text, self._error = None, False


def _count(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 1


def opendocument_marks(stream: IO[bytes]) -> dict[str, Marks]:
    """Marks by the name of the sheet.

    Raises:
        Unsafe: the part with the cells is damaged.
    """
    stream.seek(0)
    walk = _Walk()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.data
    try:
        with zipfile.ZipFile(stream) as archive:
            if not _has_signs(archive):
                return {}
            with archive.open("content.xml") as part:
                parser.ParseFile(part)
    except (expat.ExpatError, *BROKEN_ARCHIVE) as error:
        raise Unsafe("damaged") from error
    return {name: marks for name, marks in walk.sheets.items() if marks}


def _has_signs(archive: zipfile.ZipFile) -> bool:
    tail = b""
    with archive.open("content.xml") as part:
        while chunk := part.read(_CHUNK):
            text = tail + chunk
            if any(sign in text for sign in _SIGNS):
                return True
            tail = text[-40:]
    return False
