"""Bringing erasures to their end that were cut short: somebody is out of the shop file, but a crash or a power cut came before
her backups were cleaned and the receipt was written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.core.changes import Changes, Kind
from desktop.core.job import QUIET, JobContext
from desktop.core.message import Message
from desktop.operations.people import erasing
from desktop.operations.people.erasing import Receipt, Taken
from desktop.store.database import Database
from desktop.store.people_lifecycle import erased_keys
from desktop.store.people_lifecycle.erasing import leftovers, open_erasures
from desktop.store.people_lifecycle.erasing.open_erasures import OpenErasure
from desktop.store.people_lifecycle.erasing.traces import Counts
from desktop.store.recovery import backups

OnWriter = Callable[[Callable[[Database], object]], object]
"""Runs work on the writer and waits for it."""


@dataclass(frozen=True, slots=True)
class Finished:
    """An erasure that is at its end now: its receipt, and what is needed to clean the settings."""

    receipt: Receipt
    taken: Taken


def waiting(db: Database) -> bool:
    """Whether some erasure is not at its end, on a connection that may only read."""
    return bool(open_erasures.listed(db))


def finish(
    db: Database, on_writer: OnWriter, *, root: Path | None = None, job: JobContext = QUIET
) -> list[Finished]:
    """Clean what is left of everybody whose erasure is not at its end, and write the receipts.

    Args:
        db: any connection.
        on_writer: how to reach the writer.
        root: the folder the owner chose for backups.
    """
    return [_finish(db, on_writer, one, root, job) for one in open_erasures.listed(db)]


def _finish(
    db: Database, on_writer: OnWriter, one: OpenErasure, root: Path | None, job: JobContext
) -> Finished:
    on_writer(leftovers.compact)
    kept = [backup.path for backup in backups.list_backups(db.path, root=root)]
    subject = open_erasures.found_in(one, erased_keys.load(db).secret, kept)
    changes = Changes.of(Kind.HISTORY, Kind.SHOP, count=1)
    taken = Taken(subject, one.number, one.at, Counts(), (), True, changes)
    about = erasing.erase_elsewhere(db, taken, from_backups=one.from_backups, root=root, job=job)
    before, after = ([Message.from_json(text) for text in lines] for lines in (one.what, one.after))
    lines = [*before, *about, *after]
    on_writer(lambda writer: erasing.keep_lines(writer, taken, lines))
    return Finished(Receipt(one.number, one.at, tuple(lines), changes), taken)
