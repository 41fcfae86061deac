"""Choosing a picture: shown small, a file can be dropped onto it or asked for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop.text import t
from desktop.ui import icons, theme
from desktop.ui.greeting.tools import Tools
from desktop.ui.phone.piece import paint_rounded, shrunk


class PictureField(QAbstractButton):
    """``chosen(number, width, height)``: another picture.

    Args:
        name: what it is a picture of, for who cannot see it.
        tools: where pictures come from.
        height: pixels at 100 % text size.
    """

    chosen = Signal(int, int, int)

    def __init__(self, name: str, tools: Tools, height: int = 110) -> None:
        super().__init__()
        self._tools, self._height, self._name = tools, height, name
        self._picture: int | None = None
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: tools.choose_picture(self._take))
        tools.shelf.arrived.connect(self.update)
        self.show_picture(None)

    def show_picture(self, picture: int | None) -> None:
        """Show the picture of a number."""
        self._picture = picture
        action = t("greeting_page.choose_picture" if picture is None else "greeting_page.other_picture")
        self.setText(action)
        self.setAccessibleName(t("greeting_page.picture_field", name=self._name, action=action))
        self.setToolTip(action)
        self.update()

    def _take(self, number: int, width: int, height: int) -> None:
        self.show_picture(number)
        self.chosen.emit(number, width, height)

    # Qt

    def sizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(self._height))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self._tools.take_picture(files[0], self._take)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        radius = theme.px(6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("neutral_soft"))
        painter.drawRoundedRect(area, radius, radius)
        image = self._tools.shelf.image(self._picture)
        if image is not None:
            scale = min(area.width() / image.width(), area.height() / image.height())
            shown = QRectF(0, 0, image.width() * scale, image.height() * scale)
            shown.moveCenter(area.center())
            small = shrunk(painter, image, shown)
            paint_rounded(painter, shown, radius, lambda inside: inside.drawImage(shown, small))
        else:
            side, gap = theme.px(20), theme.px(8)
            width = side + gap + self.fontMetrics().horizontalAdvance(self.text())
            left = area.center().x() - width / 2
            icons.paint(
                painter,
                QRectF(left, area.center().y() - side / 2, side, side),
                "plus",
                theme.colour("neutral"),
            )
            painter.setPen(theme.colour("neutral"))
            words = QRectF(left + side + gap, area.top(), area.width(), area.height())
            painter.drawText(
                words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self.text()
            )
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.colour("focus"))
            painter.drawRoundedRect(area, radius, radius)
        painter.end()
