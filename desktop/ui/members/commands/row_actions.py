"""What can be done with the people selected besides tagging: open one, merge two, delete. Rooms that this program does not
have are not offered."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from desktop.ui.shell.pages import installed

if TYPE_CHECKING:
    from desktop.ui.members.page import MembersPage

_MERGING = ("desktop.ui.duplicates.merge_dialog", "open_merge")
_LEAVING = ("desktop.ui.duplicates.leaving", "ask_delete")


class RowActions(QObject):
    """See the module."""

    def __init__(self, page: MembersPage) -> None:
        super().__init__(page)
        self._page = page

    def can_open(self) -> bool:
        """Whether there is one person to be opened."""
        return "member" in installed() and self._page.list.current_person() is not None

    def open(self, person: int | None = None) -> None:
        """Go to a person's own page; None: the current one's."""
        person = self._page.list.current_person() if person is None else person
        if person is not None:
            self._page.desk.go("member", person=person)

    def can_merge(self) -> bool:
        """Whether exactly two people are selected."""
        return _function(_MERGING) is not None and self._page.list.selected_count() == 2

    def merge(self) -> None:
        """Compare the two people selected and merge them."""
        merge = _function(_MERGING)
        people = sorted(self._page.list.table.selected.first_ids(2))
        if merge is not None and self.can_merge():
            merge(self._page.desk, people[0], people[1])

    def can_delete(self) -> bool:
        """Whether somebody is selected."""
        return _function(_LEAVING) is not None and self._page.list.selected_count() > 0

    def delete(self) -> None:
        """Ask, and delete the people selected; it can be undone."""
        ask = _function(_LEAVING)
        page = self._page
        if ask is not None and self.can_delete():
            page.list.when_ready(lambda: ask(page.desk, page.list.selection(), page.list.selected_count()))


def _function(where: tuple[str, str]) -> Callable[..., Any] | None:
    module, name = where
    return getattr(import_module(module), name, None) if _is_there(module) else None


@cache
def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False
