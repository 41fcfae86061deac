"""What those sent to and those held out bought since, and how much of the difference is said."""

from __future__ import annotations

from math import sqrt
from random import Random
from statistics import mean, variance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.figures.hold_out import Comparison, GroupOutcome, compare
from desktop.operations.audiences import comparing
from desktop.operations.history import undoing
from desktop.operations.people import merging
from desktop.operations.people.merging import MergeChoice
from desktop.store.audience_history import hold_out
from desktop.store.audience_history.outcomes import outcomes
from desktop.store.database import Database
from tests.unit.store.audience_history.small_audience import add_audience, add_people, freeze, held_out


def _group(spent: list[float]) -> GroupOutcome:
    return GroupOutcome(
        len(spent),
        sum(value > 0 for value in spent),
        len(spent),
        sum(spent),
        sum(value * value for value in spent),
    )


def test_with_few_people_or_buyers_nothing_is_said() -> None:
    many = _group([100.0] * 40)
    assert compare(many, _group([100.0] * 29)) == Comparison("too_few", 0.0)
    assert compare(_group([0.0] * 500), many).verdict == "too_few"
    assert compare(many, GroupOutcome()).verdict == "too_few"
    assert compare(GroupOutcome(), GroupOutcome()) == Comparison("too_few", 0.0)


@pytest.mark.parametrize(("people", "quantile"), [(31, 2.0003), (61, 1.9799)])
def test_the_interval_is_welchs(people: int, quantile: float) -> None:
    # Two groups with the same spread have twice (people - 1) degrees of freedom: 60 and 120 in the tables of Student's t.
    one = [float(10 + 3 * (place % 7) + (30 if place % 5 == 0 else 0)) for place in range(people)]
    other = [value + 7 for value in one]
    found = compare(_group(one), _group(other))
    error = sqrt((variance(one) + variance(other)) / people)
    assert found.difference == pytest.approx(mean(one) - mean(other)) == pytest.approx(-7)
    assert found.low == pytest.approx(-7 - quantile * error, abs=2e-4 * error)
    assert found.high == pytest.approx(-7 + quantile * error, abs=2e-4 * error)


@given(st.randoms(use_true_random=False), st.integers(0, 4))
def test_a_difference_is_only_claimed_beyond_chance(chance: Random, extra: int) -> None:
    sent = _group([chance.choice([0.0, 100.0]) + extra * 60 for _ in range(60)])
    held = _group([chance.choice([0.0, 100.0]) for _ in range(60)])
    found = compare(sent, held)
    if found.verdict == "too_few":
        assert min(sent.buyers, held.buyers) < 5
        return
    assert found.low is not None
    assert found.high is not None
    assert found.low <= found.difference <= found.high
    expected = "more" if found.low > 0 else "less" if found.high < 0 else "chance"
    assert found.verdict == expected


def _order(db: Database, person: int, day: str, amount: float, counts: int = 1) -> None:
    db.run(
        "INSERT INTO shop_order (person_id, ordered_at, amount, counts) VALUES (?, ?, ?, ?)",
        (person, day, amount, counts),
    )


def _shop(db: Database) -> tuple[int, int, list[int], list[int]]:
    with db.transaction():
        add_people(db, range(1, 101))
        audience = add_audience(db)
        hold_out.set_percent(db, audience, 20)
        upload = freeze(db, audience)
    held = sorted(held_out(db, audience))
    return audience, upload, sorted(set(range(1, 101)) - set(held)), held


def test_only_counting_orders_since_the_day_of_the_upload_count(shop_db: Database) -> None:
    audience, upload, sent, held = _shop(shop_db)
    with shop_db.transaction():
        _order(shop_db, sent[0], "2026-11-07", 1_000)
        _order(shop_db, sent[0], "2026-11-08T09:00", 100)
        _order(shop_db, sent[0], "2026-11-20", 50)
        _order(shop_db, sent[1], "2026-11-20", 70, counts=0)
        _order(shop_db, held[0], "2026-11-09", 30)
        _order(shop_db, held[1], "2026-11-01", 30)
    first, other = outcomes(shop_db, [upload])
    assert first == GroupOutcome(len(sent), 1, 2, 150.0, 22_500.0)
    assert other == GroupOutcome(len(held), 1, 1, 30.0, 900.0)
    result = comparing.hold_out_result(shop_db, audience)
    assert result is not None
    assert result.comparison.verdict == "too_few"


def test_a_merge_and_its_undo_move_nobody_to_the_other_group(shop_db: Database) -> None:
    _, upload, sent, held = _shop(shop_db)
    with shop_db.transaction():
        add_people(shop_db, [500])
        _order(shop_db, held[0], "2026-11-09", 30)
        _order(shop_db, sent[0], "2026-11-09", 100)
    merging.merge(shop_db, [MergeChoice(500, held[0])])
    merging.merge(shop_db, [MergeChoice(sent[1], sent[0])])
    first, other = outcomes(shop_db, [upload])
    assert (first.people, first.revenue, other.people, other.revenue) == (len(sent) - 1, 100, len(held), 30)
    merging.merge(shop_db, [MergeChoice(sent[1], 500)])
    first, other = outcomes(shop_db, [upload])
    assert (first.people, first.revenue, other.people, other.revenue) == (
        len(sent) - 1,
        130,
        len(held) - 1,
        0,
    )
    for _ in range(3):
        undoing.undo(shop_db)
    first, other = outcomes(shop_db, [upload])
    assert (first.people, first.revenue, other.people, other.revenue) == (len(sent), 100, len(held), 30)


def test_an_upload_that_held_nobody_out_has_no_result(shop_db: Database) -> None:
    with shop_db.transaction():
        add_people(shop_db, range(1, 9))
        audience = add_audience(shop_db)
        freeze(shop_db, audience)
    assert comparing.hold_out_result(shop_db, audience) is None
    assert comparing.hold_out_result(shop_db, 999) is None
