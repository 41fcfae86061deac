"""The picture of the people answers for one state of the file only: whatever changes it, by whomever, SQL answers until it was read
anew, and nothing of the old state stays in memory."""

from __future__ import annotations

import weakref
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop.core.people.condition import Condition
from desktop.core.people.query_text import parse
from desktop.core.people.selection import Selection
from desktop.operations.people import erasing
from desktop.operations.tagging import tagging
from desktop.store.condition_sql import count, ids, query_context
from desktop.store.conditions import values
from desktop.store.conditions.values import Saved
from desktop.store.database import Database, connect
from desktop.store.picture import keeping
from desktop.store.shop_file import ShopFile
from tests.shops import fill
from tests.unit.store.small_shops import have_picture
from tests.unit.store.whole_shop import Walk

QUESTIONS = [
    parse(text)
    for text in (
        "store:中山店 -tag:VIP",
        "tag:熟客 OR points:>5",
        "total:>100",
        "王",
        "a",
        "0912 OR 8869",
        "reachable:unknown -nasl:none",
        "tag_count:>=1 last_order:any",
        "item:拿鐵 -tag:早鳥",
    )
]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[ShopFile]:
    with ShopFile.create(tmp_path / "店.tagline", name="店") as made:
        yield made


@pytest.fixture
def reader(shop: ShopFile) -> Iterator[Database]:
    db = shop.reader()
    yield db
    db.close()


@pytest.fixture
def members(shop: ShopFile, reader: Database) -> Database:
    """A connection that has the picture of five people."""
    fill(shop.writer(), 5)
    return have_picture(reader)


def answers(db: Database) -> list[list[int]]:
    return [list(ids(db, question)) for question in QUESTIONS]


def in_picture(db: Database, condition: Condition) -> keeping.Found | None:
    return keeping.found(db, condition, query_context(db))


@pytest.mark.parametrize("seed", range(2))
def test_after_every_kind_of_change_it_answers_as_the_file_does(
    shop: ShopFile, reader: Database, tmp_path: Path, seed: int
) -> None:
    walk = Walk(shop.writer(), tmp_path, seed)
    for _ in range(25):
        walk.step(hard=True)
        # Stale first, then read anew; the writer has no picture and always asks the file.
        expected = answers(walk.db)
        assert answers(reader) == expected, walk.did
        have_picture(reader)
        assert answers(reader) == expected, walk.did


def test_another_program_changes_the_file(shop: ShopFile, members: Database) -> None:
    question = parse("會員1")
    assert in_picture(members, question) is not None
    other = connect(shop.path)
    other.run("UPDATE person SET name = '別人' WHERE id = 1")
    other.close()
    assert in_picture(members, question) is None
    assert count(members, question) == 0


def test_a_change_of_its_own_connection_counts_too(shop: ShopFile) -> None:
    writer = shop.writer()
    fill(writer, 5)
    have_picture(writer)
    writer.run("UPDATE person SET name = '別人' WHERE id = 1")
    assert count(writer, parse("別人")) == 1


def test_within_a_transaction_the_file_is_asked(members: Database) -> None:
    members.run("BEGIN")
    assert in_picture(members, parse("會員1")) is None
    members.run("ROLLBACK")
    assert in_picture(members, parse("會員1")) is not None


def test_a_change_while_it_is_read_begins_it_anew(
    shop: ShopFile, members: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "TURN_SECONDS", 0)
    fill(shop.writer(), 5, first=6)
    assert keeping.advance(members)
    assert keeping.advance(members)
    fill(shop.writer(), 5, first=11)
    while keeping.advance(members):
        assert in_picture(members, parse("會員")) is None
    found = in_picture(members, parse("會員"))
    assert found is not None
    assert found.count() == 15


def test_a_change_just_before_the_last_slice_begins_it_anew(
    shop: ShopFile, members: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "TURN_SECONDS", 0)
    shop.writer().run("UPDATE person SET note = 'x' WHERE id = 1")
    turns = sum(1 for _ in iter(lambda: keeping.advance(members), False))
    shop.writer().run("UPDATE person SET note = 'y' WHERE id = 1")
    assert all(keeping.advance(members) for _ in range(turns))
    read_on = keeping._read_on

    def late(*told: Any) -> bool:
        monkeypatch.setattr(keeping, "_read_on", read_on)
        shop.writer().run("UPDATE person SET name = '別人' WHERE id = 1")
        return read_on(*told)

    # The people are read already: what is left of the old state must not pass for the new one.
    monkeypatch.setattr(keeping, "_read_on", late)
    while keeping.advance(members):
        pass
    assert in_picture(members, parse("別人")) is not None
    assert count(members, parse("別人")) == 1


def test_what_a_question_means_is_of_the_same_state(shop: ShopFile, members: Database) -> None:
    context = query_context(members)

    def audiences() -> Mapping[str, Saved]:
        shop.writer().run("UPDATE person SET name = '別人' WHERE id = 1")
        return {"新的": Saved("新的", "別人")}

    changed = replace(context, audiences=audiences)
    assert keeping.found(members, parse("audience:新的"), changed) is None
    assert count(members, parse("別人")) == 1


def test_whoever_was_erased_leaves_the_memory_with_the_next_look(shop: ShopFile, members: Database) -> None:
    found = in_picture(members, parse("會員1"))
    assert found is not None
    picture = weakref.ref(found.people)
    del found
    erasing.erase(shop.writer(), 1)
    assert picture() is not None
    keeping.let_go(members)
    assert picture() is None


def test_the_values_of_whoever_was_erased_leave_the_memory_too(shop: ShopFile, reader: Database) -> None:
    fill(shop.writer(), 5)
    shop.writer().run("UPDATE person SET store = '只有她的店' WHERE id = 1")
    assert count(reader, parse("store:只有她的店")) == 1
    assert "只有她的店" in repr(values._kept[reader])
    keeping.let_go(reader)
    assert reader in values._kept
    erasing.erase(shop.writer(), 1)
    keeping.let_go(reader)
    assert reader not in values._kept


def test_a_closed_connection_takes_it_along(shop: ShopFile, tmp_path: Path) -> None:
    fill(shop.writer(), 5)
    db = have_picture(shop.reader())
    found = in_picture(db, parse("會員1"))
    assert found is not None
    picture = weakref.ref(found.people)
    del found
    db.close()
    del db
    assert picture() is None


def test_it_is_asked_for_only_when_a_question_missed_it(shop: ShopFile, reader: Database) -> None:
    fill(shop.writer(), 5)
    wanted: list[Any] = []
    keeping.keep(reader, lambda: wanted.append(True), fewest=0)
    while keeping.advance(reader):
        pass
    tagging.tag(shop.writer(), Selection.of([1]), "新標籤")
    keeping.let_go(reader)
    assert wanted == []
    assert count(reader, parse("tag:新標籤")) == 1
    assert wanted == [True]


def test_a_small_shop_has_none_and_wants_none(shop: ShopFile, reader: Database) -> None:
    fill(shop.writer(), 5)
    wanted: list[Any] = []
    keeping.keep(reader, lambda: wanted.append(True))
    while keeping.advance(reader):
        pass
    assert count(reader, parse("會員1")) == 1
    assert wanted == []
    assert in_picture(reader, parse("會員1")) is None
