"""What the form of an entry can offer: the shop's audiences, greetings and menus."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from desktop.core.message import Message
from desktop.core.planning.operating.seasons import Season, seasons_between
from desktop.operations.planning import plans
from desktop.operations.planning.operating import entries, months, sheets
from desktop.operations.planning.operating.months import CalendarNow, EntryNow
from desktop.operations.planning.operating.reminders import manager_steps
from desktop.store import audiences
from desktop.store.database import Database

AHEAD = datetime.timedelta(days=75)


@dataclass(frozen=True)
class Offered:
    """What can be chosen: (number, name) each, and the seasons ahead nobody has planned for."""

    audiences: tuple[tuple[int, str], ...]
    plans: tuple[tuple[int, str, str], ...]
    seasons: tuple[Season, ...]
    countries: tuple[str, ...]
    any_entry: bool


@dataclass(frozen=True)
class Read:
    """All that the calendar's tab shows."""

    page: CalendarNow
    offered: Offered


def read_calendar(db: Database, day: datetime.date, view: str, first_weekday: int) -> Read:
    """Read a month's or week's page."""
    page = (
        months.week(db, day, first_weekday)
        if view == "week"
        else months.month(db, day.year, day.month, first_weekday)
    )
    return Read(page, offered(db))


def offered(db: Database) -> Offered:
    """See :class:`Offered`."""
    today = entries.today(db)
    every = entries.all_entries(db)
    planned = {(one.entry.season, one.entry.day.year) for one in every if one.entry.season}
    countries = entries.countries(db)
    ahead = seasons_between(today, today + AHEAD, countries, sheets.sheet_of(db).own_days)
    seasons = tuple(one for one in ahead if (one.id, one.first.year) not in planned and one.first >= today)
    return Offered(
        tuple((one.id, one.name) for one in audiences.all_audiences(db)),
        tuple(
            (one.id, kind, one.name) for kind in ("greeting", "rich_menu") for one in plans.all_of(db, kind)
        ),
        seasons,
        countries,
        bool(every),
    )


@dataclass(frozen=True)
class Looked:
    """An entry with its cost, and how those who pressed nothing are reminded."""

    now: EntryNow
    steps: tuple[Message, ...] = ()


def read_entry(db: Database, entry_id: int) -> Looked:
    """Read one entry.

    Raises:
        UserError: if it is gone.
    """
    now = months.entry_now(db, entry_id)
    wants = now.entry.is_message and now.entry.remind_after is not None and now.entry.reminded_on is None
    return Looked(now, manager_steps(now.entry) if wants else ())
