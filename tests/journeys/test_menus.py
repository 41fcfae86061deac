"""A newcomer with rich menus: from the sample shop to three menus at LINE, with the power failing in the middle of it."""

from __future__ import annotations

from pathlib import Path

from desktop.practice import STATE_SUFFIX
from desktop.text import t
from tests.journeys.conftest import Start
from tests.journeys.outcomes import SimulatedLine, reachable_with, rows, value
from tests.journeys.window import Window

LINKABLE = """SELECT line_user_id FROM person WHERE line_user_id IS NOT NULL AND coalesce(blocked, 0) = 0
    AND coalesce(friend, 1) = 1"""
STATE = "SELECT state FROM publishing"
BEGUN = "SELECT count(*) FROM publishing_request WHERE state = 'done'"


def test_from_the_sample_shop_to_menus_at_line(start: Start, practice_shop: Path) -> None:
    window = start()
    window.wait("the members", lambda: len(window.rows()) > 10)
    make_menus(window, practice_shop)
    press_sheet(window)
    line = SimulatedLine(window.process.pid)
    line.befall("latency", path="richmenu", seconds=0.15, count=None)
    window.click(t("publishing_page.publish"), kind="PushButton")
    window.wait("some of the requests", lambda: value(practice_shop, BEGUN) >= 4)
    window.kill()
    assert rows(practice_shop, STATE) != [("done",)]

    again = start()
    again.click_text("shell.waiting.send")
    again.wait("what was pressed is done", lambda: rows(practice_shop, STATE) == [("done",)], 25)
    menus = SimulatedLine(again.process.pid).rich_menus(practice_shop.with_suffix(STATE_SUFFIX))
    names = {key: str(menu["name"]).split(" (")[0] for key, menu in menus.objects.items()}
    assert sorted(names.values()) == sorted(
        name for (name,) in rows(practice_shop, "SELECT name FROM plan WHERE kind = 'rich_menu'")
    )
    assert all(0 < size <= 2**20 for size in menus.pictured.values())
    assert names[menus.default] == t("rich_menu.set.friend")
    vip = reachable_with(practice_shop, "VIP")
    linkable = {one for (one,) in rows(practice_shop, LINKABLE)}
    given = {who: names[key] for who, key in menus.links.items()}
    assert {who for who, name in given.items() if name == t("rich_menu.set.vip")} >= vip
    assert set(given) == linkable
    assert again.close() == 0


def make_menus(window: Window, shop: Path) -> None:
    """From wherever one is to three menus whose areas all lead somewhere."""
    window.click_text("shell.more")
    window.click_text("shell.page.rich_menu")
    window.click(t("rich_menu.shop.cafe"), kind="Tile")
    for field, address in (("recruiting", "https://example.com/join"), ("products", "example.com/menu")):
        window.click(t(f"rich_menu_page.start.link.{field}"), kind="TextField")
        window.type(address)
    window.click(t("rich_menu_page.start.go", kind=t("rich_menu.shop.cafe"), n=3))
    count = "SELECT count(*) FROM plan WHERE kind = 'rich_menu'"
    window.wait("three menus in the file", lambda: value(shop, count) == 3)
    window.wait("a quiet window", lambda: window.seen().get("idle"))


def press_sheet(window: Window) -> None:
    """Press 發佈到 LINE and wait for the sheet that says what will happen."""
    window.step(
        "the sheet",
        lambda: window.click(t("rich_menu_page.publish"), kind="PushButton"),
        lambda: window.says(t("publishing_page.quiet")),
    )
