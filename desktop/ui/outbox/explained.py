"""An empty page with more than a line to say."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton

from desktop.ui import theme
from desktop.ui.widgets.empty_state import EmptyState

WIDTH = 480
BESIDE = 24


class Explained(EmptyState):
    """Its text keeps the height its lines need, at whatever width there is."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = min(theme.px(WIDTH), self.width() - theme.px(BESIDE))
        self.text.setMaximumWidth(theme.px(WIDTH))
        self.text.setMinimumHeight(self.text.heightForWidth(max(width, 1)))


def explained(icon: str, title: str, text: str, *buttons: QPushButton) -> EmptyState:
    """An EmptyState whose text keeps the height its lines need."""
    return Explained(icon, title, text, *buttons)
