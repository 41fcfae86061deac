"""Asks for any colour at all."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog, QWidget

from desktop.text import t
from desktop.ui.desk import Desk


def ask_colour(desk: Desk, parent: QWidget, now: str, then: Callable[[str], object]) -> None:
    """Ask; ``then`` is given ``#rrggbb``, and is not called on cancel."""
    dialog = QColorDialog(QColor(now or "#0a8f55"), parent.window())
    dialog.setWindowTitle(t("rich_menu_page.any_colour"))
    dialog.colorSelected.connect(lambda colour: then(colour.name()))
    desk.dialogs.show(dialog)
