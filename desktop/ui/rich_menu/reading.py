"""What the page reads of the shop at once: its menus, its name, the first words of the chat, what the operating plan asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop.core.planning.greeting.balloons import Greeting
from desktop.core.planning.rich_menu.goals import GOALS
from desktop.core.planning.rich_menu.menu import RichMenu
from desktop.operations.planning import greetings, rich_menus
from desktop.operations.planning.operating import sheets
from desktop.store.database import Database
from desktop.store.planning import plans
from desktop.store.planning.plans import Plan
from desktop.store.reach import figures
from desktop.ui.rich_menu.menus.counting import people_of


@dataclass(frozen=True)
class ShopMenus:
    """Everything the page shows beside the menu that is open.

    Args:
        plans: the menus as they are kept, in their order.
        menus: the same as values, by plan.
        account: what friends see above the chat.
        greeting: what friends are greeted with today.
        content_types: kinds of content the operating plan names.
        one_branch: the shop has one branch only.
    """

    plans: tuple[Plan, ...]
    menus: Mapping[int, RichMenu]
    account: str
    greeting: Greeting | None
    content_types: tuple[str, ...]
    one_branch: bool


def read(db: Database) -> ShopMenus:
    """Read it."""
    menus = {one.id: one.menu for one in rich_menus.all_menus(db)}
    today = greetings.current(db, date.today())
    types = sheets.sheet_of(db).content_types
    return ShopMenus(
        plans=tuple(plans.all_of(db, rich_menus.KIND)),
        menus=menus,
        account=greetings.account_name(db),
        greeting=None if today is None else today.greeting,
        content_types=tuple(one.id if one.id in GOALS else one.name for one in types),
        one_branch=len(figures.values_of(db, field="store")) == 1,
    )


def counts(db: Database, menus: Mapping[int, RichMenu], today: date) -> dict[int, int]:
    """Plan → how many people have a menu as their own, by the menus in force today."""
    return people_of(db, [(number, menu.for_whom) for number, menu in menus.items() if in_force(menu, today)])


def in_force(menu: RichMenu, today: date) -> bool:
    """Whether the menu's period holds a day."""
    day = today.isoformat()
    return (not menu.starts or menu.starts <= day) and (not menu.ends or day <= menu.ends)
