"""The thin bar that says how far something is."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui import theme

FILLS = {"accent": "accent", "warning": "warning_fill", "error": "error_fill"}


def paint_progress(painter: QPainter, rect: QRectF, share: float, kind: str = "accent") -> None:
    """Draw a bar filled to ``share`` (0 to 1)."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    radius = rect.height() / 2
    painter.setBrush(theme.colour("track"))
    painter.drawRoundedRect(rect, radius, radius)
    if share > 0:
        filled = QRectF(rect)
        filled.setWidth(max(rect.height(), rect.width() * min(share, 1.0)))
        painter.setBrush(theme.colour(FILLS[kind]))
        painter.drawRoundedRect(filled, radius, radius)
    painter.restore()


class ProgressBar(QWidget):
    """A bar of six pixels; with an unknown total it shows a third, which moves on with each report."""

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self._share = 0.0
        self._kind = "accent"
        self._unknown: int | None = None
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set(self, done: int, total: int | None, kind: str = "accent") -> None:
        """Show ``done`` of ``total`` (None: unknown)."""
        self._kind = kind
        self._unknown = None if total else (self._unknown or 0) + 1
        self._share = done / total if total else 0.0
        self.setAccessibleDescription(f"{self._share:.0%}" if total else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect())
        if self._unknown is None:
            paint_progress(painter, area, self._share, self._kind)
        else:
            paint_progress(painter, area, 0.0)
            third = area.width() / 3
            start = (self._unknown % 13) / 12 * (area.width() - third)
            part = QRectF(area.x() + start, area.y(), third, area.height())
            paint_progress(painter, part, 1.0, self._kind)
        painter.end()
