"""What the tags page shows: every tag with how many hold it, and of one tag where it came from and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.core.people.tag import Tag
from desktop.store import shop, tags
from desktop.store.database import Database
from desktop.store.tagging import expiry, mentions
from desktop.store.tagging.expiry import Expired
from desktop.store.tagging.mentions import Mentions


@dataclass(frozen=True, slots=True)
class AllTags:
    """All tags with their holders counted.

    Args:
        tags: most held first.
        people: how many people the shop has.
        rules: tag → names of the rules that put it on.
        limit: tags one person can have.
    """

    tags: tuple[Tag, ...]
    people: int
    rules: Mapping[int, tuple[str, ...]]
    limit: int


@dataclass(frozen=True, slots=True)
class TagFacts:
    """One tag: on how many people by what origin (hand, import, rule), since when, last when, what hangs on it, and on whom it
    had its time. Instants are UTC; None where nobody has it or the step is not known."""

    tag: Tag
    origins: Mapping[str, int]
    first_at: str | None
    last_at: str | None
    mentions: Mentions
    expired: Expired | None
    people: int = 0
    groups: tuple[str, ...] = field(default=())


def all_tags(db: Database) -> AllTags:
    """Everything the table shows, in a few hundredths of a second for a hundred thousand people."""
    rules: dict[int, tuple[str, ...]] = {}
    for tag_id, name in db.all("SELECT tag_id, name FROM rule ORDER BY id"):
        rules[tag_id] = (*rules.get(tag_id, ()), name)
    people = int(db.value("SELECT count(*) FROM person"))
    return AllTags(tuple(tags.all_tags(db)), people, rules, shop.tag_limit(db))


def last_put_on(db: Database) -> dict[int, str]:
    """When each tag was put on last by whatever did it, of those who still have it: tag → instant."""
    rows: list[tuple[int, str]] = db.all(
        "SELECT n.id, s.at FROM (SELECT t.id AS id, (SELECT max(h.step_id) FROM person_tag h WHERE h.tag_id = t.id)"
        " AS step FROM tag t) n JOIN step s ON s.id = n.step"
    )
    return dict(rows)


def facts(db: Database, tag_id: int) -> TagFacts | None:
    """One tag, or None if it is gone."""
    tag = tags.by_id(db, tag_id)
    if tag is None:
        return None
    rows = db.all(
        "SELECT origin, count(*), min(step_id), max(step_id) FROM person_tag WHERE tag_id = ? GROUP BY origin",
        (tag_id,),
    )
    first = min((row[2] for row in rows if row[2] is not None), default=None)
    last = max((row[3] for row in rows if row[3] is not None), default=None)
    origins = {row[0]: int(row[1]) for row in rows}
    return TagFacts(
        tag,
        origins,
        _at(db, first),
        _at(db, last),
        mentions.of_tag(db, tag.id, tag.name),
        expiry.expired_of(db, tag) if tag.expires_after is not None else None,
        sum(origins.values()),
        groups(db),
    )


def groups(db: Database) -> tuple[str, ...]:
    """The groups in use."""
    return tuple(db.column("SELECT DISTINCT grp FROM tag WHERE grp <> '' ORDER BY 1"))


def _at(db: Database, step: int | None) -> str | None:
    return None if step is None else db.value("SELECT at FROM step WHERE id = ?", (step,))
