"""One ID that LINE refuses makes it refuse the whole list without saying which one it is: it is found by halves, in the one audience
there is, and whose it is gets reported."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.limits import AUDIENCE
from desktop.line_api.uploading.hooks import CHECKPOINTS
from desktop.operations.line import audiences_at_line, keeping_in_step
from desktop.store import outbox
from desktop.store.outbox.parts import MOST_REFUSED
from tests.scenarios.replacing_world import NAME, at_line, audience, drift, insist, leave, start, survive
from tests.scenarios.upload_world import UploadWorld, upload_world, user_id


@pytest.fixture
def world(tmp_path: Path) -> Iterator[UploadWorld]:
    with upload_world(tmp_path) as made:
        yield made


def refuse(world: UploadWorld, *numbers: int) -> frozenset[str]:
    bad = frozenset(user_id(number) for number in numbers)
    world.simulator.configure(foreign_ids=set(bad), foreign_in_audiences="refuse")
    return bad


def created(world: UploadWorld) -> int:
    """How many creates LINE took."""
    return sum(
        one.method == "POST" and one.path.startswith("/v2/bot/audienceGroup/upload") and one.status == 202
        for one in world.simulator.requests
    )


@pytest.mark.parametrize("bad", [(1,), (2,), (64,), (300,), (1, 2), (299, 300), (7, 150, 151, 300)])
def test_the_bad_ones_are_found_and_the_others_arrive(world: UploadWorld, bad: tuple[int, ...]) -> None:
    people = world.people(300)
    refused = refuse(world, *bad)
    job = world.press(NAME)
    done = world.finish(job.id)
    assert done.state == "ready"
    assert at_line(world) == {NAME: people - refused}
    assert created(world) == 1
    found = outbox.refused_people(world.db, job.id)
    assert [one.person_id for one in found] == sorted(bad)
    gap = audiences_at_line.count_gap(world.db, job.id)
    assert gap is not None
    assert (gap.missing, gap.refused) == (len(bad), tuple(sorted(bad)))
    assert gap.reasons[0].key == "keeping.reason.refused"
    assert drift(world).in_step, "LINE would refuse them again"


def test_one_bad_id_in_ten_thousand_takes_few_requests(world: UploadWorld) -> None:
    people = world.people(AUDIENCE.ids_per_json)
    refused = refuse(world, 6_789)
    job = world.press(NAME)
    assert world.finish(job.id).state == "ready"
    assert at_line(world)[NAME] == people - refused
    posts = world.requests("POST", "/v2/bot/audienceGroup/upload")
    puts = world.requests("PUT", "/v2/bot/audienceGroup/upload")
    assert (posts, created(world)) == (2, 1)
    assert puts <= 30


def test_a_refresh_finds_them_too(world: UploadWorld) -> None:
    people = start(world, 20)
    refused = refuse(world, 104)
    joined = world.people(8, first=100)
    job = keeping_in_step.refresh(world.db, audience(world)).job
    assert job is not None
    assert world.finish(job.id).state == "ready"
    assert at_line(world) == {NAME: (people | joined) - refused}
    assert created(world) == 1
    leave(world, 1)
    second = keeping_in_step.refresh(world.db, audience(world)).job
    assert second is not None
    assert world.finish(second.id).state == "ready"
    assert at_line(world)[NAME] == (people | joined) - refused - {user_id(1)}
    assert created(world) == 2


@pytest.mark.parametrize("seed", range(8))
def test_killed_while_they_are_looked_for(world: UploadWorld, seed: int) -> None:
    chance = random.Random(seed)
    people = world.people(40)
    refused = refuse(world, *chance.sample(range(1, 41), 2))
    job = world.press(NAME)
    world.simulator.faults.add("cut_after", method="PUT", skip=chance.randint(0, 3))
    for _ in range(3):
        survive(world, job.id, chance.choice(CHECKPOINTS), chance.randint(1, 4))
    assert insist(world, job.id).state == "ready"
    assert at_line(world) == {NAME: people - refused}
    assert created(world) == 1


def test_a_malformed_one_that_slipped_in_needs_no_looking(
    world: UploadWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = world.people(30)
    with world.db.transaction():
        world.db.run("UPDATE person SET line_user_id = 'Uxyz' WHERE id = 12")
    monkeypatch.setattr(outbox, "malformed", lambda *_: [])
    job = world.press(NAME)
    assert world.finish(job.id).state == "ready"
    assert at_line(world) == {NAME: people - {user_id(12)}}
    assert [one.person_id for one in outbox.refused_people(world.db, job.id)] == [12]
    assert world.requests("PUT", "/v2/bot/audienceGroup/upload") == 0


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_of_nothing_but_bad_ones(world: UploadWorld, count: int) -> None:
    world.people(count)
    refuse(world, *range(1, count + 1))
    done = world.finish(world.press(NAME).id)
    assert (done.state, done.error and done.error.key) == ("refused", "outbox.bad_ids")
    assert world.simulator.audiences() == []


def test_a_list_of_the_wrong_kind_is_given_up(world: UploadWorld) -> None:
    world.people(200)
    refuse(world, *range(1, 201))
    done = world.finish(world.press(NAME).id)
    assert (done.state, done.error and done.error.key) == ("refused", "outbox.bad_ids")
    assert len(outbox.refused_people(world.db, done.id)) == MOST_REFUSED + 1
    assert world.simulator.audiences() == []
