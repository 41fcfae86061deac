"""Saved views: kept from the search, listed below 會員 with their numbers, renamed, moved, removed and brought back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.core.people.query_text import to_text
from desktop.core.people.selection import Selection
from desktop.operations.people import views
from desktop.operations.tagging import tagging
from desktop.ui.main_window import MainWindow
from desktop.ui.members.page import MembersPage
from desktop.ui.shell.side_views import SideViews
from tests.ui.members.conftest import CTRL, Hands
from tests.ui.shop_window import open_page


@pytest.fixture
def side(window: MainWindow, page: MembersPage, hands: Hands) -> SideViews:
    """The views at the left."""
    assert window.shell is not None
    found = window.shell.views
    assert found is not None
    return found


def counted(side: SideViews, hands: Hands) -> dict[str, str]:
    """The views shown with their numbers."""
    hands.rest()
    side.count()
    hands.rest()
    return {item.text(): item.count for item in side.items.values()}


def choose(side: SideViews, name: str, entry: str) -> None:
    item = next(item for item in side.items.values() if item.text() == name)
    item.customContextMenuRequested.emit(item.rect().center())
    assert side.menu is not None
    menu = side.menu
    next(action for action in menu.actions() if action.text() == entry).trigger()
    menu.close()


def test_a_search_is_kept_under_a_name_and_leads_back(
    page: MembersPage, hands: Hands, side: SideViews, window: MainWindow, qtbot: QtBot
) -> None:
    assert not side.isVisible()
    assert not page.list.bar.save.isVisible()
    hands.search("tag:熟客")
    assert page.list.bar.save.isVisible()
    hands.desk.dialogs.answers["ask_text"] = "我的熟客"
    hands.key(Qt.Key.Key_S, CTRL)
    assert counted(side, hands) == {"我的熟客": "4"}
    assert side.isVisible()
    hands.search("")
    assert page.list.count == 12
    open_page(window, "outbox", qtbot)
    next(iter(side.items.values())).click()
    hands.rest()
    assert window.shell is not None
    assert window.shell.stack.current is page
    assert to_text(page.list.condition) == "tag:熟客"


def test_the_numbers_follow_the_tags(page: MembersPage, hands: Hands, side: SideViews) -> None:
    hands.write(lambda db: views.save(db, "VIP 們", "tag:VIP"))
    assert counted(side, hands) == {"VIP 們": "2"}
    hands.write(lambda db: tagging.tag(db, Selection.of([2, 3]), "VIP"))
    assert side._count.isActive()
    assert counted(side, hands) == {"VIP 們": "4"}


def test_renamed_moved_removed_and_brought_back(
    page: MembersPage, hands: Hands, side: SideViews, window: MainWindow
) -> None:
    for name in ("一", "二", "三"):
        hands.write(lambda db, name=name: views.save(db, name, "orders:>=1"))
    hands.desk.dialogs.answers["ask_text"] = "壹"
    choose(side, "一", "重新命名…")
    hands.rest()
    choose(side, "三", "往上移")
    hands.rest()
    assert list(counted(side, hands)) == ["壹", "三", "二"]
    choose(side, "三", "刪除檢視")
    assert list(counted(side, hands)) == ["壹", "二"]
    assert window.shell is not None
    window.shell.notices.press()
    assert list(counted(side, hands)) == ["壹", "三", "二"]


def test_a_name_that_is_taken_is_told(page: MembersPage, hands: Hands, side: SideViews) -> None:
    for name in ("一", "二"):
        hands.write(lambda db, name=name: views.save(db, name, ""))
    hands.desk.dialogs.answers["ask_text"] = "二"
    choose(side, "一", "重新命名…")
    hands.rest()
    assert "已經有檢視叫「二」" in hands.notices()[-1]


def test_delete_and_f2_work_by_key(page: MembersPage, hands: Hands, side: SideViews, qtbot: QtBot) -> None:
    hands.write(lambda db: views.save(db, "一", ""))
    item = next(iter(side.items.values()))
    hands.desk.dialogs.answers["ask_text"] = "甲"
    qtbot.keyClick(item, Qt.Key.Key_F2)
    assert list(counted(side, hands)) == ["甲"]
    qtbot.keyClick(next(iter(side.items.values())), Qt.Key.Key_Delete)
    assert counted(side, hands) == {}
    assert not side.isVisible()


def test_a_view_that_is_no_longer_understood_says_so(
    page: MembersPage, hands: Hands, side: SideViews
) -> None:
    hands.write(lambda db: views.save(db, "口味", '"最愛口味":拿鐵'))
    assert counted(side, hands) == {"口味": "?"}


def test_nothing_to_keep_is_said(page: MembersPage, hands: Hands) -> None:
    page.views.ask()
    assert "先搜尋" in hands.notices()[-1]
    assert hands.desk.dialogs.asked == []
