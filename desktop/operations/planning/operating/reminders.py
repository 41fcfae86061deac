"""Reminding those who did not press anything in a message (「3 天後提醒未點擊者」). Only LINE knows who pressed, so the way goes
through the manager's own audiences; beside it, who of the audience has not bought since is known here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.core.message import Message, message
from desktop.core.people.condition import And, Not, Op, Term
from desktop.core.people.condition import Day as QueryDay
from desktop.core.people.query_text import to_text
from desktop.core.planning.operating.calendar import Entry
from desktop.operations.planning.operating.entries import all_entries
from desktop.store import audiences
from desktop.store.database import Database

MANAGER_STEPS = 4
"""Steps in LINE's manager, numbered in the texts."""

FEWEST_AT_LINE = 50
"""People an audience of those who saw or pressed a message needs at LINE (help of LINE Official Account Manager, "Audience")."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder of one message.

    Args:
        entry_id, entry: the message.
        day: when it is due.
        steps: what to do in LINE's manager, in order.
        query: people of its audience who have not bought since, who are known here; None without an audience.
    """

    entry_id: int
    entry: Entry
    day: date
    steps: tuple[Message, ...]
    query: str | None


def reminders(db: Database, until: date) -> tuple[Reminder, ...]:
    """The reminders that are due by a day, the earliest first."""
    due = [(kept.entry.remind_on, kept) for kept in all_entries(db)]
    found = sorted(
        ((day, kept) for day, kept in due if day is not None and day <= until), key=lambda one: one[0]
    )
    return tuple(
        Reminder(kept.id, kept.entry, day, manager_steps(kept.entry), not_bought_since(db, kept.entry))
        for day, kept in found
    )


def manager_steps(entry: Entry) -> tuple[Message, ...]:
    """How those who did not press anything are found and reminded in LINE's manager."""
    return tuple(
        message(f"operating.remind_{number}", title=entry.title, fewest=FEWEST_AT_LINE)
        for number in range(1, MANAGER_STEPS + 1)
    )


def not_bought_since(db: Database, entry: Entry) -> str | None:
    """The query of an entry's audience without those who have bought since it was sent; None without an audience."""
    audience = audiences.by_id(db, entry.audience_id) if entry.audience_id else None
    if audience is None or entry.done_on is None:
        return None
    day = entry.done_on
    bought = Term("ordered_at", Op.GE, QueryDay(day.year, day.month, day.day))
    return to_text(And((Term("audience", Op.HAS, audience.name), Not(bought))))
