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
from desktop.operations.line.account import verification
from desktop.operations.line.profiles import CHUNK
from desktop.operations.people import deleting, merging
from desktop.store import history, shop
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


def test_cancelled_while_line_lists_keeps_nothing(world: UploadWorld) -> None:
    with pytest.raises(Cancelled):
        friends.read_friends(world.client(), world.in_database, NOW, job=CancelAt(1))
    assert rows(world) == []
    assert history.steps(world.db) == []


def many_friends(world: UploadWorld) -> None:
    world.simulator.seed({user_id(number): {"display_name": f"小名{number}"} for number in range(1, 201)})


def test_cancelled_while_names_are_read_keeps_them_and_goes_on(world: UploadWorld) -> None:
    many_friends(world)
    world.people(1, first=900)
    done = friends.read_friends(world.client(), world.in_database, NOW, job=CancelAt(3))
    assert (done.friends, done.counts.new, done.counts.gone, done.left) == (200, CHUNK, 1, 200 - CHUNK)
    assert done.stopped is None
    read = rows(world)
    assert all(name for _, name, friend, _ in read if friend == 1), "nobody without a name among the friends"
    asked = world.requests("GET", "/v2/bot/profile/")
    rest = friends.read_friends(world.client(), world.in_database, NOW)
    assert (rest.counts.new, rest.left, len(rows(world))) == (200 - CHUNK, 0, 201)
    assert world.requests("GET", "/v2/bot/profile/") - asked == 200 - CHUNK, "names known are not asked for"


def test_a_cut_while_line_lists_keeps_nothing(world: UploadWorld) -> None:
    world.simulator.faults.add("cut_after", path="/followers/ids")
    with pytest.raises(RetryLater):
        friends.read_friends(world.client(), world.in_database, NOW)
    assert rows(world) == []


def test_one_stumble_among_the_names_is_overcome(world: UploadWorld) -> None:
    world.simulator.faults.add("cut_after", path="/profile/", skip=3)
    done = friends.read_friends(world.client(), world.in_database, NOW)
    assert (done.counts.new, done.left, done.stopped) == (30, 0, None)


@pytest.mark.parametrize("status", [500, 429])
def test_line_stopping_in_the_middle_keeps_what_was_read(world: UploadWorld, status: int) -> None:
    many_friends(world)
    world.simulator.faults.add("status", status=status, path="/profile/", skip=100, count=None)
    done = friends.read_friends(world.client(), world.in_database, NOW)
    assert done.stopped is not None
    assert done.stopped.status == status
    assert CHUNK <= done.counts.new < 200
    assert done.left == 200 - done.counts.new


def test_long_lists_are_kept_in_parts(world: UploadWorld) -> None:
    done = friends.read_friends(world.client(), world.in_database, NOW, at_a_time=12)
    assert (done.counts.new, done.counts.unchanged, done.left) == (30, 0, 0)
    assert [step.changed for step in history.steps(world.db)] == [6, 12, 12]
    for _ in range(3):
        undoing.undo(world.db)
    assert rows(world) == []


def test_what_the_reading_told_of_the_account_is_kept(world: UploadWorld) -> None:
    assert verification.known(world.db) is None
    world.simulator.configure_account(verified=False)
    with pytest.raises(Refused):
        friends.read_friends(world.client(), world.in_database, NOW)
    tried = verification.known(world.db)
    assert tried is not None
    assert not tried.verified
    world.simulator.configure_account(verified=True)
    friends.read_friends(world.client(), world.in_database, NOW)
    tried = verification.known(world.db)
    assert tried is not None
    assert tried.verified
    shop.put_json(world.db, "line_account", {"userId": "U" + "ab" * 16})
    assert verification.known(world.db) is None, "another account's"
