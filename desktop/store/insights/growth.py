"""How many people became friends, and bound, on which day; and of the friends of a month, how many were bound so many days
later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

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
class Grown:
    """How many people there were by the ends of some days; undated people count from the beginning.

    Args:
        friends, bound: for each day.
        friends_undated, bound_undated: of them, who has no day.
        binding_day_taken: bound people with a day of binding that no file stated.
    """

    friends: tuple[int, ...]
    bound: tuple[int, ...]
    friends_undated: int
    bound_undated: int
    binding_day_taken: int


def grown_until(db: Database, days: Sequence[date]) -> Grown:
    """Friends by the day of friendship and bound people by the day of binding, counted in one walk over the people."""
    taken = (
        f"({BOUND} AND p.bound_at IS NULL AND (p.friend_at IS NOT NULL OR p.joined_at IS NOT NULL)) AS taken"
    )
    rows = (
        f"SELECT CASE WHEN {FRIEND} THEN coalesce(substr(p.friend_at, 1, 10), '') END AS friend,"
        f" CASE WHEN {BOUND} THEN coalesce({BOUND_SINCE}, '') END AS bound, {taken} FROM person p LIMIT -1"
    )
    columns = [f"count(*) FILTER (WHERE {kind} <= ?)" for kind in ("friend", "bound") for _ in days]
    columns += [f"count(*) FILTER (WHERE {asked})" for asked in ("friend = ''", "bound = ''", "taken")]
    texts = [day.isoformat() for day in days]
    found = db.row(f"SELECT {', '.join(columns)} FROM ({rows})", [*texts, *texts])
    assert found is not None
    return Grown(tuple(found[: len(days)]), tuple(found[len(days) : 2 * len(days)]), *found[2 * len(days) :])


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
