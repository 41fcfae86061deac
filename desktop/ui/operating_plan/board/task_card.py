"""One task of the board: a box to tick, what is to be done, by when; it is dragged to another column or carried with the keys."""

from __future__ import annotations

import datetime
from functools import partial

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QMenu, QVBoxLayout, QWidget

from desktop.core.planning.operating.board import READY_TASKS, Stage
from desktop.operations.planning.operating.boards import TaskNow
from desktop.text import t
from desktop.ui import theme
from desktop.ui.operating_plan.words import day_words
from desktop.ui.widgets.buttons import icon_button, link_button
from desktop.ui.widgets.chips import Badge, FlowLayout
from desktop.ui.widgets.fields import check_box
from desktop.ui.widgets.labels import small, text_label

CARRY = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier


class TaskCard(QFrame):
    """See the module. ``carried(dx, dy)``: keys ask to move it by columns or places; ``lifted``, ``dragged(at)``,
    ``dropped(at)``, ``let_go``: the mouse does (points on the screen); ``stepped(dx, dy)``: the card beside it is wanted;
    ``ticked(done)``, ``edit_asked``, ``delete_asked``, ``go_asked(page)``, ``stage_asked(stage)``: what was pressed."""

    carried = Signal(int, int)
    lifted = Signal()
    dragged = Signal(QPoint)
    dropped = Signal(QPoint)
    let_go = Signal()
    ticked = Signal(bool)
    edit_asked = Signal()
    delete_asked = Signal()
    go_asked = Signal(str)
    stage_asked = Signal(object)
    stepped = Signal(int, int)

    def __init__(self, task: TaskNow, today: datetime.date) -> None:
        super().__init__()
        self.task = task
        self._pressed: QPoint | None = None
        self._dragging = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setAccessibleName(task.task.title)
        self.setAccessibleDescription(t("operating_page.task_keys"))
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        row = QGridLayout(self)
        edge = theme.px(6)
        row.setContentsMargins(edge, edge, theme.px(2), edge)
        row.setSpacing(theme.px(3))
        row.setColumnStretch(1, 1)
        self.box = check_box("", not task.task.open)
        self.box.setFixedWidth(theme.px(24))
        self.box.setAccessibleName(t("operating_page.tick_task", title=task.task.title))
        self.box.toggled.connect(self.ticked)
        row.addWidget(self.box, 0, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._words(), 0, 1)
        self.more = icon_button(
            "more", t("operating_page.about_task", title=task.task.title), self._show_menu
        )
        row.addWidget(self.more, 0, 2, Qt.AlignmentFlag.AlignTop)
        facts = self._facts(today)
        if facts is not None:
            # A date and the way there have the card's whole width: large text would cut them beside the button.
            row.addWidget(facts, 1, 1, 1, 2)

    def _words(self) -> QVBoxLayout:
        task = self.task.task
        words = QVBoxLayout()
        words.setSpacing(theme.px(3))
        self.title = text_label(task.title)
        if not task.open:
            self.title.setProperty("kind", "muted")
            font = self.title.font()
            font.setStrikeOut(True)
            self.title.setFont(font)
        words.addWidget(self.title)
        if task.open and task.note.strip():
            words.addWidget(small(" ".join(task.note.split())[:80], wrap=True))
        words.addStretch(1)
        return words

    def _facts(self, today: datetime.date) -> QWidget | None:
        """By when, and the page where it is done; None where neither is known."""
        task = self.task.task
        page = READY_TASKS[task.ready].page if task.ready in READY_TASKS else ""
        facts = QWidget()
        line = FlowLayout(facts)
        if task.open and task.due is not None:
            late = self.task.overdue
            text = t("operating_page.overdue") if late else day_words(task.due, today)
            line.addWidget(Badge(text, "error" if late else "info" if self.task.due_today else "neutral"))
        if task.open and page:
            link = link_button(t("operating_page.open"), partial(self.go_asked.emit, page))
            link.setAccessibleName(t("operating_page.open_thing", thing=task.title))
            link.setMinimumWidth(theme.px(24))
            line.addWidget(link)
        return facts if line.count() else None

    def menu(self) -> QMenu:
        """What can be done with it."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(t("operating_page.edit"), self.edit_asked.emit)
        into = menu.addMenu(t("operating_page.move_to"))
        for stage in Stage:
            if stage is not self.task.task.stage:
                into.addAction(t(f"operating.stage.{stage.value}"), partial(self.stage_asked.emit, stage))
        menu.addSeparator()
        menu.addAction(t("operating_page.delete"), self.delete_asked.emit)
        return menu

    def _show_menu(self) -> None:
        self.menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        arrows = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        key = Qt.Key(event.key())
        if key in arrows:
            (self.carried if event.modifiers() & CARRY else self.stepped).emit(*arrows[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit_asked.emit()
        elif key == Qt.Key.Key_Space:
            self.box.toggle()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_asked.emit()
        elif key == Qt.Key.Key_Escape and self._dragging:
            self._end()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()
            self.setFocus()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        far = (event.position().toPoint() - self._pressed).manhattanLength()
        if not self._dragging and far >= QApplication.startDragDistance() and self.task.task.open:
            self._dragging = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.lifted.emit()
        if self._dragging:
            self.dragged.emit(event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragging, self._pressed = self._dragging, None
        if dragging:
            self._end()
            self.dropped.emit(event.globalPosition().toPoint())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        self.edit_asked.emit()

    def _end(self) -> None:
        self._dragging, self._pressed = False, None
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.let_go.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave):
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        painter.setPen(QPen(theme.colour("focus" if focused else "line"), 2 if focused else 1))
        painter.setBrush(theme.colour("panel"))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), theme.px(6), theme.px(6))
        painter.end()
