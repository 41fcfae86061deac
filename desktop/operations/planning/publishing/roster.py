"""Which of the planned menus a publication of today consists of, what each would be at LINE, and what LINE has already."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop.core.clock import local_now
from desktop.core.people.condition import audience_names, tag_names
from desktop.core.people.query.mistake import QueryMistake
from desktop.core.people.query_text import parse
from desktop.core.planning.rich_menu import menu as menu_model
from desktop.core.planning.rich_menu.menu import RichMenu
from desktop.core.planning.rich_menu.to_line import menu_object
from desktop.operations.audiences.audiences import condition_of
from desktop.store import audiences, shop, tags
from desktop.store.condition_sql import compile_condition, query_context
from desktop.store.database import Database
from desktop.store.planning import plans
from desktop.store.planning.plans import Plan
from desktop.store.publishing import menus
from desktop.store.publishing.menus import FrozenMenu, Slot
from desktop.store.publishing.people import Choice

KIND = "rich_menu"

_WHO_AND_WHEN = ("for_whom", "starts", "ends")
"""Fields of a plan's content that say nothing of the menu's look."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One planned menu of today's publication.

    Attributes:
        role: default, people or tab.
        digest: what it looks like and does.
        known: the menu at LINE that looks and does just so, or None.
        state: new, changed or unchanged.
    """

    plan: Plan
    menu: RichMenu
    role: str
    digest: str
    known: FrozenMenu | None
    state: str


@dataclass(frozen=True, slots=True)
class Roster:
    """Today's publication: its menus in order of priority."""

    account: str
    wanted: tuple[Wanted, ...]


def shop_day(db: Database) -> date:
    """Today in the shop."""
    return local_now(shop.get(db, "zone", "Asia/Taipei")).date()


def account_of(db: Database) -> str:
    """The connected account's own user ID; "" if none is connected."""
    known = shop.get_json(db, "line_account") or {}
    return str(known.get("userId") or "")


def in_force(menu: RichMenu, today: date) -> bool:
    """Whether a menu's period holds today."""
    day = today.isoformat()
    return (not menu.starts or menu.starts <= day) and (not menu.ends or day <= menu.ends)


def planned(db: Database) -> list[tuple[Plan, RichMenu]]:
    """All planned menus in order of priority."""
    return [(one, menu_model.from_content(one.content, one.name)) for one in plans.all_of(db, KIND)]


def alias_of(db: Database, plan_id: int) -> str:
    """The alias under which a plan's menu is published; the shop's own mark keeps it apart from other shops' on the channel."""
    return f"tagline-{_mark(db)[:8]}-{plan_id}"


def listed_name(db: Database, name: str, key: str) -> str:
    """What LINE lists a frozen menu as, which nobody but programs sees: its key makes it found again."""
    return f"{name} ({marks_of(db)}{key})"


def marks_of(db: Database) -> str:
    """How the mark of every menu of this shop begins."""
    return f"tagline-{_mark(db)[:12]}-"


def roster(db: Database, today: date) -> Roster:
    """Today's publication."""
    account = account_of(db)
    everything = planned(db)
    current = [(one, menu) for one, menu in everything if in_force(menu, today)]
    return Roster(account, tuple(_wanted(db, account, current)))


def line_object(db: Database, one: Wanted, key: str) -> Mapping[str, Any]:
    """The object LINE gets for a new menu."""
    return menu_object(one.menu, lambda plan: alias_of(db, plan), name=listed_name(db, one.plan.name, key))


def choices(db: Database, slots: Sequence[tuple[int, str, str]]) -> list[Choice]:
    """For whom the menus (number, role, query) are, in order of priority.

    Raises:
        UserError: if a query has a mistake.
    """
    context = query_context(db)
    return [
        Choice(number, compile_condition(condition_of(db, query), context))
        for number, role, query in slots
        if role == "people"
    ]


def as_slots(db: Database, slots: Sequence[Slot]) -> list[tuple[int, str, str]]:
    """A publication's menus as (menu, role, query)."""
    return [(one.menu.id, one.role, query_now(db, one)) for one in slots]


def query_now(db: Database, slot: Slot) -> str:
    """For whom a published menu is. Where a tag or an audience its query names is called otherwise by now, the plan's own
    query has followed, and counts; every other edit of a plan counts from the next publication on."""
    plan = None
    if slot.menu.plan_id is not None and _names_what_is_gone(db, slot.query):
        plan = plans.by_id(db, slot.menu.plan_id)
    return slot.query if plan is None else menu_model.from_content(plan.content).for_whom


def _wanted(db: Database, account: str, current: Sequence[tuple[Plan, RichMenu]]) -> Iterator[Wanted]:
    at_line = [one for one in menus.at_line(db, account) if one.usable]
    live = {one.menu.plan_id for one in menus.roster(db, menus.account(db, account).live_id)}
    default_given = False
    for plan, menu in current:
        role = "people" if menu.for_whom.strip() else "tab" if default_given else "default"
        default_given = default_given or role == "default"
        digest = _digest(db, plan, menu)
        known = next(
            (one for one in reversed(at_line) if (one.plan_id, one.digest) == (plan.id, digest)), None
        )
        state = "unchanged" if known is not None else "changed" if plan.id in live else "new"
        yield Wanted(plan, menu, role, digest, known, state)


def _digest(db: Database, plan: Plan, menu: RichMenu) -> str:
    look = {name: value for name, value in menu_model.to_content(menu).items() if name not in _WHO_AND_WHEN}
    text = json.dumps([look, alias_of(db, plan.id)], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _names_what_is_gone(db: Database, query: str) -> bool:
    try:
        condition = parse(query, extra_columns=None)
    except QueryMistake:
        return False
    missing_tag = any(tags.find(db, name) is None for name in tag_names(condition))
    return missing_tag or any(audiences.find(db, name) is None for name in audience_names(condition))


def _mark(db: Database) -> str:
    return shop.get(db, "key")
