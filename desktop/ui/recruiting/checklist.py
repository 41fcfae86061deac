"""What there is to do to be found by friends: things to make ready and the four ways, each thing to tick or to leave out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.core.planning.recruiting import WAYS, Recruiting
from desktop.text import t
from desktop.ui import theme
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.fields import CheckBox
from desktop.ui.widgets.labels import small

PAGES = {"greeting": "greeting", "menu": "rich_menu", "login": "line_ids"}
"""Things of the list that are made on a page of this program."""


class Item(QWidget):
    """One thing to do. ``ticked(item, state)``, ``asked(page)``."""

    ticked = Signal(str, str)
    asked = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self._state = "open"
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(2))
        grid.setColumnStretch(0, 1)
        self.box = CheckBox(t(f"recruiting.item.{name}"))
        self.hint = small(t(f"recruiting.hint.{name}"), wrap=True)
        self.hint.setContentsMargins(theme.px(26), 0, 0, 0)
        self.other = link_button(t("recruiting.leave_out"), self._leave_out)
        grid.addWidget(self.box, 0, 0, 1, 3)
        # Beside the hint, which can break into lines, and not beside the box, which cannot.
        grid.addWidget(self.hint, 1, 0)
        if name in PAGES:
            page = PAGES[name]
            open_it = link_button(t("recruiting.open_page"), lambda: self.asked.emit(page))
            open_it.setAccessibleName(t(f"shell.page.{page}"))
            grid.addWidget(open_it, 1, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.other, 1, 2, Qt.AlignmentFlag.AlignTop)
        self.box.clicked.connect(self._tick)

    def show_state(self, recruiting: Recruiting) -> None:
        """Show how it stands."""
        self._state = recruiting.state(self.name)
        closed = recruiting.closed(self.name)
        self.box.setChecked(self._state == "done")
        self.box.setEnabled(self._state != "left_out" and not closed)
        self.other.setText(t("recruiting.take_in" if self._state == "left_out" else "recruiting.leave_out"))
        self.other.setAccessibleName(f"{self.box.text()} {self.other.text()}")
        self.other.setVisible(not closed)
        self.hint.setText(t("recruiting.needs_verification") if closed else t(f"recruiting.hint.{self.name}"))

    def _tick(self, on: bool) -> None:
        self.ticked.emit(self.name, "done" if on else "open")

    def _leave_out(self) -> None:
        self.ticked.emit(self.name, "open" if self._state == "left_out" else "left_out")


class Way(Card):
    """One group of things to do, with how many are done."""

    def __init__(self, name: str) -> None:
        super().__init__(t(f"recruiting.way.{name}"), " ")
        self.name = name
        self.items = [Item(item) for item in WAYS[name]]
        for item in self.items:
            self.body.addWidget(item)

    def show_state(self, recruiting: Recruiting) -> None:
        """Show how all of it stands."""
        done, of = recruiting.count(self.name)
        self.hint.setText(t("recruiting.done_of", done=done, n=of))
        for item in self.items:
            item.show_state(recruiting)


class Checklist(QWidget):
    """All groups. ``ticked(item, state)``, ``asked(page)``."""

    ticked = Signal(str, str)
    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        self.ways = {name: Way(name) for name in WAYS}
        for way in self.ways.values():
            column.addWidget(way)
            for item in way.items:
                item.ticked.connect(self.ticked)
                item.asked.connect(self.asked)

    def item(self, name: str) -> Item:
        """One thing to do."""
        return next(item for way in self.ways.values() for item in way.items if item.name == name)

    def show_state(self, recruiting: Recruiting) -> None:
        """Show how all of it stands."""
        for way in self.ways.values():
            way.show_state(recruiting)
