"""The phone as a widget. It keeps its width, so that lines break as on the phone, scrolls, and can be tapped: buttons, picture
maps, the bar of the rich menu and the menu itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.text import t
from desktop.ui import theme
from desktop.ui.phone.chat import Chat, Scene
from desktop.ui.phone.look import DEVICES
from desktop.ui.phone.piece import CouponFace, Pictures
from desktop.ui.phone.screen import BEZEL, Frame, Menu, paint_phone
from desktop.ui.phone.spoken import spoken

LARGEST = 1.0
"""The phone is never drawn larger than its own points at 100 % text size."""

STEP = 60.0
DRAG = 4


class Phone(QWidget):
    """A LINE chat on a phone.

    Signals:
        tapped: the opened menu was tapped; x and y from 0 to 1 over the menu's picture.
        action: a place of a message that does something was tapped: the message's index, and LINE's action object.
        menu_toggled: the bar of the menu was tapped; whether the menu is open now. It opens and closes by itself.
        placed: :meth:`menu_rect` may have changed.
    """

    tapped = Signal(float, float)
    action = Signal(int, object)
    menu_toggled = Signal(bool)
    placed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chat = Chat()
        self._menu: Menu | None = None
        self._scene = Scene(self._chat)
        self._scrolled = 0.0
        self._pushed: dict[int, float] = {}
        self._press: tuple[QPoint, float, int | None, float] | None = None
        self._dragged = False
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

    def set_time(self, time: str) -> None:
        """The time of the clock and of everything said, "HH:MM"."""
        self.show_chat(replace(self._chat, time=time))

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

    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta() / 2
        chat_place = self._in_chat(self._on_screen(event.position()))
        before = self._scrolled, dict(self._pushed)
        if abs(delta.x()) > abs(delta.y()) and chat_place is not None:
            self._push(self._carousel_at(chat_place), -delta.x())
        else:
            self._scroll_to(self._scrolled - delta.y() / self._scale())
        event.setAccepted(before != (self._scrolled, self._pushed))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        page = self._frame().view.height() * 0.9
        moves = {
            Qt.Key.Key_Down: STEP,
            Qt.Key.Key_Up: -STEP,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_Home: -self._scene.height,
            Qt.Key.Key_End: self._scene.height,
        }
        key = Qt.Key(event.key())
        if key in moves:
            self._scroll_to(self._scrolled + moves[key])
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            for one in self._scene.placed:
                self._push(one.index, STEP if key == Qt.Key.Key_Right else -STEP)
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._menu is not None:
            self._toggle_menu()
        else:
            super().keyPressEvent(event)
            return
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        at = self._in_chat(self._on_screen(event.position()))
        index = self._carousel_at(at) if at is not None else None
        pushed = self._pushed.get(index, 0.0) if index is not None else 0.0
        self._press = (event.position().toPoint(), self._scrolled, index, pushed)
        self._dragged = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._press is None:
            return
        start, scrolled, index, pushed = self._press
        way = event.position().toPoint() - start
        if not self._dragged and way.manhattanLength() < DRAG:
            return
        self._dragged = True
        if index is not None:
            self._pushed[index] = pushed
            self._push(index, -way.x() / self._scale())
        self._scroll_to(scrolled - way.y() / self._scale())
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._press is not None and not self._dragged:
            self._tap(self._on_screen(event.position()))
        self._press = None

    def _tap(self, at: QPointF) -> None:
        frame = self._frame()
        if self._menu is not None and frame.bar.contains(at):
            self._toggle_menu()
            return
        area = frame.menu_area
        if not area.isEmpty() and area.contains(at):
            self.tapped.emit((at.x() - area.x()) / area.width(), (at.y() - area.y()) / area.height())
            return
        inside = self._in_chat(at)
        if inside is None:
            return
        for index, target in self._scene.targets(self._pushed):
            if target.area.contains(inside):
                self.action.emit(index, dict(target.action))
                return

    def _toggle_menu(self) -> None:
        if self._menu is not None:
            self._menu = replace(self._menu, opened=not self._menu.opened)
            self._rearranged()
            self.menu_toggled.emit(self._menu.opened)

    def _carousel_at(self, at: QPointF) -> int | None:
        for one in self._scene.placed:
            if one.piece.travel and one.area.top() <= at.y() <= one.area.bottom():
                return one.index
        return None

    def _push(self, index: int | None, way: float) -> None:
        for one in self._scene.placed:
            if one.index == index and one.piece.travel:
                self._pushed[index] = min(max(0.0, self._pushed.get(index, 0.0) + way), one.piece.travel)


def to_image(chat: Chat, menu: Menu | None = None, *, scale: float = 2.0, whole: bool = True) -> QImage:
    """A phone with a chat as a picture on a transparent ground.

    Args:
        chat: what it shows.
        menu: the rich menu below it.
        scale: pixels a point of the phone.
        whole: make the phone as long as the conversation needs, else as long as the device is.
    """
    scene = Scene(chat)
    device = chat.look.device
    frame = Frame(device, device.height, menu)
    missing = scene.height - frame.view.height()
    if whole and missing > 0:
        frame = Frame(device, device.height + missing, menu)
    outline = frame.outline
    image = QImage(
        round(outline.width() * scale),
        round(outline.height() * scale),
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.scale(scale, scale)
    painter.translate(-outline.topLeft())
    paint_phone(painter, scene, frame)
    painter.end()
    return image
