"""What the operating plan itself asks for today: entries and their preparing, reminders, tasks, goals that fall behind, journeys'
people, and seasons nobody has planned for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from desktop.core.message import message
from desktop.core.people.condition import Op, Term
from desktop.core.people.query_text import to_text
from desktop.core.planning.operating.calendar import State
from desktop.core.planning.operating.seasons import Season, seasons_between
from desktop.operations.planning.operating import boards, entries, journeys, sheets
from desktop.operations.planning.operating.boards import TaskNow
from desktop.operations.planning.operating.due import Due, Go, Source
from desktop.operations.planning.operating.entries import Kept
from desktop.operations.planning.operating.reminders import reminders
from desktop.store import audiences
from desktop.store.database import Database

_PAGE = "operating_plan"
_DONE = message("operating.tick_done")


def of_entries(db: Database, today: date) -> Iterator[Due]:
    """Entries whose day has come, and those that should be prepared."""
    names = {one.id: one.name for one in audiences.all_audiences(db)}
    for kept in entries.all_entries(db):
        entry = kept.entry
        if not entry.open:
            continue
        name = names.get(entry.audience_id or 0)
        query = to_text(Term("audience", Op.HAS, name)) if name else None
        if entry.day <= today:
            yield _entry(kept, today, query)
        elif entry.state is State.PLANNED and entry.day - timedelta(days=entry.prepare_days) <= today:
            yield _preparing(kept, today, query)


def of_reminders(db: Database, today: date) -> Iterator[Due]:
    """Those who did not press anything in a message."""
    for one in reminders(db, today):
        yield Due(
            f"{Source.REMINDER}:{one.entry_id}",
            Source.REMINDER,
            message("operating.due_reminder", title=one.entry.title),
            one.day,
            one.day < today,
            message("operating.due_reminder_who") if one.query else None,
            one.query,
            sends=True,
            audience_id=one.entry.audience_id,
            go=Go(_PAGE, {"tab": "calendar", "entry": one.entry_id}),
            tick=message("operating.tick_reminded"),
            steps=one.steps,
        )


def of_tasks(db: Database, today: date) -> Iterator[Due]:
    """Tasks whose day has come."""
    for one in boards.all_tasks(db):
        if one.task.open and one.task.due is not None and one.task.due <= today:
            yield _task(one)


def of_goals(db: Database) -> Iterator[Due]:
    """Goals that lie behind where they should be."""
    for goal in sheets.current(db).goals:
        if not goal.behind or goal.rate is None or goal.target is None:
            continue
        over = goal.days_left is not None and goal.days_left < 0
        key = "operating.due_goal_over" if over else "operating.due_goal"
        missing = None
        if goal.rate.query and goal.rate.whole_query:
            missing = f"{goal.rate.whole_query} -({goal.rate.query})"
        yield Due(
            f"{Source.GOAL}:{goal.kpi}",
            Source.GOAL,
            message(key, name=goal.name, n=goal.gap or 0),
            goal.target.due if over else None,
            over,
            message(
                "operating.due_goal_now",
                value=_percent(goal.rate.value),
                target=_percent(goal.target.value),
            ),
            missing,
            go=Go(_PAGE, {"tab": "sheet"}),
        )


def of_journeys(db: Database) -> Iterator[Due]:
    """People who stopped at a stage of a journey long enough ago."""
    for one in journeys.journeys(db):
        for stage in one.due:
            advice = stage.stage.advice
            yield Due(
                f"{Source.JOURNEY}:{one.id}:{stage.stage.id}",
                Source.JOURNEY,
                message(
                    "operating.due_journey",
                    journey=one.journey.name,
                    stage=stage.stage.name,
                    n=stage.due,
                ),
                detail=message("operating.as_written", text=advice) if advice else None,
                query=stage.due_query,
                people=stage.due,
                sends=True,
                go=Go("audiences", {"query": stage.due_query}),
                tick=message("operating.tick_spoken_to"),
            )


def of_seasons(db: Database, today: date) -> Iterator[Due]:
    """Seasons it is time to begin for, and for which the calendar has nothing."""
    planned = {
        (kept.entry.season, kept.entry.day.year) for kept in entries.all_entries(db) if kept.entry.season
    }
    own = sheets.sheet_of(db).own_days
    last = today + timedelta(days=60)
    for season in seasons_between(today, last, entries.countries(db), own):
        begun = season.first <= today or season.prepare_from > today
        if not begun and not any(name == season.id for name, year in planned if year == season.first.year):
            yield _season(season, today)


def _entry(kept: Kept, today: date, query: str | None) -> Due:
    entry = kept.entry
    overdue = entry.last < today
    key = "operating.due_entry_over" if overdue else "operating.due_entry"
    return Due(
        f"{Source.ENTRY}:{kept.id}",
        Source.ENTRY,
        message(key, title=entry.title),
        entry.last if overdue else entry.day,
        overdue,
        message(f"operating.channel.{entry.channel.value}"),
        query,
        sends=entry.is_message,
        audience_id=entry.audience_id,
        go=Go(_PAGE, {"tab": "calendar", "entry": kept.id}),
        tick=_DONE,
    )


def _preparing(kept: Kept, today: date, query: str | None) -> Due:
    entry = kept.entry
    lacking = "operating.prepare_all"
    if entry.is_message and entry.audience_id is None and not entry.everybody:
        lacking = "operating.prepare_audience"
    elif entry.is_message and not entry.text.strip() and entry.plan_id is None:
        lacking = "operating.prepare_text"
    return Due(
        f"{Source.PREPARE}:{kept.id}",
        Source.PREPARE,
        message("operating.due_prepare", title=entry.title, n=(entry.day - today).days),
        entry.day,
        False,
        message(lacking),
        query,
        sends=entry.is_message,
        audience_id=entry.audience_id,
        go=Go(_PAGE, {"tab": "calendar", "entry": kept.id}),
        tick=message("operating.tick_ready"),
    )


def _task(one: TaskNow) -> Due:
    note = one.task.note.strip()
    return Due(
        f"{Source.TASK}:{one.id}",
        Source.TASK,
        message("operating.as_written", text=one.task.title),
        one.task.due,
        one.overdue,
        message("operating.as_written", text=note) if note else None,
        go=Go(_PAGE, {"tab": "board", "entry": one.id}),
        tick=_DONE,
    )


def _season(season: Season, today: date) -> Due:
    return Due(
        f"{Source.SEASON}:{season.id}:{season.first.isoformat()}",
        Source.SEASON,
        message("operating.due_season", name=season.name, n=(season.first - today).days),
        season.first,
        False,
        season.idea,
        go=Go(_PAGE, {"tab": "calendar"}),
        tick=message("operating.tick_not_this_year"),
        season=season,
    )


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share * 100:.1f}%"
