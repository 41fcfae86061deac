"""The page's menus: of a row, of a tag, and the filters to choose from. All are shown without waiting for an
answer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from desktop.core.message import Message, message
from desktop.core.people.tag import Tag
from desktop.ui.members.tagging.tag_filters import INCLUDED

if TYPE_CHECKING:
    from desktop.ui.members.page import MembersPage
    from desktop.ui.members.searching.filter_menu import Offers

MOST_DAYS = 36_500


class Menus(QObject):
    """See the module. ``shown`` is the menu opened last, as long as it is open."""

    def __init__(self, page: MembersPage) -> None:
        super().__init__(page)
        self._page = page
        self.shown: QMenu | None = None

    def ask_filter(self) -> None:
        """Open the menu of filters below its button."""
        from desktop.ui.members.searching.filter_menu import read_offers

        self._page.desk.jobs.read(
            read_offers, owner=self._page, then=self._show_filters, latest="members.filter_offers"
        )

    def row(self, place: QPoint) -> None:
        """Open the menu of the selection."""
        from desktop.ui.members.commands.row_menu import row_menu

        page = self._page
        current = page.list.table.current_row
        one = current is not None and page.list.selected_count() == 1
        menu = row_menu(page, sending_off=bool(current.do_not_send) if one and current else None)
        self.show_menu(menu, place)

    def tag(self, tag: Tag, place: QPoint) -> None:
        """Open the menu of a tag."""
        from desktop.ui.members.commands.row_menu import tag_menu

        page = self._page
        show_people = partial(page.feed.ask_tag, tag.name, INCLUDED)
        self.show_menu(tag_menu(page, page.panel, page.tagger, tag, show_people), place)

    def _show_filters(self, offers: Offers) -> None:
        from desktop.ui.members.searching.filter_menu import FilterMenu

        bar = self._page.list.bar
        menu = FilterMenu(offers, self._page)
        menu.chosen.connect(bar.add_condition)
        menu.typing.connect(bar.type_on)
        menu.days_asked.connect(self._ask_days)
        self.show_menu(menu, bar.add.mapToGlobal(QPoint(0, bar.add.height())))

    def _ask_days(self, kind: str) -> None:
        from desktop.ui.members.searching.filter_menu import days_term

        def add(text: str) -> None:
            self._page.list.bar.add_condition(days_term(kind, int(text)))

        self._page.desk.dialogs.ask_text(
            self._page,
            message("members.filter.last_order"),
            message(f"members.filter.days.{kind}"),
            add,
            text="60",
            check=_wrong_days,
        )

    def show_menu(self, menu: QMenu, place: QPoint) -> None:
        """Open a menu; what is done in it is found as ``shown`` until it closes."""
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.shown = menu
        menu.aboutToHide.connect(self._hidden)
        menu.popup(place)

    def _hidden(self) -> None:
        self.shown = None


def _wrong_days(text: str) -> Message | None:
    days = text.strip()
    if days.isascii() and days.isdigit() and 0 < int(days) <= MOST_DAYS:
        return None
    return message("members.filter.days.wrong", n=MOST_DAYS)
