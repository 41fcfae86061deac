"""What is ready to be changed at LINE and waits for the owner's press, as rows of the outbox: a menu whose day begins or is over,
people who should have another menu, a menu of somebody who was erased. Nothing of it is kept or sent: it is worked out anew
whenever it is asked for, so that it is true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from desktop.operations.planning.publishing.models import Newly, PeriodDue
from desktop.operations.planning.publishing.planning import due, newly, plan
from desktop.operations.planning.publishing.roster import account_of, query_now, shop_day
from desktop.store import publishing, shop
from desktop.store.database import Database
from desktop.store.publishing import menus, people
from desktop.store.publishing.menus import Slot
from desktop.store.publishing.standing import standing


@dataclass(frozen=True, slots=True)
class Prepared:
    """One change that waits for a press.

    Attributes:
        what: ``starts`` or ``ends`` (a menu's period), ``newly`` (people), or ``erased`` (a menu).
        plan_id, name: the menu; None and "" for people.
        role: whom it is for, as in :class:`PlannedMenu`; query: the people it is for.
        people: who gets it, or has it now; for people: how many change theirs.
        day: the first day it is shown, or the last.
        newly: the people, in parts.
    """

    what: str
    plan_id: int | None = None
    name: str = ""
    role: str = "people"
    query: str = ""
    people: int = 0
    day: date | None = None
    newly: Newly | None = None


def prepared(db: Database, today: date | None = None) -> tuple[Prepared, ...]:
    """What waits for a press now; nothing while a job is on its way or LINE has to be asked first.

    Args:
        db: any connection.
        today: the shop's day, None for the clock's.
    """
    account = account_of(db)
    if not account or shop.get(db, "uploads_paused") == "1" or publishing.open_job(db) is not None:
        return ()
    if menus.account(db, account).doubtful:
        return ()
    day = today or shop_day(db)
    return (*_periods(db, account, day), *_worn(db, account), *_people(db))


def _periods(db: Database, account: str, day: date) -> Iterator[Prepared]:
    found = due(db, day)
    if not found:
        return
    coming = {one.plan_id: one for one in plan(db, day).menus}
    shown = {one.menu.plan_id: one for one in standing(db, account)}
    having = people.having(db, account)
    for one in found:
        if one.what == "starts" and one.plan_id in coming:
            menu = coming[one.plan_id]
            yield Prepared("starts", one.plan_id, one.name, menu.role, menu.query, menu.people, one.day)
        elif one.plan_id in shown:
            yield _ending(db, one, shown[one.plan_id], having)


def _ending(db: Database, one: PeriodDue, slot: Slot, having: dict[int, int]) -> Prepared:
    number = having.get(slot.menu.id, 0)
    return Prepared("ends", one.plan_id, one.name, slot.role, query_now(db, slot), number, one.day)


def _worn(db: Database, account: str) -> Iterator[Prepared]:
    having = people.having(db, account)
    for slot in standing(db, account):
        if slot.menu.worn:
            yield Prepared(
                "erased",
                slot.menu.plan_id,
                slot.menu.name,
                slot.role,
                query_now(db, slot),
                having.get(slot.menu.id, 0),
            )


def _people(db: Database) -> Iterator[Prepared]:
    found = newly(db)
    if found.n:
        yield Prepared("newly", people=found.n, newly=found)
