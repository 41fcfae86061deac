"""The board's tab: five columns; tasks are dragged between them, or carried with Shift and the arrow keys."""

from __future__ import annotations

import datetime
from functools import partial

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.core.message import message
from desktop.core.planning.operating.board import Stage, Task
from desktop.operations.planning.operating import boards, entries
from desktop.operations.planning.operating.boards import Board
from desktop.operations.planning.plans import SavedPlan
from desktop.store.database import Database
from desktop.text import t
from desktop.ui import theme
from desktop.ui.audiences.conditions.tab_order import chain
from desktop.ui.desk import Desk
from desktop.ui.operating_plan.acts import Acts, deleted
from desktop.ui.operating_plan.board.column import BoardColumn
from desktop.ui.operating_plan.board.task_card import TaskCard
from desktop.ui.operating_plan.board.task_dialog import TaskDialog

COLUMN_WIDTH = 176


class BoardTab(QScrollArea):
    """See the module.

    Args:
        desk: what the page may use.
        acts: how the plan is changed.
    """

    def __init__(self, desk: Desk, acts: Acts) -> None:
        super().__init__()
        self._desk, self._acts = desk, acts
        self.columns: dict[Stage, BoardColumn] = {}
        self.board: Board | None = None
        self.today = datetime.date.today()
        self._focus_task: int | None = None
        self._ghost: QLabel | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # Without one the corner between both bars is painted as a piece of a frame.
        self.setCornerWidget(QWidget())
        self.setAccessibleName(t("operating_page.tab.board"))
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.px(10))
        column.addLayout(self._row, 1)
        self.setWidget(inner)

    def read(self) -> None:
        """Read the board again."""
        self._desk.jobs.read(_read, owner=self, then=self._show, latest="operating_plan.board")

    def show_task(self, task_id: int) -> None:
        """Put the focus on a task."""
        self._focus_task = task_id
        self._focus()

    def _show(self, found: tuple[Board, datetime.date]) -> None:
        inside = QApplication.focusWidget()
        focused = next(
            (one.task.id for one in self.cards() if inside and (one is inside or one.isAncestorOf(inside))),
            None,
        )
        self.board, self.today = found
        for column in self.board.columns:
            if column.stage not in self.columns:
                self.columns[column.stage] = self._make(column)
            shown = self.columns[column.stage]
            for card in shown.show_column(column, self.today):
                self._connect(card)
        chain(self, iter(self.columns.values()))
        self._focus_task = self._focus_task or focused
        self._focus()

    def _make(self, found: boards.Column) -> BoardColumn:
        made = BoardColumn(found)
        made.setMinimumWidth(theme.px(COLUMN_WIDTH))
        made.added.connect(lambda title: self._add(found.stage, title))
        made.ready_asked.connect(self._add_ready)
        made.people_asked.connect(lambda query: self._desk.go("members", query=query))
        made.done_toggled.connect(self.read)
        self._row.addWidget(made, 1)
        return made

    def cards(self) -> list[TaskCard]:
        """All cards, column by column."""
        return [card for column in self.columns.values() for card in column.cards]

    def _connect(self, card: TaskCard) -> None:
        number = card.task.id
        card.ticked.connect(lambda done: self._tick(number, done))
        card.edit_asked.connect(partial(self.edit, card))
        card.delete_asked.connect(partial(self._delete, card))
        card.go_asked.connect(lambda page: self._desk.go(page))
        card.stage_asked.connect(lambda stage: self._move(number, stage, None))
        card.carried.connect(lambda dx, dy: self._carry(card, dx, dy))
        card.stepped.connect(lambda dx, dy: self._step(card, dx, dy))
        card.lifted.connect(partial(self._lift, card))
        card.dragged.connect(self._drag)
        card.dropped.connect(partial(self._drop, card))
        card.let_go.connect(self._end_drag)

    def _add(self, stage: Stage, title: str) -> None:
        said = message("operating_page.task_added", title=title)
        self._acts.do(lambda db: boards.save_task(db, None, Task(title[:60], stage)), said)

    def _add_ready(self, ready_id: str) -> None:
        self._acts.do(
            lambda db: boards.add_ready(db, ready_id), message("operating_page.ready_added"), self._added
        )

    def _added(self, saved: SavedPlan) -> None:
        self._focus_task = saved.plan.id

    def _tick(self, number: int, done: bool) -> None:
        said = message("operating_page.done_said" if done else "operating_page.reopened")
        self._acts.do(lambda db: (boards.finish if done else boards.reopen)(db, number), said)

    def edit(self, card: TaskCard) -> TaskDialog:
        """Open a task in full."""
        dialog = TaskDialog(self, card.task.task, self.today)
        number = card.task.id

        def keep() -> None:
            self._focus_task = number
            task = dialog.task
            self._acts.do(lambda db: boards.save_task(db, number, task))

        dialog.accepted.connect(keep)
        self._desk.dialogs.show(dialog)
        return dialog

    def _delete(self, card: TaskCard) -> None:
        said = message("operating_page.deleted", title=card.task.task.title)
        number = card.task.id
        self._acts.do(lambda db: deleted(db, boards.delete, number), said)

    def _move(self, number: int, stage: Stage, before: int | None) -> None:
        self._focus_task = number
        self._acts.do(lambda db: boards.move(db, number, stage, before))

    def _carry(self, card: TaskCard, dx: int, dy: int) -> None:
        stages = list(Stage)
        task = card.task.task
        if dx:
            at = stages.index(task.stage) + dx
            if 0 <= at < len(stages):
                self._move(card.task.id, stages[at], None)
            return
        here = [one.id for one in self.columns[task.stage].found.tasks]
        if card.task.id not in here:
            return
        at = here.index(card.task.id) + dy
        if 0 <= at < len(here):
            others = [one for one in here if one != card.task.id]
            self._move(card.task.id, task.stage, others[at] if at < len(others) else None)

    def _step(self, card: TaskCard, dx: int, dy: int) -> None:
        stages = list(Stage)
        column = self.columns[card.task.task.stage]
        if dy:
            at = column.cards.index(card) + dy
            if 0 <= at < len(column.cards):
                column.cards[at].setFocus()
            return
        at = stages.index(card.task.task.stage) + dx
        while 0 <= at < len(stages):
            if self.columns[stages[at]].cards:
                self.columns[stages[at]].cards[0].setFocus()
                return
            at += dx

    def _lift(self, card: TaskCard) -> None:
        self._ghost = QLabel(self.window())
        self._ghost.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._ghost.setPixmap(card.grab(QRect(0, 0, card.width(), min(card.height(), theme.px(120)))))
        self._ghost.adjustSize()
        self._ghost.show()

    def _drag(self, at: QPoint) -> None:
        over = self.column_at(at)
        for column in self.columns.values():
            column.mark(column.place_at(at) if column is over else None)
        if self._ghost is not None:
            self._ghost.move(self.window().mapFromGlobal(at) + QPoint(theme.px(10), theme.px(6)))
            self._ghost.raise_()

    def _drop(self, card: TaskCard, at: QPoint) -> None:
        over = self.column_at(at)
        self._end_drag()
        if over is None:
            return
        place = over.place_at(at)
        here = [one.id for one in over.found.tasks]
        before = here[place] if place < len(here) else None
        if before == card.task.id or (
            over.stage is card.task.task.stage and self._stays(here, card.task.id, place)
        ):
            return
        self._move(card.task.id, over.stage, before)

    def _end_drag(self) -> None:
        for column in self.columns.values():
            column.mark(None)
        if self._ghost is not None:
            self._ghost.hide()
            self._ghost.deleteLater()
            self._ghost = None

    def column_at(self, at: QPoint) -> BoardColumn | None:
        """The column under a point on the screen."""
        found = (one for one in self.columns.values() if one.rect().contains(one.mapFromGlobal(at)))
        return next(found, None)

    @staticmethod
    def _stays(here: list[int], number: int, place: int) -> bool:
        return number in here and place in (here.index(number), here.index(number) + 1)

    def _focus(self) -> None:
        for card in self.cards():
            if card.task.id == self._focus_task:
                card.setFocus()
                self.ensureWidgetVisible(card)
                self._focus_task = None
                return

    def focus_first_field(self) -> None:
        """Begin a task in the first column."""
        if self.columns:
            next(iter(self.columns.values())).field.setFocus()


def _read(db: Database) -> tuple[Board, datetime.date]:
    return boards.board(db), entries.today(db)
