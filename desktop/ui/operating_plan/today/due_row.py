"""One thing to do today: a box to tick, what it is, whom it is about, and the way there."""

from __future__ import annotations

import datetime
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from desktop.operations.planning.operating.due import Due, Source
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.operating_plan.words import day_words
from desktop.ui.widgets.buttons import icon_button, link_button
from desktop.ui.widgets.chips import Badge
from desktop.ui.widgets.fields import check_box
from desktop.ui.widgets.labels import ElidedLabel, IconLabel, muted, text_label

ICONS = {
    Source.ENTRY: "calendar",
    Source.REMINDER: "bell",
    Source.TASK: "check-circle",
    Source.PREPARE: "pencil",
    Source.GREETING: "greeting",
    Source.MENU_PERIOD: "rich-menu",
    Source.MENUS: "rich-menu",
    Source.RENEWAL: "refresh",
    Source.JOURNEY: "users",
    Source.GOAL: "target",
    Source.SEASON: "sparkle",
}
LATER_DAYS = (1, 3, 7)
WIDE, NARROW = 820, 680
"""Widths at 100 % text size: from the first there is room for the detail, below the second only for figures of the people."""


class DueRow(QWidget):
    """See the module. ``ticked``, ``put_off(days)``, ``people_asked``, ``go_asked``, ``season_asked``: what was pressed."""

    ticked = Signal()
    put_off = Signal(int)
    people_asked = Signal()
    go_asked = Signal()
    season_asked = Signal()

    def __init__(self, due: Due, today: datetime.date) -> None:
        super().__init__()
        self.due = due
        self.setAccessibleName(render(due.text))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(3), 0, theme.px(3))
        column.setSpacing(theme.px(4))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        column.addLayout(row)
        row.addWidget(self._tick_box())
        row.addWidget(IconLabel(ICONS[due.source], "muted", 17))
        row.addLayout(self._what(), 1)
        if due.overdue:
            row.addWidget(Badge(t("operating_page.overdue"), "error"))
        elif due.day is not None:
            row.addWidget(Badge(day_words(due.day, today), "info" if due.day <= today else "neutral"))
        self._ways(row)
        self.steps = self._steps()
        column.addWidget(self.steps)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def _tick_box(self) -> QWidget:
        self.box = check_box("")
        self.box.setFixedWidth(theme.px(24))
        if self.due.tick is None:
            self.box.setEnabled(False)
            self.box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.box.setToolTip(t("operating_page.goes_by_itself"))
            self.box.setAccessibleName(t("operating_page.goes_by_itself"))
            return self.box
        name = t("operating_page.tick", what=self.due.tick, thing=self.due.text)
        self.box.setAccessibleName(name)
        self.box.setToolTip(render(self.due.tick))
        self.box.toggled.connect(lambda on: self.ticked.emit() if on else None)
        return self.box

    def _what(self) -> QHBoxLayout:
        """What to do, and behind it, as far as there is room, the detail."""
        what = QHBoxLayout()
        what.setSpacing(theme.px(10))
        self.text = ElidedLabel(render(self.due.text))
        needed = self.fontMetrics().horizontalAdvance(render(self.due.text)) + theme.px(4)
        self.text.setMaximumWidth(needed)
        self.detail = ElidedLabel(render(self.due.detail) if self.due.detail else "", kind="small")
        what.addWidget(self.text, 40)
        what.addWidget(self.detail, 30)
        what.addStretch(1)
        return what

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Where there is little room all of it belongs to what is to be done.
        self.detail.setVisible(self.width() >= theme.px(WIDE))
        words = self._people_words(short=self.width() < theme.px(NARROW))
        if self.people.text() != words:
            self.people.setText(words)

    def _people_words(self, *, short: bool = False) -> str:
        """How many it is about, and how many of them a message reaches where that is not all of them."""
        due = self.due
        people = t("operating_page.people_audience", n=due.people or 0)
        if due.reachable is None or due.reachable == due.people:
            return people
        key = "operating_page.people_reachable_short" if short else "operating_page.people_reachable"
        return t(key, people=people, n=due.reachable)

    def _ways(self, row: QHBoxLayout) -> None:
        due = self.due
        words = self._people_words()
        self.people = link_button(words, self.people_asked.emit, icon="target")
        if due.query is not None:
            self.people.setAccessibleName(
                t("operating_page.people_audience_of", n=due.people or 0, thing=due.text)
            )
            self.people.setAccessibleDescription(words)
            self.people.setToolTip(words)
            row.addWidget(self.people)
        self.steps_button = link_button(t("operating_page.show_steps"), self._toggle_steps)
        if due.steps:
            row.addWidget(self.steps_button)
        if due.season is not None:
            self.plan = link_button(t("operating_page.plan_season"), self.season_asked.emit)
            row.addWidget(self.plan)
        elif due.go is not None and not (due.query is not None and due.go.page == "audiences"):
            self.go = link_button(t("operating_page.open"), self.go_asked.emit)
            self.go.setAccessibleName(t("operating_page.open_thing", thing=due.text))
            row.addWidget(self.go)
        self.more = icon_button("clock", t("operating_page.later_for", thing=due.text), self._ask_later)
        self.more.setToolTip(t("operating_page.later"))
        row.addWidget(self.more)

    def _steps(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(theme.px(60), 0, theme.px(8), theme.px(4))
        column.setSpacing(theme.px(2))
        for number, step in enumerate(self.due.steps, 1):
            line = QHBoxLayout()
            line.addWidget(muted(f"{number}"), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(text_label(render(step)), 1)
            column.addLayout(line)
        holder.setVisible(False)
        return holder

    def _toggle_steps(self) -> None:
        self.steps.setVisible(self.steps.isHidden())
        shown = not self.steps.isHidden()
        self.steps_button.setText(t("operating_page.hide_steps" if shown else "operating_page.show_steps"))

    def later_menu(self) -> QMenu:
        """For how long it can be put off."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for days in LATER_DAYS:
            menu.addAction(t("operating_page.later_days", n=days), partial(self.put_off.emit, days))
        return menu

    def _ask_later(self) -> None:
        self.later_menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme.colour("line"))
        painter.drawLine(0, 0, self.width(), 0)
        painter.end()
