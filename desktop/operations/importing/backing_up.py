"""The backup before an import: taken first, or, where nobody is asked in between, while the file is being checked. A check
changes nothing in the shop and the copy is made in C, so that both have a processor to themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from desktop.core.errors import Cancelled
from desktop.core.job import QUIET, JobContext
from desktop.core.message import Message
from desktop.store.database import Database
from desktop.store.recovery import backups
from desktop.store.safety.shop_errors import BackupFolderMissing

_LOOKS_APART = 0.05
"""Seconds between two looks at whether the owner cancelled while only the backup is waited for."""


def backup_first(db: Database, job: JobContext = QUIET) -> bool:
    """A verified backup of the shop before an import, if there is anybody in it yet; returns whether one was taken. Where the
    owner's backup folder is away (a USB disk), the import goes on without.

    Raises:
        UserError: if there is no room for it.
        Cancelled: if the owner cancelled.
    """
    return _anybody(db) and _take(db.path, job)


@contextmanager
def backed_up_meanwhile(db: Database, job: JobContext) -> Iterator[Callable[[], None]]:
    """:func:`backup_first` in a thread of its own, beside the block. The block is given what it calls before it changes anything:
    this waits for the backup and raises what went wrong with it. A block that fails ends the backup too."""
    if not _anybody(db):
        yield lambda: None
        return
    from concurrent.futures import ThreadPoolExecutor, wait

    given_up = Event()
    with ThreadPoolExecutor(1, "backup") as thread:
        backup = thread.submit(_take, db.path, _Until(given_up))

        def wait_for_it() -> None:
            while not wait((backup,), _LOOKS_APART).done:
                job.raise_if_cancelled()
            backup.result()

        try:
            yield wait_for_it
        except BaseException:
            given_up.set()
            raise


class _Until:
    """The job of a backup that is of no use any more once an event happened; the check tells how far the import is."""

    def __init__(self, given_up: Event) -> None:
        self._given_up = given_up

    def report(self, done: int, total: int | None = None, text: Message | None = None) -> None:
        """Nobody looks."""

    def raise_if_cancelled(self) -> None:
        if self._given_up.is_set():
            raise Cancelled


def _anybody(db: Database) -> bool:
    return db.value("SELECT 1 FROM person LIMIT 1") is not None


def _take(path: Path, job: JobContext) -> bool:
    try:
        backups.take(path, "import", job=job)
    except BackupFolderMissing:
        return False
    return True
