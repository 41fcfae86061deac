"""The searches made last: kept when the owner goes on to the people found, had back from the clock, forgotten on request."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop.core.people.query_text import to_text
from desktop.operations.people import views
from desktop.ui.members.page import MembersPage
from tests.ui.members.conftest import Hands

ALT = Qt.KeyboardModifier.AltModifier


def menu_of(page: MembersPage) -> QMenu:
    assert page.menus.shown is not None
    return page.menus.shown


def entries(page: MembersPage) -> list[str]:
    return [action.text() for action in menu_of(page).actions() if action.text()]


def search(hands: Hands, text: str) -> None:
    field = hands.page.list.bar.field
    field.setFocus()
    field.setText(text)
    hands.key(Qt.Key.Key_Return)


def test_what_was_gone_on_with_is_kept_newest_first(page: MembersPage, hands: Hands, qtbot: QtBot) -> None:
    search(hands, "678")
    page.list.bar.clear()
    search(hands, "tag:VIP")
    page.list.bar.clear()
    page.list.bar.field.setFocus()
    hands.type("W0")
    hands.rest()
    hands.key(Qt.Key.Key_Down)
    page.list.bar.clear()
    page.list.bar.field.setFocus()
    hands.key(Qt.Key.Key_Down, ALT)
    assert entries(page) == ["W0", "標籤:VIP", "678", "清除搜尋紀錄"]
    menu_of(page).actions()[1].trigger()
    menu_of(page).close()
    hands.rest()
    assert to_text(page.list.condition) == "tag:VIP"
    assert page.list.bar.field.hasFocus()


def test_half_typed_searches_are_not_kept(page: MembersPage, hands: Hands) -> None:
    page.list.bar.field.setFocus()
    hands.type("67")
    page.list.bar.clear()
    hands.rest()
    page.recent.ask_menu()
    assert entries(page) == ["還沒有搜尋紀錄", "清除搜尋紀錄"]
    menu_of(page).close()


def test_they_are_remembered_in_the_shop_and_can_be_forgotten(
    page: MembersPage, hands: Hands, qtbot: QtBot
) -> None:
    search(hands, "王怡君")
    reader = hands.desk.jobs.page_reader
    assert views.recent_searches(reader) == ["王怡君"]
    other = MembersPage(hands.desk)
    qtbot.addWidget(other)
    other.recent.read()
    hands.rest()
    assert other.recent.queries == ["王怡君"]
    page.recent.forget()
    hands.rest()
    assert views.recent_searches(reader) == []
    assert page.recent.queries == []


def test_what_looks_for_somebody_is_not_kept_for_the_next_start(page: MembersPage, hands: Hands) -> None:
    page.list.bar.set_query("tag:VIP 王怡君 phone:0912345678 last_order:<=1y")
    hands.rest()
    assert page.remember()["query"] == "tag:VIP last_order:<=1y"


def test_the_clock_in_the_field_opens_it(page: MembersPage, hands: Hands) -> None:
    page.list.bar.recent.click()
    assert isinstance(page.menus.shown, QMenu)
    page.menus.shown.close()
    assert QApplication.activePopupWidget() is None
