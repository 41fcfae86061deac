"""Looks over a zipped workbook before anything parses it: bombs, entities, cells far away from the rest. Streams every part
and keeps only counts, so that a hostile file costs neither memory nor time. Runs in the import worker."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from desktop.importer.formats.parsing.marks import Marks, column_number, note_marks
from desktop.importer.formats.problems import BROKEN_ARCHIVE

MOST_ENTRIES = 2_000
LARGEST_TOTAL = 2_000_000_000
"""Bytes unpacked, all parts together."""
HIGHEST_RATIO = 200
"""Unpacked to packed; real sheets reach 10 to 40."""
SMALL = 10_000_000
"""Below this many bytes unpacked a ratio means nothing."""
MOST_CELLS = 30_000_000
"""Largest rectangle of used cells that is parsed at once (RELIABILITY, "Import attacks": about 1 GB)."""

_CHUNK = 1 << 20
_OVERLAP = 2_000
_NARROW = 26
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\0!\0[DE]\0", re.IGNORECASE)
# Cells with a value: a cell that only carries a format is closed at once and ignored by the parser too. Looking for columns
# behind Z alone takes a fifth of the time, and fewer columns can never make a sheet too large.
_COLUMNS = re.compile(rb'\br="([A-Z]{2,3})\d+"[^<>/]*>')
_WIDE = re.compile(rb'r="[A-Z][A-Z]')
_PLACES = re.compile(rb'<(?:\w+:)?c\b[^<>]*?\br="[A-Z]{1,3}(\d{1,7})"[^<>/]*>')
_END_OF_CHUNK = 20_000


class Unsafe(Exception):
    """The workbook is declined; ``reason`` is a key of ``importing.error``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(slots=True)
class Extent:
    """Used rectangle of one sheet's part: its last row and column that hold a value, from 1; columns up to Z count as Z."""

    rows: int = 0
    columns: int = 0

    @property
    def area(self) -> int:
        """Cells of the rectangle."""
        return self.rows * self.columns


@dataclass(slots=True)
class WorkbookFacts:
    """What the look over a workbook found, by the name of each sheet's part in the archive: its extent, and what the parser
    does not tell of it."""

    extents: dict[str, Extent] = field(default_factory=dict)
    marks: dict[str, Marks] = field(default_factory=dict)


def check_workbook(workbook: Path | IO[bytes]) -> WorkbookFacts:
    """Check a zipped workbook (.xlsx, .xlsm, .xlsb, .ods).

    Raises:
        Unsafe: with the reason, for files that must not be parsed.
    """
    try:
        with zipfile.ZipFile(workbook) as archive:
            entries = archive.infolist()
            _check_sizes(entries)
            fills = _zero_formats(archive)
            facts = WorkbookFacts()
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels", ".vml")):
                    with archive.open(entry) as part:
                        _check_part(part, entry, facts, fills)
            return facts
    except BROKEN_ARCHIVE as error:
        raise Unsafe("damaged") from error


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MOST_ENTRIES or total > LARGEST_TOTAL:
        raise Unsafe("too_large")
    if total > SMALL and total > HIGHEST_RATIO * max(packed, 1):
        raise Unsafe("dangerous")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unsafe("password")


def _check_part(
    part: IO[bytes], entry: zipfile.ZipInfo, facts: WorkbookFacts, fills: dict[bytes, int]
) -> None:
    """Stream one part: no entities, no more bytes than it declared, and a sheet's extent."""
    sheet = entry.filename.startswith("xl/worksheets/")
    extent, seen, tail = Extent(), 0, b""
    marks = Marks()
    zero_cells = _zero_cells(fills)
    while chunk := part.read(_CHUNK):
        if not seen and _ENTITY.search(chunk[:4_096]):
            raise Unsafe("dangerous")
        seen += len(chunk)
        if seen > entry.file_size + _CHUNK:
            raise Unsafe("dangerous")
        if not sheet:
            continue
        text = tail + chunk
        _measure(text, extent)
        if zero_cells:
            for column, style in zero_cells.findall(text):
                marks.zeros[column_number(column) - 1] = fills[style]
        note_marks(text, marks)
        tail = text[-_OVERLAP:]
    if sheet:
        facts.extents[entry.filename] = extent
        if marks:
            facts.marks[entry.filename] = marks


def _measure(text: bytes, extent: Extent) -> None:
    """Widen the extent by the cells in a stretch of a sheet. Rows rise, so that the last cells hold the highest; a file
    made to deceive this check meets the limits of the child process."""
    rows = _PLACES.findall(text[-_END_OF_CHUNK:]) or _PLACES.findall(text)
    if not rows:
        return
    extent.rows = max(extent.rows, *map(int, rows))
    columns = set(_COLUMNS.findall(text)) if _WIDE.search(text) else ()
    extent.columns = max(extent.columns, _NARROW, *map(column_number, columns))


_XF = re.compile(rb"<xf\b[^>]*?\bnumFmtId=\"(\d+)\"")
_FORMAT = re.compile(rb"<numFmt\b[^>]*?\bnumFmtId=\"(\d+)\"[^>]*?\bformatCode=\"(0{2,20})\"")
_CELL_XFS = re.compile(rb"<cellXfs\b.*?</cellXfs>", re.DOTALL)


def _zero_formats(archive: zipfile.ZipFile) -> dict[bytes, int]:
    """Styles that show a number with leading zeros (format 00000): style index → digits. The zeros exist only there."""
    if "xl/styles.xml" not in archive.namelist() or archive.getinfo("xl/styles.xml").file_size > SMALL:
        return {}
    styles = archive.read("xl/styles.xml")
    formats = {number: len(code) for number, code in _FORMAT.findall(styles)}
    found = _CELL_XFS.search(styles)
    if not formats or not found:
        return {}
    used = _XF.findall(found[0])
    return {b"%d" % index: formats[number] for index, number in enumerate(used) if number in formats}


def _zero_cells(fills: dict[bytes, int]) -> re.Pattern[bytes] | None:
    if not fills:
        return None
    return re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})\d+"[^>]*?\bs="(' + b"|".join(fills) + rb')"')
