"""The list's table under the mouse: clicks and strokes select as everywhere, the selection can be dragged away, and a tag can
be let go over a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from desktop.store.people import MemberRow
from desktop.ui.members.selecting.row_table import CTRL, RowTable
from desktop.ui.members.tagging.dragging import drag_members, far_enough, tag_in


class PointedTable(RowTable):
    """See the module.

    Signals: ``tag_dropped(row, tag)``; ``person_opened(person id)``: by a double click or Return; ``members_dragged``: whether
    they are being dragged now.
    """

    tag_dropped = Signal(int, str)
    person_opened = Signal(int)
    members_dragged = Signal(bool)

    def __init__(
        self, name: str, load: Callable[[Sequence[int]], dict[int, MemberRow]], parent: QWidget | None = None
    ) -> None:
        super().__init__(name, load, parent)
        self._ranging = False
        self._held_at: QPoint | None = None
        self.setAcceptDrops(True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self.rowAt(event.position().toPoint().y())
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() == Qt.MouseButton.RightButton:
            if row >= 0 and not self.is_row_selected(row):
                self.select_only(row)
            return
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if row < 0:
            self.clear_selection()
            return
        self.set_current(row)
        if not event.modifiers() and self.is_row_selected(row):
            # Perhaps the selection is about to be dragged: what the click means is clear when the button is let go.
            self._held_at = event.position().toPoint()
            return
        self._ranging = True
        self._press_row(row, event.modifiers())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        self._hover(self.rowAt(place.y()))
        if self._held_at is not None and far_enough(self._held_at, place):
            self._held_at = None
            self.members_dragged.emit(True)
            drag_members(self, self.selected.count)
            self.members_dragged.emit(False)
            return
        if not self._ranging or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        row = self.rowAt(min(max(place.y(), 0), self.viewport().height() - 1))
        if row >= 0 and row != self.currentIndex().row():
            self.set_current(row)
            self.selected.extend_to(row, keep=bool(event.modifiers() & CTRL))
            self._selection_moved()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._ranging = False
        if self._held_at is not None and event.button() == Qt.MouseButton.LeftButton:
            self._held_at = None
            row = self.rowAt(event.position().toPoint().y())
            if row >= 0:
                self.select_only(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row = self.rowAt(event.position().toPoint().y())
        if event.button() == Qt.MouseButton.LeftButton and row >= 0 and not event.modifiers():
            self._held_at = None
            self.select_only(row)
            self.person_opened.emit(self.rows.number(row))
        else:
            self.mousePressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if tag_in(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        row = self.rowAt(event.position().toPoint().y())
        self._hover(row)
        event.setAccepted(row >= 0 and tag_in(event.mimeData()) is not None)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._hover(-1)

    def dropEvent(self, event: QDropEvent) -> None:
        row, tag = self.rowAt(event.position().toPoint().y()), tag_in(event.mimeData())
        self._hover(-1)
        if row >= 0 and tag is not None:
            event.acceptProposedAction()
            self.tag_dropped.emit(row, tag)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)
