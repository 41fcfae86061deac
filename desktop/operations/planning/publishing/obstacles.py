"""What keeps the planned menus from being published, each with the place where it is mended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.core.planning.actions import ActionKind
from desktop.core.planning.rich_menu.checks import checks, errors
from desktop.core.planning.rich_menu.menu import RichMenu
from desktop.operations.planning.publishing.models import Mend, Obstacle
from desktop.operations.planning.publishing.roster import Roster, Wanted, choices, planned
from desktop.store import publishing, shop
from desktop.store.database import Database
from desktop.store.publishing import menus


def obstacles(db: Database, found: Roster) -> Iterator[Obstacle]:
    """Everything that keeps today's publication from being pressed: first what is so with the shop, then each menu's own."""
    yield from _of_the_shop(db, found.account)
    if not found.account:
        yield Obstacle(message("publishing.no_account"), Mend.SETTINGS)
    if not found.wanted:
        yield Obstacle(message("publishing.nothing_planned"), Mend.MENUS)
    everything = {plan.id: menu for plan, menu in planned(db)}
    today = {one.plan.id for one in found.wanted}
    for one in found.wanted:
        yield from _of_a_menu(db, one, everything)
        yield from _of_switches(one, everything, today)


def _of_the_shop(db: Database, account: str) -> Iterator[Obstacle]:
    if shop.get(db, "uploads_paused") == "1":
        yield Obstacle(message("outbox.paused"), Mend.OUTBOX)
    elif menus.account(db, account).doubtful:
        yield Obstacle(message("publishing.doubtful"), Mend.AT_LINE)
    job = publishing.open_job(db)
    if job is not None:
        yield Obstacle(message("publishing.on_its_way"), Mend.OUTBOX, job=job.id)


def _of_a_menu(db: Database, one: Wanted, everything: Mapping[int, RichMenu]) -> Iterator[Obstacle]:
    name, plan = one.plan.name, one.plan.id
    try:
        # Compiled too: a query may be written well and name an audience that is not there any more.
        choices(db, [(0, "people", one.menu.for_whom)])
    except UserError as error:
        text = message("publishing.query_wrong", name=name, why=error.text)
        yield Obstacle(text, Mend.MENUS, plan, field="for_whom")
    for check in errors(checks(one.menu, own_id=plan, menus=everything)):
        if check.id != "query_wrong":
            text = message("publishing.menu_wrong", name=name, why=check.text)
            yield Obstacle(text, Mend.MENUS, plan, check.area, check.field)


def _of_switches(one: Wanted, everything: Mapping[int, RichMenu], today: Set[int]) -> Iterator[Obstacle]:
    """Buttons that lead to a menu that is planned, but not for today."""
    for at, area in enumerate(one.menu.areas):
        target = area.action.menu if area.action.kind is ActionKind.SWITCH else None
        if target in everything and target not in today:
            text = message("publishing.switch_missing", name=one.plan.name)
            yield Obstacle(text, Mend.MENUS, one.plan.id, at, "action.menu")
