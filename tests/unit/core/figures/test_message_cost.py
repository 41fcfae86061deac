"""What a send adds to this month's bill."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from desktop.core.figures.message_cost import QuotaNow, SendCost, month_bill, month_bill_at_least, send_cost
from desktop.core.figures.message_plans import PlanTable, own_plan, tiers_from_text
from desktop.core.figures.trade_lesson import trade_lesson
from desktop.core.limits import PLANS, MessagePlan

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
    assert (cost.price, cost.at_most) == (50_000 * Decimal(3) + 10_000 * Decimal("2.8"), False)
    later = send_cost(60_000, QuotaNow(30_000, 80_000), "JP", NOW)
    assert (later.price, later.at_most) == (60_000 * Decimal("2.8"), True)


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


def test_the_known_steps_of_a_price_are_exact_up_to_their_last_bound() -> None:
    def jp(messages: int) -> SendCost:
        return send_cost(messages, QuotaNow(30_000, 30_000), "JP", NOW)

    assert (jp(50_000).price, jp(50_000).at_most) == (Decimal(150_000), False)
    assert jp(50_001).price == Decimal("150002.8")
    assert (jp(100_000).price, jp(100_000).at_most) == (Decimal(290_000), False)
    assert (jp(100_001).price, jp(100_001).at_most) == (Decimal("290002.8"), True)


def test_the_last_message_of_the_quota_is_free_and_the_next_is_not() -> None:
    quota = QuotaNow(6_000, 5_000)
    assert send_cost(1_000, quota, "TW", NOW).is_free
    next_one = send_cost(1_001, quota, "TW", NOW)
    assert (next_one.short, next_one.price) == (1, Decimal("0.2"))


def test_a_chosen_plan_tells_what_a_raised_limit_does_not() -> None:
    high = PlanTable("TW/high")
    raised = QuotaNow(20_000, 5_900)
    assert send_cost(1_000, raised, "TW", NOW).price is None
    cost = send_cost(1_000, raised, "TW", NOW, high)
    assert (cost.short, cost.price, cost.over_limit) == (900, Decimal("180.0"), 0)
    assert send_cost(20_000, raised, "TW", NOW, high).over_limit == 5_900


def test_a_plan_that_sells_extra_has_a_bill_where_line_sets_no_limit() -> None:
    cost = send_cost(10, QuotaNow(None, 6_000), "TW", NOW, PlanTable("TW/high"))
    assert (cost.short, cost.price) == (10, Decimal("2.0"))
    assert send_cost(10, QuotaNow(None, 6_000), "TW", NOW, PlanTable("TW/medium")).is_free


def test_the_owners_prices_stand_in_place_of_the_known_ones() -> None:
    tiers = tiers_from_text("1,000 0.3\n0.1")
    mine = own_plan("TW", "high", 1_500, 6_000, tiers, NOW)
    table = PlanTable().with_own(mine)
    cost = send_cost(2_000, QuotaNow(6_000, 6_000), "TW", NOW, table)
    assert (cost.price, cost.at_most) == (1_000 * Decimal("0.3") + 1_000 * Decimal("0.1"), False)
    assert table.without_own("TW/high") == PlanTable()


def test_thailands_plans_are_the_owners_to_enter() -> None:
    assert send_cost(100, QuotaNow(300, 300), "TH", NOW).price is None
    table = PlanTable().with_own(own_plan("TH", "Basic", 1_280, 300, tiers_from_text("0.1"), NOW))
    cost = send_cost(100, QuotaNow(300, 300), "TH", NOW, table)
    assert (cost.price, cost.currency) == (Decimal("10.0"), "THB")


@given(st.integers(0, 300_000), st.integers(0, 50_000), st.sampled_from(PLANS))
def test_a_months_bill_is_the_fee_and_what_its_sends_added(
    messages: int, first: int, plan: MessagePlan
) -> None:
    day = plan.until or NOW
    first = min(first, messages)
    bill = month_bill(plan, messages)
    if bill is None:
        assert messages > plan.included
        assert not plan.tiers
        return
    table = PlanTable(plan.key)
    added = [
        send_cost(part, QuotaNow(plan.included, used), plan.country, day, table).price or Decimal(0)
        for part, used in ((first, 0), (messages - first, first))
    ]
    assert bill == plan.monthly_fee + sum(added)
    least = month_bill_at_least(plan, messages)
    assert least is not None
    assert least <= bill


def test_the_articles_example_comes_to_its_figures() -> None:
    lesson = trade_lesson()
    assert (lesson.before, lesson.after, lesson.share) == (400_000, 9_000, Decimal("2.25"))
    assert (lesson.plan.monthly_fee, lesson.extra, lesson.bill) == (800, 5_000, Decimal(1_800))
    assert lesson.cost_share == Decimal("3.4")
