"""「今天要做的事」 on top of the page: the first things, and all of them when it is opened out."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.operations.planning.operating.due import Due
from desktop.text import t
from desktop.ui import theme
from desktop.ui.audiences.conditions.tab_order import chain
from desktop.ui.operating_plan.today.due_row import DueRow
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import muted

FEW, LOW = 3, 660
"""Things shown while it is closed; in a window lower than this only the first."""


class TodayCard(Card):
    """See the module. ``opened_out(shown)``: all of it is shown, in the place of the tabs below, or no more; the other signals
    are those of its rows, with the thing they are about."""

    opened_out = Signal(bool)
    ticked = Signal(object)
    put_off = Signal(object, int)
    people_asked = Signal(object)
    go_asked = Signal(object)
    season_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__(t("operating_page.today"))
        self.is_open = False
        self.rows: list[DueRow] = []
        self._found: tuple[Due, ...] = ()
        self._today = datetime.date.today()
        self._fewest = FEW
        self.all = link_button(t("operating_page.today_all", n=0), self.toggle)
        self.header.addWidget(self.all)
        self.body.setSpacing(0)
        self._nothing = QWidget()
        line = QVBoxLayout(self._nothing)
        line.setContentsMargins(0, 0, 0, theme.px(2))
        self.nothing = muted(t("operating_page.today_nothing"), wrap=True)
        line.addWidget(self.nothing)
        self.body.addWidget(self._nothing)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, theme.px(2), 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self._scroll.setWidget(inner)
        self.body.addWidget(self._scroll)
        self._fit()

    def show_due(self, found: Sequence[Due], today: datetime.date) -> None:
        """Show what there is to do."""
        kept = self._focused()
        self._found, self._today = tuple(found), today
        late = sum(1 for one in found if one.overdue)
        hint = t("operating_page.today_count", n=len(found)) if found else ""
        self.hint.setText(t("operating_page.today_late", hint=hint, n=late) if late else hint)
        self._fill()
        for row in self.rows:
            if row.due.id == kept:
                row.box.setFocus()

    def set_open(self, is_open: bool) -> None:
        """Show all of it, or only the first things."""
        if is_open != self.is_open:
            self.is_open = is_open
            self._fill()
            self.opened_out.emit(is_open)

    def toggle(self) -> None:
        """Open it out or close it."""
        self.set_open(not self.is_open)

    def set_room(self, height: int) -> None:
        """How high the page is: in a low window only the first thing is shown."""
        fewest = FEW if height >= theme.px(LOW) else 1
        if fewest != self._fewest:
            self._fewest = fewest
            self._fill()

    def _focused(self) -> str:
        inside = QApplication.focusWidget()
        return next((row.due.id for row in self.rows if inside and row.isAncestorOf(inside)), "")

    def _fill(self) -> None:
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        shown = self._found if self.is_open else self._found[: self._fewest]
        self.rows = [self._row(one) for one in shown]
        for at, row in enumerate(self.rows):
            self._column.insertWidget(at, row)
        chain(self.all, iter(self.rows))
        more = len(self._found) > self._fewest
        self.all.setVisible(more or self.is_open)
        self.all.setText(
            t("operating_page.today_less")
            if self.is_open
            else t("operating_page.today_all", n=len(self._found))
        )
        self.all.setAccessibleName(self.all.text())
        self._fit()

    def _row(self, due: Due) -> DueRow:
        row = DueRow(due, self._today)
        row.ticked.connect(partial(self.ticked.emit, due))
        row.put_off.connect(lambda days: self.put_off.emit(due, days))
        row.people_asked.connect(partial(self.people_asked.emit, due))
        row.go_asked.connect(partial(self.go_asked.emit, due))
        row.season_asked.connect(partial(self.season_asked.emit, due))
        row.steps_button.clicked.connect(self._fit)
        return row

    def _fit(self) -> None:
        """Closed, it is as high as its rows; opened out, as high as there is room."""
        self._nothing.setVisible(not self._found)
        self._scroll.setVisible(bool(self._found))
        if self.is_open:
            self._scroll.setMaximumHeight(16_777_215)
            self._scroll.setMinimumHeight(0)
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
            return
        height = sum(row.sizeHint().height() for row in self.rows)
        self._scroll.setFixedHeight(min(height, theme.px(300)))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
