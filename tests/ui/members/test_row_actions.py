"""What the rows' keys and menu do besides tagging: open a member, merge two, delete, copy, export."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop.core.people.selection import Selection
from desktop.ui.members.commands import row_actions
from desktop.ui.members.page import MembersPage
from desktop.ui.members.taking_out.clipboard import private_clipboard
from tests.ui.members.conftest import CTRL, Hands


@pytest.fixture
def gone_to(page: MembersPage, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """Where the page went; it stays in sight."""
    seen: list[tuple[str, dict[str, Any]]] = []

    def go(page_id: str, **arguments: Any) -> None:
        seen.append((page_id, arguments))

    monkeypatch.setattr(page, "desk", replace(page.desk, go=go))
    return seen


def texts(menu: QMenu | None) -> list[str]:
    assert menu is not None
    return [action.text().partition("\t")[0] for action in menu.actions() if action.text()]


def ask_menu(page: MembersPage) -> QMenu:
    page.list.table.menu_asked.emit(page.mapToGlobal(page.rect().center()))
    assert page.menus.shown is not None
    return page.menus.shown


def test_return_and_double_click_open_the_member(
    page: MembersPage, hands: Hands, gone_to: list[tuple[str, dict[str, Any]]], qtbot: QtBot
) -> None:
    hands.click(0)
    hands.key(Qt.Key.Key_Return)
    table = page.list.table
    place = table.visualRect(table.model().index(4, 0)).center()
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, place.y()))
    assert gone_to == [("member", {"person": 2}), ("member", {"person": 1})]
    assert hands.selected_names() == ["王怡君"]


def test_a_return_held_down_opens_once(
    page: MembersPage, hands: Hands, gone_to: list[tuple[str, dict[str, Any]]]
) -> None:
    hands.click(0)
    for repeated in (False, True, True):
        event = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", repeated
        )
        QApplication.sendEvent(page.list.table, event)
    assert len(gone_to) == 1


def test_the_menu_of_one_and_of_two(page: MembersPage, hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Any, ...]] = []
    rooms = {
        "open_merge": lambda *given: asked.append(given),
        "ask_delete": lambda *given: asked.append(given),
    }
    monkeypatch.setattr(row_actions, "_function", lambda where: rooms[where[1]])
    hands.click(0)
    one = texts(ask_menu(page))
    assert "開啟會員資料" in one
    assert not any("合併" in text for text in one)
    hands.click(4, CTRL)
    menu = ask_menu(page)
    assert "開啟會員資料" not in texts(menu)
    for action in menu.actions():
        if "合併" in action.text() or "刪除" in action.text():
            action.trigger()
    assert asked[0] == (page.desk, 1, 2)
    assert asked[1] == (page.desk, Selection.of([1, 2]), 2)


def test_copied_are_the_columns_shown_in_their_order_as_text_and_as_a_table(
    page: MembersPage, hands: Hands
) -> None:
    hands.desk.settings.put("members.copying_agreed", True)
    header = page.list.table.list_header
    for column in ("store", "tags", "line", "last_order"):
        header.show_column(column, False)
    header.move_column("total", 0)
    hands.click(4)
    hands.key(Qt.Key.Key_C, CTRL)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text().splitlines() == [
        "累計\t姓名\t會員編號\t電話\t次數",
        "18420\t王怡君\tW00231\t0912-345-678\t28",
    ]
    assert "<th>累計</th>" in data.html()
    assert "0912-345-678</td><td>28</td>" in data.html()
    private_clipboard().timer.timeout.emit()
    assert QGuiApplication.clipboard().text() == ""
    left = QGuiApplication.clipboard().mimeData()
    assert left is None or not left.hasHtml()
