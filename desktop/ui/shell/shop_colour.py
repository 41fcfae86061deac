"""A strip in the shop's colour along the top of its window, for owners of several shops."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui import theme

HEIGHT = 4


class ShopColour(QWidget):
    """Not there for a shop without a colour.

    Args:
        colour: a tag colour's name, or "".
    """

    def __init__(self, colour: str) -> None:
        super().__init__()
        self.colour = colour
        self.setFixedHeight(theme.px(HEIGHT))
        self.setVisible(bool(colour))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.tag_pair(self.colour)[1])
        painter.end()
