"""LINE's limits and prices: their rules, and that the trade's published example comes out of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core import limits


@given(st.from_regex(limits.USER_ID_PATTERN, fullmatch=True))
def test_what_the_pattern_makes_is_a_user_id(text: str) -> None:
    assert limits.is_user_id(text)
    assert not limits.is_user_id(text + "\n")
    assert not limits.is_user_id(text.lower())
    assert not limits.is_user_id(text[:-1])


@pytest.mark.parametrize("text", ["", "U", "U" + "A" * 32, "Ｕ" + "a" * 32, "C" + "a" * 32, "U" + "٣" * 32])
def test_what_is_no_user_id(text: str) -> None:
    assert not limits.is_user_id(text)


def test_lines_own_example_of_a_user_id() -> None:
    assert limits.is_user_id("U8189cf6745fc0d808977bdb0b9f22995")


@given(st.text())
def test_length_is_one_for_most_and_two_beyond_the_basic_plane(text: str) -> None:
    assert limits.line_length(text) == sum(2 if ord(c) > 0xFFFF else 1 for c in text)


def test_a_lone_surrogate_has_a_length_too() -> None:
    assert limits.line_length("\ud83c") == 1


def test_audiences_live_180_days() -> None:
    assert limits.AUDIENCE.life_seconds == 180 * 24 * 3600


def test_plans_in_force_by_day_and_country() -> None:
    now = limits.plans_in_force("TW", date(2026, 8, 7))
    assert [(plan.plan, plan.monthly_fee, plan.included) for plan in now] == [
        ("light", 0, 200),
        ("medium", 800, 3_000),
        ("high", 1_200, 6_000),
    ]
    assert [plan.included for plan in limits.plans_in_force("TW", date(2023, 8, 31))] == [500, 4_000, 25_000]
    assert [plan.monthly_fee for plan in limits.plans_in_force("JP", date(2026, 8, 7))] == [0, 5_000, 15_000]
    assert limits.plans_in_force("TH", date(2026, 8, 7)) == ()


def test_the_articles_example_comes_out() -> None:
    medium = limits.plans_in_force("TW", date(2020, 6, 1))[1]
    assert medium.monthly_fee + 5_000 * medium.tiers[0].price == Decimal(1_800)


def test_every_plan_is_sourced_and_its_tiers_rise() -> None:
    for plan in limits.PLANS:
        assert plan.source
        bounds = [tier.upto for tier in plan.tiers]
        assert all(bound is not None for bound in bounds[:-1])
        assert bounds[:-1] == sorted(bound for bound in bounds[:-1] if bound is not None)
        prices = [tier.price for tier in plan.tiers]
        assert prices == sorted(prices, reverse=True)
        if plan.tiers_complete and plan.tiers:
            assert plan.tiers[-1].upto is None
