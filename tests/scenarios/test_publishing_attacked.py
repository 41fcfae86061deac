"""What an owner, LINE and the computer can do to publications between and during them: menus with tabs published over and over,
people merged on the way, blocks of which LINE refuses some IDs, names changed behind a press, presses in every order, a process
that is killed at any moment."""

from __future__ import annotations

import itertools
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.core.errors import UserError
from desktop.core.planning.actions import Action, ActionKind
from desktop.core.planning.rich_menu.menu import COMPACT, Area, Rect, RichMenu
from desktop.operations.audiences import audiences
from desktop.operations.people import merging
from desktop.operations.people.merging import MergeChoice
from desktop.operations.planning import plans, publishing
from desktop.operations.planning.publishing import MenuImage
from desktop.simulator.simulator import Simulator
from desktop.store.shop_file import ShopFile
from tests.architecture.source_files import ROOT
from tests.scenarios.publish_world import TODAY, PublishWorld, menu, picture, publish_world
from tests.scenarios.upload_world import ProgramKilled, user_id

TABS = ("首頁", "優惠", "門市")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[PublishWorld]:
    with publish_world(tmp_path) as made:
        yield made


@pytest.fixture
def live(world: PublishWorld) -> PublishWorld:
    world.usual()
    world.publish()
    return world


def tabbed(world: PublishWorld, round_: int) -> None:
    """Three menus, each of which leads to all three."""
    for name in TABS:
        if name not in world.planned:
            world.plan(name, menu(name))
    for name in TABS:
        areas = tuple(
            Area(
                Rect(n * 800, 0, 800, 843),
                title=tab,
                action=Action(ActionKind.SWITCH, menu=world.planned[tab], data=tab),
            )
            for n, tab in enumerate(TABS)
        )
        bar = f"{name} {round_}"
        world.plan(name, RichMenu(size=COMPACT, layout="free", areas=areas, chat_bar_text=bar))


def bars(world: PublishWorld) -> list[str]:
    return sorted(one.object["chatBarText"] for one in world.at_line.menus.values())


def led_to(world: PublishWorld) -> list[str]:
    """The bars of the menus the aliases lead to."""
    return sorted(world.at_line.menus[one].object["chatBarText"] for one in world.at_line.aliases.values())


def test_three_tabs_published_over_and_over(world: PublishWorld) -> None:
    world.people(3)
    for round_ in range(6):
        tabbed(world, round_)
        world.publish()
        newest = [f"{name} {round_}" for name in TABS]
        before = [f"{name} {round_ - 1}" for name in TABS] if round_ else []
        assert bars(world) == sorted(newest + before)
        assert led_to(world) == sorted(newest)
        assert world.at_line.menus[world.at_line.default].object["chatBarText"] == f"首頁 {round_}"
        for one in world.at_line.menus.values():
            for area in one.object["areas"]:
                assert area["action"]["richMenuAliasId"] in world.at_line.aliases
    world.run(publishing.restore(world.db))
    assert led_to(world) == sorted(f"{name} 4" for name in TABS)
    assert len(world.at_line.menus) == 6


def test_a_long_name_keeps_the_mark_it_is_found_by(world: PublishWorld) -> None:
    world.people(3)
    name = "👨‍👩‍👧" * (plans.NAME_LENGTH // 5)
    world.plan(name, menu())
    for bar in ("選單", "新"):
        world.change(name, chat_bar_text=bar)
        world.simulator.faults.add("cut_after", method="POST", path="/v2/bot/richmenu$")
        assert world.insist(world.press().job.id).state == "done"
    assert bars(world) == ["新", "選單"]
    assert world.at_line.menus[world.at_line.default].object["chatBarText"] == "新"
    publishing.look_at_line(world.client(), world.in_database)
    assert publishing.plan(world.db, TODAY).empty


@pytest.mark.parametrize("count", [600, 1_500])
def test_many_people_one_of_whom_line_refuses(world: PublishWorld, count: int) -> None:
    world.plan("大家", menu())
    world.plan("貴賓", menu("貴賓", for_whom="level:VIP"))
    ids = world.people(count, level="VIP")
    world.simulator.configure(foreign_ids={ids[7], ids[499]})
    world.publish()
    assert world.audience_of("貴賓") == set(ids) - {ids[7], ids[499]}
    assert publishing.plan(world.db, TODAY).link == 2
    assert len(world.simulator.requests) < 80
    world.run(publishing.take_back(world.db))
    assert world.at_line.links == {}
    assert world.at_line.default is None


def test_blocked_people_get_nothing_and_come_back(live: PublishWorld) -> None:
    person = int(live.db.value("SELECT id FROM person WHERE line_user_id = ?", (user_id(27),)))
    live.db.run("UPDATE person SET blocked = 1 WHERE id = ?", (person,))
    live.run(publishing.take_back(live.db))
    assert set(live.at_line.links) == {user_id(27)}
    live.db.run("UPDATE person SET blocked = 0 WHERE id = ?", (person,))
    assert publishing.newly(live.db).n == 1
    live.run(publishing.refresh_links(live.db))
    assert live.at_line.links == {}


def test_who_is_merged_between_press_and_block(live: PublishWorld) -> None:
    live.set_level([user_id(n) for n in range(1, 6)], "VIP")
    job = publishing.refresh_links(live.db).job.id
    keep, gone = (
        int(live.db.value("SELECT id FROM person WHERE line_user_id = ?", (user_id(n),))) for n in (1, 2)
    )
    merging.merge(live.db, [MergeChoice(keep, gone)])
    assert live.run(job).state == "done"
    if publishing.newly(live.db).n:
        live.run(publishing.refresh_links(live.db))
    stays = live.db.value("SELECT line_user_id FROM person WHERE id = ?", (keep,))
    assert {stays} == live.audience_of("貴賓") & {user_id(1), user_id(2)}
    assert publishing.newly(live.db).n == 0


def test_an_audience_deleted_between_press_and_send(world: PublishWorld) -> None:
    world.people(5, level="VIP")
    audiences.save(world.db, "常客", "level:VIP")
    world.plan("大家", menu())
    world.plan("常客版", menu("常客", for_whom="audience:常客"))
    pressed = world.press()
    audiences.delete(world.db, "常客")
    assert world.run(pressed).state == "done"
    assert len(world.audience_of("常客版")) == 5
    assert publishing.newly(world.db).problem is not None
    assert publishing.plan(world.db, TODAY).problems
    assert world.run(publishing.take_back(world.db)).state == "done"
    assert world.at_line.links == {}


def test_a_period_that_ends_while_the_job_is_open(world: PublishWorld) -> None:
    world.people(3)
    world.plan("大家", menu())
    world.plan("週年慶", menu("慶", for_whom="level:一般", starts="2026-08-01", ends="2026-08-07"))
    world.simulator.faults.add("status", method="POST", path="/bulk/link$", status=401)
    pressed = world.press()
    assert world.run(pressed).state == "action_needed"
    tomorrow = date(2026, 8, 8)
    assert world.insist(pressed.job.id).state == "done"
    assert [one.what for one in publishing.due(world.db, tomorrow)] == ["ends"]
    world.publish(tomorrow)
    assert world.at_line.links == {}
    assert publishing.due(world.db, tomorrow) == []


def test_an_area_without_an_action_and_twenty_with_one(world: PublishWorld) -> None:
    world.people(1)
    areas = [
        Area(Rect(125 * n, 0, 125, 843), title=f"{n}", action=Action(ActionKind.MESSAGE, text=f"第 {n} 格"))
        for n in range(20)
    ]
    world.plan("滿", RichMenu(size=COMPACT, layout="free", areas=tuple(areas), chat_bar_text="選單"))
    world.publish()
    assert len(next(iter(world.at_line.menus.values())).object["areas"]) == 20
    world.change("滿", areas=(*areas[:18], Area(Rect(2250, 0, 125, 843)), areas[19]))
    world.publish()
    assert len(world.at_line.menus[world.at_line.default].object["areas"]) == 19
    world.change("滿", areas=(*areas, Area(Rect(0, 0, 10, 10), title="多", action=areas[0].action)))
    assert publishing.plan(world.db, TODAY).problems


@pytest.mark.parametrize(("more", "state"), [(0, "done"), (1, "refused")])
def test_a_picture_of_exactly_one_megabyte(world: PublishWorld, more: int, state: str) -> None:
    world.people(1)
    plan = world.plan("大家", menu())
    data = picture().ljust(1_000_000 + more, b"\0")
    found = world.run(publishing.press(world.db, {plan: MenuImage(data, "image/png")}, TODAY))
    assert found.state == state, found.error
    world.publish() if state == "refused" else None
    assert bars(world) == ["選單"]
    assert publishing.plan(world.db, TODAY).empty


def test_the_managers_menu_comes_back(world: PublishWorld) -> None:
    world.usual()
    world.simulator.configure(manager_menu=True)
    publishing.look_at_line(world.client(), world.in_database)
    assert "publishing.note_hides" in [one.key for one in publishing.plan(world.db, TODAY).notes]
    world.publish()
    publishing.look_at_line(world.client(), world.in_database)
    assert publishing.plan(world.db, TODAY).empty
    world.run(publishing.take_back(world.db))
    assert world.at_line.default is None
    publishing.look_at_line(world.client(), world.in_database)
    assert publishing.live(world.db).menus == ()


def test_another_programs_default_is_left_alone(world: PublishWorld) -> None:
    """A default of ours that LINE certainly did not take is no reason to clear somebody else's."""
    world.people(3, level="VIP")
    world.plan("大家", menu())
    world.simulator.faults.add("status", method="POST", path="/user/all/richmenu/", status=403)
    pressed = world.press()
    assert world.run(pressed).state in ("refused", "action_needed")
    if publishing.existing(world.db, pressed.job.id).state == "action_needed":
        publishing.cancel(world.db, pressed.job.id)
    theirs = world.at_line.create(next(iter(world.at_line.menus.values())).object | {"name": "別家"}, 0.0)
    world.at_line.put_picture(theirs, picture(), "image/png")
    world.at_line.default = theirs.id
    publishing.look_at_line(world.client(), world.in_database)
    world.change("大家", for_whom="level:VIP")
    world.publish()
    assert world.at_line.default == theirs.id


def test_a_menu_line_lists_after_it_was_deleted(live: PublishWorld) -> None:
    """LINE's list lags: a menu that is gone shows once more, and again later."""
    known = next(iter(live.at_line.menus.values())).object
    stray = live.at_line.create({**known, "name": known["name"][:-3] + "0)"}, 0.0)
    for _ in range(3):
        live.at_line.menus[stray.id] = stray
        publishing.look_at_line(live.client(), live.in_database)
        live.at_line.menus.pop(stray.id)
        publishing.look_at_line(live.client(), live.in_database)
    live.change("大家", chat_bar_text="新")
    live.publish()
    assert live.seen_by(user_id(1)) == "大家"


PRESSES = ("publish", "changed", "take_back", "restore", "links")


def press_one(world: PublishWorld, which: str, number: int) -> int | None:
    if which == "changed":
        world.change("大家", chat_bar_text=f"第 {number} 次")
    if which == "links":
        world.set_level([user_id(1 + number % 25)], "VIP" if number % 2 else "一般")
    try:
        match which:
            case "publish" | "changed":
                return world.press().job.id
            case "take_back":
                return publishing.take_back(world.db).job.id
            case "restore":
                return publishing.restore(world.db).job.id
        return publishing.refresh_links(world.db).job.id
    except UserError:
        return None


def check_sound(world: PublishWorld) -> None:
    """What LINE has is what the shop file says is live, and no more than two publications' menus."""
    shown = publishing.live(world.db)
    roles = {one.role: one for one in shown.menus}
    names = {one.name for one in shown.menus}
    assert world.seen_by(user_id(25)) == (roles["default"].name if "default" in roles else None)
    assert len(world.at_line.menus) <= 4
    assert {world.seen_by(one) for one in world.at_line.links} <= names
    assert all(one in world.at_line.menus for one in world.at_line.aliases.values())
    assert len(world.at_line.links) == sum(one.people for one in shown.menus)
    publishing.look_at_line(world.client(), world.in_database)
    assert [one.people for one in publishing.live(world.db).menus] == [one.people for one in shown.menus]


def in_order(folder: Path, order: tuple[str, ...], cut: str = "") -> None:
    with publish_world(folder) as world:
        world.usual()
        world.publish()
        whole = True
        for number, which in enumerate(order):
            # As the windows do before every press.
            publishing.look_at_line(world.client(), world.in_database)
            job = press_one(world, which, number)
            if job is None:
                continue
            try:
                world.run(job, world.publisher(die_at=cut, nth=number + 2))
            except ProgramKilled:
                world.restart()
                if number % 2:
                    publishing.cancel(world.db, job)
                    whole = False
                    continue
                publishing.confirm(world.db, job)
            assert world.insist(job).state == "done"
            # What a cancelled job left half done, links alone do not put right.
            whole = whole or which != "links"
            if whole:
                check_sound(world)
        waiting = publishing.live(world.db).job
        assert waiting is None
        world.change("大家", chat_bar_text="最後")
        world.set_level([user_id(n) for n in range(1, 26)], "一般")
        world.publish()
        world.check_usual_people()


ORDERS = list(itertools.product(PRESSES, repeat=3))


def test_presses_in_some_orders(tmp_path: Path) -> None:
    for number, order in enumerate(random.Random(7).sample(ORDERS, 6)):
        folder = tmp_path / str(number)
        folder.mkdir()
        in_order(folder, order)


@pytest.mark.long
@pytest.mark.parametrize("cut", ["", "marked", "answered", "saved"])
def test_presses_in_all_orders(tmp_path: Path, cut: str) -> None:
    orders = random.Random(cut).sample(ORDERS, 40) if cut else ORDERS
    for number, order in enumerate(orders):
        folder = tmp_path / str(number)
        folder.mkdir()
        in_order(folder, order, cut)


@pytest.mark.parametrize("state", ["waiting", "unknown", "action_needed", "done", "refused", "cancelled"])
def test_cancelled_in_each_state(live: PublishWorld, state: str) -> None:
    live.change("大家", chat_bar_text="新")
    faults: dict[str, dict[str, Any]] = {
        "unknown": {"kind": "cut_after", "method": "POST", "path": "/v2/bot/richmenu$", "count": 9},
        "action_needed": {"kind": "status", "method": "POST", "path": "/v2/bot/richmenu$", "status": 401},
        "refused": {"kind": "status", "method": "POST", "path": "/v2/bot/richmenu$", "status": 400},
    }
    if state in faults:
        live.simulator.faults.add(**faults[state])
    job = live.press().job.id
    if state == "cancelled":
        publishing.cancel(live.db, job)
    elif state == "unknown":
        with pytest.raises(ProgramKilled):
            live.run(job, live.publisher(die_at="unknown_saved"))
        live.restart()
    elif state != "waiting":
        live.run(job)
    assert publishing.existing(live.db, job).state == state
    if state in ("waiting", "unknown", "action_needed"):
        publishing.cancel(live.db, job)
    else:
        with pytest.raises(UserError, match=r"publishing\.cannot_cancel"):
            publishing.cancel(live.db, job)
    live.simulator.faults.clear()
    publishing.look_at_line(live.client(), live.in_database)
    if not publishing.plan(live.db, TODAY).empty:
        live.publish()
    live.check_usual_people()
    assert len(live.at_line.menus) <= 4


def killed_runs(world: PublishWorld, chance: random.Random, most: int) -> int:
    """Start a program of its own that publishes and kill it after a random number of requests, until it is done; returns how
    often it was killed."""
    kills = 0
    while world.db.value("SELECT state FROM publishing ORDER BY id DESC LIMIT 1") != "done":
        world.shop.close()
        after = len(world.simulator.requests) + chance.randrange(1, 9)
        command = [sys.executable, "-m", "tests.scenarios.publish_child", str(world.shop.path)]
        arguments = [world.simulator.url, world.simulator.token, "", "1"]
        child = subprocess.Popen([*command, *arguments], cwd=ROOT)
        while kills < most and child.poll() is None and len(world.simulator.requests) < after:
            time.sleep(0.001)
        if kills < most:
            time.sleep(chance.random() * 0.01)
            child.kill()
        child.wait(timeout=60)
        kills += child.returncode != 0
        world.shop = ShopFile.open(world.shop.path)
        if publishing.after_restart(world.db):
            publishing.confirm(world.db, world.db.value("SELECT max(id) FROM publishing"))
    return kills


@pytest.mark.parametrize("seed", [pytest.param(n, marks=pytest.mark.long) for n in range(12)])
def test_a_process_killed_at_random_moments(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    with publish_world(tmp_path) as world:
        world.simulator.configure(rate_scale=None)
        world.usual()
        for round_ in ("一", "二", "三"):
            for name in ("大家", "貴賓"):
                world.change(name, chat_bar_text=round_)
            world.press()
            killed_runs(world, chance, most=6)
            world.check_usual_people()
        assert bars(world) == sorted(["二", "二", "三", "三"])
        assert set(led_to(world)) == {"三"}


def test_two_accounts_in_turn(live: PublishWorld) -> None:
    """Each account keeps what it has; going there and back makes nothing anew."""
    own = live.simulator
    with Simulator() as other:
        other.configure_account(user_id="U" + "ee" * 16)
        for at in (other, own, other, own):
            live.simulator = at
            live.connect()
            if not publishing.plan(live.db, TODAY).empty:
                live.publish()
            live.check_usual()
