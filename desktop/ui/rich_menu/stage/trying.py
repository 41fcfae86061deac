"""What a tap on an area would do, in words, and what of it the phone of the preview can show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.core.planning.actions import Action, ActionKind, written_uri
from desktop.core.planning.rich_menu.menu import Area
from desktop.text import t


@dataclass(frozen=True)
class Outcome:
    """What a tap does.

    Args:
        text: said below the phone.
        reply: what the friend says in the chat then; "": nothing.
        menu: plan of the menu that is shown then; None: the same.
    """

    text: str
    reply: str = ""
    menu: int | None = None


def outcome(area: Area | None, menus: Mapping[int, str]) -> Outcome:
    """What a tap on an area does.

    Args:
        area: None: a place where there is none.
        menus: names of the menus by plan.
    """
    if area is None:
        return Outcome(t("rich_menu_page.try.nowhere"))
    action = area.action
    if action.kind is ActionKind.SWITCH:
        return _switch(action, menus)
    if action.kind is ActionKind.MESSAGE and action.text.strip():
        return Outcome(t("rich_menu_page.try.message", text=action.text.strip()), reply=action.text.strip())
    if action.kind is ActionKind.POSTBACK:
        return Outcome(t("rich_menu_page.try.postback"), reply=action.display_text.strip())
    return Outcome(_words(action))


def _switch(action: Action, menus: Mapping[int, str]) -> Outcome:
    if action.menu is None or action.menu not in menus:
        return Outcome(t("rich_menu_page.try.switch_nowhere"))
    return Outcome(t("rich_menu_page.try.switch", name=menus[action.menu]), menu=action.menu)


def _words(action: Action) -> str:
    if action.kind is ActionKind.URI and action.uri.strip():
        try:
            return t("rich_menu_page.try.uri", address=written_uri(action))
        except ValueError:
            return t("rich_menu_page.try.nothing")
    if action.kind is ActionKind.CALL and action.text.strip():
        return t("rich_menu_page.try.call", number=action.text.strip())
    if action.kind is ActionKind.CLIPBOARD and action.text.strip():
        return t("rich_menu_page.try.clipboard", text=action.text.strip())
    if action.kind is ActionKind.DATETIME:
        return t("rich_menu_page.try.date")
    return t("rich_menu_page.try.nothing")
