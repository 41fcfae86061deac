"""「今天要做的事」: what the plan, the journeys and LINE ask for today, in one list; ticking off and putting off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.planning.operating.calendar import State
from desktop.operations.insights.questions import Questions
from desktop.operations.planning.operating import (
    boards,
    due_from_line,
    due_from_plan,
    entries,
    journeys,
)
from desktop.operations.planning.operating.due import Due, Go, Source
from desktop.store import shop
from desktop.store.audience_history.hold_out import held_out_sql, percent_of
from desktop.store.conditions.values import Sql
from desktop.store.database import Database
from desktop.store.insights.counting import counts

__all__ = ["Due", "Go", "Source", "Ticked", "done", "later", "today"]

_HIDDEN = "operating_later"

_FOR_GOOD = 400
"""Days for which what was ticked off and comes back each year is not shown."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """Something was ticked or put off; ``step`` is None where that is a setting."""

    step: int | None
    changes: Changes = field(default=Changes.of(Kind.PLANS))


def today(db: Database) -> tuple[Due, ...]:
    """All there is to do, the overdue first, then by day, what has no day last.

    Args:
        db: any connection, in its thread.
    """
    day = entries.today(db)
    hidden = _hidden(db)
    found = [one for one in _all(db, day) if hidden.get(one.id, date.min) <= day]
    order = list(Source)
    counted = _counted(db, found)
    return tuple(
        sorted(counted, key=lambda one: (not one.overdue, one.day or date.max, order.index(one.source)))
    )


def done(db: Database, due_id: str) -> Ticked:
    """Tick something off: the entry, task, reminder or stage is marked (a step); what is nobody's own is not shown again.

    Args:
        db: the writer.
        due_id: as :func:`today` gave it.

    Raises:
        UserError: if it is gone meanwhile.
    """
    source, _, rest = due_id.partition(":")
    saved = None
    match source:
        case Source.ENTRY:
            saved = entries.mark(db, int(rest), State.DONE)
        case Source.PREPARE:
            saved = entries.mark(db, int(rest), State.READY)
        case Source.REMINDER:
            saved = entries.reminded(db, int(rest))
        case Source.TASK:
            saved = boards.finish(db, int(rest))
        case Source.JOURNEY:
            number, _, stage = rest.partition(":")
            saved = journeys.spoken_to(db, int(number), stage)
        case _:
            return later(db, due_id, _FOR_GOOD)
    return Ticked(saved.step, saved.changes)


def later(db: Database, due_id: str, days: int = 1) -> Ticked:
    """Put something off for so many days. A setting, not a step."""
    day = entries.today(db)
    with db.transaction():
        kept = {one: until for one, until in _hidden(db).items() if until > day}
        kept[due_id] = day + timedelta(days=days)
        shop.put_json(db, _HIDDEN, {one: until.isoformat() for one, until in kept.items()})
    return Ticked(None)


def _all(db: Database, day: date) -> Iterator[Due]:
    yield from due_from_plan.of_entries(db, day)
    yield from due_from_plan.of_reminders(db, day)
    yield from due_from_plan.of_tasks(db, day)
    yield from due_from_plan.of_goals(db)
    yield from due_from_plan.of_journeys(db)
    yield from due_from_plan.of_seasons(db, day)
    yield from due_from_line.of_renewals(db)
    yield from due_from_line.of_menus(db)
    yield from due_from_line.of_menu_periods(db, day)
    yield from due_from_line.of_greetings(db, day)


def _counted(db: Database, found: list[Due]) -> list[Due]:
    """The same with the people of their queries counted, and those of them a message reaches, in one walk; a query that cannot
    be read now opens nobody."""
    asked = Questions(db)
    sql: dict[tuple[str, bool, int | None], Sql] = {}
    unread: set[str] = set()
    for one in found:
        if one.query is None:
            continue
        try:
            if one.people is None:
                sql[one.query, False, None] = asked.sql(one.query)
            if one.sends:
                sql[one.query, True, one.audience_id] = _reachable(db, asked, one)
        except UserError:
            unread.add(one.query)
    numbers = dict(zip(sql, counts(db, list(sql.values())), strict=True))
    return [
        replace(one, query=None)
        if one.query in unread
        else replace(
            one,
            people=numbers.get((one.query or "", False, None), one.people),
            reachable=numbers.get((one.query or "", True, one.audience_id)),
        )
        for one in found
    ]


def _reachable(db: Database, asked: Questions, one: Due) -> Sql:
    """Those of its people whom a message reaches, as the calendar counts them for the cost."""
    sql = asked.sql(f"({one.query}) uploadable:yes")
    if one.audience_id is not None and percent_of(db, one.audience_id):
        return Sql(f"({sql.where}) AND NOT {held_out_sql(one.audience_id)}", sql.params)
    return sql


def _hidden(db: Database) -> dict[str, date]:
    """What was put off, and until when."""
    found: dict[str, date] = {}
    for due_id, until in (shop.get_json(db, _HIDDEN) or {}).items():
        try:
            found[due_id] = date.fromisoformat(str(until))
        except ValueError:
            continue
    return found
