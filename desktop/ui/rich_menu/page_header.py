"""The buttons of the page's header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.text import t
from desktop.ui.widgets.buttons import button, menu_button, primary_button

if TYPE_CHECKING:
    from desktop.ui.rich_menu.page import RichMenuPage


class MenuHeader:
    """Puts its buttons into the page's header."""

    def __init__(self, page: RichMenuPage) -> None:
        self._header = page.header
        self.export = menu_button(t("rich_menu_page.export"), page.exports.menu())
        self.copy = button(t("rich_menu_page.do.copy"), page.deeds.copy)
        self.check = button(t("rich_menu_page.check"), page.deeds.ask_line)
        self.publish = primary_button(t("rich_menu_page.publish"), page.publish)
        for made in (self.export, self.copy, self.check, self.publish):
            self._header.add(made)

    def show(self, *, editing: bool, name: str, errors: int) -> None:
        """Show them while a menu is open, with its name beside the title, and how much is to be mended first."""
        self.check.setText(
            t("rich_menu_page.check_errors", n=errors) if errors else t("rich_menu_page.check")
        )
        self.check.setAccessibleName(self.check.text())
        for made in (self.export, self.copy, self.check, self.publish):
            made.setVisible(editing)
        self._header.set_subtitle(t("rich_menu_page.editing", name=name) if editing else "")
