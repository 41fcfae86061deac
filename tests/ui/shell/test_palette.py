"""The command palette finds every command by a few letters in any of the three languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.ui.main_window import MainWindow
from desktop.ui.palette.matching import NO_MATCH, score
from desktop.ui.palette.palette import Palette
from tests.ui.shop_window import open_page


@pytest.mark.parametrize(
    ("typed", "better", "worse"),
    [
        ("undo", "Undo", "Undo the import"),
        ("set", "Settings", "Reset"),
        ("標籤", "標籤", "加上標籤"),
        ("ＬＩＮＥ", "LINE", "上傳到 LINE"),
        ("os", "Open shop", "Only this"),
        ("bup", "Back up now", "nothing of it"),
    ],
)
def test_better_names_come_first(typed: str, better: str, worse: str) -> None:
    assert score(typed, [better]) > score(typed, [worse])


@given(st.text(max_size=12), st.text(min_size=1, max_size=12))
def test_any_part_of_a_name_finds_it(before: str, part: str) -> None:
    assert score(part, [before + part]) != NO_MATCH


@given(st.text(max_size=12))
def test_nothing_typed_leaves_all(name: str) -> None:
    assert score("  ", [name]) != NO_MATCH


def open_palette(window: MainWindow) -> Palette:
    assert window.shell is not None
    window.shell.open_palette()
    palette = window.shell.findChild(Palette)
    assert isinstance(palette, Palette)
    return palette


@pytest.mark.parametrize("typed", ["快速鍵", "shortcuts", "ショートカット", "ｓｈｏｒｔｃｕｔ", "kysh"])
def test_a_command_is_found_in_each_language(window: MainWindow, qtbot: QtBot, typed: str) -> None:
    palette = open_palette(window)
    palette.field.setText(typed)
    assert "快速鍵一覽" in palette.shown


def test_return_does_what_is_marked_and_closes(window: MainWindow, qtbot: QtBot) -> None:
    open_page(window, "members", qtbot)
    palette = open_palette(window)
    palette.field.setText("前往「設定」")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isHidden()
    assert window.shell is not None
    assert window.shell.stack.current is not None
    assert window.shell.stack.current.page_id == "settings"


def test_arrows_go_round(window: MainWindow, qtbot: QtBot) -> None:
    palette = open_palette(window)
    rows = len(palette.shown)
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == rows - 1
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.list.currentIndex().row() == 0


def test_escape_closes_and_gives_the_focus_back(window: MainWindow, qtbot: QtBot) -> None:
    page = open_page(window, "settings", qtbot)
    window.activateWindow()
    name = page.sections["shop"].name
    name.setFocus()
    qtbot.waitUntil(name.hasFocus)
    palette = open_palette(window)
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert palette.isHidden()
    assert QApplication.focusWidget() is name


def test_return_belongs_to_the_input_method_while_it_composes(window: MainWindow, qtbot: QtBot) -> None:
    palette = open_palette(window)
    QApplication.sendEvent(palette.field, QInputMethodEvent("ㄕㄜˋ", []))
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    committed = QInputMethodEvent("", [])
    committed.setCommitString("設定")
    QApplication.sendEvent(palette.field, committed)
    assert palette.field.text() == "設定"
    assert palette.shown[0] == "設定"


def test_what_nobody_knows_is_said(window: MainWindow, qtbot: QtBot) -> None:
    palette = open_palette(window)
    palette.field.setText("沒有這種東西")
    assert palette.shown == []
    assert palette.nothing.isVisible()
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_it_is_no_popup_window(window: MainWindow, qtbot: QtBot) -> None:
    palette = open_palette(window)
    assert not palette.isWindow()
    assert isinstance(palette.field, QLineEdit)
