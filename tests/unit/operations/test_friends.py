"""Friends read from LINE become people with their display names, as one step that can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from desktop.core.errors import Cancelled
from desktop.core.job import QuietJob
from desktop.core.people.selection import Selection
from desktop.line_api.errors import Refused, RetryLater
from desktop.operations.history import undoing
from desktop.operations.line import friends
from desktop.operations.people import deleting, merging
from desktop.store import history
from desktop.store.people_lifecycle import erased_keys
from tests.scenarios.upload_world import UploadWorld, upload_world, user_id

NOW = datetime(2026, 11, 21, 14, 5, 30)
CHECKED = "2026-11-21T14:05:30"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[UploadWorld]:
    with upload_world(tmp_path) as made:
        made.simulator.seed({user_id(number): {"display_name": f"小名{number}"} for number in range(1, 31)})
        yield made


def rows(
    world: UploadWorld, columns: str = "line_user_id, line_name, friend, friend_checked_at"
) -> list[tuple]:  # type: ignore[type-arg]
    return world.db.all(f"SELECT {columns} FROM person ORDER BY line_user_id")


def test_every_friend_becomes_a_person(world: UploadWorld) -> None:
    done = friends.read_friends(world.client(), world.in_database, NOW)
    assert (done.friends, done.counts.new, done.counts.updated, done.counts.gone) == (30, 30, 0, 0)
    assert rows(world) == [(user_id(number), f"小名{number}", 1, CHECKED) for number in range(1, 31)]
    assert rows(world, "orders, total, name, phone, created_step")[0] == (0, 0, None, None, done.step)
    step = history.steps(world.db)[0]
    assert (step.kind, step.changed, step.undoable) == ("friends_read", 30, True)


def test_undone_and_done_again(world: UploadWorld) -> None:
    world.people(2, first=29)
    world.db.run(
        "UPDATE person SET line_name = '舊名', friend = 0, friend_checked_at = '2026-01-01' WHERE line_user_id = ?",
        (user_id(29),),
    )
    before = rows(world, "*")
    done = friends.read_friends(world.client(), world.in_database, NOW)
    after = rows(world, "*")
    assert (done.counts.new, done.counts.updated) == (28, 2)
    undoing.undo(world.db)
    assert rows(world, "*") == before
    undoing.redo(world.db)
    assert rows(world) == [(row[2], row[6], 1, CHECKED) for row in after]


def test_known_people_keep_their_names_and_get_the_flag(world: UploadWorld) -> None:
    world.people(3)
    world.db.run("UPDATE person SET line_name = '記得的', note = '熟' WHERE line_user_id = ?", (user_id(1),))
    world.db.run("UPDATE person SET name = '陳ｗｅｉ' WHERE line_user_id = ?", (user_id(2),))
    asked = friends.read_friends(world.client(), world.in_database, NOW)
    assert (asked.counts.new, asked.counts.updated) == (27, 3)
    assert [row[1] for row in rows(world)[:3]] == ["記得的", "小名2", "小名3"]
    assert rows(world, "folded")[1] == ("陳wei\n小名2\n",)
    assert world.requests("GET", "/v2/bot/profile/") == 29, "names the shop has are not asked for"


def test_a_name_typed_in_by_hand_stays(world: UploadWorld) -> None:
    world.people(1)
    world.db.run("UPDATE person SET line_name = '', by_hand = '[\"line_name\"]'")
    friends.read_friends(world.client(), world.in_database, NOW)
    assert rows(world)[0][1] == ""


def test_who_is_no_friend_any_more(world: UploadWorld) -> None:
    world.people(2, first=30)
    world.db.run("UPDATE person SET line_name = '走了' WHERE line_user_id = ?", (user_id(31),))
    done = friends.read_friends(world.client(), world.in_database, NOW)
    assert done.counts.gone == 1
    assert rows(world)[-1] == (user_id(31), "走了", 0, CHECKED)
    again = friends.read_friends(world.client(), world.in_database, datetime(2026, 11, 22, 9, 0))
    assert (again.step, again.counts.unchanged, again.counts.gone) == (None, 31, 0)
    assert {row[3] for row in rows(world)} == {"2026-11-22T09:00:00"}


def test_who_was_deleted_erased_or_merged_does_not_come_back(world: UploadWorld) -> None:
    world.people(4)
    deleted, erased, keep, gone = (
        world.db.value("SELECT id FROM person WHERE line_user_id = ?", (user_id(number),))
        for number in range(1, 5)
    )
    deleting.delete(world.db, Selection.of([deleted]))
    with world.db.transaction():
        erased_keys.remember(world.db, [("line_user_id", user_id(2))])
        world.db.run("DELETE FROM person WHERE id = ?", (erased,))
    merging.merge(world.db, [merging.MergeChoice(keep, gone)])
    done = friends.read_friends(world.client(), world.in_database, NOW)
    assert (done.counts.new, done.counts.updated, done.counts.left_out) == (26, 1, 3)
    known = {row[0] for row in rows(world)}
    assert known == {user_id(number) for number in (3, *range(5, 31))}


def test_an_import_can_still_be_undone_after_a_check(world: UploadWorld) -> None:
    with world.db.transaction():
        step = history.begin_step(world.db, "import_members", history.Message("steps.undo"))
        world.db.run(
            "INSERT INTO person (line_user_id, orders, total, created_step, changed_step) VALUES (?, 0, 0, ?, ?)",
            (user_id(1), step, step),
        )
        history.finish_step(world.db, step, 1)
    friends.read_friends(world.client(), world.in_database, NOW)
    assert undoing.undo(world.db, step).reverted == 1
    assert user_id(1) not in {row[0] for row in rows(world)}


def test_not_a_verified_account(world: UploadWorld) -> None:
    world.simulator.configure_account(verified=False)
    with pytest.raises(Refused):
        friends.read_friends(world.client(), world.in_database, NOW)
    assert rows(world) == []


class CancelAt(QuietJob):
    def __init__(self, calls: int) -> None:
        self.left = calls

    def raise_if_cancelled(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise Cancelled


@pytest.mark.parametrize("calls", [1, 2])
def test_cancelled_keeps_nothing(world: UploadWorld, calls: int) -> None:
    with pytest.raises(Cancelled):
        friends.read_friends(world.client(), world.in_database, NOW, job=CancelAt(calls))
    assert rows(world) == []
    assert history.steps(world.db) == []


@pytest.mark.parametrize("path", ["/followers/ids", "/profile/"])
def test_a_cut_keeps_nothing(world: UploadWorld, path: str) -> None:
    world.simulator.faults.add("cut_after", path=path, skip=3 if path == "/profile/" else 0)
    with pytest.raises(RetryLater):
        friends.read_friends(world.client(), world.in_database, NOW)
    assert rows(world) == []


def test_a_sample_of_the_right_ids(world: UploadWorld) -> None:
    world.people(40, first=16)
    done = friends.check_sample(world.client(), world.in_database, NOW, count=40)
    assert (done.checked, done.friends, done.foreign) == (40, 15, False)
    assert [row[2] for row in rows(world)] == [1] * 15 + [0] * 25
    undoing.undo(world.db)
    assert {row[2:] for row in rows(world)} == {(None, None)}


def test_a_sample_of_another_providers_ids(world: UploadWorld) -> None:
    world.people(50, first=1_000)
    done = friends.check_sample(world.client(), world.in_database, NOW)
    assert (done.checked, done.friends, done.foreign) == (friends.SAMPLE, 0, True)
    assert world.db.value("SELECT count(*) FROM person WHERE friend IS NULL") == 30, (
        "the others were not asked for"
    )


def test_a_sample_of_nobody(world: UploadWorld) -> None:
    done = friends.check_sample(world.client(), world.in_database, NOW)
    assert (done.checked, done.foreign, done.step) == (0, False, None)
