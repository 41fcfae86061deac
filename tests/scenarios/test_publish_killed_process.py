"""The program is killed for good, at each point of a publication in turn; and a shop has many bad weeks in a row. In the end LINE
shows what the last press meant, each menu once."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.core.errors import UserError
from desktop.line_api.publishing.publisher import CHECKPOINTS
from desktop.operations.planning import publishing
from desktop.store.publishing import menus
from desktop.store.shop_file import ShopFile
from tests.architecture.source_files import ROOT
from tests.scenarios.publish_world import TODAY, PublishWorld, publish_world
from tests.scenarios.test_publish_kill_points import FAULTS, LEADS_TO, REQUESTS
from tests.scenarios.upload_world import ProgramKilled, user_id

USUAL = {("marked", 3), ("answered", 3)}
"""Before and after LINE made the first menu."""
POINTS = [(point, nth) for point in LEADS_TO if point != "halved_saved" for nth in (1, 3)]


@pytest.mark.parametrize(
    ("point", "nth"),
    [pytest.param(*one, marks=() if one in USUAL else pytest.mark.long) for one in POINTS],
)
def test_killed(tmp_path: Path, point: str, nth: int) -> None:
    with publish_world(tmp_path) as world:
        world.usual()
        world.press()
        world.shop.close()
        request, fault = LEADS_TO[point]
        if (switch := FAULTS[fault]) is not None:
            method, path = REQUESTS[request]
            world.simulator.faults.add(method=method, path=path, **switch)
        arguments = [str(world.shop.path), world.simulator.url, world.simulator.token, point, str(nth)]
        command = [sys.executable, "-m", "tests.scenarios.publish_child", *arguments]
        ended = subprocess.run(command, cwd=ROOT, check=False, timeout=60)
        world.shop = ShopFile.open(world.shop.path)
        assert ended.returncode in (137, 0)
        if ended.returncode == 137 and publishing.after_restart(world.db):
            assert world.publisher().step() is None
            publishing.confirm(world.db, 1)
        assert world.insist(1).state == "done"
        world.check_usual()


def bad_weeks(world: PublishWorld, chance: random.Random, days: int) -> None:
    """The owner changes menus and people, presses, takes back and restores; the network and the computer fail."""
    for day in range(days):
        people = [user_id(n) for n in chance.sample(range(1, 41), 8)]
        world.set_level(people, chance.choice(["VIP", "一般"]))
        if chance.random() < 0.5:
            world.change(chance.choice(["大家", "貴賓"]), chat_bar_text=f"第 {day} 天")
        request = chance.choice(list(REQUESTS))
        fault = FAULTS[chance.choice(list(FAULTS))]
        if fault is not None:
            method, path = REQUESTS[request]
            world.simulator.faults.add(method=method, path=path, **{"skip": chance.randrange(2), **fault})
        job = press_something(world, chance)
        if job is None:
            continue
        die_at = chance.choice([*CHECKPOINTS, "", ""])
        try:
            world.run(job, world.publisher(die_at=die_at, nth=chance.randrange(1, 7)))
        except ProgramKilled:
            world.restart()
        if chance.random() < 0.3:
            cancel(world, job)
        elif chance.random() < 0.8:
            go_on(world, job)


def press_something(world: PublishWorld, chance: random.Random) -> int | None:
    press = chance.choice([world.press, world.press, lambda: publishing.refresh_links(world.db)])
    if chance.random() < 0.25:
        other = chance.choice([publishing.take_back, publishing.restore])
        press = lambda: other(world.db)  # noqa: E731
    waiting = publishing.live(world.db).job
    if waiting is not None:
        return waiting.id if go_on(world, waiting.id) else None
    try:
        return press().job.id
    except UserError:
        return None


def go_on(world: PublishWorld, job: int) -> bool:
    """Press once more where a job waits for it."""
    try:
        publishing.confirm(world.db, job)
    except UserError:
        return False
    world.insist(job)
    return True


def cancel(world: PublishWorld, job: int) -> None:
    try:
        publishing.cancel(world.db, job)
    except UserError:
        return


@pytest.mark.parametrize(
    "seed", [pytest.param(n, marks=() if n < 4 else pytest.mark.long) for n in range(60)]
)
def test_many_bad_weeks(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    with publish_world(tmp_path) as world:
        world.usual()
        bad_weeks(world, chance, days=14)
        world.simulator.faults.clear()
        waiting = publishing.live(world.db).job
        if waiting is not None:
            cancel(world, waiting.id) if chance.random() < 0.5 else go_on(world, waiting.id)
        assert publishing.live(world.db).job is None
        world.set_level([user_id(n) for n in range(1, 26)], "一般")
        world.set_level([user_id(n) for n in range(26, 41)], "VIP")
        for round_ in ("一", "二"):
            for name in ("大家", "貴賓"):
                world.change(name, chat_bar_text=round_)
            world.publish()
        # Of the weeks nothing is left but what these two publications need: two menus each.
        bars = sorted((world_name(one), one.object["chatBarText"]) for one in world.at_line.menus.values())
        assert bars == [("大家", "一"), ("大家", "二"), ("貴賓", "一"), ("貴賓", "二")]
        assert world.at_line.menus[world.at_line.default].object["chatBarText"] == "二"
        assert set(world.at_line.links) == {user_id(n) for n in range(26, 41)}
        assert {world.at_line.menus[one].object["chatBarText"] for one in world.at_line.links.values()} == {
            "二"
        }
        assert len(world.at_line.aliases) == 2
        assert publishing.plan(world.db, TODAY).empty
        known = {one.rich_menu_id for one in menus.at_line(world.db, world.account)}
        assert known == set(world.at_line.menus)


def world_name(menu: object) -> str:
    return str(menu.object["name"]).partition(" (")[0]  # type: ignore[attr-defined]
