"""Queries over a small shop with people chosen by hand: who is found, in which order, and what a selection holds."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from desktop.core.errors import Cancelled
from desktop.core.people.condition import And, Or, Word
from desktop.core.people.query_text import parse
from desktop.core.people.selection import Selection
from desktop.store.condition_sql import (
    SORTABLE,
    Sort,
    compile_condition,
    count,
    first_screen,
    ids,
    query_context,
    selection_count,
    selection_into,
)
from desktop.store.database import Database
from tests.unit.store.slow_conditions import Order, Person
from tests.unit.store.small_shops import empty_shop, fill

NOON = datetime(2026, 3, 31, 4, tzinfo=UTC)
"""Twelve o'clock in Taipei on the last of March."""


def clock() -> datetime:
    return NOON


MEI = {
    "name": "林美玲",
    "member_no": "A001",
    "phone": "+886912345678",
    "email": "mei@gmail.com",
    "line_user_id": "U" + "a" * 32,
    "gender": "female",
    "birthday": "1990-03-31",
    "level": "金卡",
    "store": "中山店",
    "source": "官網",
    "points": 1200,
    "consent": 1,
    "blocked": 0,
    "friend": 1,
    "friend_at": "2025-12-31T23:59:59",
    "joined_at": "2025-11-02",
    "bound_at": "2026-01-01T00:00:00",
    "note": "喜歡靠窗",
    "orders": 2,
    "order_days": 2,
    "total": 660.5,
    "first_order": "2025-12-01",
    "last_order": "2026-01-30",
}
BO = {
    "name": "ＢＯ　Wang",
    "member_no": "a002",
    "phone": "+886223456789",
    "level": "白金卡",
    "store": "信義店",
    "consent": 0,
    "line_user_id": "U" + "b" * 32,
    "birthday": "--03-30",
    "points": 0,
    "orders": 1,
    "order_days": 1,
    "total": 0,
    "first_order": "2026-01-29",
    "last_order": "2026-01-29",
}
LI = {
    "name": "李 100%",
    "line_name": "LiLi",
    "line_user_id": "U" + "c" * 32,
    "do_not_send": 1,
    "orders": 0,
    "order_days": 0,
    "total": 0,
}
AN = {
    "friend_at": "2026-03-31",
    "email": "an_5@yahoo.com.tw",
    "level": "ＶＩＰ",
    "line_user_id": "U" + "d" * 32,
}
PEOPLE = [
    Person(
        1,
        MEI,
        {"最愛口味": "拿鐵、美式", "年資": 5},
        ("熟客", "VIP"),
        (
            Order("2025-12-01T10:00:00", items=("拿鐵 (大)",)),
            Order("2026-01-30", store="信義店", items=("可頌",)),
        ),
    ),
    Person(
        2, BO, {"最愛口味": "抹茶拿鐵", "年資": "10"}, ("ｖｉｐ2",), (Order("2026-01-29", items=("紅茶",)),)
    ),
    Person(3, LI, {"最愛口味": "拿鐵"}, (), (Order("2026-02-01", counts=0, items=("拿鐵",)),)),
    Person(4, AN, {}, ("熟客",), ()),
    Person(5),
]


@pytest.fixture(scope="module")
def shop() -> Iterator[Database]:
    db = fill(empty_shop(), PEOPLE)
    yield db
    db.close()


def found(db: Database, query: str, sort: Sort | None = None) -> list[int]:
    condition = parse(query, extra_columns=["最愛口味", "年資"])
    return list(ids(db, condition, sort, context=query_context(db, clock)))


@pytest.mark.parametrize(
    ("query", "people"),
    [
        ("", [1, 2, 3, 4, 5]),
        # Bare words: name, LINE display name, phone, member number, e-mail, note, tag; width and case apart
        ("美", [1]),
        ("bo", [2]),
        ("ｂｏ", [2]),
        ('"bo wang"', [2]),
        ("bo wang", [2]),
        ("lili", [3]),
        ("100%", [3]),
        ("%", [3]),
        ("n_5", [4]),
        ("A00", [1, 2]),
        ("GMAIL", [1]),
        ("靠窗", [1]),
        ("熟", [1, 4]),
        ("vip", [1, 2]),
        ("0912", [1]),
        ("0912-345-678", [1]),
        ("0912 345 678", [1]),
        ("+886 912 345 678", [1]),
        ("(02) 2345-6789", [2]),
        ("(02)2345-6789", [2]),
        ("345678", [1, 2]),
        ("-美", [2, 3, 4, 5]),
        ("沒有這個人", []),
        # Tags: by name, width and case apart, never by a part
        ("tag:熟客", [1, 4]),
        ("tag:熟", []),
        ("tag:VIP2", [2]),
        ("tag:ｖｉｐ", [1]),
        ("tag:none", [3, 5]),
        ("tag:any", [1, 2, 4]),
        ("-tag:熟客", [2, 3, 5]),
        ("tag:熟客 -tag:VIP", [4]),
        ("-(tag:熟客 OR tag:vip2)", [3, 5]),
        ("tag_count:2", [1]),
        ("tag_count:0", [3, 5]),
        # Texts of a few values: the value itself, else a part
        ("level:金卡", [1]),
        ("level:金", [1, 2]),
        ("level:vip", [4]),
        ("level=金", []),
        ("store:中山", [1]),
        ("store:none", [3, 4, 5]),
        ("-store:中山店", [2, 3, 4, 5]),
        # Other fields
        ("name:小", []),
        ("name:王", []),
        ("name:wang", [2]),
        ("name=林美玲", [1]),
        ("name=林", []),
        ("line_name:LI", [3]),
        ("member_no:a001", [1]),
        ("member_no:A00", []),
        ("id:2..4", [2, 3, 4]),
        ("phone:0912345678", [1]),
        ("phone=0912-345-678", [1]),
        ("phone=0912", []),
        ("phone:none", [3, 4, 5]),
        ("email:gmail.com", [1]),
        ("email=MEI@GMAIL.COM", [1]),
        ("line_user_id:none", [5]),
        (f"line_user_id:U{'A' * 32}", [1]),
        ("gender:女", [1]),
        ("gender:none", [2, 3, 4, 5]),
        ("note:靠窗", [1]),
        ("consent:no", [2]),
        ("-consent:no", [1, 3, 4, 5]),
        ("consent:unknown", [3, 4, 5]),
        ("do_not_send:yes", [3]),
        ("bound:yes", [1, 2, 4]),
        ("bound:no", [3, 5]),
        ("friend:no", [5]),
        ("shop_member:no", [3, 5]),
        ("reachable:yes", [1]),
        ("reachable:no", [2, 3, 5]),
        ("reachable:unknown", [4]),
        ("uploadable:yes", [1, 4]),
        # Numbers: who has none is in no comparison
        ("points:0", [2]),
        ("points:<=1200", [1, 2]),
        ("-points:>100", [2, 3, 4, 5]),
        ("points:none", [3, 4, 5]),
        ("total>=660.5", [1]),
        ("orders:0", [3]),
        # Nought is a value: people 4 and 5 have no figures at all, 3 has no orders.
        ("orders:none", [4, 5]),
        ("orders:any", [1, 2, 3]),
        ("order_days:>=2", [1]),
        ("total:none", [4, 5]),
        # Dates: today is 2026-03-31
        ("last_order:>60d", [2]),
        ("last_order:>=60d", [1, 2]),
        ("last_order:60d", [1]),
        ("last_order:<61d", [1]),
        ("last_order:60d..61d", [1, 2]),
        ("last_order:..60d", [1]),
        ("last_order:61d..", [2]),
        ("-last_order:>60d", [1, 3, 4, 5]),
        ("last_order:none", [3, 4, 5]),
        ("last_order:2026-01-30..2026-03-31", [1]),
        ("last_order:..2026-01-29", [2]),
        ("last_order:2026-01", [1, 2]),
        ("last_order:>2026-01-29", [1]),
        ("last_order:>=2026-01-29", [1, 2]),
        ("last_order:>2026-01", []),
        ("last_order:last_year", []),
        ("friend_at:2025-12-31", [1]),
        ("friend_at:2025", [1]),
        ("friend_at:today", [4]),
        ("bound_at:2026-01-01", [1]),
        ("bound_at:<2026-01-01", []),
        ("joined_at:<5m", [1]),
        ("joined_at:>=5m", []),
        ("joined_at:>=4m", [1]),
        ("birthday:today", [1]),
        ("birthday:this_month", [1, 2]),
        ("birthday:03-30", [2]),
        ("birthday:1990", [1]),
        ("birthday:>30y", [1]),
        ("birthday:<2000", [1]),
        ("birthday_month:3", [1, 2]),
        ("birthday_month:11..3", [1, 2]),
        ("ordered_at:2025-12", [1]),
        ("ordered_at:2026-02", []),
        ("ordered_at:2025-12..2026-01", [1, 2]),
        ("item:拿鐵", [1]),
        ("item:茶", [2]),
        ("item:none", [3, 4, 5]),
        ("order_store:信義店", [1]),
        # Extra columns
        ('"最愛口味":拿鐵', [1, 3]),
        ('"最愛口味"=拿鐵', [3]),
        ("最愛口味:抹茶", [2]),
        ('-"最愛口味":拿鐵', [2, 4, 5]),
        ("最愛口味:none", [4, 5]),
        ("年資:5", [1]),
        ("年資:>=5", [1, 2]),
        ("年資:6..20", [2]),
    ],
)
def test_a_query_finds(shop: Database, query: str, people: list[int]) -> None:
    assert found(shop, query) == people
    assert count(shop, parse(query, extra_columns=["最愛口味", "年資"]), query_context(shop, clock)) == len(
        people
    )


@pytest.mark.parametrize(
    ("instant", "older"),
    [
        # 2026-01-30 is sixty days ago on 31 March in Taipei, sixty-one from midnight on.
        ("2026-03-31T15:59:59", [2]),
        ("2026-03-31T16:00:00", [1, 2]),
    ],
)
def test_sixty_days_end_at_midnight_in_the_shops_zone(shop: Database, instant: str, older: list[int]) -> None:
    context = query_context(shop, lambda: datetime.fromisoformat(instant).replace(tzinfo=UTC))
    assert list(ids(shop, parse("last_order:>60d"), context=context)) == older


@pytest.mark.parametrize("word", ["B-77", "b-7", "0955-000", "+886955000111", "111", "OLD@mail"])
def test_a_word_finds_who_was_merged_by_the_numbers_of_both(word: str) -> None:
    shop = fill(empty_shop(), [Person(1, MEI), Person(2, BO)])
    shop.run("INSERT INTO step (id, at, kind, title) VALUES (7, '2026-01-01', 'merge', '{}')")
    for key, value in {"member_no": "B-77", "phone": "+886955000111", "email": "old@mail.tw"}.items():
        shop.run("INSERT INTO other_identity VALUES (?, ?, 1, 7)", (key, value))
    assert found(shop, f'"{word}"') == [1]
    shop.run("UPDATE step SET state = 'undone'")
    assert found(shop, f'"{word}"') == []


def test_order_with_people_without_a_value_last(shop: Database) -> None:
    assert found(shop, "", Sort("id", descending=True)) == [5, 4, 3, 2, 1]
    assert found(shop, "", Sort("last_order")) == [2, 1, 3, 4, 5]
    assert found(shop, "", Sort("last_order", descending=True)) == [1, 2, 5, 4, 3]
    assert found(shop, "", Sort("member_no", descending=True)) == [2, 1, 5, 4, 3]
    assert found(shop, "", Sort("tag")) == [3, 5, 2, 4, 1]
    assert found(shop, "", Sort("年資", extra=True)) == [2, 1, 3, 4, 5]
    assert first_screen(shop, parse("bound:yes"), Sort("last_order", descending=True), 2) == (
        array("q", [1, 2]),
        False,
    )


@pytest.mark.parametrize("field", SORTABLE)
def test_every_sortable_field_orders_everybody(shop: Database, field: str) -> None:
    for descending in (False, True):
        assert sorted(found(shop, "", Sort(field, descending))) == [1, 2, 3, 4, 5]


def test_nothing_is_sorted_by_what_a_person_has_many_of(shop: Database) -> None:
    with pytest.raises(ValueError, match="item"):
        ids(shop, parse(""), Sort("item"))


def held(db: Database, selection: Selection) -> list[int]:
    people = db.column(f"SELECT id FROM {selection_into(db, selection)} ORDER BY id")
    assert selection_count(db, selection) == len(people)
    return people


def test_a_selection_is_put_into_a_table(shop: Database) -> None:
    assert held(shop, Selection.of([4, 2, 99])) == [2, 4]
    assert held(shop, Selection.of([])) == []
    assert held(shop, Selection.matching(parse("tag:熟客 OR bo"))) == [1, 2, 4]
    assert held(shop, Selection.matching(parse("tag:熟客 OR bo"), frozenset({1, 5}))) == [2, 4]
    assert held(shop, Selection()) == [1, 2, 3, 4, 5]
    first = selection_into(shop, Selection.of([1]), "first_selection")
    second = selection_into(shop, Selection.of([2]))
    assert (shop.column(f"SELECT id FROM {first}"), shop.column(f"SELECT id FROM {second}")) == ([1], [2])


def test_a_compiled_condition_stands_beside_and(shop: Database) -> None:
    sql = compile_condition(parse("tag:熟客 OR bo"), query_context(shop, clock))
    assert shop.column(f"SELECT p.id FROM person p WHERE p.level = '金卡' AND {sql.where}", sql.params) == [1]


def test_long_and_deep_conditions_stay_within_what_sqlite_takes(shop: Database) -> None:
    words = " OR ".join(["points:1"] * 3000)
    assert count(shop, parse(f"{words} OR bo")) == 1
    assert count(shop, parse("-(" * 50 + "bo x" + ")" * 50)) == 0
    assert count(shop, And(tuple(Or((Word("bo"),)) for _ in range(3000)))) == 1
    assert count(shop, parse("y" * 1000)) == 0


def test_values_named_by_thousands_are_found(shop: Database) -> None:
    db = fill(empty_shop(), [Person(n, {}, {"地址": f"台北市{n}號"}) for n in range(1, 1200)])
    assert count(db, parse('"地址":台北市', extra_columns=None)) == 1199
    assert count(db, parse('"地址":台北市7號', extra_columns=None)) == 1
    db.close()


def test_an_interrupted_search_is_cancelled() -> None:
    db = fill(empty_shop(), [Person(n, {"name": f"x{n}"}) for n in range(1, 200)])
    # What Database.interrupt() does from another thread, without the chance of coming too late.
    db.connection.set_progress_handler(lambda: 1, 100)
    for search in (count, ids, lambda db, c: selection_into(db, Selection.matching(c))):
        with pytest.raises(Cancelled):
            search(db, parse("x OR y OR z"))
    db.close()


@pytest.mark.parametrize("query", ["", "bound:yes", "-bound:yes", "王", "id:none"])
@pytest.mark.parametrize(
    "sort", [Sort(), Sort("last_order", descending=True), Sort("last_order"), Sort("name")]
)
@pytest.mark.parametrize("within", [1, 3, 100])
def test_the_first_screen_is_the_beginning_of_the_list(
    shop: Database, query: str, sort: Sort, within: int
) -> None:
    whole = ids(shop, parse(query), sort)
    for limit in (1, 2, 100):
        screen, complete = first_screen(shop, parse(query), sort, limit, within)
        assert screen == whole[: len(screen)]
        assert screen == whole if complete else len(screen) <= limit
        assert complete or limit < 100 or within < 100
