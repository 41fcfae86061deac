"""The owner's plans: kept, read again, refused where they make no sense; and when another plan is said to be cheaper."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.figures.message_plans import PlanTable, own_plan, tiers_from_text, tiers_to_text
from desktop.core.figures.plan_advice import advise
from desktop.core.limits import ExtraTier

NOW = date(2026, 11, 21)
TAIWAN = {plan.plan: plan for plan in PlanTable().plans("TW", NOW)}
JAPAN = {plan.plan: plan for plan in PlanTable().plans("JP", NOW)}


def test_the_quota_tells_the_plan_unless_the_owner_does() -> None:
    assert PlanTable().plan_of(3_000, "TW", NOW) == TAIWAN["medium"]
    assert PlanTable().plan_of(4_500, "TW", NOW) is None
    assert PlanTable().plan_of(None, "TW", NOW) is None
    assert PlanTable("TW/high").plan_of(3_000, "TW", NOW) == TAIWAN["high"]
    assert PlanTable("TW/gone").plan_of(3_000, "TW", NOW) == TAIWAN["medium"]


def test_an_owners_plan_is_marked_and_dated() -> None:
    mine = own_plan("TW", "medium", 900, 3_000, (), NOW)
    plans = PlanTable().with_own(mine).plans("TW", NOW)
    assert [(plan.plan, plan.own, plan.monthly_fee) for plan in plans] == [
        ("light", False, 0), ("medium", True, 900), ("high", False, 1_200),
    ]  # fmt: skip
    assert plans[1].read_on == NOW


@pytest.mark.parametrize(
    ("fee", "included", "tiers", "wrong"),
    [
        (-1, 0, "", "fee"),
        (0, -1, "", "included"),
        (0, 0, "-1", "tiers"),
        (0, 0, "5 1\n5 2", "tiers"),
        (0, 0, "0 1", "tiers"),
        (0, 0, "1\n5 2", "tiers"),
    ],
)
def test_prices_that_make_no_sense_are_refused(fee: int, included: int, tiers: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=f"^{wrong}$"):
        own_plan("TW", "x", fee, included, tiers_from_text(tiers), NOW)


@pytest.mark.parametrize("line", ["a", "1 2 3", "1.5 2", "NaN", "5 inf", "1 x"])
def test_a_line_that_is_no_step_is_named(line: str) -> None:
    with pytest.raises(ValueError, match=f"^{line}$"):
        tiers_from_text(f"5 1\n{line}")


def test_steps_are_read_as_people_write_them() -> None:
    assert tiers_from_text("５０，０００：３\n\n 2.8 ") == (
        ExtraTier(50_000, Decimal(3)), ExtraTier(None, Decimal("2.8")),
    )  # fmt: skip


STEPS = st.lists(st.tuples(st.integers(1, 90_000), st.decimals(0, 10, places=3)), max_size=4)


@given(STEPS, st.booleans(), st.integers(0, 100_000), st.integers(0, 100_000))
def test_what_is_kept_is_what_was_entered(
    steps: list[tuple[int, Decimal]], ends: bool, fee: int, included: int
) -> None:
    tiers, bound = [], 0
    for place, (width, price) in enumerate(steps):
        bound += width
        tiers.append(ExtraTier(bound if ends or place < len(steps) - 1 else None, price))
    assert tiers_from_text(tiers_to_text(tiers)) == tuple(tiers)
    table = PlanTable("TH/甲").with_own(own_plan("TH", "甲", fee, included, tiers, NOW))
    assert PlanTable.from_json(json.loads(json.dumps(table.to_json()))) == table


def test_nothing_is_advised_without_months_or_a_plan() -> None:
    assert advise(TAIWAN["medium"], tuple(TAIWAN.values()), []).verdict == "no_months"
    assert advise(None, tuple(TAIWAN.values()), [10]).verdict == "no_plan"


def test_a_plan_that_would_have_been_cheaper_is_named_with_what_it_saves() -> None:
    advice = advise(TAIWAN["high"], tuple(TAIWAN.values()), [2_000, 2_900, 150])
    assert (advice.verdict, advice.other, advice.paid, advice.saves) == (
        "cheaper", TAIWAN["medium"], Decimal(3_600), Decimal(1_200),
    )  # fmt: skip


def test_a_plan_that_could_not_carry_a_month_is_not_advised() -> None:
    advice = advise(TAIWAN["high"], tuple(TAIWAN.values()), [2_000, 3_001])
    assert (advice.verdict, advice.paid) == ("best", Decimal(2_400))


def test_where_the_own_price_is_only_bounded_nothing_is_claimed() -> None:
    other = own_plan("TW", "另一個", 2_000, 50_000, (), NOW)
    plans = (*TAIWAN.values(), other)
    assert advise(TAIWAN["high"], plans, [16_000]).verdict == "unsure"
    certain = advise(
        TAIWAN["high"], (*TAIWAN.values(), own_plan("TW", "便宜", 1_205, 50_000, (), NOW)), [16_000]
    )
    assert (certain.verdict, certain.saves, certain.at_most) == ("cheaper", Decimal("105"), True)


@given(st.lists(st.integers(0, 200_000), min_size=1, max_size=6))
def test_advice_never_costs_more(months: list[int]) -> None:
    advice = advise(JAPAN["standard"], tuple(JAPAN.values()), months)
    if advice.verdict == "cheaper":
        assert advice.saves is not None
        assert advice.saves > 0
        assert advice.other is not None
        assert max(months) <= advice.other.included
    assert advice.paid is not None
