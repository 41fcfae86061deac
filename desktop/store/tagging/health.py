"""How the tags of a shop fare: which say nothing because nobody or everybody has them, which look like one another, which nobody
explained, had their time, or were not used for long. Each finding can be cured with one press, or be set aside."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from desktop.core.people.tag import Tag
from desktop.core.people.tag_likeness import Likeness, alike
from desktop.store import shop
from desktop.store.condition_sql import query_context
from desktop.store.database import Database
from desktop.store.tagging import expiry, overview

EVERYBODY = 0.95
"""The share of the shop from which on a tag tells nobody apart."""

FEW_PEOPLE = 20
"""In smaller shops a tag may well be on everybody."""

YEAR = 365
MOST_PAIRS = 200
_SET_ASIDE = "tag_health_set_aside"


class Ill(StrEnum):
    """What can be wrong."""

    EXPIRED = "expired"
    ALIKE = "alike"
    EVERYBODY = "everybody"
    UNUSED = "unused"
    LONG_AGO = "long_ago"
    NO_MEANING = "no_meaning"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that could be better.

    Args:
        ill: what.
        tags: the tags concerned; of two that look alike the one to keep comes first.
        people: how many people it concerns, 0 where that means nothing.
        why: for tags that look alike.
    """

    ill: Ill
    tags: tuple[Tag, ...]
    people: int = 0
    why: Likeness | None = None

    @property
    def key(self) -> str:
        """What it is set aside by: its tags, whatever they are called."""
        return f"{self.ill}:{','.join(map(str, sorted(tag.id for tag in self.tags)))}"


def health(db: Database) -> list[Finding]:
    """All findings that were not set aside, the most pressing kind first."""
    known = overview.all_tags(db)
    found = [
        *(Finding(Ill.EXPIRED, (one.tag,), one.people) for one in expiry.expired(db)),
        *_alike(db, known.tags),
        *_everybody(known),
        *_each(Ill.UNUSED, [tag for tag in known.tags if not tag.people and tag.id not in known.rules]),
        *_each(Ill.LONG_AGO, _long_ago(db, known.tags)),
        *_each(Ill.NO_MEANING, [tag for tag in known.tags if not tag.meaning and tag.people]),
    ]
    aside = set_aside(db)
    left = (_without(finding, aside) for finding in found)
    return [finding for finding in left if finding.tags]


def set_aside(db: Database) -> frozenset[str]:
    """What the owner does not want to be told any more."""
    return frozenset(json.loads(shop.get(db, _SET_ASIDE, "[]")))


def put_aside(db: Database, findings: Sequence[Finding]) -> None:
    """Do not tell these any more. A setting, not a step."""
    with db.transaction():
        new = {key for finding in findings for key in _keys(finding)}
        shop.put(db, _SET_ASIDE, json.dumps(sorted(set_aside(db) | new)))


def bring_back(db: Database) -> None:
    """Tell everything again."""
    with db.transaction():
        shop.put(db, _SET_ASIDE, "[]")


_TOGETHER = (Ill.UNUSED, Ill.LONG_AGO, Ill.NO_MEANING)
"""Findings that are told of many tags at once."""


def _keys(finding: Finding) -> list[str]:
    if finding.ill in _TOGETHER:
        return [replace(finding, tags=(tag,)).key for tag in finding.tags]
    return [finding.key]


def _without(finding: Finding, aside: frozenset[str]) -> Finding:
    if finding.ill in _TOGETHER:
        kept = tuple(tag for tag in finding.tags if replace(finding, tags=(tag,)).key not in aside)
        return replace(finding, tags=kept)
    return replace(finding, tags=()) if finding.key in aside else finding


def _each(ill: Ill, ill_tags: Sequence[Tag]) -> list[Finding]:
    return [Finding(ill, tuple(ill_tags), sum(tag.people for tag in ill_tags))] if ill_tags else []


def _everybody(known: overview.AllTags) -> list[Finding]:
    if known.people < FEW_PEOPLE:
        return []
    return [
        Finding(Ill.EVERYBODY, (tag,), tag.people)
        for tag in known.tags
        if tag.people >= EVERYBODY * known.people
    ]


def _alike(db: Database, known: Sequence[Tag]) -> list[Finding]:
    by_id = {tag.id: tag for tag in known}
    found, weighed = [], 0
    for pair in alike({tag.id: tag.name for tag in known}):
        first, second = by_id[pair.first], by_id[pair.second]
        both = 0
        if pair.why is Likeness.PART:
            weighed += first.people == second.people > 0
            if first.people != second.people or not first.people or weighed > MOST_PAIRS:
                continue
            both = _holding_both(db, first.id, second.id)
            if both != first.people:
                continue
        keep, gone = sorted((first, second), key=lambda tag: (-tag.people, tag.id))
        found.append(Finding(Ill.ALIKE, (keep, gone), both, pair.why))
    return found


def _holding_both(db: Database, first: int, second: int) -> int:
    return int(
        db.value(
            "SELECT count(*) FROM person_tag a JOIN person_tag b ON b.person_id = a.person_id AND b.tag_id = ?"
            " WHERE a.tag_id = ?",
            (second, first),
        )
    )


def _long_ago(db: Database, known: Sequence[Tag]) -> list[Tag]:
    """Nobody got them for a year and the owner did not touch them; where no time is known nothing is said."""
    before = (query_context(db).now - timedelta(days=YEAR)).isoformat()
    put_on = overview.last_put_on(db)
    found = []
    for tag in known:
        last = max((at for at in (tag.used_at, put_on.get(tag.id)) if at), default=None)
        if tag.people and last is not None and last < before:
            found.append(tag)
    return found
