"""The phone as a widget one can use: it scrolls, cards are pushed, and buttons, picture maps, the bar of the rich menu and the
menu itself can be tapped."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.phone.view import PhoneView
from desktop.ui.phone.whole_picture import to_image

__all__ = ["Phone", "to_image"]

STEP = 60.0
DRAG = 4


class Phone(PhoneView):
    """A LINE chat on a phone.

    Signals:
        tapped: the opened menu was tapped; x and y from 0 to 1 over the menu's picture.
        action: a place of a message that does something was tapped: the message's index, and LINE's action object.
        menu_toggled: the bar of the menu was tapped; whether the menu is open now. It opens and closes by itself.
        placed: :meth:`menu_rect` may have changed.
    """

    tapped = Signal(float, float)
    action = Signal(int, object)
    menu_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._press: tuple[QPoint, float, int | None, float] | None = None
        self._dragged = False

    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta() / 2
        chat_place = self._in_chat(self._on_screen(event.position()))
        before = self._scrolled, dict(self._pushed)
        if abs(delta.x()) > abs(delta.y()) and chat_place is not None:
            self._push(self._carousel_at(chat_place), -delta.x())
        else:
            self._scroll_to(self._scrolled - delta.y() / self._scale())
        event.setAccepted(before != (self._scrolled, self._pushed))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        page = self._frame().view.height() * 0.9
        moves = {
            Qt.Key.Key_Down: STEP,
            Qt.Key.Key_Up: -STEP,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_Home: -self._scene.height,
            Qt.Key.Key_End: self._scene.height,
        }
        key = Qt.Key(event.key())
        if key in moves:
            self._scroll_to(self._scrolled + moves[key])
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            for one in self._scene.placed:
                self._push(one.index, STEP if key == Qt.Key.Key_Right else -STEP)
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._menu is not None:
            self._toggle_menu()
        else:
            super().keyPressEvent(event)
            return
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        at = self._in_chat(self._on_screen(event.position()))
        index = self._carousel_at(at) if at is not None else None
        pushed = self._pushed.get(index, 0.0) if index is not None else 0.0
        self._press = (event.position().toPoint(), self._scrolled, index, pushed)
        self._dragged = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._press is None:
            return
        start, scrolled, index, pushed = self._press
        way = event.position().toPoint() - start
        if not self._dragged and way.manhattanLength() < DRAG:
            return
        self._dragged = True
        if index is not None:
            self._pushed[index] = pushed
            self._push(index, -way.x() / self._scale())
        self._scroll_to(scrolled - way.y() / self._scale())
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._press is not None and not self._dragged:
            self._tap(self._on_screen(event.position()))
        self._press = None

    def _tap(self, at: QPointF) -> None:
        frame = self._frame()
        if self._menu is not None and frame.bar.contains(at):
            self._toggle_menu()
            return
        area = frame.menu_area
        if not area.isEmpty() and area.contains(at):
            self.tapped.emit((at.x() - area.x()) / area.width(), (at.y() - area.y()) / area.height())
            return
        inside = self._in_chat(at)
        if inside is None:
            return
        for index, target in self._scene.targets(self._pushed):
            if target.area.contains(inside):
                self.action.emit(index, dict(target.action))
                return

    def _toggle_menu(self) -> None:
        if self._menu is not None:
            self._menu = replace(self._menu, opened=not self._menu.opened)
            self._rearranged()
            self.menu_toggled.emit(self._menu.opened)

    def _carousel_at(self, at: QPointF) -> int | None:
        for one in self._scene.placed:
            if one.piece.travel and one.area.top() <= at.y() <= one.area.bottom():
                return one.index
        return None

    def _push(self, index: int | None, way: float) -> None:
        for one in self._scene.placed:
            if one.index == index and one.piece.travel:
                self._pushed[index] = min(max(0.0, self._pushed.get(index, 0.0) + way), one.piece.travel)
