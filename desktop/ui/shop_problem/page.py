"""What stands between the owner and the shop file, in words, with every way out: backups with their date and number of members,
another file, another folder, looking without changing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.store.safety.shop_errors import (
    BackupInfo,
    FolderNotWritable,
    ShopDamaged,
    ShopInCloudFolder,
    ShopInUse,
    ShopMissing,
    ShopTooNew,
)
from desktop.text import render, t
from desktop.ui import i18n, theme
from desktop.ui.desk import FrontDesk
from desktop.ui.page import Page
from desktop.ui.settings.backup_list import BackupList
from desktop.ui.shell.commands import SHOP_FILES
from desktop.ui.widgets.buttons import button, link_button, primary_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import muted, text_label

WIDTH = 720


class ShopProblemPage(Page):
    """Built anew for each problem."""

    def __init__(self, desk: FrontDesk) -> None:
        super().__init__(desk, "shop_problem")
        self._path: Path | None = None
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.addWidget(self._scroll)
        self.backups: BackupList | None = None
        self.buttons: dict[str, QWidget] = {}

    def opened(self, **arguments: Any) -> None:
        """Show ``error`` about the shop at ``path`` (None: no particular file)."""
        error = arguments.get("error")
        if not isinstance(error, UserError):
            return
        self._path = arguments.get("path")
        self.buttons = {}
        self.backups = None
        self.header.set_subtitle(self._path.name if self._path else "")
        inside = QWidget()
        inside.setMaximumWidth(theme.px(WIDTH))
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(self._what(error))
        if isinstance(error, ShopDamaged | ShopTooNew) or (isinstance(error, ShopMissing) and self._path):
            column.addWidget(self._ways_back(error))
        column.addStretch(1)
        self._scroll.setWidget(inside)

    def pictures(self) -> dict[str, Callable[[], None]]:
        path = Path.home() / "Documents" / "日日咖啡.tagline"
        cloud = ShopInCloudFolder(
            path, provider="OneDrive", suggested=Path("C:/Tagline/shops/日日咖啡.tagline")
        )
        return {
            "damaged": lambda: self.opened(error=ShopDamaged(path, problem="page 3"), path=path),
            "cloud": lambda: self.opened(error=cloud, path=path),
            "read_only": lambda: self.opened(error=FolderNotWritable(path.parent), path=path),
            "in_use": lambda: self.opened(error=ShopInUse(path), path=path),
            "too_new": lambda: self.opened(error=ShopTooNew(path, version="2.0", schema=9), path=path),
        }

    def _what(self, error: UserError) -> Card:
        card = Card()
        card.body.addWidget(text_label(render(error.text)))
        if error.cure is not None:
            card.body.addWidget(text_label(render(error.cure)))
        if self._path is not None:
            where = muted(str(self._path), wrap=True)
            where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            card.body.addWidget(where)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        for name, made in self._ways_out(error):
            self.buttons[name] = made
            row.addWidget(made)
        row.addStretch(1)
        card.body.addSpacing(theme.px(4))
        card.body.addLayout(row)
        return card

    def _ways_out(self, error: UserError) -> list[tuple[str, QWidget]]:
        door, path = self.desk.door, self._path
        ways: list[tuple[str, QWidget]] = []
        if path is not None:
            if isinstance(error, ShopInCloudFolder):
                ways.append(("move", primary_button(t("problem.move"), lambda: door.move_shop(path))))
            elif isinstance(error, FolderNotWritable):
                ways.append(("look", primary_button(t("problem.look"), lambda: door.look_only(path))))
                ways.append(("again", button(t("problem.again"), lambda: door.open_shop(path))))
            elif isinstance(error, ShopDamaged):
                ways.append(("salvage", button(t("problem.salvage"), self._salvage)))
            elif not isinstance(error, ShopTooNew | ShopMissing):
                ways.append(("again", primary_button(t("problem.again"), lambda: door.open_shop(path))))
        if not isinstance(error, ShopInUse):
            ways.append(("other", button(t("problem.other"), self._choose_other)))
        ways.append(("front", link_button(t("problem.front"), door.close_shop)))
        return ways

    def _ways_back(self, error: UserError) -> Card:
        card = Card(t("settings.backups"), t("problem.backups_hint"))
        self.backups = BackupList(self._restore, t("problem.no_backups"))
        card.body.addWidget(self.backups)
        # Reading each backup takes a moment; the page stands first.
        QTimer.singleShot(0, self, lambda: self._read_backups(error))
        return card

    def _read_backups(self, error: UserError) -> None:
        if self.backups is None or self._path is None:
            return
        if isinstance(error, ShopDamaged | ShopTooNew):
            found = error.backups
        else:
            from desktop.store.recovery.backups import list_backups

            found = list_backups(self._path)
        self.backups.show_backups(found)

    def _restore(self, info: BackupInfo) -> None:
        self.desk.dialogs.confirm(
            self,
            message("settings.restore_title", when=i18n.moment(info.taken_at)),
            message("settings.restore_text", n=info.people or 0),
            message("settings.restore_button"),
            lambda: self.desk.door.restore(info.path),
        )

    def _salvage(self) -> None:
        suggested = f"{self._path.stem} {t('problem.salvaged')}.tagline" if self._path else ""
        self.desk.dialogs.save_file(self, "shop", suggested, self._salvage_to, filters=SHOP_FILES)

    def _salvage_to(self, target: Path) -> None:
        if self._path is not None:
            self.desk.door.salvage(self._path, target)

    def _choose_other(self) -> None:
        open_it: Callable[[list[Path]], object] = lambda files: self.desk.door.open_shop(files[0])  # noqa: E731
        self.desk.dialogs.open_files(self, "shop", open_it, filters=SHOP_FILES, many=False)
