"""How many people an audience held and reached, day by day: kept when it is looked at, and known from its uploads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.store import outbox
from desktop.store.database import Database


@dataclass(frozen=True, slots=True)
class AudienceDay:
    """The newest count of one local day (ISO); ``uploaded`` is how many user IDs were uploaded on it, if any."""

    day: str
    people: int
    reachable: int
    uploaded: int | None = None


def note(db: Database, audience_id: int, day: str, people: int, reachable: int) -> None:
    """Keep a count of a day (ISO, the shop's); a newer one of the same day takes its place."""
    db.run(
        "INSERT INTO audience_day (audience_id, day, people, reachable) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (audience_id, day) DO UPDATE SET people = excluded.people, reachable = excluded.reachable",
        (audience_id, day, people, reachable),
    )


def newest(db: Database, audience_ids: Iterable[int]) -> dict[int, AudienceDay]:
    """The last day kept of each audience; those without one are missing."""
    found = {}
    for audience in audience_ids:
        row = db.row(
            "SELECT day, people, reachable FROM audience_day WHERE audience_id = ? ORDER BY day DESC LIMIT 1",
            (audience,),
        )
        if row is not None:
            found[audience] = AudienceDay(*row)
    return found


def days_of(db: Database, audience_id: int) -> list[AudienceDay]:
    """All days known of an audience, oldest first: those it was looked at, and those it was uploaded."""
    known = {
        day: AudienceDay(day, people, reachable)
        for day, people, reachable in db.all(
            "SELECT day, people, reachable FROM audience_day WHERE audience_id = ?", (audience_id,)
        )
    }
    for pressed, members, ids in db.all(
        "SELECT pressed_at, members, ids FROM upload WHERE audience_id = ? AND state NOT IN ('refused', 'cancelled')"
        " AND kind IN ('new', 'replace') ORDER BY id",
        (audience_id,),
    ):
        day = outbox.local_day(db, pressed).isoformat()
        there = known.get(day)
        known[day] = AudienceDay(
            day, there.people if there else members, there.reachable if there else ids, ids
        )
    return [known[day] for day in sorted(known)]
