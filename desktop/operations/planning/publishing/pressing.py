"""The presses: publish what is planned, restore the publication before, take everything back, give people the menu that is
meant for them now. Each freezes a job that the publisher carries to LINE; each is listed in the history and cannot be undone
there."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.operations.line.uploading import refuse_while_paused
from desktop.operations.planning.publishing.models import MenuImage, Pressed
from desktop.operations.planning.publishing.planning import newly, plan
from desktop.operations.planning.publishing.roster import (
    Wanted,
    account_of,
    alias_of,
    as_slots,
    choices,
    line_object,
    query_now,
    roster,
    shop_day,
)
from desktop.store import history, publishing
from desktop.store.database import Database
from desktop.store.publishing import menus, moving, people
from desktop.store.publishing.menus import NewMenu, Slot
from desktop.store.publishing.moving import NewJob, NewRequest
from desktop.store.publishing.refused import still_refused
from desktop.store.publishing.standing import earlier, interrupted, shape, standing

PEOPLE_PER_REQUEST = 500
"""User IDs of one bulk link. Messaging API reference, "Link rich menu to multiple users"."""

_STEPS = {
    "publish": "publishing.step_publish",
    "restore": "publishing.step_restore",
    "take_back": "publishing.step_take_back",
    "links": "publishing.step_links",
}

Slots = Sequence[tuple[int, str, str]]
"""A publication's menus in order of priority: (frozen menu, role, query)."""


def press(db: Database, images: Mapping[int, MenuImage], today: date | None = None) -> Pressed:
    """Publish the planned menus whose period holds today.

    Args:
        db: the writer.
        images: a picture for each plan of ``plan(db).needs_images``.
        today: the shop's day, None for the clock's.

    Raises:
        UserError: if there is a problem (see ``plan``), a menu was changed since its picture was drawn, or LINE has it all
        already.
    """
    with db.transaction():
        day = today or shop_day(db)
        wanted = plan(db, day)
        if wanted.problems:
            raise UserError(wanted.problems[0])
        if wanted.empty:
            raise UserError(message("publishing.nothing_new"))
        if not set(wanted.needs_images) <= set(images):
            raise UserError(message("publishing.changed_meanwhile"))
        found = roster(db, day)
        slots = [
            (_frozen(db, found.account, one, images), one.role, one.menu.for_whom) for one in found.wanted
        ]
        return _job(db, "publish", found.account, slots, day)


def restore(db: Database) -> Pressed:
    """Bring the publication back that was live before the present one, with its menus and its people as they are now.

    Raises:
        UserError: if there is none, a job is on its way, or uploads are paused.
    """
    with db.transaction():
        account = _ready(db)
        before = before_live(db, account)
        if before is None:
            raise UserError(message("publishing.nothing_before"))
        slots = [(_again(db, one), one.role, query_now(db, one)) for one in menus.roster(db, before)]
        return _job(db, "restore", account, slots)


def take_back(db: Database) -> Pressed:
    """Show nothing of ours any more: no default by the API, nobody has a menu of her own, so that the manager's menu shows
    again.

    Raises:
        UserError: if nothing is live, a job is on its way, or uploads are paused.
    """
    with db.transaction():
        account = _ready(db)
        if not standing(db, account) and not people.having(db, account):
            raise UserError(message("publishing.nothing_live"))
        return _job(db, "take_back", account, [])


def refresh_links(db: Database) -> Pressed:
    """Give everybody the menu that is meant for her now, by the queries of the live menus.

    Raises:
        UserError: if nothing is live, nobody waits for another menu, a job is on its way, the last one ended in its middle, or
            uploads are paused.
    """
    with db.transaction():
        account = _ready(db)
        live = menus.account(db, account).live_id
        if live is None:
            raise UserError(message("publishing.nothing_live"))
        between = interrupted(db, account)
        if between is not None:
            # By the live menus' queries everybody would go back to what the last press was to take the place of.
            raise UserError(message(f"publishing_page.interrupted.{between.kind}"))
        if not newly(db).n and not still_refused(db, account):
            raise UserError(message("publishing.nobody_waits"))
        return _job(db, "links", account, as_slots(db, menus.roster(db, live)))


def before_live(db: Database, account: str) -> int | None:
    """The publication that ``restore`` would bring back: the newest that showed something else than is shown now. After a press
    that ended in its middle that is the one before it."""
    live = menus.account(db, account).live_id
    now = [] if interrupted(db, account) is not None else shape(menus.roster(db, live))
    return earlier(db, live, now)


def _ready(db: Database) -> str:
    """The connected account, if a job may be pressed now."""
    refuse_while_paused(db)
    account = account_of(db)
    if not account:
        raise UserError(message("publishing.no_account"))
    if menus.account(db, account).doubtful:
        raise UserError(message("publishing.doubtful"))
    if publishing.open_job(db) is not None:
        raise UserError(message("publishing.on_its_way"))
    return account


def _frozen(db: Database, account: str, one: Wanted, images: Mapping[int, MenuImage]) -> int:
    """The frozen menu of a planned one: the one LINE has, or a new one."""
    if one.known is not None:
        return one.known.id
    image = images[one.plan.id]
    key = secrets.token_hex(8)
    return menus.freeze(
        db,
        NewMenu(
            key,
            account,
            one.plan.id,
            one.plan.name,
            alias_of(db, one.plan.id),
            one.digest,
            line_object(db, one, key),
            image.media_type,
            image.bytes,
        ),
    )


def _again(db: Database, one: Slot) -> int:
    """A menu of an earlier publication: as it is at LINE, or made anew where it is not there any more, or must not stay."""
    menu = one.menu
    if menu.usable and not menu.worn:
        return menu.id
    image = menus.image(db, menu.id)
    if image is None:
        raise UserError(message("publishing.nothing_before"))
    key = secrets.token_hex(8)
    named = str(menu.object["name"]).replace(menu.key, key)
    again = NewMenu(
        key, menu.account, menu.plan_id, menu.name, menu.alias, menu.look, {**menu.object, "name": named},
        menu.media_type, image,
    )  # fmt: skip
    return menus.freeze(db, again)


def _job(db: Database, kind: str, account: str, slots: Slots, day: date | None = None) -> Pressed:
    now = history.utc_now()
    live = menus.account(db, account).live_id
    new = [menu for menu, _, _ in slots if not menus.menu(db, menu).usable]
    step = history.list_only(db, "publish", message(_STEPS[kind], n=len(slots)), len(slots))
    pressed_for = (day or shop_day(db)).isoformat()
    job = moving.begin_job(db, NewJob(kind, account, live, len(new), step, pressed_for, now))
    if kind != "links":
        menus.compose(db, job, slots)
    blocks = people.freeze(db, job, account, choices(db, slots))
    requests = [*_menu_requests(db, account, slots, new)] if kind != "links" else []
    for menu, first, count in blocks:
        method = "unlink" if menu is None else "link"
        for start in range(first, first + count, PEOPLE_PER_REQUEST):
            end = min(start + PEOPLE_PER_REQUEST, first + count)
            requests.append(NewRequest(method, menu, None, start, end - start))
    if kind != "links":
        requests += _retirements(db, account, slots, live)
        menus.drop_images(db, account, {menu for menu, _, _ in slots})
    moving.plan_requests(db, job, requests)
    made = publishing.job(db, job)
    assert made is not None
    return Pressed(made)


def _menu_requests(db: Database, account: str, slots: Slots, new: Sequence[int]) -> Iterator[NewRequest]:
    """Make what is new, let every alias lead where it should, and set the default. Aliases and the default are set even where
    they seem to be right: doing so changes nothing then, and mends what nobody knows of."""
    for menu in new:
        yield NewRequest("validate", menu)
    for menu in new:
        yield NewRequest("create", menu)
        yield NewRequest("image", menu)
    for menu, _, _ in slots:
        yield NewRequest("alias", menu, menus.menu(db, menu).alias)
    default = next((menu for menu, role, _ in slots if role == "default"), None)
    if default is not None:
        yield NewRequest("default", default)
    elif menus.account(db, account).default_menu is not None or menus.default_in_doubt(db, account):
        yield NewRequest("clear_default")


def _retirements(db: Database, account: str, slots: Slots, live: int | None) -> Iterator[NewRequest]:
    """Delete at LINE what neither this publication nor the one that can be restored after it needs, and what somebody still has
    who was erased."""
    as_pressed = [Slot(menus.menu(db, menu), role, query) for menu, role, query in slots]
    back = menus.roster(db, earlier(db, live, shape(as_pressed)))
    kept = {menu for menu, _, _ in slots} | {one.menu.id for one in back if not one.menu.worn}
    retired = [one for one in menus.at_line(db, account) if one.id not in kept]
    numbers = {one.id for one in retired}
    used = {menus.menu(db, menu).alias for menu, _, _ in slots}
    for alias, menu in menus.aliases(db, account).items():
        if menu in numbers and alias not in used:
            yield NewRequest("delete_alias", menu, alias)
    for one in retired:
        yield NewRequest("delete", one.id)
