"""The menu of what ends or joins a member: merging her with somebody, deleting, erasing."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from desktop.core.people.selection import Selection
from desktop.text import t

if TYPE_CHECKING:
    from desktop.ui.member.page import MemberPage

_MERGING = "desktop.ui.duplicates.merge_dialog"
_LEAVING = "desktop.ui.duplicates.leaving"


def more_menu(page: MemberPage) -> QMenu:
    """Merge with…, delete, erase — as far as this program has them."""
    menu = QMenu(page)
    if _is_there(_MERGING):
        menu.addAction(t("member.merge"), lambda: _merge(page))
    if _is_there(_LEAVING):
        menu.addSeparator()
        menu.addAction(t("member.delete"), lambda: _delete(page))
        menu.addAction(t("member.erase"), lambda: _erase(page))
    menu.addAction(t("member.show_in_history"), lambda: page.desk.go("history"))
    return menu


def _merge(page: MemberPage) -> None:
    from desktop.ui.member.pick_person import PickPerson

    card = page.card
    if card is None:
        return
    mine = card.id
    open_merge = import_module(_MERGING).open_merge
    page.desk.dialogs.show(
        PickPerson(
            page.desk, page, mine, lambda other: open_merge(page.desk, min(mine, other), max(mine, other))
        )
    )


def _delete(page: MemberPage) -> None:
    if page.card is not None:
        import_module(_LEAVING).ask_delete(page.desk, Selection.of([page.card.id]), 1)


def _erase(page: MemberPage) -> None:
    if page.card is not None:
        import_module(_LEAVING).ask_erase(page.desk, page.card.id)


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False
