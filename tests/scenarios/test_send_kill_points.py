"""Whatever happens to one request of a sending, and wherever the program dies: people get the message once, or nobody does and the
owner knows."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.errors import UserError
from desktop.line_api.sending.narrowcaster import CHECKPOINTS
from desktop.operations.line import sending
from desktop.store import history
from tests.scenarios.send_world import PEOPLE, SendWorld, send_world
from tests.scenarios.upload_world import ProgramKilled
from tests.scenarios.usual_faults import USUAL, Faults

REQUESTS = {
    "account": ("GET", "/v2/bot/info$"),
    "audience": ("GET", r"/audienceGroup/\d+$"),
    "quota": ("GET", "/message/quota"),
    "validate": ("POST", "/validate/narrowcast$"),
    "narrowcast": ("POST", "/message/narrowcast$"),
    "progress": ("GET", "/progress/narrowcast$"),
}
FAULTS: Faults = {
    **USUAL,
    "500 after, four times": {"kind": "status", "status": 500, "after_processing": True, "count": 4},
    "503 after": {"kind": "status", "status": 503, "after_processing": True},
    "new fields": {"kind": "unfamiliar_json"},
}
CASES = list(itertools.product(REQUESTS, FAULTS))
LEADS_TO = {
    "account_known": ("narrowcast", "none"),
    "checked": ("narrowcast", "none"),
    "marked": ("narrowcast", "none"),
    "answered": ("narrowcast", "none"),
    "accepted_saved": ("narrowcast", "cut after"),
    "unknown_saved": ("narrowcast", "cut after"),
    "withdrawn": ("narrowcast", "429"),
    "polled": ("progress", "500"),
    "done_saved": ("progress", "cut after"),
}
"""A fault on the way to each point."""


@pytest.fixture
def world(tmp_path: Path) -> Iterator[SendWorld]:
    with send_world(tmp_path) as made:
        yield made


def play(world: SendWorld, request: str, fault: str, die_at: str = "", nth: int = 1) -> None:
    """Press, meet the fault, die if asked to, start again, and count what LINE sent."""
    used = world.simulator.state.account.used
    world.press()
    method, path = REQUESTS[request]
    if (switch := FAULTS[fault]) is not None:
        world.simulator.faults.add(method=method, path=path, **switch)
    try:
        world.run(1, world.narrowcaster(die_at=die_at, nth=nth))
    except ProgramKilled:
        asked = world.restart()
        before = world.accepted_by_line
        # Nothing goes out by itself after a start; what LINE has is only watched.
        world.narrowcaster().step()
        assert world.accepted_by_line == before
        if asked:
            sending.confirm(world.db, 1)
    found = world.insist()
    assert found.state == "sent", (found.state, found.error)
    assert world.accepted_by_line == 1
    assert world.simulator.state.account.used == used + PEOPLE
    assert (found.phase, found.success_count, found.target_count) == ("succeeded", PEOPLE, PEOPLE)


@pytest.mark.parametrize(("request_", "fault"), CASES)
def test_one_fault_at_each_request(world: SendWorld, request_: str, fault: str) -> None:
    play(world, request_, fault)


def test_every_point_has_a_way_to_it() -> None:
    assert set(LEADS_TO) == set(CHECKPOINTS)


@pytest.mark.parametrize("point", LEADS_TO)
def test_death_at_each_point(world: SendWorld, point: str) -> None:
    play(world, *LEADS_TO[point], point)
    assert point in world.passed


def test_death_at_points_times_faults(tmp_path_factory: pytest.TempPathFactory, long_run: bool) -> None:
    every = [(*case, point, nth) for case in CASES for point in CHECKPOINTS for nth in (1, 2)]
    chosen = every if long_run else random.Random(11).sample(every, 40)
    for case in chosen:
        with send_world(tmp_path_factory.mktemp("killed")) as world:
            play(world, *case)


def test_the_same_key_travels_with_each_try_and_is_there_before_the_first(world: SendWorld) -> None:
    pressed = world.press()
    assert pressed.retry_key is not None
    assert pressed.left_at is None
    world.simulator.faults.add("cut_after", path="/message/narrowcast$", count=2)
    found = world.insist()
    assert (found.retry_key, found.state) == (pressed.retry_key, "sent")
    assert [one.status for one in world.simulator.requests if one.path.endswith("/message/narrowcast")] == [
        None,
        None,
        409,
    ]
    assert found.request_id in world.simulator.state.sends.narrowcasts


def test_a_day_later_nothing_is_sent_again(world: SendWorld) -> None:
    world.press()
    world.simulator.faults.add("cut_after", path="/message/narrowcast$")
    with pytest.raises(ProgramKilled):
        world.run(1, world.narrowcaster(die_at="unknown_saved"))
    assert world.restart() == 1
    world.simulator.advance(24 * 3_600)
    sending.confirm(world.db, 1)
    found = world.run()
    assert (found.state, found.error.key if found.error else "") == ("lost", "sending.lost")
    assert world.accepted_by_line == 1
    with pytest.raises(UserError, match=r"sending\.nothing_to_confirm"):
        sending.confirm(world.db, 1)


def test_a_press_older_than_a_day_never_leaves(world: SendWorld) -> None:
    """As a restored backup would have it: LINE may have sent it since, and its key is no longer good."""
    world.press()
    world.db.run("UPDATE send SET pressed_at = '2026-01-01T00:00:00.000000Z'")
    assert world.restart() == 1
    sending.confirm(world.db, 1)
    found = world.run()
    assert (found.state, found.error.key if found.error else "") == ("cancelled", "sending.too_late")
    assert world.accepted_by_line == 0


def test_without_a_network_it_does_not_leave_later_by_itself(world: SendWorld) -> None:
    world.press()
    world.simulator.faults.add("cut_before", count=None)
    found = world.run()
    assert found.state == "action_needed"
    world.simulator.faults.clear()
    world.clock.sleep(3_600)
    assert world.narrowcaster().step() is None
    assert world.accepted_by_line == 0
    sending.confirm(world.db, 1)
    assert world.run().state == "sent"


def test_a_request_that_could_not_be_written_down_asks(world: SendWorld) -> None:
    """The row says `sending` while a program runs: nobody knows, so nothing goes on without a press."""
    world.press()
    with world.db.transaction():
        world.db.run(
            "UPDATE send SET state = 'sending', left_at = ?, account = ?",
            (history.utc_now(), world.simulator.state.account.user_id),
        )
    found = world.run()
    assert (found.state, found.error.key if found.error else "") == ("action_needed", "sending.unclear")
    assert world.accepted_by_line == 0
