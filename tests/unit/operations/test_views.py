"""Saved views: named questions with their numbers of people, in the owner's order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.errors import UserError
from desktop.operations.people import views
from desktop.store.database import Database
from desktop.store.history import steps
from desktop.store.shop_file import ShopFile


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[ShopFile]:
    with ShopFile.create(tmp_path / "店.tagline", name="店") as made:
        yield made


@pytest.fixture
def db(shop: ShopFile) -> Database:
    made = shop.writer()
    made.many(
        "INSERT INTO person (name, orders) VALUES (?, ?)", [("王怡君", 3), ("陳冠宇", 1), ("林淑芬", 0)]
    )
    return made


def names(db: Database) -> list[str]:
    return [one.name for one in views.saved(db)]


def test_a_view_keeps_its_question_and_counts_who_it_finds(db: Database, shop: ShopFile) -> None:
    views.save(db, "  常  客 ", "orders:>=1")
    views.save(db, "沒買過", "orders:0")
    reader = shop.reader()
    try:
        found = [(one.view.name, one.view.query, one.people) for one in views.counted(reader)]
    finally:
        reader.close()
    assert found == [("常 客", "orders:>=1", 2), ("沒買過", "orders:0", 1)]
    assert steps(db) == []


def test_the_same_name_in_any_writing_is_the_same_view_and_keeps_its_place(db: Database) -> None:
    first = views.save(db, "ＶＩＰ", "tag:VIP")
    views.save(db, "其他", "orders:0")
    again = views.save(db, "vip", "orders:>=3")
    assert (again.view.id, again.place) == (first.view.id, 0)
    assert [(one.name, one.query) for one in views.saved(db)] == [("vip", "orders:>=3"), ("其他", "orders:0")]


def test_a_question_that_is_no_longer_understood_has_no_number(db: Database) -> None:
    views.save(db, "口味", '"最愛口味":拿鐵')
    assert [one.people for one in views.counted(db)] == [None]


def test_names_are_checked(db: Database) -> None:
    first = views.save(db, "一", "orders:0").view
    views.save(db, "二", "orders:1")
    for wrong in ("", "   ", "長" * 41):
        with pytest.raises(UserError):
            views.save(db, wrong, "")
    with pytest.raises(UserError) as taken:
        views.rename(db, first.id, "二")
    assert taken.value.text.key == "members.view.name_taken"
    assert views.rename(db, first.id, "壹").view.name == "壹"
    assert names(db) == ["壹", "二"]


def test_a_removed_view_comes_back_to_its_place(db: Database) -> None:
    for name in ("一", "二", "三"):
        views.save(db, name, f"name:{name}")
    removed = views.remove(db, views.saved(db)[1].id)
    assert names(db) == ["一", "三"]
    assert views.put_back(db, removed.view, removed.place).place == 1
    assert names(db) == ["一", "二", "三"]
    with pytest.raises(UserError):
        views.put_back(db, removed.view, 0)
    with pytest.raises(UserError):
        views.remove(db, 99)


def test_there_are_only_so_many(db: Database) -> None:
    for number in range(views.MOST_VIEWS):
        views.save(db, f"第 {number}", "")
    with pytest.raises(UserError):
        views.save(db, "再一個", "")
    assert len(views.saved(db)) == views.MOST_VIEWS


def test_the_last_searches_are_kept_newest_first_and_can_be_forgotten(db: Database) -> None:
    for number in range(views.MOST_SEARCHES + 3):
        views.remember_search(db, f"name:{number}")
    views.remember_search(db, "name:10")
    kept = views.recent_searches(db)
    assert len(kept) == views.MOST_SEARCHES
    assert kept[:3] == ["name:10", "name:14", "name:13"]
    assert kept.count("name:10") == 1
    assert views.forget_searches(db) == views.recent_searches(db) == []
    assert db.value("SELECT count(*) FROM shop WHERE key = 'recent_searches'") == 0


@given(moves=st.lists(st.tuples(st.integers(0, 4), st.integers(-2, 7)), max_size=6))
def test_moving_changes_only_the_order(
    tmp_path_factory: pytest.TempPathFactory, moves: list[tuple[int, int]]
) -> None:
    with ShopFile.create(tmp_path_factory.mktemp("views") / "店.tagline", name="店") as shop:
        db = shop.writer()
        for name in "甲乙丙丁戊":
            views.save(db, name, "")
        expected = names(db)
        for which, place in moves:
            view = views.saved(db)[which]
            moved = views.move(db, view.id, place)
            expected.remove(view.name)
            expected.insert(max(0, min(place, 4)), view.name)
            assert expected[moved.place] == view.name
        assert names(db) == expected
