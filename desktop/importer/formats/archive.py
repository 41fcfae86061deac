"""A zip of files (chat logs, several exports at once): every table in it is a sheet, or several, named as its file. What is
no table is named in a note; a file in it that is damaged does not keep the others from being read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from desktop.core.job import JobContext
from desktop.core.message import Message, message
from desktop.importer.formats.content import check_directory
from desktop.importer.formats.problems import BROKEN_ARCHIVE, PasswordNeeded, refused
from desktop.importer.formats.stored import Stored
from desktop.importer.formats.text_encoding import survey

MOST_ENTRIES = 20_000
LARGEST_TOTAL = 2_000_000_000
"""Bytes of all files together."""
LARGEST_LOCKED = 100_000_000
"""Bytes of all files of an archive with a password together; they are kept in memory, and opened slowly."""
LARGEST_WORKBOOK = 300_000_000
"""Bytes of one workbook in an archive; it is parsed in memory."""
HIGHEST_RATIO = 200
"""Unpacked size to packed size; text packs to a tenth, a bomb to a thousandth."""
MOST_NOTES = 5

_TEXTS = frozenset((".csv", ".tsv", ".txt", ".tab", ".dat", ".xls", ".xlsx", ".asc", ""))
"""Endings of files in an archive that may be read as plain text; recipes, licences and logs are no tables."""
_ENCRYPTED_AES = 99


@dataclass(slots=True)
class Unpacked:
    """What an archive holds.

    Args:
        files: in the archive's order.
        notes: what was left out, and why.
    """

    files: list[Stored] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)
    left_out: int = 0

    def leave_out(self, name: str, why: Message) -> None:
        """Note that a file is not read; of many only the first are named."""
        self.left_out += 1
        if self.left_out <= MOST_NOTES:
            self.notes.append(message("importing.note.left_out", file=name, why=why))

    def all_notes(self) -> list[Message]:
        """The notes, with how many more were left out."""
        more = self.left_out - MOST_NOTES
        return [*self.notes, *([message("importing.note.more_left_out", n=more)] if more > 0 else [])]


def open_archive(path: Path) -> zipfile.ZipFile:
    """Open an archive; its list of contents is read once, however many files are read out of it.

    Raises:
        UserError: damaged, or its list is longer than any real archive's.
    """
    with path.open("rb") as stream:
        check_directory(stream, path.name)
    try:
        return zipfile.ZipFile(path)
    except PermissionError:
        raise
    except BROKEN_ARCHIVE as error:
        raise refused("damaged", file=path.name, details=type(error).__name__) from error


def unpack(archive: zipfile.ZipFile, path: Path, password: str | None, job: JobContext) -> Unpacked:
    """The files of an archive that may be tables; they can be read while it is open.

    Raises:
        PasswordNeeded: it is locked in the old way, which can be opened with the password.
        UserError: locked in another way, or larger unpacked than is read.
    """
    entries = [(number, entry) for number, entry in enumerate(archive.infolist()) if not _is_hidden(entry)]
    _check_sizes(entries, path.name)
    unpacked = Unpacked()
    names: set[str] = set()
    for number, entry in entries:
        job.raise_if_cancelled()
        name = shown_name(entry)
        short = PurePosixPath(name).name
        if short in names:
            short = str(PurePosixPath(name))  # two folders of the archive have a file of this name
        names.add(short)
        if not entry.file_size:
            unpacked.leave_out(short, refused("empty", file=short).text)
            continue
        opener = _opener(archive, path, entry, password)
        try:
            facts = survey(opener, job)
        except PermissionError:
            raise
        except BROKEN_ARCHIVE as error:
            unpacked.leave_out(short, refused("damaged", file=short, details=type(error).__name__).text)
            continue
        unpacked.files.append(Stored(short, path, opener, facts, number))
    return unpacked


def _check_sizes(entries: Sequence[tuple[int, zipfile.ZipInfo]], file: str) -> None:
    total = sum(entry.file_size for _, entry in entries)
    packed = sum(entry.compress_size for _, entry in entries)
    if len(entries) > MOST_ENTRIES or total > LARGEST_TOTAL or total > HIGHEST_RATIO * packed + 10_000_000:
        raise refused("too_large", file=file)
    locked = [entry for _, entry in entries if entry.flag_bits & 1]
    if any(entry.compress_type == _ENCRYPTED_AES for entry in locked):
        raise refused("archive_locked", file=file)
    if locked and total > LARGEST_LOCKED:
        raise refused("archive_locked", file=file)


def may_be_text(name: str) -> bool:
    """Whether a file of this name in an archive may be read as plain text."""
    return PurePosixPath(name).suffix.lower() in _TEXTS


def _is_hidden(entry: zipfile.ZipInfo) -> bool:
    inner = PurePosixPath(entry.filename)
    return entry.is_dir() or inner.name.startswith((".", "~$")) or "__MACOSX" in inner.parts


def _opener(
    archive: zipfile.ZipFile, path: Path, entry: zipfile.ZipInfo, password: str | None
) -> Callable[[], BinaryIO]:
    """What opens an entry's bytes anew. Those of a locked one are opened once: it takes a second for a megabyte."""
    if not entry.flag_bits & 1:
        return partial(_open_entry, archive, entry)
    if not password:
        raise PasswordNeeded(path, wrong=password is not None)
    try:
        data = archive.read(entry, password.encode("utf-8"))
    except BROKEN_ARCHIVE as error:
        # One wrong password in 256 passes the archive's own test and fails at the checksum.
        raise PasswordNeeded(path, wrong=True) from error
    return partial(io.BytesIO, data)


def _open_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> BinaryIO:
    return cast("BinaryIO", archive.open(entry))


def shown_name(entry: zipfile.ZipInfo) -> str:
    """An entry's path as its maker wrote it: Windows packs names in Big5 without saying so."""
    name = entry.filename
    if entry.flag_bits & 0x800:
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
