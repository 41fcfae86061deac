"""Likely duplicates: finding pairs of people who may be one, saying that two are not, and proposing how to merge those
that are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from desktop.core.changes import Changes, Kind
from desktop.core.job import QUIET, JobContext
from desktop.core.message import message
from desktop.operations.people.merging import MergeChoice, weight
from desktop.store import history
from desktop.store.database import Database
from desktop.store.people_lifecycle import different_people, merging
from desktop.store.people_lifecycle.likeness import Certainty, Duplicate, alike

__all__ = ["Certainty", "Duplicate", "KeptApart", "choices_for", "find", "keep_apart", "names"]


@dataclass(frozen=True, slots=True)
class KeptApart:
    """How many pairs are known to be different people now; ``step`` is None if all were before."""

    step: int | None
    n: int
    changes: Changes = field(default_factory=Changes)


def find(db: Database, job: JobContext = QUIET) -> list[Duplicate]:
    """Everybody who may be there twice, surest pairs first, but for those the owner said are different.

    Raises:
        Cancelled: if the owner cancelled.
    """
    job.report(0, None, message("duplicates.looking"))
    people = different_people.everybody(db)
    job.raise_if_cancelled()
    return alike(people, different_people.pairs(db), job.raise_if_cancelled)


def names(db: Database, ids: Iterable[int]) -> dict[int, str]:
    """How people are called: by name, by their name at LINE, or by member number; who has none of these is missing."""
    return different_people.names(db, ids)


def keep_apart(db: Database, pairs: Iterable[tuple[int, int]]) -> KeptApart:
    """Never these two: pairs that are not the same person, as one step."""
    with db.transaction():
        step = history.begin_step(db, "keep_apart", message("steps.keep_apart", n=0))
        n = different_people.keep_apart(db, step, pairs)
        kept = history.finish_step(db, step, n, message("steps.keep_apart", n=n))
    return KeptApart(kept, n, Changes.of(Kind.PEOPLE, Kind.HISTORY, count=n) if kept else Changes())


def choices_for(db: Database, pairs: Sequence[tuple[int, int]]) -> list[MergeChoice]:
    """How to merge many pairs without asking about each: who has more stays, the older of equals. People said to be different
    are not brought together by a third."""
    people = merging.people(db, (person for pair in pairs for person in pair))
    orders = merging.order_totals(db, people)

    def stays(person: int) -> tuple[bool, int, int, int]:
        return weight(people[person], orders.get(person, (0, 0))[0], person)

    groups = _Groups(different_people.pairs(db))
    choices = []
    for low, high in pairs:
        if low in people and high in people and groups.join(low, high):
            keep, gone = (low, high) if stays(low) >= stays(high) else (high, low)
            choices.append(MergeChoice(keep, gone))
    return choices


class _Groups:
    """People brought together pair by pair, unless that would join two who are different."""

    def __init__(self, apart: set[tuple[int, int]]) -> None:
        self._apart = apart
        self._members: dict[int, set[int]] = {}

    def join(self, one: int, other: int) -> bool:
        mine, theirs = self._members.get(one, {one}), self._members.get(other, {other})
        if one in theirs or (
            self._apart and any((min(a, b), max(a, b)) in self._apart for a in mine for b in theirs)
        ):
            return False
        joined = mine | theirs
        self._members.update(dict.fromkeys(joined, joined))
        return True
