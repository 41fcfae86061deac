"""Spans of local days and months that figures are told for, and the span before to compare with."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """From one local day to another, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    @property
    def query(self) -> str:
        """The span as a query's range."""
        return f"{self.first.isoformat()}..{self.last.isoformat()}"


def months_until(last: date, months: int) -> Period:
    """The span of so many months that ends with a day: 12 until 2026-11-20 is 2025-11-21 to 2026-11-20."""
    return Period(months_before(last, months) + timedelta(days=1), last)


def period_before(period: Period, months: int) -> Period:
    """The span of as many months before."""
    return months_until(period.first - timedelta(days=1), months)


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or that month's last day."""
    count = day.year * 12 + day.month - 1 - months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def month_ends(last: date, months: int) -> tuple[date, ...]:
    """The last days of so many months, oldest first; the newest is ``last`` itself, where its month stands now."""
    first_of_month = last.replace(day=1)
    ends = [months_before(first_of_month, back) - timedelta(days=1) for back in range(months - 1)]
    return (*reversed(ends), last)


def month_name(day: date) -> str:
    """A day's month as a query writes it: 2026-11."""
    return f"{day.year:04}-{day.month:02}"
