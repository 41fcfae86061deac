"""Deleting people: a step that can be undone, after which imports leave them out until they are allowed back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop.core.changes import Changes, Kind
from desktop.core.job import QUIET, JobContext
from desktop.core.message import message
from desktop.core.people.selection import Selection
from desktop.store import history
from desktop.store.condition_sql import selection_count, selection_into
from desktop.store.database import Database
from desktop.store.people_lifecycle import deleted_people, deleting
from desktop.store.people_lifecycle.deleted_people import DeletedPerson
from desktop.store.recovery import backups
from desktop.store.safety.shop_errors import BackupFolderMissing

__all__ = [
    "Allowed",
    "Deleted",
    "DeletedPerson",
    "ToDelete",
    "allow",
    "backup_first",
    "delete",
    "deleted",
    "look",
]

MANY = 500
"""Deleting more people than this asks first, shows names, and takes a backup."""

NAMES_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Deleted:
    """How many people were deleted; ``step`` is None if nobody was."""

    step: int | None
    n: int
    changes: Changes = field(default_factory=Changes)


@dataclass(frozen=True, slots=True)
class ToDelete:
    """What a question before deleting shows: how many people, and the names of the first of them."""

    n: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Allowed:
    """How many deleted people imports may bring back."""

    n: int
    changes: Changes = field(default_factory=Changes)


def look(db: Database, selection: Selection) -> ToDelete:
    """Who would be deleted, on a connection that may only read."""
    return ToDelete(
        selection_count(db, selection), tuple(deleted_people.first_names(db, selection, NAMES_SHOWN))
    )


def backup_first(db: Database, people: int, job: JobContext = QUIET) -> bool:
    """A verified backup before more than MANY people are deleted; whether one was taken. Where the owner's backup folder is away
    (a USB disk), it goes on without: deleting can be undone.

    Raises:
        UserError: if there is no room for it.
        Cancelled: if the owner cancelled.
    """
    if people <= MANY:
        return False
    try:
        backups.take(db.path, "erase", job=job)
    except BackupFolderMissing:
        return False
    return True


def delete(db: Database, selection: Selection) -> Deleted:
    """Delete everybody selected, as one step. Their orders stay, without a buyer."""
    with db.transaction():
        chosen = selection_into(db, selection)
        step = history.begin_step(db, "delete", message("steps.delete", n=0))
        n = deleting.delete(db, chosen, step)
        kept = history.finish_step(db, step, n, message("steps.delete", n=n))
    kinds = (Kind.PEOPLE, Kind.TAGS, Kind.ORDERS, Kind.HISTORY)
    return Deleted(kept, n, Changes.of(*kinds, count=n) if kept else Changes())


def deleted(db: Database) -> list[DeletedPerson]:
    """Who is deleted and not allowed back, last deleted first."""
    return deleted_people.listed(db)


def allow(db: Database, which: Sequence[DeletedPerson]) -> Allowed:
    """Let imports bring deleted people back. This alone brings nobody back: a file has to name them."""
    with db.transaction():
        n = deleted_people.allow(db, [(one.step, one.id) for one in which])
    return Allowed(n, Changes.of(Kind.HISTORY, Kind.SHOP, count=n) if n else Changes())
