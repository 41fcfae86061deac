"""The quiet lines and labels at the edges of a chart."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from desktop.ui import theme
from desktop.ui.insights.charts.scale import Scale, short_number


def draw_levels(
    painter: QPainter, plot: QRectF, scale: Scale, words: Callable[[float], str] = short_number
) -> None:
    """Draw a hairline for each tick of the upright axis, its label at the left."""
    metrics = painter.fontMetrics()
    for tick in scale.ticks:
        y = plot.bottom() - scale.share(tick) * plot.height()
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        painter.setPen(theme.colour("muted"))
        box = QRectF(0, y - metrics.height() / 2, plot.left() - theme.px(8), metrics.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words(tick))


def draw_names(painter: QPainter, plot: QRectF, names: Sequence[tuple[float, str]]) -> None:
    """Write names below the level axis, each at its x; those that would touch the one before are left out."""
    metrics = painter.fontMetrics()
    painter.setPen(theme.colour("muted"))
    free_from = 0.0
    for x, name in names:
        width = metrics.horizontalAdvance(name)
        left = min(max(x - width / 2, 0.0), plot.right() + theme.px(10) - width)
        if left < free_from:
            continue
        painter.drawText(QPointF(left, plot.bottom() + metrics.height() * 1.25), name)
        free_from = left + width + theme.px(10)
