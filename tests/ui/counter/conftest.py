"""The counter in its window, with a hand that only has a keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.operations.tagging import tagging
from desktop.ui.counter.page import CounterPage
from desktop.ui.desk import Desk
from desktop.ui.main_window import MainWindow
from tests.ui.shop_window import open_page, settle

NO_KEYS = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


class Cashier:
    """Who stands behind the till; each press waits until the program is at rest, unless it is a fast one."""

    def __init__(self, window: MainWindow, page: CounterPage, desk: Desk, qtbot: QtBot) -> None:
        self.window, self.page, self.desk, self.qtbot = window, page, desk, qtbot

    def rest(self) -> None:
        """Wait until everything pressed has come to its end."""
        for _ in range(3):
            if self.page._typing.isActive():
                self.page._typing.stop()
                self.page._look()
            settle(self.window, self.qtbot)

    def focused(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
        """Press a key where the focus is."""
        self.qtbot.keyClick(self.focused(), key, modifiers)
        self.rest()

    def fast(self, keys: str) -> None:
        """Keys without a pause, as a scanner or a fast hand gives them; "\\n" is Return."""
        for one in keys:
            if one == "\n":
                self.qtbot.keyClick(self.focused(), Qt.Key.Key_Return)
            else:
                self.qtbot.keyClicks(self.focused(), one)

    def type(self, keys: str) -> None:
        """Keys, then rest."""
        self.fast(keys)
        self.rest()

    def compose(self, preedit: str = "", commit: str = "") -> None:
        """What an input method sends to the box."""
        event = QInputMethodEvent(preedit, [])
        event.setCommitString(commit)
        QApplication.sendEvent(self.page.box, event)

    def value(self, sql: str, *params: Any) -> Any:
        return self.desk.jobs.page_reader.value(sql, params)

    def visits(self, name: str) -> list[Any]:
        """The amounts of a person's visits."""
        return self.desk.jobs.page_reader.column(
            "SELECT o.amount FROM shop_order o JOIN person p ON p.id = o.person_id"
            " WHERE o.kind = 'visit' AND p.name = ? ORDER BY o.id",
            (name,),
        )

    def tags_of(self, name: str) -> list[str]:
        return self.desk.jobs.page_reader.column(
            "SELECT t.name FROM person_tag h JOIN tag t ON t.id = h.tag_id JOIN person p ON p.id = h.person_id"
            " WHERE p.name = ? ORDER BY t.id",
            (name,),
        )

    def write(self, sql: str) -> None:
        """Change the shop in another way than through this page."""
        self.desk.jobs.write(lambda db, ctx: db.run(sql), owner=self.page)
        self.rest()

    def pin(self, tag: str, place: int) -> None:
        self.desk.jobs.write(lambda db, ctx: tagging.pin(db, tag, place), owner=self.page)
        self.rest()

    def ready(self) -> bool:
        """Whether the box is empty and has the keyboard."""
        return self.page.box.text() == "" and self.page.box.hasFocus()


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> CounterPage:
    """The counter, shown."""
    found = open_page(window, "counter", qtbot)
    assert isinstance(found, CounterPage)
    with qtbot.waitActive(window):
        window.activateWindow()
    return found


@pytest.fixture
def cashier(window: MainWindow, page: CounterPage, desk: Desk, qtbot: QtBot) -> Cashier:
    """The cashier."""
    made = Cashier(window, page, desk, qtbot)
    made.rest()
    return made
