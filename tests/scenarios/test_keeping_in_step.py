"""An audience is kept in step with the shop: who joined is added, who left leads to a replacement;
and nothing goes out twice, not even out of a restored backup."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.core.errors import UserError
from desktop.core.limits import AUDIENCE, line_length
from desktop.core.people.upload_name import is_old_name, is_upload_name
from desktop.operations.audiences import audiences
from desktop.operations.line import audiences_at_line, keeping_in_step, uploading
from desktop.store import outbox
from desktop.store.shop_file import ShopFile
from tests.scenarios import replacing_world as replacing
from tests.scenarios.replacing_world import NAME, audience, drift, existing, insist, leave, start
from tests.scenarios.restored import paused_by_a_restore
from tests.scenarios.upload_world import ProgramKilled, UploadWorld, upload_world, user_id

DAY = 86_400.0


@pytest.fixture
def world(tmp_path: Path) -> Iterator[UploadWorld]:
    with upload_world(tmp_path) as made:
        yield made


def key_of(error: pytest.ExceptionInfo[UserError]) -> str:
    return error.value.text.key


def refresh(world: UploadWorld) -> outbox.UploadJob:
    job = keeping_in_step.refresh(world.db, audience(world)).job
    assert job is not None
    return job


def steps(world: UploadWorld, upload_id: int) -> dict[str, str]:
    return {one.id: one.state for one in keeping_in_step.replacement_steps(world.db, upload_id)}


def test_the_way_of_an_audience(world: UploadWorld) -> None:
    meant = world.people(3)
    saved = audiences.save(world.db, NAME, "").audience
    assert (drift(world).line_state, drift(world).way, drift(world).joined) == ("none", "new", 3)
    first = keeping_in_step.refresh(world.db, saved)
    assert (first.way, drift(world).line_state, drift(world).way) == ("new", "on_its_way", "wait")
    again = keeping_in_step.refresh(world.db, saved)
    assert (again.new, again.job and again.job.id) == (False, first.job and first.job.id)
    assert world.finish(1).state == "ready"
    now = drift(world)
    assert (now.in_step, now.unchanged, now.at_line, now.line_name) == (True, 3, 3, NAME)
    assert keeping_in_step.refresh(world.db, saved).job is None

    joined = world.people(2, first=50)
    assert (drift(world).way, drift(world).joined) == ("add", 2)
    added = refresh(world)
    assert (added.kind, added.ids, added.method) == ("add", 2, "add_json")
    assert world.finish(added.id).state == "ready"
    assert replacing.at_line(world) == {NAME: meant | joined}
    assert (drift(world).at_line, drift(world).in_step) == (5, True)


def test_ready_is_not_enough_for_an_add(world: UploadWorld) -> None:
    """LINE shows READY all the time: only the job of our own mark says that the people are in."""
    start(world)
    world.simulator.configure(processing_polls=0, processing_seconds=300.0)
    world.people(2, first=50)
    job = refresh(world)
    uploader = world.uploader()
    while existing(world, job.id).state != "processing":
        uploader.step()
    for _ in range(20):
        wait = uploader.step() or 0.0
        world.clock.sleep(min(wait, 10.0))
    assert existing(world, job.id).state == "processing"
    assert world.simulator.audiences()[0].status == "READY"
    world.clock.sleep(300.0)
    assert world.finish(job.id, uploader).state == "ready"


def test_the_steps_of_a_replacement(world: UploadWorld) -> None:
    start(world)
    leave(world, 1)
    job = refresh(world)
    assert job.kind == "replace"
    assert steps(world, job.id) == {
        "create": "now",
        "processing": "waiting",
        "rename_old": "waiting",
        "rename_new": "waiting",
        "delete_old": "waiting",
    }
    world.uploader().run(job.id, until_ready=False)
    assert list(steps(world, job.id).values())[:3] == ["done", "now", "waiting"]
    between = world.audience_names()
    assert between[0] == NAME, "the old one keeps its name until the new one is ready"
    assert is_upload_name(between[1], NAME)
    assert world.finish(job.id).state == "ready"
    assert [*steps(world, job.id).values()] == ["done", "done", "done", "done", "offered"]
    (old,) = keeping_in_step.old_copies(world.db)
    assert is_old_name(old.name, NAME)
    assert (old.audience, old.ask) == (NAME, True)


def test_the_old_one_stays_until_the_owner_lets_it_go(world: UploadWorld) -> None:
    start(world)
    leave(world, 1)
    world.finish(refresh(world).id)
    (old,) = keeping_in_step.old_copies(world.db)
    keeping_in_step.keep_old(world.db, old.group_id)
    (kept,) = keeping_in_step.old_copies(world.db)
    assert not kept.ask
    later = datetime.now(UTC) + timedelta(days=keeping_in_step.ASK_AGAIN_DAYS, hours=1)
    assert keeping_in_step.old_copies(world.db, later)[0].ask
    assert len(world.simulator.audiences()) == 2
    assert world.requests("DELETE", "/") == 0
    job = replacing.confirm_deletion(world)
    assert keeping_in_step.old_copies(world.db) == (), "it is on its way out"
    assert steps(world, 2)["delete_old"] == "now"
    assert world.finish(job.id).state == "ready"
    assert steps(world, 2)["delete_old"] == "done"
    assert world.audience_names() == [NAME]
    with pytest.raises(UserError):
        keeping_in_step.confirm_delete_old(world.db, old.group_id)


def test_only_an_old_one_can_be_let_go(world: UploadWorld) -> None:
    start(world)
    group = drift(world).group_id
    assert group is not None
    with pytest.raises(UserError) as error:
        keeping_in_step.confirm_delete_old(world.db, group)
    assert key_of(error) == "keeping.not_old"


@pytest.mark.parametrize(
    "name", ["客" * 120, "🍎" * 60, "V" * 119 + "客", "店" * 100 + "🍎" * 10, "A (2026-11-21)"]
)
def test_names_of_any_length_make_room(world: UploadWorld, name: str) -> None:
    world.simulator.configure(refuse_duplicate_names=True)
    people = world.people(4)
    first = world.press(name)
    assert world.finish(first.id).state == "ready"
    leave(world, 1)
    for expected in (2, 3):
        job = keeping_in_step.refresh(world.db, audience(world, name)).job
        assert job is not None
        assert world.finish(job.id).state == "ready"
        found = replacing.at_line(world)
        assert len(found) == expected
        assert all(line_length(one) <= AUDIENCE.name_length for one in found)
        assert found[name] == people - {user_id(one) for one in range(1, expected)}
        leave(world, expected)


def test_a_name_changed_by_hand_meanwhile_stays(world: UploadWorld) -> None:
    start(world)
    leave(world, 1)
    job = refresh(world)
    world.uploader().run(job.id, until_ready=False)
    old = drift(world).group_id
    assert old is not None
    world.simulator.change_audience(old, description="雙 11 用")
    assert world.finish(job.id).state == "ready"
    assert world.audience_names() == sorted([NAME, "雙 11 用"])
    assert steps(world, job.id)["rename_old"] == "skipped"


def test_the_old_one_is_deleted_by_somebody_else_meanwhile(world: UploadWorld) -> None:
    start(world)
    leave(world, 1)
    job = refresh(world)
    world.uploader().run(job.id, until_ready=False)
    old = drift(world).group_id
    assert old is not None
    world.simulator.delete_audience(old)
    assert world.finish(job.id).state == "ready"
    assert world.audience_names() == [NAME]
    assert keeping_in_step.old_copies(world.db) == ()


def test_the_new_one_is_deleted_by_somebody_else_meanwhile(world: UploadWorld) -> None:
    meant = start(world) - {user_id(1)}
    leave(world, 1)
    job = refresh(world)
    world.uploader().run(job.id, until_ready=False)
    group = existing(world, job.id).audience_group_id
    assert group is not None
    world.simulator.delete_audience(group)
    stopped = world.finish(job.id)
    assert (stopped.state, stopped.error and stopped.error.key) == ("action_needed", "line.audience_gone")
    uploading.retry(world.db, job.id)
    assert world.finish(job.id).state == "ready"
    assert replacing.at_line(world)[NAME] == meant


def test_line_fails_on_a_replacement(world: UploadWorld) -> None:
    before = start(world)
    leave(world, 1)
    world.simulator.configure(failing_jobs=1)
    job = refresh(world)
    assert world.finish(job.id).state == "action_needed"
    assert replacing.at_line(world)[NAME] == before, "the old one is whole"
    assert steps(world, job.id)["processing"] == "failed"
    assert insist(world, job.id).state == "ready"
    assert replacing.at_line(world)[NAME] == before - {user_id(1)}
    assert drift(world).in_step


def test_line_fails_on_an_add(world: UploadWorld) -> None:
    before = start(world)
    joined = world.people(2, first=60)
    world.simulator.configure(failing_jobs=1)
    job = refresh(world)
    assert world.finish(job.id).state == "action_needed"
    assert drift(world).joined == 2
    assert insist(world, job.id).state == "ready"
    assert replacing.at_line(world) == {NAME: before | joined}


def test_an_audience_that_is_not_ready_takes_people_later(world: UploadWorld) -> None:
    start(world)
    world.simulator.configure(refuse_adds_in_progress=True, processing_polls=0, processing_seconds=200.0)
    with world.db.transaction():
        world.db.run("UPDATE person SET do_not_send = 0")
    leave(world, 1)
    job = refresh(world)
    assert world.finish(job.id).state == "ready"
    world.people(1, first=70)
    assert world.finish(refresh(world).id).state == "ready"
    assert drift(world).in_step


def test_cancelled_while_line_processes_the_new_one(world: UploadWorld) -> None:
    before = start(world)
    leave(world, 1)
    job = refresh(world)
    world.uploader().run(job.id, until_ready=False)
    uploading.cancel(world.db, job.id)
    cancelled = existing(world, job.id)
    assert (cancelled.state, cancelled.error and cancelled.error.key) == (
        "cancelled",
        "outbox.cancelled_at_line",
    )
    assert world.uploader().step() is None
    assert replacing.at_line(world)[NAME] == before
    assert steps(world, job.id)["rename_old"] == "stopped"
    left_over = next(one for one in audiences_at_line.stored_listing(world.db).audiences if one.name != NAME)
    deletion = audiences_at_line.delete_at_line(world.db, left_over.group_id).job
    assert deletion is not None
    assert world.finish(deletion.id).state == "ready"
    assert world.audience_names() == [NAME]
    assert drift(world).way == "replace", "the one that was there is the one that counts"


def test_it_cannot_be_cancelled_while_names_change(world: UploadWorld) -> None:
    start(world)
    leave(world, 1)
    job = refresh(world)
    with pytest.raises(ProgramKilled):
        world.uploader(die_at="settled_saved").run(job.id, until_ready=True)
    world.restart()
    with pytest.raises(UserError) as error:
        uploading.cancel(world.db, job.id)
    assert key_of(error) == "outbox.changing_places"
    assert world.finish(job.id).state == "ready"


@pytest.mark.parametrize(
    ("fault", "state", "note", "left"),
    [
        ("", "cancelled", "outbox.cancelled_at_line", 1),
        ("cut_after", "cancelled", "outbox.cancelled_unknown", 1),
        ("cut_before", "cancelled", "outbox.cancelled_unknown", 0),
    ],
)
def test_cancelled_in_the_middle_of_a_request(
    world: UploadWorld, fault: str, state: str, note: str, left: int
) -> None:
    world.people(3)
    job = world.press()
    if fault:
        world.simulator.faults.add(fault, method="POST", path="/upload$")
    uploader = world.uploader()
    send = uploader._sender.send

    def cancelled_first(sent: outbox.UploadJob, name: str) -> object:
        uploading.cancel(world.db, sent.id)
        return send(sent, name)

    uploader._sender.send = cancelled_first  # type: ignore[assignment,method-assign]
    uploader.step()
    done = existing(world, job.id)
    assert (done.state, done.error and done.error.key) == (state, note)
    assert len(world.simulator.audiences()) == left
    assert uploader.step() is None


def test_after_a_restart_the_rest_of_a_replacement_waits_for_a_press(world: UploadWorld) -> None:
    start(world)
    leave(world, 1)
    job = refresh(world)
    with pytest.raises(ProgramKilled):
        world.uploader(die_at="ready_saved").run(job.id, until_ready=True)
    with world.db.transaction():
        assert outbox.after_restart(world.db) == 1
    assert world.uploader().step() is None
    assert world.requests("PUT", "/v2/bot/audienceGroup") == 0
    uploading.confirm_all(world.db)
    assert world.finish(job.id).state == "ready"


@pytest.mark.parametrize("kept_at", ["looked", "marked", "accepted_saved", "ready_saved", "settled_saved"])
def test_a_backup_from_the_middle_of_a_replacement_sends_nothing_twice(
    world: UploadWorld, tmp_path: Path, kept_at: str
) -> None:
    """The backup knows nothing of what happened after it; LINE does."""
    meant = start(world) - {user_id(1)}
    leave(world, 1)
    job = refresh(world)
    with pytest.raises(ProgramKilled):
        world.uploader(die_at=kept_at).run(job.id, until_ready=True)
    world.shop.close()
    shutil.copy(world.shop.path, tmp_path / "backup.tagline")
    world.shop = ShopFile.open(world.shop.path)
    world.restart()
    assert insist(world, job.id).state == "ready"
    made = len(world.simulator.audiences())
    before = replacing.at_line(world)
    writes = sum(one.method != "GET" for one in world.simulator.requests)

    world.shop.close()
    shutil.copy(tmp_path / "backup.tagline", world.shop.path)
    world.shop = ShopFile.open(world.shop.path)
    paused_by_a_restore(world.db)
    uploading.check_restored(world.uploader(), world.in_database)
    uploading.confirm_all(world.db)
    assert insist(world, job.id).state == "ready"
    assert sum(one.method != "GET" for one in world.simulator.requests) == writes, "nothing was sent again"
    assert (len(world.simulator.audiences()), replacing.at_line(world)) == (made, before)
    assert before[NAME] == meant
    assert drift(world).in_step


def test_the_computer_slept_in_the_middle(world: UploadWorld) -> None:
    """The lid was closed while a request was out: hours later its connection is dead, and LINE is looked at first."""
    meant = start(world) - {user_id(2)}
    leave(world, 2)
    job = refresh(world)
    for kind in ("POST", "PUT"):
        world.simulator.faults.add("cut_after", method=kind)
    uploader = world.uploader()
    for _ in range(60):
        uploader.step()
        if existing(world, job.id).state == "unknown":
            world.clock.sleep(8 * 3_600.0)
        wait = uploader.step()
        if wait:
            world.clock.sleep(wait)
    assert existing(world, job.id).state == "ready"
    assert replacing.at_line(world)[NAME] == meant
    assert len(world.simulator.audiences()) == 2
    assert world.requests("POST", "/v2/bot/audienceGroup/upload") == 2, (
        "one for the first, one for the second"
    )
