"""Tables in markup that shops' systems save under the name .xls: HTML tables and Excel's XML of 2003. Both are read as plain
markup; nothing in them is loaded, run or expanded."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import IO
from xml.parsers import expat

from desktop.importer.formats.parsing.marks import MOST_COLUMNS
from desktop.importer.formats.parsing.workbook_check import Unsafe
from desktop.importer.formats.tables import Row

Table = tuple[str, list[Row]]
"""A table's name, "" for the only one, and its rows."""

_WIDEST_SPAN = 1_000


class _Tables(HTMLParser):
    """Collects the rows of each outermost table; spans repeat as blanks so that columns stay aligned."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[Row]] = []
        self._depth = 0
        self._row: Row | None = None
        self._cell: list[str] | None = None
        self._spans: dict[int, int] = {}
        self._span = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
                self._spans = {}
        elif self._depth != 1:
            if tag in ("br", "p") and self._cell is not None:
                self._cell.append("\n")
        elif tag == "tr":
            self._end_row()
            self._row = []
        elif tag in ("td", "th"):
            self._end_cell()
            self._row = [] if self._row is None else self._row
            self._cell = []
            named = dict(attrs)
            self._span = (_span(named.get("colspan")), _span(named.get("rowspan")))
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self._depth:
            if self._depth == 1:
                self._end_row()
            self._depth -= 1
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()
        elif self._depth == 1 and tag == "tr":
            self._end_row()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is None or self._row is None:
            return
        self._skip_spanned()
        text = re.sub(r"[ \t\r\n]*\n[ \t\r\n]*", "\n", "".join(self._cell).strip())
        columns, rows = self._span
        for extra in range(min(columns, MOST_COLUMNS - len(self._row))):
            if rows > 1:
                self._spans[len(self._row)] = rows - 1
            self._row.append(text if extra == 0 else "")
        self._cell = None

    def _skip_spanned(self) -> None:
        """Leave blank the cells that a cell above reaches down into."""
        assert self._row is not None
        while self._spans.get(len(self._row), 0) > 0:
            self._spans[len(self._row)] -= 1
            self._row.append("")

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is not None:
            self._skip_spanned()
            self.tables[-1].append(self._row)
        self._row = None

    def close(self) -> None:
        super().close()
        if self._depth:
            self._end_row()


def _span(value: str | None) -> int:
    return (
        min(int(value), _WIDEST_SPAN) if value and value.isascii() and value.isdigit() and value != "0" else 1
    )


def read_html(page: bytes, encoding: str) -> list[Table]:
    """The tables of an HTML page that hold at least two columns or rows, the longest first.

    Raises:
        Unsafe: there is no table in it.
    """
    parser = _Tables()
    parser.feed(page.decode(encoding, "replace"))
    parser.close()
    tables = [table for table in parser.tables if len(table) > 1 or any(len(row) > 1 for row in table)]
    if not tables:
        raise Unsafe("page_without_table")
    tables.sort(key=len, reverse=True)
    return [("" if n == 0 else f"{n + 1}", rows) for n, rows in enumerate(tables)]


_NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"


class _Workbook2003:
    """Handlers for Excel's XML of 2003: Worksheet, Row, Cell and Data; ``ss:Index`` skips, merged cells stay blank."""

    def __init__(self) -> None:
        self.sheets: list[Table] = []
        self._rows: list[Row] = []
        self._row: Row = []
        self._text: list[str] | None = None
        self._cells = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        tag = name.removeprefix(_NAMESPACE + " ")
        index = attributes.get(f"{_NAMESPACE} Index", "")
        if tag == "Worksheet":
            self._rows = []
            self.sheets.append((attributes.get(f"{_NAMESPACE} Name", ""), self._rows))
        elif tag == "Row":
            self._row = []
            if index.isdigit() and int(index) <= 1_048_576:
                self._rows.extend([] for _ in range(int(index) - 1 - len(self._rows)))
            self._rows.append(self._row)
        elif tag == "Cell":
            if index.isdigit() and int(index) <= 16_384:
                self._row.extend("" for _ in range(int(index) - 1 - len(self._row)))
            merged = attributes.get(f"{_NAMESPACE} MergeAcross", "0")
            self._row.append("")
            self._row.extend("" for _ in range(min(int(merged), _WIDEST_SPAN) if merged.isdigit() else 0))
            self._cells = len(self._row) - 1 - (min(int(merged), _WIDEST_SPAN) if merged.isdigit() else 0)
        elif tag == "Data":
            self._text = []

    def end(self, name: str) -> None:
        """An element closes."""
        if name == f"{_NAMESPACE} Data" and self._text is not None:
            if self._row:
                self._row[self._cells] = "".join(self._text)
            self._text = None

    def data(self, text: str) -> None:
        """Characters between tags."""
        if self._text is not None:
            self._text.append(text)


def read_spreadsheet_xml(stream: IO[bytes]) -> list[Table]:
    """The sheets of an Excel-2003-XML file.

    Raises:
        Unsafe: broken XML, a document type declaration (it could expand without end), or no sheet in it.
    """
    book = _Workbook2003()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = book.start
    parser.EndElementHandler = book.end
    parser.CharacterDataHandler = book.data

    def no_document_type(*_: object) -> None:
        raise Unsafe("dangerous")

    parser.StartDoctypeDeclHandler = no_document_type
    parser.EntityDeclHandler = no_document_type
    try:
        parser.ParseFile(stream)
    except expat.ExpatError as error:
        raise Unsafe("damaged") from error
    if not book.sheets:
        raise Unsafe("page_without_table")
    return book.sheets
