"""One field of a table of numbers: the number on a ground that is the stronger the more revenue stands behind it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy

from desktop.ui import theme


class HeatCell(QPushButton):
    """See the module.

    Args:
        words: the number; "" for an empty field.
        strength: 0 to 1.
        told: what it is, for hovering and screen readers.
    """

    def __init__(self, words: str, strength: float, told: str) -> None:
        super().__init__(words)
        self._strength = min(max(strength, 0.0), 1.0)
        self.setToolTip(told)
        self.setAccessibleName(told)
        self.setEnabled(bool(words))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if words else Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(52), theme.px(32))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(36), theme.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_between(theme.colour("track"), theme.colour("funnel"), self._strength))
        painter.drawRoundedRect(QRectF(self.rect()), theme.px(4), theme.px(4))
        painter.setPen(theme.colour("ink"))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.text())
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.px(4), theme.px(4))
        painter.end()


def _between(low: QColor, high: QColor, share: float) -> QColor:
    # Both ends carry ink with enough contrast (theme.TEXT_PAIRS), so what lies between does too.
    return QColor(
        round(low.red() + (high.red() - low.red()) * share),
        round(low.green() + (high.green() - low.green()) * share),
        round(low.blue() + (high.blue() - low.blue()) * share),
    )
