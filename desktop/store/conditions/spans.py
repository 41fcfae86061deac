"""Days, ages and periods of a query as spans of local calendar days, and as texts to compare with the shop file's."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.core.people.condition import Ago, Day, Named, Op, Value

END_OF_TIME = "9999-12-31~"
"""Greater than every date text."""


@dataclass(frozen=True, slots=True)
class DaySpan:
    """From one day to another, both included; None: open."""

    first: date | None
    last: date | None

    @property
    def texts(self) -> tuple[str | None, str | None]:
        """The least date text inside and the least one behind: ``first <= text < behind``, with or without a time."""
        first = None if self.first is None else self.first.isoformat()
        if self.last is None:
            return first, None
        behind = END_OF_TIME if self.last == date.max else (self.last + timedelta(days=1)).isoformat()
        return first, behind


NO_DAYS = DaySpan(date.max, date.min)


def asked_span(op: Op, low: Value | None, high: Value | None, today: date) -> DaySpan:
    """The days that satisfy a comparison.

    Args:
        op: EQ, HAS, a comparison or RANGE.
        low: the value, or the lower end of the RANGE.
        high: the upper end of the RANGE.
        today: the shop's local day.

    Ages count backwards: ``>60d`` is more than 60 days ago, that is before today − 60. Against a day, month or year
    ``>`` is after its last day.
    """
    if op is Op.RANGE:
        return _range(low, high, today)
    assert low is not None
    span = span_of(low, today)
    if isinstance(low, Ago):
        op = _BACKWARDS.get(op, op)
    if op is Op.GT:
        return NO_DAYS if span.last == date.max else DaySpan(_shifted(span.last, 1), None)
    if op is Op.GE:
        return DaySpan(span.first, None)
    if op is Op.LT:
        return NO_DAYS if span.first == date.min else DaySpan(None, _shifted(span.first, -1))
    if op is Op.LE:
        return DaySpan(None, span.last)
    return span


_BACKWARDS = {Op.GT: Op.LT, Op.GE: Op.LE, Op.LT: Op.GT, Op.LE: Op.GE}


def _range(low: Value | None, high: Value | None, today: date) -> DaySpan:
    ends = [span_of(end, today) for end in (low, high) if end is not None]
    first, last = ends[0].first, ends[-1].last
    if len(ends) == 2:
        if isinstance(low, Ago) or isinstance(high, Ago):
            # 30d..60d and 60d..30d are the same days.
            first = min(end.first for end in ends if end.first is not None)
            last = max(end.last for end in ends if end.last is not None)
        return DaySpan(first, last)
    if isinstance(low, Ago) or isinstance(high, Ago):
        # An open range of ages: at least so old, or at most so old.
        return DaySpan(None, last) if high is None else DaySpan(first, None)
    return DaySpan(first, None) if high is None else DaySpan(None, last)


def span_of(value: Value, today: date) -> DaySpan:
    """The days a value names by itself."""
    if isinstance(value, Ago):
        day = days_ago(value, today)
        return DaySpan(day, day)
    if isinstance(value, Named):
        return named_span(value.word, today)
    assert isinstance(value, Day)
    first = date(value.year, value.month or 1, value.day or 1)
    last_month = value.month or 12
    last_day = value.day or calendar.monthrange(value.year, last_month)[1]
    return DaySpan(first, date(value.year, last_month, last_day))


def named_span(word: str, today: date) -> DaySpan:
    """The days of one of NAMED_DAYS."""
    if word in ("today", "yesterday"):
        day = today - timedelta(days=word == "yesterday")
        return DaySpan(day, day)
    if word.endswith("year"):
        year = today.year - (word == "last_year")
        return span_of(Day(year), today)
    return span_of(month_of(word, today), today)


def month_of(word: str, today: date) -> Day:
    """The month that ``this_month``, ``last_month`` or ``next_month`` is."""
    months = today.year * 12 + today.month - 1 + {"last_month": -1, "this_month": 0, "next_month": 1}[word]
    return Day(months // 12, months % 12 + 1)


def days_ago(age: Ago, today: date) -> date:
    """The day that lies an age before today; months and years keep the day of the month, or the month's last day."""
    if age.unit in ("d", "w"):
        days = age.count * (7 if age.unit == "w" else 1)
        return today - timedelta(days=days) if days < today.toordinal() else date.min
    months = today.year * 12 + today.month - 1 - age.count * (12 if age.unit == "y" else 1)
    if months < 12:
        return date.min
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))


def _shifted(day: date | None, days: int) -> date | None:
    return None if day is None else day + timedelta(days=days)
