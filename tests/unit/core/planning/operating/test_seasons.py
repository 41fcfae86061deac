"""Festivals fall where almanacs say, in every year; a season is told once, in its own country's days."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.planning.operating.lunar import lunar_day, months_until_solstice, new_year
from desktop.core.planning.operating.seasons import (
    JAPAN,
    TAIWAN,
    Season,
    seasons_between,
    seasons_of,
)
from desktop.core.planning.operating.sheet import OwnDay
from desktop.core.planning.operating.sky import TAIPEI, TOKYO, sun_day
from desktop.text import render, use_language

# Year → 春節, 元宵, 端午, 七夕, 中元, 中秋, 重陽, as Taiwan's calendars of these years have them.
LUNAR = {
    2024: "02-10 02-24 06-10 08-10 08-18 09-17 10-11",
    2025: "01-29 02-12 05-31 08-29 09-06 10-06 10-29",
    2026: "02-17 03-03 06-19 08-19 08-27 09-25 10-18",
    2027: "02-06 02-20 06-09 08-08 08-16 09-15 10-08",
    2028: "01-26 02-09 05-28 08-26 09-03 10-03 10-26",
    2029: "02-13 02-27 06-16 08-16 08-24 09-22 10-16",
    2030: "02-03 02-17 06-05 08-05 08-13 09-12 10-05",
    2031: "01-23 02-06 06-24 08-24 09-01 10-01 10-24",
    2032: "02-11 02-25 06-12 08-12 08-20 09-19 10-12",
}
LUNAR_DATES = ((1, 1), (1, 15), (5, 5), (7, 7), (7, 15), (8, 15), (9, 9))
NEW_YEARS = {
    2000: "02-05",
    2008: "02-07",
    2012: "01-23",
    2020: "01-25",
    2023: "01-22",
    2033: "01-31",
    2038: "02-04",
    2040: "02-12",
}
LEAP_MONTHS = {2020: 4, 2023: 2, 2025: 6, 2028: 5, 2031: 3, 2034: 11, 2036: 6}
TERMS = {
    # (longitude, hours): year → month-day; 清明, 冬至, 春分の日, 秋分の日, 立春 in Japan.
    (15, TAIPEI): {
        2024: "04-04",
        2025: "04-04",
        2026: "04-05",
        2027: "04-05",
        2028: "04-04",
        2031: "04-05",
        2032: "04-04",
    },
    (270, TAIPEI): {2024: "12-21", 2025: "12-21", 2026: "12-22", 2027: "12-22", 2028: "12-21"},
    (0, TOKYO): {2024: "03-20", 2025: "03-20", 2026: "03-20", 2027: "03-21", 2028: "03-20"},
    (180, TOKYO): {2024: "09-22", 2025: "09-23", 2026: "09-23", 2027: "09-23", 2028: "09-22"},
    (315, TOKYO): {2021: "02-03", 2024: "02-04", 2025: "02-03", 2026: "02-04", 2028: "02-04", 2029: "02-03"},
}


def on(year: int, country: str) -> dict[str, Season]:
    return {season.id: season for season in seasons_of(year, country)}


@pytest.mark.parametrize("year", LUNAR)
def test_lunar_festivals_fall_on_known_days(year: int) -> None:
    known = [date.fromisoformat(f"{year}-{day}") for day in LUNAR[year].split()]
    assert [lunar_day(year, month, day) for month, day in LUNAR_DATES] == known


def test_new_years_and_leap_months_of_other_years() -> None:
    assert {year: f"{new_year(year):%m-%d}" for year in NEW_YEARS} == NEW_YEARS
    found = {
        year: [month.number for month in months_until_solstice(year) if month.leap]
        for year in range(2019, 2038)
    }
    assert {year: numbers[0] for year, numbers in found.items() if numbers} == LEAP_MONTHS


@pytest.mark.parametrize(("term", "days"), TERMS.items())
def test_the_suns_days(term: tuple[int, int], days: dict[int, str]) -> None:
    assert {year: f"{sun_day(year, *term):%m-%d}" for year in days} == days


@given(st.integers(1980, 2055))
def test_lunar_months_follow_each_other(year: int) -> None:
    months = months_until_solstice(year)
    assert len(months) in (12, 13)
    assert [month.number for month in months if not month.leap] == [11, 12, *range(1, 11)]
    assert sum(month.leap for month in months) == len(months) - 12
    following = months_until_solstice(year + 1)[0].first
    starts = [*(month.first for month in months), following]
    assert {(b - a).days for a, b in pairwise(starts)} <= {29, 30}
    assert date(year, 1, 20) <= new_year(year) <= date(year, 2, 21)


def test_taiwans_year() -> None:
    found = on(2026, "TW")
    days = {name: f"{season.first:%m-%d}" for name, season in found.items()}
    assert days == {
        "new_year": "01-01",
        "weiya": "02-03",
        "valentines_day": "02-14",
        "spring_festival": "02-16",
        "lantern_festival": "03-03",
        "womens_day": "03-08",
        "white_day": "03-14",
        "childrens_day_tw": "04-04",
        "tomb_sweeping": "04-05",
        "mothers_day": "05-10",
        "five_twenty": "05-20",
        "graduation": "06-01",
        "midyear_sale": "06-18",
        "dragon_boat": "06-19",
        "summer_holidays": "07-01",
        "fathers_day": "08-08",
        "qixi": "08-19",
        "back_to_school": "08-25",
        "ghost_festival": "08-27",
        "mid_autumn": "09-25",
        "teachers_day": "09-28",
        "national_day": "10-10",
        "double_ninth": "10-18",
        "halloween": "10-31",
        "double_eleven": "11-11",
        "black_friday": "11-27",
        "double_twelve": "12-12",
        "winter_solstice": "12-22",
        "christmas": "12-24",
        "new_years_eve": "12-31",
    }
    assert found["spring_festival"].last == date(2026, 2, 21)
    assert found["mid_autumn"].prepare_from == date(2026, 8, 21)


def test_japans_year() -> None:
    days = {season.id: f"{season.first:%m-%d}" for season in seasons_of(2026, "JP")}
    moving = "coming_of_age setsubun mothers_day fathers_day respect_for_the_aged doyo_no_ushi spring_higan autumn_higan"
    assert [
        days[name] for name in moving.split()
    ] == "01-12 02-03 05-10 06-21 09-21 07-26 03-17 09-20".split()
    ox_days = {
        year: [f"{one.first:%m-%d}" for one in seasons_of(year, "JP") if one.id == "doyo_no_ushi"]
        for year in (2024, 2025, 2027)
    }
    assert ox_days == {2024: ["07-24", "08-05"], 2025: ["07-19", "07-31"], 2027: ["07-21", "08-02"]}


@given(st.integers(1990, 2055), st.sampled_from([("TW", TAIWAN), ("JP", JAPAN)]))
def test_every_season_has_its_days_in_every_year(year: int, country: tuple[str, dict[str, object]]) -> None:
    found = seasons_of(year, country[0])
    assert all(season.first.year == year and season.first <= season.last for season in found)
    assert list(found) == sorted(found, key=lambda one: (one.first, one.last, one.id))
    # The year-end banquet follows the lunar year: some years hold none or two.
    assert {season.id for season in found} | {"weiya"} == {*country[1]} | {"weiya"}


def test_a_span_shows_what_touches_it_and_shared_days_once() -> None:
    found = seasons_between(date(2026, 12, 25), date(2027, 1, 2), ("TW", "JP"))
    assert [season.id for season in found] == "christmas new_years_eve omisoka new_year oshogatsu".split()
    assert seasons_between(date(2026, 11, 1), date(2026, 11, 5), ()) == ()


def test_the_shops_own_days_come_back_each_year() -> None:
    anniversary = OwnDay("八週年慶", (12, 28), (1, 3), "買一送一", 30)
    leap = OwnDay("四年一度", (2, 29), (2, 29))
    (season,) = seasons_between(date(2027, 1, 2), date(2027, 1, 20), (), [anniversary, leap])
    assert (season.first, season.last, season.prepare_from) == (
        date(2026, 12, 28),
        date(2027, 1, 3),
        date(2026, 11, 28),
    )
    assert (render(season.name), render(season.idea)) == ("八週年慶", "買一送一")
    (there,) = seasons_of(2027, "", [leap])
    assert there.first == date(2027, 2, 28)


@pytest.mark.parametrize("language", ["zh_TW", "en", "ja"])
def test_every_season_has_a_name_and_an_idea(language: str) -> None:
    use_language(language)
    seasons = {season.id: season for country in ("TW", "JP") for season in seasons_of(2026, country)}
    names = [render(season.name) for season in seasons.values()]
    assert len(set(names)) == len(names) == len({*TAIWAN, *JAPAN})
    assert all(render(season.idea) for season in seasons.values())
    use_language("zh_TW")


def test_preparing_begins_before() -> None:
    for season in (*seasons_of(2026, "TW"), *seasons_of(2026, "JP")):
        assert timedelta(days=14) <= season.first - season.prepare_from <= timedelta(days=35)
