"""What time and other people do to audiences at LINE: they end after 180 days by LINE's clock, are deleted by somebody else, belong to
another account; whom a hold-out or an erasure keeps out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.operations.audiences import audiences
from desktop.operations.line import audiences_at_line, keeping_in_step, uploading
from desktop.operations.line.keeping_in_step import RENEW_WITHIN_DAYS
from desktop.store import outbox
from desktop.store.outbox import at_line as store_at_line
from tests.scenarios import replacing_world as replacing
from tests.scenarios.replacing_world import NAME, REQUESTS, audience, drift, leave, start
from tests.scenarios.upload_world import UploadWorld, upload_world, user_id

DAY = 86_400.0


@pytest.fixture
def world(tmp_path: Path) -> Iterator[UploadWorld]:
    with upload_world(tmp_path) as made:
        yield made


def refresh(world: UploadWorld) -> outbox.UploadJob:
    job = keeping_in_step.refresh(world.db, audience(world)).job
    assert job is not None
    return job


def steps(world: UploadWorld, upload_id: int) -> dict[str, str]:
    return {one.id: one.state for one in keeping_in_step.replacement_steps(world.db, upload_id)}


def test_what_ends_soon_is_renewed_by_a_replacement(world: UploadWorld) -> None:
    people = start(world)
    assert keeping_in_step.renewals_due(world.db) == ()
    soon = datetime.now(UTC) + timedelta(days=180 - RENEW_WITHIN_DAYS)
    (due,) = keeping_in_step.renewals_due(world.db, soon)
    assert (due.audience.name, due.days_left) == (NAME, RENEW_WITHIN_DAYS - 1)
    world.simulator.advance((180 - 5) * DAY)
    job = keeping_in_step.replace(world.db, audience(world)).job
    assert job is not None
    assert world.finish(job.id).state == "ready"
    assert replacing.at_line(world)[NAME] == people
    days_left = drift(world).days_left
    assert days_left is not None
    assert days_left >= 178, "LINE's clock counts: it is half a year ahead of the computer's"
    assert keeping_in_step.renewals_due(world.db) == ()
    assert keeping_in_step.renewals_due(world.db, datetime.now(UTC) + timedelta(days=170))


def test_a_clock_that_is_years_wrong_changes_nothing(world: UploadWorld) -> None:
    start(world)
    world.simulator.advance(3 * 365 * DAY)
    world.simulator.state.create("別的")
    with world.db.transaction():
        world.db.run(
            "UPDATE line_audience SET expires_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '+1190 days')"
        )
    store_at_line.keep_line_clock(world.db, 3 * 365 * DAY)
    days_left = drift(world).days_left
    assert days_left is not None
    assert 90 <= days_left <= 100


def test_an_expired_audience_is_made_anew(world: UploadWorld) -> None:
    people = start(world)
    world.simulator.advance(181 * DAY)
    audiences_at_line.listing(world.client(), world.in_database)
    assert (drift(world).line_state, drift(world).way, drift(world).joined) == ("expired", "new", 7)
    assert [one.days_left < 0 for one in keeping_in_step.renewals_due(world.db)] == [True]
    assert world.finish(refresh(world).id).state == "ready"
    ready = [one.id for one in world.simulator.audiences() if one.status == "READY"]
    assert [world.simulator.ids_of(one) for one in ready] == [people]


def test_people_are_not_added_to_what_expired(world: UploadWorld) -> None:
    start(world)
    world.people(1, first=80)
    world.simulator.advance(181 * DAY)
    job = refresh(world)
    assert job.kind == "add", "nobody has told the program yet"
    done = world.finish(job.id)
    assert (done.state, done.error and done.error.key) == ("refused", "line.audience_expired")


def test_an_audience_deleted_by_somebody_else_is_noticed(world: UploadWorld) -> None:
    people = start(world)
    group = drift(world).group_id
    assert group is not None
    world.simulator.delete_audience(group)
    assert drift(world).in_step, "nobody has asked yet"
    audiences_at_line.listing(world.client(), world.in_database)
    assert (drift(world).line_state, drift(world).way) == ("gone", "new")
    assert [one.name for one in audiences_at_line.missing(world.db)] == [NAME]
    assert world.finish(refresh(world).id).state == "ready"
    assert replacing.at_line(world) == {NAME: people}
    assert audiences_at_line.missing(world.db) == ()


def test_people_are_not_added_to_what_is_gone(world: UploadWorld) -> None:
    start(world)
    world.people(2, first=90)
    job = refresh(world)
    group = drift(world).group_id
    assert group is not None
    world.simulator.delete_audience(group)
    done = world.finish(job.id)
    assert (done.state, done.error and done.error.key) == ("refused", "line.audience_gone")
    assert drift(world).way == "new"
    assert world.simulator.audiences() == []


def test_another_account_is_connected(world: UploadWorld) -> None:
    start(world)
    leave(world, 1)
    job = refresh(world)
    world.simulator.configure_account(user_id="U" + "ab" * 16)
    done = world.finish(job.id)
    assert (done.state, done.error and done.error.key) == ("action_needed", "outbox.other_account")
    assert [one.description for one in world.simulator.audiences()] == [NAME]


def test_a_refresh_whose_token_is_refused_waits(world: UploadWorld) -> None:
    start(world)
    leave(world, 1)
    job = refresh(world)
    method, path = REQUESTS["rename"]
    world.simulator.faults.add("status", status=401, method=method, path=path)
    assert world.finish(job.id).state == "action_needed"
    assert uploading.after_sign_in(world.db).count == 1
    assert world.finish(job.id).state == "ready"


def test_the_held_out_are_not_uploaded(world: UploadWorld) -> None:
    from desktop.store.audience_history import hold_out

    everybody = world.people(200)
    saved = audiences.save(world.db, NAME, "").audience
    with world.db.transaction():
        hold_out.set_percent(world.db, saved.id, 20)
    job = world.press(NAME)
    held_out = world.db.column(
        "SELECT p.line_user_id FROM held_out_person h JOIN person p ON p.id = h.person_id WHERE h.upload_id = ?",
        (job.id,),
    )
    assert 10 < len(held_out) < 80
    assert world.finish(job.id).state == "ready"
    assert replacing.at_line(world)[NAME] == everybody - set(held_out)
    assert drift(world).in_step
    with world.db.transaction():
        hold_out.set_percent(world.db, saved.id, 0)
    assert (drift(world).way, drift(world).joined) == ("add", len(held_out))


def test_who_was_erased_is_taken_out_by_a_replacement(world: UploadWorld) -> None:
    people = start(world)
    with world.db.transaction():
        world.db.run("DELETE FROM upload_person WHERE line_user_id = ?", (user_id(4),))
        world.db.run("DELETE FROM person WHERE line_user_id = ?", (user_id(4),))
    assert (drift(world).left, drift(world).way) == (1, "replace")
    assert world.finish(refresh(world).id).state == "ready"
    assert replacing.at_line(world)[NAME] == people - {user_id(4)}
