"""A chat between a shop and a friend: what is in it, and where each part of it stands on the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from desktop.text import t
from desktop.ui.phone.balloons import TextBalloon
from desktop.ui.phone.card_pieces import CardPiece, CouponPiece, PictureCarousel
from desktop.ui.phone.look import Look
from desktop.ui.phone.picture_pieces import MapPiece, PicturePiece
from desktop.ui.phone.piece import (
    CouponFace,
    Note,
    Pictures,
    Piece,
    Setting,
    Target,
    paint_rounded,
    rounded,
    shrunk,
)
from desktop.ui.phone.text_block import Style, TextBlock

AVATAR, AVATAR_LEFT = 36.0, 9.0
LEFT = AVATAR_LEFT + AVATAR + 8
EDGE = 12.0
NEXT, OTHER = 6.0, 14.0
"""Points between messages of the same side, and of the other."""

TIME = "14:32"
"""The phone's clock stands still: the picture of a greeting is the same whenever it is saved."""


@dataclass(frozen=True, slots=True)
class Chat:
    """What a chat shows.

    Args:
        messages: LINE's message objects, as they would be sent.
        account: the account's name.
        avatar: its picture; None draws its first letter.
        pictures: the picture behind an address of a message.
        coupons: what the coupon of a number shows.
        replies: what the friend wrote after them.
        look: how it is drawn.
    """

    messages: tuple[Mapping[str, Any], ...] = ()
    account: str = ""
    avatar: QImage | None = None
    pictures: Pictures = field(default=lambda address: None)
    coupons: Callable[[str], CouponFace | None] = field(default=lambda number: None)
    replies: tuple[str, ...] = ()
    look: Look = field(default_factory=Look)


@dataclass(frozen=True, slots=True)
class Placed:
    """A message on the screen: its place in ``Chat.messages`` (replies follow), where it stands, whether it begins a group."""

    index: int
    piece: Piece
    area: QRectF
    first: bool
    last: bool
    own: bool


def piece_of(message: Mapping[str, Any], setting: Setting) -> Piece:
    """What draws a message object."""
    kind = str(message.get("type", ""))
    if kind == "template":
        kind = str((message.get("template") or {}).get("type", ""))
    makers: dict[str, Callable[[Mapping[str, Any], Setting], Piece]] = {
        "text": TextBalloon,
        "textV2": TextBalloon,
        "image": PicturePiece,
        "video": PicturePiece,
        "imagemap": MapPiece,
        "buttons": CardPiece,
        "confirm": CardPiece,
        "carousel": CardPiece,
        "image_carousel": PictureCarousel,
        "coupon": CouponPiece,
    }
    return makers.get(kind, Note)(message, setting)


def clock(time: str) -> str:
    """The time of day as LINE tells it beside a message.

    Args:
        time: "HH:MM".
    """
    hour, _, minute = time.partition(":")
    shown = f"{int(hour) % 12 or 12}:{minute}"
    return t("phone.morning", time=shown) if int(hour) < 12 else t("phone.afternoon", time=shown)


class Scene:
    """A chat laid out for its screen; y counts from the top of the conversation.

    Args:
        chat: what is in it.
    """

    def __init__(self, chat: Chat) -> None:
        self.chat = chat
        look = chat.look
        self._setting = Setting(look, chat.pictures, chat.coupons, look.device.width - LEFT)
        small = look.font(11)
        self._pill = TextBlock(t("phone.today"), Style(small, look.colour("pill_ink"), lines=1), 200)
        name_style = Style(look.font(12), look.colour("name"), lines=1)
        self._name = TextBlock(chat.account, name_style, look.device.width - LEFT - EDGE)
        time_style = Style(look.font(10.5), look.colour("time"), lines=1)
        self._time = TextBlock(clock(TIME), time_style, 90)
        self._read = TextBlock(t("phone.read"), time_style, 90)
        self.placed = self._place()
        bottom = self.placed[-1].area.bottom() if self.placed else self._top()
        self.height = bottom + OTHER

    def _top(self) -> float:
        return 12 + 22 + 12

    def _place(self) -> list[Placed]:
        chat, placed = self.chat, []
        y = self._top() + (self._name.height + 3 if chat.messages else 0)
        for index, message in enumerate(chat.messages):
            piece = piece_of(message, self._setting)
            area = QRectF(LEFT, y, piece.width, piece.height)
            last = index == len(chat.messages) - 1
            placed.append(Placed(index, piece, area, index == 0, last, own=False))
            y = area.bottom() + NEXT
        y += OTHER - NEXT if chat.replies and chat.messages else 0
        for number, text in enumerate(chat.replies):
            balloon = TextBalloon({"text": text}, self._setting, own=True)
            left = chat.look.device.width - EDGE - balloon.width
            area = QRectF(left, y, balloon.width, balloon.height)
            index, last = len(chat.messages) + number, number == len(chat.replies) - 1
            placed.append(Placed(index, balloon, area, number == 0, last, own=True))
            y = area.bottom() + NEXT
        return placed

    def paint(self, painter: QPainter, view: QRectF, pushed: Mapping[int, float]) -> None:
        """Draw what is seen.

        Args:
            painter: its origin is the top of the conversation.
            view: the part that is seen.
            pushed: by message index, points a carousel is pushed to the left.
        """
        self._paint_pill(painter)
        for one in self.placed:
            if one.area.bottom() < view.top() - 60 or one.area.top() > view.bottom() + 60:
                continue
            if one.first and not one.own:
                self._paint_speaker(painter, one.area.top())
            one.piece.paint(painter, one.area.x() - pushed.get(one.index, 0.0), one.area.y(), tail=one.first)
            if one.last:
                self._paint_time(painter, one)

    def targets(self, pushed: Mapping[int, float]) -> list[tuple[int, Target]]:
        """Everything that does something when tapped: the message's place, and the area in the conversation."""
        found = []
        for one in self.placed:
            for target in one.piece.targets():
                area = target.area.translated(one.area.x() - pushed.get(one.index, 0.0), one.area.y())
                found.append((one.index, Target(area, target.action)))
        return found

    def _paint_pill(self, painter: QPainter) -> None:
        look, text = self.chat.look, self._pill
        pill = QRectF(0, 12, text.width + 22, 22)
        pill.moveLeft((look.device.width - pill.width()) / 2)
        painter.fillPath(rounded(pill, 11), look.colour("pill"))
        text.paint(painter, pill.x() + 11, pill.y() + (22 - text.height) / 2)

    def _paint_speaker(self, painter: QPainter, top: float) -> None:
        self._name.paint(painter, LEFT, top - 3 - self._name.height)
        side = QRectF(AVATAR_LEFT, top - 3 - self._name.height, AVATAR, AVATAR)
        paint_avatar(painter, side, self.chat)

    def _paint_time(self, painter: QPainter, one: Placed) -> None:
        look = self.chat.look
        y = one.area.bottom() - self._time.height
        if one.own:
            left = one.area.left() - 6
            self._time.paint(painter, left - self._time.width, y)
            self._read.paint(painter, left - self._read.width, y - self._read.height)
        elif one.area.right() + 6 + self._time.width <= look.device.width - 4:
            self._time.paint(painter, one.area.right() + 6, y)


def paint_avatar(painter: QPainter, side: QRectF, chat: Chat) -> None:
    """The account's round picture, or its first letter."""
    look, image = chat.look, chat.avatar
    if image is not None and not image.isNull():
        small = shrunk(painter, image, side)
        paint_rounded(painter, side, side.width() / 2, lambda inside: inside.drawImage(side, small))
        return
    painter.fillPath(rounded(side, side.width() / 2), look.colour("avatar"))
    painter.setPen(look.colour("avatar_ink"))
    painter.setFont(look.font(side.width() * 0.44, bold=True))
    painter.drawText(side, Qt.AlignmentFlag.AlignCenter, chat.account.strip()[:1].upper())
