"""The way back: from pages that are not in the menu to where they were opened from, and out of an editor to its list first."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.ui.main_window import MainWindow
from tests.ui.shop_window import open_page, settle


def shown(window: MainWindow) -> str:
    assert window.shell is not None
    assert window.shell.stack.current is not None
    return window.shell.stack.current.page_id


def test_escape_leads_back_to_where_a_page_was_opened_from(window: MainWindow, qtbot: QtBot) -> None:
    open_page(window, "tags", qtbot)
    history = open_page(window, "history", qtbot)
    member = open_page(window, "member", qtbot, person=1)
    qtbot.keyClick(member, Qt.Key.Key_Escape)
    assert shown(window) == "history"
    qtbot.keyClick(history, Qt.Key.Key_Escape)
    assert shown(window) == "tags"


def test_escape_on_a_page_of_the_menu_stays(window: MainWindow, qtbot: QtBot) -> None:
    open_page(window, "tags", qtbot)
    page = open_page(window, "settings", qtbot)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert shown(window) == "settings"


def test_back_leaves_an_editor_before_its_page(window: MainWindow, qtbot: QtBot) -> None:
    assert window.shell is not None
    page = open_page(window, "tags", qtbot)
    page.new_rule()  # type: ignore[attr-defined]
    settle(window, qtbot)
    window.shell.register.trigger("shell.back")
    settle(window, qtbot)
    assert shown(window) == "tags"
    assert not page.is_editing_rule  # type: ignore[attr-defined]
    window.shell.register.trigger("shell.back")
    assert shown(window) == "members"


def test_back_without_a_page_before_shows_the_members(window: MainWindow, qtbot: QtBot) -> None:
    assert window.shell is not None
    for _ in range(3):
        window.shell.register.trigger("shell.back")
    settle(window, qtbot)
    assert shown(window) == "members"


def test_a_page_gone_to_twice_is_left_once(window: MainWindow, qtbot: QtBot) -> None:
    open_page(window, "tags", qtbot)
    open_page(window, "member", qtbot, person=1)
    member = open_page(window, "member", qtbot, person=2)
    qtbot.keyClick(member, Qt.Key.Key_Escape)
    assert shown(window) == "tags"
