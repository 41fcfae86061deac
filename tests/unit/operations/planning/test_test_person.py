"""「我自己」: chosen once; whoever she was merged into gets the messages; who is gone or lost her user ID gets none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.errors import UserError
from desktop.core.people.selection import Selection
from desktop.operations.history import undoing
from desktop.operations.people import deleting, erasing, merging
from desktop.operations.people.merging import MergeChoice
from desktop.operations.planning import test_person
from desktop.store.database import Database
from desktop.store.shop_file import ShopFile


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with ShopFile.create(tmp_path / "店.tagline", name="日日咖啡") as file:
        db = file.writer()
        with db.transaction():
            for name, user_id, since in (
                ("王怡君", "U" + "1" * 32, "2026-03-01"),
                ("楊承翰", None, None),
                ("李佳穎", "U" + "3" * 32, "2026-01-05"),
            ):
                db.insert(
                    "INSERT INTO person (name, line_user_id, friend_at) VALUES (?, ?, ?)",
                    (name, user_id, since),
                )
        yield db


def test_nobody_is_chosen_at_first_and_only_somebody_with_a_user_id_can_be(db: Database) -> None:
    assert test_person.chosen(db) is None
    with pytest.raises(UserError):
        test_person.choose(db, 2)
    with pytest.raises(UserError):
        test_person.choose(db, 99)
    chosen = test_person.choose(db, 1).person
    assert (chosen.name, chosen.line_user_id) == ("王怡君", "U" + "1" * 32)
    assert test_person.chosen(db) == chosen


def test_the_first_friends_are_offered_first_and_words_narrow_it(db: Database) -> None:
    assert [row.id for row in test_person.find(db, "")] == [3, 1]
    assert [row.id for row in test_person.find(db, " 怡君 ")] == [1]
    assert test_person.find(db, "承翰") == []


def test_the_messages_follow_a_merge_and_come_back_with_its_undo(db: Database) -> None:
    with db.transaction():
        db.run("UPDATE person SET line_user_id = NULL WHERE id = 3")
    test_person.choose(db, 1)
    merging.merge(db, [MergeChoice(keep=3, gone=1)])
    kept = test_person.chosen(db)
    assert kept is not None
    assert (kept.id, kept.line_user_id) == (3, "U" + "1" * 32)
    undoing.undo(db)
    back = test_person.chosen(db)
    assert back is not None
    assert back.id == 1


def test_who_was_deleted_or_erased_gets_nothing(db: Database) -> None:
    test_person.choose(db, 1)
    deleting.delete(db, Selection.of([1]))
    assert test_person.chosen(db) is None
    test_person.choose(db, 3)
    erasing.erase(db, 3)
    assert test_person.chosen(db) is None
