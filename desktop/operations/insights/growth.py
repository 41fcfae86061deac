"""How friends, bound members and blocks grew, month by month: LINE's own figures where they are known, and the rows of the shop
by the days they state. The two are different things and never mixed in one line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.core.figures.period import month_ends, month_name
from desktop.core.figures.rate import growth as grown
from desktop.operations.insights.questions import Questions, remembered
from desktop.store.database import Database
from desktop.store.insights import days_of_line
from desktop.store.insights import growth as stored


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """The end of a month (the newest: the reference day). ``friends`` and ``bound`` are rows of the shop; ``line_friends``
    (without blocks), ``followers``, ``blocks`` LINE's, None where none are known up to that day."""

    month: str
    day: date
    friends: int
    bound: int
    line_friends: int | None = None
    followers: int | None = None
    blocks: int | None = None


@dataclass(frozen=True, slots=True)
class Growth:
    """Month ends, oldest first.

    Args:
        friends_undated, bound_undated: people without any day; they count from the beginning.
        binding_day_taken: bound people whose day of binding no file stated, taken as the later of friendship and membership.
    """

    as_of: date
    months: tuple[MonthEnd, ...]
    friends_undated: int = 0
    bound_undated: int = 0
    binding_day_taken: int = 0

    def rate(self, series: str) -> float | None:
        """Growth from the first month end to the last, as a share of the first: of ``friends``, ``bound``, ``line_friends``,
        ``followers`` or ``blocks``."""
        known = [value for end in self.months if (value := getattr(end, series)) is not None]
        return grown(known[0], known[-1]) if len(known) > 1 else None


@remembered
def growth(db: Database, as_of: date | None = None, months: int = 12) -> Growth:
    """Growth up to a day.

    Args:
        db: any connection, in its thread.
        as_of: the reference day; None: the last order day in the data, without orders today.
        months: month ends, the newest included, and one before them to grow from.
    """
    asked = Questions(db, as_of)
    ends = month_ends(asked.as_of, months + 1)
    lines = days_of_line.days(db)
    people = stored.grown_until(db, ends)
    found = []
    for end, friends, bound in zip(ends, people.friends, people.bound, strict=True):
        line = days_of_line.on(lines, end)
        known = (line.friends, line.followers, line.blocks) if line else (None, None, None)
        found.append(MonthEnd(month_name(end), end, friends, bound, *known))
    return Growth(
        asked.as_of, tuple(found), people.friends_undated, people.bound_undated, people.binding_day_taken
    )
