"""A line over time or over shares: growth, movement, revenue concentration."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from desktop.ui import theme
from desktop.ui.i18n import number
from desktop.ui.insights.charts.axes import draw_levels, draw_names
from desktop.ui.insights.charts.chart import Chart
from desktop.ui.insights.charts.scale import Scale, scale_for, short_number

FEW, MANY = (1, 2, 3, 4, 6, 12), (5, 10, 20, 25, 50)
"""Names are written at every so many points: of months, and of more."""


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a line; ``x`` in any unit that grows to the right, ``name`` for the axis and the words."""

    x: float
    y: float
    name: str


class LineChart(Chart):
    """See the module.

    Args:
        name: what it shows.
        words: a value in words, for hovering.
        edge_words: a value at the left axis.
        from_zero: whether the axis begins at 0.
        role: the line's colour.
    """

    def __init__(
        self,
        name: str,
        *,
        words: Callable[[Point], str] | None = None,
        edge_words: Callable[[float], str] = short_number,
        from_zero: bool = False,
        role: str = "accent",
    ) -> None:
        super().__init__(name)
        self._points: tuple[Point, ...] = ()
        self._scale = Scale(0, 1, 1)
        self._words = words or (lambda point: f"{point.name}　{number(point.y)}")
        self._edge_words = edge_words
        self._from_zero = from_zero
        self._role = role

    def show_points(self, points: Sequence[Point]) -> None:
        """Show these values, in the order of x."""
        self._points = tuple(points)
        ys = [point.y for point in points]
        if ys:
            self._scale = scale_for(min(ys), max(ys), from_zero=self._from_zero)
        self.point_at(None)
        self.update()

    def values(self) -> int:
        return len(self._points)

    def spoken(self, index: int) -> str:
        return self._words(self._points[index])

    def numbers(self) -> Sequence[Sequence[str]]:
        return [(point.name, f"{point.y:g}") for point in self._points]

    def label_width(self) -> int:
        widths = [self.fontMetrics().horizontalAdvance(self._edge_words(tick)) for tick in self._scale.ticks]
        return max(super().label_width(), *widths)

    def place(self, index: int) -> QPointF:
        plot, point = self.plot(), self._points[index]
        first, last = self._points[0].x, self._points[-1].x
        across = (point.x - first) / (last - first) if last > first else 0.5
        return QPointF(
            plot.left() + across * plot.width(), plot.bottom() - self._scale.share(point.y) * plot.height()
        )

    def draw(self, painter: QPainter) -> None:
        if not self._points:
            return
        plot = self.plot()
        draw_levels(painter, plot, self._scale, self._edge_words)
        places = [self.place(index) for index in range(len(self._points))]
        draw_names(painter, plot, self._names(places))
        colour = theme.colour(self._role)
        painter.setPen(QPen(colour, theme.px(2), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(places))
        marked = [self.pointed] if self.pointed is not None else []
        for index in marked or ([0] if len(places) == 1 else []):
            painter.setBrush(colour)
            painter.drawEllipse(places[index], theme.px(4), theme.px(4))

    def _names(self, places: Sequence[QPointF]) -> list[tuple[float, str]]:
        room = max(1, int(self.plot().width() // (self.fontMetrics().horizontalAdvance("2026/12") * 1.6)))
        least = max(1, -(-len(places) // room))
        nice = FEW if len(places) <= FEW[-1] * 2 + 1 else MANY
        every = next((step for step in nice if step >= least), least)
        return [
            (place.x(), point.name)
            for index, (place, point) in enumerate(zip(places, self._points, strict=True))
            if index % every == 0
        ]
