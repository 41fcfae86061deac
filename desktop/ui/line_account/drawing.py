"""Simple line drawings of LINE's own pages with numbered marks, so that an owner sees where a value stands. Painted from the
theme's colours and the program's texts; nothing is copied from LINE."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.text import t
from desktop.ui import theme

WIDTH, HEIGHT = 340, 188
"""At 100 % text size; everything inside is placed on this sheet."""

_RADIUS = 6.0
_MARK = 17.0
_SMALL = 11


@dataclass(frozen=True)
class Pen:
    """A painter on a sheet of WIDTH × HEIGHT, whatever the text size."""

    painter: QPainter

    def box(
        self, x: float, y: float, width: float, height: float, fill: str = "", line: str = "line"
    ) -> None:
        """A rounded box; "" for no fill."""
        self.painter.setPen(QPen(theme.colour(line), 1.0) if line else QPen(Qt.PenStyle.NoPen))
        self.painter.setBrush(theme.colour(fill) if fill else Qt.BrushStyle.NoBrush)
        self.painter.drawRoundedRect(QRectF(x, y, width, height), _RADIUS, _RADIUS)

    def bar(self, x: float, y: float, width: float) -> None:
        """Something written that does not matter."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(theme.colour("track"))
        self.painter.drawRoundedRect(QRectF(x, y, width, 6), 3, 3)

    def words(
        self,
        x: float,
        y: float,
        width: float,
        text: str,
        role: str = "ink",
        *,
        bold: bool = False,
        middle: bool = False,
    ) -> None:
        """One line of text in a height of 16, ended by … where there is no room."""
        font = QFont(self.painter.font())
        font.setPixelSize(_SMALL)
        font.setBold(bold)
        self.painter.setFont(font)
        self.painter.setPen(theme.colour(role))
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
        side = Qt.AlignmentFlag.AlignHCenter if middle else Qt.AlignmentFlag.AlignLeft
        self.painter.drawText(QRectF(x, y, width, 16), int(side | Qt.AlignmentFlag.AlignVCenter), shown)

    def press(self, x: float, y: float, width: float, text: str, role: str = "accent_text") -> None:
        """A button."""
        self.box(x, y, width, 18, "panel")
        self.words(x + 4, y + 1, width - 8, text, role, middle=True)

    def mark(self, x: float, y: float, number: int) -> None:
        """A number in a disc, its middle at (x, y)."""
        self.painter.setPen(QPen(theme.colour("panel"), 1.5))
        self.painter.setBrush(theme.colour("accent"))
        self.painter.drawEllipse(QPointF(x, y), _MARK / 2, _MARK / 2)
        self.words(x - _MARK / 2, y - 8, _MARK, str(number), "accent_ink", bold=True, middle=True)

    def never(self, x: float, y: float, width: float, text: str) -> None:
        """A button that must not be pressed: struck through."""
        self.press(x, y, width, text, "error")
        self.painter.setPen(QPen(theme.colour("error"), 1.5))
        self.painter.drawLine(QPointF(x - 3, y + 19), QPointF(x + width + 3, y - 1))

    def frame(self, title: str) -> None:
        """A page in a browser, with what stands at its top."""
        self.box(0.5, 0.5, WIDTH - 1, HEIGHT - 1, "field")
        for number in range(3):
            self.painter.setPen(Qt.PenStyle.NoPen)
            self.painter.setBrush(theme.colour("line"))
            self.painter.drawEllipse(QPointF(12 + 10 * number, 12), 3, 3)
        self.words(46, 4, 200, title, "muted")
        self.painter.setPen(QPen(theme.colour("line"), 1.0))
        self.painter.drawLine(QPointF(1, 24), QPointF(WIDTH - 1, 24))


def manager(pen: Pen) -> None:
    """LINE Official Account Manager: settings, Messaging API, channel information."""
    pen.frame("manager.line.biz")
    pen.words(12, 29, 120, t("line_account.drawing.account"), bold=True)
    pen.press(262, 29, 66, t("line_account.drawing.settings"), "ink")
    pen.mark(256, 38, 1)
    for row, width in enumerate((62, 48, 56)):
        pen.bar(14, 64 + 18 * row, width)
    pen.box(8, 112, 92, 20, "accent_soft", "")
    pen.words(14, 114, 82, "Messaging API", "accent_text", bold=True)
    pen.mark(100, 112, 2)
    pen.bar(14, 142, 50)
    pen.box(112, 54, 216, 122, "panel")
    pen.words(122, 60, 196, "Messaging API", bold=True)
    pen.words(122, 84, 196, t("line_account.drawing.channel_info"), "muted")
    pen.words(122, 106, 90, "Channel ID")
    pen.words(206, 106, 66, "2001234567", "accent_text", bold=True)
    pen.press(278, 105, 42, t("line_account.drawing.copy"))
    pen.mark(278, 105, 3)
    pen.words(122, 130, 90, "Webhook URL", "muted")
    pen.bar(206, 135, 84)
    pen.words(122, 152, 90, "Provider", "muted")
    pen.bar(206, 157, 58)


def console_basic(pen: Pen) -> None:
    """LINE Developers: the channel's basic settings, channel secret."""
    _console(pen, "Basic settings", 12, 88)
    pen.mark(108, 55, 4)
    pen.words(12, 82, 90, "Channel ID", "muted")
    pen.words(112, 82, 80, "2001234567", "muted")
    pen.words(12, 106, 90, "Provider", "muted")
    pen.bar(112, 111, 70)
    pen.words(12, 138, 100, "Channel secret", bold=True)
    pen.words(112, 138, 76, "0a1b ••••", "accent_text", bold=True)
    pen.press(200, 137, 46, t("line_account.drawing.copy"))
    pen.mark(200, 137, 5)
    pen.never(268, 137, 48, "Issue")


def console_token(pen: Pen) -> None:
    """LINE Developers: the channel's Messaging API tab, long-lived token."""
    _console(pen, "Messaging API", 124, 92)
    pen.mark(222, 55, 1)
    pen.words(12, 82, 100, "Bot information", "muted")
    pen.bar(150, 87, 60)
    pen.words(12, 104, 100, "Webhook settings", "muted")
    pen.bar(150, 109, 90)
    pen.words(12, 134, 220, "Channel access token (long-lived)", bold=True)
    pen.words(12, 156, 140, "kR8f+ ••••••••", "accent_text", bold=True)
    pen.press(170, 155, 46, t("line_account.drawing.copy"))
    pen.mark(170, 155, 2)
    pen.never(252, 155, 58, "Reissue")
    pen.mark(252, 155, 3)


def _console(pen: Pen, active: str, x: float, width: float) -> None:
    pen.frame("developers.line.biz")
    pen.words(12, 27, 316, t("line_account.drawing.path"), "muted")
    pen.words(14, 47, 86, "Basic settings", "accent_text" if active == "Basic settings" else "muted")
    pen.words(128, 47, 88, "Messaging API", "accent_text" if active == "Messaging API" else "muted")
    for left, wide in ((244, 28), (284, 40)):
        pen.bar(left, 52, wide)
    pen.painter.setPen(QPen(theme.colour("line"), 1.0))
    pen.painter.drawLine(QPointF(1, 68), QPointF(WIDTH - 1, 68))
    pen.painter.setPen(QPen(theme.colour("accent"), 2.0))
    pen.painter.drawLine(QPointF(x, 67), QPointF(x + width, 67))


class Drawing(QWidget):
    """One drawing; ``name`` is what it is called for those who do not see it."""

    def __init__(self, paint: Callable[[Pen], None], name: str) -> None:
        super().__init__()
        self._paint = paint
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(theme.px(WIDTH), theme.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self.width() / WIDTH, self.height() / HEIGHT)
        self._paint(Pen(painter))
        painter.end()
