"""A part of a dialog that is as high as what it holds, and scrolls only where that is more than a small screen has."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desktop.ui import theme

BESIDE = 6
"""Room for a scroll bar."""


class FittingArea(QScrollArea):
    """See the module.

    Args:
        inside: what it holds; its layout knows its height for a width. It stands in the window already.
        width: of the area, in pixels at 100 % text size.
        most: the height at which it begins to scroll, in the same.
    """

    def __init__(self, inside: QWidget, width: int, most: int) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Heights are right only with the fonts of the window's style sheet, which widgets get when they are polished.
        for part in (inside, *inside.findChildren(QWidget)):
            part.ensurePolished()
        layout = inside.layout()
        assert layout is not None
        layout.invalidate()
        wide = theme.px(width)
        needed = layout.heightForWidth(wide - theme.px(BESIDE))
        # The height of its lines at this width counts, not the one they would need at their narrowest.
        inside.setMinimumHeight(1)
        self._wanted = QSize(wide, min(needed + theme.px(4), theme.px(most)))
        self.setWidget(inside)

    def sizeHint(self) -> QSize:
        return self._wanted

    def minimumSizeHint(self) -> QSize:
        return self._wanted
