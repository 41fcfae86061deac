"""Writing an audience to a file, from its page."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from desktop.core.message import message
from desktop.exporter.audience_file import AudienceFile
from desktop.operations.audiences import audiences
from desktop.store.audiences import Audience
from desktop.ui.desk import Desk
from desktop.ui.page import Page

UNSAFE_IN_FILE_NAMES = '<>:"/\\|?*'


class SavedActions(QObject):
    """One page's.

    Args:
        page: asks for the file, and shows errors.
    """

    def __init__(self, page: Page, desk: Desk) -> None:
        super().__init__(page)
        self._page = page
        self._desk = desk

    def export(self, audience: Audience) -> None:
        """Ask for a file and write the user IDs of everybody reachable to it, as LINE's manager takes them."""
        letters = (
            "_" if letter in UNSAFE_IN_FILE_NAMES or ord(letter) < ord(" ") else letter
            for letter in audience.name
        )
        name = "".join(letters).strip(" .") or "LINE UID"
        self._desk.dialogs.save_file(
            self._page,
            "export",
            f"{name}.txt",
            partial(self._write, audience),
            filters=[(message("audiences_page.text_file"), "*.txt")],
        )

    def _write(self, audience: Audience, path: Path) -> None:
        self._desk.jobs.background(
            lambda db, ctx: audiences.export(db, audience, path, ctx),
            owner=self,
            then=self._is_written,
            title=message("audiences_page.exporting", audience=audience.name),
        )

    def _is_written(self, file: AudienceFile) -> None:
        self._desk.notices.show(message("audiences_page.exported", file=file.path.name, n=file.ids))
