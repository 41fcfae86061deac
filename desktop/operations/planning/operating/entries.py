"""Entries of the calendar: kept, moved, marked as done, copied from another year, and made from a season."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from desktop.core.changes import Changes, Kind
from desktop.core.clock import local_now
from desktop.core.errors import UserError
from desktop.core.message import Message, message
from desktop.core.planning.operating.calendar import Entry, State, same_day_next_year
from desktop.core.planning.operating.seasons import Season, seasons_of
from desktop.operations.planning import plans
from desktop.operations.planning.operating.sheets import sheet_of
from desktop.operations.planning.plans import SavedPlan
from desktop.store import history, shop
from desktop.store.database import Database
from desktop.store.planning import plans as stored
from desktop.text import render

KIND = "entry"

_CHANGED = Changes.of(Kind.PLANS, Kind.HISTORY, count=1)


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry of the calendar and its number."""

    id: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Copied:
    """Entries that were copied to another year; ``already`` were there before and were left alone. ``step`` is None where nothing
    was copied."""

    entries: int
    already: int
    step: int | None
    changes: Changes = field(default=_CHANGED)


def all_entries(db: Database) -> list[Kept]:
    """All entries, by their day and time."""
    found = [Kept(plan.id, Entry.from_content(plan.name, plan.content)) for plan in plans.all_of(db, KIND)]
    return sorted(found, key=lambda one: (one.entry.day, one.entry.at or "99", one.id))


def between(db: Database, first: date, last: date) -> list[Kept]:
    """The entries that touch a span of days, by their day and time."""
    return [one for one in all_entries(db) if one.entry.day <= last and one.entry.last >= first]


def existing(db: Database, entry_id: int) -> Kept:
    """The entry of this number.

    Raises:
        UserError: if it is gone.
    """
    plan = plans.existing(db, entry_id)
    if plan.kind != KIND:
        raise UserError(message("plans_core.gone"))
    return Kept(plan.id, Entry.from_content(plan.name, plan.content))


def save(db: Database, entry_id: int | None, entry: Entry) -> SavedPlan:
    """Keep an entry; None makes a new one. A burst of edits is one step.

    Raises:
        UserError: if it has no title, its last day lies before its first, or its time is none.
    """
    if entry.until is not None and entry.until < entry.day:
        raise UserError(message("operating.ends_before", title=entry.title))
    if entry.at and not _is_time(entry.at):
        raise UserError(message("operating.no_time", text=entry.at))
    return plans.save(db, KIND, entry_id, entry.title, entry.to_content())


def move(db: Database, entry_id: int, day: date) -> SavedPlan:
    """Put an entry on another day, as long as it was: what dragging in the calendar does.

    Raises:
        UserError: if it is gone.
    """
    return in_own_step(db, entry_id, existing(db, entry_id).entry.moved(day).to_content())


def end(db: Database, entry_id: int, day: date) -> SavedPlan:
    """Let an entry last until another day: what dragging its end in the calendar does.

    Raises:
        UserError: if it is gone.
    """
    return in_own_step(db, entry_id, existing(db, entry_id).entry.ending(day).to_content())


def mark(db: Database, entry_id: int, state: State, on: date | None = None) -> SavedPlan:
    """Say how far an entry is.

    Args:
        db: the writer.
        entry_id: which.
        state: planned, ready, done or skipped.
        on: the day it was done; None: today.

    Raises:
        UserError: if it is gone.
    """
    marked = existing(db, entry_id).entry.marked(state, on or today(db))
    return in_own_step(db, entry_id, marked.to_content())


def reminded(db: Database, entry_id: int) -> SavedPlan:
    """Those who did not press anything were reminded (or will not be): it is not asked for again.

    Raises:
        UserError: if it is gone.
    """
    known = existing(db, entry_id).entry
    return in_own_step(db, entry_id, replace(known, reminded_on=today(db)).to_content())


def delete(db: Database, entry_id: int) -> Changes:
    """Delete an entry; undo brings it back.

    Raises:
        UserError: if it is gone.
    """
    return plans.delete(db, entry_id)


def copy(db: Database, entry_id: int, day: date) -> SavedPlan:
    """Make a second entry like this one on another day, planned anew.

    Raises:
        UserError: if it is gone.
    """
    known = existing(db, entry_id).entry
    return save(db, None, _anew(known, day))


def copy_year(db: Database, from_year: int, to_year: int, month: int | None = None) -> Copied:
    """Copy the entries of a year (or of one month of it) to another year, planned anew, as one step: those of a season to where
    the season lies then, the others to the nearest same weekday. What has the same title in the same season or on the same day is
    not copied twice.

    Args:
        db: the writer.
        from_year, to_year: calendar years.
        month: 1 to 12; None: the whole year.
    """
    every = all_entries(db)
    wanted = [
        one.entry for one in every if one.entry.day.year == from_year and month in (None, one.entry.day.month)
    ]
    there = {_mark(one.entry) for one in every}
    copies = [_in_year(db, entry, to_year) for entry in wanted]
    fresh = [entry for entry in copies if _mark(entry) not in there]
    if not fresh:
        return Copied(0, len(copies), None, Changes())
    with db.transaction():
        text = message("steps.entries_copied", n=len(fresh), year=str(to_year))
        step = history.begin_step(db, "plan_save", text)
        place = stored.last_place(db, KIND)
        for number, entry in enumerate(fresh, 1):
            stored.create(db, KIND, entry.title, place + number, entry.to_content(), step)
        kept = history.finish_step(db, step, len(fresh))
    return Copied(len(fresh), len(copies) - len(fresh), kept)


def draft_for(season: Season, day: date | None = None) -> Entry:
    """An entry to begin with for a season: its name, its idea as a note, on its first day (or another)."""
    chosen = day or season.first
    until = season.last if day is None and season.last > season.first else None
    return Entry(
        title=_cut(season.name),
        day=chosen,
        until=until,
        season=season.id,
        note=render(season.idea),
        prepare_days=min(season.prepare_days, 14),
    )


def countries(db: Database) -> tuple[str, ...]:
    """The countries whose seasons the calendar shows: the shop's own, unless the owner chose others."""
    kept = shop.get_json(db, "operating_seasons")
    if isinstance(kept, dict) and isinstance(kept.get("countries"), list):
        return tuple(one for one in kept["countries"] if one in ("TW", "JP"))
    return ("JP",) if shop.get(db, "country", "TW") == "JP" else ("TW",)


def show_seasons_of(db: Database, chosen: Sequence[str]) -> Changes:
    """Choose whose seasons the calendar shows: TW, JP, both or none. A setting, not a step."""
    with db.transaction():
        shop.put_json(db, "operating_seasons", {"countries": [one for one in ("TW", "JP") if one in chosen]})
    return Changes.of(Kind.SHOP)


def in_own_step(db: Database, plan_id: int, content: dict[str, Any]) -> SavedPlan:
    """Change a plan by one press or drag, which undo takes back alone, however soon after an edit it came.

    Raises:
        UserError: if it is gone.
    """
    known = plans.existing(db, plan_id)
    with db.transaction():
        text = message("steps.plan_save", kind=plans.kind_word(known.kind), name=known.name)
        step = history.begin_step(db, "plan_move", text)
        changed = stored.change(db, known, known.name, known.place, content, step)
        kept = history.finish_step(db, step, int(changed))
    return SavedPlan(plans.existing(db, plan_id), kept, _CHANGED if kept is not None else Changes())


def today(db: Database) -> date:
    """The shop's day."""
    return local_now(shop.get(db, "zone", "Asia/Taipei")).date()


def _anew(entry: Entry, day: date) -> Entry:
    """An entry planned again on another day: nothing of it is done yet."""
    return replace(
        entry.moved(day), state=State.PLANNED, done_on=None, reminded_on=None, copied_from=entry.day
    )


def _in_year(db: Database, entry: Entry, year: int) -> Entry:
    season = _season_in(db, entry, year)
    day = season or same_day_next_year(entry.day, year)
    return _anew(entry, day)


def _season_in(db: Database, entry: Entry, year: int) -> date | None:
    """The day that lies to its season in another year as the entry's day lies to it in its own."""
    if not entry.season:
        return None
    own = sheet_of(db).own_days
    for country in ("TW", "JP", ""):
        here = [one for one in seasons_of(entry.day.year, country, own) if one.id == entry.season]
        there = [one for one in seasons_of(year, country, own) if one.id == entry.season]
        if here and there:
            nearest = min(here, key=lambda one: abs((entry.day - one.first).days))
            return there[0].first + (entry.day - nearest.first)
    return None


def _mark(entry: Entry) -> tuple[str, str | date]:
    """What makes two entries the same when a year is copied."""
    return entry.title, f"{entry.season} {entry.day.year}" if entry.season else entry.day


def _is_time(text: str) -> bool:
    hours, _, minutes = text.partition(":")
    return hours.isdigit() and minutes.isdigit() and int(hours) < 24 and int(minutes) < 60


def _cut(name: Message) -> str:
    return render(name)[: plans.NAME_LENGTH]
