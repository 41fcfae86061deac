"""Shares, how sure they are, and what reaching a mark would bring."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.figures.likeness import Trait
from desktop.core.figures.period import Period, month_ends, months_before, months_until, period_before
from desktop.core.figures.rate import Rate, growth, wilson
from desktop.core.figures.spread import cut_points, people_for, top, top_of_exactly


def test_wilsons_interval_as_published() -> None:
    # Newcombe, Statistics in Medicine 17 (1998), table I: 81 of 263, and 0 of 20, method 3.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)


@given(st.integers(1, 5_000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_the_interval_holds_the_share(numbers: tuple[int, int]) -> None:
    part, whole = numbers
    low, high = wilson(part, whole)
    assert 0 <= low <= part / whole + 1e-12
    assert part / whole - 1e-12 <= high <= 1


def test_gain_is_people_to_the_mark() -> None:
    assert Rate(151, 260).gain_to(0.65) == 18
    assert Rate(43, 120).gain_to(0.65) == 35
    assert Rate(311, 420).gain_to(0.65) == 0
    assert Rate(0, 0).value is None
    assert Rate(0, 0).interval is None
    assert (Rate(3, 29).small, Rate(3, 30).small) == (True, False)


def test_growth_as_the_trade_tells_it() -> None:
    assert growth(25_000, 40_000) == pytest.approx(0.6)
    assert growth(0, 5) is None
    assert growth(5, None) is None


def test_months_keep_their_ends() -> None:
    from datetime import date

    assert months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    period = months_until(date(2026, 11, 20), 12)
    assert period == Period(date(2025, 11, 21), date(2026, 11, 20))
    assert period_before(period, 12) == Period(date(2024, 11, 21), date(2025, 11, 20))
    assert month_ends(date(2026, 1, 5), 3) == (date(2025, 11, 30), date(2025, 12, 31), date(2026, 1, 5))


AMOUNTS = st.lists(
    st.tuples(st.integers(1, 500), st.integers(1, 9)), min_size=1, max_size=30, unique_by=lambda x: x[0]
)


@given(AMOUNTS, st.integers(1, 100))
def test_tops_are_those_who_spent_most(amounts: list[tuple[int, int]], wanted: int) -> None:
    ordered = sorted(((float(amount), n) for amount, n in amounts), reverse=True)
    spent = [amount for amount, n in ordered for _ in range(n)]
    whole = sum(spent)
    exact = top_of_exactly(ordered, wanted)
    assert exact == pytest.approx(sum(spent[:wanted]) / whole)
    found = top(ordered, wanted)
    assert found.people == sum(amount >= found.least for amount in spent)
    assert found.people >= min(wanted, len(spent))
    few = people_for(ordered, wanted / 100)
    assert sum(spent[:few]) >= whole * wanted / 100 - 1e-6
    assert few == 0 or sum(spent[: few - 1]) < whole * wanted / 100 + 1e-6


@given(
    st.lists(st.tuples(st.integers(1, 60), st.integers(1, 9)), min_size=1, unique_by=lambda x: x[0]),
    st.integers(2, 6),
)
def test_cut_points_rise_and_leave_nobody_out(values: list[tuple[int, int]], parts: int) -> None:
    rising = sorted((float(value), n) for value, n in values)
    cuts = cut_points(rising, parts)
    assert cuts == sorted(set(cuts))
    assert len(cuts) < parts
    assert all(cut > rising[0][0] for cut in cuts)


def test_equal_people_are_parted_equally() -> None:
    assert cut_points([(float(n), 1) for n in range(10)], 5) == [2.0, 4.0, 6.0, 8.0]


def test_a_trait_is_clear_only_beyond_chance() -> None:
    strong = Trait(60, 100, 30, 300)
    assert strong.times == pytest.approx(6.0)
    assert strong.verdict(50) == "clear"
    weak = Trait(12, 100, 30, 300)
    assert weak.verdict(1) == "unsure"
    assert Trait(4, 4, 30, 300).verdict(1) == "few"
    assert Trait(5, 40, 0, 300).times is None
    # Two by two tables of Yates (1934) shape: 15/25 against 5/25, chi-squared with the correction is 6.75 (p = 0.0094).
    assert Trait(15, 25, 5, 25).chance == pytest.approx(0.00937, abs=2e-4)


def test_many_questions_raise_the_bar() -> None:
    trait = Trait(45, 100, 85, 300)
    assert trait.verdict(1) == "clear"
    assert trait.verdict(200) == "unsure"
