"""What friends are shown at LINE at this moment, as far as is known, whatever presses came to their end or did not, and which
publication an owner can go back to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desktop.store.database import Database
from desktop.store.publishing import menus, people
from desktop.store.publishing.jobs import PublishingJob
from desktop.store.publishing.jobs import job as job_of
from desktop.store.publishing.menus import Slot

Shape = list[tuple[int | None, str, str, str]]
"""A publication's menus in order of priority, wherever their pictures were made: (plan, look, role, query)."""


def standing(db: Database, account: str) -> list[Slot]:
    """The menus friends can see now: the default and those that lead or are linked to somebody. In the order of the live
    publication; what a press that ended early has left there comes last."""
    known = menus.account(db, account)
    aliases = menus.aliases(db, account)
    having = people.having(db, account)
    shown: dict[int, Slot] = {}
    for slot in menus.roster(db, known.live_id):
        seen = _seen(db, slot, known.default_menu, aliases, having)
        if seen is not None:
            shown.setdefault(seen.menu.id, seen)
    if known.default_menu is not None and known.default_menu not in shown:
        first = Slot(menus.menu(db, known.default_menu), "default", "")
        shown = {known.default_menu: first, **shown}
    if set(having) - set(shown):
        # Who left the account keeps hers, but does not see it.
        for number in sorted(set(people.having(db, account, reachable=True)) - set(shown)):
            shown[number] = Slot(menus.menu(db, number), "people", _last_query(db, number))
    return list(shown.values())


def interrupted(db: Database, account: str) -> PublishingJob | None:
    """The newest press, if it ended before its time and had changed by then what friends see; None once another came to its
    end."""
    number = db.value(
        "SELECT id FROM publishing WHERE account = ? AND kind <> 'links' ORDER BY id DESC LIMIT 1", (account,)
    )
    found = None if number is None else job_of(db, number)
    if found is None or found.state not in ("cancelled", "refused"):
        return None
    changed = db.value(
        "SELECT EXISTS (SELECT 1 FROM publishing_request WHERE publishing_id = ? AND state <> 'waiting'"
        " AND method IN ('alias', 'default', 'clear_default', 'link', 'unlink', 'delete_alias', 'delete'))",
        (found.id,),
    )
    return found if changed else None


def earlier(db: Database, start: int | None, now: Shape) -> int | None:
    """The newest publication, from a given one backwards, that showed something else than what is shown now, if all of its
    menus can be shown again."""
    number = start
    while number is not None:
        slots = menus.roster(db, number)
        if slots and shape(slots) != now:
            again = all(one.menu.usable or menus.image(db, one.menu.id) is not None for one in slots)
            return number if again else None
        job = job_of(db, number)
        number = None if job is None else job.before_id
    return None


def shape(slots: Iterable[Slot]) -> Shape:
    """A publication as it can be compared with another."""
    return [(one.menu.plan_id, one.menu.look, one.role, one.query) for one in slots]


def _seen(
    db: Database, slot: Slot, default: int | None, aliases: dict[str, int], having: dict[int, int]
) -> Slot | None:
    """What a menu of the live publication is by now; None if nobody sees it."""
    if slot.role == "tab":
        target = aliases.get(slot.menu.alias, slot.menu.id)
        menu = slot.menu if target == slot.menu.id else menus.menu(db, target)
        return None if menu.gone else Slot(menu, "tab", slot.query)
    if slot.menu.id == default:
        return Slot(slot.menu, "default", slot.query)
    if slot.menu.gone or (slot.role == "default" and slot.menu.id not in having):
        return None
    return Slot(slot.menu, "people", slot.query)


def _last_query(db: Database, menu_id: int) -> str:
    found: Iterator[str] = iter(
        db.column(
            "SELECT query FROM publishing_menu WHERE menu_id = ? ORDER BY publishing_id DESC LIMIT 1",
            (menu_id,),
        )
    )
    return next(found, "")
