"""The members page in its window, with a few hands to work it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.store.database import Database
from desktop.ui.desk import Desk
from desktop.ui.main_window import MainWindow
from desktop.ui.members.page import MembersPage
from tests.ui.shop_window import open_page, settle

NO_KEYS = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Hands:
    """What an owner does with mouse and keyboard; each waits until the program is at rest again."""

    def __init__(self, window: MainWindow, page: MembersPage, desk: Desk, qtbot: QtBot) -> None:
        self.window = window
        self.page = page
        self.desk = desk
        self.qtbot = qtbot

    def rest(self) -> None:
        """Wait until everything pressed has come to its end."""
        self.page.list.bar.flush()
        for _ in range(2):
            if self.page.feed.facts.isActive():
                self.page.feed.facts.stop()
                self.page.feed.read_facts()
            settle(self.window, self.qtbot)

    def key(
        self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEYS, widget: QWidget | None = None
    ) -> None:
        """Press a key where the focus is."""
        self.qtbot.keyClick(widget or QApplication.focusWidget() or self.window, key, modifiers)
        self.rest()

    def type(self, text: str) -> None:
        """Type where the focus is; what is not on the keyboard comes from an input method."""
        for letter in text:
            # The focus may move with the first letter.
            focused = QApplication.focusWidget()
            assert focused is not None
            if letter.isascii():
                self.qtbot.keyClicks(focused, letter)
            else:
                self.compose(focused, preedit=letter)
                self.compose(focused, commit=letter)
        self.rest()

    def click(self, row: int, modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
        """Click on a row."""
        table = self.page.list.table
        place = table.visualRect(table.model().index(row, 0)).center()
        self.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, modifiers, QPoint(20, place.y()))
        self.rest()

    def search(self, text: str) -> None:
        """Search for something."""
        self.page.list.bar.field.setText(text)
        self.rest()

    def compose(self, widget: QWidget, preedit: str = "", commit: str = "") -> None:
        """What an input method sends."""
        event = QInputMethodEvent(preedit, [])
        event.setCommitString(commit)
        QApplication.sendEvent(widget, event)

    def names(self) -> list[str]:
        """The names in the list, from the top."""
        model = self.page.list.table.rows
        model.prepare(0, model.rowCount() - 1)
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    def selected_names(self) -> list[str]:
        """The names of the people selected, in the list's order."""
        selected = self.page.list.table.selected
        rows = [row for row, person in enumerate(self.page.list.table.rows.ids) if person in selected]
        names = self.names()
        return [names[row] for row in rows]

    def tags_of(self, name: str) -> list[str]:
        """The tags a person has in the shop file."""
        return self.desk.jobs.page_reader.column(
            "SELECT t.name FROM person_tag h JOIN tag t ON t.id = h.tag_id JOIN person p ON p.id = h.person_id"
            " WHERE p.name = ? ORDER BY h.step_id, t.id",
            (name,),
        )

    def write(self, work: Callable[[Database], object]) -> None:
        """Change the shop in another way than through this page."""
        self.desk.jobs.write(lambda db, ctx: work(db), owner=self.page)
        self.rest()

    def notices(self) -> Sequence[str]:
        """The notices shown."""
        assert self.window.shell is not None
        return self.window.shell.notices.texts


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> MembersPage:
    """The members page, shown."""
    found = open_page(window, "members", qtbot)
    assert isinstance(found, MembersPage)
    # Keys and focus need the active window, and the platform takes its time to make it that.
    with qtbot.waitActive(window):
        window.activateWindow()
    return found


@pytest.fixture
def hands(window: MainWindow, page: MembersPage, desk: Desk, qtbot: QtBot) -> Hands:
    """The owner's hands."""
    made = Hands(window, page, desk, qtbot)
    made.rest()
    return made
