"""The place of work: the balloons at the left, the phone in the middle, what is said about them at the right. Where there is
little room the right side goes below the balloons, and on a still narrower page the phone gives way to them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.text import t
from desktop.ui import theme
from desktop.ui.greeting.balloons.balloon_list import BalloonList
from desktop.ui.greeting.phone_panel import PhonePanel
from desktop.ui.greeting.side import Side
from desktop.ui.greeting.tools import Tools
from desktop.ui.widgets.buttons import link_button

ROOMY, NARROW = 900, 560
"""Widths at 100 % text size: below the first there are two columns, below the second one."""

SIDE_WIDTH = 290
PHONE_SHARE = 0.34
PHONE_WIDTH = 350


class Work(QWidget):
    """See the module.

    Args:
        tools: pictures of the shop.
        language: of the letters on the phone.
    """

    def __init__(self, tools: Tools, language: str) -> None:
        super().__init__()
        self.list = BalloonList(tools)
        self.panel = PhonePanel(language)
        self.side = Side()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(16))
        self.left_scroll, self.side_scroll = _scrolling(), _scrolling()
        inside = QWidget()
        self._left = QVBoxLayout(inside)
        self._left.setContentsMargins(0, 0, 0, 0)
        self._left.setSpacing(theme.px(12))
        self.open_points = link_button("", self._to_side, icon="warning-circle")
        self.open_points.hide()
        self._left.addWidget(self.open_points, 0, Qt.AlignmentFlag.AlignLeft)
        self._left.addWidget(self.list)
        self._left.addStretch(1)
        self.left_scroll.setWidget(inside)
        self.side_scroll.setWidget(self.side)
        self.side_scroll.setFixedWidth(theme.px(SIDE_WIDTH))
        row.addWidget(self.left_scroll, 1)
        row.addWidget(self.panel)
        row.addWidget(self.side_scroll)
        self._below = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.width()
        roomy = width >= theme.px(ROOMY)
        self.panel.setVisible(width >= theme.px(NARROW))
        share = PHONE_SHARE if roomy else 0.42
        self.panel.setFixedWidth(min(theme.px(PHONE_WIDTH), round(width * share)))
        self._put_side(below=not roomy)

    def _put_side(self, *, below: bool) -> None:
        if below == self._below:
            return
        self._below = below
        self.side_scroll.setVisible(not below)
        if below:
            self._left.insertWidget(2, self.side_scroll.takeWidget())
        else:
            self._left.removeWidget(self.side)
            self.side_scroll.setWidget(self.side)
        self.side.show()
        self.show_open_points()

    def show_open_points(self) -> None:
        """Where the right side lies below the balloons: how much it has to say, above them."""
        count = self.side.open_points
        self.open_points.setText(t("greeting_page.open_points", n=count))
        self.open_points.setVisible(self._below and count > 0)

    def to_top(self) -> None:
        """Show the first balloon."""
        self.left_scroll.verticalScrollBar().setValue(0)

    def _to_side(self) -> None:
        self.left_scroll.verticalScrollBar().setValue(self.side.y())


def _scrolling() -> QScrollArea:
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return scroll
