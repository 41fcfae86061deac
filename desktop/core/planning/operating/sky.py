"""Where sun and moon stand, as far as calendars need it: the day of each new moon and the day the sun reaches a longitude, in a
zone's own days. Formulas by J. Meeus, Astronomical Algorithms (2nd ed.), chapters 25 (sun) and 49 (phases of the moon): new moons
to about a minute, the sun to a quarter of an hour."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from math import floor, radians, sin

TAIPEI, TOKYO = 8, 9
"""Hours ahead of UTC by which Taiwan's and Japan's calendars count their days; neither has summer time."""

SYNODIC_MONTH = 29.530588861
"""Mean days from new moon to new moon (Meeus 49)."""

_NEW_MOON_2000 = 2451550.09766
_TROPICAL_YEAR = 365.2422
_DELTA_T = 70 / 86_400
"""Days by which the uniform time of the formulas runs ahead of UTC: 64 to 75 seconds from 2000 to 2040, far less than
what a day's border would feel."""

_JULIAN_DAY_0 = 1_721_425
"""Julian day number of the day before 0001-01-01, as Python counts days."""

# Meeus, chapter 49, new moon: coefficient in days, power of E, and multiples of M, M', F, Ω.
_MOON_TERMS = (
    (-0.40720, 0, 0, 1, 0, 0),
    (0.17241, 1, 1, 0, 0, 0),
    (0.01608, 0, 0, 2, 0, 0),
    (0.01039, 0, 0, 0, 2, 0),
    (0.00739, 1, -1, 1, 0, 0),
    (-0.00514, 1, 1, 1, 0, 0),
    (0.00208, 2, 2, 0, 0, 0),
    (-0.00111, 0, 0, 1, -2, 0),
    (-0.00057, 0, 0, 1, 2, 0),
    (0.00056, 1, 1, 2, 0, 0),
    (-0.00042, 0, 0, 3, 0, 0),
    (0.00042, 1, 1, 0, 2, 0),
    (0.00038, 1, 1, 0, -2, 0),
    (-0.00024, 1, -1, 2, 0, 0),
    (-0.00017, 0, 0, 0, 0, 1),
    (-0.00007, 0, 2, 1, 0, 0),
    (0.00004, 0, 0, 2, -2, 0),
    (0.00004, 0, 3, 0, 0, 0),
    (0.00003, 0, 1, 1, -2, 0),
    (0.00003, 0, 0, 2, 2, 0),
    (-0.00003, 0, 1, 1, 2, 0),
    (0.00003, 0, -1, 1, 2, 0),
    (-0.00002, 0, -1, 1, -2, 0),
    (-0.00002, 0, 1, 3, 0, 0),
    (0.00002, 0, 0, 4, 0, 0),
)


def new_moon(number: int, hours: int) -> date:
    """The day of a new moon; number 0 is that of 2000-01-06."""
    return _day(_new_moon(number), hours)


def number_of_new_moon_before(day: date, hours: int) -> int:
    """The number of the last new moon on a day or before it."""
    number = floor((day.toordinal() + _JULIAN_DAY_0 - _NEW_MOON_2000) / SYNODIC_MONTH) + 1
    while new_moon(number, hours) > day:
        number -= 1
    return number


@lru_cache(maxsize=1024)
def sun_day(year: int, longitude: int, hours: int) -> date:
    """The day of a year on which the sun reaches a longitude (degrees from the spring equinox; 270 is the winter solstice)."""
    # The spring equinox lies near 20 March; the sun moves close to a degree a day.
    since_january = (80 + longitude / 360 * _TROPICAL_YEAR) % _TROPICAL_YEAR
    moment = date(year, 1, 1).toordinal() + _JULIAN_DAY_0 + since_january
    for _ in range(6):
        behind = (longitude - sun_longitude(moment) + 180) % 360 - 180
        moment += behind * _TROPICAL_YEAR / 360
    return _day(moment, hours)


def sun_longitude(moment: float) -> float:
    """The sun's apparent longitude in degrees at a moment (Julian ephemeris days); Meeus 25, within 0.01°."""
    t = (moment - 2451545.0) / 36525
    mean = 280.46646 + 36000.76983 * t + 0.0003032 * t * t
    anomaly = radians(357.52911 + 35999.05029 * t - 0.0001537 * t * t)
    centre = (
        (1.914602 - 0.004817 * t - 0.000014 * t * t) * sin(anomaly)
        + (0.019993 - 0.000101 * t) * sin(2 * anomaly)
        + 0.000289 * sin(3 * anomaly)
    )
    node = radians(125.04 - 1934.136 * t)
    return (mean + centre - 0.00569 - 0.00478 * sin(node)) % 360


@lru_cache(maxsize=4096)
def _new_moon(number: int) -> float:
    """A new moon in Julian ephemeris days."""
    t = number / 1236.85
    mean = _NEW_MOON_2000 + SYNODIC_MONTH * number + 0.00015437 * t**2 - 0.00000015 * t**3
    e = 1 - 0.002516 * t - 0.0000074 * t * t
    sun = radians(2.5534 + 29.10535670 * number - 0.0000014 * t * t)
    moon = radians(201.5643 + 385.81693528 * number + 0.0107582 * t * t)
    latitude = radians(160.7108 + 390.67050284 * number - 0.0016118 * t * t)
    node = radians(124.7746 - 1.56375588 * number + 0.0020672 * t * t)
    found = sum(
        size * e**power * sin(m * sun + m1 * moon + f * latitude + o * node)
        for size, power, m, m1, f, o in _MOON_TERMS
    )
    # The largest of the fourteen planetary terms; the others stay below half a minute.
    planets = 0.000325 * sin(radians(299.77 + 0.107408 * number - 0.009173 * t * t))
    planets += 0.000165 * sin(radians(251.88 + 0.016321 * number))
    planets += 0.000164 * sin(radians(251.83 + 26.651886 * number))
    return mean + found + planets


def _day(moment: float, hours: int) -> date:
    """The local day of a moment of the formulas."""
    return date.fromordinal(floor(moment - _DELTA_T + 0.5 + hours / 24) - _JULIAN_DAY_0)
