"""Friends by the month they became friends, and how many of them were bound so many days later."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.core.figures.period import Period
from desktop.store.conditions.terms import BOUND
from desktop.store.database import Database

_BINDING_DAY = (
    "substr(CASE WHEN p.bound_at IS NOT NULL THEN p.bound_at WHEN p.joined_at > p.friend_at THEN p.joined_at"
    " ELSE p.friend_at END, 1, 10)"
)


@dataclass(frozen=True, slots=True)
class MonthRow:
    """The friends of a month (2026-11), how many were bound in time, and of how many bound the day is not known."""

    month: str
    friends: int
    bound: int
    day_unknown: int


def by_month(db: Database, period: Period, within: int | None) -> list[MonthRow]:
    """Each month of a period that has friends, oldest first; ``within`` None: bound by now."""
    in_time = (
        "1"
        if within is None
        else f"{_BINDING_DAY} <= date(substr(p.friend_at, 1, 10), '+{int(within)} days')"
    )
    rows = db.all(
        f"SELECT substr(p.friend_at, 1, 7) AS month, count(*), total({BOUND} AND {in_time}),"
        f" total({BOUND} AND p.bound_at IS NULL) FROM person p WHERE p.friend_at >= ? AND p.friend_at < ? || '~'"
        " GROUP BY month ORDER BY month",
        (period.first.isoformat(), period.last.isoformat()),
    )
    return [MonthRow(month, int(n), int(bound), int(unknown)) for month, n, bound, unknown in rows]
