"""Writes a menu as the object LINE's Messaging API takes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from desktop.core.planning.actions import Action, ActionKind, AliasOf, Place, to_line
from desktop.core.planning.graphemes import shortened
from desktop.core.planning.rich_menu.menu import Area, RichMenu

NAME_LENGTH = 300
"""Graphemes of a menu's name, which only developers see. Messaging API reference, "Rich menu object"."""

LABEL_LENGTH = 20
"""Graphemes of an action's label, read aloud to those who cannot see the menu."""


def menu_object(
    menu: RichMenu, alias_of: AliasOf | None = None, *, name: str | None = None
) -> dict[str, Any]:
    """The rich menu object for create and validate.

    Args:
        menu: one without errors (``checks.errors``); areas without an action are left out, taps on them do nothing.
        alias_of: gives the alias of the menu an action switches to; needed if any does.
        name: what LINE lists it as; None: the owner's name for it.
    Raises:
        ValueError: a switch without ``alias_of`` or without a menu to switch to.
    """
    return {
        "size": {"width": menu.size.width, "height": menu.size.height},
        "selected": menu.opened_at_first,
        "name": shortened(menu.name if name is None else name, NAME_LENGTH),
        "chatBarText": menu.chat_bar_text.strip(),
        "areas": [_area(area, alias_of) for area in menu.areas if area.action.kind is not ActionKind.NONE],
    }


def switches_to(menu: RichMenu) -> tuple[int, ...]:
    """Plan ids of the menus this one switches to, each once."""
    targets = [area.action.menu for area in menu.areas if area.action.kind is ActionKind.SWITCH]
    return tuple(dict.fromkeys(one for one in targets if one is not None))


def spoken(area: Area) -> str:
    """What is read aloud for an area: its action's label, else its title."""
    return shortened(area.action.label.strip() or " ".join(area.title.split()), LABEL_LENGTH)


def _area(area: Area, alias_of: AliasOf | None) -> dict[str, Any]:
    rect = area.rect
    action = to_line(_labelled(area), Place.RICH_MENU, alias_of)
    return {
        "bounds": {"x": rect.x, "y": rect.y, "width": rect.width, "height": rect.height},
        "action": action,
    }


def _labelled(area: Area) -> Action:
    return replace(area.action, label=spoken(area))
