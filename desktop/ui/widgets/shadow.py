"""The soft shadow under what lies over the window: notices, the palette, the list of running jobs."""

from __future__ import annotations

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGraphicsDropShadowEffect, QWidget

from desktop.ui import theme

STRENGTH = 60


def lift(widget: QWidget) -> None:
    """Let ``widget`` look as if it lay above the rest. For small widgets: it is drawn through a picture."""
    shadow = QGraphicsDropShadowEffect(widget)
    colour = QColor(theme.colour("shadow"))
    colour.setAlpha(STRENGTH if theme.name() == "light" else 3 * STRENGTH)
    shadow.setColor(colour)
    shadow.setBlurRadius(theme.px(28))
    shadow.setOffset(0, theme.px(6))
    widget.setGraphicsEffect(shadow)
