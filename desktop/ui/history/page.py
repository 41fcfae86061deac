"""The history page: every step, newest first, found by kind, words or time; what each did to whom; undo with what would come of
it said beforehand; redo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget

from desktop.core.changes import Changes, Kind
from desktop.core.message import message
from desktop.operations.history import looking_back
from desktop.operations.history.looking_back import Inside
from desktop.operations.history.undoing import UndoOutcome
from desktop.store.undo import step_list
from desktop.store.undo.step_list import ListedStep
from desktop.text import render, t
from desktop.ui import i18n, theme
from desktop.ui.actions import Command
from desktop.ui.desk import Desk
from desktop.ui.history import words
from desktop.ui.history.filter_row import FilterRow
from desktop.ui.history.inside import StepInside
from desktop.ui.history.paged_rows import PagedRows
from desktop.ui.history.undo_dialog import UndoDialog
from desktop.ui.page import Page
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.table import BadgeDelegate, Column, Table

SIDE_BY_SIDE = 760
"""Width at 100 % text size from which list and content stand beside each other."""

_SHOWN_BY = (Kind.HISTORY, Kind.PEOPLE, Kind.TAGS, Kind.ORDERS, Kind.AUDIENCES, Kind.OUTBOX)


class HistoryPage(Page):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "history")
        self.desk: Desk = desk
        self.add_way_back()
        self.filters = FilterRow()
        self.table = Table(t("history_page.table_name"))
        reader = desk.jobs.page_reader
        self.model = PagedRows(
            _columns(), lambda ids: step_list.listed(reader, ids), words.spoken, self.table
        )
        self.table.setModel(self.model)
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.table.setItemDelegateForColumn(3, BadgeDelegate(self.table))
        self.table.fit_columns(stretch=1, widths=(104, 0, 64, 100))
        self.inside = StepInside(desk)
        self._wanted: int | None = None
        self._fresh = True
        self._lay_out()
        self.filters.asked.connect(self.refresh)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self.table.opened.connect(lambda _: self.inside.take_focus())
        self.inside.undo_asked.connect(self.ask_undo)
        self.inside.redo_asked.connect(self.redo_step)
        self.inside.person_asked.connect(lambda person: desk.go("member", person=person))

    def opened(self, step: int | None = None, **arguments: Any) -> None:
        """Show the steps; ``step``: look inside this one."""
        if step is not None:
            self._wanted = int(step)
            if not self.filters.is_open:
                self.filters.clear()
                return
        if self._fresh or step is not None:
            self._fresh = False
            self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def changed(self, changes: Changes) -> None:
        if changes.touches(*_SHOWN_BY):
            self.refresh()

    def commands(self) -> list[Command]:
        name = "history_page.command"
        return [
            Command("history.search", f"{name}.search", self._search, "Ctrl+F", "search"),
            Command(
                "history.undo_step", f"{name}.undo_step", self._undo_current, None, "undo", self._can_undo
            ),
            Command(
                "history.redo_step", f"{name}.redo_step", self._redo_current, None, "redo", self._can_redo
            ),
            Command("history.clear", f"{name}.clear", self.filters.clear, None, "x"),
        ]

    def remember(self) -> dict[str, Any]:
        step = self._current()
        return {"step": step} if step is not None else {}

    def recall(self, state: dict[str, Any]) -> None:
        self._wanted = state.get("step")

    def pictures(self) -> dict[str, Callable[[], None]]:
        return {
            "inside": lambda: self.table.selectRow(self._first_with("import")),
            "no_match": lambda: self.filters.field.setText("沒有這個字"),
        }

    def refresh(self) -> None:
        """Read the list again, keeping what is chosen."""
        wanted = self.filters.wanted()
        self.desk.jobs.read(
            lambda db: looking_back.matching(db, wanted), owner=self, then=self._show, latest="history.steps"
        )

    def ask_undo(self, step: ListedStep) -> None:
        """Say what undoing a step would come to, and do it if wanted."""
        self.desk.dialogs.show(UndoDialog(self.desk, self, step.id, step.title, self._undone))

    def redo_step(self, step: ListedStep) -> None:
        """Do an undone step again."""
        number = step.id
        self.desk.jobs.write(
            lambda db, ctx: looking_back.bring_back(db, number), owner=self, then=self._redone
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= theme.px(SIDE_BY_SIDE)
        wanted = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if self._splitter.orientation() != wanted:
            self._splitter.setOrientation(wanted)
            self._splitter.setSizes([theme.px(560), theme.px(480)])

    def _lay_out(self) -> None:
        self.stack = QStackedWidget()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(theme.px(12))
        holder = Card(flush=True)
        holder.body.addWidget(self.table)
        self._splitter.addWidget(holder)
        self._splitter.addWidget(self.inside)
        self._splitter.setStretchFactor(0, 5)
        self._splitter.setStretchFactor(1, 4)
        self._splitter.setSizes([theme.px(560), theme.px(480)])
        self.stack.addWidget(self._splitter)
        self.stack.addWidget(EmptyState("history", t("history_page.empty"), t("history_page.empty_text")))
        self.stack.addWidget(
            EmptyState(
                "search",
                t("history_page.no_match"),
                t("history_page.no_match_text"),
                button(t("history_page.command.clear"), self.filters.clear),
            )
        )
        self.body.addWidget(self.filters)
        self.body.addWidget(self.stack, 1)

    def _show(self, numbers: list[int]) -> None:
        current = self._wanted if self._wanted is not None else self._current()
        self._wanted = None
        self.model.set_ids(numbers)
        self.header.set_subtitle(t("history_page.subtitle", n=len(numbers)))
        everything = self.filters.is_open
        self.stack.setCurrentIndex(0 if numbers else 1 if everything else 2)
        self.filters.setVisible(bool(numbers) or not everything)
        row = self.model.row_of(current) if current is not None else None
        if row is None:
            self.table.clearSelection()
            self.table.setCurrentIndex(QModelIndex())
            self.inside.show_inside(None)
            return
        if self._current() != current:
            self.table.selectRow(row)
            self.table.scrollTo(self.model.index(row, 0))
        else:
            self._look(self.model.number(row))

    def _current(self) -> int | None:
        row = self.table.currentIndex().row()
        return self.model.number(row) if 0 <= row < len(self.model.ids) else None

    def _chosen(self, current: QModelIndex, before: QModelIndex) -> None:
        if current.isValid():
            self._look(self.model.number(current.row()))

    def _look(self, step: int) -> None:
        self.desk.jobs.read(
            lambda db: looking_back.inside(db, step),
            owner=self,
            then=self._show_inside,
            latest="history.inside",
        )

    def _show_inside(self, inside: Inside | None) -> None:
        if inside is None or inside.step.id == self._current():
            self.inside.show_inside(inside)

    def _undone(self, outcome: UndoOutcome) -> None:
        self.refresh()

    def _redone(self, outcome: UndoOutcome) -> None:
        self.desk.notices.show(message("history_page.redone", step=outcome.step.title), kind="success")

    def _search(self) -> None:
        self.filters.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.field.selectAll()

    def _step(self) -> ListedStep | None:
        return self.inside.inside.step if self.inside.inside is not None else None

    def _can_undo(self) -> bool:
        step = self._step()
        return step is not None and step.fate == "done"

    def _can_redo(self) -> bool:
        step = self._step()
        return step is not None and step.fate == "undone"

    def _undo_current(self) -> None:
        step = self._step()
        if step is not None and step.fate == "done":
            self.ask_undo(step)

    def _redo_current(self) -> None:
        step = self._step()
        if step is not None and step.fate == "undone":
            self.redo_step(step)

    def _first_with(self, kind: str) -> int:
        steps = [self.model.row(row) for row in range(min(len(self.model.ids), 200))]
        return next((row for row, step in enumerate(steps) if step is not None and step.kind == kind), 0)


def _columns() -> list[Column]:
    return [
        Column(t("history_page.column.at"), lambda step: i18n.moment(step.at), role=lambda step: "muted"),
        Column(
            t("history_page.column.step"),
            lambda step: render(step.title),
            role=lambda step: "muted" if step.fate == "undone" else None,
        ),
        Column(t("history_page.column.count"), lambda step: i18n.number(step.changed), right=True),
        Column(
            t("history_page.column.state"),
            words.state_of,
            kind=lambda step: words.STATES.get(step.fate, "neutral"),
        ),
    ]
