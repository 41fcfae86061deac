"""Who should have which menu, held against the same worked out one by one: the first choice that holds wins, and a job moves exactly
those who differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.store.conditions.values import Sql
from desktop.store.database import Database
from desktop.store.publishing import people
from desktop.store.publishing.people import Choice
from desktop.store.shop_file import ShopFile

ACCOUNT = "U" + "da" * 16
MENUS = (1, 2, 3)
CONDITIONS = {
    "VIP": Sql("p.level IS ?", ["VIP"]),
    "any": Sql("p.level IS NOT NULL"),
    "none": Sql("p.level IS NULL"),
    "two": Sql("p.level IN (?, ?)", ["VIP", "一般"]),
}


@dataclass(frozen=True)
class Who:
    level: str | None
    well_formed: bool
    blocked: bool
    stranger: bool
    gone: bool
    has: int | None


WHO = st.builds(
    Who,
    st.sampled_from(["VIP", "一般", None]),
    st.sampled_from([True, True, True, False]),
    st.sampled_from([False, False, True]),
    st.sampled_from([False, False, True]),
    st.sampled_from([False, False, False, True]),
    st.sampled_from([None, *MENUS, 0]),
)
"""``has``: the menu she has; 0: nobody knows which, None: none of her own."""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    path: Path = tmp_path_factory.mktemp("people") / "店.tagline"
    with ShopFile.create(path, name="店", practice=False) as file:
        db = file.writer()
        for menu in MENUS:
            db.run(
                "INSERT INTO published_menu (id, key, account, name, alias, digest, object, media_type) VALUES"
                " (?, ?, ?, '', '', '', '{}', '')",
                (menu, str(menu), ACCOUNT),
            )
        yield db


def fill(db: Database, everybody: list[Who]) -> None:
    for table in ("publishing_person", "publishing", "menu_link", "person"):
        db.run(f"DELETE FROM {table}")
    db.run(
        "INSERT INTO publishing (id, kind, account, menus, people, day, pressed_at, changed_at)"
        " VALUES (1, 'links', ?, 0, 0, '', '', '')",
        (ACCOUNT,),
    )
    for number, one in enumerate(everybody):
        if not one.gone:
            db.run(
                "INSERT INTO person (id, line_user_id, level, blocked, friend, orders, total) VALUES (?, ?, ?, ?, ?, 0, 0)",
                (number + 1, uid(number, one), one.level, one.blocked or None, 0 if one.stranger else None),
            )
        if one.has is not None:
            db.run(
                "INSERT INTO menu_link VALUES (?, ?, ?, ?, '')",
                (ACCOUNT, uid(number, one), number + 1, one.has or None),
            )


def uid(number: int, one: Who) -> str:
    return f"U{number:032x}" if one.well_formed else f"u{number}"


def holds(condition: str, one: Who) -> bool:
    return {
        "VIP": one.level == "VIP",
        "any": one.level is not None,
        "none": one.level is None,
        "two": one.level in ("VIP", "一般"),
    }[condition]


def moves(
    everybody: list[Who], choices: list[tuple[int, str]]
) -> tuple[dict[int, int], dict[str, int | None]]:
    """How many should have each menu, and who gets which (None: loses hers)."""
    should: dict[int, int] = {}
    moved: dict[str, int | None] = {}
    for number, one in enumerate(everybody):
        if one.gone:
            if one.has is not None:
                moved[uid(number, one)] = None
            continue
        if not one.well_formed or one.blocked or one.stranger:
            continue
        wanted = next((menu for menu, condition in choices if holds(condition, one)), None)
        if wanted is not None:
            should[wanted] = should.get(wanted, 0) + 1
            if one.has != wanted:
                moved[uid(number, one)] = wanted
        elif one.has is not None:
            moved[uid(number, one)] = None
    return should, moved


@given(
    everybody=st.lists(WHO, max_size=12),
    conditions=st.lists(st.sampled_from(sorted(CONDITIONS)), max_size=3),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_as_one_by_one(shop: Database, everybody: list[Who], conditions: list[str]) -> None:
    choices = list(zip(MENUS, conditions, strict=False))
    compiled = [Choice(menu, CONDITIONS[condition]) for menu, condition in choices]
    with shop.transaction():
        fill(shop, everybody)
        should, moved = moves(everybody, choices)
        found = people.differences(shop, ACCOUNT, compiled)
        assert found.people == should
        linked = [menu for menu in moved.values() if menu is not None]
        assert found.link == {menu: linked.count(menu) for menu in set(linked)}
        assert (found.unlink, found.count) == (len(moved) - len(linked), len(moved))
        blocks = people.freeze(shop, 1, ACCOUNT, compiled)
        assert ([count for _, _, count in blocks] and sum(n for _, _, n in blocks) == len(moved)) or not moved
        frozen = {one: menu for menu, first, count in blocks for one in people.block(shop, 1, first, count)}
        assert frozen == moved
        for _, first, count in blocks:
            people.linked(shop, 1, ACCOUNT, first, count, "now")
        assert people.differences(shop, ACCOUNT, compiled).count == 0
