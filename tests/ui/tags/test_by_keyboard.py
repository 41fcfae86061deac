"""The page of tags without a mouse: into the list, renaming, asking, taking back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.choosing.chooser import Chooser
from desktop.ui.tags.page import RULES, TagsPage
from tests.ui.tags.conftest import Hands


def test_down_goes_from_the_search_into_the_list(page: TagsPage, hands: Hands, qtbot: QtBot) -> None:
    page.show_search()
    qtbot.keyClick(page.list.search, Qt.Key.Key_Down)
    hands.settle()
    assert page.window().focusWidget() is page.list.table
    assert [tag.name for tag in page.selected] == page.list.names[:1]


def test_home_and_end_are_the_first_and_the_last_tag(page: TagsPage, hands: Hands, qtbot: QtBot) -> None:
    table = page.list.table
    qtbot.keyClick(table, Qt.Key.Key_End)
    assert [tag.name for tag in page.selected] == page.list.names[-1:]
    qtbot.keyClick(table, Qt.Key.Key_Home)
    assert [tag.name for tag in page.selected] == page.list.names[:1]
    qtbot.keyClick(table, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert len(page.selected) == len(page.list.names)


def test_escape_gives_a_new_name_up(page: TagsPage, hands: Hands, qtbot: QtBot) -> None:
    hands.select("VIP")
    page.asking.rename()
    qtbot.keyClicks(page.details.name, "X")
    qtbot.keyClick(page.details.name, Qt.Key.Key_Escape)
    hands.settle()
    assert page.details.name.text() == "VIP"
    assert page.window().focusWidget() is page.list.table
    assert "VIP" in hands.names()


def test_a_long_name_is_shown_from_its_beginning(page: TagsPage, hands: Hands) -> None:
    long = "很長的標籤名稱" * 8
    hands.do(page.actions_of_tags.create, long[:40])
    assert page.details.name.text() == long[:40]
    assert page.details.name.cursorPosition() == 0


def test_renaming_to_a_name_that_is_there_asks_on_the_keyboard(
    page: TagsPage, hands: Hands, qtbot: QtBot
) -> None:
    hands.select("VIP")
    before = hands.holders("VIP")
    page.asking.rename()
    page.details.name.setText("市集")
    qtbot.keyClick(page.details.name, Qt.Key.Key_Return)
    hands.settle()
    button = page.window().focusWidget()
    assert button is not None
    assert page.bar.isAncestorOf(button)
    qtbot.keyClick(button, Qt.Key.Key_Escape)
    assert page.bar.text == ""
    assert page.window().focusWidget() is page.list.table
    assert hands.holders("VIP") == before
    hands.do(page.actions_of_tags.rename, "VIP", "市集")
    qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Return)
    hands.settle()
    assert set(before) <= set(hands.holders("市集"))
    assert "VIP" not in hands.names()


def test_a_key_held_down_does_not_answer_a_question(page: TagsPage, hands: Hands) -> None:
    hands.select("VIP")
    hands.do(page.asking.delete)
    button = page.window().focusWidget()
    assert button is not None
    none = Qt.KeyboardModifier.NoModifier
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, none, "\r", True)
    QApplication.sendEvent(button, held)
    hands.settle()
    assert "VIP" in hands.names()
    QTest.keyClick(button, Qt.Key.Key_Return)
    hands.settle()
    assert "VIP" not in hands.names()


def test_a_list_to_choose_from_goes_with_what_it_belongs_to(page: TagsPage, hands: Hands) -> None:
    hands.select("VIP")
    hands.do(page.asking.merge)
    assert page.findChild(Chooser).isVisible()
    hands.do(page.tabs.setCurrentIndex, RULES)
    assert not [one for one in page.findChildren(Chooser) if one.isVisible()]
