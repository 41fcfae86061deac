"""Merging people who are one and the same, field by field, as a named step. Taking it back is plain undo."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.job import QUIET, JobContext
from desktop.core.message import message
from desktop.store import history, people, shop
from desktop.store.database import Database
from desktop.store.people_lifecycle import merging
from desktop.store.people_lifecycle.merge_rules import CHOOSABLE, EARLIEST, EXTRA, merged
from desktop.store.people_lifecycle.merging import Pair as MergeChoice
from desktop.store.undo.turn_report import Affected

__all__ = ["Comparison", "Facts", "MergeChoice", "MergeStep", "Merged", "compare", "merge", "merges_of"]

_RULED = ("consent", "blocked", "do_not_send", "note")
"""Fields that follow a rule and are not chosen."""


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


@dataclass(frozen=True, slots=True)
class Facts:
    """What is shown of one side of a comparison, beside her fields."""

    id: int
    fields: Mapping[str, Any]
    tags: tuple[tuple[int, str, str], ...]
    orders: int
    total: float | int

    @property
    def name(self) -> str | None:
        """How she is called."""
        name: str | None = self.fields["name"] or self.fields["line_name"] or self.fields["member_no"]
        return name


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two people beside each other: the first is the one proposed to stay. ``limit`` is how many tags one can have."""

    keep: Facts
    gone: Facts
    limit: int

    def swapped(self) -> Comparison:
        """The other one stays."""
        return Comparison(self.gone, self.keep, self.limit)

    def names(self) -> list[str]:
        """The fields worth a row: those in which one of them has a value; extra columns as ``extra:`` and their name."""
        sides = (self.keep.fields, self.gone.fields)
        shown = [
            name for name in (*CHOOSABLE, *_RULED) if any(side[name] not in (None, "", 0) for side in sides)
        ]
        extras = dict.fromkeys(
            name for side in sides for name, value in _extra(side).items() if value not in (None, "")
        )
        return shown + [EXTRA + name for name in extras]

    def values(self, name: str) -> tuple[Any, Any]:
        """A field's two values."""
        return value_of(self.keep.fields, name), value_of(self.gone.fields, name)

    def differs(self, name: str) -> bool:
        """Whether both have a value and not the same one."""
        mine, other = self.values(name)
        return mine not in (None, "") and other not in (None, "") and mine != other

    def choosable(self, name: str) -> bool:
        """Whether one of two values can be chosen; for others a rule holds, or only one has a value."""
        return self.differs(name) and name not in (*_RULED, *EARLIEST)

    def result(self, take: Collection[str]) -> dict[str, Any]:
        """The fields after merging, with ``take`` taken from the one who goes."""
        return merged(self.keep.fields, self.gone.fields, take)

    def lost_tags(self) -> int:
        """How many tags of the one who goes find no room."""
        hers = {tag for tag, *_ in self.keep.tags}
        new = sum(tag not in hers for tag, *_ in self.gone.tags)
        return max(0, new - max(0, self.limit - len(hers)))


def value_of(fields: Mapping[str, Any], name: str) -> Any:
    """A field's value; extra columns by ``extra:`` and their name."""
    return _extra(fields).get(name.removeprefix(EXTRA)) if name.startswith(EXTRA) else fields[name]


def _extra(fields: Mapping[str, Any]) -> dict[str, Any]:
    return json.loads(fields["extra"]) if fields["extra"] else {}


def compare(db: Database, one: int, other: int) -> Comparison:
    """Two people beside each other, on a connection that may only read.

    Raises:
        UserError: one of them is no longer there.
    """
    found = merging.people(db, (one, other))
    if len(found) < 2:
        raise UserError(message("duplicates.gone_since"))
    tags = people.tags_of(db, (one, other))
    orders = merging.order_totals(db, (one, other))
    sides = [
        Facts(person, found[person], tags.get(person, ()), *orders.get(person, (0, 0)))
        for person in sorted(
            (one, other), key=lambda person: weight(found[person], orders.get(person, (0, 0))[0], person)
        )
    ]
    return Comparison(sides[1], sides[0], shop.tag_limit(db))


_FULLNESS = "member_no line_user_id phone email name birthday joined_at extra".split()


def weight(fields: Mapping[str, Any], orders: int, person: int) -> tuple[bool, int, int, int]:
    """Who of two should stay: who has a member number, more orders, more fields; the older of equals."""
    full = sum(fields[name] is not None for name in _FULLNESS)
    return fields["member_no"] is not None, orders, full, -person


@dataclass(frozen=True, slots=True)
class MergeStep:
    """A merge into somebody: its step, the moment (UTC), the name of who went, and whether it can still be taken back."""

    step: int
    at: str
    gone_name: str
    undoable: bool


def merges_of(db: Database, person: int) -> list[MergeStep]:
    """Who was merged into a person and still is, newest first."""
    return [MergeStep(*row) for row in merging.merges_into(db, person)]
