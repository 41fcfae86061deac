"""Taking merges back: exactly, for each pair by itself, and not at all where something of hers changed since."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.core.people.selection import Selection
from desktop.operations.history import undoing
from desktop.operations.people import deleting, merging
from desktop.operations.people.merging import MergeChoice
from desktop.operations.tagging import tagging
from desktop.store import figures, history, shop
from desktop.store.database import Database
from desktop.store.shop_file import ShopFile


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with ShopFile.create(tmp_path / "店.tagline", name="店") as opened:
        db = opened.writer()
        with db.transaction():
            db.many(
                "INSERT INTO person (id, member_no, name, phone, orders, total) VALUES (?, ?, ?, ?, 0, 0)",
                [(n, f"M{n}", f"會員{n}", f"+88691200000{n}") for n in range(1, 9)],
            )
        yield db


def merged(db: Database, *pairs: tuple[int, int]) -> int:
    step = merging.merge(db, [MergeChoice(keep, gone) for keep, gone in pairs]).step
    assert step is not None
    return step


def people(db: Database) -> list[int]:
    return db.column("SELECT id FROM person ORDER BY id")


def others(db: Database) -> set[tuple[int, str]]:
    rows: list[Any] = db.all(
        "SELECT o.person_id, o.value FROM other_identity o JOIN step s ON s.id = o.step_id AND s.state = 'done'"
        " JOIN person p ON p.id = o.person_id WHERE o.key = 'member_no'"
    )
    return set(rows)


def newer(db: Database) -> None:
    """Something else happens, so that the merge is not the newest step."""
    tagging.tag(db, Selection.of([8]), "別的")


def tag_keep(db: Database) -> None:
    tagging.tag(db, Selection.of([1]), "後來")


def untag_keep(db: Database) -> None:
    tagging.untag(db, Selection.of([1]), "熟客")


def edit_keep(db: Database) -> None:
    with db.transaction():
        step = history.begin_step(db, "edit", merging.message("steps.merge", n=1))
        history.record_update(db, step, "person", 1, {"level": None}, {"level": "金"})
        db.run("UPDATE person SET level = '金', changed_step = ? WHERE id = 1", (step,))
        history.finish_step(db, step, 1)


def order_for_keep(db: Database) -> None:
    with db.transaction():
        db.run("INSERT INTO shop_order (person_id, ordered_at, amount) VALUES (1, '2026-01-01', 5)")
        figures.refresh(db, "SELECT 1")


def merge_keep_again(db: Database) -> None:
    merged(db, (1, 5))


def merge_keep_away(db: Database) -> None:
    merged(db, (6, 1))


def delete_keep(db: Database) -> None:
    deleting.delete(db, Selection.of([1]))


def number_taken(db: Database) -> None:
    db.run("UPDATE person SET member_no = 'M2' WHERE id = 7")


@pytest.mark.parametrize(
    "change",
    [
        tag_keep,
        untag_keep,
        edit_keep,
        order_for_keep,
        merge_keep_again,
        merge_keep_away,
        delete_keep,
        number_taken,
    ],
)
def test_whoever_changed_since_stays_merged_and_is_named(change: Any, db: Database) -> None:
    tagging.tag(db, Selection.of([1, 2]), "熟客")
    step = merged(db, (1, 2), (3, 4))
    change(db)
    then = people(db)
    outcome = undoing.undo(db, step)

    assert [one.id for one in outcome.impossible] == [1]
    assert outcome.impossible[0].name in ("會員1", "會員2")
    assert outcome.reverted == 1
    assert people(db) == sorted([*then, 4])
    if 1 in then:
        assert (1, "M2") in others(db)
    assert (3, "M4") not in others(db)


def test_nobody_can_come_apart_nothing_happens(db: Database) -> None:
    step = merged(db, (1, 2))
    tag_keep(db)
    before = db.value("SELECT count(*) FROM step")
    outcome = undoing.undo(db, step)
    assert (outcome.reverted, len(outcome.impossible)) == (0, 1)
    assert db.value("SELECT count(*) FROM step") == before
    assert others(db) == {(1, "M2")}


def test_an_older_merge_is_taken_back_and_the_taking_back_too(db: Database) -> None:
    step = merged(db, (1, 2), (3, 4))
    newer(db)
    undoing.undo(db, step)
    assert people(db) == list(range(1, 9))
    assert others(db) == set()

    undoing.undo(db)
    assert people(db) == [1, 3, 5, 6, 7, 8]
    assert others(db) == {(1, "M2"), (3, "M4")}
    undoing.redo(db)
    assert people(db) == list(range(1, 9))
    assert others(db) == set()


def test_part_of_a_merge_taken_back_and_forth(db: Database) -> None:
    step = merged(db, (1, 2), (3, 4))
    tag_keep(db)
    undoing.undo(db, step)
    assert (people(db), others(db)) == ([1, 3, 4, 5, 6, 7, 8], {(1, "M2")})
    undoing.undo(db)
    assert (people(db), others(db)) == ([1, 3, 5, 6, 7, 8], {(1, "M2"), (3, "M4")})


def test_undone_changes_are_no_changes(db: Database) -> None:
    step = merged(db, (1, 2))
    tag_keep(db)
    undoing.undo(db)
    newer(db)
    outcome = undoing.undo(db, step)
    assert outcome.impossible == ()
    assert people(db) == list(range(1, 9))


def test_tags_come_back_as_far_as_they_fit(db: Database) -> None:
    tagging.tag(db, Selection.of([2]), "甲")
    tagging.tag(db, Selection.of([2]), "乙")
    merged(db, (1, 2))
    with db.transaction():
        shop.put(db, "tag_limit", "1")
    outcome = undoing.undo(db)
    assert [one.id for one in outcome.impossible] == [2]
    assert db.value("SELECT count(*) FROM person_tag WHERE person_id = 2") == 1
    assert people(db) == list(range(1, 9))


def test_who_was_merged_is_told(db: Database) -> None:
    step = merged(db, (1, 2))
    (told,) = merging.merges_of(db, 1)
    assert (told.step, told.gone_name, told.undoable) == (step, "會員2", True)
    undoing.undo(db)
    assert merging.merges_of(db, 1) == []


def test_a_check_of_friends_does_not_keep_them_together(db: Database) -> None:
    db.run("UPDATE person SET line_user_id = ?, friend = 1 WHERE id = 2", ("U" + "1" * 32,))
    step = merged(db, (1, 2))
    db.run("UPDATE person SET friend = 0, friend_checked_at = '2026-05-05' WHERE id = 1")
    newer(db)
    assert undoing.undo(db, step).impossible == ()
