"""How many people became friends, and bound, on which day; and of the friends of a month, how many were bound so many days
later."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from desktop.core.figures.period import Period
from desktop.store.conditions.terms import BOUND, FRIEND
from desktop.store.database import Database

BOUND_SINCE = "substr(coalesce(p.bound_at, nullif(max(coalesce(p.friend_at, ''), coalesce(p.joined_at, '')), '')), 1, 10)"
"""SQL on a bound ``person p``: the day of binding; where no file stated it, the later of friendship and membership; NULL where
nothing is known."""


_BINDING_DAY_OF_FRIEND = (
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


@dataclass(frozen=True, slots=True)
class Cumulative:
    """Days, oldest first, with how many people there were by then; ``undated`` people are in all of them."""

    days: tuple[str, ...]
    people: tuple[int, ...]
    undated: int

    def upto(self, day: date) -> int:
        """How many by the end of a day."""
        place = bisect_right(self.days, day.isoformat())
        return self.people[place - 1] if place else self.undated


def friends_by_day(db: Database) -> Cumulative:
    """Friends by the day of friendship."""
    return _cumulative(
        db.all(
            f"SELECT substr(p.friend_at, 1, 10) AS day, count(*) FROM person p WHERE {FRIEND} GROUP BY day"
        )
    )


def bound_by_day(db: Database) -> Cumulative:
    """Bound people by the day of binding."""
    return _cumulative(
        db.all(f"SELECT {BOUND_SINCE} AS day, count(*) FROM person p WHERE {BOUND} GROUP BY day")
    )


def binding_days_taken(db: Database) -> int:
    """How many bound people have a day of binding that no file stated."""
    return int(
        db.value(
            f"SELECT count(*) FROM person p WHERE {BOUND} AND p.bound_at IS NULL"
            " AND (p.friend_at IS NOT NULL OR p.joined_at IS NOT NULL)"
        )
    )


def friends_by_month(db: Database, period: Period, within: int | None) -> list[MonthRow]:
    """Each month of a period that has friends, oldest first; ``within`` None: bound by now."""
    in_time = (
        "1"
        if within is None
        else f"{_BINDING_DAY_OF_FRIEND} <= date(substr(p.friend_at, 1, 10), '+{int(within)} days')"
    )
    rows = db.all(
        f"SELECT substr(p.friend_at, 1, 7) AS month, count(*), count(*) FILTER (WHERE {BOUND} AND {in_time}),"
        f" count(*) FILTER (WHERE {BOUND} AND p.bound_at IS NULL) FROM person p WHERE p.friend_at >= ? AND p.friend_at < ? || '~'"
        " GROUP BY month ORDER BY month",
        (period.first.isoformat(), period.last.isoformat()),
    )
    return [MonthRow(month, int(n), int(bound), int(unknown)) for month, n, bound, unknown in rows]


def _cumulative(rows: Iterable[tuple[str | None, int]]) -> Cumulative:
    by_day = {day: int(n) for day, n in rows}
    undated = by_day.pop(None, 0)
    days = sorted(day for day in by_day if day is not None)
    people = accumulate((by_day[day] for day in days), initial=undated)
    return Cumulative(tuple(days), tuple(people)[1:], undated)
