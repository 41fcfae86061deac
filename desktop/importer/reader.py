"""Opens a file, whatever it is called and however it is stored, as sheets of cell texts with the row numbers its owner sees.
Everything that cannot be read ends as a sentence that says what the file is and what to do."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from desktop.core.errors import UserError
from desktop.core.job import QUIET, JobContext
from desktop.core.message import Message, message
from desktop.importer.columns.names import forget_texts
from desktop.importer.formats.content import IN_CHILD, kind_of_content
from desktop.importer.formats.problems import PasswordNeeded, refused, unreadable
from desktop.importer.formats.stored import Stored
from desktop.importer.formats.tables import Sheet
from desktop.importer.formats.text_encoding import TextFacts, decide_encoding, page_encoding, survey
from desktop.importer.values.phones import forget_numbers
from desktop.text import t

LARGEST_MARKUP = 300_000_000
"""Bytes of markup that are read: about a million rows; parsing takes ten times as much memory."""


class Source:
    """An opened file. A context manager: leaving it deletes what was kept aside for it.

    Attributes:
        path: the file.
        name: its name without folders.
        format: csv, xlsx, xlsb, xls, ods, html, xml or zip.
        encoding: of a text file (None for workbooks and archives).
        size, sha256: of its bytes when it was opened.
        sheets: its tables in the file's order.
        notes: what the owner should know about the reading.
        judged: what ``understanding`` found out about the cells of a sheet, by its name; gone with the source.
    """

    def __init__(self, path: Path, form: str, facts: TextFacts, stamp: tuple[int, int] | None) -> None:
        self.path = path
        self.name = path.name
        self.format = form
        self.size = facts.size
        self.sha256 = facts.sha256
        self.sheets: tuple[Sheet, ...] = ()
        self.notes: list[Message] = []
        self.judged: dict[str, tuple[Any, Any]] = {}
        self._stamp = stamp
        self._closers: list[Callable[[], None]] = []

    @property
    def encoding(self) -> str | None:
        """The encoding of the first sheet."""
        return self.sheets[0].encoding if self.format != "zip" else None

    def sheet(self, name: str) -> Sheet:
        """The sheet of this name, or by its number from 1.

        Raises:
            UserError: there is none; names those there are.
        """
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        if name.isdigit() and 0 < int(name) <= len(self.sheets):
            return self.sheets[int(name) - 1]
        raise refused("no_such_sheet", sheet=name, sheets=[sheet.name for sheet in self.sheets])

    def raise_if_changed(self) -> None:
        """Call after the last row.

        Raises:
            UserError: the file was written to since it was opened; what was read may be half old, half new.
        """
        if self._stamp is None:
            return
        try:
            same = _stamp(self.path) == self._stamp or survey(partial(_open, self.path)).sha256 == self.sha256
        except OSError:
            same = False
        if not same:
            raise refused("changed_meanwhile", file=self.name)

    def close(self) -> None:
        """Delete what was kept aside, on the disk and in memory."""
        self.judged.clear()
        forget_numbers()
        forget_texts()
        while self._closers:
            self._closers.pop()()

    def __enter__(self) -> Source:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_source(
    path: Path | str,
    *,
    encoding: str | None = None,
    separator: str | None = None,
    password: str | None = None,
    job: JobContext = QUIET,
) -> Source:
    """Open a file of people, orders, answers, chats or user IDs.

    Args:
        path: the file.
        encoding: the owner's choice for a text file; None: found from its bytes.
        separator: the owner's choice for a text file, one character; None: found from its lines.
        password: of a protected workbook; used for this reading and kept nowhere.
        job: progress and cancellation.

    Raises:
        PasswordNeeded: the workbook has a password, and none or a wrong one was given.
        UserError: it is no table, or cannot be read; one sentence with what to do.
    """
    path = Path(path)
    _check_place(path)
    try:
        stamp = _stamp(path)
        opener = partial(_open, path)
        facts = survey(opener, job)
        _check_contents(path.name, facts)
        form = kind_of_content(path.name, opener, facts.head)
        job.raise_if_cancelled()
        source = Source(path, "csv" if form == "text" else form, facts, stamp)
        _read(
            source, Stored(path.name, path, opener, facts), form, _Chosen(encoding, separator, password), job
        )
    except OSError as error:
        raise unreadable(error, path.name) from error
    return source


def open_pasted(text: str) -> Source:
    """Cells that were copied in a spreadsheet (or lines of CSV), read the same way as a file.

    Args:
        text: as the clipboard holds it: tabs between cells, or any separator that a file may have.

    Raises:
        UserError: there is nothing in it.
    """
    from desktop.importer.formats.pasted import pasted_sheet

    name = t("importing.file.pasted")
    data = text.replace("\0", "").encode("utf-8", "replace")
    if not text.strip("\ufeff\0 \t\r\n"):
        raise refused("empty", file=name)
    facts = TextFacts(data, data, len(data), hashlib.sha256(data).hexdigest(), utf8=True)
    source = Source(Path(name), "csv", facts, None)
    source.sheets = (pasted_sheet(partial(io.BytesIO, data), name),)
    return source


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What the owner said about a file."""

    encoding: str | None
    separator: str | None
    password: str | None = field(repr=False)


def _read(source: Source, stored: Stored, form: str, chosen: _Chosen, job: JobContext) -> None:
    """Fill the source with its sheets."""
    try:
        sheets = (
            _of_archive(source, chosen, job) if form == "zip" else _sheets(source, stored, form, chosen, job)
        )
        if not sheets:
            raise refused("empty", file=source.name)
    except BaseException:
        source.close()
        raise
    source.sheets = tuple(sheets)
    source.notes += _notes_on(source.sheets)


def _sheets(source: Source, stored: Stored, form: str, chosen: _Chosen, job: JobContext) -> list[Sheet]:
    """The sheets of a file that is no archive."""
    from desktop.importer.formats.delimited import DelimitedSheet
    from desktop.importer.formats.workbook import ParseTask, read_workbook

    if form not in IN_CHILD:
        decided = decide_encoding(stored.facts, chosen.encoding)
        return [DelimitedSheet("", stored.open, decided, chosen.separator, file=stored.name)]
    if form in ("html", "xml") and stored.facts.size > LARGEST_MARKUP:
        raise refused("too_large", file=stored.name)
    encoding = page_encoding(stored.facts, chosen.encoding) if form == "html" else None
    task = ParseTask(source.path, form, stored.name, stored.entry, encoding, chosen.password)
    spool = read_workbook(task, job)
    source._closers.append(spool.close)
    source.notes += [message(f"importing.note.{note}") for note in spool.notes]
    return list(spool.sheets)


def _of_archive(source: Source, chosen: _Chosen, job: JobContext) -> list[Sheet]:
    """The sheets of all files in an archive, each called as its file."""
    from desktop.importer.formats.archive import open_archive, unpack

    sheets: list[Sheet] = []
    archive = open_archive(source.path)
    source._closers.append(archive.close)
    unpacked = unpack(archive, source.path, chosen.password, job)
    reasons = []
    for stored in unpacked.files:
        job.raise_if_cancelled()
        try:
            form = _form_in_archive(stored)
            found = _sheets(source, stored, form, chosen, job)
        except PasswordNeeded:
            raise
        except UserError as error:
            reasons.append(error)
            unpacked.leave_out(stored.name, error.text)
            continue
        for sheet in found:
            sheet.name = stored.name if len(found) == 1 else f"{stored.name} › {sheet.name}"
        sheets += found
    if not sheets:
        if len(reasons) == 1 and unpacked.left_out == 1:
            raise reasons[0]
        raise refused("archive_without_text", file=source.name)
    source.notes += unpacked.all_notes()
    return sheets


def _form_in_archive(stored: Stored) -> str:
    """What a file in an archive is.

    Raises:
        UserError: no table, or none that is read out of an archive.
    """
    from desktop.importer.formats.archive import LARGEST_WORKBOOK, may_be_text

    def whole() -> BinaryIO:
        with stored.open() as stream:
            return io.BytesIO(stream.read())

    _check_contents(stored.name, stored.facts)
    large = stored.facts.size > LARGEST_WORKBOOK
    opener = stored.open if large else whole
    form = kind_of_content(stored.name, opener, stored.facts.head)
    if form == "zip":
        raise refused("is_archive", file=stored.name)
    if form == "text" and not may_be_text(stored.name):
        raise refused("not_a_table")
    if large and form in IN_CHILD:
        raise refused("too_large", file=stored.name)
    return form


def _notes_on(sheets: Sequence[Sheet]) -> list[Message]:
    """What the owner should know of hidden sheets, which are not read unless asked for, and of hidden rows, which are."""
    notes = []
    shown = [sheet for sheet in sheets if not sheet.hidden]
    hidden = [sheet.name for sheet in sheets if sheet.hidden and getattr(sheet, "has_rows", False)]
    if shown and hidden:
        notes.append(message("importing.note.hidden_sheets", n=len(hidden), sheets=hidden[:5]))
    rows = sum(getattr(sheet, "hidden_rows", 0) for sheet in shown)
    if rows:
        notes.append(message("importing.note.hidden_rows", n=rows))
    return notes


def _check_place(path: Path) -> None:
    name = path.name
    if path.is_dir():
        raise refused("is_folder", file=name)
    if str(path).startswith(("http:", "https:", "http:/", "https:/")):
        raise refused("is_address")
    if name.startswith("~$"):
        raise refused("is_lock_file", file=name.removeprefix("~$"))
    if name.startswith(".") and name.endswith(".icloud"):
        raise refused("cloud_placeholder", file=name.removeprefix(".").removesuffix(".icloud"))
    if not path.exists():
        raise refused("not_found", file=name)
    if not path.is_file():
        raise refused("not_a_table", file=name)


def _check_contents(file: str, facts: TextFacts) -> None:
    if not facts.size:
        raise refused("no_bytes", file=file)
    if not facts.head.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"):
        raise refused("empty", file=file)


def _open(path: Path) -> BinaryIO:
    return path.open("rb")


def _stamp(path: Path) -> tuple[int, int]:
    facts = path.stat()
    return facts.st_size, facts.st_mtime_ns
