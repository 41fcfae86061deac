"""What a send adds to this month's bill."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from desktop.core.figures.message_cost import QuotaNow, SendCost, send_cost

NOW = date(2026, 11, 21)
MEDIUM = QuotaNow(3_000, 786)


def test_inside_the_quota_nothing_is_added() -> None:
    cost = send_cost(312, MEDIUM, "TW", NOW)
    assert (cost.short, cost.price, cost.is_free) == (0, None, True)


def test_a_plan_without_extra_messages_falls_short() -> None:
    cost = send_cost(5_230, MEDIUM, "TW", NOW)
    assert cost == SendCost(5_230, 3_016, None, "TWD", sells_extra=False)


def test_extra_messages_cost_the_plans_price_as_an_upper_bound() -> None:
    cost = send_cost(5_230, QuotaNow(6_000, 5_000), "TW", NOW)
    assert (cost.short, cost.price, cost.at_most) == (4_230, Decimal("846.0"), True)


def test_extra_messages_bought_before_count_for_the_steps() -> None:
    cost = send_cost(60_000, QuotaNow(30_000, 30_000), "JP", NOW)
    assert (cost.price, cost.at_most) == (50_000 * Decimal(3) + 10_000 * Decimal("2.8"), True)
    later = send_cost(60_000, QuotaNow(30_000, 80_000), "JP", NOW)
    assert later.price == 60_000 * Decimal("2.8")


def test_a_quota_of_no_known_plan_gives_no_price() -> None:
    assert send_cost(5_230, QuotaNow(4_500, 0), "TW", NOW) == SendCost(5_230, 730)
    assert send_cost(10, QuotaNow(3_000, 0), "TH", NOW) == SendCost(10, 0)


def test_an_unknown_quota_is_not_guessed() -> None:
    assert send_cost(312, None, "TW", NOW) == SendCost(312, None)


def test_without_a_limit_nothing_is_short() -> None:
    assert send_cost(312, QuotaNow(None, 5), "TW", NOW) == SendCost(312, 0)


@given(st.integers(0, 200_000), st.integers(0, 200_000), st.integers(0, 80_000))
def test_sending_in_two_parts_costs_the_same(first: int, second: int, used: int) -> None:
    def price(messages: int, used_then: int) -> Decimal:
        return send_cost(messages, QuotaNow(30_000, used_then), "JP", NOW).price or Decimal(0)

    assert price(first, used) + price(second, used + first) == price(first + second, used)
