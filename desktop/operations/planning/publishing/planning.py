"""What a press of 發佈 would change, who waits for another menu, and which periods begin or have ended. Nothing here changes
anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from desktop.core.errors import UserError
from desktop.core.message import Message, message
from desktop.core.planning.rich_menu.to_line import switches_to
from desktop.operations.planning.publishing.models import Newly, PeriodDue, PlannedMenu, Publication
from desktop.operations.planning.publishing.obstacles import obstacles
from desktop.operations.planning.publishing.roster import (
    Roster,
    Wanted,
    account_of,
    as_slots,
    choices,
    in_force,
    planned,
    roster,
    shop_day,
)
from desktop.store import publishing
from desktop.store.database import Database
from desktop.store.publishing import menus, people
from desktop.store.publishing.menus import AccountMenus, Slot
from desktop.store.publishing.people import Differences
from desktop.store.publishing.standing import interrupted, standing


def plan(db: Database, today: date | None = None) -> Publication:
    """What a press would do now.

    Args:
        db: any connection.
        today: the shop's day, None for the clock's.
    """
    found = roster(db, today or shop_day(db))
    known = menus.account(db, found.account)
    live = menus.roster(db, known.live_id)
    in_the_way = tuple(obstacles(db, found))
    changed = _differences(db, found) if not in_the_way else Differences()
    default = next((one for one in found.wanted if one.role == "default"), None)
    default_now = None if default is None or default.known is None else default.known.id
    return Publication(
        menus=tuple(
            PlannedMenu(
                one.plan.id,
                one.plan.name,
                one.menu.for_whom,
                one.role,
                one.state,
                changed.people.get(_number(at, one), 0),
            )
            for at, one in enumerate(found.wanted)
        ),
        gone=_gone(found.wanted, standing(db, found.account)),
        link=sum(changed.link.values()),
        unlink=changed.unlink,
        default_changes=default_now != known.default_menu or (default is not None and default_now is None),
        rules_change=[(_number(at, one), one.role, one.menu.for_whom) for at, one in enumerate(found.wanted)]
        != as_slots(db, live)
        or interrupted(db, found.account) is not None,
        hides_managers_menu=default is not None and known.default_menu is None,
        obstacles=in_the_way,
        notes=(
            *(_hiding(known) if default is not None and known.default_menu is None else ()),
            *_worn(live),
            *_notes(found.wanted, changed),
        ),
    )


def newly(db: Database) -> Newly:
    """Who should have another menu than she has, by the queries of the menus that are live. Nobody while nothing is live, a job
    is on its way, the last one ended in its middle, or a backup was restored."""
    account = account_of(db)
    known = menus.account(db, account)
    if known.live_id is None or known.doubtful or publishing.open_job(db) is not None:
        return Newly(0)
    if interrupted(db, account) is not None:
        return Newly(0)
    live = menus.roster(db, known.live_id)
    try:
        wanted = choices(db, as_slots(db, live))
    except UserError as error:
        return Newly(0, problem=error.text)
    found = people.differences(db, account, wanted, without_refused=True)
    names = {one.menu.id: one.menu.name for one in live}
    return Newly(found.count, tuple((names[menu], n) for menu, n in found.link.items()), found.unlink)


def due(db: Database, today: date | None = None) -> list[PeriodDue]:
    """Menus whose period has begun since the last press and that are not live, and live ones whose period is over. Nothing
    without an account."""
    day = today or shop_day(db)
    account = account_of(db)
    if not account:
        return []
    number = menus.account(db, account).live_id
    live = {one.menu.plan_id for one in menus.roster(db, number)}
    job = None if number is None else publishing.job(db, number)
    # What had begun before the last press was left out, or taken back, on purpose.
    since = "" if job is None else job.day
    found = []
    for one, menu in planned(db):
        if menu.starts and menu.starts >= since and in_force(menu, day) and one.id not in live:
            found.append(PeriodDue(one.id, one.name, "starts", date.fromisoformat(menu.starts)))
        elif menu.ends and menu.ends < day.isoformat() and one.id in live:
            found.append(PeriodDue(one.id, one.name, "ends", date.fromisoformat(menu.ends)))
    return found


def _differences(db: Database, found: Roster) -> Differences:
    slots = [(_number(at, one), one.role, one.menu.for_whom) for at, one in enumerate(found.wanted)]
    return people.differences(db, found.account, choices(db, slots))


def _number(at: int, one: Wanted) -> int:
    """The frozen menu, or a number below 0 that stands for one that is to be made."""
    return one.known.id if one.known is not None else -1 - at


def _gone(wanted: Sequence[Wanted], live: Sequence[Slot]) -> tuple[str, ...]:
    staying = {one.plan.id for one in wanted}
    return tuple(one.menu.name for one in live if one.menu.plan_id not in staying)


def _hiding(known: AccountMenus) -> Iterator[Message]:
    """What a default menu of ours takes the place of."""
    yield message("publishing.note_other_program" if known.others_default else "publishing.note_hides")


def _worn(live: Sequence[Slot]) -> Iterator[Message]:
    """Why menus nobody changed are made anew."""
    for one in live:
        if one.menu.worn:
            yield message("publishing.note_erased", name=one.menu.name)


def _notes(wanted: Sequence[Wanted], changed: Differences) -> Iterator[Message]:
    if not any(one.role == "default" for one in wanted):
        yield message("publishing.note_no_default")
    reached = {target for one in wanted for target in switches_to(one.menu)}
    for at, one in enumerate(wanted):
        if one.role == "tab" and one.plan.id not in reached:
            yield message("publishing.note_unreached", name=one.plan.name)
        if one.role == "people" and changed.people and not changed.people.get(_number(at, one)):
            yield message("publishing.note_nobody", name=one.plan.name)
