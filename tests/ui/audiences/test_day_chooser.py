"""The calendar of the builder's fields for dates: by keys, by mouse, beside typing, and never against an input method."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.people.condition import Day
from desktop.core.people.sentences import Form, Sentence
from desktop.ui import theme
from desktop.ui.audiences.conditions.days import typed_day, whole_day
from desktop.ui.audiences.conditions.value_editors import DateEditor, editor_for
from desktop.ui.choosing.day_chooser import DayChooser
from desktop.ui.choosing.month_grid import MonthGrid, by_months

Key = Qt.Key


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme.apply(qapp, theme="light", scale=100, language="zh_TW")


@pytest.fixture
def editor(qtbot: QtBot) -> Iterator[DateEditor]:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(600, 500)
    made = editor_for(Sentence("joined_at", Form.SINCE, (Day(2026, 3, 31),)), lambda *_: None)
    assert isinstance(made, DateEditor)
    QVBoxLayout(page).addWidget(made)
    page.show()
    made.fields[0].setFocus()
    yield made
    page.close()


def opened(editor: DateEditor) -> DayChooser:
    QTest.keyClick(editor.fields[0], Key.Key_Down)
    chooser = editor.calendars[0].chooser
    assert chooser is not None
    return chooser


def test_a_day_is_taken_by_keys_alone(editor: DateEditor) -> None:
    said: list[object] = []
    editor.edited.connect(lambda: said.append(editor.values()))
    chooser = opened(editor)
    assert QApplication.focusWidget() is chooser.grid
    for key in (Key.Key_Up, Key.Key_Left, Key.Key_PageDown, Key.Key_Return):
        QTest.keyClick(chooser.grid, key)
    assert chooser.is_closed
    assert editor.fields[0].text() == "2026-04-23"
    assert said[-1] == (Day(2026, 4, 23),)
    assert QApplication.focusWidget() is editor.fields[0]
    editor.fields[0].undo()
    assert editor.fields[0].text() == "2026-03-31"


def test_escape_leaves_the_day_as_it_was(editor: DateEditor) -> None:
    chooser = opened(editor)
    QTest.keyClick(chooser.grid, Key.Key_Right)
    QTest.keyClick(chooser.grid, Key.Key_Escape)
    assert chooser.is_closed
    assert editor.values() == (Day(2026, 3, 31),)
    assert QApplication.focusWidget() is editor.fields[0]


def test_a_press_takes_a_day_and_a_press_beside_leaves(editor: DateEditor, qtbot: QtBot) -> None:
    editor.calendars[0].action.trigger()
    chooser = editor.calendars[0].chooser
    assert chooser is not None
    first = chooser.grid.first_shown()
    under = QPoint(5, chooser.grid.height() // 7 + 5)
    qtbot.mouseClick(chooser.grid, Qt.MouseButton.LeftButton, pos=under)
    assert editor.fields[0].text() == f"{first:%Y-%m-%d}"
    again = opened(editor)
    qtbot.mouseClick(editor.window(), Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert again.is_closed
    assert editor.fields[0].text() == f"{first:%Y-%m-%d}"


def test_down_belongs_to_the_input_method_while_it_composes(editor: DateEditor) -> None:
    QApplication.sendEvent(editor.fields[0], QInputMethodEvent("ㄅ", []))
    QTest.keyClick(editor.fields[0], Key.Key_Down)
    assert editor.calendars[0].chooser is None


def test_what_is_typed_opens_the_calendar_there() -> None:
    assert whole_day("2026/3") == dt.date(2026, 3, 1)
    assert whole_day("2025") == dt.date(2025, 1, 1)
    assert whole_day("60d") is whole_day("昨") is whole_day("") is None


@pytest.mark.parametrize(
    "text", ["2026年3月5日", "2026.3.5", "２０２６／３／５", "20260305", "2026-03-05", "2026 年 3 月 5 日"]
)
def test_a_day_may_be_written_as_people_write_it(editor: DateEditor, text: str) -> None:
    field = editor.fields[0]
    field.setText(text)
    field.textEdited.emit(text)
    assert editor.values() == (Day(2026, 3, 5),)
    assert not field.property("wrong")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026年3月", Day(2026, 3)),
        ("2026年", Day(2026)),
        ("2026年13月", None),
        ("115年3月5日", None),
        ("3/5", None),
    ],
)
def test_months_and_years_may_be_too_and_half_a_date_is_none(text: str, day: Day | None) -> None:
    assert typed_day(text) == day


def test_months_of_other_lengths_and_the_ends_of_the_calendar(qtbot: QtBot) -> None:
    assert by_months(dt.date(2026, 1, 31), 1) == dt.date(2026, 2, 28)
    assert by_months(dt.date.max, 1) == dt.date.max
    for end in (dt.date.min, dt.date.max):
        grid = MonthGrid(end, end)
        qtbot.addWidget(grid)
        grid.show()
        for key in (Key.Key_Left, Key.Key_Right, Key.Key_PageUp, Key.Key_PageDown, Key.Key_Home, Key.Key_End):
            QTest.keyClick(grid, key)
        assert not grid.grab().isNull()
