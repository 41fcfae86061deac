"""A hundred people tagged one by one from the keyboard, then everybody at once, both taken back; and a morning at the till. The
shop file is asked what came of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.store.shop_file import ShopFile
from desktop.text import t
from tests.journeys.conftest import Start
from tests.journeys.outcomes import people_with, value
from tests.journeys.test_practice import choose_row
from tests.journeys.window import Window

BY_HAND = 100
AT_A_TIME = 20
"""People tagged with one burst of keys."""

PEOPLE = [pytest.param(4_000, id="a shop"), pytest.param(100_000, id="a chain", marks=pytest.mark.long)]


def make_shop(folder: Path, people: int) -> Path:
    """A shop of invented people with one pinned tag that nobody has."""
    path = folder / "店.tagline"
    with ShopFile.create(path, name="日日咖啡") as shop:
        db = shop.writer()
        with db.transaction():
            db.many(
                "INSERT INTO person (member_no, name, phone, orders, total, last_order) VALUES (?, ?, ?, ?, ?, ?)",
                (
                    (
                        f"W{number:06}",
                        f"會員{number}",
                        f"+8869{number:08}",
                        1,
                        100,
                        f"2026-{number % 9 + 1:02}-01",
                    )
                    for number in range(1, people + 1)
                ),
            )
            db.run("INSERT INTO tag (name, key, pinned) VALUES ('by hand', 'by hand', 1)")
    return path


def steps(shop: Path) -> int:
    """Steps that are done."""
    return int(value(shop, "SELECT count(*) FROM step WHERE state = 'done'"))


def opened(start: Start, shop: Path) -> Window:
    window = start("--shop", shop)
    window.wait("the members", lambda: len(window.rows()) > 10, 30)
    window.wait_for_page("members")
    return window


def enter(window: Window, text: str) -> None:
    """Type and press Return."""
    if text:
        window.type(text)
    window.press("Return")


def has_keyboard(window: Window) -> bool:
    """Whether keys go to the program's only window; they are sent there if not."""
    windows = window.seen().get("windows", [])
    if len(windows) == 1 and not windows[0]["active"]:
        window.screen.give_keyboard(windows[0]["id"])
    return len(windows) == 1 and bool(windows[0]["active"])


@pytest.mark.parametrize("people", PEOPLE)
def test_a_hundred_by_hand_then_everybody_and_all_of_it_back(
    start: Start, tmp_path: Path, people: int
) -> None:
    shop = make_shop(tmp_path, people)
    window = opened(start, shop)
    window.step(
        "a selected member", lambda: choose_row(window, 0), lambda: window.says(t("tag_panel.held_one"))
    )
    for done in range(0, BY_HAND, AT_A_TIME):
        window.press(*(["ctrl+1", "Down"] * AT_A_TIME))
        window.wait("the tags in the file", lambda n=done + AT_A_TIME: people_with(shop, "by hand") == n, 30)
    assert steps(shop) == BY_HAND

    window.press("ctrl+a")
    window.wait("everybody selected", lambda: window.says(t("tag_panel.selected", n=people)))
    window.press("ctrl+t")
    window.type("everybody")
    window.press("Return")
    window.click(t("tag_panel.many.put_button", n=people))
    window.wait("everybody tagged", lambda: people_with(shop, "everybody") == people, 60)
    assert steps(shop) == BY_HAND + 1

    # The question's window is gone, and without a window manager nobody gives the keyboard back.
    window.wait("the keyboard", lambda: has_keyboard(window))
    window.press("ctrl+z")
    window.wait("everybody's tag taken back", lambda: people_with(shop, "everybody") == 0, 60)
    for left in range(BY_HAND - AT_A_TIME, -1, -AT_A_TIME):
        window.press(*["ctrl+z"] * AT_A_TIME)
        window.wait("the tags taken back", lambda n=left: people_with(shop, "by hand") == n, 30)
    assert steps(shop) == 0
    assert value(shop, "SELECT count(*) FROM person_tag") == 0
    assert value(shop, "SELECT count(*) FROM person") == people
    assert window.close() == 0


def test_a_morning_at_the_till(start: Start, tmp_path: Path) -> None:
    shop = make_shop(tmp_path, 900)
    window = opened(start, shop)
    window.step("the counter", lambda: window.press("F4"), lambda: window.page == "counter")
    visits = "SELECT count(*) FROM shop_order o JOIN person p ON p.id = o.person_id WHERE p.name = ? AND o.amount = 120"
    for number in (111, 222, 333):
        enter(window, f"{number}")
        window.wait("the customer", lambda n=number: window.says(f"會員{n}"))
        if number == 222:
            window.press("ctrl+1")
            window.wait("her tag", lambda: people_with(shop, "by hand") == 1)
        enter(window, "120")
        window.wait("her visit", lambda n=number: value(shop, visits, f"會員{n}") == 1)
    enter(window, "0955123987")
    window.wait("somebody new", lambda: window.says(t("counter.new.title", text="0955123987")))
    enter(window, "Amy")
    window.wait("her in the list", lambda: value(shop, "SELECT count(*) FROM person WHERE name = 'Amy'") == 1)
    window.wait("her at the till", lambda: window.find("Amy"))
    enter(window, "")
    window.wait("four visits", lambda: value(shop, "SELECT count(*) FROM shop_order") == 4)
    window.press("ctrl+z", "ctrl+z")
    window.wait(
        "the newcomer gone again", lambda: not value(shop, "SELECT count(*) FROM person WHERE name = 'Amy'")
    )
    assert value(shop, "SELECT count(*) FROM shop_order WHERE kind = 'visit'") == 3
    assert value(shop, "SELECT max(order_days) FROM person") == 1
    assert window.close() == 0
