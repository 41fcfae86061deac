"""What all charts share: a value under the mouse or reached by the arrow keys is marked and read out, and the whole can be
copied as a picture or as numbers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QMenu, QSizePolicy, QWidget

from desktop.text import t
from desktop.ui import theme


class Chart(QWidget):
    """A drawing of values one can point at.

    Args:
        name: what it shows, for screen readers.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._pointed: int | None = None

    def values(self) -> int:
        """How many values can be pointed at."""
        raise NotImplementedError

    def spoken(self, index: int) -> str:
        """A value in words."""
        raise NotImplementedError

    def place(self, index: int) -> QPointF:
        """Where a value is drawn."""
        raise NotImplementedError

    def draw(self, painter: QPainter) -> None:
        """Draw everything but the mark and the words of the value pointed at."""
        raise NotImplementedError

    def numbers(self) -> Sequence[Sequence[str]]:
        """The values as rows of cells, for copying."""
        return [(self.spoken(index),) for index in range(self.values())]

    @property
    def pointed(self) -> int | None:
        """The value pointed at."""
        return self._pointed

    def point_at(self, index: int | None) -> None:
        """Mark a value and read it out; None: none."""
        if index is not None and not 0 <= index < self.values():
            index = None
        if index == self._pointed:
            return
        self._pointed = index
        self.setAccessibleDescription("" if index is None else self.spoken(index))
        self.update()

    def plot(self) -> QRectF:
        """The part between the axes."""
        line = self.fontMetrics().height()
        left, top = self.label_width() + theme.px(8), line * 0.6
        return QRectF(
            left,
            top,
            max(1.0, self.width() - left - theme.px(10)),
            max(1.0, self.height() - top - line * 1.7),
        )

    def label_width(self) -> int:
        """The room at the left for the labels of the axis."""
        return self.fontMetrics().horizontalAdvance("000k")

    def copy_picture(self) -> None:
        """Put the chart, as it is, on the clipboard."""
        self.point_at(None)
        QApplication.clipboard().setPixmap(self.grab())

    def copy_numbers(self) -> None:
        """Put the values on the clipboard, ready for a spreadsheet."""
        QApplication.clipboard().setText("\n".join("\t".join(row) for row in self.numbers()))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(360), theme.px(190))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(120))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter)
        if self._pointed is not None and self._pointed < self.values():
            self._draw_words(painter, self._pointed)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("focus"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.px(6), theme.px(6))
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.point_at(self._nearest(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self.point_at(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.point_at(None)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = self.values() - 1
        now = self._pointed
        moves = {
            Qt.Key.Key_Left: last if now is None else max(0, now - 1),
            Qt.Key.Key_Right: 0 if now is None else min(last, now + 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_numbers()
        elif event.key() in moves and last >= 0:
            self.point_at(moves[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(t("insights_page.copy_picture"), self.copy_picture)
        menu.addAction(t("insights_page.copy_numbers"), self.copy_numbers)
        menu.popup(event.globalPos())

    def _nearest(self, position: QPointF) -> int | None:
        if not self.values() or not self.plot().adjusted(-8, -8, 8, 8).contains(position):
            return None
        return min(range(self.values()), key=lambda index: abs(self.place(index).x() - position.x()))

    def _draw_words(self, painter: QPainter, index: int) -> None:
        words = self.spoken(index)
        metrics = self.fontMetrics()
        edge = theme.px(6)
        width = metrics.horizontalAdvance(words) + 2 * edge
        height = metrics.height() + edge
        at = self.place(index)
        left = min(max(0.0, at.x() - width / 2), max(0.0, self.width() - width - 1.0))
        above = at.y() - height - theme.px(8)
        top = above if above >= 0 else min(at.y() + theme.px(10), self.height() - height - 1.0)
        box = QRectF(left, top, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("ink"))
        painter.drawRoundedRect(box, theme.px(4), theme.px(4))
        painter.setPen(theme.colour("panel"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
