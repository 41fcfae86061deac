"""A table of a million rows that are selected by mouse and keys as everywhere, but as a value: Qt's selection
model, which would keep ranges of indexes, is never asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop.store.people import MemberRow
from desktop.ui import theme
from desktop.ui.members.columns import Column
from desktop.ui.members.members_model import MembersModel
from desktop.ui.members.row_selection import RowSelection
from desktop.ui.members.tagging.dragging import drag_members, far_enough, tag_in
from desktop.ui.widgets.fields import RETURN_KEYS
from desktop.ui.widgets.table import Table

_MOVES = {
    Qt.Key.Key_Up: QAbstractItemView.CursorAction.MoveUp,
    Qt.Key.Key_Down: QAbstractItemView.CursorAction.MoveDown,
    Qt.Key.Key_PageUp: QAbstractItemView.CursorAction.MovePageUp,
    Qt.Key.Key_PageDown: QAbstractItemView.CursorAction.MovePageDown,
    Qt.Key.Key_Home: QAbstractItemView.CursorAction.MoveHome,
    Qt.Key.Key_End: QAbstractItemView.CursorAction.MoveEnd,
}
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_NOT_TYPING = _CTRL | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class SelectingTable(Table):
    """See the module.

    Args:
        load: reads rows by id, see MembersModel.
    """

    selection_changed = Signal()
    typed = Signal(str)
    menu_asked = Signal(QPoint)
    tag_dropped = Signal(int, str)
    person_opened = Signal(int)
    members_dragged = Signal(bool)
    paste_asked = Signal()

    def __init__(
        self, name: str, load: Callable[[Sequence[int]], dict[int, MemberRow]], parent: QWidget | None = None
    ) -> None:
        super().__init__(name, parent)
        self.selected = RowSelection()
        self.rows = MembersModel(load, self.selected.__contains__, self)
        self._hovered = -1
        self._ranging = False
        self._held_at: QPoint | None = None
        self.setAcceptDrops(True)
        self.setModel(self.rows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        # Letters typed here begin a search; an input method would keep them to itself.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    @property
    def current_person(self) -> int | None:
        """The person of the current row."""
        index = self.currentIndex()
        return self.rows.person(index.row()) if index.isValid() and index.row() < len(self.rows.ids) else None

    @property
    def current_row(self) -> MemberRow | None:
        """What is known of the current row."""
        index = self.currentIndex()
        return self.rows.row(index.row()) if index.isValid() else None

    def select_only(self, row: int) -> None:
        """Make one row current and select it alone."""
        self.set_current(row)
        self.selected.select_only(row)
        self._selection_moved()

    def select_people(self, people: Sequence[int]) -> None:
        """Select these people and bring the first of them in the list into view."""
        self.selected.select_people(people)
        first = next((row for row, person in enumerate(self.rows.ids) if person in self.selected), None)
        if first is not None:
            self.set_current(first)
            self.selected.set_anchor(first)
        self._selection_moved()

    def select_all(self) -> None:
        """Select all that match."""
        self.selected.select_all()
        self._selection_moved()

    def selectAll(self) -> None:
        self.select_all()

    def clear_selection(self) -> None:
        """Select nobody."""
        self.selected.clear()
        self._selection_moved()

    def is_row_selected(self, row: int) -> bool:
        """For the painters."""
        return self.rows.person(row) in self.selected

    def is_row_hovered(self, row: int) -> bool:
        """For the painters."""
        return row == self._hovered

    def column(self, place: int) -> Column:
        """For the painters."""
        return self.rows.columns[place]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_asked.emit()
        elif key in _MOVES:
            self._move(_MOVES[Qt.Key(key)], event.modifiers())
        elif key == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._press_row(self.currentIndex().row(), event.modifiers() | _CTRL)
        elif key in RETURN_KEYS and not event.modifiers() & _NOT_TYPING:
            if self.current_person is not None and not event.isAutoRepeat():
                self.person_opened.emit(self.current_person)
        elif key == Qt.Key.Key_Escape and self.selected.count:
            self.clear_selection()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() + (theme.px(40) if key == Qt.Key.Key_Right else -theme.px(40)))
        elif event.text().isprintable() and event.text().strip() and not event.modifiers() & _NOT_TYPING:
            self.typed.emit(event.text())
        else:
            event.ignore()

    def keyboardSearch(self, search: str) -> None:
        """Typing is for the search field, not for jumping among a million blank rows."""

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
            self.selected.extend_to(row, keep=bool(event.modifiers() & _CTRL))
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
            self.person_opened.emit(self.rows.person(row))
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

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() != QContextMenuEvent.Reason.Mouse and self.currentIndex().isValid():
            if not self.selected.count:
                self.select_only(self.currentIndex().row())
            place = self.visualRect(self.currentIndex()).center()
            self.menu_asked.emit(self.viewport().mapToGlobal(place))
        elif self.selected.count:
            self.menu_asked.emit(event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self.currentIndex().isValid() and self.rows.ids:
            self.set_current(max(self.rowAt(0), 0))
        super().focusInEvent(event)

    def set_current(self, row: int | None) -> None:
        """Make a row current and bring it into view; None: no row."""
        index = QModelIndex() if row is None else self.rows.index(row, self.first_column())
        self.selectionModel().setCurrentIndex(index, self.selectionModel().SelectionFlag.NoUpdate)
        if row is not None:
            self.scrollTo(index)
        self.viewport().update()

    def first_column(self) -> int:
        """The model's column that stands leftmost."""
        header = self.horizontalHeader()
        places = map(header.logicalIndex, range(header.count()))
        return next((place for place in places if not header.isSectionHidden(place)), 0)

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Rows come into view without moving sideways."""
        sideways = self.horizontalScrollBar().value()
        super().scrollTo(index, hint)
        self.horizontalScrollBar().setValue(sideways)

    def _press_row(self, row: int, modifiers: Qt.KeyboardModifier) -> None:
        if modifiers & _SHIFT:
            self.selected.extend_to(row, keep=bool(modifiers & _CTRL))
        elif modifiers & _CTRL:
            self.selected.toggle(row)
        else:
            self.selected.select_only(row)
        self._selection_moved()

    def _move(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> None:
        if not self.rows.ids:
            return
        # Ctrl moves through the rows without selecting; in Qt it would jump to the last cell.
        target = self.moveCursor(action, Qt.KeyboardModifier.NoModifier)
        row = target.row()
        if action == QAbstractItemView.CursorAction.MoveHome:
            row = 0
        elif action == QAbstractItemView.CursorAction.MoveEnd:
            row = len(self.rows.ids) - 1
        if row < 0:
            return
        self.set_current(row)
        if modifiers & _SHIFT:
            self.selected.extend_to(row, keep=bool(modifiers & _CTRL))
        elif modifiers & _CTRL:
            self.viewport().update()
            return
        else:
            self.selected.select_only(row)
        self._selection_moved()

    def _selection_moved(self) -> None:
        self.viewport().update()
        self.selection_changed.emit()

    def _hover(self, row: int) -> None:
        for changed in {row, self._hovered} if row != self._hovered else ():
            if changed >= 0:
                top = self.rowViewportPosition(changed)
                self.viewport().update(0, top, self.viewport().width(), self.rowHeight(changed))
        self._hovered = row
