"""The customers served last, each a way back to her."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.store.members.visits import Served
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.counter.matches import side_by_side
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.labels import ElidedLabel, muted

SHOWN = 5


class LastCustomers(QWidget):
    """See the module. ``opened(person id)``."""

    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(4))
        self._shown: Sequence[Served] | None = None
        self.buttons: list[QPushButton] = []
        self.show_served([])

    @property
    def names(self) -> list[str]:
        """Who is listed, the last first."""
        return [one.name or one.member_no or "" for one in self._shown or ()]

    def show_served(self, served: Sequence[Served]) -> None:
        """Show these, the last one first."""
        if served == self._shown:
            return
        self._shown = served
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = []
        for one in served:
            self._column.addWidget(self._line(one))
        if not served:
            self._column.addWidget(muted(t("counter.last_customers.none"), wrap=True))

    def _line(self, one: Served) -> QWidget:
        line = QWidget()
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        name = one.name or one.member_no or t("members.nameless")
        button = link_button(name.replace("&", "&&"), partial(self.opened.emit, one.person))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        what = side_by_side(f"{i18n.date(one.at)} {one.at[11:16]}", i18n.money(one.amount))
        words = ElidedLabel(what, kind="small")
        words.setContentsMargins(theme.px(6), 0, 0, 0)
        button.setAccessibleName(t("counter.last_customers.open", name=name, what=words.text()))
        column.addWidget(button)
        column.addWidget(words)
        self.buttons.append(button)
        return line
