"""Pictures, videos and rich messages (picture maps) in the chat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QPolygonF

from desktop.ui.phone.balloons import TIME_ROOM
from desktop.ui.phone.piece import Setting, Target, paint_picture, paint_rounded

PICTURE_RADIUS = 15.0
MAP_RADIUS = 10.0
TALLEST = 1.4
"""A picture taller than this many times its width is cut in the chat; a tap shows it whole."""

MAP_WIDTH = 1040.0
"""The grid of a picture map's areas (Messaging API reference, "Imagemap message": baseSize.width must be 1040)."""


class PicturePiece:
    """An image or a video: what stands behind the preview address, as wide as the chat allows.

    Args:
        message: LINE's object of type image or video.
        setting: what it is drawn with.
    """

    travel = 0.0

    def __init__(self, message: Mapping[str, Any], setting: Setting) -> None:
        self._look = setting.look
        self._video = message.get("type") == "video"
        address = message.get("previewImageUrl") or message.get("originalContentUrl") or ""
        self._image: QImage | None = setting.pictures(str(address))
        widest = min(setting.room - TIME_ROOM, 244.0)
        ratio = 0.75
        if self._image is not None and self._image.width():
            ratio = self._image.height() / self._image.width()
        self.width = widest if ratio <= 1 else max(150.0, widest / min(ratio, TALLEST) ** 0.5)
        self.height = self.width * min(max(ratio, 0.35), TALLEST)

    def paint(self, painter: QPainter, x: float, y: float, *, tail: bool) -> None:
        area = QRectF(x, y, self.width, self.height)
        paint_rounded(
            painter, area, PICTURE_RADIUS, lambda inside: paint_picture(inside, area, self._image, self._look)
        )
        if self._video:
            self._paint_play(painter, area.center())

    def targets(self) -> list[Target]:
        return []

    def _paint_play(self, painter: QPainter, at: QPointF) -> None:
        shade = self._look.colour("shade")
        shade.setAlphaF(0.55)
        painter.save()
        painter.setPen(self._look.colour("shade_ink"))
        painter.setBrush(shade)
        painter.drawEllipse(at, 24, 24)
        painter.setBrush(self._look.colour("shade_ink"))
        painter.drawPolygon(
            QPolygonF([at + QPointF(-7, -11), at + QPointF(-7, 11), at + QPointF(12, 0)]),
        )
        painter.restore()


class MapPiece:
    """A rich message.

    Args:
        message: LINE's object of type imagemap; ``baseUrl`` is what ``pictures`` is asked for.
        setting: what it is drawn with.
    """

    travel = 0.0

    def __init__(self, message: Mapping[str, Any], setting: Setting) -> None:
        self._look = setting.look
        self._image = setting.pictures(str(message.get("baseUrl", "")))
        size = message.get("baseSize") or {}
        self._scale = min(setting.room - 24.0, 300.0) / MAP_WIDTH
        self.width = MAP_WIDTH * self._scale
        self.height = max(40.0, float(size.get("height") or MAP_WIDTH) * self._scale)
        self._actions = list(message.get("actions") or ())
        self._video = bool(message.get("video"))

    def paint(self, painter: QPainter, x: float, y: float, *, tail: bool) -> None:
        area = QRectF(x, y, self.width, self.height)
        paint_rounded(
            painter, area, MAP_RADIUS, lambda inside: paint_picture(inside, area, self._image, self._look)
        )

    def targets(self) -> list[Target]:
        found = []
        for action in self._actions:
            area = action.get("area") or {}
            sides = [float(area.get(side, 0)) * self._scale for side in ("x", "y", "width", "height")]
            found.append(Target(QRectF(*sides), action))
        return found
