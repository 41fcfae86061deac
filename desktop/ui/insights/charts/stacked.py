"""Columns made of parts that add up: how many people of each class there were, month by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from desktop.ui import theme
from desktop.ui.insights.charts.axes import draw_levels, draw_names
from desktop.ui.insights.charts.chart import Chart
from desktop.ui.insights.charts.scale import Scale, scale_for


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name at the axis, its parts from below, its words when hovered."""

    name: str
    parts: tuple[int, ...]
    words: str


class StackedColumns(Chart):
    """See the module.

    Args:
        name: what it shows.
        colours: for each part, the name of a tag colour.
    """

    def __init__(self, name: str, colours: Sequence[str]) -> None:
        super().__init__(name)
        self._colours = tuple(colours)
        self._columns: tuple[Column, ...] = ()
        self._scale = Scale(0, 1, 1)

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Show these columns from left to right."""
        self._columns = tuple(columns)
        self._scale = scale_for(0, max((sum(column.parts) for column in columns), default=1))
        self.point_at(None)
        self.update()

    def values(self) -> int:
        return len(self._columns)

    def spoken(self, index: int) -> str:
        return self._columns[index].words

    def numbers(self) -> Sequence[Sequence[str]]:
        return [(column.name, *(str(part) for part in column.parts)) for column in self._columns]

    def place(self, index: int) -> QPointF:
        plot = self.plot()
        height = self._scale.share(sum(self._columns[index].parts)) * plot.height()
        return QPointF(self._left(index) + self._width() / 2, plot.bottom() - height)

    def draw(self, painter: QPainter) -> None:
        if not self._columns:
            return
        plot = self.plot()
        draw_levels(painter, plot, self._scale)
        draw_names(
            painter, plot, [(self.place(at).x(), column.name) for at, column in enumerate(self._columns)]
        )
        for index, column in enumerate(self._columns):
            bottom = plot.bottom()
            for part, colour in zip(column.parts, self._colours, strict=True):
                height = self._scale.share(part) * plot.height()
                box = QRectF(self._left(index), bottom - height, self._width(), height)
                soft, strong = theme.tag_pair(colour)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.fillRect(box, strong if index == self.pointed else soft)
                painter.fillRect(QRectF(box.left(), box.top(), box.width(), min(height, theme.px(2))), strong)
                bottom -= height

    def _width(self) -> float:
        return min(theme.px(44), self.plot().width() / max(1, len(self._columns)) * 0.7)

    def _left(self, index: int) -> float:
        room = self.plot().width() / max(1, len(self._columns))
        return self.plot().left() + room * index + (room - self._width()) / 2
