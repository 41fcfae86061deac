"""Cards in two columns of their own heights where there is room, else in one; they scroll when there are too many."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui import theme

NARROW = 760
"""Below this width the columns stand under one another."""


class TwoColumns(QScrollArea):
    """See the module.

    Args:
        left, right: the cards of each column, from the top.
    """

    def __init__(self, left: Sequence[QWidget], right: Sequence[QWidget]) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        inner = QWidget()
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, inner)
        self._across.setContentsMargins(0, 0, theme.px(2), 0)
        self._across.setSpacing(theme.px(12))
        for cards in (left, right):
            column = QVBoxLayout()
            column.setSpacing(theme.px(12))
            for card in cards:
                card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
                column.addWidget(card)
            column.addStretch(1)
            self._across.addLayout(column, 1)
        self.setWidget(inner)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        narrow = self.viewport().width() < theme.px(NARROW)
        self._across.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
