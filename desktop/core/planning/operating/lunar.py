"""Days of the lunar calendar that Taiwan's festivals follow: months begin with the new moon; the month with the winter solstice
is the eleventh; in a year of thirteen months the first one without a principal term of the sun is a leap month (the rule in force
since 1645, as GB/T 33661-2017 writes it down)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from desktop.core.planning.operating.sky import (
    TAIPEI,
    new_moon,
    number_of_new_moon_before,
    sun_day,
)


@dataclass(frozen=True, slots=True)
class LunarMonth:
    """A lunar month: its first day, its number from 1 to 12, and whether it repeats the number before it."""

    first: date
    number: int
    leap: bool = False


@lru_cache(maxsize=256)
def months_until_solstice(year: int, hours: int = TAIPEI) -> tuple[LunarMonth, ...]:
    """The months from the eleventh of the year before to the tenth (or a leap month after it) of a year.

    Args:
        year: the year whose winter solstice ends the span.
        hours: hours ahead of UTC by which days are counted.
    """
    first = number_of_new_moon_before(sun_day(year - 1, 270, hours), hours)
    after = number_of_new_moon_before(sun_day(year, 270, hours), hours)
    starts = [new_moon(number, hours) for number in range(first, after + 1)]
    terms = [sun_day(year - 1, 270, hours)]
    terms += [sun_day(year, longitude % 360, hours) for longitude in range(300, 631, 30)]
    found: list[LunarMonth] = []
    number, leap_found = 10, len(starts) - 1 < 13
    for start, end in pairwise(starts):
        has_term = any(start <= term < end for term in terms)
        leap = not has_term and not leap_found
        leap_found = leap_found or leap
        number = number if leap else number % 12 + 1
        found.append(LunarMonth(start, number, leap))
    return tuple(found)


def lunar_day(year: int, month: int, day: int, hours: int = TAIPEI) -> date:
    """The day of a lunar date.

    Args:
        year: the lunar year, called after the year in which it begins.
        month: 1 to 12, never the leap month.
        day: 1 to 30; of a short month the thirtieth is the first of the next.
        hours: as in :func:`months_until_solstice`.
    """
    span = months_until_solstice(year if month <= 10 else year + 1, hours)
    first = next(one.first for one in span if one.number == month and not one.leap)
    return first + timedelta(days=day - 1)


def new_year(year: int, hours: int = TAIPEI) -> date:
    """The lunar new year that falls in a year."""
    return lunar_day(year, 1, 1, hours)
