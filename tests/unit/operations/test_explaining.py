"""Why somebody is not in an audience: what is named really keeps her out, and nothing else does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.figures.nasl import Repurchase
from desktop.core.people import tree_editing as editing
from desktop.core.people.condition import And, Condition, Not, Op, Or, Term
from desktop.core.people.query_text import parse
from desktop.operations.audiences import explaining
from desktop.store.condition_sql import QueryContext
from desktop.store.database import Database
from desktop.text import LANGUAGES, render, use_language
from tests.unit.store.slow_conditions import Order, Person, World, matching
from tests.unit.store.small_shops import at, cycle_of, empty_shop, fill, furnish
from tests.unit.store.test_conditions_as_sql import COLUMNS, TODAY, Chance

USER_ID = "U" + "1" * 32
NOON = datetime(2026, 3, 31, 12)


@pytest.fixture(scope="module")
def memory_db() -> Iterator[Database]:
    db = empty_shop()
    db.run("INSERT OR REPLACE INTO shop (key, value) VALUES ('extra_columns', '[\"口味\", \"年資\"]')")
    yield db
    db.close()


def given_context(monkeypatch: pytest.MonkeyPatch, context: QueryContext) -> None:
    monkeypatch.setattr(explaining, "query_context", lambda db: context)


def without(tree: Condition, path: editing.Path) -> Condition:
    """The tree with a part that holds for everybody (or, where it should not hold, for nobody) in place of one."""
    turned = sum(isinstance(editing.at(tree, path[:depth]), Not) for depth in range(len(path)))
    return editing.replaced(tree, path, Term("id", Op.NONE if turned % 2 else Op.ANY)).condition


@given(seed=st.integers(0, 2**32))
def test_what_is_named_is_unmet_and_with_it_met_she_is_in(memory_db: Database, seed: int) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        chance = Chance(seed)
        world = chance.world()
        given_context(monkeypatch, at(furnish(memory_db, world), NOON, cycle_of(world)))
        for _ in range(15):
            condition = chance.condition()
            inside = matching(world, condition)
            for person in world.people:
                check(memory_db, condition, world, person.id, inside=person.id in inside)


def check(db: Database, condition: Condition, world: World, person: int, *, inside: bool) -> None:
    found = explaining.standing(db, condition, person)
    assert found.inside == inside == (not found.unmet)
    tree = editing.valid(condition)
    for unmet in found.unmet:
        turned = sum(
            isinstance(editing.at(tree, unmet.path[:depth]), Not) for depth in range(len(unmet.path))
        )
        part = editing.at(tree, unmet.path)
        assert (person in matching(world, part)) == bool(turned % 2), part
        assert "{" not in render(unmet.message)
    for unmet in found.unmet:
        tree = without(tree, unmet.path)
    assert person in matching(world, tree)


MEI = Person(
    1,
    {
        "name": "陳美玲",
        "member_no": "A001",
        "phone": "+886912345678",
        "last_order": "2026-03-19",
        "orders": 3,
        "order_days": 3,
        "total": 1200,
        "level": "金卡",
        "birthday": "--05-20",
        "friend": 1,
        "consent": 1,
    },
    {"口味": "拿鐵", "年資": "3"},
    ("市集", "VIP"),
    (Order("2026-03-19", items=("美式",), store="中山店", amount=400),),
)


@pytest.fixture
def mei(memory_db: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    use_language("zh_TW")
    cycle = Repurchase(10, 30, TODAY, 30)
    given_context(monkeypatch, at(fill(memory_db, [MEI]), NOON, cycle))
    return memory_db


def told(db: Database, query: str) -> list[str]:
    return [render(one) for one in explaining.why_not(db, parse(query, extra_columns=COLUMNS), 1)]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("last_order:>=60d", ["最近消費 12 天前，條件是 60 天以上"]),
        ("last_order:>2m tag:熟客", ["最近消費 12 天前，條件是 超過 2 個月前", "沒有標籤「熟客」"]),
        ("last_order:2026-02", ["最近消費 2026-03-19，條件是 2026-02"]),
        ("last_order:30d..60d", ["最近消費 12 天前，條件是 30 天到 60 天前"]),
        ("last_order:last_month", ["最近消費 2026-03-19，條件是 上個月"]),
        ("first_order:<=30d", ["沒有首購日，條件是 30 天以內"]),
        ("orders:>=5 total:2000..", ["訂單數 3，條件是 至少 5", "累計消費 1,200，條件是 至少 2,000"]),
        ("-tag:市集", ["有標籤「市集」，條件排除"]),
        ("-last_order:<=30d", ["最近消費 12 天前，條件排除 30 天以內"]),
        ("tag:熟客 OR orders:>5", ["其中一項也不符合：沒有標籤「熟客」；訂單數 3，條件是 超過 5"]),
        ("-(tag:市集 level:金卡)", ["同時符合，所以被排除：有標籤「市集」；會員等級 「金卡」"]),
        ("-(tag:市集 OR level:金卡)", ["有標籤「市集」，條件排除", "會員等級 「金卡」，條件排除 「金卡」"]),
        ("level:銀卡", ["會員等級 「金卡」，條件是 「銀卡」"]),
        ("store:信義店", ["沒有門市，條件是 「信義店」"]),
        ("bound:yes gender:female", ["已綁定 否，條件是 是", "沒有性別，條件是 女"]),
        ("nasl:S", ["客群 活躍客，條件是 沉睡客"]),
        ("birthday_month:11", ["生日月份 05-20，條件是 11"]),
        ("item:拿鐵 order_store:信義店", ["沒買過「拿鐵」", "沒在「信義店」消費過"]),
        ("-item:美式", ["買過「美式」，條件排除"]),
        ("item@7d:美式", ["沒買過「美式」（7 天以內）"]),
        ("orders@90d:>=2", ["訂單數 1（90 天以內），條件是 至少 2"]),
        ("total@last_month:any", ["累計消費 0（上個月），條件是 有"]),
        ("ordered_at:<=7d", ["沒有 7 天以內 的訂單"]),
        ("bound_order_days:>0", ["綁定後購買天數 0，條件是 超過 0"]),
        ("phone:none", ["電話 「+886912345678」，條件是 沒有"]),
        ("email:any tag:none", ["沒有Email，條件是 有", "標籤 市集、VIP，條件是 沒有"]),
        ("王", ["姓名、電話、備註和標籤都沒有「王」"]),
        ("-陳", ["資料裡有「陳」，條件排除"]),
        ("import:名單", ["不是匯入 「名單」 帶來或改過的"]),
        ('"口味":美式 "年資":>=5', ["口味 「拿鐵」，條件是 「美式」", "年資 「3」，條件是 至少 5"]),
        ("orders:>=2", ["沒有 LINE UID，LINE 傳不到"]),
    ],
)
def test_each_part_is_told_with_her_own_figures(mei: Database, query: str, said: list[str]) -> None:
    assert told(mei, query) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_has_words_in_every_language(memory_db: Database, language: str) -> None:
    use_language(language)
    chance = Chance(3)
    with pytest.MonkeyPatch.context() as monkeypatch:
        world = chance.world()
        given_context(monkeypatch, at(furnish(memory_db, world), NOON, cycle_of(world)))
        said = 0
        for _ in range(60):
            condition = chance.condition()
            for person in world.people:
                for one in explaining.why_not(memory_db, condition, person.id):
                    text = render(one)
                    said += 1
                    assert text
                    assert "{" not in text
    use_language("zh_TW")
    assert said > 50


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"line_user_id": USER_ID, "friend": 1}, []),
        ({"line_user_id": USER_ID}, []),
        ({}, ["沒有 LINE UID，LINE 傳不到"]),
        ({"line_user_id": USER_ID, "blocked": 1}, ["已封鎖官方帳號"]),
        (
            {"line_user_id": USER_ID, "friend": 0, "friend_checked_at": "2026-03-20T08:00:00"},
            ["2026-03-20 查過，已不是好友"],
        ),
        ({"line_user_id": USER_ID, "friend": 0}, ["已不是好友"]),
        (
            {"line_user_id": USER_ID, "consent": 0, "do_not_send": 1},
            ["不同意接收行銷訊息", "設為「不發訊息」"],
        ),
    ],
)
def test_who_is_in_is_told_why_she_cannot_be_reached(
    memory_db: Database, monkeypatch: pytest.MonkeyPatch, fields: dict[str, Any], said: list[str]
) -> None:
    use_language("zh_TW")
    given_context(monkeypatch, at(fill(memory_db, [Person(1, fields)]), NOON))
    assert told(memory_db, "") == said


def test_who_is_in_is_told_why_in_full(mei: Database) -> None:
    query = "tag:VIP orders:>1 total:>1 level:金卡 last_order:<30d -tag:x (item:拿鐵 OR item:美式)"
    found = explaining.standing(mei, parse(query), 1)
    said = ["VIP", "訂單 3 筆", "累計消費 1,200", "金卡", "12 天前", "買過 美式"]
    assert [render(one) for one in found.reasons] == said
    assert explaining.standing(mei, parse("tag:x"), 1).reasons == ()


def test_whom_the_shop_does_not_have_is_nowhere(mei: Database) -> None:
    assert explaining.standing(mei, And(()), 99) == explaining.Standing(False, (), ())


def test_long_alternatives_are_named_only_in_part(mei: Database) -> None:
    (text,) = told(mei, " OR ".join(f"tag:t{number}" for number in range(20)))
    assert text.count("沒有標籤") == 6
    assert told(mei, "id:none OR tag:x")
    assert explaining.standing(mei, Or((Term("tag", Op.HAS, "x"), Or(()))), 1).unmet
