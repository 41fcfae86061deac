"""The page in shops that have little: nobody, members without orders, few repurchases, one store, few people."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from desktop.store import figures
from desktop.store.database import Database
from desktop.store.shop_file import ShopFile
from desktop.ui.insights.page import OF_ORDERS, TABS, InsightsPage
from desktop.ui.main_window import MainWindow
from desktop.ui.opening.program import Program
from tests.ui.insights.insights_window import shop_path as _with_orders
from tests.ui.shop_window import open_page, settle

shop_with_orders = _with_orders
EMPTY = "還沒有消費紀錄：匯入訂單，或在櫃台按「來店」"


def nobody(db: Database) -> None:
    """A shop just made."""
    db.run("DELETE FROM shop_order")
    db.run("DELETE FROM person_tag")
    db.run("DELETE FROM person")


def members_only(db: Database) -> None:
    """A list of members, and nothing bought."""
    db.run("DELETE FROM shop_order")
    db.run(
        "UPDATE person SET orders = NULL, order_days = NULL, total = NULL, first_order = NULL, last_order = NULL"
    )
    figures.refresh(db, "SELECT id FROM person")


def few_repurchases(db: Database) -> None:
    """Twelve people, who came again three times each at most, all of one store."""
    db.run("DELETE FROM shop_order WHERE person_id > (SELECT min(id) + 11 FROM person)")
    db.run("DELETE FROM person WHERE id > (SELECT min(id) + 11 FROM person)")
    db.run("DELETE FROM shop_order WHERE ordered_at < '2026-10-01'")
    db.run("UPDATE person SET store = '信義店', orders = NULL, order_days = NULL, total = NULL")
    db.run("UPDATE person SET first_order = NULL, last_order = NULL")
    figures.refresh(db, "SELECT id FROM person")


@pytest.fixture
def opened(
    program: Program, shop_with_orders: Path, qtbot: QtBot
) -> Callable[[Callable[[Database], None]], tuple[MainWindow, InsightsPage]]:
    """Opens the page on a shop changed beforehand."""

    def open_it(change: Callable[[Database], None]) -> tuple[MainWindow, InsightsPage]:
        with ShopFile.open(shop_with_orders) as shop:
            db = shop.writer()
            with db.transaction():
                change(db)
        program.start(shop_with_orders)
        settle(program.window, qtbot)
        return program.window, cast(InsightsPage, open_page(program.window, "insights", qtbot))

    return open_it


Opened = Callable[[Callable[[Database], None]], tuple[MainWindow, InsightsPage]]


def test_a_shop_without_anybody_says_what_to_do_on_every_tab(opened: Opened, qtbot: QtBot) -> None:
    window, page = opened(nobody)
    for tab in TABS:
        page.show_section(tab)
        settle(window, qtbot)
        assert page.stack.currentWidget() is page.nothing
        assert page.nothing.state.title.text() == EMPTY
        assert not page.bar.isVisible()
    page.nothing.load.click()
    settle(window, qtbot)
    assert window.shell is not None
    assert window.shell.stack.current is not None
    assert window.shell.stack.current.page_id == "import"


def test_members_without_orders_have_their_funnel_and_one_way_to_orders(opened: Opened, qtbot: QtBot) -> None:
    window, page = opened(members_only)
    assert page.funnel.rows[1].bar.text() == "80"
    assert page.missing.isVisible()
    assert not page.nasl.isVisible()
    assert page.missing.state.title.text() == EMPTY
    for tab in TABS:
        page.show_section(tab)
        settle(window, qtbot)
        assert (page.stack.currentWidget() is page.nothing) == (tab in OF_ORDERS)
        assert not page.bar.isVisible()
    page.show_section("overview")
    page.missing.counter.click()
    settle(window, qtbot)
    assert window.shell is not None
    assert window.shell.stack.current is not None
    assert window.shell.stack.current.page_id == "counter"


def test_few_repurchases_are_said_and_the_owner_is_asked(opened: Opened, qtbot: QtBot) -> None:
    window, page = opened(few_repurchases)
    assert page.nasl.asks.isVisible()
    assert "30" in page.nasl.asks.text()
    assert page.nasl.set_cycle.isVisible()
    assert page.nasl.table.rows_model.rows == []
    page.show_section("repurchase")
    settle(window, qtbot)
    assert page.movement.told.text() == "有了回購週期才看得到。"
    assert not any(button.isVisible() for button in page.movement.moves.values())


def test_few_people_are_said_beside_every_rate(opened: Opened) -> None:
    _, page = opened(few_repurchases)
    assert "只有 8 位，僅供參考" in page.funnel.rows[2].rate.text()
    assert "▲" not in page.funnel.rows[2].rate.text()
    assert "僅供參考" in page.funnel.new_friends.text()
    assert page.breakdown.small.isVisible()


def test_one_store_has_nothing_to_compare(opened: Opened) -> None:
    _, page = opened(few_repurchases)
    assert "只有一組" in page.breakdown.told.text()
