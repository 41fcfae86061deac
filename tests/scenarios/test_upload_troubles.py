"""What the owner meets when an upload does not simply work, and how it goes on."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.line_api.client import LineClient
from desktop.line_api.tokens import FixedToken
from desktop.line_api.transport import LineHosts
from desktop.line_api.uploading.processing import TRIES
from desktop.line_api.uploading.uploader import LOOK_AGAIN_AFTER
from desktop.operations.line import uploading
from desktop.store import outbox
from desktop.store.outbox import UploadJob
from tests.scenarios.upload_world import UploadWorld, upload_world

CREATE = {"method": "POST", "path": "/audienceGroup/upload$"}
LOOK = {"method": "GET", "path": r"/audienceGroup/\d+$"}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[UploadWorld]:
    with upload_world(tmp_path) as made:
        made.people(3)
        yield made


def error_of(job: UploadJob) -> str:
    return job.error.key if job.error else ""


def existing(world: UploadWorld, upload_id: int = 1) -> UploadJob:
    return uploading.existing(world.db, upload_id)


def test_the_token_is_refused_and_everything_waits(world: UploadWorld) -> None:
    first, second = world.press("甲"), world.press("乙")
    old = world.client()
    world.simulator.reissue_token()
    assert world.finish(first.id, world.uploader(client=old)).state == "action_needed"
    for job in (existing(world, first.id), existing(world, second.id)):
        assert (job.state, error_of(job)) == ("action_needed", "line.sign_in_again")
    assert world.simulator.audiences() == []

    assert uploading.after_sign_in(world.db).count == 2
    assert [existing(world, one.id).state for one in (first, second)] == ["waiting", "waiting"]
    assert {world.finish(one.id).state for one in (first, second)} == {"ready"}


def test_the_token_is_refused_while_the_fate_is_unknown(world: UploadWorld) -> None:
    job = world.press()
    world.simulator.faults.add("cut_after", **CREATE)
    world.simulator.faults.add("status", status=401, method="GET", path="/list$", skip=1)
    assert world.finish().state == "action_needed"
    assert existing(world).perhaps_at_line
    uploading.after_sign_in(world.db)
    assert existing(world).state == "unknown"
    assert world.finish(job.id).state == "ready"
    assert len(world.simulator.audiences()) == 1


def test_the_token_is_refused_while_line_processes(world: UploadWorld) -> None:
    world.press()
    world.simulator.faults.add("status", status=401, **LOOK)
    assert error_of(world.finish()) == "line.sign_in_again"
    uploading.after_sign_in(world.db)
    assert existing(world).state == "processing"
    assert world.finish().state == "ready"


@pytest.mark.parametrize(
    ("status", "key"),
    [(403, "line.not_entitled"), (404, "line.refused"), (413, "line.refused"), (415, "line.refused")],
)
def test_line_refuses(world: UploadWorld, status: int, key: str) -> None:
    world.press()
    world.simulator.faults.add("status", status=status, **CREATE)
    job = world.finish()
    assert (job.state, error_of(job)) == ("refused", key)
    assert job.error is not None
    assert job.error.params["said"]
    assert world.simulator.requests[-1].request_id == job.error.params["request"]
    assert not job.perhaps_at_line
    assert world.requests("POST", "/v2/bot/audienceGroup/upload") == 1


def test_too_many_requests(world: UploadWorld) -> None:
    world.press()
    world.simulator.faults.add("status", status=429, count=3, **CREATE)
    uploader = world.uploader()
    waits = []
    for _ in range(40):
        wait = uploader.step()
        job = existing(world)
        if wait and job.next_try_at and job.state == "waiting":
            assert job.next_try_at > job.changed_at
            assert error_of(job) == "line.busy"
            waits.append(round(wait))
        if wait is None:
            break
        world.clock.sleep(wait)
    assert existing(world).state == "ready"
    assert [30 * 2**n <= wait <= 36 * 2**n for n, wait in enumerate(waits)] == [True] * 3
    assert existing(world).attempts == 1, "a refused request is no failed try"


def test_five_tries_then_the_owner_decides(world: UploadWorld) -> None:
    meant = world.press()
    world.simulator.faults.add("status", status=500, count=None, **CREATE)
    job = world.finish()
    assert (job.state, error_of(job), job.attempts) == ("action_needed", "outbox.tried_often", TRIES)
    assert world.requests("POST", "/v2/bot/audienceGroup/upload") == TRIES
    assert not job.perhaps_at_line
    world.simulator.faults.clear()
    uploading.retry(world.db, meant.id)
    assert world.finish().state == "ready"
    assert len(world.simulator.audiences()) == 1


def test_reading_fails_five_times(world: UploadWorld) -> None:
    world.press()
    world.simulator.faults.add("status", status=500, count=None, method="GET", path="/list$")
    job = world.finish()
    assert (job.state, error_of(job), job.attempts) == ("action_needed", "line.server", 0)


def test_an_unknown_fate_is_looked_at_twice(world: UploadWorld) -> None:
    world.press()
    world.simulator.faults.add("cut_before", **CREATE)
    assert world.finish().state == "ready"
    assert LOOK_AGAIN_AFTER in world.clock.slept
    assert world.requests("POST", "/v2/bot/audienceGroup/upload") == 2
    assert len(world.simulator.audiences()) == 1


def test_no_network(world: UploadWorld) -> None:
    world.press()
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
    away = LineClient(
        FixedToken("t" * 20), hosts=LineHosts.on_this_computer(f"http://127.0.0.1:{port}"), clock=world.clock
    )
    job = world.finish(1, world.uploader(client=away))
    assert (job.state, error_of(job)) == ("waiting", "line.no_network")
    assert job.next_try_at is not None
    assert world.finish().state == "ready"


def test_the_network_comes_back_while_the_program_runs(world: UploadWorld) -> None:
    world.press()
    world.simulator.faults.add("captive_portal", count=4)
    uploader = world.uploader()
    shown = set()
    while existing(world).state != "ready":
        wait = uploader.step()
        assert wait is not None
        shown.add((existing(world).state, error_of(existing(world))))
        if wait > 20:
            uploader.try_now()
        elif wait:
            world.clock.sleep(wait)
    assert ("waiting", "line.portal") in shown
    assert len(world.simulator.audiences()) == 1


def test_a_portal_answers_the_upload_itself(world: UploadWorld) -> None:
    world.press()
    world.simulator.faults.add("captive_portal", **CREATE)
    uploader = world.uploader()
    while not existing(world).perhaps_at_line:
        uploader.step()
    uploader.step()
    assert existing(world).state == "unknown"
    assert world.finish(1, uploader).state == "ready"
    assert len(world.simulator.audiences()) == 1


def test_line_fails_on_the_list_and_the_owner_retries(world: UploadWorld) -> None:
    world.simulator.configure(failing_jobs=1)
    job = world.press()
    failed = world.finish()
    assert (failed.state, error_of(failed)) == ("action_needed", "outbox.line_failed")
    assert failed.error is not None
    assert failed.error.params == {"reason": "INTERNAL_ERROR"}
    uploading.retry(world.db, job.id)
    done = world.finish()
    assert (done.state, done.op) == ("ready", f"{job.key}-1")
    assert done.line_name != job.line_name
    assert world.simulator.ids_of(done.audience_group_id or 0) == {
        *outbox.ids_after(world.db, job.id, "", 10)
    }


def test_the_audience_is_deleted_in_lines_manager(world: UploadWorld) -> None:
    world.press()
    world.uploader().run(1, until_ready=False)
    (audience,) = world.simulator.state.audiences()
    world.simulator.state.delete(audience)
    assert error_of(world.finish()) == "line.audience_gone"
    uploading.retry(world.db, 1)
    assert world.finish().state == "ready"


def test_the_audience_expires_before_it_is_ready(world: UploadWorld) -> None:
    world.simulator.configure(processing_seconds=1e9)
    world.press()
    world.uploader().run(1, until_ready=False)
    world.simulator.advance(181 * 86_400)
    assert error_of(world.finish()) == "line.audience_expired"


def test_a_thousand_audiences(world: UploadWorld) -> None:
    for number in range(1_000):
        world.simulator.state.create(f"舊的 {number:04}")
    world.press()
    job = world.finish()
    assert (job.state, error_of(job)) == ("refused", "outbox.line_is_full")
    assert job.error is not None
    assert job.error.params["names"] == "舊的 0000、舊的 0001、舊的 0002"


def test_another_account_is_connected_meanwhile(world: UploadWorld) -> None:
    world.press()
    world.simulator.faults.add("cut_after", **CREATE)
    world.uploader().step()
    world.simulator.configure_account(user_id="U" + "ab" * 16)
    job = world.finish()
    assert (job.state, error_of(job)) == ("action_needed", "outbox.other_account")
    assert len(world.simulator.audiences()) == 1


def test_an_audience_of_our_name_that_shows_no_jobs(world: UploadWorld) -> None:
    world.press()
    world.simulator.faults.add("cut_before", **CREATE)
    uploader = world.uploader()
    uploader.step()
    world.simulator.state.create("熟客")
    job = world.finish(1, uploader)
    assert (job.state, error_of(job)) == ("action_needed", "outbox.perhaps_there")
    assert world.requests("POST", "/v2/bot/audienceGroup/upload") == 1


@pytest.mark.parametrize("name", ["VIP", "ＶＩＰ客"])
def test_the_name_is_taken_at_line_in_another_case(world: UploadWorld, name: str) -> None:
    world.simulator.configure(refuse_duplicate_names=True)
    world.simulator.state.create(name.swapcase())
    world.press(name)
    job = world.finish()
    assert job.state == "ready"
    assert job.line_name.startswith(name + " ")
    assert job.line_name in world.audience_names()


def test_unfamiliar_answers(world: UploadWorld) -> None:
    world.press()
    world.simulator.faults.add("unfamiliar_json", count=None)
    assert world.finish().state == "ready"


def test_line_without_jobs_of_our_name_is_ready_when_all_it_shows_is(world: UploadWorld) -> None:
    world.press()
    world.uploader().run(1, until_ready=False)
    (audience,) = world.simulator.state.audiences()
    audience.jobs[0].description = None
    assert world.finish().state == "ready"
