"""What is live at LINE, what was counted of it, and how the shop file learns what LINE really has."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import partial

from desktop.core.changes import Changes, Kind
from desktop.line_api import rich_menus
from desktop.line_api.account import account as read_account
from desktop.line_api.client import LineClient
from desktop.line_api.rich_menus import MenuAtLine, insight, links
from desktop.line_api.uploading.hooks import InDatabase
from desktop.operations.planning.publishing.models import Live, LiveMenu
from desktop.operations.planning.publishing.pressing import before_live
from desktop.operations.planning.publishing.roster import account_of, marks_of, query_now
from desktop.store import history, publishing
from desktop.store.database import Database
from desktop.store.planning import plans
from desktop.store.publishing import figures, menus, people
from desktop.store.publishing.figures import InsightDay, MenuInsight
from desktop.store.publishing.menus import FrozenMenu, NewMenu
from desktop.store.publishing.refused import still_refused
from desktop.store.publishing.standing import interrupted, standing

_LINE_HOURS = timedelta(hours=9)
"""LINE's days are UTC+9."""


def live(db: Database) -> Live:
    """What is live at the connected account, as far as the shop file knows."""
    account = account_of(db)
    known = menus.account(db, account)
    having = people.having(db, account)
    told = figures.figures_of(db, account)
    shown = tuple(
        LiveMenu(
            one.menu.id,
            _plan_of(db, one.menu),
            one.menu.name,
            query_now(db, one),
            one.role,
            one.menu.created_at or "",
            having.get(one.menu.id, 0),
            told.get(one.menu.id),
        )
        for one in standing(db, account)
    )
    between = interrupted(db, account)
    now = None if known.live_id is None else publishing.job(db, known.live_id)
    before = before_live(db, account)
    earlier = None if before is None else publishing.job(db, before)
    return Live(
        account,
        shown,
        None if now is None else now.finished_at,
        None if earlier is None else earlier.pressed_at,
        publishing.open_job(db),
        known.doubtful,
        between,
        0 if between is not None else still_refused(db, account),
        people.unsure(db, account),
    )


def look_at_line(client: LineClient, in_database: InDatabase) -> Changes:
    """Learn what LINE really has: menus somebody else deleted, menus of this shop that the file has forgotten, the default,
    aliases. Needs the network; changes nothing at LINE. While a job is on its way nothing is learnt: the job knows better.

    Raises:
        LineProblem: RetryLater, SignInAgain or Refused.
    """
    account = read_account(client).user_id
    listed = list(rich_menus.each(client))
    default = rich_menus.default(client)
    leads = dict(links.aliases(client))

    def write(db: Database) -> Changes:
        with db.transaction():
            if publishing.open_job(db) is not None:
                return Changes()
            _learn_menus(db, account, listed)
            by_number = {one.rich_menu_id: one.id for one in menus.at_line(db, account)}
            if default is not None and default not in by_number:
                menus.set_others_default(db, account)
            else:
                menus.set_default(db, account, None if default is None else by_number[default])
            for alias in menus.aliases(db, account):
                if alias not in leads:
                    menus.set_alias(db, account, alias, None)
            for alias, number in leads.items():
                if number in by_number:
                    menus.set_alias(db, account, alias, by_number[number])
            menus.certain(db, account)
        return Changes.of(Kind.PLANS, Kind.LINE, count=1)

    return in_database(write)


def read_insight(client: LineClient, in_database: InDatabase) -> Changes:
    """Read what LINE counted of the live menus since each was made, in all and by day, up to yesterday. Needs the network; a menu
    of today has no figures yet.

    Raises:
        LineProblem: RetryLater, SignInAgain or Refused.
    """
    read = 0
    for one in in_database(live).menus:
        span = _span(one)
        menu = in_database(partial(menus.menu, menu_id=one.id))
        if span is None or menu.rich_menu_id is None:
            continue
        seen = insight.summary(client, menu.rich_menu_id, *span)
        days: tuple[insight.MenuDay, ...] = ()
        if seen.impressions is not None:
            first = max(span[0], span[1] - timedelta(days=insight.DAILY_DAYS - 1))
            days = insight.daily(client, menu.rich_menu_id, first, span[1])
        _keep(in_database, menu, seen, days)
        read += 1
    return Changes.of(Kind.PLANS, Kind.LINE, count=read) if read else Changes()


def _keep(
    in_database: InDatabase, menu: FrozenMenu, seen: insight.MenuFigures, days: Iterable[insight.MenuDay]
) -> None:
    told = MenuInsight(
        history.utc_now(),
        seen.since,
        seen.until,
        seen.impressions,
        seen.viewers,
        tuple((taps.bounds, taps.count, taps.people) for taps in seen.taps),
        tuple(InsightDay(one.day, one.impressions, one.viewers, one.taps) for one in days),
    )

    def write(db: Database) -> None:
        with db.transaction():
            figures.keep(db, menu.id, told)

    in_database(write)


def _span(one: LiveMenu) -> tuple[date, date] | None:
    """The days (UTC+9) LINE may have counted; None if there are none yet."""
    yesterday = (datetime.now(UTC) + _LINE_HOURS).date() - timedelta(days=1)
    if not one.since:
        return None
    made = (datetime.strptime(one.since, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC) + _LINE_HOURS).date()
    first = max(made, yesterday - timedelta(days=insight.SUMMARY_DAYS - 1))
    return (first, yesterday) if first <= yesterday else None


def _learn_menus(db: Database, account: str, listed: Iterable[MenuAtLine]) -> None:
    """Compare frozen menus with what LINE lists; a menu of this shop that nobody here remembers will be deleted with the next
    publication, and whoever may have it is in doubt."""
    at_line = {one.id: one for one in listed}
    now = history.utc_now()
    known = menus.at_line(db, account)
    for one in known:
        found = next((it for it in at_line.values() if one.is_called(it.name)), None)
        if found is not None and one.rich_menu_id is None:
            menus.created(db, one.id, found.id, now)
        elif found is None and one.rich_menu_id not in at_line:
            menus.gone(db, one.id, now, by_us=False)
    numbers = {one.rich_menu_id for one in menus.at_line(db, account)}
    mark = marks_of(db)
    strays = [one for one in at_line.values() if mark in one.name and one.id not in numbers]
    for stray in strays:
        # A key of its own each time: LINE's list may still show a menu that was deleted as a stray before.
        frozen = menus.freeze(
            db,
            NewMenu(secrets.token_hex(8), account, None, stray.name, "", "", {"name": stray.name}, "", b""),
        )
        menus.created(db, frozen, stray.id, now)
    if strays:
        people.doubt(db, now, account)


def _plan_of(db: Database, menu: FrozenMenu) -> int | None:
    found = None if menu.plan_id is None else plans.by_id(db, menu.plan_id)
    return None if found is None else found.id
