"""Uploads at a server that follows LINE's description and knows nothing of audiences: it never lists what was made, never changes
what was renamed, and may speak words nobody knows. Each job ends, or rests, after a bounded number of requests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.line_api.client import LineClient
from desktop.line_api.tokens import FixedToken
from desktop.line_api.transport import LineHosts
from desktop.line_api.uploading.processing import TRIES
from desktop.line_api.uploading.uploader import LONGEST_WAIT
from desktop.operations.line import audiences_at_line, keeping_in_step
from desktop.store.outbox import UploadJob
from tests.scenarios.replacing_world import audience, drift, leave, start
from tests.scenarios.upload_world import UploadWorld, upload_world
from tests.unit.line_contract.dumb_line import MODES, NUMBER, DumbLine, dumb_line

RESTS = {"ready", "processing", "action_needed", "refused"}
POLLS_AT_MOST = int(LONGEST_WAIT / 60.0) + 30
CREATE = "POST /v2/bot/audienceGroup/upload"


@pytest.fixture(params=MODES)
def dumb(request: pytest.FixtureRequest) -> Iterator[DumbLine]:
    with dumb_line(request.param) as server:
        yield server


@pytest.fixture
def world(tmp_path: Path) -> Iterator[UploadWorld]:
    with upload_world(tmp_path) as made:
        yield made


def work(world: UploadWorld, dumb: DumbLine, job: UploadJob) -> UploadJob:
    """Let the dumb server have the job, as if its audience had been made there."""
    with world.db.transaction():
        world.db.run("UPDATE upload SET account = NULL")
        world.db.run("UPDATE line_audience SET account = NULL")
    client = LineClient(FixedToken("token"), hosts=LineHosts.on_this_computer(dumb.url), clock=world.clock)
    try:
        for _ in range(2):
            done = world.finish(job.id, world.uploader(client=client))
            assert done.state in RESTS
            if done.state in ("action_needed", "processing"):
                keeping_in_step.uploading.retry_all(world.db)
        return done
    finally:
        client.close()


def test_a_new_one(world: UploadWorld, dumb: DumbLine) -> None:
    world.people(3)
    done = work(world, dumb, world.press())
    assert len(dumb.asked) <= 2 * POLLS_AT_MOST
    assert dumb.asked.count(CREATE) <= 2 * TRIES
    if dumb.mode in ("all", "unheard of"):
        assert (done.audience_group_id, dumb.asked.count(CREATE)) == (NUMBER, 1)


def test_a_refresh(world: UploadWorld, dumb: DumbLine) -> None:
    start(world)
    world.people(2, first=40)
    job = keeping_in_step.refresh(world.db, audience(world)).job
    assert job is not None
    assert job.kind == "add"
    work(world, dumb, job)
    assert len(dumb.asked) <= 2 * POLLS_AT_MOST
    assert dumb.asked.count("PUT /v2/bot/audienceGroup/upload") <= 2 * TRIES


def test_a_replacement(world: UploadWorld, dumb: DumbLine) -> None:
    start(world)
    leave(world, 1)
    job = keeping_in_step.refresh(world.db, audience(world)).job
    assert job is not None
    assert job.kind == "replace"
    work(world, dumb, job)
    assert len(dumb.asked) <= 2 * POLLS_AT_MOST
    assert dumb.asked.count(CREATE) <= 2 * TRIES


def test_a_deletion_and_a_listing(world: UploadWorld, dumb: DumbLine) -> None:
    start(world)
    group = drift(world).group_id
    assert group is not None
    with world.db.transaction():
        world.db.run("UPDATE line_audience SET group_id = ?", (NUMBER,))
        world.db.run("UPDATE upload SET audience_group_id = ?", (NUMBER,))
    job = audiences_at_line.delete_at_line(world.db, NUMBER).job
    assert job is not None
    work(world, dumb, job)
    assert dumb.asked.count("DELETE /v2/bot/audienceGroup/{audienceGroupId}") <= 2 * TRIES
    assert len(dumb.asked) <= 120
