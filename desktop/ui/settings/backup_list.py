"""A short list of backups with a button to put one back, as the settings and the page of a damaged shop show it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop.store.safety.shop_errors import BackupInfo
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.labels import muted, text_label, warning_text

SHOWN = 10


class BackupList(QWidget):
    """The newest backups.

    Args:
        restore: called with the backup whose button is pressed.
        nothing: what to say if there are none.
    """

    def __init__(self, restore: Callable[[BackupInfo], object], nothing: str = "") -> None:
        super().__init__()
        self._nothing = nothing or t("backups.none")
        self._restore = restore
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(theme.px(6))
        self._grid.setHorizontalSpacing(theme.px(16))
        self._grid.setColumnStretch(2, 1)
        self._parts: list[QWidget] = []
        self.backups: list[BackupInfo] = []
        self._say(muted(t("backups.reading")))

    def show_backups(self, backups: Sequence[BackupInfo]) -> None:
        """Show these, newest first."""
        self.backups = list(backups)[:SHOWN]
        self._clear()
        if not self.backups:
            self._say(muted(self._nothing, wrap=True))
            return
        for row, info in enumerate(self.backups):
            for column, part in enumerate(self._row(info)):
                self._grid.addWidget(part, row, column, Qt.AlignmentFlag.AlignVCenter)
                self._parts.append(part)

    def _row(self, info: BackupInfo) -> list[QWidget]:
        when = text_label(i18n.moment(info.taken_at), wrap=False)
        people: QLabel = muted(t("backups.people", n=info.people) if info.people is not None else "—")
        usable = info.people is not None
        reason = f"backups.reason.{info.reason}" if info.reason in REASONS else "backups.reason.other"
        why = muted(t(reason)) if usable else warning_text(t("backups.unreadable"), wrap=False)
        put_back = button(t("backups.restore"), lambda: self._restore(info))
        put_back.setAccessibleName(t("backups.restore_named", when=when.text()))
        put_back.setEnabled(usable)
        return [when, people, why, put_back]

    def _say(self, label: QWidget) -> None:
        self._clear()
        self._grid.addWidget(label, 0, 0, 1, 4)
        self._parts.append(label)

    def _clear(self) -> None:
        for part in self._parts:
            self._grid.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts.clear()


REASONS = ("start", "import", "migration", "restore", "erase", "hand", "damaged")
