"""Menus as an owner plans them, for the tests of publishing."""

from __future__ import annotations

from dataclasses import replace

from desktop.core.planning.actions import Action, ActionKind
from desktop.core.planning.rich_menu.layouts import for_size, laid_out
from desktop.core.planning.rich_menu.menu import COMPACT, RichMenu, to_content
from desktop.operations.planning import plans
from desktop.operations.planning.plans import SavedPlan
from desktop.store.database import Database

TITLES = ("最新活動", "門市資訊", "線上購物")


def menu(
    for_whom: str = "",
    *,
    titles: tuple[str, ...] = TITLES,
    starts: str = "",
    ends: str = "",
    act: bool = True,
) -> RichMenu:
    """A compact menu of three fields that open addresses (or, without ``act``, do nothing)."""
    layout = next(one for one in for_size(COMPACT) if len(one.cells) == len(titles))
    made = laid_out(RichMenu(size=COMPACT, chat_bar_text="選單", for_whom=for_whom), layout, COMPACT)
    areas = tuple(
        replace(
            area,
            title=title,
            action=Action(
                ActionKind.URI if act else ActionKind.NONE, uri=f"https://daydaycoffee.example/{number}"
            ),
        )
        for number, (area, title) in enumerate(zip(made.areas, titles, strict=True), start=1)
    )
    return replace(made, areas=areas, starts=starts, ends=ends)


def save(db: Database, name: str, planned: RichMenu, plan_id: int | None = None) -> SavedPlan:
    """Keep a menu as a plan."""
    return plans.save(db, "rich_menu", plan_id, name, to_content(planned))
