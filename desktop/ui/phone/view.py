"""The phone as a widget that shows: its messages, its menu, and where they are. It keeps the phone's own width, so that lines
break as they do there, however large it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.text import t
from desktop.ui import theme
from desktop.ui.phone.chat import Chat, Scene
from desktop.ui.phone.look import DEVICES
from desktop.ui.phone.piece import CouponFace, Pictures
from desktop.ui.phone.screen import BEZEL, Frame, Menu, paint_phone
from desktop.ui.phone.spoken import spoken
from desktop.ui.phone.whole_picture import to_image

LARGEST = 1.0
"""The phone is never drawn larger than its own points at 100 % text size."""


class PhoneView(QWidget):
    """A LINE chat on a phone, to be looked at. ``placed``: :meth:`menu_rect` may have changed."""

    placed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chat = Chat()
        self._menu: Menu | None = None
        self._scene = Scene(self._chat)
        self._scrolled = 0.0
        self._pushed: dict[int, float] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(theme.px(180), theme.px(260))
        self._say()

    # What is shown

    @property
    def chat(self) -> Chat:
        """What the phone shows; :meth:`show_chat` changes all of it at once."""
        return self._chat

    def show_chat(self, chat: Chat) -> None:
        """Show another chat, staying where it was scrolled to as far as there is so much."""
        self._chat = chat
        self._scene = Scene(chat)
        self._pushed = {
            one.index: min(self._pushed[one.index], one.piece.travel)
            for one in self._scene.placed
            if one.index in self._pushed
        }
        self._scroll_to(self._scrolled)
        self._say()
        self.placed.emit()
        self.update()

    def show_messages(
        self,
        messages: Sequence[Mapping[str, Any]],
        pictures: Pictures,
        coupons: Callable[[str], CouponFace | None] | None = None,
    ) -> None:
        """Show messages.

        Args:
            messages: LINE's message objects, in their order.
            pictures: the picture behind an address (of an image map: behind its ``baseUrl``).
            coupons: what the coupon of a number shows.
        """
        known = coupons if coupons is not None else self._chat.coupons
        self.show_chat(
            replace(self._chat, messages=tuple(messages), pictures=pictures, coupons=known, replies=())
        )

    def set_account(self, name: str, avatar: QImage | None = None) -> None:
        """Name and picture of the account; without a picture its first letter stands for it."""
        self.show_chat(replace(self._chat, account=name, avatar=avatar))

    def set_look(
        self,
        *,
        device: str | None = None,
        dark: bool | None = None,
        zoom: int | None = None,
        language: str | None = None,
    ) -> None:
        """Change how it is drawn; what is None stays.

        Args:
            device: "iphone" or "android".
            dark: LINE's dark theme, whatever theme the window has.
            zoom: LINE's text size in percent.
            language: "zh_TW", "en" or "ja", for the letter shapes.
        """
        look = self._chat.look
        self.show_chat(
            replace(
                self._chat,
                look=replace(
                    look,
                    device=DEVICES[device] if device is not None else look.device,
                    dark=look.dark if dark is None else dark,
                    zoom=look.zoom if zoom is None else zoom,
                    language=look.language if language is None else language,
                ),
            )
        )

    def reply(self, text: str) -> None:
        """Let the friend write something: what an action with a text does. Scrolls there."""
        self.show_chat(replace(self._chat, replies=(*self._chat.replies, text)))
        self._scroll_to(self._scene.height)
        self.update()

    def show_menu(self, image: QImage | None, chat_bar_text: str, opened: bool = True) -> None:
        """Put a rich menu below the chat.

        Args:
            image: its picture; None shows only the bar.
            chat_bar_text: what the bar says.
            opened: whether it is unfolded.
        """
        self._menu = Menu(image, chat_bar_text, opened)
        self._rearranged()

    def hide_menu(self) -> None:
        """Show the field to write in instead of a menu."""
        self._menu = None
        self._rearranged()

    @property
    def menu_opened(self) -> bool:
        """Whether a menu is there and unfolded."""
        return self._menu is not None and self._menu.opened

    def menu_rect(self) -> QRect:
        """Where the opened menu's picture is, in the widget's pixels; an empty one where there is none."""
        area = self._frame().menu_area
        return QRect() if area.isEmpty() else self._on_widget(area).toAlignedRect()

    def to_image(self, scale: float = 2.0) -> QImage:
        """The phone with the whole conversation on a transparent ground, however much of it is seen in the window.

        Args:
            scale: pixels a point of the phone.
        """
        return to_image(self._chat, self._menu, scale=scale)

    # Where it is

    def _scale(self) -> float:
        """Pixels a point of the phone: as wide as there is room, the conversation as high as there is."""
        device = self._chat.look.device
        most = LARGEST * theme.px(100) / 100
        wide = self.width() / (device.width + 2 * BEZEL)
        # A phone lower than this is no phone any more; then it is drawn smaller.
        high = self.height() / (device.width * 1.3 + 2 * BEZEL)
        return max(0.1, min(wide, high, most))

    def _frame(self) -> Frame:
        device = self._chat.look.device
        height = min(device.height, self.height() / self._scale() - 2 * BEZEL)
        return Frame(device, height, self._menu)

    def _origin(self) -> QPointF:
        frame, scale = self._frame(), self._scale()
        outline = frame.outline
        left = (self.width() - outline.width() * scale) / 2 + BEZEL * scale
        top = (self.height() - outline.height() * scale) / 2 + BEZEL * scale
        return QPointF(round(left), round(top))

    def _on_widget(self, area: QRectF) -> QRectF:
        scale, origin = self._scale(), self._origin()
        return QRectF(
            origin.x() + area.x() * scale,
            origin.y() + area.y() * scale,
            area.width() * scale,
            area.height() * scale,
        )

    def _on_screen(self, at: QPointF) -> QPointF:
        return (at - self._origin()) / self._scale()

    def _in_chat(self, at: QPointF) -> QPointF | None:
        """A place of the screen in the conversation, None outside it."""
        view = self._frame().view
        return QPointF(at.x(), at.y() - view.top() + self._scrolled) if view.contains(at) else None

    def _rearranged(self) -> None:
        self._scroll_to(self._scrolled)
        self._say()
        self.placed.emit()
        self.update()

    def _scroll_to(self, wanted: float) -> None:
        longest = max(0.0, self._scene.height - self._frame().view.height())
        self._scrolled = min(max(0.0, wanted), longest)

    def _say(self) -> None:
        self.setAccessibleName(t("phone.name", account=self._chat.account))
        self.setAccessibleDescription(spoken(self._chat.messages))

    # Qt

    def sizeHint(self) -> QSize:
        device = self._chat.look.device
        return QSize(theme.px((device.width + 2 * BEZEL) * 0.8), theme.px((device.height + 2 * BEZEL) * 0.8))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._scroll_to(self._scrolled)
        self.placed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.translate(self._origin())
        painter.scale(self._scale(), self._scale())
        frame = self._frame()
        paint_phone(painter, self._scene, frame, scrolled=self._scrolled, pushed=self._pushed)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("focus"), 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            corner = frame.device.corner + BEZEL
            painter.drawRoundedRect(frame.outline.adjusted(1.5, 1.5, -1.5, -1.5), corner, corner)
        painter.end()
