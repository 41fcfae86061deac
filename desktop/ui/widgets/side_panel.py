"""The panel at the right of a page, over its full height, which scrolls by itself."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.widgets.labels import muted

WIDTH = 300
ANY_WIDTH = (1 << 24) - 1
"""What Qt calls QWIDGETSIZE_MAX: no limit."""


class SidePanel(QFrame):
    """Put things into ``body``; they are stacked from the top."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._pairs: list[QHBoxLayout] = []
        self.setAccessibleName(name)
        self.setFixedWidth(theme.px(WIDTH))
        around = QVBoxLayout(self)
        around.setContentsMargins(1, 0, 0, 0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        self.body = QVBoxLayout(inside)
        edge = theme.px(16)
        self.body.setContentsMargins(edge, edge, edge, edge)
        self.body.setSpacing(theme.px(8))
        self.body.setAlignment(Qt.AlignmentFlag.AlignTop)
        scroll.setWidget(inside)
        around.addWidget(scroll)

    def follow_width(self) -> None:
        """Be as wide as what the panel stands in."""
        self.setMinimumWidth(0)
        self.setMaximumWidth(ANY_WIDTH)

    def section(self, title: str) -> QVBoxLayout:
        """Start a part of the panel under a grey line of text; returns where its things go."""
        self.body.addSpacing(theme.px(6))
        self.body.addWidget(muted(title, wrap=True))
        part = QVBoxLayout()
        part.setSpacing(theme.px(6))
        self.body.addLayout(part)
        return part

    def add_pair(self, first: QVBoxLayout, second: QVBoxLayout) -> None:
        """Put two things side by side; above each other while the panel is narrower than it is meant to be."""
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addLayout(first, 1)
        row.addLayout(second, 1)
        self._pairs.append(row)
        self.body.addLayout(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.px(WIDTH)
        way = QHBoxLayout.Direction.TopToBottom if narrow else QHBoxLayout.Direction.LeftToRight
        for pair in self._pairs:
            pair.setDirection(way)
