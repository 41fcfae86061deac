"""Columns, order and row height of the list as the owner arranges them, and what of it is remembered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint

from desktop.ui.members.members_table import DENSITIES, MembersTable

if TYPE_CHECKING:
    from desktop.ui.members.page import MembersPage


class Arranger(QObject):
    """See the module."""

    def __init__(self, page: MembersPage) -> None:
        super().__init__(page)
        self._page = page
        self.table.list_header.menu_asked.connect(self.ask_menu)

    @property
    def table(self) -> MembersTable:
        """The list."""
        return self._page.list.table

    def ask_menu(self, column: str, place: QPoint) -> None:
        """Open the header's menu."""
        from desktop.ui.members.arranging.header_menu import header_menu

        menu = header_menu(
            self._page, self.table, column, open_dialog=self.open_dialog, set_density=self.table.set_density
        )
        self._page.menus.show_menu(menu, place)

    def open_dialog(self) -> None:
        """Show the dialog of columns."""
        from desktop.ui.members.arranging.columns_dialog import ColumnsDialog

        self._page.desk.dialogs.show(ColumnsDialog(self._page, self.table.list_header))

    def next_density(self) -> None:
        """Make the rows a step higher; after the highest come the lowest."""
        at = DENSITIES.index(self.table.density)
        self.table.set_density(DENSITIES[(at + 1) % len(DENSITIES)])

    def know_columns(self, names: list[str]) -> None:
        """The shop's own columns: they can be asked, shown and sorted by."""
        self._page.list.bar.extra_columns = names
        before = self.table.list_header.sort
        self.table.set_extra(names)
        if self.table.list_header.sort != before:
            self._page.list.reload()

    def remember(self) -> dict[str, Any]:
        """What to find again."""
        return self.table.list_header.remember() | {"density": self.table.density}

    def recall(self, state: Mapping[str, Any]) -> None:
        """What :meth:`remember` gave."""
        self.table.list_header.recall(state)
        self.table.set_density(str(state.get("density") or DENSITIES[1]))
