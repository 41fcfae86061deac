"""Visits pressed at the counter: orders of their own kind, without number or items, at the shop's local time."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.store import figures
from desktop.store.database import Database


@dataclass(frozen=True, slots=True)
class Served:
    """Who came, when (the shop's local time), and what was spent, if that was typed."""

    order: int
    person: int
    name: str | None
    member_no: str | None
    phone: str | None
    at: str
    amount: float | int | None


def add(db: Database, person: int, at: str, amount: float | int | None, step_id: int) -> int:
    """Write a visit down and compute the person's figures anew; returns the visit's id.

    Args:
        at: the shop's local date and time, ISO 8601 without a zone.
        amount: what was spent, in the shop's money; None if that was not said.
    """
    visit = db.insert(
        "INSERT INTO shop_order (kind, person_id, ordered_at, amount, created_step, changed_step)"
        " VALUES ('visit', ?, ?, ?, ?, ?)",
        (person, at, amount, step_id, step_id),
    )
    figures.refresh(db, f"SELECT {int(person)}")
    return visit


def last_served(db: Database, limit: int) -> list[Served]:
    """The visits pressed last, newest first."""
    rows = db.all(
        "SELECT o.id, p.id, coalesce(p.name, p.line_name), p.member_no, p.phone, o.ordered_at, o.amount"
        " FROM shop_order o JOIN person p ON p.id = o.person_id WHERE o.kind = 'visit' AND o.counts = 1"
        " ORDER BY o.id DESC LIMIT ?",
        (limit,),
    )
    return [Served(*row) for row in rows]


def on_day(db: Database, person: int, day: str) -> int:
    """How many visits of a person were pressed on a local day (YYYY-MM-DD)."""
    return int(
        db.value(
            "SELECT count(*) FROM shop_order WHERE kind = 'visit' AND counts = 1 AND person_id = ?"
            " AND ordered_at >= ? AND ordered_at < ? || 'T~'",
            (person, day, day),
        )
    )
