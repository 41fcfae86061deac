"""Opens the dialog for a pasted list, and makes of it a selection of the list of members."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from desktop.core.message import message
from desktop.core.people.condition import EVERYBODY

if TYPE_CHECKING:
    from desktop.ui.members.page import MembersPage


class Paster(QObject):
    """See the module."""

    def __init__(self, page: MembersPage) -> None:
        super().__init__(page)
        self._page = page
        page.list.table.paste_asked.connect(self.paste)

    def open(self, text: str = "") -> None:
        """Show the dialog."""
        from desktop.ui.members.pasting.paste_dialog import PasteDialog

        page = self._page
        page.desk.dialogs.show(PasteDialog(page, page.desk, text, select=self.select, tag=self.tag))

    def paste(self) -> None:
        """Show the dialog with what is on the clipboard."""
        self.open(QGuiApplication.clipboard().text())

    def select(self, people: tuple[int, ...]) -> None:
        """Show everybody and select these."""
        self._when_shown(people, lambda: self._page.list.table.setFocus())

    def tag(self, people: tuple[int, ...]) -> None:
        """Select these and put the cursor into the tag box."""
        self._when_shown(people, self._page.panel.box.start)

    def _when_shown(self, people: tuple[int, ...], then: Callable[[], object]) -> None:
        page = self._page

        def select() -> None:
            page.list.table.select_people(people)
            page.desk.notices.show(message("members.paste.selected", n=len(people)))
            then()

        if page.list.bar.condition != EVERYBODY:
            page.list.bar.clear()
        page.list.when_ready(select)
