"""The shop's backups: when each was taken and how many members it holds; take one now; put one back."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout

from desktop.core.message import message
from desktop.paths import backups_folder
from desktop.store.recovery import backups
from desktop.store.safety.shop_errors import BackupInfo
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.desk import Desk
from desktop.ui.settings.backup_list import BackupList
from desktop.ui.settings.section import SettingsSection
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.labels import muted


class BackupsSection(SettingsSection):
    """Taken at start, before imports and before anything that cannot be undone; thinned with age."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("settings.backups"))
        self.body.addWidget(muted(t("settings.backups_text"), wrap=True))
        self.list = BackupList(self._restore)
        self.body.addWidget(self.list)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.take = button(t("shell.command.backup"), self._take, icon="shield")
        row.addWidget(self.take)
        row.addWidget(button(t("settings.open_folder"), self._open_folder))
        row.addStretch(1)
        self.body.addLayout(row)

    def opened(self) -> None:
        path = self.desk.shop.path
        self.desk.jobs.background(
            lambda _db, _ctx: backups.list_backups(path), owner=self, then=self.list.show_backups
        )

    def _take(self) -> None:
        path = self.desk.shop.path
        self.take.setEnabled(False)
        self.desk.jobs.background(
            lambda _db, ctx: backups.take(path, "hand", job=ctx),
            owner=self,
            then=self._taken,
            on_cancelled=lambda: self.take.setEnabled(True),
            title=message("shell.backup.title"),
        )

    def _taken(self, info: BackupInfo) -> None:
        self.take.setEnabled(True)
        self.desk.notices.show(message("shell.backup.done", n=info.people or 0))
        self.opened()

    def _restore(self, info: BackupInfo) -> None:
        self.desk.dialogs.confirm(
            self,
            message("settings.restore_title", when=i18n.moment(info.taken_at)),
            message("settings.restore_text", n=info.people or 0),
            message("settings.restore_button"),
            lambda: self.desk.door.restore(info.path),
            danger=True,
        )

    def _open_folder(self) -> None:
        folder = backups_folder()
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
