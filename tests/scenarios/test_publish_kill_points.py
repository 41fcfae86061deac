"""Whatever happens to one request of a publication, and wherever the program dies: in the end LINE has one menu of each, the right
default, aliases and links."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.line_api.publishing.publisher import CHECKPOINTS
from desktop.operations.planning import publishing
from tests.scenarios.publish_world import PublishWorld, publish_world
from tests.scenarios.upload_world import ProgramKilled, user_id
from tests.scenarios.usual_faults import USUAL, Faults

REQUESTS = {
    "account": ("GET", "/v2/bot/info$"),
    "validate": ("POST", "/richmenu/validate$"),
    "create": ("POST", "/v2/bot/richmenu$"),
    "list": ("GET", "/richmenu/list$"),
    "image": ("POST", "/content$"),
    "has image": ("GET", "/content$"),
    "alias look": ("GET", "/richmenu/alias/"),
    "alias": ("POST", "/richmenu/alias$"),
    "default": ("POST", "/user/all/richmenu/"),
    "link": ("POST", "/bulk/link$"),
}
FAULTS: Faults = {
    **USUAL,
    "cut after the second": {"kind": "cut_after", "skip": 1},
    "cut after, three times": {"kind": "cut_after", "count": 3},
    "500 after, four times": {"kind": "status", "status": 500, "after_processing": True, "count": 4},
    "503 after": {"kind": "status", "status": 503, "after_processing": True},
    "new fields": {"kind": "unfamiliar_json"},
}
CASES = [case for case in itertools.product(REQUESTS, FAULTS) if case[0] not in ("list", "has image")]
LEADS_TO = {
    "account_known": ("create", "none"),
    "looked": ("create", "cut after"),
    "marked": ("create", "none"),
    "answered": ("create", "none"),
    "saved": ("create", "none"),
    "withdrawn": ("link", "429"),
    "unknown_saved": ("image", "cut after"),
    "not_found_saved": ("create", "500"),
    "halved_saved": ("link", "none"),
    "problem_saved": ("alias", "429"),
    "finished_saved": ("link", "none"),
}
"""A fault on the way to each point."""


@pytest.fixture
def world(tmp_path: Path) -> Iterator[PublishWorld]:
    with publish_world(tmp_path) as made:
        made.usual()
        yield made


def play(
    world: PublishWorld, request: str, fault: str, die_at: str = "", nth: int = 1, *, again: str = ""
) -> None:
    """Press, meet the fault (and another while looking, if one is named), die if asked to, start again, and look at LINE."""
    job = world.press().job.id
    for name in (request, again):
        if name and (switch := FAULTS[fault]) is not None:
            method, path = REQUESTS[name]
            world.simulator.faults.add(method=method, path=path, **switch)
    try:
        world.run(job, world.publisher(die_at=die_at, nth=nth))
    except ProgramKilled:
        asked = world.restart()
        before = len(world.simulator.requests)
        # Nothing goes out by itself after a start.
        assert world.publisher().step() is None
        assert len(world.simulator.requests) == before
        if asked:
            publishing.confirm(world.db, job)
    found = world.insist(job)
    assert found.state == "done", (found.state, found.error)
    assert (found.done, found.requests) == (found.requests, found.requests)
    world.check_usual()


@pytest.mark.parametrize(("request_", "fault"), CASES)
@pytest.mark.long
def test_one_fault_at_each_request(world: PublishWorld, request_: str, fault: str) -> None:
    play(world, request_, fault)


def test_one_fault_at_some_requests(tmp_path_factory: pytest.TempPathFactory) -> None:
    for case in random.Random(7).sample(CASES, 14):
        with publish_world(tmp_path_factory.mktemp("fault")) as world:
            world.usual()
            play(world, *case)


def test_every_point_has_a_way_to_it() -> None:
    assert set(LEADS_TO) == set(CHECKPOINTS)


@pytest.mark.parametrize("point", [one for one in LEADS_TO if one != "halved_saved"])
def test_death_at_each_point(world: PublishWorld, point: str) -> None:
    play(world, *LEADS_TO[point], point)
    assert point in world.passed


SLICES = [pytest.param(one, marks=() if one == 0 else pytest.mark.long) for one in range(12)]


@pytest.mark.parametrize("slice_", SLICES)
def test_death_at_points_times_faults(tmp_path_factory: pytest.TempPathFactory, slice_: int) -> None:
    """All points of all cases, in slices drawn by chance; the first and smallest every day."""
    every = [(*case, point, nth) for case in CASES for point in CHECKPOINTS for nth in (1, 2, 5)]
    for case in random.Random(slice_).sample(every, 14 if slice_ == 0 else 200):
        with publish_world(tmp_path_factory.mktemp("killed")) as world:
            world.usual()
            play(world, *case)


@pytest.mark.parametrize(("request_", "look"), [("create", "list"), ("image", "has image")])
@pytest.mark.parametrize(
    "fault", ["cut after", "500 after, four times", "truncated", "captive portal", "429"]
)
def test_the_look_may_fail_too(world: PublishWorld, request_: str, look: str, fault: str) -> None:
    play(world, request_, fault, again=look)


@pytest.mark.parametrize("nth", [1, 2, 4])
def test_death_while_a_block_is_halved(world: PublishWorld, nth: int) -> None:
    world.simulator.configure(foreign_ids={user_id(26), user_id(33)})
    job = world.press().job.id
    with pytest.raises(ProgramKilled):
        world.run(job, world.publisher(die_at="halved_saved", nth=nth))
    world.restart()
    publishing.confirm(world.db, job)
    assert world.insist(job).state == "done"
    assert world.audience_of("貴賓") == {user_id(n) for n in range(26, 41)} - {user_id(26), user_id(33)}
    assert publishing.newly(world.db).n == 0


@pytest.mark.parametrize("lag", [0.0, 20.0])
def test_a_menu_that_is_listed_late_is_found(world: PublishWorld, lag: float) -> None:
    world.simulator.configure(menu_listing_lag_seconds=lag)
    play(world, "create", "cut after")


def test_a_menu_that_was_never_made_is_made_after_two_looks(world: PublishWorld) -> None:
    world.simulator.faults.add("status", status=500, method="POST", path="/v2/bot/richmenu$", count=2)
    job = world.press()
    done = world.run(job)
    assert done.state == "done"
    lists = [one for one in world.simulator.requests if one.path == "/v2/bot/richmenu/list"]
    assert len(lists) == 4
    world.check_usual()


def test_many_losses_ask_and_a_press_goes_on(world: PublishWorld) -> None:
    world.simulator.faults.add("status", status=500, method="POST", path="/v2/bot/richmenu$", count=None)
    job = world.press().job.id
    found = world.run(job)
    assert found.state == "action_needed"
    assert world.at_line.menus == {}
    world.simulator.faults.clear()
    publishing.confirm(world.db, job)
    assert world.run(job).state == "done"
    world.check_usual()


def test_without_a_network_it_waits_and_goes_on_by_itself(world: PublishWorld) -> None:
    world.simulator.faults.add("captive_portal", path="/bulk/link$", count=3)
    job = world.press().job.id
    publisher = world.publisher()
    for _ in range(4):
        found = world.run(job, publisher)
        world.clock.sleep(300.0)
    assert found.state == "done"
    world.check_usual()


def test_a_second_publication_at_every_fault_too(
    tmp_path_factory: pytest.TempPathFactory, long_run: bool
) -> None:
    """A changed menu takes the old one's place everywhere; the one before stays for 還原, the one before that goes."""
    cases = [
        *itertools.product(("create", "image", "default", "link"), ("cut after", "500", "truncated")),
        ("link", "none"),
    ]
    chosen = cases if long_run else random.Random(3).sample(cases, 5)
    for request, fault in chosen:
        with publish_world(tmp_path_factory.mktemp("second")) as world:
            world.usual()
            world.publish()
            for text in ("二", "三"):
                world.change("貴賓", chat_bar_text=text)
                if (switch := FAULTS[fault]) is not None:
                    method, path = REQUESTS[request]
                    world.simulator.faults.add(method=method, path=path, **switch)
                done = world.insist(world.press().job.id)
                assert done.state == "done"
                # The alias leads to the new one; of the old ones only the last is kept.
                assert world.names() == ["大家", "貴賓", "貴賓"]
            bars = {world.at_line.menus[one].object["chatBarText"] for one in world.at_line.links.values()}
            assert bars == {"三"}
            kept = {one.object["chatBarText"] for one in world.at_line.menus.values()}
            assert kept == {"選單", "二", "三"}
