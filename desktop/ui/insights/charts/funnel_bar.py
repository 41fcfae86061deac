"""One stage of the funnel: a bar as wide as its share, the number in it; pressed, it opens the people."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop.ui import theme

HEIGHT = 28


class FunnelBar(QAbstractButton):
    """See the module.

    Args:
        words: the number as it is shown.
        share: of the widest stage, 0 to 1.
        name: what the number is, for screen readers.
    """

    def __init__(self, words: str, share: float, name: str) -> None:
        super().__init__()
        self._share = 0.0
        self.show_part(words, share, name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_part(self, words: str, share: float, name: str) -> None:
        """Show another number."""
        self._share = min(max(share, 0.0), 1.0)
        self.setText(words)
        self.setAccessibleName(f"{name} {words}")
        self.setToolTip(name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(160), theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(80), theme.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area, radius = QRectF(self.rect()), theme.px(5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("track"))
        painter.drawRoundedRect(area, radius, radius)
        if self._share > 0:
            filled = QRectF(area)
            filled.setWidth(max(2.0 * radius, area.width() * self._share))
            painter.setBrush(theme.colour("funnel"))
            painter.drawRoundedRect(filled, radius, radius)
        font = painter.font()
        font.setBold(True)
        font.setUnderline(self.isEnabled() and self.underMouse())
        painter.setFont(font)
        painter.setPen(theme.colour("ink"))
        painter.drawText(
            area.adjusted(theme.px(10), 0, 0, 0),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            self.text(),
        )
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), radius, radius)
        painter.end()
