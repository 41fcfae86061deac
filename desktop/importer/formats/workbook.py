"""Workbooks, parsed by the worker in a child process. The rows land in an unnamed temporary file, from which they are read as
often as needed; whatever the child does — hang, abort, eat memory — ends as one sentence to the owner."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import desktop
from desktop.core.job import JobContext
from desktop.importer.formats.problems import PasswordNeeded, refused
from desktop.importer.formats.protected import WITH_PASSWORD
from desktop.importer.formats.tables import Batch

WORKER_FLAG = "--import-worker"
"""First argument by which the packaged program knows that it is a worker."""

TIME_LIMIT = 60.0
TIME_PER_MEGABYTE = 5.0
"""Seconds the child may take: 1,000,000 rows (some 50 MB) take 10 to 20 on a small machine."""

_POLL = 0.02


class Spool:
    """The rows of a workbook in a temporary file that no other program can open and that vanishes with us."""

    def __init__(self) -> None:
        self.file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the source
        self.sheets: list[SpooledSheet] = []
        self.notes: list[str] = []

    def index(self) -> dict[str, Any]:
        """Find where each sheet begins.

        Returns:
            The last line that is neither a sheet nor rows: ``{"end": true}`` or ``{"error": reason}``; {} if there is none.
        """
        self.file.seek(0)
        last: dict[str, Any] = {}
        place = 0
        for line in self.file:
            place += len(line)
            if line[:1] != b"{":
                continue
            last = json.loads(line) if line.endswith(b"\n") else {}
            if "sheet" in last:
                self.sheets.append(SpooledSheet(self, last["sheet"], bool(last["hidden"]), place))
            elif "note" in last:
                self.notes.append(last["note"])
        return last

    def close(self) -> None:
        """Delete the rows."""
        self.file.close()


class SpooledSheet:
    """One sheet of a spooled workbook."""

    encoding: str | None = None

    def __init__(self, spool: Spool, name: str, hidden: bool, place: int) -> None:
        self.name = name
        self.hidden = hidden
        self._spool = spool
        self._place = place

    def batches(self) -> Iterator[Batch]:
        """The rows in batches, read at the sheet's own place so that several readers do not disturb each other."""
        file, place, number = self._spool.file, self._place, 1
        while True:
            file.seek(place)
            line = file.readline()
            if not line or line[:1] == b"{":
                return
            place += len(line)
            rows = json.loads(line)
            yield number, rows
            number += len(rows)


def read_workbook(path: Path, form: str, job: JobContext, password: str | None = None) -> Spool:
    """Parse a workbook in a child process.

    Args:
        path: the file.
        form: xlsx, xlsb, ods or xls, as its content says.
        job: asked every few milliseconds whether to stop; then the child is ended at once.
        password: of a protected workbook; handed to the child through its standard input and kept nowhere.

    Raises:
        PasswordNeeded: the workbook has a password, and this is not it.
        UserError: the file is declined, the child died or took too long.
    """
    spool = Spool()
    try:
        with tempfile.TemporaryFile() as errors:
            code = _run(path, form, password, spool.file, errors, job)
            last = spool.index()
            if "end" not in last:
                _explain(path, code, last, errors)
    except BaseException:
        spool.close()
        raise
    return spool


def _run(
    path: Path, form: str, password: str | None, out: IO[bytes], errors: IO[bytes], job: JobContext
) -> int | None:
    """Run the child to its end; None if it had to be stopped for taking too long."""
    limit = time.monotonic() + TIME_LIMIT + TIME_PER_MEGABYTE * path.stat().st_size / 1e6
    child = subprocess.Popen(
        [*worker_command(), str(path), form, *([] if password is None else [WITH_PASSWORD])],
        stdin=subprocess.DEVNULL if password is None else subprocess.PIPE,
        stdout=out,
        stderr=errors,
        env=_environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    try:
        if password is not None:
            _tell(child, password)
        while True:
            try:
                return child.wait(_POLL)
            except subprocess.TimeoutExpired:
                job.raise_if_cancelled()
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


def _explain(path: Path, code: int | None, last: dict[str, Any], errors: IO[bytes]) -> None:
    errors.seek(0, os.SEEK_END)
    errors.seek(max(0, errors.tell() - 600))
    details = f"exit code {code}\n{errors.read().decode('utf-8', 'replace')}".strip()
    if last.get("error") in ("password", "password_wrong"):
        raise PasswordNeeded(path, wrong=last["error"] == "password_wrong")
    if "error" in last:
        raise refused(str(last["error"]), file=path.name)
    raise refused("took_too_long" if code is None else "unreadable", file=path.name, details=details)
