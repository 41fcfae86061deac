"""Menus to test with."""

from __future__ import annotations

from dataclasses import replace

from desktop.core.planning.actions import Action, ActionKind
from desktop.core.planning.rich_menu.layouts import LAYOUTS, laid_out
from desktop.core.planning.rich_menu.menu import RichMenu

OPEN = Action(ActionKind.URI, uri="https://daydaycoffee.example/")
TITLES = ("綁定會員", "最新活動", "門市資訊", "線上購物", "集點卡", "真人客服", "最新消息", "新品上市", "VIP")


def menu(layout: str = "large_6", **changes: object) -> RichMenu:
    """A menu without a fault."""
    known = LAYOUTS[layout]
    laid = laid_out(RichMenu(name="會員版", size=known.size, chat_bar_text="會員選單"), known)
    areas = tuple(
        replace(area, title=TITLES[at % len(TITLES)], icon="star", action=OPEN)
        for at, area in enumerate(laid.areas)
    )
    return replace(laid, **{"areas": areas, **changes})  # type: ignore[arg-type]
