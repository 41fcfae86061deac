"""Seasons and festivals of Taiwan and Japan that shops plan by, for any year: fixed days, weekdays of a month, days of the lunar
calendar, days the sun decides, and the shop's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from desktop.core.message import Message, message
from desktop.core.planning.operating.lunar import lunar_day, new_year
from desktop.core.planning.operating.sheet import OwnDay
from desktop.core.planning.operating.sky import TAIPEI, TOKYO, sun_day

COUNTRIES = ("TW", "JP")

PREPARE_DAYS = 21
"""Days before a season on which a shop should begin, unless the season says otherwise."""

Span: TypeAlias = tuple[date, date]
Rule: TypeAlias = Callable[[int, int], list[Span]]
"""The spans that begin in a year, with the hours ahead of UTC by which its days count."""

_SUNDAY, _MONDAY, _THURSDAY = 6, 0, 3


@dataclass(frozen=True, slots=True)
class Season:
    """A season of one year.

    Args:
        id: its key in the texts, or ``own:`` and the name of one of the shop's own.
        first, last: its days.
        country: whose it is: TW or JP; "" for the shop's own.
        prepare_days: how many days before it a shop should begin.
        own: the shop's own day it is.
    """

    id: str
    first: date
    last: date
    country: str
    prepare_days: int = PREPARE_DAYS
    own: OwnDay | None = None

    @property
    def name(self) -> Message:
        """What it is called."""
        if self.own is not None:
            return message("operating.as_written", text=self.own.name)
        return message(f"seasons.{self.id}")

    @property
    def idea(self) -> Message:
        """One line on what a shop may send."""
        if self.own is not None:
            return message("operating.as_written", text=self.own.idea)
        return message(f"seasons.{self.id}.idea")

    @property
    def prepare_from(self) -> date:
        """The day to begin."""
        return self.first - timedelta(days=self.prepare_days)

    def on(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day <= self.last


def fixed(month: int, day: int, last_month: int | None = None, last_day: int | None = None) -> Rule:
    """The same days each year."""

    def spans(year: int, _hours: int) -> list[Span]:
        return [(date(year, month, day), date(year, last_month or month, last_day or day))]

    return spans


def weekday(month: int, number: int, which: int, shift: int = 0) -> Rule:
    """The n-th of a weekday in a month (0 is Monday), and so many days on."""

    def spans(year: int, _hours: int) -> list[Span]:
        first = date(year, month, 1)
        day = first + timedelta(days=(which - first.weekday()) % 7 + 7 * (number - 1) + shift)
        return [(day, day)]

    return spans


def lunar(month: int, day: int) -> Rule:
    """A day of the lunar calendar; a year may hold none of it, or two."""

    def spans(year: int, hours: int) -> list[Span]:
        days = (lunar_day(lunar_year, month, day, hours) for lunar_year in (year - 1, year))
        return [(one, one) for one in days if one.year == year]

    return spans


def sun(longitude: int, shift: int = 0) -> Rule:
    """The day the sun reaches a longitude, and so many days on."""

    def spans(year: int, hours: int) -> list[Span]:
        day = sun_day(year, longitude, hours) + timedelta(days=shift)
        return [(day, day)]

    return spans


def spring_festival(year: int, hours: int) -> list[Span]:
    """From the lunar new year's eve to the fifth day, when shops open again."""
    first = new_year(year, hours)
    return [(first - timedelta(days=1), first + timedelta(days=4))]


def equinox_week(longitude: int) -> Rule:
    """The seven days around an equinox (お彼岸)."""

    def spans(year: int, hours: int) -> list[Span]:
        day = sun_day(year, longitude, hours)
        return [(day - timedelta(days=3), day + timedelta(days=3))]

    return spans


def summer_ox_days(year: int, hours: int) -> list[Span]:
    """The days of the ox in the 18 days before autumn begins (土用の丑の日): the sun between 117° and 135°; one or two."""
    first, after = sun_day(year, 117, hours), sun_day(year, 135, hours)
    days = [first + timedelta(days=number) for number in range((after - first).days)]
    # Days are counted in twelves without a gap; 2024-07-24 was a day of the ox.
    ox = date(2024, 7, 24).toordinal() % 12
    return [(day, day) for day in days if day.toordinal() % 12 == ox]


TAIWAN: dict[str, Rule] = {
    "new_year": fixed(1, 1),
    "weiya": lunar(12, 16),
    "spring_festival": spring_festival,
    "lantern_festival": lunar(1, 15),
    "valentines_day": fixed(2, 14),
    "womens_day": fixed(3, 8),
    "white_day": fixed(3, 14),
    "childrens_day_tw": fixed(4, 4),
    "tomb_sweeping": sun(15),
    "mothers_day": weekday(5, 2, _SUNDAY),
    "five_twenty": fixed(5, 20),
    "dragon_boat": lunar(5, 5),
    "graduation": fixed(6, 1, 6, 30),
    "midyear_sale": fixed(6, 18),
    "summer_holidays": fixed(7, 1, 8, 31),
    "fathers_day": fixed(8, 8),
    "qixi": lunar(7, 7),
    "ghost_festival": lunar(7, 15),
    "back_to_school": fixed(8, 25, 9, 5),
    "teachers_day": fixed(9, 28),
    "mid_autumn": lunar(8, 15),
    "national_day": fixed(10, 10),
    "double_ninth": lunar(9, 9),
    "halloween": fixed(10, 31),
    "double_eleven": fixed(11, 11),
    "black_friday": weekday(11, 4, _THURSDAY, shift=1),
    "double_twelve": fixed(12, 12),
    "winter_solstice": sun(270),
    "christmas": fixed(12, 24, 12, 25),
    "new_years_eve": fixed(12, 31),
}
"""Taiwan's, by the key of their texts."""

JAPAN: dict[str, Rule] = {
    "oshogatsu": fixed(1, 1, 1, 3),
    "coming_of_age": weekday(1, 2, _MONDAY),
    "setsubun": sun(315, shift=-1),
    "valentines_day": fixed(2, 14),
    "hinamatsuri": fixed(3, 3),
    "white_day": fixed(3, 14),
    "spring_higan": equinox_week(0),
    "new_life": fixed(3, 15, 4, 10),
    "hanami": fixed(3, 25, 4, 10),
    "golden_week": fixed(4, 29, 5, 5),
    "childrens_day": fixed(5, 5),
    "mothers_day": weekday(5, 2, _SUNDAY),
    "fathers_day": weekday(6, 3, _SUNDAY),
    "ochugen": fixed(7, 1, 7, 15),
    "tanabata": fixed(7, 7),
    "doyo_no_ushi": summer_ox_days,
    "summer_holidays": fixed(7, 20, 8, 31),
    "obon": fixed(8, 13, 8, 16),
    "respect_for_the_aged": weekday(9, 3, _MONDAY),
    "jugoya": lunar(8, 15),
    "autumn_higan": equinox_week(180),
    "halloween": fixed(10, 31),
    "shichi_go_san": fixed(11, 15),
    "good_couples_day": fixed(11, 22),
    "black_friday": weekday(11, 4, _THURSDAY, shift=1),
    "oseibo": fixed(12, 1, 12, 20),
    "winter_solstice": sun(270),
    "christmas": fixed(12, 24, 12, 25),
    "omisoka": fixed(12, 31),
}
"""Japan's, by the key of their texts."""

_RULES = {"TW": (TAIWAN, TAIPEI), "JP": (JAPAN, TOKYO)}

_PREPARE: dict[str, int] = {
    "spring_festival": 35,
    "weiya": 30,
    "mothers_day": 28,
    "mid_autumn": 35,
    "double_eleven": 28,
    "black_friday": 28,
    "christmas": 35,
    "ochugen": 35,
    "oseibo": 35,
    "oshogatsu": 35,
    "summer_holidays": 28,
    "womens_day": 14,
    "childrens_day_tw": 14,
    "tomb_sweeping": 14,
    "national_day": 14,
    "double_ninth": 14,
    "lantern_festival": 14,
    "setsubun": 14,
    "good_couples_day": 14,
    "tanabata": 14,
}
"""Days to begin before a season, where it is not PREPARE_DAYS: what is ordered ahead needs more, a greeting less."""


def seasons_of(year: int, country: str, own_days: Iterable[OwnDay] = ()) -> tuple[Season, ...]:
    """The seasons that begin in a year, by their first day.

    Args:
        year: any from 1900 to 2100; lunar days are sure from 1979 to 2056 (two new moons later in the century lie too close to
            midnight).
        country: TW or JP; anything else has only the shop's own.
        own_days: the shop's own days.
    """
    rules, hours = _RULES.get(country, ({}, TAIPEI))
    found = [
        Season(id_, first, last, country, _PREPARE.get(id_, PREPARE_DAYS))
        for id_, rule in rules.items()
        for first, last in rule(year, hours)
    ]
    found += [_own(year, day) for day in own_days]
    return tuple(sorted(found, key=lambda season: (season.first, season.last, season.id)))


def seasons_between(
    first: date, last: date, countries: Iterable[str], own_days: Iterable[OwnDay] = ()
) -> tuple[Season, ...]:
    """The seasons that touch a span of days, by their first day; what two countries share on the same days is told once."""
    own, seen, found = tuple(own_days), set(), []
    for country in (*countries, ""):
        for year in range(first.year - 1, last.year + 1):
            for season in seasons_of(year, country, () if country else own):
                key = (season.id, season.first)
                if season.first <= last and season.last >= first and key not in seen:
                    seen.add(key)
                    found.append(season)
    return tuple(sorted(found, key=lambda season: (season.first, season.last, season.id)))


def _own(year: int, day: OwnDay) -> Season:
    first = _in(year, day.first)
    last = _in(year if day.last >= day.first else year + 1, day.last)
    return Season(f"own:{day.name}", first, last, "", day.prepare_days, day)


def _in(year: int, day: tuple[int, int]) -> date:
    """A day of a year; 29 February is the 28th where there is none."""
    try:
        return date(year, *day)
    except ValueError:
        return date(year, 2, 28)
