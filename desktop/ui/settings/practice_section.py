"""The practice shop: open it, or take it away with everything in it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from desktop.core.message import message
from desktop.text import t
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.settings.section import SettingsSection
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.labels import muted


class PracticeSection(SettingsSection):
    """In a practice shop it can be removed; in a real one it can be opened."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("settings.practice"))
        self.body.addWidget(muted(t("settings.practice_text"), wrap=True))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        if desk.practice:
            self.remove = button(t("settings.practice_remove"), self._remove, icon="trash")
            row.addWidget(self.remove)
        else:
            row.addWidget(button(t("shell.command.practice"), desk.door.open_practice, icon="practice"))
        row.addStretch(1)
        self.body.addLayout(row)

    def _remove(self) -> None:
        self.desk.dialogs.confirm(
            self,
            message("settings.practice_remove_title"),
            message("settings.practice_remove_text"),
            message("settings.practice_remove"),
            self.desk.door.remove_practice,
            danger=True,
        )
