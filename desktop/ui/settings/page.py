"""The settings: how the program looks, what the shop is called, its LINE account, its backups. All take effect at once."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.core.changes import Changes
from desktop.text import t
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.settings.section import make_sections

WIDTH = 760


class SettingsPage(Page):
    """A column of cards, one for each part."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "settings")
        self.header.set_subtitle(t("settings.subtitle"))
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setMaximumWidth(theme.px(WIDTH))
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.px(8), 0)
        column.setSpacing(theme.px(12))
        self.sections = make_sections(desk)
        for section in self.sections.values():
            column.addWidget(section)
        column.addStretch(1)
        self.area.setWidget(inside)
        self.body.addWidget(self.area)

    def opened(self, **arguments: Any) -> None:
        """Show the page; ``section`` names the part to scroll to."""
        for section in self.sections.values():
            section.opened()
        wanted = self.sections.get(str(arguments.get("section", "")))
        if wanted is not None:
            QTimer.singleShot(0, wanted, lambda: self.area.verticalScrollBar().setValue(wanted.y()))

    def changed(self, changes: Changes) -> None:
        for section in self.sections.values():
            section.changed(changes)
