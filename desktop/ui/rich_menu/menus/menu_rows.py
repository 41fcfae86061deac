"""The lines of the list of menus: what each menu is called, whose it is, and how many people that are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.core.planning.rich_menu.menu import RichMenu
from desktop.store.planning.plans import Plan
from desktop.text import t
from desktop.ui import i18n
from desktop.ui.rich_menu.menus.whom import whom_words
from desktop.ui.rich_menu.reading import in_force


@dataclass(frozen=True)
class MenuRow:
    """One menu of the list: ``whom`` in words, ``people`` who have a menu of their own by it (None: not counted)."""

    plan_id: int
    name: str
    whom: str
    people: int | None = None
    past: bool = False

    @property
    def told(self) -> str:
        """What stands at the right."""
        return self.whom if self.people is None else f"{self.whom} {i18n.number(self.people)}"


def rows_of(plans: Sequence[Plan], menus: Mapping[int, RichMenu], today: date) -> list[MenuRow]:
    """The lines of all menus. Of the menus for everybody the first in force is the default; the others are only reached from it.

    Args:
        plans: in their order.
        menus: the same as values.
        today: decides which are in force.
    """
    rows: list[MenuRow] = []
    default_given = False
    for plan in plans:
        menu = menus[plan.id]
        past = not in_force(menu, today)
        everybody = not menu.for_whom.strip() and not past
        tab = everybody and default_given
        default_given = default_given or everybody
        whom = t("rich_menu_page.whom.tab") if tab else whom_words(menu.for_whom)
        rows.append(MenuRow(plan.id, plan.name, whom, past=past))
    return rows


def counted(rows: Sequence[MenuRow], people: Mapping[int, int]) -> list[MenuRow]:
    """The rows with how many people have each."""
    return [MenuRow(row.plan_id, row.name, row.whom, people.get(row.plan_id), row.past) for row in rows]
