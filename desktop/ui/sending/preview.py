"""The message as it will stand in the chat of somebody who gets it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.text import t
from desktop.ui import theme
from desktop.ui.widgets.labels import muted

WIDTH = 300


class Bubble(QLabel):
    """One balloon."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setMargin(theme.px(10))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        # A word-wrapped label asks for a square; a balloon is as wide as its text, up to the chat's width.
        widest = max((self.fontMetrics().horizontalAdvance(line) for line in text.split("\n")), default=0)
        self.setFixedWidth(
            min(theme.px(WIDTH - 60), max(theme.px(56), widest + 2 * self.margin() + theme.px(4)))
        )
        self.setMinimumHeight(self.heightForWidth(self.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("line"))
        painter.setBrush(theme.colour("panel"))
        radius = theme.px(14)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.end()
        super().paintEvent(event)


class Preview(QWidget):
    """A chat with the account's name and the balloons."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(t("sending_page.preview"))
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = _Chat()
        scroll.setWidget(self._inside)
        around.addWidget(scroll)
        self.account = muted()
        self._column = QVBoxLayout(self._inside)
        edge = theme.px(14)
        self._column.setContentsMargins(edge, edge, edge, edge)
        self._column.setSpacing(theme.px(8))
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._column.addWidget(self.account)
        self.bubbles: list[Bubble] = []

    def show_message(self, account: str, texts: Sequence[str]) -> None:
        """Show the texts; empty ones are left out."""
        self.account.setText(account)
        for bubble in self.bubbles:
            self._column.removeWidget(bubble)
            bubble.deleteLater()
        self.bubbles = [Bubble(text) for text in texts if text.strip()]
        for bubble in self.bubbles:
            self._column.addWidget(bubble, 0, Qt.AlignmentFlag.AlignLeft)


class _Chat(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("neutral_soft"))
        painter.drawRoundedRect(QRectF(self.rect()), theme.px(10), theme.px(10))
        painter.end()
