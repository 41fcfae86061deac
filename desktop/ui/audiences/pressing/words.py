"""What an upload will do at LINE, in words: before it happens in the sheet, and as it goes in the notice."""

from __future__ import annotations

from desktop.core.message import Message, message
from desktop.ui.audiences.pressing.looking import Look, Plan

MOST_PEOPLE_SHOWN = 50


def what(plan: Plan, look: Look) -> Message:
    """One sentence: who goes where, under which name, and that nothing is sent."""
    meant = look.meant
    where = message("press_sheet.account", account=meant.name, id=meant.basic_id)
    if look.practice:
        where = message("press_sheet.account_practice", account=meant.name, id=meant.basic_id)
    key = "press_sheet.what_offline" if not meant.asked else f"press_sheet.what_{_way(look)}"
    drift = look.drift
    joined = drift.joined if drift is not None else plan.reachable
    return message(key, n=count(plan, look), joined=joined, audience=plan.name, where=where)


def count(plan: Plan, look: Look) -> int:
    """How many people are meant: whom the shop file held when it was looked at, without those held out."""
    return plan.reachable if look.drift is None else look.drift.joined + look.drift.unchanged


def happens(plan: Plan, look: Look) -> list[Message]:
    """A replacement in three lines, before it happens."""
    drift = look.drift
    left = drift.left if drift is not None and drift.left is not None else 0
    name = (drift.line_name if drift is not None else "") or plan.name
    return [
        message("press_sheet.step_new", n=count(plan, look), left=left, audience=plan.name),
        message("press_sheet.step_names", audience=name),
        message("press_sheet.step_old"),
    ]


def under_way(plan: Plan, look: Look, way: str, few: int | None) -> Message:
    """What the notice says once it is queued.

    Args:
        plan: what was pressed.
        look: what was found before.
        way: new, add or replace.
        few: LINE's minimum for filters, where the list is shorter.
    """
    meant = look.meant
    where = message("press_sheet.account", account=meant.name, id=meant.basic_id)
    if look.practice:
        where = message("press_sheet.account_practice", account=meant.name, id=meant.basic_id)
    key = "press_sheet.going_offline" if not meant.asked else f"press_sheet.going_{way}"
    joined = look.drift.joined if look.drift is not None else plan.reachable
    said = message(key, n=count(plan, look), joined=joined, audience=plan.name, where=where)
    return said if few is None else message("press_sheet.going_few", said=said, few=few)


def people_query(people: tuple[int, ...]) -> str:
    """The query that finds these people, or the first of them where they are many."""
    return " OR ".join(f"id:{person}" for person in people[:MOST_PEOPLE_SHOWN])


def _way(look: Look) -> str:
    way = look.drift.way if look.drift is not None else "new"
    return way if way in ("add", "replace") else "new"
