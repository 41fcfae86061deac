"""The press of the button: what it freezes, what it refuses, and what a second press, a restart or a restored backup does to it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.changes import Kind
from desktop.core.errors import UserError
from desktop.core.people.selection import Selection
from desktop.operations.audiences import audiences
from desktop.operations.line import uploading
from desktop.operations.tagging import tagging
from desktop.store import history, outbox
from desktop.store.shop_file import ShopFile
from tests.scenarios.restored import paused_by_a_restore
from tests.scenarios.upload_world import UploadWorld, upload_world, user_id

CREATE = {"method": "POST", "path": "/audienceGroup/upload$"}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[UploadWorld]:
    with upload_world(tmp_path) as made:
        yield made


def key_of(refused: pytest.ExceptionInfo[UserError]) -> str:
    return refused.value.text.key


def test_who_is_sent_to(world: UploadWorld) -> None:
    world.people(10)
    with world.db.transaction():
        for person, change in {
            2: "blocked = 1", 3: "consent = 0", 4: "do_not_send = 1", 5: "friend = 0", 6: "line_user_id = NULL",
            7: "blocked = 0, consent = 1, friend = 1",
        }.items():  # fmt: skip
            world.db.run(f"UPDATE person SET {change} WHERE id = ?", (person,))
    job = world.press()
    assert (job.members, job.ids) == (10, 5)
    world.finish()
    assert world.only_audience() == {user_id(number) for number in (1, 7, 8, 9, 10)}


def test_later_changes_do_not_alter_it(world: UploadWorld) -> None:
    meant = world.people(6)
    tagging.tag(world.db, Selection(), "熟客")
    world.press("熟客", "tag:熟客")
    tagging.untag(world.db, Selection.of([1, 2]), "熟客")
    world.people(3, first=50)
    with world.db.transaction():
        world.db.run("DELETE FROM person WHERE id = 3")
    audiences.delete(world.db, "熟客")
    assert world.finish().state == "ready"
    assert world.only_audience() == meant


def test_a_double_press_is_one_upload(world: UploadWorld) -> None:
    world.people(3)
    saved = audiences.save(world.db, "熟客", "").audience
    first = uploading.press(world.db, saved)
    second = uploading.press(world.db, saved)
    assert (first.new, second.new) == (True, False)
    assert second.job.id == first.job.id
    world.uploader().run(first.job.id, until_ready=False)
    third = uploading.press(world.db, saved)
    assert (third.new, third.job.state) == (False, "processing")
    world.finish()
    assert len(world.simulator.audiences()) == 1
    assert len(outbox.jobs(world.db)) == 1


def test_other_people_while_line_processes_are_another_upload(world: UploadWorld) -> None:
    world.people(3)
    world.press()
    world.uploader().run(1, until_ready=False)
    more = world.people(1, first=9)
    again = world.press()
    assert again.id == 2
    assert again.line_name != "熟客"
    assert world.finish(2).state == "ready"
    assert world.simulator.ids_of(existing_group(world, 2)) > more
    assert len({one.description.casefold() for one in world.simulator.audiences()}) == 2


def existing_group(world: UploadWorld, upload_id: int) -> int:
    return uploading.existing(world.db, upload_id).audience_group_id or 0


def test_an_upload_after_an_upload_gets_the_day_in_its_name(world: UploadWorld) -> None:
    world.people(3)
    names = []
    for upload in (1, 2, 3):
        world.press()
        names.append(world.finish(upload).line_name)
    day = f"{outbox.local_day(world.db, outbox.jobs(world.db)[0].pressed_at):%m%d}"
    assert names == ["熟客", f"熟客 {day}", f"熟客 {day}-2"]
    assert world.audience_names() == sorted(names)


@pytest.mark.parametrize("name", ["", "  ", "第一行\n第二行", "鈴\x07", "長" * 121, "🍎" * 61])
def test_names_line_would_not_take(world: UploadWorld, name: str) -> None:
    world.people(1)
    with pytest.raises(UserError):
        world.press(name)
    assert outbox.jobs(world.db) == []


def test_the_longest_names(world: UploadWorld) -> None:
    world.people(1)
    for upload, name in enumerate(["🍎" * 60, "長" * 120, "🍎" * 60], start=1):
        world.press(name)
        world.simulator.faults.add("cut_after", **CREATE)
        assert world.finish(upload).state == "ready"
    assert len(world.simulator.audiences()) == 3


def test_nobody_to_send_to(world: UploadWorld) -> None:
    world.people(2)
    with world.db.transaction():
        world.db.run("UPDATE person SET line_user_id = NULL")
    with pytest.raises(UserError) as refused:
        world.press()
    assert key_of(refused) == "outbox.nobody"
    assert refused.value.text.params == {"audience": "熟客", "n": 2, "without": 2}
    assert outbox.jobs(world.db) == []
    assert [step.kind for step in history.steps(world.db)] == ["audience_save"]


@pytest.mark.parametrize(("people", "noted"), [(1, 50), (49, 50), (50, None)])
def test_few_people_are_allowed_and_noted(world: UploadWorld, people: int, noted: int | None) -> None:
    world.people(people)
    pressed = uploading.press(world.db, audiences.save(world.db, "熟客", "").audience)
    assert pressed.demographic_minimum == noted


def test_a_malformed_user_id_is_named(world: UploadWorld) -> None:
    world.people(2)
    with world.db.transaction():
        world.db.run("UPDATE person SET line_user_id = 'u12', name = '陳美玲' WHERE id = 2")
    with pytest.raises(UserError) as refused:
        world.press()
    assert refused.value.text.params == {"names": ["陳美玲"]}
    assert outbox.jobs(world.db) == []


def test_an_upload_is_listed_in_the_history_and_cannot_be_undone(world: UploadWorld) -> None:
    world.people(4)
    pressed = uploading.press(world.db, audiences.save(world.db, "熟客", "").audience)
    step = history.steps(world.db)[0]
    assert (step.kind, step.changed, step.undoable) == ("upload", 4, False)
    assert pressed.changes.touches(Kind.OUTBOX, Kind.HISTORY)


def test_after_a_restart_one_press_is_needed(world: UploadWorld) -> None:
    world.people(2)
    world.press("甲")
    world.press("乙")
    world.shop.close()
    world.shop = ShopFile.open(world.shop.path)
    with world.db.transaction():
        assert outbox.after_restart(world.db) == 2
    uploader = world.uploader()
    assert uploader.step() is None
    assert world.simulator.requests == ()
    assert outbox.unconfirmed(world.db) == 2
    assert uploading.confirm_all(world.db).count == 2
    assert {world.finish(1).state, world.finish(2).state} == {"ready"}


def test_pressing_again_after_a_restart_confirms(world: UploadWorld) -> None:
    world.people(2)
    world.press()
    with world.db.transaction():
        outbox.after_restart(world.db)
    assert world.press().confirmed
    assert world.finish().state == "ready"


def test_line_is_watched_after_a_restart_without_a_press(world: UploadWorld) -> None:
    world.people(2)
    world.press()
    world.uploader().run(1, until_ready=False)
    with world.db.transaction():
        assert outbox.after_restart(world.db) == 0
    assert world.finish().state == "ready"


def test_a_backup_from_before_the_upload_is_restored(world: UploadWorld, tmp_path: Path) -> None:
    meant = world.people(5)
    world.press("先送出的")
    other = world.press("還沒送的")
    world.shop.close()
    backup = tmp_path / "backup.tagline"
    shutil.copy(world.shop.path, backup)
    world.shop = ShopFile.open(world.shop.path)
    uploading.cancel(world.db, other.id)
    assert world.finish(1).state == "ready"
    world.shop.close()
    shutil.copy(backup, world.shop.path)
    world.shop = ShopFile.open(world.shop.path)

    assert paused_by_a_restore(world.db) == 2
    uploader = world.uploader()
    assert uploader.step() is None
    for refused in (
        lambda: world.press("新的"),
        lambda: uploading.confirm_all(world.db),
        lambda: uploading.retry(world.db, 1),
    ):
        with pytest.raises(UserError) as error:
            refused()
        assert key_of(error) == "outbox.paused"

    assert uploading.check_restored(uploader, world.in_database).count == 1
    assert [uploading.existing(world.db, one).state for one in (1, other.id)] == ["processing", "waiting"]
    assert world.finish(1).state == "ready"
    assert uploading.confirm_all(world.db).count == 1
    assert world.finish(other.id).state == "ready"
    assert world.audience_names() == ["先送出的", "還沒送的"]
    assert all(world.simulator.ids_of(one.id) == meant for one in world.simulator.audiences())


def test_a_restored_backup_stays_paused_while_line_cannot_be_asked(world: UploadWorld) -> None:
    world.people(1)
    world.press()
    paused_by_a_restore(world.db)
    world.simulator.faults.add("cut_before", count=None)
    with pytest.raises(UserError):
        uploading.check_restored(world.uploader(), world.in_database)
    with pytest.raises(UserError) as error:
        uploading.confirm_all(world.db)
    assert key_of(error) == "outbox.paused"


def test_cancelling(world: UploadWorld) -> None:
    world.people(2)
    waiting = world.press("等待")
    uploading.cancel(world.db, waiting.id)
    assert uploading.existing(world.db, waiting.id).error is None
    assert world.uploader().step() is None

    unknown = world.press("不明")
    world.simulator.faults.add("cut_after", **CREATE)
    world.uploader().step()
    uploading.cancel(world.db, unknown.id)
    noted = uploading.existing(world.db, unknown.id).error
    assert noted is not None
    assert noted.key == "outbox.cancelled_unknown"

    at_line = world.press("在 LINE")
    world.uploader().run(at_line.id, until_ready=False)
    with pytest.raises(UserError) as error:
        uploading.cancel(world.db, at_line.id)
    assert key_of(error) == "outbox.cannot_cancel"

    sending = world.press("傳送中")
    with world.db.transaction():
        outbox.move(world.db, sending.id, "sending", history.utc_now())
    uploading.cancel(world.db, sending.id)
    assert uploading.existing(world.db, sending.id).cancelling, "what becomes of the request decides"
    world.restart()
    noted = uploading.existing(world.db, sending.id).error
    assert noted is not None
    assert (uploading.existing(world.db, sending.id).state, noted.key) == (
        "cancelled",
        "outbox.cancelled_unknown",
    )


def test_cancelled_between_looking_and_sending(world: UploadWorld) -> None:
    world.people(2)
    job = world.press()
    uploader = world.uploader()
    hooked = uploader._hooks.checkpoint

    def cancel_when_looked(name: str) -> None:
        hooked(name)
        if name == "looked":
            uploading.cancel(world.db, job.id)

    object.__setattr__(uploader._hooks, "checkpoint", cancel_when_looked)
    assert world.finish(1, uploader).state == "cancelled"
    assert world.simulator.audiences() == []


def test_retry_all_and_what_needs_no_retry(world: UploadWorld) -> None:
    world.people(2)
    first, second = world.press("甲"), world.press("乙")
    world.simulator.faults.add("status", status=401)
    world.finish(1)
    assert uploading.retry_all(world.db).count == 2
    assert {world.finish(first.id).state, world.finish(second.id).state} == {"ready"}
    with pytest.raises(UserError) as error:
        uploading.retry(world.db, first.id)
    assert key_of(error) == "outbox.cannot_retry"
    with pytest.raises(UserError) as error:
        uploading.retry(world.db, 99)
    assert key_of(error) == "outbox.unknown_job"


def test_a_full_disk_while_the_request_is_marked(world: UploadWorld) -> None:
    world.people(2)
    world.press()
    world.db.run("PRAGMA max_page_count = 1")
    world.db.run("CREATE TEMP TRIGGER full BEFORE UPDATE OF state ON upload WHEN NEW.state = 'sending'"
                 " BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END")  # fmt: skip
    with pytest.raises(Exception, match="disk is full"):
        world.uploader().run(1, until_ready=True)
    assert world.requests("POST", "/v2/bot/audienceGroup/upload") == 0
    world.db.run("DROP TRIGGER full")
    assert world.finish().state == "ready"


def test_windows_are_told(world: UploadWorld) -> None:
    world.people(1)
    world.press()
    world.finish()
    assert len(world.published) >= 3
    assert all(one.touches(Kind.OUTBOX) for one in world.published)
