"""The calendar of the operating plan: what goes to whom on which day, through which channel, how far it is, and when to remind
those who did not press anything."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from desktop.core.planning.operating.reading import (
    day_in,
    id_in,
    iso,
    text_in,
    whole_in,
    word_in,
)

PREPARE_DAYS = 3
"""Days before an entry on which its message and audience should be made, unless the entry says otherwise."""

REMIND_DAYS = 3
"""Days after a message on which those who did not press anything are reminded, as the trade does (「3 天後提醒未點擊者」)."""


class Channel(StrEnum):
    """Where it happens: a message sent in LINE's manager or from here, a post on LINE VOOM, rich menu, greeting, in the shop."""

    MANAGER = "manager"
    HERE = "here"
    VOOM = "voom"
    RICH_MENU = "rich_menu"
    GREETING = "greeting"
    SHOP = "shop"
    OTHER = "other"


MESSAGES = frozenset({Channel.MANAGER, Channel.HERE})
"""Channels of messages, which LINE bills and whose readers can be reminded."""


class State(StrEnum):
    """How far an entry is."""

    PLANNED = "planned"
    READY = "ready"
    DONE = "done"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in the calendar.

    Args:
        title: what it is called.
        day: the shop's local day.
        until: the last day, of what lasts longer.
        at: the time of day as HH:MM, or empty.
        channel: where it happens.
        state: how far it is.
        audience_id: to whom, as a saved audience; None: everybody, or not decided.
        everybody: it goes to all friends on purpose.
        plan_id: a greeting or rich menu planned here that it is about.
        text: the message, or a draft of it.
        season: the season it belongs to (an id of `seasons`), or empty.
        content_type: one of `sheet.CONTENT_TYPES`, or empty.
        prepare_days: how many days before the preparing should begin.
        remind_after: remind those who did not press anything so many days after; None: not.
        reminded_on: the day this was done, or decided against.
        done_on: the day it was done.
        copied_from: the day of the entry it was copied from.
        note: the owner's own words.
    """

    title: str
    day: date
    until: date | None = None
    at: str = ""
    channel: Channel = Channel.MANAGER
    state: State = State.PLANNED
    audience_id: int | None = None
    everybody: bool = False
    plan_id: int | None = None
    text: str = ""
    season: str = ""
    content_type: str = ""
    prepare_days: int = PREPARE_DAYS
    remind_after: int | None = None
    reminded_on: date | None = None
    done_on: date | None = None
    copied_from: date | None = None
    note: str = ""

    @property
    def last(self) -> date:
        """Its last day."""
        return max(self.until or self.day, self.day)

    @property
    def open(self) -> bool:
        """Whether something is still to be done."""
        return self.state in (State.PLANNED, State.READY)

    @property
    def is_message(self) -> bool:
        """Whether it is a message that LINE bills."""
        return self.channel in MESSAGES

    @property
    def remind_on(self) -> date | None:
        """The day to remind those who did not press anything; None: there is nothing to remind of (any more)."""
        if not self.is_message or self.remind_after is None or self.reminded_on is not None:
            return None
        if self.state is not State.DONE or self.done_on is None:
            return None
        return self.done_on + timedelta(days=self.remind_after)

    def on(self, day: date) -> bool:
        """Whether it takes place on a day."""
        return self.day <= day <= self.last

    def moved(self, day: date) -> Entry:
        """The same on another day, as long as it was."""
        until = self.until + (day - self.day) if self.until else None
        return replace(self, day=day, until=until)

    def ending(self, day: date) -> Entry:
        """The same until another day; never before the day it begins."""
        return replace(self, until=day if day > self.day else None)

    def marked(self, state: State, today: date) -> Entry:
        """The same with another state; done keeps the day, anything else forgets it."""
        return replace(self, state=state, done_on=today if state is State.DONE else None)

    def to_content(self) -> dict[str, Any]:
        """The entry as JSON-able values; the title is the plan's name."""
        return {
            "day": self.day.isoformat(),
            "until": iso(self.until),
            "at": self.at,
            "channel": self.channel.value,
            "state": self.state.value,
            "audience_id": self.audience_id,
            "everybody": self.everybody,
            "plan_id": self.plan_id,
            "text": self.text,
            "season": self.season,
            "content_type": self.content_type,
            "prepare_days": self.prepare_days,
            "remind_after": self.remind_after,
            "reminded_on": iso(self.reminded_on),
            "done_on": iso(self.done_on),
            "copied_from": iso(self.copied_from),
            "note": self.note,
        }

    @classmethod
    def from_content(cls, title: str, content: Mapping[str, Any]) -> Entry:
        """Read what :meth:`to_content` wrote, forgiving what is missing or odd; without a day it is the first of all days."""
        remind = content.get("remind_after")
        return cls(
            title,
            day_in(content, "day") or date.min,
            day_in(content, "until"),
            text_in(content, "at"),
            word_in(content, "channel", Channel, Channel.OTHER),
            word_in(content, "state", State, State.PLANNED),
            id_in(content, "audience_id"),
            content.get("everybody") is True,
            id_in(content, "plan_id"),
            text_in(content, "text"),
            text_in(content, "season"),
            text_in(content, "content_type"),
            whole_in(content, "prepare_days", PREPARE_DAYS),
            remind if isinstance(remind, int) and not isinstance(remind, bool) and remind >= 0 else None,
            day_in(content, "reminded_on"),
            day_in(content, "done_on"),
            day_in(content, "copied_from"),
            text_in(content, "note"),
        )


@dataclass(frozen=True, slots=True)
class MonthGrid:
    """The weeks a month's page shows, whole weeks with days of the months beside it.

    Args:
        year, month: which.
        weeks: rows of seven days.
    """

    year: int
    month: int
    weeks: tuple[tuple[date, ...], ...] = field(default=())

    @property
    def first(self) -> date:
        """The first day shown."""
        return self.weeks[0][0]

    @property
    def last(self) -> date:
        """The last day shown."""
        return self.weeks[-1][-1]


def month_grid(year: int, month: int, first_weekday: int = 0) -> MonthGrid:
    """The weeks of a month; ``first_weekday`` 0 is Monday, 6 Sunday."""
    weeks = calendar.Calendar(first_weekday).monthdatescalendar(year, month)
    return MonthGrid(year, month, tuple(tuple(week) for week in weeks))


def same_day_next_year(day: date, year: int) -> date:
    """The same weekday nearest to the same day of another year: what was on a Friday stays on one."""
    try:
        there = day.replace(year=year)
    except ValueError:
        there = date(year, 2, 28)
    shift = (day.weekday() - there.weekday()) % 7
    return there + timedelta(days=shift if shift <= 3 else shift - 7)
