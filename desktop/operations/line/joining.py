"""Joining friends on LINE to shop members: a work list of who may be the same person, with what speaks for it, the surest first.
Joining is merging, and saying "not the same" is keeping apart: both are the operations on duplicates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.core.job import QUIET, JobContext
from desktop.core.message import message
from desktop.operations.people import duplicates
from desktop.operations.people.merging import MergeChoice
from desktop.store import friends
from desktop.store.database import Database
from desktop.store.people_lifecycle import different_people
from desktop.store.people_lifecycle.friend_likeness import likely_friends
from desktop.store.people_lifecycle.likeness import CERTAINTIES, Certainty, Duplicate, alike

_AGAINST = {"duplicates.why.other_name", "duplicates.why.other_birthday", "duplicates.why.two_numbers"}
"""What speaks against two people being one outweighs every likeness of names."""


@dataclass(frozen=True, slots=True)
class JoinCounts:
    """Friends the shop knows no number of, and shop members without a user ID: those who could be joined."""

    friends: int
    members: int


@dataclass(frozen=True, slots=True)
class JoinList:
    """Who may be the same person, the surest first, and how they are called. In each pair ``low`` and ``high`` are ids; which of
    them is the friend says ``friend_of``."""

    pairs: tuple[Duplicate, ...] = ()
    names: dict[int, str] | None = None
    friends: frozenset[int] = frozenset()

    def friend_of(self, pair: Duplicate) -> int:
        """The id of the one who is a friend on LINE."""
        return pair.low if pair.low in self.friends else pair.high

    def member_of(self, pair: Duplicate) -> int:
        """The id of the one who is the shop's member."""
        return pair.high if pair.low in self.friends else pair.low


def counts(db: Database) -> JoinCounts:
    """How many could be joined."""
    return JoinCounts(friends.alone(db), friends.unbound(db))


def find(db: Database, job: JobContext = QUIET) -> JoinList:
    """Every friend who may be a shop member, but for pairs the owner said are different people.

    Args:
        db: a connection that may only read.
        job: for progress and cancelling.

    Raises:
        Cancelled: if the owner cancelled.
    """
    job.report(0, None, message("line_ids.joining"))
    apart = different_people.pairs(db)
    people = different_people.everybody(db)
    on_line = frozenset(one.id for one in people if one.line_user_id)
    # Two with a member number each are duplicates among the members, not a friend to be matched.
    friends_only = {one.id for one in people if one.line_user_id and not one.member_no}
    unbound = {one.id for one in people if one.shop_member and not one.line_user_id}
    job.raise_if_cancelled()
    by_numbers = [
        pair
        for pair in alike(people, apart, job.raise_if_cancelled)
        if (pair.low in friends_only and pair.high in unbound)
        or (pair.high in friends_only and pair.low in unbound)
    ]
    by_names = likely_friends(*friends.to_join(db), apart, job.raise_if_cancelled)
    pairs = _together(by_numbers, by_names)
    named = different_people.names(db, {person for one in pairs for person in (one.low, one.high)})
    return JoinList(pairs, named, on_line)


def sure_pairs(pairs: Sequence[Duplicate]) -> list[Duplicate]:
    """Those that can be joined without looking at each: almost certain, and each of the two in no other such pair."""
    sure = [one for one in pairs if one.certainty == "sure"]
    times = Counter(person for one in sure for person in (one.low, one.high))
    return [one for one in sure if times[one.low] == times[one.high] == 1]


def choices_for(db: Database, pairs: Sequence[Duplicate]) -> list[MergeChoice]:
    """How to join many pairs, for ``operations.people.merging.merge``: who has more stays (the member, as a rule)."""
    return duplicates.choices_for(db, [(one.low, one.high) for one in pairs])


def _together(by_numbers: Sequence[Duplicate], by_names: Sequence[Duplicate]) -> tuple[Duplicate, ...]:
    """Each pair once, with what both comparisons said of it."""
    found = {(one.low, one.high): one for one in by_numbers}
    for one in by_names:
        other = found.get((one.low, one.high))
        found[one.low, one.high] = one if other is None else _both(other, one)
    return tuple(
        sorted(
            found.values(),
            key=lambda one: (CERTAINTIES.index(one.certainty), -len(one.evidence), one.low, one.high),
        )
    )


def _both(one: Duplicate, other: Duplicate) -> Duplicate:
    evidence = tuple(dict.fromkeys((*one.evidence, *other.evidence)))
    certainty: Certainty = min(one.certainty, other.certainty, key=CERTAINTIES.index)
    if any(said.key in _AGAINST for said in evidence):
        certainty = one.certainty
    return Duplicate(one.low, one.high, evidence, certainty)
