"""The shop's rich menus: listed in their order of priority, begun from a ready set, kept, checked here and by LINE. Publishing is
a room of its own."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from desktop.core.changes import Changes
from desktop.core.planning.rich_menu import checks as rules
from desktop.core.planning.rich_menu.menu import RichMenu, from_content, to_content
from desktop.core.planning.rich_menu.start import SETS, SHOP_KINDS, start_menu
from desktop.core.planning.rich_menu.to_line import menu_object
from desktop.line_api import rich_menus as line_menus
from desktop.line_api.client import LineClient
from desktop.operations.planning import plans
from desktop.operations.planning.plans import SavedPlan
from desktop.store.database import Database
from desktop.store.planning.plans import Plan
from desktop.text import render

KIND = "rich_menu"


@dataclass(frozen=True, slots=True)
class MenuPlan:
    """A menu as it is kept; ``place`` is its priority (the first that matches a person is hers), ``saved_at`` a UTC instant."""

    id: int
    menu: RichMenu
    place: float
    saved_at: str


@dataclass(frozen=True, slots=True)
class Begun:
    """Menus that were made from a ready set."""

    menus: tuple[MenuPlan, ...]
    changes: Changes


def all_menus(db: Database) -> list[MenuPlan]:
    """Every menu, in the order of priority."""
    return [_menu_plan(plan) for plan in plans.all_of(db, KIND)]


def existing(db: Database, plan_id: int) -> MenuPlan:
    """The menu of this number.

    Raises:
        UserError: if it is not there (any more).
    """
    return _menu_plan(plans.existing(db, plan_id))


def by_id(db: Database) -> dict[int, RichMenu]:
    """Every menu by its number, as the checks of switches want them."""
    return {one.id: one.menu for one in all_menus(db)}


def save(db: Database, plan_id: int | None, menu: RichMenu, *, place: float | None = None) -> SavedPlan:
    """Keep a menu, new or changed; a burst of edits is one step of the history.

    Raises:
        UserError: its name is empty, too long or taken.
    """
    return plans.save(db, KIND, plan_id, menu.name, to_content(menu), place=place)


def begin(
    db: Database,
    shop_kind: str,
    which: Collection[str] = SETS,
    links: Mapping[str, str] | None = None,
) -> Begun:
    """Make menus of a ready set, in the owner's language; the one for everybody comes last, as it has to.

    Args:
        db: the writer.
        shop_kind: id of ``start.SHOP_KINDS``.
        which: those of ``start.SETS`` that are wanted.
        links: goal → address, for ``start.LINKS``.
    """
    kind = SHOP_KINDS[shop_kind]
    menus = [start_menu(name, kind, render, links) for name in reversed(SETS) if name in which]
    saved = plans.add_all(db, KIND, [(menu.name, to_content(menu)) for menu in menus])
    return Begun(tuple(_menu_plan(one.plan) for one in saved), saved[0].changes if saved else Changes())


def check(
    db: Database, plan_id: int | None, menu: RichMenu, image: rules.ImageFacts | None = None
) -> tuple[rules.Check, ...]:
    """LINE's rules for a menu, with the shop's other menus known for its switches.

    Args:
        db: read only.
        plan_id: the menu's number; None for one not yet kept.
        menu: the menu as it stands in the editor.
        image: the picture that would be uploaded; None leaves its rules out.
    """
    return rules.checks(menu, image=image, own_id=plan_id, menus=by_id(db))


def alias_of(plan_id: int) -> str:
    """An alias for a menu outside of a publication: what LINE is asked to check, and the file an owner saves."""
    return f"tagline-{plan_id}"


def as_json(menu: RichMenu) -> str:
    """The menu as the object LINE's Messaging API takes, for a file or the clipboard.

    Raises:
        ValueError: a switch without a menu to switch to; the checks tell.
    """
    return json.dumps(menu_object(menu, alias_of), ensure_ascii=False, indent=2) + "\n"


def validate(client: LineClient, menu: RichMenu) -> None:
    """Ask LINE whether it takes the menu; nothing is changed there.

    Raises:
        LineProblem: what LINE does not take, or why it cannot be asked now.
        ValueError: a switch without a menu to switch to.
    """
    line_menus.validate(client, menu_object(menu, alias_of))


def _menu_plan(plan: Plan) -> MenuPlan:
    return MenuPlan(plan.id, from_content(plan.content, plan.name), plan.place, plan.saved_at)
