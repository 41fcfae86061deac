"""新好友綁定率 by the month of friendship: of the people who became friends in a month, how many are bound, within so many days
or by now. A cohort is asked about itself; dividing the totals of a period is another figure and stands beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from desktop.core.figures import kpi
from desktop.core.figures.period import Period, month_ends, month_name
from desktop.core.figures.rate import Rate
from desktop.operations.insights.questions import Questions, remembered
from desktop.store.database import Database
from desktop.store.insights import growth as stored

WITHIN = (7, 30, 90, None)
"""Days a cohort is given; None: by now."""


@dataclass(frozen=True, slots=True)
class Cohort:
    """The friends of one month.

    Args:
        month: 2026-11.
        rate: bound of them, within the days asked for.
        complete: whether everybody of the month has had so many days.
    """

    month: str
    rate: Rate
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Cohorts:
    """Cohorts, oldest first, and all of them together.

    Args:
        within: days after the friendship; None: by now.
        total: all months together.
        binding_day_unknown: bound people among them whose day of binding no file stated: with ``within`` it is taken to be the
            day they became a member, if that is later than the friendship, else the day of friendship.
    """

    as_of: date
    within: int | None
    period: Period
    months: tuple[Cohort, ...]
    total: Rate
    binding_day_unknown: int = 0


@remembered
def cohorts(db: Database, as_of: date | None = None, months: int = 12, within: int | None = None) -> Cohorts:
    """The cohorts of the months up to a day.

    Args:
        db: any connection, in its thread.
        as_of: the reference day; None: the last order day in the data, without orders today.
        months: how many, the newest included.
        within: one of WITHIN.
    """
    asked = Questions(db, as_of)
    ends = month_ends(asked.as_of, months)
    period = Period(ends[0].replace(day=1), asked.as_of)
    rows = {row.month: row for row in stored.friends_by_month(db, period, within)}
    found = tuple(_cohort(rows, end, within, asked.as_of) for end in ends)
    part, whole = sum(one.rate.part for one in found), sum(one.rate.whole for one in found)
    query = f"friend_at:{period.query}"
    total = Rate(part, whole, f"{query} {kpi.BOUND}" if within is None else None, query)
    unknown = sum(row.day_unknown for row in rows.values())
    return Cohorts(asked.as_of, within, period, found, total, unknown)


def _cohort(rows: dict[str, stored.MonthRow], end: date, within: int | None, as_of: date) -> Cohort:
    month = month_name(end)
    row = rows.get(month, stored.MonthRow(month, 0, 0, 0))
    query = f"friend_at:{Period(end.replace(day=1), end).query}"
    part = f"{query} {kpi.BOUND}" if within is None else None
    complete = within is None or end + timedelta(days=within) <= as_of
    return Cohort(month, Rate(row.bound, row.friends, part, query), complete)
