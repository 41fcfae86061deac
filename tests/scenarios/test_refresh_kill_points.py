"""Whatever happens to any request of a refresh, and wherever the program dies: one audience of the name at LINE, with exactly the
people meant, and the old one kept until the owner lets it go."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.line_api.uploading.hooks import CHECKPOINTS
from desktop.operations.line import keeping_in_step
from tests.scenarios.replacing_world import (
    FAULTS,
    NAME,
    REQUESTS,
    at_line,
    audience,
    confirm_deletion,
    drift,
    insist,
    leave,
    nothing_open,
    start,
    survive,
)
from tests.scenarios.upload_world import UploadWorld, upload_world

POINTS = tuple(one for one in CHECKPOINTS if one not in ("body_begun", "halved_saved"))
REPLACING = [one for one in REQUESTS if one not in ("add", "delete")]
BEFORE_AND_AFTER = (
    "looked",
    "marked",
    "answered",
    "accepted_saved",
    "settled_saved",
    "polled",
    "ready_saved",
)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[UploadWorld]:
    with upload_world(tmp_path) as made:
        yield made


def trouble(world: UploadWorld, request: str, fault: str, skip: int = 0) -> None:
    method, path = REQUESTS[request]
    if (switch := FAULTS[fault]) is not None:
        world.simulator.faults.add(method=method, path=path, skip=skip, **switch)


def replace(
    world: UploadWorld, request: str, fault: str, die_at: str = "", nth: int = 1, skip: int = 0
) -> None:
    """Somebody left and somebody joined; refresh, meet the fault, die, start again, and look at what LINE has."""
    before = start(world)
    leave(world, 3)
    meant = (before - {f"U{3:032x}"}) | world.people(2, first=101)
    assert drift(world).way == "replace"
    trouble(world, request, fault, skip)
    job = keeping_in_step.refresh(world.db, audience(world)).job
    assert job is not None
    survive(world, job.id, die_at, nth)
    assert insist(world, job.id).state == "ready"
    assert nothing_open(world)
    found = at_line(world)
    assert len(found) == len(world.simulator.audiences()) == 2, found.keys()
    assert found.pop(NAME) == meant
    ((old_name, old_people),) = found.items()
    assert old_name.startswith(f"{NAME}（舊 ")
    assert old_people == before
    now = drift(world)
    assert (now.in_step, now.joined, now.left, now.line_name) == (True, 0, 0, NAME)
    assert [one.name for one in keeping_in_step.old_copies(world.db)] == [old_name]


def delete_old(world: UploadWorld, request: str, fault: str, die_at: str = "", nth: int = 1) -> None:
    """The owner lets the old one go."""
    trouble(world, request, fault)
    job = confirm_deletion(world)
    survive(world, job.id, die_at, nth)
    assert insist(world, job.id).state == "ready"
    assert nothing_open(world)
    assert [*at_line(world)] == [NAME]
    assert keeping_in_step.old_copies(world.db) == ()
    assert drift(world).in_step


def add(world: UploadWorld, request: str, fault: str, die_at: str = "", nth: int = 1) -> None:
    """Somebody joined; nobody left."""
    before = start(world)
    joined = world.people(3, first=201)
    trouble(world, request, fault)
    refreshed = keeping_in_step.refresh(world.db, audience(world))
    assert (refreshed.way, refreshed.job and refreshed.job.ids) == ("add", 3)
    assert refreshed.job is not None
    survive(world, refreshed.job.id, die_at, nth)
    assert insist(world, refreshed.job.id).state == "ready"
    assert at_line(world) == {NAME: before | joined}
    assert drift(world).in_step
    assert nothing_open(world)


@pytest.mark.parametrize("refusing", [False, True])
@pytest.mark.parametrize("point", POINTS)
def test_death_at_each_point_of_a_replacement(world: UploadWorld, point: str, refusing: bool) -> None:
    """Right whether LINE refuses names used twice or not."""
    world.simulator.configure(refuse_duplicate_names=refusing)
    replace(world, "rename", "cut after" if point != "problem_saved" else "429", point)


def test_one_fault_at_each_request_of_a_replacement(
    tmp_path_factory: pytest.TempPathFactory, long_run: bool
) -> None:
    every = [(*case, skip) for case in itertools.product(REPLACING, FAULTS) for skip in (0, 1)]
    for request, fault, skip in every if long_run else random.Random(3).sample(every, 24):
        with upload_world(tmp_path_factory.mktemp("replaced")) as world:
            replace(world, request, fault, skip=skip)


def test_death_at_points_times_faults_of_a_replacement(
    tmp_path_factory: pytest.TempPathFactory, long_run: bool
) -> None:
    every = list(itertools.product(REPLACING, FAULTS, BEFORE_AND_AFTER, (1, 2, 3), (0, 1)))
    for request, fault, point, nth, skip in every if long_run else random.Random(5).sample(every, 30):
        with upload_world(tmp_path_factory.mktemp("killed")) as world:
            world.simulator.configure(refuse_duplicate_names=bool((nth + skip) % 2))
            replace(world, request, fault, point, nth, skip)


def test_the_old_one_is_deleted_whatever_happens(
    tmp_path_factory: pytest.TempPathFactory, long_run: bool
) -> None:
    every = list(
        itertools.product(("account", "look", "delete"), FAULTS, ("", *BEFORE_AND_AFTER[:3], "settled_saved"))
    )
    for request, fault, point in every if long_run else random.Random(1).sample(every, 14):
        with upload_world(tmp_path_factory.mktemp("deleted")) as world:
            replace(world, "account", "none")
            delete_old(world, request, fault, point)


def test_people_are_added_whatever_happens(tmp_path_factory: pytest.TempPathFactory, long_run: bool) -> None:
    every = list(itertools.product(("account", "look", "add"), FAULTS, ("", *BEFORE_AND_AFTER), (1, 2)))
    for request, fault, point, nth in every if long_run else random.Random(2).sample(every, 24):
        with upload_world(tmp_path_factory.mktemp("added")) as world:
            add(world, request, fault, point, nth)
