"""How often each size of something occurs, with lines at what divides it; one line may be dragged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen

from desktop.ui import theme
from desktop.ui.i18n import number
from desktop.ui.insights.charts.axes import draw_levels, draw_names
from desktop.ui.insights.charts.chart import Chart
from desktop.ui.insights.charts.scale import Scale, scale_for

GRIP = 6


@dataclass(frozen=True, slots=True)
class Bar:
    """``count`` of sizes from ``low`` to below ``high``; ``words`` when hovered."""

    low: float
    high: float
    count: int
    words: str


@dataclass(frozen=True, slots=True)
class Mark:
    """An upright line at ``at``, with a caption."""

    at: float
    caption: str
    draggable: bool = False


class Histogram(Chart):
    """See the module; ``moved`` tells while a line is dragged where it is, ``dropped`` where it was let go."""

    moved = Signal(int)
    dropped = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._bars: tuple[Bar, ...] = ()
        self._marks: tuple[Mark, ...] = ()
        self._scale = Scale(0, 1, 1)
        self._dragged: float | None = None

    def show_bars(self, bars: Sequence[Bar], marks: Sequence[Mark] = ()) -> None:
        """Show these bars (side by side, from below) and lines."""
        self._bars, self._marks = tuple(bars), tuple(marks)
        self._scale = scale_for(0, max((bar.count for bar in bars), default=1))
        self._dragged = None
        self.point_at(None)
        self.update()

    def values(self) -> int:
        return len(self._bars)

    def spoken(self, index: int) -> str:
        return self._bars[index].words

    def numbers(self) -> Sequence[Sequence[str]]:
        return [(f"{bar.low:g}", f"{bar.high:g}", str(bar.count)) for bar in self._bars]

    def plot(self) -> QRectF:
        room = self.fontMetrics().height() * 1.3 if self._marks else 0.0
        return super().plot().adjusted(0, room, 0, 0)

    def place(self, index: int) -> QPointF:
        bar, plot = self._bars[index], self.plot()
        return QPointF(
            self._x((bar.low + bar.high) / 2), plot.bottom() - self._scale.share(bar.count) * plot.height()
        )

    def sizeHint(self) -> QSize:
        return QSize(theme.px(420), theme.px(210))

    def draw(self, painter: QPainter) -> None:
        if not self._bars:
            return
        plot = self.plot()
        draw_levels(painter, plot, self._scale)
        painter.setPen(Qt.PenStyle.NoPen)
        boundary = self._boundary()
        for index, bar in enumerate(self._bars):
            left, right = self._x(bar.low), self._x(bar.high)
            height = self._scale.share(bar.count) * plot.height()
            inside = boundary is None or bar.low < boundary
            painter.setBrush(theme.colour("funnel" if inside else "track"))
            if index == self.pointed:
                painter.setBrush(theme.colour("accent"))
            painter.drawRect(QRectF(left + 0.5, plot.bottom() - height, max(1.0, right - left - 1), height))
        draw_names(painter, plot, self._ticks())
        for mark in self._marks:
            self._draw_mark(painter, mark)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        mark = next((mark for mark in self._marks if mark.draggable), None)
        if mark is not None and abs(event.position().x() - self._x(mark.at)) <= theme.px(GRIP):
            self._dragged = mark.at
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is None:
            mark = next((mark for mark in self._marks if mark.draggable), None)
            near = mark is not None and abs(event.position().x() - self._x(mark.at)) <= theme.px(GRIP)
            self.setCursor(Qt.CursorShape.SplitHCursor if near else Qt.CursorShape.ArrowCursor)
            super().mouseMoveEvent(event)
            return
        self._move_to(self._value(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            at, self._dragged = round(self._dragged), None
            self.dropped.emit(at)
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        mark = next((mark for mark in self._marks if mark.draggable), None)
        if step is None or mark is None:
            super().keyPressEvent(event)
            return
        self._move_to(mark.at + step)
        at, self._dragged = round(self._boundary() or mark.at), None
        self.dropped.emit(at)

    def _move_to(self, value: float) -> None:
        low, high = self._bars[0].low, self._bars[-1].high
        self._dragged = min(max(value, max(1.0, low)), high)
        self.moved.emit(round(self._dragged))
        self.update()

    def _boundary(self) -> float | None:
        if self._dragged is not None:
            return self._dragged
        return next((mark.at for mark in self._marks if mark.draggable), None)

    def _x(self, value: float) -> float:
        plot = self.plot()
        low, high = self._bars[0].low, self._bars[-1].high
        return plot.left() + min(max((value - low) / (high - low), 0.0), 1.0) * plot.width()

    def _value(self, x: float) -> float:
        plot = self.plot()
        low, high = self._bars[0].low, self._bars[-1].high
        return low + (x - plot.left()) / plot.width() * (high - low)

    def _ticks(self) -> list[tuple[float, str]]:
        along = scale_for(self._bars[0].low, self._bars[-1].high, most_ticks=8)
        return [(self._x(tick), number(tick)) for tick in along.ticks if tick <= self._bars[-1].high]

    def _draw_mark(self, painter: QPainter, mark: Mark) -> None:
        plot = self.plot()
        x = self._x(self._dragged if mark.draggable and self._dragged is not None else mark.at)
        role = "accent" if mark.draggable else "muted"
        style = Qt.PenStyle.SolidLine if mark.draggable else Qt.PenStyle.DashLine
        painter.setPen(QPen(theme.colour(role), theme.px(2) if mark.draggable else 1, style))
        painter.drawLine(QPointF(x, plot.top() - theme.px(4)), QPointF(x, plot.bottom()))
        width = painter.fontMetrics().horizontalAdvance(mark.caption)
        left = min(max(0.0, x - width / 2), self.width() - width - 1.0)
        line = 0 if mark.draggable else 1
        painter.setPen(theme.colour("accent_text" if mark.draggable else "muted"))
        painter.drawText(QPointF(left, painter.fontMetrics().ascent() + line * 0.0), mark.caption)
