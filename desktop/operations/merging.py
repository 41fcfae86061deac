"""Merging people who are one and the same, field by field, as a named step. Taking it back is plain undo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop.core.changes import Changes, Kind
from desktop.core.job import QUIET, JobContext
from desktop.core.message import message
from desktop.store import history
from desktop.store.database import Database
from desktop.store.people_lifecycle import merging
from desktop.store.people_lifecycle.merging import Pair as MergeChoice
from desktop.store.undo.turn_report import Affected

__all__ = ["MergeChoice", "Merged", "merge"]


@dataclass(frozen=True, slots=True)
class Merged:
    """How many people went into others; who is full, so that not all tags found room; ``step`` is None if nobody was merged."""

    step: int | None
    merged: int
    full: tuple[Affected, ...] = ()
    changes: Changes = field(default_factory=Changes)


def merge(db: Database, choices: Sequence[MergeChoice], job: JobContext = QUIET) -> Merged:
    """Merge people, all in one step. Empty fields of the one who stays are filled in any case; keys that lose stay known as hers.

    Args:
        choices: who stays, who goes, and which fields are taken from the one who goes; carried out in this order. Somebody may
            stay in one and go in another. Choices with people who are no longer there are passed over.

    Raises:
        Cancelled: if the owner cancelled; nothing was merged.
    """
    job.report(0, len(choices))
    with db.transaction():
        job.raise_if_cancelled()
        step = history.begin_step(db, "merge", message("steps.merge", n=0))
        count, full = merging.merge(db, step, choices)
        job.raise_if_cancelled()
        kept = history.finish_step(db, step, count, message("steps.merge", n=count))
    kinds = (Kind.PEOPLE, Kind.TAGS, Kind.ORDERS, Kind.HISTORY)
    return Merged(kept, count, full, Changes.of(*kinds, count=count) if kept else Changes())
