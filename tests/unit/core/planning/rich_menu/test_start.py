"""What a shop starts with lacks only the addresses nobody else knows, in each language."""

from __future__ import annotations

import re

import pytest

from desktop import text
from desktop.core.planning.greeting.balloons import Text
from desktop.core.planning.greeting.shop_kinds import SHOP_KINDS as GREETED
from desktop.core.planning.greeting.shop_kinds import start_greeting
from desktop.core.planning.rich_menu.checks import ERROR, checks
from desktop.core.planning.rich_menu.goals import goals
from desktop.core.planning.rich_menu.icons import ICONS
from desktop.core.planning.rich_menu.start import LINKS, SETS, SHOP_KINDS, start_menu
from desktop.paths import resources_folder
from desktop.text import LANGUAGES, render, t

ADDRESSES = {goal: f"https://shop.example/{goal}" for goal in LINKS}
SCREENS = {"已綁定"}
"""What stands in quotation marks and is on a screen, not in the menu."""


@pytest.fixture(params=LANGUAGES, autouse=True)
def language(request: pytest.FixtureRequest) -> object:
    text.use_language(request.param)
    yield request.param
    text.use_language("zh_TW")


@pytest.mark.parametrize("kind", SHOP_KINDS)
def test_with_the_addresses_a_set_is_ready_to_publish(kind: str) -> None:
    for which in SETS:
        known = start_menu(which, SHOP_KINDS[kind], render, ADDRESSES)
        assert [check.id for check in checks(known) if check.state == ERROR] == []
        bare = start_menu(which, SHOP_KINDS[kind], render)
        assert {check.id for check in checks(bare) if check.state == ERROR} == {"uri_missing"}
        assert all(area.icon in ICONS for area in known.areas)
    friend = start_menu("friend", SHOP_KINDS[kind], render)
    assert [state.goal for state in goals(friend) if not state.covered] == []
    assert friend.for_whom == ""
    assert start_menu("member", SHOP_KINDS[kind], render).for_whom == "bound:yes"


@pytest.mark.parametrize("kind", GREETED)
def test_a_greeting_names_entries_of_the_menus_of_its_kind_of_shop(kind: str) -> None:
    greeting = start_greeting(kind, render)
    said = "".join(str(part) for one in greeting.balloons if isinstance(one, Text) for part in one.parts)
    steps = "\n".join(line for line in said.split("\n") if line[:1] in "①②③")
    wanted = {name.strip("「」“”") for name in re.findall("「[^」]+」|“[^”]+”", steps)} - SCREENS
    titles = {area.title for which in SETS for area in start_menu(which, SHOP_KINDS[kind], render).areas}
    assert wanted <= titles


def test_no_two_icons_are_called_alike() -> None:
    assert len({t(f"rich_menu.icon.{one}") for one in ICONS}) == len(ICONS)


def test_every_icon_is_there_in_both_forms() -> None:
    folder = resources_folder() / "icons"
    lacking = [
        name
        for icon in ICONS
        for name in (f"{icon}.svg", f"fill/{icon}.svg")
        if not (folder / name).is_file()
    ]
    assert lacking == []
