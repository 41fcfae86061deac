"""What LINE counted of published menus: seen how often and by how many, and where they were tapped."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop.store.database import Database

Bounds = tuple[int, int, int, int]
"""x, y, width and height of an area in the menu's pixels."""


@dataclass(frozen=True, slots=True)
class InsightDay:
    """One day (UTC+9) of a menu: how often it was seen, by how many people, and how often it was tapped."""

    day: date
    impressions: int
    viewers: int
    taps: int


@dataclass(frozen=True, slots=True)
class MenuInsight:
    """A menu's figures between two days (UTC+9), both included.

    Attributes:
        read_at: the UTC instant they were read.
        impressions, viewers: how often it was seen, and by how many people; None: fewer than 20, or not told.
        clicks: per area how often it was tapped, and by how many people; LINE leaves areas out of which it tells nothing.
        days: the same by day, oldest first, as far back as LINE tells in one answer.
    """

    read_at: str
    since: date | None
    until: date | None
    impressions: int | None
    viewers: int | None
    clicks: tuple[tuple[Bounds, int, int], ...]
    days: tuple[InsightDay, ...] = ()


def keep(db: Database, menu_id: int, seen: MenuInsight) -> None:
    """Keep a menu's figures in place of the earlier ones."""
    span = [None if day is None else day.isoformat() for day in (seen.since, seen.until)]
    days = [(one.day.isoformat(), one.impressions, one.viewers, one.taps) for one in seen.days]
    told = json.dumps({"areas": list(seen.clicks), "days": days})
    db.run(
        "INSERT OR REPLACE INTO menu_insight (menu_id, read_at, since, until, impressions, viewers, clicks)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (menu_id, seen.read_at, *span, seen.impressions, seen.viewers, told),
    )


def figures_of(db: Database, account: str) -> dict[int, MenuInsight]:
    """The figures of an account's menus, by frozen menu."""
    rows = db.all(
        "SELECT i.menu_id, i.read_at, i.since, i.until, i.impressions, i.viewers, i.clicks FROM menu_insight i"
        " JOIN published_menu m ON m.id = i.menu_id WHERE m.account = ?",
        (account,),
    )
    return {row[0]: _insight(row[1:]) for row in rows}


def _insight(row: tuple[Any, ...]) -> MenuInsight:
    since, until = (None if day is None else date.fromisoformat(day) for day in row[1:3])
    told = json.loads(row[5])
    # Files in which only areas were kept.
    areas, days = (told, []) if isinstance(told, list) else (told["areas"], told["days"])
    clicks = tuple(((x, y, width, height), count, people) for (x, y, width, height), count, people in areas)
    by_day = tuple(InsightDay(date.fromisoformat(day), *counts) for day, *counts in days)
    return MenuInsight(row[0], since, until, row[3], row[4], clicks, by_day)
