"""The handle at the left of every line and group: drag it to move the line, press it (or Return) for what can be done to it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy

from desktop.ui import theme

WIDTH = 24
DOT = 1.5
GAP = 5


class Grip(QAbstractButton):
    """``lifted``: a drag begins; ``carried(place)`` and ``dropped(place)`` on the screen; ``let_go``: the drag was given up;
    ``clicked`` as any button."""

    lifted = Signal()
    carried = Signal(QPoint)
    dropped = Signal(QPoint)
    let_go = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._pressed_at: QPoint | None = None
        self._dragging = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """What it moves, for who cannot see it."""
        self.setAccessibleName(name)
        self.setToolTip(name)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(WIDTH), max(theme.px(28), self.fontMetrics().height() + theme.px(14)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed_at is None:
            return
        here = event.position().toPoint()
        far = (here - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
        if far and not self._dragging:
            self._dragging = True
            self.setDown(False)
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.lifted.emit()
        if self._dragging:
            self.carried.emit(event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = None
        if self._dragging:
            self._end()
            self.dropped.emit(event.globalPosition().toPoint())
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._dragging:
            if event.key() == Qt.Key.Key_Escape:
                self._pressed_at = None
                self._end()
                self.let_go.emit()
            event.accept()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def _end(self) -> None:
        self._dragging = False
        self.setDown(False)
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus() or self.underMouse():
            painter.setPen(theme.colour("focus") if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("hover"))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), theme.px(5), theme.px(5))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("muted"))
        radius, gap = theme.px(10) / 10 * DOT, theme.px(GAP)
        middle = QPointF(self.rect().center()) + QPointF(0.5, 0.5)
        for column in (-0.5, 0.5):
            for row in (-1, 0, 1):
                painter.drawEllipse(middle + QPointF(column * gap, row * gap), radius, radius)
        painter.end()
