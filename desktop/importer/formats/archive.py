"""A zip of delimited texts (chat logs, several exports at once): every text in it is a sheet, named as its file."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from desktop.core.job import JobContext
from desktop.importer.formats.delimited import DelimitedSheet
from desktop.importer.formats.problems import BROKEN_ARCHIVE, refused
from desktop.importer.formats.text_encoding import decide_encoding, survey

MOST_ENTRIES = 20_000
LARGEST_TOTAL = 2_000_000_000
"""Bytes of all texts together."""
HIGHEST_RATIO = 200
"""Unpacked size to packed size; text packs to a tenth, a bomb to a thousandth."""

TEXT_SUFFIXES = (".csv", ".tsv", ".txt", ".tab")


def read_archive(
    path: Path, chosen: str | None, separator: str | None, job: JobContext
) -> list[DelimitedSheet]:
    """The texts of an archive.

    Raises:
        UserError: no text in it, locked with a password, damaged, or larger unpacked than is read.
    """
    file = path.name
    with zipfile.ZipFile(path) as archive:
        entries = [entry for entry in archive.infolist() if _is_text(entry)]
        others = [entry for entry in archive.infolist() if not entry.is_dir()]
    if not entries:
        raise refused("archive_without_text", file=file)
    if any(entry.flag_bits & 1 for entry in entries):
        raise refused("archive_locked", file=file)
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(others) > MOST_ENTRIES or total > LARGEST_TOTAL or total > HIGHEST_RATIO * packed + 10_000_000:
        raise refused("too_large", file=file)
    sheets: list[DelimitedSheet] = []
    for entry in entries:
        job.raise_if_cancelled()
        if not entry.file_size:
            continue
        opener = partial(_open_entry, path, entry.filename)
        try:
            facts = survey(opener)
        except PermissionError:
            raise
        except BROKEN_ARCHIVE as error:
            raise refused("damaged", file=file, details=type(error).__name__) from error
        name = _shown_name(entry.filename, entry.flag_bits)
        if any(sheet.name == PurePosixPath(name).name for sheet in sheets):
            name = str(PurePosixPath(name))  # two folders of the archive have a file of this name
        else:
            name = PurePosixPath(name).name
        sheets.append(DelimitedSheet(name, opener, decide_encoding(facts, chosen), separator, file=name))
    if not sheets:
        raise refused("empty", file=file)
    return sheets


def _is_text(entry: zipfile.ZipInfo) -> bool:
    inner = PurePosixPath(entry.filename)
    hidden = inner.name.startswith(".") or "__MACOSX" in inner.parts
    return not entry.is_dir() and not hidden and inner.suffix.lower() in TEXT_SUFFIXES


def _open_entry(path: Path, name: str) -> BinaryIO:
    """Open one entry's bytes; closing them closes the archive."""
    archive = zipfile.ZipFile(path)
    stream = archive.open(name)
    close = stream.close

    def close_both() -> None:
        close()
        archive.close()

    cast("dict[str, Callable[[], None]]", stream.__dict__)["close"] = close_both
    return cast("BinaryIO", stream)


def _shown_name(name: str, flags: int) -> str:
    """An entry's path as its maker wrote it: Windows packs names in Big5 without saying so."""
    if flags & 0x800:
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "cp950", "cp932"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name
