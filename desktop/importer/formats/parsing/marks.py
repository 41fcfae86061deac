"""What the parser of workbooks leaves out and an owner has to know of: results that are errors, formulas saved without their
result, numbers shown with leading zeros, hidden rows. Read from the parts of an .xlsx beside the parser's cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from desktop.importer.formats.tables import UNCALCULATED

MOST_MARKS = 2_000_000
"""Cells of a sheet that are marked: two columns of a sheet as long as Excel allows."""
MOST_COLUMNS = 1 << 14
"""Columns of a sheet in every format."""

ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
"""Errors by their number in the binary formats ([MS-XLS] 2.5.10, [MS-XLSB] 2.5.97.2)."""


@dataclass(slots=True)
class Marks:
    """What is to be put beside the parser's cells of one sheet.

    Args:
        texts: what stands in a cell that the parser gives as blank: row * MOST_COLUMNS + column, both from 0 → text.
        zeros: columns whose numbers are shown with leading zeros: column from 0 → digits.
        hidden: hidden rows, from 0.
    """

    texts: dict[int, str] = field(default_factory=dict)
    zeros: dict[int, int] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)

    def put(self, row: int, column: int, text: str) -> None:
        """Mark a cell, unless too many are."""
        if len(self.texts) < MOST_MARKS:
            self.texts[row * MOST_COLUMNS + column] = text

    def __bool__(self) -> bool:
        return bool(self.texts or self.zeros or self.hidden)


_PREFIX = rb"(?:\w+:)?"
_HIDDEN = re.compile(
    rb"<" + _PREFIX + rb'row\b(?=[^<>]*?\bhidden="(?:1|true)")[^<>]*?\br="(\d{1,7})"', re.ASCII
)
_UNCALCULATED = re.compile(
    rb'<(?:\w+:)?c\b[^<>]*?\br="([A-Z]{1,3})(\d{1,7})"[^<>]*>\s*<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>([^<]{0,1500})</(?:\w+:)?f>)'
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ERROR = re.compile(
    rb'<(?:\w+:)?c\b(?=[^<>]*?\bt="e")[^<>]*?\br="([A-Z]{1,3})(\d{1,7})"[^<>]*>'
    rb"(?:\s*<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<]{0,1500}</(?:\w+:)?f>))?\s*<(?:\w+:)?v>(#[^<]{1,20})</"
)


def note_marks(text: bytes, marks: Marks) -> None:
    """Note the hidden rows, errors and uncalculated formulas in a stretch of a sheet's XML."""
    if b"<f" in text or b":f" in text:
        for column, row, formula in _UNCALCULATED.findall(text):
            written = _plain(formula.decode("utf-8", "replace"))
            literal = written.startswith('"') and written.endswith('"')  # ="text" is its own result
            marks.put(
                int(row) - 1,
                column_number(column) - 1,
                f"={written}" if literal else f"{UNCALCULATED}={written}",
            )
    if b't="e"' in text:
        for column, row, error in _ERROR.findall(text):
            marks.put(int(row) - 1, column_number(column) - 1, error.decode("utf-8", "replace"))
    if b'hidden="' in text:
        marks.hidden.update(int(row) - 1 for row in _HIDDEN.findall(text))


def _plain(text: str) -> str:
    """XML's five entities as characters."""
    for entity, char in (("&quot;", '"'), ("&apos;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(entity, char)
    return text


def column_number(letters: bytes) -> int:
    """A → 1, Z → 26, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def zero_filled(rows: Iterable[list[Any]], first_column: int, zeros: dict[int, int]) -> Iterator[list[Any]]:
    """The rows with numbers that are shown as 00231 as they are shown.

    Args:
        rows: as the parser gives them.
        first_column: the column of their first cell, from 0.
        zeros: column from 0 → digits.
    """
    places = [(column - first_column, digits) for column, digits in zeros.items() if column >= first_column]
    for row in rows:
        for place, digits in places:
            if place < len(row) and isinstance(row[place], float):
                row[place] = f"{row[place]:.15g}".zfill(digits)
        yield row


BLANK_ROWS_END = 20_000
"""After so many blank rows a sheet with a cell far away is taken to have ended."""


def with_texts(rows: Iterable[list[str]], texts: dict[int, str]) -> Iterator[list[str]]:
    """The rows with the marked cells filled in.

    Args:
        rows: from the first row and the first column of the sheet on.
        texts: as in :class:`Marks`.
    """
    places = sorted(texts)
    at, number = 0, -1
    for number, row in enumerate(rows):
        at = _fill(row, number, places, at, texts)
        yield row
    last = number
    while at < len(places) and places[at] // MOST_COLUMNS <= last + BLANK_ROWS_END:
        row = []
        number += 1
        at = _fill(row, number, places, at, texts)
        last = number if row else last
        yield row


def _fill(row: list[str], number: int, places: list[int], at: int, texts: dict[int, str]) -> int:
    """Put the marks of row ``number`` into it; the place of the first mark of the rows after it."""
    end = (number + 1) * MOST_COLUMNS
    while at < len(places) and places[at] < end:
        column = places[at] - number * MOST_COLUMNS
        if column >= len(row):
            row.extend([""] * (column + 1 - len(row)))
        if not row[column]:
            row[column] = texts[places[at]]
        at += 1
    return at
