"""Texts in balloons: the account's with a tail towards its picture, the friend's own in green."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath

from desktop.ui.phone.piece import RADIUS, Setting, Target, rounded
from desktop.ui.phone.text_block import Style, TextBlock

SIDE, TOP = 12.0, 9.0
"""Room around the text."""

TIME_ROOM = 62.0
"""Points right of a balloon that the time needs."""


class TextBalloon:
    """A text message.

    Args:
        message: LINE's object of type text (or textV2).
        setting: what it is drawn with.
        own: whether the friend wrote it.
    """

    travel = 0.0

    def __init__(self, message: Mapping[str, Any], setting: Setting, *, own: bool = False) -> None:
        look = setting.look
        self._look, self._own = look, own
        ink = look.colour("own_ink" if own else "bubble_ink")
        style = Style(
            look.font(look.device.text, zoomed=True), ink, link=None if own else look.colour("link")
        )
        self.text = TextBlock(str(message.get("text", "")), style, setting.room - TIME_ROOM - 2 * SIDE)
        self.height = max(36.0, self.text.height + 2 * TOP)
        self.width = max(self.text.width + 2 * SIDE, 38.0)

    def paint(self, painter: QPainter, x: float, y: float, *, tail: bool) -> None:
        area = QRectF(x, y, self.width, self.height)
        shape = rounded(area, min(RADIUS, self.height / 2))
        if tail:
            shape = shape.united(_tail(area, own=self._own))
        painter.fillPath(shape, self._look.colour("own_bubble" if self._own else "bubble"))
        self.text.paint(painter, x + SIDE, y + (self.height - self.text.height) / 2)

    def targets(self) -> list[Target]:
        return []


def _tail(area: QRectF, *, own: bool) -> QPainterPath:
    """The little horn at the upper corner beside who speaks."""
    side = -1.0 if own else 1.0
    edge = area.right() if own else area.left()
    top = area.top()
    path = QPainterPath(QPointF(edge + side * 14, top + 0.6))
    path.quadTo(QPointF(edge + side * 5, top + 2.4), QPointF(edge - side * 5.5, top + 1.2))
    path.quadTo(QPointF(edge - side * 1.5, top + 7), QPointF(edge, top + 17))
    path.lineTo(QPointF(edge + side * 14, top + 17))
    path.closeSubpath()
    return path
