"""Random conditions over random small shops: the SQL finds whom plain Python finds, and so does the picture of the people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.people.condition import (
    Ago,
    And,
    Condition,
    Day,
    MonthDay,
    Named,
    Not,
    Op,
    Or,
    Period,
    Term,
    Word,
)
from desktop.core.people.fields import OF_A_PERIOD
from desktop.core.people.query.mistake import QueryMistake
from desktop.core.people.query_text import parse, to_text
from desktop.core.people.tree_editing import valid
from desktop.store.condition_sql import count, ids
from desktop.store.database import Database
from tests.unit.store.slow_conditions import Order, Person, World, fold, matching
from tests.unit.store.small_shops import at, cycle_of, empty_shop, furnish, have_picture

TODAY = date(2026, 3, 31)
TEXTS = [
    "王小明",
    "wang",
    "ＷＡＮＧ",
    "Straße",
    "STRASSE",
    "ｶﾌｪ",
    "カフェ",
    "50%",
    "5_0",
    "back\\slash",
    '"hi"',
    "e\u0301té",
    "été",
    "İi",
    "拿鐵",
    "抹茶拿鐵",
    "拿鐵、美式",
    "VIP",
    "ＶＩＰ",
    "VVIP",
    "none",
    "5",
    "５",
    "0912",
    "678",
    "中山店",
    "中山",
]
PHONES = ["+886912345678", "+886987654321", "+886223456789", "+81312345678", "+85291234567"]
PHONE_PARTS = [
    "0912-345-678",
    "+886 912",
    "(02)2345",
    "678",
    "０９１２",
    "00886912",
    "886",
    "8860912",
    "3",
    "09",
    "+81",
]
DAYS = [(TODAY - timedelta(days=days)).isoformat() for days in (0, 1, 30, 31, 59, 60, 61, 90, 365, 366, -1)]
MOMENTS = [*DAYS, *(f"{day}T{time}" for day in DAYS[:7] for time in ("00:00:00", "23:59:59"))]
BIRTHDAYS = ["1996-03-31", "--03-31", "2000-02-29", "1990-12-25", "--04-01", "1990-01-05", "2024-03-30"]
CATEGORIES = ("level", "store", "source")
FREE_TEXTS = ("name", "line_name", "note", "email", "item")
MOMENT_FIELDS = ("friend_at", "joined_at", "bound_at")
STATES = ("do_not_send", "friend", "shop_member", "bound", "uploadable")
NULLABLE_STATES = ("consent", "blocked", "reachable")
NUMBERS = ("points", "orders", "order_days", "total", "tag_count", "id", "bound_order_days")
FILES = ("名單.xlsx", "名單 2.xlsx", "ORDERS.csv", "12")
AUDIENCES = ("熟客", "VIP 媽媽")
COLUMNS = ("口味", 'a"b', "年資", "到期")
ASKED = (
    *FREE_TEXTS,
    *CATEGORIES,
    *MOMENT_FIELDS,
    *STATES,
    *NULLABLE_STATES,
    *NUMBERS,
    *("member_no", "phone", "line_user_id", "gender", "birthday", "birthday_month", "tag"),
    *("first_order", "last_order", "ordered_at", "order_store", "nasl", "import", "audience"),
)

NUMBER_VALUES = (-5, 0, 1, 2, 2.5, 100, 1000)
COMPARISONS = (Op.EQ, Op.GT, Op.GE, Op.LT, Op.LE)
EITHER = (Op.HAS, Op.EQ)
USER_IDS = tuple(f"U{digit * 32}" for digit in "0af")


class Chance:
    """Draws shops and conditions; a few texts at a time, so that they meet."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.one = self.random.choice
        self.texts = self.random.sample(TEXTS, 6)
        self.names: list[str] = []

    def world(self) -> World:
        files = dict(zip(range(1, 5), self.random.sample(FILES, 4), strict=True))
        world = World(self.people(), TODAY, imports=files, undone={5: "名單.xlsx"})
        world.window = self.one((30, 59.5, 60, 400))
        world.as_of = self.one((TODAY, TODAY - timedelta(days=1)))
        for name in AUDIENCES:
            # An audience may ask for those before it, but not for all there are: that would hold itself.
            drawn = (without_all_audiences(self.condition(2)) for _ in range(100))
            world.audiences[name] = next(filter(can_be_saved, drawn))
            self.names.append(name)
        return world

    def steps(self, most: int) -> tuple[int, ...]:
        return tuple(set(self.some(lambda: self.random.randint(1, 5), most)))

    def text(self) -> str:
        return self.one(self.texts)

    def some(self, draw: Callable[[], Any], most: int) -> list[Any]:
        return [draw() for _ in range(self.random.randint(0, most))]

    def people(self) -> list[Person]:
        numbers = sorted(self.random.sample(range(1, 50), self.random.randint(0, 12)))
        found = [
            Person(
                number, self.fields(), self.extra(), self.tags(), self.orders(), self.steps(1), self.steps(1)
            )
            for number in numbers
        ]
        # Member numbers and user IDs are unique in a shop.
        for name, values in (("member_no", ["A001", "a1", "A_1", "5"]), ("line_user_id", [*USER_IDS])):
            for person, value in zip(self.random.sample(found, len(found)), values, strict=False):
                person.fields[name] = value
        return found

    def fields(self) -> dict[str, Any]:
        one = self.one
        known = {name: self.text() for name in ("name", "line_name", "note", *CATEGORIES)}
        known |= {name: one(MOMENTS) for name in MOMENT_FIELDS}
        known |= {name: one(DAYS) for name in ("first_order", "last_order")}
        known |= {name: one((0, 1)) for name in ("consent", "blocked", "friend", "do_not_send")}
        known |= {name: one((0, 1, 2)) for name in ("orders", "order_days")}
        known |= {
            "created_step": one((1, 2, 5)),
            "points": one((-5, 0, 1, 2.5, 1000)),
            "total": one((0, 99.5, 100, 5000)),
            "email": one(("wang@a.tw", "lee_5%@b.tw")),
            "phone": one(PHONES),
            "birthday": one(BIRTHDAYS),
            "gender": one(("male", "female", "other")),
        }
        return {name: value for name, value in known.items() if self.random.random() < 0.7}

    def extra(self) -> dict[str, Any]:
        known = {
            "口味": self.text(),
            'a"b': self.text(),
            "年資": self.one(("5", 5, 2.5, "1,200", "12-3", "三", "")),
            "到期": self.one((*DAYS[:4], "2026/03/31", "2026-03", "明天")),
        }
        return {name: value for name, value in known.items() if self.random.random() < 0.7}

    def tags(self) -> tuple[str, ...]:
        return tuple({fold(tag): tag for tag in self.some(self.text, 3)}.values())

    def orders(self) -> tuple[Order, ...]:
        def order() -> Order:
            moment = self.one((None, *MOMENTS))
            return Order(
                moment,
                self.one((0, 1, 1)),
                self.one((None, self.text())),
                tuple(self.some(self.text, 2)),
                self.one((None, 0, 99.5, 0.1, 0.2, 1000)),
                self.one(("order", "order", "visit")),
                self.one((None, None, 3)),
                self.one((None, None, 4)),
            )

        return tuple(self.some(order, 3))

    def condition(self, depth: int = 0) -> Condition:
        kind = self.random.random()
        if depth > 3 or kind < 0.5:
            return self.term()
        if kind < 0.65:
            return Not(self.condition(depth + 1))
        parts = tuple(self.some(lambda: self.condition(depth + 1), 3))
        return And(parts) if kind < 0.8 else Or(parts)

    def term(self) -> Term | Word:
        kind = self.random.random()
        if kind < 0.1:
            return Word(self.one((*self.texts, *PHONE_PARTS, "a", "王", "鐵", "tw", "\\", "_")))
        if kind < 0.2:
            name = self.one((*ASKED, *COLUMNS))
            return Term(name, self.one((Op.NONE, Op.ANY)), extra=name in COLUMNS)
        if kind < 0.35:
            return self.term_of_a_period()
        if kind < 0.65:
            return self.named_term()
        return self.measured_term()

    def term_of_a_period(self) -> Term:
        name = self.one(OF_A_PERIOD)
        if self.random.random() < 0.2:
            term = Term(name, self.one((Op.NONE, Op.ANY)))
        elif name in ("item", "order_store"):
            term = Term(name, self.one(EITHER), self.text())
        else:
            term = self.compared(name, lambda: self.one((0, 1, 2, 99.5, 0.3, 1000)))
        low, high = self.date(), self.date()
        ends = ((low, low), (low, high), (None, high), (low, None))
        return replace(term, period=Period(*self.one(ends)))

    def named_term(self) -> Term:
        one = self.one
        name = one((*ASKED, *COLUMNS))
        if name in COLUMNS:
            return Term(name, one(EITHER), self.text(), extra=True)
        if name in (*FREE_TEXTS, *CATEGORIES, "order_store"):
            return Term(name, one(EITHER), self.text())
        if name == "phone":
            whole = ("0912-345-678", "+886 912345678", "886912345678", "912345678")
            return one((Term(name, Op.HAS, one(PHONE_PARTS)), Term(name, Op.EQ, one(whole))))
        words = {
            "tag": self.texts,
            "member_no": ("A001", "a001", "A1", "a_1", "５", "A%"),
            "line_user_id": (*USER_IDS, *map(str.upper, USER_IDS)),
            "gender": ("male", "female", "other"),
            "nasl": tuple("NASL"),
            "import": (*FILES, *range(1, 7), "名單", "orders.CSV", "沒有"),
            "audience": tuple(self.names),
            **dict.fromkeys(STATES, ("yes", "no")),
            **dict.fromkeys(NULLABLE_STATES, ("yes", "no", "unknown")),
        }
        if not words.get(name):
            return self.measured_term()
        value = one(words[name])
        op = one(EITHER) if name == "import" and isinstance(value, str) else Op.HAS
        return Term(name, op, value)

    def measured_term(self) -> Term:
        name = self.one(
            (*NUMBERS, *MOMENT_FIELDS, "first_order", "last_order", "ordered_at", "birthday", "年資", "到期")
        )
        if name == "birthday":
            return self.birthday_term()
        if name in (*NUMBERS, "年資"):
            return self.compared(name, lambda: self.one(NUMBER_VALUES))
        return self.compared(name, self.age_or_day if name == "到期" else self.date)

    def birthday_term(self) -> Term:
        kind = self.one(range(5))
        if kind == 0:
            word = self.one(("today", "yesterday", "this_month", "last_month", "next_month", "this_year"))
            return Term("birthday", Op.EQ, Named(word))
        if kind == 1:
            ends = [MonthDay(self.one((1, 3, 12)), self.one((5, 25, 31))) for _ in range(2)]
            return self.one((Term("birthday", Op.EQ, MonthDay(3, 31)), Term("birthday", Op.RANGE, *ends)))
        if kind == 2:
            return self.compared("birthday_month", lambda: self.random.randint(1, 12))
        if kind == 3:
            return Term("birthday_month", Op.EQ, Named(self.one(("this_month", "last_month", "next_month"))))
        return self.compared("birthday", self.age_or_day)

    def compared(self, name: str, value: Callable[[], Any]) -> Term:
        extra = name in COLUMNS
        if self.random.random() < 0.7:
            return Term(name, self.one(COMPARISONS), value(), extra=extra)
        low, high = self.one(((value(), value()), (None, value()), (value(), None)))
        return Term(name, Op.RANGE, low, high, extra)

    def age_or_day(self) -> Day | Ago:
        day = Day(*map(int, self.one(DAYS).split("-")))
        age = Ago(self.one((0, 1, 2, 30, 60, 61)), self.one("ddwmy"))
        return self.one((day, Day(2026, 3), Day(2025), age, age))

    def date(self) -> Day | Ago | Named:
        word = self.one(("today", "yesterday", "this_month", "last_month", "this_year", "last_year"))
        return self.one((self.age_or_day(), self.age_or_day(), Named(word)))


@pytest.fixture(scope="module")
def memory_db() -> Iterator[Database]:
    db = empty_shop()
    yield db
    db.close()


def can_be_saved(condition: Condition) -> bool:
    """Whether query text has a form for it: a range that ends before it begins has none."""
    try:
        return parse(to_text(condition), extra_columns=None) == valid(condition)
    except QueryMistake:
        return False


def without_all_audiences(condition: Condition) -> Condition:
    """Terms that ask for some or no audience at all made to ask for a tag."""
    match condition:
        case And(parts) | Or(parts):
            return type(condition)(tuple(map(without_all_audiences, parts)))
        case Not(part):
            return Not(without_all_audiences(part))
        case Term("audience", Op.NONE | Op.ANY as op):
            return Term("tag", op)
    return condition


@given(seed=st.integers(0, 2**32))
def test_sql_and_the_picture_find_whom_python_finds(memory_db: Database, seed: int) -> None:
    chance = Chance(seed)
    world = chance.world()
    context = at(furnish(memory_db, world), datetime(2026, 3, 31, 12), cycle_of(world))
    expected = {
        condition: matching(world, condition) for condition in (chance.condition() for _ in range(50))
    }
    for condition, people in expected.items():
        assert list(ids(memory_db, condition, context=context)) == people, condition
        assert count(memory_db, condition, context) == len(people)
    have_picture(memory_db)
    for condition, people in expected.items():
        assert list(ids(memory_db, condition, context=context)) == people, condition
        assert count(memory_db, condition, context) == len(people)


@given(seed=st.integers(0, 2**32))
def test_a_term_and_its_negation_divide_the_people(memory_db: Database, seed: int) -> None:
    chance = Chance(seed)
    world = chance.world()
    context = at(furnish(memory_db, world), datetime(2026, 3, 31, 12), cycle_of(world))
    for _ in range(50):
        term = chance.term()
        matched, others = (set(ids(memory_db, c, context=context)) for c in (term, Not(term)))
        assert matched | others == {person.id for person in world.people}, term
        assert not matched & others, term
