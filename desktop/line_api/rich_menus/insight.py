"""LINE's statistics of a rich menu made by the API: how often it was seen and where it was tapped. LINE allows each of these
calls sixty times an hour, and tells nothing where fewer than twenty people tapped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from desktop.line_api.client import LineClient
from desktop.line_api.transport import Call

_INSIGHT = "/v2/bot/insight/richmenu/{richMenuId}"
SUMMARY = Call("GET", f"{_INSIGHT}/summary", bucket="insight")
DAILY = Call("GET", f"{_INSIGHT}/daily", bucket="insight")

SUMMARY_DAYS = 396
DAILY_DAYS = 99
"""Days a summary and a list by day may span at most. Messaging API reference, "Get rich menu insight"."""

Bounds = tuple[int, int, int, int]
"""x, y, width and height of an area in the menu's pixels."""


@dataclass(frozen=True, slots=True)
class Taps:
    """How often an area was tapped, and by how many people."""

    bounds: Bounds
    count: int
    people: int


@dataclass(frozen=True, slots=True)
class MenuFigures:
    """A menu's figures between two days (UTC+9); None and empty where LINE shows none."""

    since: date | None = None
    until: date | None = None
    impressions: int | None = None
    viewers: int | None = None
    taps: tuple[Taps, ...] = ()


@dataclass(frozen=True, slots=True)
class MenuDay:
    """How often a menu was seen on one day (UTC+9), by how many people, and how often it was tapped."""

    day: date
    impressions: int
    viewers: int
    taps: int


def summary(client: LineClient, rich_menu_id: str, since: date, until: date) -> MenuFigures:
    """A menu's figures between two days, both included, at most 396 apart.

    Raises:
        LineProblem: RetryLater, SignInAgain or Refused.
    """
    found = client.send(SUMMARY, path={"richMenuId": rich_menu_id}, query=_span(since, until)).data
    seen = _metrics(found.get("impression"))
    clicks = found.get("clicks")
    listed = [one for one in clicks if isinstance(one, dict)] if isinstance(clicks, list) else []
    return MenuFigures(
        _day(found.get("metricsFrom")),
        _day(found.get("metricsTo")),
        _count(seen, "count"),
        _count(seen, "uniqueUsers"),
        tuple(_taps(one) for one in listed),
    )


def daily(client: LineClient, rich_menu_id: str, since: date, until: date) -> tuple[MenuDay, ...]:
    """A menu's figures of each day between two, both included, at most 99 apart; empty where LINE shows none.

    Raises:
        LineProblem: RetryLater, SignInAgain or Refused.
    """
    found = client.send(DAILY, path={"richMenuId": rich_menu_id}, query=_span(since, until)).data
    taps: dict[date, int] = {}
    clicks = found.get("clicks")
    for area in clicks if isinstance(clicks, list) else []:
        for one in _days(area):
            day = _day(one.get("date"))
            if day is not None:
                taps[day] = taps.get(day, 0) + (_count(one, "count") or 0)
    shown = [(_day(one.get("date")), one) for one in _days(found.get("impression"))]
    return tuple(
        MenuDay(day, _count(one, "count") or 0, _count(one, "uniqueUsers") or 0, taps.get(day, 0))
        for day, one in shown
        if day is not None
    )


def _span(since: date, until: date) -> dict[str, str | int]:
    return {"from": since.strftime("%Y%m%d"), "to": until.strftime("%Y%m%d")}


def _taps(found: Mapping[str, Any]) -> Taps:
    bounds = found.get("bounds")
    place: Mapping[str, Any] = bounds if isinstance(bounds, dict) else {}
    x, y, width, height = (_count(place, name) or 0 for name in ("x", "y", "width", "height"))
    metrics = _metrics(found)
    return Taps((x, y, width, height), _count(metrics, "count") or 0, _count(metrics, "uniqueUsers") or 0)


def _metrics(found: object) -> Mapping[str, Any]:
    metrics = found.get("metrics") if isinstance(found, dict) else None
    return metrics if isinstance(metrics, dict) else {}


def _days(found: object) -> list[Mapping[str, Any]]:
    metrics = found.get("metrics") if isinstance(found, dict) else None
    return [one for one in metrics if isinstance(one, dict)] if isinstance(metrics, list) else []


def _count(found: Mapping[str, Any], name: str) -> int | None:
    value = found.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _day(value: object) -> date | None:
    try:
        return datetime.strptime(str(value), "%Y%m%d").date()
    except ValueError:
        return None
