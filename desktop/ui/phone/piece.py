"""What a chat is put together from: pieces that know their size, draw themselves, and tell where a tap does something."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any, Protocol

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath

from desktop.text import t
from desktop.ui import icons
from desktop.ui.phone.look import Look
from desktop.ui.phone.text_block import Style, TextBlock

Pictures = Callable[[str], QImage | None]
"""The picture behind an address of a message, None where it is not there (yet)."""

RADIUS = 17.0
"""Corner of LINE's balloons and cards, in points."""


@dataclass(frozen=True, slots=True)
class CouponFace:
    """What a coupon shows in the chat; a message object names only its number.

    Args:
        title: what it gives.
        until: until when it can be used, as it is to be read; "" shows none.
        picture: address of its picture; "" for none.
    """

    title: str
    until: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A place that does something when tapped: the area within its piece, and the action as LINE's object."""

    area: QRectF
    action: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Setting:
    """What pieces are drawn with.

    Args:
        look: device, theme, text size, language.
        pictures: what is behind addresses.
        coupons: what is behind coupon numbers.
        room: points from the left edge of balloons to the right edge of the screen.
    """

    look: Look
    pictures: Pictures
    coupons: Callable[[str], CouponFace | None]
    room: float


class Piece(Protocol):
    """A message in the chat. ``travel``: points it can be pushed to the left, 0 for all but carousels."""

    width: float
    height: float
    travel: float

    def paint(self, painter: QPainter, x: float, y: float, *, tail: bool) -> None:
        """Draw it with its upper left corner there, with the tail of a first balloon or without."""

    def targets(self) -> list[Target]:
        """Where a tap does something."""


def rounded(area: QRectF, radius: float = RADIUS) -> QPainterPath:
    """An area with rounded corners."""
    path = QPainterPath()
    path.addRoundedRect(area, radius, radius)
    return path


def paint_rounded(painter: QPainter, area: QRectF, radius: float, draw: Callable[[QPainter], object]) -> None:
    """Draw something cut to an area with rounded corners. Qt's own clipping leaves ragged corners, a layer does not.

    Args:
        draw: is given a painter with the same coordinates.
    """
    ratio = painter.worldTransform().m11() * painter.device().devicePixelRatioF()
    width, height = ceil(area.width() * ratio), ceil(area.height() * ratio)
    if width < 1 or height < 1:
        return
    layer = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    layer.fill(Qt.GlobalColor.transparent)
    inside = QPainter(layer)
    inside.setRenderHints(
        QPainter.RenderHint.Antialiasing
        | QPainter.RenderHint.TextAntialiasing
        | QPainter.RenderHint.SmoothPixmapTransform
    )
    inside.scale(ratio, ratio)
    inside.translate(-area.topLeft())
    draw(inside)
    mask = QImage(layer.size(), layer.format())
    mask.fill(Qt.GlobalColor.transparent)
    cutter = QPainter(mask)
    cutter.setRenderHint(QPainter.RenderHint.Antialiasing)
    cutter.scale(ratio, ratio)
    cutter.fillPath(rounded(QRectF(0, 0, area.width(), area.height()), radius), Qt.GlobalColor.black)
    cutter.end()
    inside.resetTransform()
    inside.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    inside.drawImage(0, 0, mask)
    inside.end()
    painter.drawImage(QRectF(area.x(), area.y(), width / ratio, height / ratio), layer)


def paint_picture(
    painter: QPainter, area: QRectF, image: QImage | None, look: Look, *, cover: bool = True
) -> None:
    """Draw a picture into an area, cut to it or fitted into it; grey with a sign where there is none."""
    painter.fillRect(area, look.colour("placeholder"))
    if image is None or image.isNull():
        side = min(40.0, area.width() / 3, area.height() / 2)
        place = QRectF(area.center().x() - side / 2, area.center().y() - side / 2, side, side)
        icons.paint(painter, place, "file", look.colour("placeholder_ink"))
        return
    width, height = image.width(), image.height()
    scale = (max if cover else min)(area.width() / width, area.height() / height)
    painter.save()
    painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    shown = QRectF(0, 0, width * scale, height * scale)
    shown.moveCenter(area.center())
    painter.drawImage(shown, shrunk(painter, image, shown))
    painter.restore()


def shrunk(painter: QPainter, image: QImage, shown: QRectF) -> QImage:
    """The picture at the size it is drawn at: a large one drawn small in one go would be ragged."""
    ratio = painter.worldTransform().m11() * painter.device().devicePixelRatioF()
    width, height = round(shown.width() * ratio), round(shown.height() * ratio)
    if width < 1 or height < 1 or image.width() <= width * 1.5:
        return image
    return image.scaled(
        width, height, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )


class Note:
    """A message of a kind that is not drawn: its alternative text, or that it is not shown here."""

    travel = 0.0

    def __init__(self, message: Mapping[str, Any], setting: Setting) -> None:
        self._look = setting.look
        text = str(message.get("altText") or t("phone.not_shown"))
        style = Style(setting.look.font(13, zoomed=True), setting.look.colour("placeholder_ink"))
        self._text = TextBlock(text, style, setting.room - 96)
        self.width = self._text.width + 24
        self.height = self._text.height + 18

    def paint(self, painter: QPainter, x: float, y: float, *, tail: bool) -> None:
        painter.fillPath(rounded(QRectF(x, y, self.width, self.height)), self._look.colour("placeholder"))
        self._text.paint(painter, x + 12, y + 9)

    def targets(self) -> list[Target]:
        return []
