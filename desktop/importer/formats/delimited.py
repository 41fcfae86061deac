"""Tables written as text: CSV, TSV and their relatives, in any of the encodings and with any of the separators."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import BinaryIO

from desktop.importer.formats.problems import refused, unreadable
from desktop.importer.formats.tables import BATCH_ROWS, Batch, Row

SEPARATORS = (",", "\t", ";", "|")
SPACES = " "
"""The separator of tables whose columns are kept apart by any number of spaces."""
_LARGEST_CELL = 4_000_000
_SAMPLE_CHARACTERS = 100_000
_RUNAWAY_LINES = 5

csv.field_size_limit(_LARGEST_CELL)


class DelimitedSheet:
    """One delimited text.

    Args:
        name: the sheet's name, "" for a file of its own.
        opener: opens the bytes anew.
        encoding: Python codec name.
        separator: the owner's choice; None: found from the text.
        file: the file's name, for sentences.
        quoted: quotes hold cells together; False: they are characters like others.
    """

    def __init__(
        self,
        name: str,
        opener: Callable[[], BinaryIO],
        encoding: str,
        separator: str | None = None,
        *,
        file: str = "",
        quoted: bool = True,
    ) -> None:
        self.name = name
        self.hidden = False
        self.encoding: str | None = encoding
        self._opener = opener
        self._codec = encoding
        self._file = file or name
        self._quoted = quoted
        sample = self._sample()
        stated = _stated_separator(sample)
        self.separator = separator or stated or sniff_separator(sample)
        self._skip_first = stated is not None

    def _open(self) -> io.TextIOWrapper:
        return io.TextIOWrapper(self._opener(), encoding=self._codec, errors="replace", newline="")

    def _sample(self) -> str:
        with self._open() as text:
            try:
                sample = text.read(_SAMPLE_CHARACTERS)
            except UnicodeError as error:  # a UTF-16 file that breaks off inside its mark
                raise refused("not_a_table") from error
        cut = max(sample.rfind("\n"), sample.rfind("\r"))
        return sample[: cut + 1] if cut > 0 and len(sample) == _SAMPLE_CHARACTERS else sample

    def batches(self) -> Iterator[Batch]:
        """The records in batches; the first record is row 1, a ``sep=`` line is none.

        Raises:
            UserError: a quote is never closed, or the file went away or became another while it was read.
        """
        try:
            yield from self._records()
        except OSError as error:
            raise unreadable(error, self._file) from error
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise refused("changed_meanwhile", file=self._file, details=type(error).__name__) from error

    def _records(self) -> Iterator[Batch]:
        with self._open() as text:
            if self._skip_first:
                text.readline()
            if self.separator == SPACES:
                reader = csv.reader(_tabbed(text), delimiter="\t", quoting=csv.QUOTE_NONE)
            elif self._quoted:
                reader = csv.reader(text, delimiter=self.separator)
            else:
                reader = csv.reader(text, delimiter=self.separator, quoting=csv.QUOTE_NONE)
            number, lines = 1, 0
            last: Row = []
            while True:
                try:
                    rows = list(islice(reader, BATCH_ROWS))
                except csv.Error as error:
                    raise refused("open_quote", file=self._file, row=number) from error
                if not rows:
                    self._refuse_open_end(number - 1, last)
                    return
                if reader.line_num - lines > len(rows) + _RUNAWAY_LINES:
                    self._refuse_runaway(number, rows)
                lines = reader.line_num
                last = rows[-1]
                yield number, rows
                number += len(rows)

    def _refuse_open_end(self, number: int, row: Row) -> None:
        """A quote still open where the file ends: it swallowed the rows before the end, or the file was cut off."""
        if (
            not self._quoted
            or self.separator == SPACES
            or not row
            or not row[-1].strip()
            or not _LINE_END.search(row[-1])
        ):
            return
        spanned = 1 + sum(len(_LINE_END.findall(cell)) for cell in row)
        with self._open() as text:
            end = "".join(deque(text, maxlen=spanned))
        if end.endswith(row[-1].replace('"', '""')):
            raise refused("open_quote", file=self._file, row=number)

    def _refuse_runaway(self, number: int, rows: list[Row]) -> None:
        """A quote that is never closed swallows the rows after it into one cell: lines with as many separators as the
        table has columns. Better no import than rows that vanish."""
        width = Counter(map(len, rows)).most_common(1)[0][0]
        if width < 2:
            return
        for offset, row in enumerate(rows):
            for cell in row:
                lines = cell.splitlines() if len(cell) > width * _RUNAWAY_LINES else ()
                if len(lines) >= _RUNAWAY_LINES:
                    alike = sum(line.count(self.separator) == width - 1 for line in lines)
                    if alike >= len(lines) - 2:
                        raise refused("open_quote", file=self._file, row=number + offset)


def _tabbed(lines: Iterable[str]) -> Iterator[str]:
    """Lines with one tab between their words."""
    return (_GAPS.sub("\t", line.strip()) + "\n" for line in lines)


_LINE_END = re.compile(r"\r\n|\r|\n")
_GAPS = re.compile(r"[ \t]+")
_DAY = re.compile(r"(?:19|20)\d\d([-/.]?)\d\d\1\d\d", re.ASCII)


def _is_spaced(sample: str) -> bool:
    """Whether each line holds equally many words kept apart by spaces, and one of them is a day: data of a cash register,
    not names, sentences or phone numbers in groups."""
    rows = [line.split() for line in sample.splitlines()[:300] if line.strip()]
    if len(rows) < 2 or len(rows[0]) < 3 or any(len(row) != len(rows[0]) for row in rows):
        return False
    return any(all(map(_DAY.fullmatch, column)) for column in list(zip(*rows[1:], strict=True)))


def _stated_separator(sample: str) -> str | None:
    """The separator of Excel's own first line ``sep=;``."""
    first = sample.split("\n", 1)[0].strip().strip('"').lower()
    if first.startswith("sep=") and len(first) == 5:
        return first[4]
    return "\t" if first == "sep=" else None


def sniff_separator(sample: str) -> str:
    """The separator that cuts the sample's records into the most even table; a comma where there is only one column."""
    best, best_score = ",", 0.0
    for separator in SEPARATORS:
        if separator not in sample:
            continue
        score = _evenness(sample, separator)
        if score > best_score:
            best, best_score = separator, score
    return SPACES if not best_score and _is_spaced(sample) else best


def _evenness(sample: str, separator: str) -> float:
    """Columns times the share of records that have that many: a title or a total row does not spoil it."""
    try:
        records = [
            record
            for record in islice(csv.reader(io.StringIO(sample, newline=""), delimiter=separator), 300)
            if any(record)
        ]
    except csv.Error:
        return 0.0
    widths = Counter(len(record) for record in records)
    if not widths:
        return 0.0
    width, count = max(widths.items(), key=lambda item: (item[0] > 1) * item[1] * min(item[0], 4))
    if width < 2:
        return 0.0
    return count / len(records) * (1 + min(width, 30) / 30)
