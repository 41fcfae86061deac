"""The whole phone: frame, clock, header, conversation, and at the bottom the field to write in or the rich menu with its bar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen

from desktop.ui import icons
from desktop.ui.phone.chat import TIME, Chat, Scene
from desktop.ui.phone.look import Device, Look
from desktop.ui.phone.piece import rounded, shrunk
from desktop.ui.phone.text_block import Style, TextBlock

BEZEL = 12.0
BAR = 46.0


@dataclass(frozen=True, slots=True)
class Menu:
    """The rich menu below the chat.

    Args:
        image: its picture; None leaves only the bar.
        bar_text: what its bar says.
        opened: whether it is unfolded.
    """

    image: QImage | None
    bar_text: str
    opened: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the parts of a phone of this height are, in its points; (0, 0) is the screen's upper left corner.

    Args:
        device: the phone.
        height: of the screen, which may be less than the phone's own where there is less room.
        menu: what is at the bottom.
    """

    device: Device
    height: float
    menu: Menu | None = field(default=None)

    @property
    def bar(self) -> QRectF:
        """The menu's bar or the field to write in, with what the system keeps free below."""
        return QRectF(0, self.height - BAR - self.device.foot, self.device.width, BAR + self.device.foot)

    @property
    def menu_area(self) -> QRectF:
        """The unfolded menu's picture; an empty one where there is none."""
        menu = self.menu
        if menu is None or not menu.opened or menu.image is None or not menu.image.width():
            return QRectF()
        height = self.device.width * menu.image.height() / menu.image.width()
        return QRectF(0, self.bar.top() - height, self.device.width, height)

    @property
    def view(self) -> QRectF:
        """The part that shows the conversation."""
        top = self.device.status + self.device.header
        bottom = self.menu_area.top() if not self.menu_area.isEmpty() else self.bar.top()
        return QRectF(0, top, self.device.width, max(0.0, bottom - top))

    @property
    def outline(self) -> QRectF:
        """The phone with its frame."""
        return QRectF(-BEZEL, -BEZEL, self.device.width + 2 * BEZEL, self.height + 2 * BEZEL)


def paint_phone(
    painter: QPainter,
    scene: Scene,
    frame: Frame,
    *,
    scrolled: float = 0.0,
    pushed: Mapping[int, float] | None = None,
) -> None:
    """Draw a phone; the painter's origin is the screen's upper left corner, its unit a point of the phone.

    Args:
        scene: the chat.
        frame: where the phone's parts are.
        scrolled: points the conversation is scrolled up.
        pushed: by message index, points a carousel is pushed to the left.
    """
    look = scene.chat.look
    painter.save()
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    screen = QRectF(0, 0, frame.device.width, frame.height)
    painter.save()
    # Clipping leaves ragged corners: they lie under the frame, which is drawn afterwards.
    under = screen.adjusted(-BEZEL / 2, -BEZEL / 2, BEZEL / 2, BEZEL / 2)
    painter.setClipPath(rounded(under, frame.device.corner + BEZEL / 2), Qt.ClipOperation.IntersectClip)
    painter.fillRect(screen, look.colour("screen"))
    painter.save()
    painter.setClipRect(frame.view, Qt.ClipOperation.IntersectClip)
    painter.translate(0, frame.view.top() - scrolled)
    scene.paint(painter, QRectF(0, scrolled, frame.device.width, frame.view.height()), pushed or {})
    painter.restore()
    _paint_header(painter, scene.chat, frame)
    _paint_foot(painter, look, frame)
    painter.restore()
    _paint_frame(painter, screen, frame, look)
    painter.restore()


def _paint_frame(painter: QPainter, screen: QRectF, frame: Frame, look: Look) -> None:
    ring = QPainterPath()
    ring.setFillRule(Qt.FillRule.OddEvenFill)
    ring.addRoundedRect(frame.outline, frame.device.corner + BEZEL, frame.device.corner + BEZEL)
    ring.addRoundedRect(screen, frame.device.corner, frame.device.corner)
    painter.fillPath(ring, look.colour("frame"))
    painter.setPen(QPen(look.colour("frame_edge"), 1.5))
    edge = frame.outline.adjusted(0.75, 0.75, -0.75, -0.75)
    painter.drawRoundedRect(edge, frame.device.corner + BEZEL, frame.device.corner + BEZEL)


def _paint_header(painter: QPainter, chat: Chat, frame: Frame) -> None:
    look, device = chat.look, frame.device
    top, height = device.status, device.header
    painter.fillRect(QRectF(0, 0, device.width, top + height), look.colour("header"))
    ink = look.colour("header_ink")
    _paint_status(painter, look, frame)
    android = device.name == "android"
    middle = top + height / 2
    icons.paint(painter, QRectF(12, middle - 11, 22, 22), "arrow-left" if android else "caret-left", ink)
    right = device.width - 14
    for name in ("list", "search"):
        icons.paint(painter, QRectF(right - 22, middle - 11, 22, 22), name, ink)
        right -= 36
    style = Style(look.font(17 if not android else 18, bold=True), ink, lines=1)
    name_block = TextBlock(chat.account, style, right - 46)
    name_block.paint(painter, 46, middle - name_block.height / 2)
    painter.setPen(QPen(look.colour("header_line"), 1))
    painter.drawLine(QLineF(0, top + height - 0.5, device.width, top + height - 0.5))


def _paint_status(painter: QPainter, look: Look, frame: Frame) -> None:
    device = frame.device
    ink = look.colour("header_ink")
    android = device.name == "android"
    clock = TextBlock(TIME, Style(look.font(13.5, bold=not android), ink, lines=1), 80)
    clock.paint(painter, 22 if android else 36, device.status / 2 - clock.height / 2 + (3 if android else 4))
    battery = QRectF(device.width - (46 if android else 58), device.status / 2 - 2, 23, 11)
    painter.setPen(QPen(ink, 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(battery, 3, 3)
    painter.fillPath(rounded(battery.adjusted(2, 2, -6, -2), 1.5), ink)
    painter.fillPath(rounded(QRectF(battery.right() + 1.5, battery.center().y() - 2, 2, 4), 1), ink)
    black = look.colour("frame")
    if android:
        painter.fillPath(rounded(QRectF(device.width / 2 - 6, 11, 12, 12), 6), black)
    else:
        painter.fillPath(rounded(QRectF(device.width / 2 - 56, 10, 112, 30), 15), black)


def _paint_foot(painter: QPainter, look: Look, frame: Frame) -> None:
    bar = frame.bar
    painter.fillRect(bar, look.colour("bar"))
    painter.setPen(QPen(look.colour("bar_line"), 1))
    painter.drawLine(QLineF(0, bar.top() + 0.5, bar.right(), bar.top() + 0.5))
    ink = look.colour("bar_ink")
    middle = bar.top() + BAR / 2
    if frame.menu is None:
        field_area = QRectF(84, middle - 16, bar.width() - 84 - 16, 32)
        icons.paint(painter, QRectF(14, middle - 12, 24, 24), "plus", ink)
        icons.paint(painter, QRectF(48, middle - 12, 24, 24), "chat", ink)
        painter.fillPath(rounded(field_area, 16), look.colour("placeholder"))
    else:
        _paint_menu(painter, frame.menu, frame, look)
        icons.paint(painter, QRectF(14, middle - 12, 24, 24), "keyboard", ink)
        painter.setPen(QPen(look.colour("bar_line"), 1))
        painter.drawLine(QLineF(52, bar.top() + 8, 52, bar.top() + BAR - 8))
        text = TextBlock(frame.menu.bar_text, Style(look.font(14.5), ink, lines=1), bar.width() - 52 - 80)
        left = 52 + (bar.width() - 52 - text.width - 18) / 2
        text.paint(painter, left, middle - text.height / 2)
        arrow = "caret-down" if frame.menu.opened else "caret-up"
        icons.paint(painter, QRectF(left + text.width + 6, middle - 6, 12, 12), arrow, ink)
    _paint_home(painter, look, frame, QPointF(bar.width() / 2, bar.bottom() - frame.device.foot / 2 + 3))


def _paint_menu(painter: QPainter, menu: Menu, frame: Frame, look: Look) -> None:
    area = frame.menu_area
    if area.isEmpty() or menu.image is None:
        return
    painter.fillRect(area, look.colour("placeholder"))
    painter.drawImage(area, shrunk(painter, menu.image, area))


def _paint_home(painter: QPainter, look: Look, frame: Frame, at: QPointF) -> None:
    width = 130.0 if frame.device.name == "iphone" else 108.0
    line = QRectF(at.x() - width / 2, at.y() - 2, width, 4)
    painter.fillPath(rounded(line, 2), look.colour("bar_ink"))
