"""Cards with pictures, texts and buttons: the buttons, confirm and carousel templates, and coupons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from desktop.text import t
from desktop.ui.phone.piece import RADIUS, CouponFace, Setting, Target, paint_picture, paint_rounded, rounded
from desktop.ui.phone.text_block import Style, TextBlock

CARD_WIDTH = 258.0
COLUMN_WIDTH = 236.0
GAP = 8.0
BUTTON_HEIGHT = 42.0
EDGE = 14.0
RATIOS = {"rectangle": 1 / 1.51, "square": 1.0}
"""Height over width of a template's picture (Messaging API reference, "imageAspectRatio")."""


class Card:
    """One card: picture, title, text, buttons.

    Args:
        content: a buttons or confirm template, or a column of a carousel.
        setting: what it is drawn with.
        width: points.
        shape: the template's ``imageAspectRatio`` and ``imageSize``, which for a carousel stand beside its columns.
    """

    def __init__(
        self, content: Mapping[str, Any], setting: Setting, width: float, shape: tuple[str, str]
    ) -> None:
        look = setting.look
        self._look = look
        self.width = width
        address = content.get("thumbnailImageUrl")
        self._image: QImage | None = setting.pictures(str(address)) if address else None
        self._picture_height = width * RATIOS.get(shape[0], RATIOS["rectangle"]) if address else 0.0
        self._cover = shape[1] != "contain"
        room = width - 2 * EDGE
        title = str(content.get("title") or "")
        bold = Style(look.font(15, bold=True, zoomed=True), look.colour("card_ink"), lines=2)
        plain = Style(look.font(13, zoomed=True), look.colour("card_muted" if title else "card_ink"))
        self._texts = [TextBlock(title, bold, room)] if title else []
        text = str(content.get("text") or "")
        if text:
            self._texts.append(TextBlock(text, plain, room))
        self._actions: list[Mapping[str, Any]] = list(content.get("actions") or ())
        self._default = content.get("defaultAction")
        label = Style(look.font(14.5), look.colour("card_button"), lines=1, centred=True)
        self._labels = [TextBlock(str(one.get("label") or ""), label, room) for one in self._actions]
        texts = sum(block.height for block in self._texts) + 4 * max(0, len(self._texts) - 1)
        self._text_height = texts + 2 * EDGE if self._texts else 0.0
        self.height = self._picture_height + self._text_height + BUTTON_HEIGHT * len(self._actions)

    def paint(self, painter: QPainter, x: float, y: float, height: float) -> None:
        """Draw it ``height`` points high: cards beside each other are as high as the highest, buttons at the foot."""
        area = QRectF(x, y, self.width, height)
        paint_rounded(painter, area, RADIUS, lambda inside: self._paint(inside, area))

    def _paint(self, painter: QPainter, area: QRectF) -> None:
        x, y, height = area.x(), area.y(), area.height()
        painter.fillRect(area, self._look.colour("card"))
        if self._picture_height:
            picture = QRectF(x, y, self.width, self._picture_height)
            paint_picture(painter, picture, self._image, self._look, cover=self._cover)
        at = y + self._picture_height + EDGE
        for block in self._texts:
            block.paint(painter, x + EDGE, at)
            at += block.height + 4
        top = y + height - BUTTON_HEIGHT * len(self._actions)
        for number, label in enumerate(self._labels):
            line = top + number * BUTTON_HEIGHT
            painter.setPen(self._look.colour("card_line"))
            painter.drawLine(QLineF(x, line, x + self.width, line))
            label.paint(painter, x + EDGE, line + (BUTTON_HEIGHT - label.height) / 2)

    def targets(self, x: float, height: float) -> list[Target]:
        """Its buttons, and what a tap above them does, ``x`` points from the left of the message."""
        top = height - BUTTON_HEIGHT * len(self._actions)
        found = [
            Target(QRectF(x, top + number * BUTTON_HEIGHT, self.width, BUTTON_HEIGHT), action)
            for number, action in enumerate(self._actions)
        ]
        if self._default:
            found.append(Target(QRectF(x, 0, self.width, top), self._default))
        return found


class CardPiece:
    """A template message of one card or of several beside each other.

    Args:
        message: LINE's object of type template: buttons, confirm or carousel.
        setting: what it is drawn with.
    """

    def __init__(self, message: Mapping[str, Any], setting: Setting) -> None:
        template = message.get("template") or {}
        shape = (str(template.get("imageAspectRatio", "rectangle")), str(template.get("imageSize", "cover")))
        columns: Sequence[Mapping[str, Any]] = template.get("columns") or (template,)
        width = min(CARD_WIDTH if len(columns) == 1 else COLUMN_WIDTH, setting.room - 40)
        self.cards = [Card(column, setting, width, shape) for column in columns]
        self.height = max((card.height for card in self.cards), default=40.0)
        self.width = len(self.cards) * (width + GAP) - GAP
        self.travel = max(0.0, self.width - (setting.room - 12.0))

    def paint(self, painter: QPainter, x: float, y: float, *, tail: bool) -> None:
        for number, card in enumerate(self.cards):
            card.paint(painter, x + number * (card.width + GAP), y, self.height)

    def targets(self) -> list[Target]:
        return [
            target
            for number, card in enumerate(self.cards)
            for target in card.targets(number * (card.width + GAP), self.height)
        ]


class PictureCarousel:
    """Square pictures beside each other, each with a word on it.

    Args:
        message: LINE's object of type template: image_carousel.
        setting: what it is drawn with.
    """

    def __init__(self, message: Mapping[str, Any], setting: Setting) -> None:
        look = setting.look
        self._look = look
        self._columns = list((message.get("template") or {}).get("columns") or ())
        self._side = min(COLUMN_WIDTH, setting.room - 40)
        self._images = [setting.pictures(str(column.get("imageUrl") or "")) for column in self._columns]
        style = Style(look.font(13), look.colour("shade_ink"), lines=1)
        self._labels = [
            TextBlock(str((column.get("action") or {}).get("label") or ""), style, self._side - 48)
            for column in self._columns
        ]
        self.height = self._side
        self.width = max(1, len(self._columns)) * (self._side + GAP) - GAP
        self.travel = max(0.0, self.width - (setting.room - 12.0))

    def paint(self, painter: QPainter, x: float, y: float, *, tail: bool) -> None:
        for number, (image, label) in enumerate(zip(self._images, self._labels, strict=True)):
            area = QRectF(x + number * (self._side + GAP), y, self._side, self._side)
            paint_rounded(
                painter, area, RADIUS, partial(paint_picture, area=area, image=image, look=self._look)
            )
            if label.text:
                pill = QRectF(0, 0, label.width + 24, label.height + 12)
                pill.moveCenter(QPointF(area.center().x(), area.bottom() - 14 - pill.height() / 2))
                shade = self._look.colour("shade")
                shade.setAlphaF(0.6)
                painter.fillPath(rounded(pill, pill.height() / 2), shade)
                label.paint(painter, pill.x() + 12, pill.y() + 6)

    def targets(self) -> list[Target]:
        return [
            Target(QRectF(number * (self._side + GAP), 0, self._side, self._side), column.get("action") or {})
            for number, column in enumerate(self._columns)
        ]


class CouponPiece:
    """A coupon: its picture, what it gives, until when, and the button that opens it.

    Args:
        message: LINE's object of type coupon; it names only a number, ``setting.coupons`` knows what that shows.
        setting: what it is drawn with.
    """

    travel = 0.0

    def __init__(self, message: Mapping[str, Any], setting: Setting) -> None:
        look = setting.look
        self._look = look
        found = setting.coupons(str(message.get("couponId") or ""))
        face = found or CouponFace(t("phone.coupon"))
        self.width = min(CARD_WIDTH, setting.room - 40)
        room = self.width - 2 * EDGE
        self._image = setting.pictures(face.picture) if face.picture else None
        self._picture_height = self.width * 0.5
        self._word = TextBlock(
            t("phone.coupon"), Style(look.font(13, bold=True), look.colour("coupon_ink"), lines=1), room
        )
        self._mark = TextBlock(
            face.title,
            Style(look.font(19, bold=True), look.colour("coupon_ink"), lines=2, centred=True),
            room,
        )
        title = Style(look.font(15, bold=True, zoomed=True), look.colour("card_ink"), lines=2)
        muted = Style(look.font(12, zoomed=True), look.colour("card_muted"), lines=2)
        self._texts = [TextBlock(face.title, title, room)]
        if face.until:
            self._texts.append(TextBlock(face.until, muted, room))
        style = Style(look.font(14.5), look.colour("card_button"), lines=1, centred=True)
        self._button = TextBlock(t("phone.open_coupon"), style, room)
        texts = sum(block.height for block in self._texts) + 4 * (len(self._texts) - 1)
        self.height = self._picture_height + texts + 2 * EDGE + BUTTON_HEIGHT

    def paint(self, painter: QPainter, x: float, y: float, *, tail: bool) -> None:
        area = QRectF(x, y, self.width, self.height)
        paint_rounded(painter, area, RADIUS, lambda inside: self._paint(inside, area))

    def _paint(self, painter: QPainter, area: QRectF) -> None:
        x, y = area.x(), area.y()
        painter.fillRect(area, self._look.colour("card"))
        picture = QRectF(x, y, self.width, self._picture_height)
        if self._image is not None:
            paint_picture(painter, picture, self._image, self._look)
        else:
            painter.fillRect(picture, self._look.colour("coupon"))
            self._word.paint(painter, x + EDGE, y + 10)
            self._mark.paint(painter, x + EDGE, y + 8 + (picture.height() - self._mark.height) / 2)
        at = y + self._picture_height + EDGE
        for block in self._texts:
            block.paint(painter, x + EDGE, at)
            at += block.height + 4
        line = y + self.height - BUTTON_HEIGHT
        painter.setPen(self._look.colour("card_line"))
        painter.drawLine(QLineF(x, line, x + self.width, line))
        self._button.paint(painter, x + EDGE, line + (BUTTON_HEIGHT - self._button.height) / 2)

    def targets(self) -> list[Target]:
        return []
