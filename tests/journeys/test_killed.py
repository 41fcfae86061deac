"""The power fails while somebody works: what the window had confirmed is there after the next start, and nothing is half done."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from desktop.text import t
from tests.journeys.conftest import Start
from tests.journeys.outcomes import people_with, rows, value
from tests.journeys.test_new_shop import choose_file, members_file
from tests.journeys.window import Window
from tests.shops import make_shop

PEOPLE = 60
BURST = 7
IMPORTED = 20_000
# Seconds from the press of the button; a backup and one transaction lie in this span.
MOMENTS = sorted(random.Random(4).uniform(0.0, 1.6) for _ in range(10))


def test_in_a_burst_of_tagging(start: Start, tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "店 shop.tagline", PEOPLE)
    window = start("--shop", shop)
    window.wait("the list", lambda: len(window.rows()) > 10)
    names = [f"burst{number}" for number in range(BURST)]
    for number, name in enumerate(names[:-1]):
        tag_everybody(window, name, number)
        window.wait("the step in words", lambda name=name: window.says(step_title(name)))
    tag_everybody(window, names[-1], BURST)
    window.kill()

    again = start("--shop", shop)
    again.wait("the list after the restart", lambda: len(again.rows()) > 10)
    assert again.page == "members"
    assert [people_with(shop, name) for name in names[:-1]] == [PEOPLE] * (BURST - 1)
    last = people_with(shop, names[-1])
    assert last in (0, PEOPLE)
    assert rows(shop, "PRAGMA integrity_check") == [("ok",)]
    newest = names[-1] if last else names[-2]
    again.step(
        "undo of the step before the kill",
        lambda: again.press("ctrl+z"),
        lambda: not people_with(shop, newest),
    )
    assert again.close() == 0


@pytest.mark.parametrize(
    "moment",
    [pytest.param(one, marks=() if number == 4 else pytest.mark.long) for number, one in enumerate(MOMENTS)],
)
def test_in_an_import(start: Start, tmp_path: Path, moment: float) -> None:
    shop = make_shop(tmp_path / "shop.tagline")
    file = members_file(tmp_path / "members.csv", IMPORTED)
    window = start("--shop", shop)
    window.wait_for_page("members")
    window.press("ctrl+i")
    choose_file(window, file)
    window.wait("the check", lambda: window.find(t("import_page.commit", n=IMPORTED)), 30)
    window.click_text("import_page.commit", n=IMPORTED)
    time.sleep(moment)
    confirmed = window.says(t("import_page.result_done", file=file.name))
    window.kill()

    again = start("--shop", shop)
    again.wait_for_page("members")
    there = value(shop, "SELECT count(*) FROM person")
    assert there == IMPORTED if confirmed else there in (0, IMPORTED)
    assert value(shop, "SELECT count(*) FROM import_file") == (1 if there else 0)
    assert rows(shop, "PRAGMA integrity_check") == [("ok",)]
    assert again.close() == 0


def tag_everybody(window: Window, name: str, number: int) -> None:
    """Select all and tag, with the keyboard alone. Each time another row is clicked: two quick clicks on one are a double click,
    which opens the person."""
    x, y = window.rows()[number % 2]["cell_rects"][0][:2]
    window.screen.click(x + 20, y + 15)
    window.press("ctrl+a", "ctrl+t")
    window.type(name)
    window.press("Return")


def step_title(name: str) -> str:
    """How the window says that the tag is on."""
    return t("steps.tag", tag=name, n=PEOPLE)
