"""What the people of an upload, and those it held out, have bought since. Somebody merged into another person counts as her; who
was sent to and held out in one (by a merge) counts as sent to; who was erased or deleted is in neither."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.core.figures.hold_out import GroupOutcome
from desktop.store import outbox
from desktop.store.database import Database

_FOR_EVER = "~"
"""Sorts behind every day."""

_GROUPS = """
WITH RECURSIVE since (upload_id, day) AS (VALUES {days}),
grp AS (
    SELECT f.person_id, 0 AS held, s.day FROM upload_person f JOIN since s ON s.upload_id = f.upload_id
    WHERE f.person_id IS NOT NULL
    UNION ALL
    SELECT h.person_id, 1, s.day FROM held_out_person h JOIN since s ON s.upload_id = h.upload_id
),
chain (start, person) AS (
    SELECT person_id, person_id FROM grp WHERE person_id NOT IN (SELECT id FROM person)
    UNION
    SELECT c.start, m.keep FROM chain c JOIN merged_person m ON m.person_id = c.person AND m.keep <> c.person
    JOIN step s ON s.id = m.step_id AND s.state = 'done'
),
who AS (
    SELECT person, min(held) AS held, min(day) AS day FROM (
        SELECT person_id AS person, held, day FROM grp WHERE person_id IN (SELECT id FROM person)
        UNION ALL
        SELECT c.person, g.held, g.day FROM chain c JOIN grp g ON g.person_id = c.start
        WHERE c.person IN (SELECT id FROM person)
    ) GROUP BY person
)
"""
_WHO = f"""{_GROUPS},
spent AS (
    SELECT w.held, count(o.id) AS orders, total(o.amount) AS revenue FROM who w
    LEFT JOIN shop_order o ON o.person_id = w.person AND o.counts = 1 AND o.ordered_at >= w.day AND o.ordered_at < ?
    GROUP BY w.person
)
SELECT held, count(*), total(orders > 0), total(orders), total(revenue), total(revenue * revenue) FROM spent GROUP BY held
"""


_BY_NAME = f"""{_GROUPS}
SELECT p.id, coalesce(p.name, p.line_name, p.member_no, ''), (SELECT total(o.amount) FROM shop_order o
    WHERE o.person_id = p.id AND o.counts = 1 AND o.ordered_at >= w.day AND o.ordered_at < ?1) AS spent
FROM who w JOIN person p ON p.id = w.person
WHERE w.held = ?2 AND (?3 = 0 OR EXISTS (SELECT 1 FROM shop_order o
    WHERE o.person_id = p.id AND o.counts = 1 AND o.ordered_at >= w.day AND o.ordered_at < ?1))
ORDER BY spent DESC, p.id LIMIT ?4
"""


def held_out_count(db: Database, uploads: Sequence[int]) -> int:
    """How many people some uploads held out."""
    listed = ", ".join(str(int(upload)) for upload in uploads) or "NULL"
    return int(
        db.value(f"SELECT count(DISTINCT person_id) FROM held_out_person WHERE upload_id IN ({listed})")
    )


def outcomes(db: Database, uploads: Sequence[int]) -> tuple[GroupOutcome, GroupOutcome]:
    """What was bought from the day of each upload on (the shop's, that day included).

    Args:
        db: any connection.
        uploads: uploads of one audience, at least one.

    Returns:
        Those sent to, those held out.
    """
    days = []
    for upload in uploads:
        pressed = db.value("SELECT pressed_at FROM upload WHERE id = ?", (upload,))
        days.append(f"({int(upload)}, '{outbox.local_day(db, pressed).isoformat()}')")
    return _outcomes(db, days, _FOR_EVER)


def outcomes_between(
    db: Database, upload_id: int, first: date, last: date
) -> tuple[GroupOutcome, GroupOutcome]:
    """What the people of one upload bought on the days of a span; those sent to, those held out."""
    return _outcomes(db, [f"({int(upload_id)}, '{first.isoformat()}')"], f"{last.isoformat()}~")


def people_between(
    db: Database, upload_id: int, first: date, last: date, *, held_out: bool, buyers: bool, limit: int
) -> list[tuple[int, str]]:
    """(number, name) of those :func:`outcomes_between` counts, who spent most first.

    Args:
        held_out: those held out instead of those sent to.
        buyers: only who bought on one of the days.
        limit: at most so many.
    """
    day = f"({int(upload_id)}, '{first.isoformat()}')"
    rows = db.all(_BY_NAME.format(days=day), (f"{last.isoformat()}~", int(held_out), int(buyers), limit))
    return [(person, name) for person, name, _ in rows]


def _outcomes(db: Database, days: Sequence[str], until: str) -> tuple[GroupOutcome, GroupOutcome]:
    rows = db.all(_WHO.format(days=", ".join(days)), (until,))
    found = {
        held: GroupOutcome(people, int(buyers), int(orders), revenue, squares)
        for held, people, buyers, orders, revenue, squares in rows
    }
    return found.get(0, GroupOutcome()), found.get(1, GroupOutcome())
