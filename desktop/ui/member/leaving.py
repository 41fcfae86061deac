"""The menu of what ends or joins a member: merging her with somebody, deleting, erasing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from desktop.core.people.selection import Selection
from desktop.text import t

if TYPE_CHECKING:
    from desktop.ui.member.page import MemberPage


def more_menu(page: MemberPage) -> QMenu:
    """Merge with…, delete, erase, and the way to everything that was done."""
    menu = QMenu(page)
    menu.addAction(t("member.merge"), partial(merge, page))
    menu.addAction(t("member.show_in_history"), lambda: page.desk.go("history"))
    menu.addSeparator()
    menu.addAction(t("member.delete"), partial(delete, page))
    menu.addAction(t("member.erase"), partial(erase, page))
    return menu


def merge(page: MemberPage) -> None:
    """Choose somebody and compare the two."""
    from desktop.ui.duplicates.merge_dialog import open_merge
    from desktop.ui.member.pick_person import PickPerson

    card = page.card
    if card is not None:
        mine = card.id
        page.desk.dialogs.show(
            PickPerson(page.desk, page, mine, lambda other: open_merge(page.desk, mine, other, owner=page))
        )


def delete(page: MemberPage) -> None:
    """Delete her, with undo at hand, and go back to the list."""
    from desktop.ui.duplicates.leaving import ask_delete

    if page.card is not None:
        ask_delete(page.desk, Selection.of([page.card.id]), 1, owner=page, then=page.back)


def erase(page: MemberPage) -> None:
    """Say what erasing takes away, and erase her."""
    from desktop.ui.duplicates.leaving import ask_erase

    if page.card is not None:
        ask_erase(page.desk, page.card.id, owner=page, then=page.back)
