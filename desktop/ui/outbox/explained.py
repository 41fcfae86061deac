"""An empty page with more than a line to say."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from desktop.ui import theme
from desktop.ui.widgets.empty_state import EmptyState

WIDTH = 480


def explained(icon: str, title: str, text: str, *buttons: QPushButton) -> EmptyState:
    """An EmptyState whose text keeps the height its lines need."""
    made = EmptyState(icon, title, text, *buttons)
    width = theme.px(WIDTH)
    made.text.setFixedWidth(width)
    made.text.setMinimumHeight(made.text.heightForWidth(width))
    return made
