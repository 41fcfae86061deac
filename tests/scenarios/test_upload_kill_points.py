"""Whatever happens to one request, and wherever the program dies: one audience at LINE, with exactly the frozen people."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.line_api.uploading.hooks import CHECKPOINTS
from desktop.store import outbox
from tests.scenarios.upload_world import ProgramKilled, UploadWorld, upload_world
from tests.scenarios.usual_faults import USUAL, Faults

REQUESTS = {
    "account": ("GET", "/v2/bot/info$"),
    "list": ("GET", "/audienceGroup/list$"),
    "create": ("POST", "/audienceGroup/upload$"),
    "look": ("GET", r"/audienceGroup/\d+$"),
}
FAULTS: Faults = {
    **USUAL,
    "500 after": {"kind": "status", "status": 500, "after_processing": True},
    "500 six times": {"kind": "status", "status": 500, "count": 6},
    "503 after, twice": {"kind": "status", "status": 503, "after_processing": True, "count": 2},
}
CASES = list(itertools.product(REQUESTS, FAULTS))
LEADS_TO = {
    "account_known": ("create", "none"),
    "looked": ("create", "cut after"),
    "marked": ("create", "cut after"),
    "answered": ("list", "none"),
    "accepted_saved": ("create", "cut after"),
    "withdrawn": ("create", "429"),
    "unknown_saved": ("create", "cut after"),
    "not_found_saved": ("create", "cut before"),
    "polled": ("create", "500 after"),
    "ready_saved": ("create", "500 after"),
    "problem_saved": ("create", "429"),
}
"""A fault on the way to each point."""


@pytest.fixture
def world(tmp_path: Path) -> Iterator[UploadWorld]:
    with upload_world(tmp_path) as made:
        yield made


def play(world: UploadWorld, request: str, fault: str, die_at: str = "", nth: int = 1) -> None:
    """Press, meet the fault, die if asked to, start again, and look at what LINE has."""
    meant = world.people(7)
    world.simulator.add_foreign_audience("熟客們")
    world.press()
    method, path = REQUESTS[request]
    if (switch := FAULTS[fault]) is not None:
        world.simulator.faults.add(method=method, path=path, **switch)
    try:
        world.uploader(die_at=die_at, nth=nth).run(1, until_ready=True)
    except ProgramKilled:
        world.restart()
    job = world.insist()
    assert job.state == "ready"
    ours = [one for one in world.simulator.audiences() if one.description != "熟客們"]
    assert [one.id for one in ours] == [job.audience_group_id]
    assert world.simulator.ids_of(ours[0].id) == meant
    assert (job.ids, job.line_count, ours[0].status) == (7, 7, "READY")
    assert outbox.open_jobs(world.db) == []


@pytest.mark.parametrize(("request_", "fault"), CASES)
def test_one_fault_at_each_request(world: UploadWorld, request_: str, fault: str) -> None:
    play(world, request_, fault)


# Files pass body_begun; replacements and lists with a bad ID pass the other two: their own scenarios end there.


def test_every_point_has_a_way_to_it() -> None:
    assert {*LEADS_TO, "body_begun", "settled_saved", "halved_saved"} == set(CHECKPOINTS)


@pytest.mark.parametrize("point", LEADS_TO)
def test_death_at_each_point(world: UploadWorld, point: str) -> None:
    play(world, *LEADS_TO[point], point)
    assert point in world.passed


@pytest.mark.parametrize("seconds", [5.0, 29.0])
def test_a_new_audience_is_listed_late(world: UploadWorld, seconds: float) -> None:
    world.simulator.configure(listing_lag_seconds=seconds)
    play(world, "create", "cut after")


def test_death_at_points_times_faults(tmp_path_factory: pytest.TempPathFactory, long_run: bool) -> None:
    every = [(*case, point, nth) for case in CASES for point in CHECKPOINTS for nth in (1, 2)]
    chosen = every if long_run else random.Random(7).sample(every, 60)
    for case in chosen:
        with upload_world(tmp_path_factory.mktemp("killed")) as world:
            play(world, *case)


def test_a_bad_day(tmp_path_factory: pytest.TempPathFactory, long_run: bool) -> None:
    """Several faults in a row, several deaths, in an order a seed decides."""
    for seed in range(400 if long_run else 25):
        chance = random.Random(seed)
        with upload_world(tmp_path_factory.mktemp("bad-day")) as world:
            meant = world.people(chance.randint(1, 30))
            world.press()
            for _ in range(chance.randint(1, 6)):
                method, path = chance.choice(list(REQUESTS.values()))
                fault = FAULTS[chance.choice(list(FAULTS)[1:])] or {}
                world.simulator.faults.add(method=method, path=path, skip=chance.randint(0, 2), **fault)
            for _ in range(chance.randint(0, 3)):
                try:
                    world.uploader(die_at=chance.choice(CHECKPOINTS), nth=chance.randint(1, 3)).run(
                        1, until_ready=True
                    )
                except ProgramKilled:
                    world.restart()
            assert world.insist().state == "ready", seed
            assert world.only_audience() == meant, seed
