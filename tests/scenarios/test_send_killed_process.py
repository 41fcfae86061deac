"""The program is killed for good, at each point of a sending in turn; and a shop has many bad days in a row. LINE sends each press
once, and whatever the owner is told was sent has been."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.line_api.messages import narrowcast_progress
from desktop.line_api.sending.narrowcaster import CHECKPOINTS
from desktop.operations.line import sending
from tests.architecture.source_files import ROOT
from tests.scenarios.send_world import PEOPLE, SendWorld, send_world
from tests.scenarios.test_send_kill_points import FAULTS, LEADS_TO, REQUESTS
from tests.scenarios.upload_world import ProgramKilled

POINTS = list(LEADS_TO)
USUAL = {"marked", "answered", "unknown_saved"}


@pytest.mark.parametrize(
    "point", [pytest.param(one, marks=() if one in USUAL else pytest.mark.long) for one in POINTS]
)
def test_killed(tmp_path: Path, point: str) -> None:
    with send_world(tmp_path) as world:
        world.press()
        world.shop.close()
        request, fault = LEADS_TO[point]
        if (switch := FAULTS[fault]) is not None:
            method, path = REQUESTS[request]
            world.simulator.faults.add(method=method, path=path, **switch)
        arguments = [str(world.shop.path), world.simulator.url, world.simulator.token, point]
        command = [sys.executable, "-m", "tests.scenarios.send_child", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, check=False, capture_output=True, encoding="utf-8", timeout=50
        )
        assert done.returncode == 137, done.stderr
        asked = world.restart()
        assert asked == int(point not in {"accepted_saved", "polled", "done_saved"})
        if asked:
            sending.confirm(world.db, 1)
        assert world.insist().state == "sent"
        assert world.accepted_by_line == 1


def bad_days(world: SendWorld, chance: random.Random, presses: int) -> None:
    """Presses, faults, deaths and cancellations in an order a seed decides."""
    for _ in range(presses):
        pressed = world.press()
        for _ in range(chance.randint(0, 3)):
            method, path = chance.choice(list(REQUESTS.values()))
            fault = FAULTS[chance.choice(list(FAULTS)[1:])] or {}
            world.simulator.faults.add(method=method, path=path, skip=chance.randint(0, 2), **fault)
        try:
            die_at = chance.choice([*CHECKPOINTS, ""])
            world.run(pressed.id, world.narrowcaster(die_at=die_at, nth=chance.randint(1, 2)))
        except ProgramKilled:
            world.restart()
        for one in sending.all_sends(world.db):
            if one.state not in ("waiting", "unknown", "action_needed"):
                continue
            if chance.random() < 0.15:
                sending.cancel(world.db, one.id)
            elif chance.random() < 0.8:
                sending.confirm(world.db, one.id)
                world.insist(one.id)


def test_many_bad_days(tmp_path_factory: pytest.TempPathFactory, long_run: bool) -> None:
    for seed in range(60 if long_run else 6):
        chance = random.Random(seed)
        with send_world(tmp_path_factory.mktemp("bad-days")) as world:
            world.simulator.configure_account(plan_quota=None)
            used = world.simulator.state.account.used
            bad_days(world, chance, presses=6)
            world.simulator.faults.clear()
            ended = [world.insist(one.id) if one.confirmed else one for one in sending.all_sends(world.db)]
            at_line = world.simulator.state.sends
            accepted = {str(key): entry[0] for key, entry in at_line._keys.items()}
            # Each press has a key of its own, and LINE took each key once.
            assert len({one.retry_key for one in ended}) == len(ended), seed
            assert len(at_line.narrowcasts) == len(accepted) == len(set(accepted.values())), seed
            for one in ended:
                if one.state == "sent":
                    assert accepted[one.retry_key or ""] == one.request_id, seed
                elif one.state == "cancelled":
                    assert one.retry_key not in accepted, seed
            # Every look at the progress ends one: all that LINE took was sent to everybody once.
            client = world.client()
            for request_id in at_line.narrowcasts:
                for _ in range(3):
                    narrowcast_progress(client, request_id)
            assert world.simulator.state.account.used == used + PEOPLE * len(accepted), seed
