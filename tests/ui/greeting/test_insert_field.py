"""The field in which names stand as chips: one character for caret, Backspace, undo and input methods."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.core.planning.greeting.balloons import Insert, joined
from desktop.core.planning.greeting.manager_text import press
from desktop.text import render
from desktop.ui.greeting.balloons.insert_field import InsertField, as_words

WELCOME = (Insert.FRIEND, "，歡迎加入", Insert.ACCOUNT, "\n有問題直接留言")
KEPT = st.text(alphabet="歡迎 加入ab1，。\n👍🏽👨\u200d👩\u200d👧é〔〕", max_size=12)


@pytest.fixture
def field(dressed: None, qtbot: QtBot) -> InsertField:
    """An empty field on screen."""
    made = InsertField("對話框文字")
    qtbot.addWidget(made)
    made.resize(320, 80)
    made.show()
    made.setFocus()
    return made


def compose(field: InsertField, preedit: str, commit: str = "") -> None:
    """What an input method sends."""
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(field, event)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(KEPT, st.sampled_from(list(Insert))), max_size=6))
def test_what_is_shown_is_what_is_read(field: InsertField, parts: list[str | Insert]) -> None:
    wanted = joined(tuple(parts))
    field.show_parts(wanted)
    assert field.parts == wanted


def test_backspace_takes_a_whole_chip_and_undo_brings_it_back(field: InsertField, qtbot: QtBot) -> None:
    field.show_parts((Insert.FRIEND, "，你好"))
    qtbot.keyClick(field, Qt.Key.Key_Home)
    qtbot.keyClick(field, Qt.Key.Key_Right)
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert field.parts == ("，你好",)
    field.undo()
    assert field.parts == (Insert.FRIEND, "，你好")
    field.redo()
    assert field.parts == ("，你好",)


def test_typing_behind_a_chip_is_plain_text(field: InsertField, qtbot: QtBot) -> None:
    field.insert((Insert.FRIEND,))
    qtbot.keyClicks(field, "hi")
    field.insert((Insert.ACCOUNT,))
    qtbot.keyClicks(field, "!")
    assert field.parts == (Insert.FRIEND, "hi", Insert.ACCOUNT, "!")


def test_an_input_method_composes_beside_a_chip(field: InsertField) -> None:
    field.insert((Insert.FRIEND,))
    said: list[object] = []
    field.written.connect(lambda: said.append(field.parts))
    compose(field, "ㄋㄧˇ")
    compose(field, "你")
    assert said == []
    compose(field, "", "你好")
    assert said == [(Insert.FRIEND, "你好")]
    field.undo()
    assert field.parts == (Insert.FRIEND,)


def test_composing_between_two_chips_keeps_both(field: InsertField, qtbot: QtBot) -> None:
    field.show_parts((Insert.FRIEND, Insert.ACCOUNT))
    qtbot.keyClick(field, Qt.Key.Key_Home)
    qtbot.keyClick(field, Qt.Key.Key_Right)
    compose(field, "か")
    compose(field, "", "歓迎")
    assert field.parts == (Insert.FRIEND, "歓迎", Insert.ACCOUNT)


def test_while_composing_shortcuts_belong_to_the_input_method(field: InsertField) -> None:
    compose(field, "ㄋ")
    undo = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    undo.ignore()
    QApplication.sendEvent(field, undo)
    assert undo.isAccepted()


def test_with_nothing_to_take_back_undo_belongs_to_the_shop(field: InsertField, qtbot: QtBot) -> None:
    field.show_parts(WELCOME)
    undo = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QApplication.sendEvent(field, undo)
    assert not undo.isAccepted()
    qtbot.keyClicks(field, "x")
    mine = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QApplication.sendEvent(field, mine)
    assert mine.isAccepted()


def test_chips_survive_copying_and_are_words_elsewhere(field: InsertField) -> None:
    field.show_parts(WELCOME)
    field.selectAll()
    data = field.createMimeDataFromSelection()
    assert data.text() == "〔好友的顯示名稱〕，歡迎加入〔帳號名稱〕\n有問題直接留言"
    assert data.text() == as_words(WELCOME)
    field.insertFromMimeData(data)
    assert field.parts == WELCOME


def test_names_come_back_from_plain_text(field: InsertField) -> None:
    data = QMimeData()
    written = "".join(render(press(part)) if isinstance(part, Insert) else part for part in WELCOME)
    data.setText(f"{as_words(WELCOME)}\n{written}")
    field.insertFromMimeData(data)
    assert field.parts == (*WELCOME[:-1], "\n有問題直接留言\n", *WELCOME)


def test_a_part_of_the_text_is_copied(field: InsertField, qtbot: QtBot) -> None:
    field.show_parts(("👍🏽a", Insert.FRIEND, "b"))
    qtbot.keyClick(field, Qt.Key.Key_End)
    qtbot.keyClick(field, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(field, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert field.createMimeDataFromSelection().text() == "〔好友的顯示名稱〕b"


def test_nothing_but_text_comes_in_from_elsewhere(field: InsertField) -> None:
    data = QMimeData()
    data.setHtml("<b>粗</b><img src='x'>")
    data.setText("粗\r\n體\ufffc")
    field.insertFromMimeData(data)
    assert field.parts == ("粗\n體",)


def test_places_to_fill_in_are_marked_and_one_press_away(field: InsertField, qtbot: QtBot) -> None:
    field.show_parts(("👍🏽看官網〔官網網址〕", Insert.FRIEND))
    assert [mark.cursor.selectedText() for mark in field.extraSelections()] == ["〔官網網址〕"]
    field.to_placeholder()
    qtbot.keyClicks(field, "https://a.tw")
    assert field.parts == ("👍🏽看官網https://a.tw", Insert.FRIEND)
    assert field.extraSelections() == []


def test_the_field_grows_with_its_text(field: InsertField) -> None:
    before = field.height()
    field.show_parts(("一\n" * 8,))
    assert field.height() > before
    field.show_parts(("一\n" * 80,))
    tall = field.height()
    field.show_parts(("一\n" * 160,))
    assert field.height() == tall


def test_it_is_read_out_with_the_names(field: InsertField) -> None:
    field.show_parts(WELCOME)
    assert field.accessibleName() == "對話框文字"
    field.insert(("。",))
    assert "〔好友的顯示名稱〕" in field.accessibleDescription()
