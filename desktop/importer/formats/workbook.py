"""Workbooks and markup, parsed by the worker in a child process. The rows land in an unnamed temporary file, from which they
are read as often as needed; whatever the child does — hang, abort, eat memory — ends as one sentence to the owner."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import desktop
from desktop.core.job import JobContext
from desktop.importer.formats.frames import NO_ROOM, next_frame, unpack_rows
from desktop.importer.formats.parsing.protected import WITH_PASSWORD
from desktop.importer.formats.problems import PasswordNeeded, refused
from desktop.importer.formats.tables import Batch

WORKER_FLAG = "--import-worker"
"""First argument by which the packaged program knows that it is a worker."""

TIME_LIMIT = 60.0
TIME_PER_MEGABYTE = 5.0
"""Seconds the child may take: 1,000,000 rows (some 50 MB) take 10 to 20 on a small machine."""

LARGEST_SPOOL = 4_000_000_000
"""Bytes of cells: a text of 32,000 characters that a small file repeats in each of a million cells would fill the disk.
A million real rows take 0.2 of 4 GB."""

_POLL = 0.02
_TOO_MUCH = -1_000_000


class Spool:
    """The rows of a workbook in a temporary file that no other program can open and that vanishes with us."""

    def __init__(self) -> None:
        self.file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the source
        self.sheets: list[SpooledSheet] = []
        self.notes: list[str] = []

    def index(self, encoding: str | None) -> dict[str, Any]:
        """Find where each sheet begins.

        Args:
            encoding: of the text that the sheets were read from.

        Returns:
            The last fact told: ``{"end": true}`` or ``{"error": reason}``; {} if the child broke off.
        """
        self.file.seek(0)
        last: dict[str, Any] = {}
        sheet: SpooledSheet | None = None
        while True:
            kind, length = next_frame(self.file)
            if kind != b"{":
                if not kind:
                    return last
                last = {}
                self.file.seek(length, os.SEEK_CUR)
                if sheet is not None:
                    sheet.has_rows = True
                continue
            last = json.loads(self.file.read(length))
            if "sheet" in last:
                sheet = SpooledSheet(self, last["sheet"], bool(last["hidden"]), self.file.tell(), encoding)
                self.sheets.append(sheet)
            elif "hidden_rows" in last and sheet is not None:
                sheet.hidden_rows = int(last["hidden_rows"])
            elif "note" in last:
                self.notes.append(last["note"])

    def close(self) -> None:
        """Delete the rows."""
        self.file.close()


class SpooledSheet:
    """One sheet of a spooled workbook.

    Attributes:
        has_rows: anything stands in it.
        hidden_rows: rows with content that the spreadsheet does not show; they are among the rows.
    """

    def __init__(self, spool: Spool, name: str, hidden: bool, place: int, encoding: str | None) -> None:
        self.name = name
        self.hidden = hidden
        self.encoding = encoding
        self.has_rows = False
        self.hidden_rows = 0
        self._spool = spool
        self._place = place

    def batches(self) -> Iterator[Batch]:
        """The rows in batches, read at the sheet's own place so that several readers do not disturb each other."""
        file, place, number = self._spool.file, self._place, 1
        while True:
            file.seek(place)
            kind, length = next_frame(file)
            if kind in (b"", b"{"):
                return
            rows = unpack_rows(kind, file.read(length))
            place = file.tell()
            yield number, rows
            number += len(rows)


@dataclass(frozen=True, slots=True)
class ParseTask:
    """What a child is asked to parse.

    Args:
        path: the file.
        form: xlsx, xlsb, ods, xls, html or xml, as its content says.
        name: what it is called in sentences.
        entry: which entry of the archive it is, if the file is one.
        encoding: of an HTML page.
        password: of a protected workbook or archive; handed to the child through its standard input and kept nowhere.
    """

    path: Path
    form: str
    name: str
    entry: int | None = None
    encoding: str | None = None
    password: str | None = field(default=None, repr=False)

    def arguments(self) -> list[str]:
        """The child's command line; the password is not in it."""
        return [
            str(self.path),
            self.form,
            *([] if self.entry is None else [f"entry={self.entry}"]),
            *([] if self.encoding is None else [f"encoding={self.encoding}"]),
            *([] if self.password is None else [WITH_PASSWORD]),
        ]


def read_workbook(asked: ParseTask, job: JobContext) -> Spool:
    """Parse a workbook or markup in a child process.

    Args:
        asked: what to parse.
        job: asked every few milliseconds whether to stop; then the child is ended at once.

    Raises:
        PasswordNeeded: the workbook has a password, and this is not it.
        UserError: the file is declined, the child died or took too long.
    """
    spool = Spool()
    try:
        with tempfile.TemporaryFile() as errors:
            code = _run(asked, spool.file, errors, job)
            last = spool.index(asked.encoding)
            if "end" not in last:
                _explain(asked, code, last, errors)
    except BaseException:
        spool.close()
        raise
    return spool


def _run(asked: ParseTask, out: IO[bytes], errors: IO[bytes], job: JobContext) -> int | None:
    """Run the child to its end; None if it had to be stopped for taking too long, _TOO_MUCH for writing too much."""
    limit = time.monotonic() + TIME_LIMIT + TIME_PER_MEGABYTE * asked.path.stat().st_size / 1e6
    child = subprocess.Popen(
        [*worker_command(), *asked.arguments()],
        stdin=subprocess.DEVNULL if asked.password is None else subprocess.PIPE,
        stdout=out,
        stderr=errors,
        env=_environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    try:
        if asked.password is not None:
            _tell(child, asked.password)
        while True:
            try:
                return child.wait(_POLL)
            except subprocess.TimeoutExpired:
                job.raise_if_cancelled()
                if os.fstat(out.fileno()).st_size > LARGEST_SPOOL:
                    return _TOO_MUCH
                if time.monotonic() > limit:
                    return None
    finally:
        if child.poll() is None:
            child.kill()
            child.wait()


def _tell(child: subprocess.Popen[bytes], password: str) -> None:
    """Hand the password over. A child that is gone already says why by its exit code."""
    assert child.stdin is not None
    with suppress(BrokenPipeError), child.stdin:
        child.stdin.write(password.encode("utf-8"))


def worker_command() -> list[str]:
    """How this program starts its own worker: the packaged program has no Python beside it."""
    if getattr(sys, "frozen", False):
        return [sys.executable, WORKER_FLAG]
    return [sys.executable, "-m", "desktop.importer.worker"]


def _environment() -> dict[str, str]:
    """The child's environment: ours without anything of the program's own, and the way to its code."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TAGLINE_")}
    if not getattr(sys, "frozen", False):
        root = str(Path(desktop.__file__).parent.parent)
        kept["PYTHONPATH"] = os.pathsep.join(filter(None, [root, kept.get("PYTHONPATH", "")]))
    kept["PYTHONIOENCODING"] = "utf-8"
    return kept


def _explain(asked: ParseTask, code: int | None, last: dict[str, Any], errors: IO[bytes]) -> None:
    errors.seek(0, os.SEEK_END)
    errors.seek(max(0, errors.tell() - 600))
    details = f"exit code {code}\n{errors.read().decode('utf-8', 'replace')}".strip()
    if last.get("error") in ("password", "password_wrong"):
        raise PasswordNeeded(asked.path, wrong=last["error"] == "password_wrong")
    if "error" in last:
        raise refused(str(last["error"]), file=asked.name)
    if code == _TOO_MUCH:
        raise refused("too_large", file=asked.name)
    if code == NO_ROOM:
        raise refused("no_room", file=asked.name)
    raise refused("took_too_long" if code is None else "unreadable", file=asked.name, details=details)
