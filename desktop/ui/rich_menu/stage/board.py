"""The phone, and over the menu in it the canvas; or the canvas alone, as large as there is room, for small areas."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui import theme
from desktop.ui.phone.phone import Phone
from desktop.ui.rich_menu.canvas.canvas import Canvas

EDGE = 14
SHARE = 0.62
"""Width of the phone to the room's height: enough of the chat is seen above a large menu."""

LEAST = 290


class Board(QWidget):
    """See the module."""

    def __init__(self, phone: Phone, canvas: Canvas) -> None:
        super().__init__()
        self.phone, self.canvas = phone, canvas
        self.editing, self.enlarged = True, False
        phone.setParent(self)
        # However little room there is, the whole phone is seen.
        phone.setMinimumSize(1, 1)
        canvas.setParent(self)
        phone.placed.connect(self.arrange)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(theme.px(200), theme.px(170))

    def set_mode(self, *, editing: bool, enlarged: bool) -> None:
        """Show the canvas to edit on, or the phone to try; and the canvas alone."""
        self.editing, self.enlarged = editing, enlarged and editing
        self.arrange()

    def arrange(self) -> None:
        """Put both where they belong."""
        room = self.rect().adjusted(theme.px(EDGE), theme.px(EDGE), -theme.px(EDGE), -theme.px(EDGE))
        self.phone.setVisible(not self.enlarged)
        width = min(room.width(), max(theme.px(LEAST), round(room.height() * SHARE)))
        place = QRect(room.x() + (room.width() - width) // 2, room.y(), width, room.height())
        if self.phone.geometry() != place:
            # Its own signal comes back here.
            self.phone.setGeometry(place)
        if self.enlarged:
            self.canvas.setGeometry(self._alone(room))
            self.canvas.setVisible(True)
            return
        menu = self.phone.menu_rect()
        self.canvas.setVisible(self.editing and not menu.isEmpty())
        if not menu.isEmpty():
            self.canvas.setGeometry(menu.translated(self.phone.pos()))
        self.canvas.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("nav"))
        painter.drawRoundedRect(QRectF(self.rect()), theme.px(8), theme.px(8))
        painter.end()

    def _alone(self, room: QRect) -> QRect:
        ratio = self.canvas.menu.size.ratio
        width = min(room.width(), round(room.height() * ratio))
        height = round(width / ratio)
        return QRect(
            room.x() + (room.width() - width) // 2, room.y() + (room.height() - height) // 2, width, height
        )
