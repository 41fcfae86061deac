"""Audiences at LINE that others made, or that nobody needs any more: listed, taken over, deleted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.errors import Cancelled, UserError
from desktop.core.message import Message
from desktop.operations.audiences import audiences
from desktop.operations.line import audiences_at_line, uploading
from desktop.operations.line.audiences_at_line import LineAudience
from tests.scenarios.replacing_world import NAME, at_line, audience, drift, existing, insist, leave, start
from tests.scenarios.upload_world import UploadWorld, upload_world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[UploadWorld]:
    with upload_world(tmp_path) as made:
        yield made


def listed(world: UploadWorld) -> dict[str, LineAudience]:
    found = audiences_at_line.listing(world.client(), world.in_database)
    return {one.name: one for one in found.audiences}


def elsewhere(world: UploadWorld, name: str = "別的系統做的") -> int:
    """An audience of this channel that another program made, with two people in it."""
    made = world.simulator.state.create(name)
    world.simulator.state.upload(made, ["U" + "e" * 32, "U" + "f" * 32], "their own")
    world.simulator.state.keep(made)
    return made.id


def test_what_is_listed_stays_for_a_day_without_a_network(world: UploadWorld) -> None:
    assert audiences_at_line.stored_listing(world.db).at is None
    start(world)
    elsewhere(world)
    world.simulator.add_foreign_audience("後台做的")
    found = listed(world)
    assert {*found} == {NAME, "別的系統做的", "後台做的"}
    ours, theirs, managers = found[NAME], found["別的系統做的"], found["後台做的"]
    assert (ours.audience, ours.role, ours.upload_id, ours.count) == (NAME, "current", 1, 7)
    assert (theirs.audience_id, theirs.can_be_adopted, theirs.can_be_deleted) == (None, True, True)
    assert (managers.made_by, managers.can_be_adopted, managers.can_be_deleted) == (
        "OA_MANAGER",
        False,
        False,
    )
    kept = audiences_at_line.stored_listing(world.db)
    assert kept.at is not None
    assert {one.name: one for one in kept.audiences} == found
    assert (kept.ours, kept.room) == (2, 998)
    assert [one.name for one in audiences_at_line.oldest(world.db, 5)] == [NAME, "別的系統做的"]


def test_a_hundred_audiences_in_any_order(world: UploadWorld) -> None:
    for number in range(100):
        world.simulator.state.create(f"舊的 {number:03}")
    for order in ("newest", "name", "shuffled"):
        world.simulator.configure(list_order=order)
        assert len(listed(world)) >= 90


def test_a_listing_that_fails_changes_nothing(world: UploadWorld) -> None:
    start(world)
    world.simulator.faults.add("captive_portal", path="/list$")
    with pytest.raises(UserError):
        listed(world)
    assert drift(world).in_step
    assert audiences_at_line.stored_listing(world.db).at is None


def test_what_line_lists_late_is_not_gone(world: UploadWorld) -> None:
    world.simulator.configure(listing_lag_seconds=600)
    start(world)
    assert listed(world)[NAME].role == "current"
    assert (drift(world).line_state, drift(world).way) == ("ready", "nothing")
    world.simulator.delete_audience(world.simulator.audiences()[0].id)
    assert listed(world) == {}
    assert (drift(world).line_state, drift(world).way) == ("gone", "new")


def test_one_that_line_failed_on_since_holds_nobody(world: UploadWorld) -> None:
    start(world)
    world.db.run("UPDATE line_audience SET status = 'FAILED'")
    assert (drift(world).line_state, drift(world).way, drift(world).joined) == ("failed", "new", 7)


def test_asking_about_one_audience(world: UploadWorld) -> None:
    start(world)
    (there,) = world.simulator.audiences()
    world.simulator.change_audience(there.id, description="改過的名稱")
    audiences_at_line.ask_about(world.client(), world.in_database, audience(world).id)
    assert drift(world).line_name == "改過的名稱"
    world.simulator.delete_audience(there.id)
    audiences_at_line.ask_about(world.client(), world.in_database, audience(world).id)
    assert drift(world).line_state == "gone"


def test_a_listing_can_be_cancelled(world: UploadWorld) -> None:
    class Impatient:
        def report(self, done: int, total: int | None = None, text: Message | None = None) -> None:
            return

        def raise_if_cancelled(self) -> None:
            raise Cancelled

    start(world)
    with pytest.raises(Cancelled):
        audiences_at_line.listing(world.client(), world.in_database, job=Impatient())
    assert audiences_at_line.stored_listing(world.db).at is None


def test_an_audience_taken_over_is_only_ever_added_to(world: UploadWorld) -> None:
    group = elsewhere(world)
    people = world.people(3)
    saved = audiences.save(world.db, NAME, "").audience
    listed(world)
    audiences_at_line.adopt(world.db, group, saved)
    now = drift(world)
    assert (now.adopted, now.way, now.joined, now.left) == (True, "add", 3, None)
    from desktop.operations.line import keeping_in_step

    job = keeping_in_step.refresh(world.db, saved).job
    assert job is not None
    assert insist(world, job.id).state == "ready"
    assert world.simulator.ids_of(group) == people | {"U" + "e" * 32, "U" + "f" * 32}
    assert drift(world).in_step
    leave(world, 1)
    assert drift(world).way == "nothing", "who is in it cannot be read, so nobody can be taken out"
    with pytest.raises(UserError) as error:
        keeping_in_step.replace(world.db, saved)
    assert error.value.text.key == "keeping.adopted_grows"
    gap = audiences_at_line.count_gap(world.db, job.id)
    assert gap is not None
    assert [one.key for one in gap.reasons] == ["keeping.reason.adopted"]
    audiences_at_line.release(world.db, group)
    assert drift(world).way == "new"
    assert at_line(world)["別的系統做的"], "nothing changed at LINE"


def test_what_cannot_be_taken_over(world: UploadWorld) -> None:
    start(world)
    group, managers = elsewhere(world), world.simulator.add_foreign_audience("後台做的")
    listed(world)
    for one, key in ((managers, "keeping.cannot_adopt"), (group, "keeping.already_linked")):
        with pytest.raises(UserError) as error:
            audiences_at_line.adopt(world.db, one, audience(world))
        assert error.value.text.key == key
    with pytest.raises(UserError) as error:
        audiences_at_line.adopt(world.db, 12345, audience(world))
    assert error.value.text.key == "keeping.not_at_line"


@pytest.mark.parametrize("status", [200, 202])
def test_deleting_from_here(world: UploadWorld, status: int) -> None:
    world.simulator.configure(delete_status=status)
    start(world)
    group = drift(world).group_id
    assert group is not None
    warnings = [one.key for one in audiences_at_line.delete_warnings(world.db, group)]
    assert warnings == ["keeping.deleting_current", "keeping.deleting_scheduled", "keeping.deleting_final"]
    job = audiences_at_line.delete_at_line(world.db, group).job
    assert job is not None
    with pytest.raises(UserError) as error:
        audiences_at_line.delete_at_line(world.db, group)
    assert error.value.text.key == "keeping.under_way", "a second press is no second deletion"
    assert world.finish(job.id).state == "ready"
    assert world.simulator.audiences() == []
    assert (drift(world).line_state, drift(world).way) == ("gone", "new")
    assert world.requests("DELETE", "/") == 1


def test_deleting_what_others_made(world: UploadWorld) -> None:
    group, managers = elsewhere(world), world.simulator.add_foreign_audience("後台做的")
    listed(world)
    assert audiences_at_line.delete_warnings(world.db, group)[0].key == "keeping.deleting_elsewhere"
    with pytest.raises(UserError) as error:
        audiences_at_line.delete_at_line(world.db, managers)
    assert error.value.text.key == "keeping.not_ours_to_delete"
    job = audiences_at_line.delete_at_line(world.db, group).job
    assert job is not None
    assert world.finish(job.id).state == "ready"
    assert world.audience_names() == ["後台做的"]


def test_a_deletion_that_waits_can_be_taken_back(world: UploadWorld) -> None:
    start(world)
    group = drift(world).group_id
    assert group is not None
    job = audiences_at_line.delete_at_line(world.db, group).job
    assert job is not None
    uploading.cancel(world.db, job.id)
    assert world.uploader().step() is None
    assert existing(world, job.id).state == "cancelled"
    assert world.audience_names() == [NAME]


def test_line_counts_fewer_than_were_uploaded(world: UploadWorld) -> None:
    world.simulator.configure(left_out=14)
    world.people(812)
    job = world.press(NAME)
    assert world.finish(job.id).state == "ready"
    gap = audiences_at_line.count_gap(world.db, job.id)
    assert gap is not None
    assert (gap.given, gap.counted, gap.missing) == (812, 798, 14)
    assert [one.key for one in gap.reasons] == ["keeping.reason.not_agreed", "keeping.reason.provider"]
    world.simulator.configure(left_out=0)
    second = world.press("全部")
    assert world.finish(second.id).state == "ready"
    assert audiences_at_line.count_gap(world.db, second.id) is None
