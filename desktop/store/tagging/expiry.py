"""Tags with an end: on whom a tag had its time, counted in the shop's calendar days from the step that put it on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from desktop.core.people.tag import Tag
from desktop.store import shop, tags
from desktop.store.condition_sql import query_context
from desktop.store.database import Database
from desktop.store.undo.turn_report import Affected

NAMES = 20


@dataclass(frozen=True, slots=True)
class Expired:
    """A tag that had its time on ``people`` people; ``named`` are the first of them."""

    tag: Tag
    people: int
    named: tuple[Affected, ...]


def expired(db: Database) -> list[Expired]:
    """Tags that had their time on somebody. Put on on the 1st, a tag of 30 days has had its time from the 31st on."""
    ids = db.column("SELECT id FROM tag WHERE expires_after IS NOT NULL ORDER BY id")
    found = [tag for tag in (tags.by_id(db, tag_id) for tag_id in ids) if tag is not None]
    return [one for one in (expired_of(db, tag) for tag in found) if one.people]


def expired_of(db: Database, tag: Tag) -> Expired:
    """On whom a tag with an end had its time."""
    where, params = _over(db, tag.id)
    people = int(db.value(f"SELECT count(*) FROM person_tag h WHERE {where}", params))
    rows = db.all(
        "SELECT p.id, p.member_no, coalesce(p.name, p.line_name) FROM person_tag h JOIN person p"
        f" ON p.id = h.person_id WHERE {where} ORDER BY p.id LIMIT ?",
        [*params, NAMES],
    )
    return Expired(tag, people, tuple(Affected(*row) for row in rows))


def take_off(db: Database, tag_id: int, step: int) -> int:
    """Take a tag off those on whom it had its time; returns how many."""
    where, params = _over(db, tag_id)
    db.run("CREATE TEMP TABLE IF NOT EXISTS expired_person (id INTEGER PRIMARY KEY)")
    db.run("DELETE FROM temp.expired_person")
    db.run(f"INSERT INTO temp.expired_person SELECT h.person_id FROM person_tag h WHERE {where}", params)
    return tags.take_off(db, "temp.expired_person", tag_id, step).changed


def _over(db: Database, tag_id: int) -> tuple[str, list[Any]]:
    """On whom the tag had its time, as SQL on ``person_tag h``."""
    days = db.value("SELECT expires_after FROM tag WHERE id = ?", (tag_id,))
    today = query_context(db).now.date()
    # The first instant of the day after the last one that counts as long enough ago.
    first = datetime.combine(
        today - timedelta(days=days - 1), time.min, ZoneInfo(shop.get(db, "zone", "Asia/Taipei"))
    )
    bound = first.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return "h.tag_id = ? AND h.step_id IN (SELECT id FROM step WHERE at < ?)", [tag_id, bound]
