"""NASL's boundary to the day, and the cycle from gaps."""

from __future__ import annotations

import statistics
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.figures.nasl import (
    FEWEST_GAPS,
    cycle_from,
    falls_on,
    first_day_inside,
    median_gap,
    nasl_class,
)

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("days", "ago", "window", "letter"),
    [
        (1, 63, 63, "N"),
        (1, 64, 63, "L"),
        (2, 63, 63, "A"),
        (2, 64, 63, "S"),
        (9, 0, 63, "A"),
        (1, 0, 63, "N"),
        (1, 82, 82.5, "N"),
        (1, 83, 82.5, "L"),
        (2, 82, 82.5, "A"),
        (2, 83, 82.5, "S"),
    ],
)
def test_the_boundary_belongs_to_the_inside(days: int, ago: int, window: float, letter: str) -> None:
    assert nasl_class(days, DAY - timedelta(days=ago), DAY, window) == letter


def test_without_orders_there_is_no_class() -> None:
    assert nasl_class(0, None, DAY, 63) is None
    assert nasl_class(0, DAY, DAY, 63) is None
    assert nasl_class(3, None, DAY, 63) is None


@given(st.dates(date(1999, 1, 1), date(2030, 12, 31)), st.integers(2, 2_000).map(lambda half: half / 2))
def test_the_day_of_falling_out_is_the_first_outside(last: date, window: float) -> None:
    out = falls_on(last, window)
    assert nasl_class(2, last, out, window) == "S"
    assert nasl_class(2, last, out - timedelta(days=1), window) == "A"
    assert first_day_inside(out, window) == last + timedelta(days=1)
    assert first_day_inside(out - timedelta(days=1), window) == last


@given(st.lists(st.integers(1, 400), min_size=1, max_size=60))
def test_the_median_is_that_of_all_gaps(gaps: list[int]) -> None:
    assert median_gap(Counter(gaps)) == statistics.median(gaps)


def test_no_gaps_have_no_median() -> None:
    assert median_gap({}) is None


def test_fewer_than_thirty_gaps_tell_no_cycle() -> None:
    assert cycle_from({20: FEWEST_GAPS - 1}, DAY) is None
    found = cycle_from({20: FEWEST_GAPS - 1, 30: 1}, DAY)
    assert found is not None
    assert (found.cycle_days, found.window_days, found.gaps, found.chosen) == (20, 60, 30, False)
    assert found.since == date(2026, 9, 21)


def test_what_the_owner_chose_comes_first() -> None:
    own = cycle_from({}, DAY, cycle=45)
    assert own is not None
    assert (own.cycle_days, own.window_days, own.chosen) == (45, 135, True)
    line = cycle_from({21: 100}, DAY, window=90)
    assert line is not None
    assert (line.cycle_days, line.window_days, line.chosen) == (21, 90, True)
    only_line = cycle_from({}, DAY, window=90)
    assert only_line is not None
    assert (only_line.cycle_days, only_line.window_days) == (30, 90)
