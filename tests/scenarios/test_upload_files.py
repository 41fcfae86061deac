"""Lists too long for JSON go as a file that is made while it is sent: exact, with progress, and possible to cancel."""

from __future__ import annotations

import random
import threading
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.limits import AUDIENCE
from desktop.line_api.multipart import USER_ID_LINE, MultipartFile
from desktop.line_api.uploading.hooks import Hooks
from desktop.line_api.uploading.sending import Sender
from desktop.line_api.uploading.uploader import Uploader
from desktop.operations.line import uploading
from tests.scenarios.test_upload_kill_points import FAULTS
from tests.scenarios.upload_world import ProgramKilled, UploadWorld, upload_world, user_id

BY_FILE = {"method": "POST", "path": "/byFile$"}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[UploadWorld]:
    with upload_world(tmp_path) as made:
        yield made


def test_ten_thousand_go_as_json(world: UploadWorld) -> None:
    meant = world.people(AUDIENCE.ids_per_json)
    assert world.press().method == "create_json"
    assert world.finish().state == "ready"
    assert world.only_audience() == meant
    assert world.requests("POST", "/v2/bot/audienceGroup/upload/byFile") == 0


def test_one_more_goes_as_a_file(world: UploadWorld) -> None:
    meant = world.people(AUDIENCE.ids_per_json + 1)
    assert world.press().method == "create_file"
    assert world.finish().state == "ready"
    assert world.only_audience() == meant
    assert world.requests("POST", "/v2/bot/audienceGroup/upload/byFile") == 1


def test_a_file_is_sent_in_blocks_and_tells_its_progress(world: UploadWorld) -> None:
    meant = world.people(45_000)
    world.press("名單：含中文的名稱")
    world.finish()
    assert world.only_audience() == meant
    assert world.audience_names() == ["名單：含中文的名稱"]
    assert world.passed.count("body_begun") == 4, "three blocks and the end"
    sent = [one for one, _ in world.progress]
    assert sent == sorted(set(sent))
    assert 40 < len(sent) <= 101
    assert world.progress[-1][0] == world.progress[-1][1] > 45_000 * USER_ID_LINE


def test_cancelled_while_it_is_sent(world: UploadWorld) -> None:
    world.people(45_000)
    job = world.press()
    uploader: list[Uploader] = []
    hooks = Hooks(
        progress=lambda upload, sent, total: uploader[0].cancel(upload) if sent > total // 2 else None
    )
    uploader.append(Uploader(world.client(), world.in_database, clock=world.clock, hooks=hooks))
    stopped = uploader[0].run(job.id, until_ready=True)
    assert stopped is not None
    assert (stopped.state, stopped.perhaps_at_line, stopped.error) == ("cancelled", False, None)
    assert world.simulator.audiences() == []


@pytest.mark.parametrize("fault", FAULTS)
def test_faults_of_a_file_upload(world: UploadWorld, fault: str) -> None:
    meant = world.people(10_500)
    world.press()
    if (switch := FAULTS[fault]) is not None:
        world.simulator.faults.add(**BY_FILE, **switch)
    assert world.insist().state == "ready"
    assert world.only_audience() == meant


def test_death_in_the_middle_of_a_file(world: UploadWorld) -> None:
    meant = world.people(45_000)
    world.press()
    with pytest.raises(ProgramKilled):
        world.uploader(die_at="body_begun", nth=random.Random(3).randint(2, 4)).run(1, until_ready=True)
    assert world.restart() == 1
    assert world.insist().state == "ready"
    assert world.only_audience() == meant


def test_the_window_can_write_while_a_file_is_sent(world: UploadWorld) -> None:
    """The shop file is never held while LINE is waited for: each block is read in a piece of work of its own."""
    world.people(45_000)
    world.press()
    held = threading.Lock()
    during: list[bool] = []

    def in_database(work):  # type: ignore[no-untyped-def]
        with held:
            return work(world.db)

    hooks = Hooks(progress=lambda *_: during.append(held.locked()))
    Uploader(world.client(), in_database, clock=world.clock, hooks=hooks).run(1, until_ready=True)
    assert len(during) > 10
    assert not any(during)


def test_a_long_body_takes_little_memory() -> None:
    def blocks() -> Iterator[list[str]]:
        for start in range(0, 300_000, 20_000):
            yield [user_id(number) for number in range(start, start + 20_000)]

    body = MultipartFile({"description": "大名單"}, blocks(), 300_000)
    tracemalloc.start()
    try:
        length = 0
        while piece := body.read(16_384):
            length += len(piece)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert length == len(body) > 10_200_000
    assert body.complete
    assert peak < 7_000_000


def test_memory_does_not_grow_with_the_list(world: UploadWorld) -> None:
    """The file is made block by block out of the shop file: five times the people take no more memory to send."""
    peaks = []
    for name, more in (("小", 40_000), ("大", 160_000)):
        world.people(more, first=1 + world.db.value("SELECT count(*) FROM person"))
        job = world.press(name)
        sender = Sender(world.client(), world.in_database, Hooks())
        tracemalloc.start()
        try:
            body = sender._body_maker(job)({"description": name})
            length = sum(len(piece) for piece in body)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert length == len(body)
        peaks.append(peak)
    assert job.ids == 200_000
    assert peaks[1] < 1.2 * peaks[0]


def test_more_than_line_takes_is_refused_before_sending(
    world: UploadWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    # 1,500,001 people would take a minute to make, so LINE's limit is lowered to 40 here.
    monkeypatch.setattr(uploading, "AUDIENCE", type(AUDIENCE)(ids_per_file=40))
    world.people(41)
    with pytest.raises(uploading.UserError) as refused:
        world.press()
    assert refused.value.text.key == "outbox.too_many"
    assert refused.value.text.params == {"n": 41, "limit": 40}
