"""One thing there is to do today: what it is, who it is about, where to go, and whether it can be ticked off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from desktop.core.message import Message
from desktop.core.planning.operating.seasons import Season


class Source(StrEnum):
    """Where it comes from; among things of one day this is their order."""

    ENTRY = "entry"
    REMINDER = "reminder"
    TASK = "task"
    PREPARE = "prepare"
    GREETING = "greeting"
    MENU_PERIOD = "menu_period"
    MENUS = "menus"
    RENEWAL = "renewal"
    JOURNEY = "journey"
    GOAL = "goal"
    SEASON = "season"


@dataclass(frozen=True, slots=True)
class Go:
    """A page and what it is opened with, for ``desk.go(page, **arguments)``."""

    page: str
    arguments: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do.

    Args:
        id: what :func:`today.done` and :func:`today.later` are told; the same from day to day as long as it is the same thing.
        source: where it comes from.
        text: what to do.
        day: its day; None: it has none.
        overdue: whether that is over.
        detail: one more line, or None.
        query: opens the people it is about; None: nobody in particular.
        people: how many these are.
        sends: whether a message is to go to them.
        audience_id: the audience they are, whose held out ones get none; None: they are no audience.
        reachable: how many of them a message reaches, where one is to go to them.
        go: where it is done.
        tick: what ticking it off is called; None: it goes away by itself once it is done, and can only be put off.
        steps: what to do elsewhere, in order, such as in LINE's manager.
        season: the season it is about, to make an entry of.
    """

    id: str
    source: Source
    text: Message
    day: date | None = None
    overdue: bool = False
    detail: Message | None = None
    query: str | None = None
    people: int | None = None
    sends: bool = False
    audience_id: int | None = None
    reachable: int | None = None
    go: Go | None = None
    tick: Message | None = None
    steps: tuple[Message, ...] = ()
    season: Season | None = None
