"""The classes of a shop: against a plain reckoning over random orders, now and on earlier days; movement, flow, who falls next."""

from __future__ import annotations

import statistics
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core.errors import UserError
from desktop.core.figures.nasl import CLASSES, nasl_class
from desktop.operations.insights import nasl as views
from desktop.operations.insights.questions import Population, Questions
from desktop.store.insights import repurchase as cycles
from desktop.store.insights.walks import order_rows
from desktop.store.insights.walks.classes_over_time import moves, sent_by_class
from tests.unit.operations.insights.figure_shop import FigureShop

START = date(2025, 1, 1)
Orders = list[list[tuple[int, int, bool]]]

ORDERS: st.SearchStrategy[Orders] = st.lists(
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 50), st.booleans()), max_size=7),
    min_size=1,
    max_size=10,
)


def shop_of(people: Orders) -> FigureShop:
    """A shop whose people ordered so: (day from START, amount, counting)."""
    shop = FigureShop()
    for number, orders in enumerate(people):
        person = shop.person(bound=number % 2 == 0)
        for counts in (True, False):
            chosen = [
                (_at(day, amount), float(amount)) for day, amount, counting in orders if counting is counts
            ]
            shop.order(person, chosen, counts=counts)
    return shop


def _at(day: int, amount: int) -> str:
    iso = (START + timedelta(days=day)).isoformat()
    return f"{iso}T{amount % 24:02}:30:00" if amount % 3 else iso


def plain_reckoning(people: Orders, as_of: date, window: float) -> dict[str, tuple[int, float]]:
    """People and revenue by class; "" for those without an order."""
    found: dict[str, list[float]] = {letter: [0, 0.0] for letter in (*CLASSES, "")}
    for orders in people:
        mine = [(START + timedelta(days=day), amount) for day, amount, counting in orders if counting]
        mine = [(day, amount) for day, amount in mine if day <= as_of]
        days = {day for day, _ in mine}
        letter = nasl_class(len(days), max(days) if days else None, as_of, window) or ""
        found[letter][0] += 1
        found[letter][1] += sum(amount for _, amount in mine)
    return {letter: (int(n), revenue) for letter, (n, revenue) in found.items()}


@settings(max_examples=60, deadline=None)
@given(ORDERS, st.integers(0, 210), st.integers(1, 80).map(lambda half: half / 2))
def test_classes_of_any_day_equal_a_plain_reckoning(people: Orders, day: int, cycle: float) -> None:
    shop = shop_of(people)
    as_of = START + timedelta(days=day)
    found = views.nasl(shop.db, as_of=as_of, cycle=max(1.0, cycle))
    if found.as_of is None:
        assert not any(counting for orders in people for _, _, counting in orders)
        return
    expected = plain_reckoning(people, as_of, 3 * max(1.0, cycle))
    assert {one.letter: (one.people, one.revenue) for one in found.classes} == {
        letter: expected[letter] for letter in CLASSES
    }
    assert found.never.people == expected[""][0]
    for one in [*found.classes, found.never]:
        count = one if not isinstance(one, views.NaslClass) else None
        query, people_in = (count.query, count.people) if count else (one.query, one.people)
        assert query is None or shop.count(query) == people_in


def class_of(orders: list[tuple[int, int, bool]], day: date, window: float) -> str:
    """The class of somebody who ordered so at the end of a day; "" before her first order."""
    days = {START + timedelta(days=at) for at, _, counting in orders if counting}
    before = {one for one in days if one <= day}
    return nasl_class(len(before), max(before, default=None), day, window) or ""


@settings(max_examples=25, deadline=None)
@given(ORDERS, st.integers(1, 120).map(lambda half: half / 2), st.integers(1, 3), st.sampled_from(Population))
def test_movement_and_sends_equal_a_plain_reckoning(
    people: Orders, window: float, at_a_time: int, population: Population
) -> None:
    shop = shop_of(people)
    counted = people[::2] if population is Population.BOUND else people
    who = Questions(shop.db).sql(population.query)
    days = [date(2025, month, 1) - timedelta(days=1) for month in (2, 3, 4, 5)]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(order_rows, "PEOPLE_AT_A_TIME", at_a_time)
        moved = moves(shop.db, days, window, who)
        sizes, spent = sent_by_class(shop.db, days, date(2025, 5, 20), window, who)
    expected = Counter((day, class_of(orders, day, window)) for day in days for orders in counted)
    assert (
        Counter(moved.counts) == Counter(sizes) == Counter({key: n for key, n in expected.items() if key[1]})
    )
    flow = Counter(tuple(class_of(orders, day, window) for day in days[-2:]) for orders in counted)
    assert moved.flow == {key: n for key, n in flow.items() if key[1]}
    revenue = dict.fromkeys(["", *CLASSES], 0)
    for orders in counted:
        for at, amount, counting in orders:
            began = max((day for day in days if day < START + timedelta(days=at)), default=None)
            if counting and began is not None and START + timedelta(days=at) <= date(2025, 5, 20):
                revenue[class_of(orders, began, window)] += amount
    assert spent == revenue


@settings(max_examples=25, deadline=None)
@given(ORDERS, st.integers(0, 200))
def test_gaps_up_to_an_earlier_day_leave_out_what_came_later(people: Orders, day: int) -> None:
    shop = shop_of(people)
    expected: Counter[int] = Counter()
    for orders in people:
        days = sorted({at for at, _, counting in orders if counting and at <= day})
        expected.update(later - earlier for earlier, later in pairwise(days))
    found = cycles.gaps(shop.db, START + timedelta(days=day))
    assert Counter(dict(found.histogram) if found else {}) == expected


@settings(max_examples=40, deadline=None)
@given(ORDERS)
def test_gaps_are_those_between_order_days_of_one_person(people: Orders) -> None:
    shop = shop_of(people)
    expected: Counter[int] = Counter()
    for orders in people:
        days = sorted({day for day, _, counting in orders if counting})
        expected.update(later - earlier for earlier, later in pairwise(days))
    found = cycles.gaps(shop.db)
    assert Counter(dict(found.histogram) if found else {}) == expected
    if expected:
        assert views.gap_histogram(shop.db).median == statistics.median(expected.elements())


@pytest.fixture
def regular() -> FigureShop:
    """Forty people who came every ten days, three times; one who came once long ago, one who came once lately, one of unknown name
    a day later than all."""
    shop = FigureShop()
    for number in range(40):
        first = START + timedelta(days=number)
        days = [first + timedelta(days=10 * visit) for visit in range(3)]
        shop.person([(day.isoformat(), 100.0) for day in days], bound=number % 2 == 0)
    shop.person([("2025-01-02", 7)])
    shop.person([("2025-02-25", 9)])
    shop.order(None, [("2025-03-01T08:00:00", 50)])
    return shop


def test_the_reference_day_is_the_last_order_day_in_the_data(regular: FigureShop) -> None:
    found = views.nasl(regular.db)
    assert found.repurchase is not None
    assert (found.repurchase.cycle_days, found.repurchase.window_days) == (10, 30)
    assert found.as_of == date(2025, 3, 1)
    # Inside are last orders from the 30th of January on: the people whose first day is the 10th or later.
    assert {one.letter: one.people for one in found.classes} == {"N": 1, "A": 31, "S": 9, "L": 1}
    assert {one.letter: one.revenue for one in found.classes} == {"N": 9, "A": 9300, "S": 2700, "L": 7}


def test_every_number_of_the_view_opens_its_people(regular: FigureShop) -> None:
    for population in Population:
        found = views.nasl(regular.db, population)
        for one in found.classes:
            assert regular.count(one.query or "id:none") == one.people
        assert regular.count(found.buyers.query or "") == found.buyers.people
        assert regular.count(found.never.query or "") == found.never.people
        assert found.buyers.people == sum(one.people for one in found.classes)


def test_who_falls_next_falls_on_that_day(regular: FigureShop) -> None:
    found = views.falling_next(regular.db, days=5)
    assert found is not None
    assert found.until == date(2025, 3, 6)
    assert [day for day, _, _ in found.days] == [date(2025, 3, day) for day in (2, 3, 4, 5, 6)]
    for day, count, _ in found.days:
        assert regular.count(count.query or "") == count.people == 1
        inside = views.nasl(regular.db, as_of=day - timedelta(days=1), cycle=10)
        outside = views.nasl(regular.db, as_of=day, cycle=10)
        active = [next(one.people for one in view.classes if one.letter == "A") for view in (inside, outside)]
        assert active[0] - active[1] == 1
    assert regular.count(found.total.query or "") == found.total.people == 5
    assert [one.falls_on for one in found.people] == [day for day, _, _ in found.days]


def test_movement_ends_where_the_view_stands(regular: FigureShop) -> None:
    moved = views.movement(regular.db, months=3)
    now = views.nasl(regular.db)
    assert moved is not None
    assert [one.day for one in moved.months] == [date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 1)]
    assert dict(moved.months[-1].people) == {one.letter: one.people for one in now.classes}
    for one in moved.months:
        then = views.nasl(regular.db, as_of=one.day, cycle=10)
        assert dict(one.people) == {each.letter: each.people for each in then.classes}
    came = Counter(dict.fromkeys(CLASSES, 0))
    for (_, after), people in moved.flow.items():
        came[after] += people
    assert dict(came) == dict(moved.months[-1].people)
    assert moved.flow["A", "S"] == 1


def test_too_few_gaps_are_said_and_the_owner_may_choose() -> None:
    shop = FigureShop()
    shop.person([("2025-01-01", 1), ("2025-01-11", 1)])
    found = views.nasl(shop.db)
    assert (found.repurchase, found.gaps, found.classes) == (None, 1, ())
    assert views.movement(shop.db) is None
    assert views.falling_next(shop.db) is None
    own = views.set_cycle(shop.db, window_days=9)
    assert own is not None
    assert (own.window_days, own.chosen) == (9, True)
    assert [one.people for one in views.nasl(shop.db).classes] == [0, 1, 0, 0]
    assert views.set_cycle(shop.db) is None
    for wrong in (0, -3, 4_000):
        with pytest.raises(UserError):
            views.set_cycle(shop.db, cycle_days=wrong)


def test_a_cycle_of_one_item(regular: FigureShop) -> None:
    for order in (1, 3):
        regular.db.run("INSERT INTO order_item (order_id, line, item) VALUES (?, 1, '拿鐵')", (order,))
    assert views.items_bought(regular.db) == (("拿鐵", 2),)
    found = views.gap_histogram(regular.db, "拿鐵")
    assert (dict(found.histogram), found.enough) == ({20: 1}, False)


def test_what_is_kept_is_told_anew_when_orders_change(regular: FigureShop) -> None:
    before = cycles.repurchase(regular.db)
    assert before is not None
    assert cycles.repurchase(regular.db) == before
    regular.order(regular.last, [("2025-03-05", 1)])
    after = cycles.repurchase(regular.db)
    assert after is not None
    assert (after.as_of, after.gaps) == (date(2025, 3, 5), before.gaps + 1)


def test_a_transaction_sees_its_own_orders_and_a_rollback_none(regular: FigureShop) -> None:
    before = cycles.repurchase(regular.db)
    assert before is not None

    def come_back_and_fail() -> None:
        with regular.db.transaction():
            regular.order(regular.last, [("2025-03-05", 1)])
            inside: Any = cycles.repurchase(regular.db)
            assert inside.gaps == before.gaps + 1
            raise RuntimeError

    with pytest.raises(RuntimeError):
        come_back_and_fail()
    assert cycles.repurchase(regular.db) == before


def test_what_a_view_answered_is_kept_until_the_shop_changes(regular: FigureShop) -> None:
    first = views.nasl(regular.db)
    assert views.nasl(regular.db) is first
    assert views.nasl(regular.db, Population.BOUND) is not first
    regular.person([("2025-02-28", 5)])
    second = views.nasl(regular.db)
    assert [one.people for one in second.classes] == [2, 31, 9, 1]
    with regular.db.transaction():
        regular.person([("2025-02-28", 5)])
        assert views.nasl(regular.db).classes[0].people == 3


def test_items_bought_most_count_an_order_once_and_only_orders_that_count() -> None:
    shop = FigureShop()
    shop.person([("2025-01-01", 1), ("2025-01-02", 1), ("2025-01-03", 1)])
    shop.order(shop.last, [("2025-01-04", 1)], counts=False)
    shop.order(None, [("2025-01-05", 1)])
    lines = {
        1: ["拿鐵", "美式", "拿鐵", ""],
        2: ["美式", None, "美式"],
        3: ["可頌"],
        4: ["可頌"],
        5: ["可頌"],
    }
    for order, items in lines.items():
        rows = [(order, line, item) for line, item in enumerate(items)]
        shop.db.many("INSERT INTO order_item (order_id, line, item) VALUES (?, ?, ?)", rows)
    assert views.items_bought(shop.db) == (("美式", 2), ("可頌", 1), ("拿鐵", 1))
    assert views.items_bought(shop.db, 1) == (("美式", 2),)
