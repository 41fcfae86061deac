"""The list's table under the keyboard: arrows select, what is typed begins a search, and in 貼標模式 digits tag."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication

from desktop.ui import theme
from desktop.ui.members.selecting.pointed_table import PointedTable
from desktop.ui.members.selecting.row_table import CTRL, NOT_TYPING, SHIFT
from desktop.ui.widgets.fields import RETURN_KEYS

_MOVES = {
    Qt.Key.Key_Up: QAbstractItemView.CursorAction.MoveUp,
    Qt.Key.Key_Down: QAbstractItemView.CursorAction.MoveDown,
    Qt.Key.Key_PageUp: QAbstractItemView.CursorAction.MovePageUp,
    Qt.Key.Key_PageDown: QAbstractItemView.CursorAction.MovePageDown,
    Qt.Key.Key_Home: QAbstractItemView.CursorAction.MoveHome,
    Qt.Key.Key_End: QAbstractItemView.CursorAction.MoveEnd,
}


class SelectingTable(PointedTable):
    """See the module.

    Signals: ``typed(text)``: for the search; ``menu_asked(place)``; ``paste_asked``; ``digit_pressed(place)`` and ``mode_left``:
    of 貼標模式.
    """

    typed = Signal(str)
    menu_asked = Signal(QPoint)
    paste_asked = Signal()
    digit_pressed = Signal(int)
    mode_left = Signal()
    digits_tag = False

    def set_digits_tag(self, on: bool) -> None:
        """Whether plain digits are for the pinned tags instead of the search; a frame in the accent colour says so."""
        self.digits_tag = on
        self.setProperty("mode", "tagging" if on else "")
        self.style().unpolish(self)
        self.style().polish(self)
        # The frame is thicker now: header and rows have to make room for it.
        QApplication.sendEvent(self, QEvent(QEvent.Type.StyleChange))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self.digits_tag and self._mode_key(event):
            event.accept()
            return
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_asked.emit()
        elif key in _MOVES:
            self._move(_MOVES[Qt.Key(key)], event.modifiers())
        elif key == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._press_row(self.currentIndex().row(), event.modifiers() | CTRL)
        elif key in RETURN_KEYS and not event.modifiers() & NOT_TYPING:
            if self.current_person is not None and not event.isAutoRepeat():
                self.person_opened.emit(self.current_person)
        elif key == Qt.Key.Key_Escape and self.selected.count:
            self.clear_selection()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() + (theme.px(40) if key == Qt.Key.Key_Right else -theme.px(40)))
        elif event.text().isprintable() and event.text().strip() and not event.modifiers() & NOT_TYPING:
            self.typed.emit(event.text())
        else:
            event.ignore()

    def _mode_key(self, event: QKeyEvent) -> bool:
        """Whether a key belongs to 貼標模式; a digit held down counts once."""
        if event.key() == Qt.Key.Key_Escape:
            self.mode_left.emit()
            return True
        if event.modifiers() & (NOT_TYPING | SHIFT) or not event.text().isdigit():
            return False
        if not event.isAutoRepeat():
            self.digit_pressed.emit(int(event.text()) or 10)
        return True

    def keyboardSearch(self, search: str) -> None:
        """Typing is for the search field, not for jumping among a million blank rows."""

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
        if modifiers & SHIFT:
            self.selected.extend_to(row, keep=bool(modifiers & CTRL))
        elif modifiers & CTRL:
            self.viewport().update()
            return
        else:
            self.selected.select_only(row)
        self._selection_moved()
