"""The list's view. It keeps the selection as a value of its own and never asks Qt's selection model, so that
selecting and scrolling cost the same with a million rows; typing in it starts a search."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop.store.people import MemberRow
from desktop.ui import theme
from desktop.ui.members.columns import COLUMNS, PLACE
from desktop.ui.members.list_header import ListHeader
from desktop.ui.members.member_cells import LineCell, MemberCell, TagsCell
from desktop.ui.members.members_model import MembersModel
from desktop.ui.members.row_selection import RowSelection
from desktop.ui.widgets.table import Table

_MOVES = {
    Qt.Key.Key_Up: QAbstractItemView.CursorAction.MoveUp,
    Qt.Key.Key_Down: QAbstractItemView.CursorAction.MoveDown,
    Qt.Key.Key_PageUp: QAbstractItemView.CursorAction.MovePageUp,
    Qt.Key.Key_PageDown: QAbstractItemView.CursorAction.MovePageDown,
    Qt.Key.Key_Home: QAbstractItemView.CursorAction.MoveHome,
    Qt.Key.Key_End: QAbstractItemView.CursorAction.MoveEnd,
}
MEASURED_ROWS = 30
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_NOT_TYPING = _CTRL | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class MembersTable(Table):
    """See the module.

    Args:
        load: reads rows by id, see MembersModel.
    """

    selection_changed = Signal()
    typed = Signal(str)
    menu_asked = Signal(QPoint)
    left_behind = Signal()

    def __init__(self, name: str, load: Callable, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.selected = RowSelection()
        self.rows = MembersModel(load, self.selected.__contains__, self)
        self._hovered = -1
        self._ranging = False
        self.setModel(self.rows)
        self.setHorizontalHeader(ListHeader(self))
        self.list_header.set_up()
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setAutoScroll(True)
        # Letters typed here begin a search; an input method would keep them to itself.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        for place, column in enumerate(COLUMNS):
            kind = {"tags": TagsCell, "line": LineCell}.get(column.id, MemberCell)
            self.setItemDelegateForColumn(place, kind(self, self))

    @property
    def list_header(self) -> ListHeader:
        """The header with its sorting and its choice of columns."""
        header = self.horizontalHeader()
        assert isinstance(header, ListHeader)
        return header

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

    def show_list(self, ids, condition, *, keep_place: bool) -> None:
        """Show these people in this order.

        Args:
            ids: the people in order.
            condition: what they match.
            keep_place: stay at the person at the top and at the current one if they are still there.
        """
        top = self.rowAt(0)
        top_person = self.rows.person(top) if keep_place and 0 < top < len(self.rows.ids) else None
        current = self.current_person
        self.rows.set_ids(ids)
        self.selected.set_list(ids, condition)
        if keep_place:
            self._go_back(top_person, current)
        else:
            self.scrollToTop()
            self._set_current(0 if len(ids) else None)
            self.selected.set_anchor(0 if len(ids) else None)
        self.viewport().update()

    def fit_columns_once(self) -> None:
        """Measure what the first screen shows; the tags take what is left."""
        rows = min(len(self.rows.ids), MEASURED_ROWS)
        if not rows or self.list_header.chosen:
            return
        self.rows.prepare(0, rows - 1)
        widths: dict[int, int] = {}
        for place, column in enumerate(COLUMNS):
            cell = self.itemDelegateForColumn(place)
            if column.id != "tags" and isinstance(cell, MemberCell):
                widths[place] = max(
                    cell.needed_width(self.rows.index(row, place), self) for row in range(rows)
                )
        self.list_header.fit_contents(widths)

    def refresh_rows(self) -> None:
        """What the rows show may have changed; who is shown, and where, stays."""
        self.rows.forget_rows()
        self.viewport().update()

    def select_only(self, row: int) -> None:
        """Make one row current and select it alone."""
        self._set_current(row)
        self.selected.select_only(row)
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

    def paintEvent(self, event: QPaintEvent) -> None:
        bottom = self.viewport().height() - 1
        first, last = self.rowAt(0), self.rowAt(bottom)
        if first >= 0:
            self.rows.prepare(first, last if last >= 0 else len(self.rows.ids) - 1)
        super().paintEvent(event)
        index = self.currentIndex()
        if self.hasFocus() and index.isValid():
            self._paint_focus(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
        elif key in _MOVES:
            self._move(_MOVES[Qt.Key(key)], event.modifiers())
        elif key == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._press_row(self.currentIndex().row(), event.modifiers() | _CTRL)
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
        self._ranging = True
        self._set_current(row)
        self._press_row(row, event.modifiers())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        self._hover(self.rowAt(place.y()))
        if not self._ranging or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        row = self.rowAt(min(max(place.y(), 0), self.viewport().height() - 1))
        if row >= 0 and row != self.currentIndex().row():
            self._set_current(row)
            self.selected.extend_to(row, keep=bool(event.modifiers() & _CTRL))
            self._selection_moved()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._ranging = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def leaveEvent(self, event) -> None:
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
            self._set_current(max(self.rowAt(0), 0))
        super().focusInEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.list_header.fit()

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
        self._set_current(row)
        if modifiers & _SHIFT:
            self.selected.extend_to(row, keep=bool(modifiers & _CTRL))
        elif modifiers & _CTRL:
            self.viewport().update()
            return
        else:
            self.selected.select_only(row)
        self._selection_moved()

    def _set_current(self, row: int | None) -> None:
        index = QModelIndex() if row is None else self.rows.index(row, self._first_column())
        self.selectionModel().setCurrentIndex(index, self.selectionModel().SelectionFlag.NoUpdate)
        if row is not None:
            self.scrollTo(index)
        self.viewport().update()

    def _first_column(self) -> int:
        header = self.horizontalHeader()
        shown = [c for c in map(header.logicalIndex, range(len(COLUMNS))) if not header.isSectionHidden(c)]
        return shown[0] if shown else PLACE["name"]

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Rows come into view without moving sideways."""
        sideways = self.horizontalScrollBar().value()
        super().scrollTo(index, hint)
        self.horizontalScrollBar().setValue(sideways)

    def _go_back(self, top_person: int | None, current: int | None) -> None:
        row = self.rows.row_of(top_person) if top_person is not None else None
        if row is not None:
            self.verticalScrollBar().setValue(row)
        found = self.rows.row_of(current) if current is not None else None
        if found is None:
            found = min(max(self.currentIndex().row(), 0), len(self.rows.ids) - 1) if self.rows.ids else None
        sideways, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        self._set_current(found)
        self.verticalScrollBar().setValue(down)
        self.horizontalScrollBar().setValue(sideways)
        self.selected.set_anchor(found)

    def _selection_moved(self) -> None:
        self.viewport().update()
        self.selection_changed.emit()

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()

    def _paint_focus(self, index: QModelIndex) -> None:
        area = self.visualRect(index)
        ring = QRect(
            0, area.top(), min(self.viewport().width(), self.horizontalHeader().length()), area.height()
        )
        painter = QPainter(self.viewport())
        painter.setPen(QPen(theme.colour("focus"), 1.5))
        painter.drawRect(ring.adjusted(1, 0, -2, -2))
        painter.end()
