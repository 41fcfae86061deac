"""The published figures of the trade come out of a shop built for them, and the two readings of 綁定率 stay apart."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.core.figures.rate import Rate
from desktop.operations.insights.cohorts import cohorts
from desktop.operations.insights.funnel import funnel, set_target
from desktop.operations.insights.growth import growth
from desktop.store.insights.targets import Target
from tests.unit.operations.insights.figure_shop import FigureShop

DAY = date(2025, 12, 31)


@pytest.fixture
def published() -> FigureShop:
    """The trade's example, one person for a hundred: bound 250 → 400, friends 400 → 600 (LINE's figures), 220 new friends in the
    year of whom 143 are bound; seven older friends were bound in the year, too."""
    shop = FigureShop()
    shop.people(250, friend_at="2024-03-01", bound_at="2024-03-05", joined_at="2024-03-05")
    shop.people(7, friend_at="2024-06-01", bound_at="2025-02-02", joined_at="2025-02-02")
    shop.people(143, friend_at="2025-05-05", bound_at="2025-05-20", joined_at="2025-05-20")
    shop.people(77, friend_at="2025-05-06", bound=False, member_no=None)
    shop.line(date(2024, 12, 31), 430, 30)
    shop.line(DAY, 660, 60)
    return shop


def test_the_trades_figures(published: FigureShop) -> None:
    found = funnel(published.db, DAY)
    rates = {one.id: one for one in found.rates}
    stock = rates["binding"].rate
    assert (stock.part, stock.whole) == (400, 600)
    assert round(100 * (stock.value or 0), 1) == 66.7
    assert (rates["new_friend_binding"].rate.part, rates["new_friend_binding"].rate.whole) == (143, 220)
    assert rates["new_friend_binding"].rate.value == pytest.approx(0.65)
    assert (rates["recruiting"].rate.part, rates["recruiting"].rate.whole) == (150, 200)
    assert rates["recruiting"].rate.value == pytest.approx(0.75)
    assert growth(published.db, DAY).rate("bound") == pytest.approx(0.6)
    assert growth(published.db, DAY).rate("line_friends") == pytest.approx(0.5)
    before = rates["binding"].before
    assert before is not None
    assert (before.part, before.whole) == (250, 400)
    assert rates["binding"].change == pytest.approx(400 / 600 - 250 / 400)


def test_friends_are_lines_figure_where_it_is_known(published: FigureShop) -> None:
    step = funnel(published.db, DAY).steps[0]
    assert (step.people, step.by_line, step.query) == (600, True, None)
    published.db.run("DELETE FROM line_day")
    step = funnel(published.db).steps[0]
    assert (step.people, step.by_line) == (477, False)
    assert published.count(step.query or "") == 477


def test_without_lines_figures_nothing_is_called_binding_rate(published: FigureShop) -> None:
    published.db.run("DELETE FROM line_day")
    found = funnel(published.db, DAY)
    assert found.rate("binding") is None
    assert found.rate("list_binding") is not None
    recruiting = found.rate("recruiting")
    assert recruiting is not None
    assert (recruiting.rate.part, recruiting.rate.whole) == (150, 220)


def test_cohorts_ask_a_month_about_itself(published: FigureShop) -> None:
    by_now = cohorts(published.db, DAY)
    assert (by_now.total.part, by_now.total.whole) == (143, 220)
    may = next(one for one in by_now.months if one.month == "2025-05")
    assert (may.rate.part, may.rate.whole) == (143, 220)
    assert published.count(may.rate.query or "") == 143
    assert published.count(may.rate.whole_query or "") == 220
    soon = cohorts(published.db, DAY, within=7)
    assert soon.total.part == 0
    # From the 5th to the 20th are fifteen days.
    assert cohorts(published.db, DAY, within=30).total.part == 143


def test_a_cohort_is_bound_within_days_to_the_day() -> None:
    shop = FigureShop()
    shop.person(friend_at="2025-03-01", bound_at="2025-03-08T23:59:00")
    shop.person(friend_at="2025-03-01T10:00:00", bound_at="2025-03-09")
    shop.person(friend_at="2025-03-01")
    found = cohorts(shop.db, date(2025, 3, 31), within=7, months=1)
    # Whose day of binding is not known is taken to be bound when she became a friend.
    assert (found.total.part, found.total.whole, found.binding_day_unknown) == (2, 3, 1)
    assert not found.months[0].complete
    assert cohorts(shop.db, date(2025, 4, 7), within=7, months=2).months[0].complete


def test_first_and_repeat_purchase_count_bound_people_and_days() -> None:
    shop = FigureShop()
    shop.person()
    shop.person([("2025-01-05", 100)])
    shop.person([("2025-01-05T09:00:00", 100), ("2025-01-05T18:00:00", 0)])
    shop.person([("2025-01-05", 100), ("2025-02-05", 0)])
    shop.person([("2025-01-05", 100), ("2025-02-05", 100)], bound=False)
    cancelled = shop.person()
    shop.order(cancelled, [("2025-01-09", 999)], counts=False)
    found = funnel(shop.db)
    assert [step.people for step in found.steps] == [5, 5, 3, 1]
    for step in found.steps:
        assert shop.count(step.query or "") == step.people
    first, repeat = found.rate("first_purchase"), found.rate("repeat_purchase")
    assert first is not None
    assert repeat is not None
    assert (first.rate.part, first.rate.whole) == (3, 5)
    assert (repeat.rate.part, repeat.rate.whole) == (1, 3)


def test_a_statement_of_a_members_file_counts_where_there_are_no_orders() -> None:
    shop = FigureShop()
    shop.person(
        stated_orders=3, stated_total=900, stated_first_order="2025-01-01", stated_last_order="2025-05-05"
    )
    shop.person(stated_orders=1, stated_total=10)
    found = funnel(shop.db)
    assert [step.people for step in found.steps] == [2, 2, 2, 1]
    for step in found.steps:
        assert shop.count(step.query or "") == step.people


def test_only_orders_after_binding() -> None:
    shop = FigureShop()
    shop.person([("2025-01-01", 1), ("2025-03-01", 1)], bound_at="2025-02-01")
    shop.person([("2025-01-01", 1), ("2025-01-20", 1)], bound_at="2025-02-01")
    shop.person([("2025-02-01", 1), ("2025-03-01", 1)], bound_at="2025-02-01T20:00:00")
    shop.person([("2025-02-05", 1), ("2025-03-01", 1)])
    found = funnel(shop.db, after_binding=True)
    assert [step.people for step in found.steps][1:] == [4, 2, 1]
    assert found.binding_day_unknown == 1
    assert [step.people for step in funnel(shop.db).steps][1:] == [4, 4, 4]


def test_an_earlier_day_knows_nothing_of_what_came_later() -> None:
    shop = FigureShop()
    shop.person([("2025-01-01", 1), ("2025-03-01", 1), ("2025-06-01", 1)], bound_at="2024-12-01")
    shop.person([("2025-01-01", 1), ("2025-06-01", 1)], bound_at="2024-12-01")
    shop.person([("2025-05-01", 1)], bound_at="2024-12-01")
    shop.person([("2025-01-01", 1), ("2025-01-02", 1)], bound_at="2025-05-01")
    found = funnel(shop.db, date(2025, 4, 1))
    assert [step.people for step in found.steps][1:] == [3, 2, 1]


def test_a_target_and_its_gap(published: FigureShop) -> None:
    set_target(published.db, "binding", Target(0.75, date(2026, 6, 30)))
    found = funnel(published.db, DAY).rate("binding")
    assert found is not None
    assert (found.gap, found.target) == (50, Target(0.75, date(2026, 6, 30)))
    set_target(published.db, "binding", None)
    again = funnel(published.db, DAY).rate("binding")
    assert again is not None
    assert again.gap is None
    with pytest.raises(ValueError, match="no target"):
        set_target(published.db, "binding", Target(1.5))


def test_an_empty_shop_has_a_funnel_of_nobody() -> None:
    found = funnel(FigureShop().db)
    assert [step.people for step in found.steps] == [0, 0, 0, 0]
    assert found.data_until is None
    assert all(one.rate == Rate(0, 0, one.rate.query, one.rate.whole_query) for one in found.rates)
