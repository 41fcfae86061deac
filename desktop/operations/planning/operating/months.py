"""A month or week of the calendar: its days, what is planned on them and what that costs, and the seasons beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from desktop.core.errors import UserError
from desktop.core.figures.message_cost import QuotaNow, SendCost, send_cost
from desktop.core.message import Message, message
from desktop.core.planning.operating.calendar import Entry, MonthGrid, month_grid
from desktop.core.planning.operating.seasons import Season, seasons_between
from desktop.operations.audiences.audiences import condition_of
from desktop.operations.planning.operating import entries
from desktop.operations.planning.operating.entries import Kept
from desktop.operations.planning.operating.sheets import sheet_of
from desktop.operations.shop import message_plans
from desktop.operations.shop.message_plans import PlansNow
from desktop.store import audiences, shop
from desktop.store.audience_history.hold_out import held_out_sql, percent_of
from desktop.store.audiences import Audience
from desktop.store.condition_sql import compile_condition, query_context
from desktop.store.conditions.values import Sql
from desktop.store.database import Database
from desktop.store.planning import plans as stored
from desktop.store.planning.plans import Plan


@dataclass(frozen=True, slots=True)
class EntryNow:
    """An entry as it stands.

    Args:
        id: the entry's number.
        entry: its content.
        audience: the name of its audience; None: none, or it was deleted.
        people: whom a message would reach now; None: no audience, or it cannot be counted (``problem`` says why).
        cost: what sending would add to the bill, for messages still to be sent; None otherwise.
        plan: the greeting or rich menu it is about, if that is still there.
        overdue: whether its last day is over and it is neither done nor skipped.
        problem: why its people cannot be counted.
    """

    id: int
    entry: Entry
    audience: str | None = None
    people: int | None = None
    cost: SendCost | None = None
    plan: Plan | None = None
    overdue: bool = False
    problem: Message | None = None


@dataclass(frozen=True, slots=True)
class MonthCost:
    """What the messages of one calendar month that are still to be sent come to together.

    Args:
        sends: how many entries that are.
        messages: billed messages.
        cost: what they add to that month's bill, the quota used up in turn; another month than this one starts with a full quota.
        unknown: entries among them whose people are not known (no audience chosen, or everybody while LINE told no reach).
    """

    sends: int
    messages: int
    cost: SendCost
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class CalendarNow:
    """A page of the calendar.

    Args:
        grid: its weeks; a week's page has one.
        today: the shop's day.
        entries: those that touch the days shown, by day and time.
        seasons: those that touch them.
        total: of the month named by the grid, whatever part of it is shown.
    """

    grid: MonthGrid
    today: date
    entries: tuple[EntryNow, ...]
    seasons: tuple[Season, ...]
    total: MonthCost

    def on(self, day: date) -> tuple[EntryNow, ...]:
        """The entries of a day."""
        return tuple(one for one in self.entries if one.entry.on(day))

    def seasons_on(self, day: date) -> tuple[Season, ...]:
        """The seasons of a day."""
        return tuple(one for one in self.seasons if one.on(day))


def month(db: Database, year: int, month: int, first_weekday: int = 0) -> CalendarNow:
    """A month's page.

    Args:
        db: any connection, in its thread.
        year, month: which.
        first_weekday: 0 is Monday, 6 Sunday.
    """
    return _page(db, month_grid(year, month, first_weekday))


def week(db: Database, day: date, first_weekday: int = 0) -> CalendarNow:
    """The page of the week a day lies in."""
    first = day - timedelta(days=(day.weekday() - first_weekday) % 7)
    days = tuple(first + timedelta(days=number) for number in range(7))
    return _page(db, MonthGrid(day.year, day.month, (days,)))


def span(db: Database, first: date, last: date) -> tuple[EntryNow, ...]:
    """The entries that touch a span of days, by day and time."""
    looking = _Looking(db)
    return tuple(looking.at(kept) for kept in entries.between(db, first, last))


def entry_now(db: Database, entry_id: int) -> EntryNow:
    """One entry as it stands.

    Raises:
        UserError: if it is gone.
    """
    return _Looking(db).at(entries.existing(db, entry_id))


def _page(db: Database, grid: MonthGrid) -> CalendarNow:
    looking = _Looking(db)
    shown = tuple(looking.at(kept) for kept in entries.between(db, grid.first, grid.last))
    own = sheet_of(db).own_days
    seasons = seasons_between(grid.first, grid.last, entries.countries(db), own)
    return CalendarNow(grid, looking.today, shown, seasons, looking.month_cost(grid.year, grid.month))


class _Looking:
    """Entries of one moment: each audience is counted once."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.context = query_context(db)
        self.today = self.context.now.date()
        self._audiences: dict[int, Audience] | None = None
        self._reach: dict[int, int | Message] = {}
        self._plans_now: PlansNow | None = None

    @property
    def plans_now(self) -> PlansNow:
        """The shop's message plan."""
        if self._plans_now is None:
            self._plans_now = message_plans.plans_now(self.db)
        return self._plans_now

    def at(self, kept: Kept) -> EntryNow:
        """One entry."""
        entry = kept.entry
        audience = self._audience(entry.audience_id)
        people, problem = self._people(entry)
        cost = None
        if entry.open and entry.is_message and people is not None:
            cost = self._cost(people, entry.day)
        plan = stored.by_id(self.db, entry.plan_id) if entry.plan_id else None
        overdue = entry.open and entry.last < self.today
        name = audience.name if audience else None
        return EntryNow(kept.id, entry, name, people, cost, plan, overdue, problem)

    def month_cost(self, year: int, month: int) -> MonthCost:
        """The messages of a month that are still to be sent."""
        open_ = [
            kept.entry
            for kept in entries.all_entries(self.db)
            if kept.entry.open
            and kept.entry.is_message
            and (kept.entry.day.year, kept.entry.day.month) == (year, month)
        ]
        numbers = [self._people(entry)[0] for entry in open_]
        messages = sum(number for number in numbers if number is not None)
        cost = self._cost(messages, date(year, month, 1))
        return MonthCost(len(open_), messages, cost, numbers.count(None))

    def _people(self, entry: Entry) -> tuple[int | None, Message | None]:
        """Whom a message reaches, or why nobody can say."""
        if entry.everybody:
            targets = (shop.get_json(self.db, "line_figures") or {}).get("targetedReaches")
            return (targets, None) if isinstance(targets, int) else (None, message("operating.no_reach"))
        if entry.audience_id is None:
            return None, None
        audience = self._audience(entry.audience_id)
        if audience is None:
            return None, message("operating.audience_gone")
        if audience.id not in self._reach:
            self._reach[audience.id] = self._count(audience)
        found = self._reach[audience.id]
        return (found, None) if isinstance(found, int) else (None, found)

    def _count(self, audience: Audience) -> int | Message:
        """The reachable people of an audience without those held out, as its own page counts them."""
        try:
            sql = compile_condition(condition_of(self.db, audience.query), self.context)
        except UserError as error:
            return error.text
        if percent_of(self.db, audience.id):
            sql = Sql(f"({sql.where}) AND NOT {held_out_sql(audience.id)}", sql.params)
        return audiences.reach(self.db, sql.where, sql.params).reachable

    def _cost(self, messages: int, day: date) -> SendCost:
        """What messages add to the bill of the month of a day: this month's, or of another with nothing used yet."""
        now = self.plans_now
        quota = now.quota
        if quota is not None and (day.year, day.month) != (self.today.year, self.today.month):
            quota = QuotaNow(quota.value, 0)
        return send_cost(messages, quota, now.country, max(day, self.today), now.table)

    def _audience(self, audience_id: int | None) -> Audience | None:
        if audience_id is None:
            return None
        if self._audiences is None:
            self._audiences = {one.id: one for one in audiences.all_audiences(self.db)}
        return self._audiences.get(audience_id)
