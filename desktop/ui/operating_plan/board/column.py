"""One stage of the board: its figures, its tasks, a field for another, and the ready-made ones."""

from __future__ import annotations

import datetime
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.operations.planning.operating import boards
from desktop.operations.planning.operating.boards import Column as Stage
from desktop.operations.planning.operating.boards import Figure
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.insights.overview.targets import target_words
from desktop.ui.insights.words import share
from desktop.ui.operating_plan.board.task_card import TaskCard
from desktop.ui.widgets.buttons import icon_button, link_button
from desktop.ui.widgets.fields import TextField
from desktop.ui.widgets.labels import heading, small, text_label

DONE_SHOWN, STARTERS = 5, 3


class BoardColumn(QFrame):
    """See the module. ``added(title)``, ``ready_asked(id)``, ``people_asked(query)``: what was asked for."""

    added = Signal(str)
    ready_asked = Signal(str)
    people_asked = Signal(str)
    done_toggled = Signal()

    def __init__(self, found: Stage) -> None:
        super().__init__()
        self.stage = found.stage
        self.found = found
        self.cards: list[TaskCard] = []
        self.place: int | None = None
        self._shows_done = False
        self.setAccessibleName(render(found.name))
        column = QVBoxLayout(self)
        edge = theme.px(10)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(theme.px(6))
        column.addWidget(heading(render(found.name)))
        self._figures = QVBoxLayout()
        self._figures.setSpacing(0)
        column.addLayout(self._figures)
        self.inside = QWidget()
        self.list = QVBoxLayout(self.inside)
        self.list.setContentsMargins(0, 0, 0, 0)
        self.list.setSpacing(theme.px(6))
        column.addWidget(self.inside)
        self._starters = QVBoxLayout()
        self._starters.setSpacing(theme.px(4))
        column.addLayout(self._starters)
        self.field = TextField(
            t("operating_page.new_task"), t("operating_page.new_task_in", stage=found.name)
        )
        self.field.submitted.connect(self._add)
        column.addWidget(self.field)
        self.ready = link_button("", self._show_ready, icon="plus")
        column.addWidget(self.ready)
        column.addStretch(1)
        self.done = link_button("", self._toggle_done)

    def show_column(self, found: Stage, today: datetime.date) -> list[TaskCard]:
        """Show the stage anew; returns its cards, to be connected."""
        self.found = found
        _clear(self._figures)
        for figure in found.figures:
            self._figures.addWidget(self._figure(figure))
        if found.hint is not None:
            self._figures.addWidget(small(render(found.hint), wrap=True))
        for card in self.cards:
            self.list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.list.removeWidget(self.done)
        shown = list(found.tasks) + (list(found.done[:DONE_SHOWN]) if self._shows_done else [])
        self.cards = [TaskCard(one, today) for one in shown]
        for at, card in enumerate(self.cards):
            self.list.insertWidget(at, card)
        self.list.insertWidget(len(found.tasks), self.done)
        key = "operating_page.hide_done" if self._shows_done else "operating_page.show_done"
        self.done.setText(t(key, n=len(found.done)))
        self.done.setVisible(bool(found.done))
        self._show_starters(found)
        self.ready.setVisible(bool(found.ready))
        self.ready.setText(t("operating_page.ready_tasks", n=len(found.ready)))
        for each in (self.ready, self.done):
            each.setAccessibleName(each.text())
        return self.cards

    def _show_starters(self, found: Stage) -> None:
        """An empty column shows what it can begin with."""
        _clear(self._starters)
        for one in () if found.tasks else found.ready[:STARTERS]:
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            title = render(boards.ready_title(one))
            line.addWidget(small(title, wrap=True), 1)
            name = t("operating_page.add_ready", title=title)
            line.addWidget(icon_button("plus", name, partial(self.ready_asked.emit, one.id), role="link"))
            self._starters.addWidget(row)

    def place_at(self, at: QPoint) -> int:
        """Between which of the open tasks a point on the screen lies: 0 before the first."""
        y = self.inside.mapFromGlobal(at).y()
        open_cards = self.cards[: len(self.found.tasks)]
        return sum(1 for card in open_cards if y > card.geometry().center().y())

    def mark(self, place: int | None) -> None:
        """Show where something would be dropped."""
        if place != self.place:
            self.place = place
            self.update()

    def ready_menu(self) -> QMenu:
        """The ready-made tasks that are not on the board."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one in self.found.ready:
            menu.addAction(render(boards.ready_title(one)), partial(self.ready_asked.emit, one.id))
        return menu

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("accent" if self.place is not None else "line"))
        painter.setBrush(theme.colour("selection" if self.place is not None else "bar"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), theme.px(8), theme.px(8))
        painter.end()

    def _figure(self, figure: Figure) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(4))
        name = render(figure.name)
        value = share(figure.rate.value) if figure.rate else t("operating_page.people", n=figure.people or 0)
        query = figure.query or ""
        line.addWidget(small(name, wrap=True), 1)
        if not query:
            line.addWidget(text_label(value, wrap=False))
            return row
        made = link_button(value, lambda: self.people_asked.emit(query))
        made.setAccessibleName(t("operating_page.figure", name=name, value=value))
        gap = figure.rate.gain_to(figure.target.value) if figure.rate and figure.target else None
        made.setToolTip(target_words(figure.target, gap) or t("operating_page.figure_tip"))
        line.addWidget(made)
        return row

    def _add(self) -> None:
        title = self.field.text().strip()
        if title and not self.field.composing:
            self.field.clear()
            self.added.emit(title)

    def _show_ready(self) -> None:
        self.ready_menu().popup(self.ready.mapToGlobal(QPoint(0, self.ready.height())))

    def _toggle_done(self) -> None:
        self._shows_done = not self._shows_done
        self.done_toggled.emit()


def _clear(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
