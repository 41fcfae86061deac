"""LINE's statistics of a menu made by the API. Invented figures that look like a shop's: a part of those who see a menu open
it each day, and tap its first areas most. Fewer than twenty people who tapped: nothing but the menu's ID."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from desktop.simulator.exchange import Reply, Request, json_reply, refuse
from desktop.simulator.messages.sends import LINE_HOURS
from desktop.simulator.messages.statistics import SHOWN_FROM
from desktop.simulator.rich_menus.menu_calls import menu_of
from desktop.simulator.rich_menus.menus import Menu
from desktop.simulator.state import LineState

SUMMARY_DAYS = 396
DAILY_DAYS = 99
_YEARS_BACK = timedelta(days=3 * 365)
_OPEN = 0.3
_TAP = 0.12


def summary(state: LineState, request: Request, place: tuple[str, ...]) -> Reply:
    """GET /v2/bot/insight/richmenu/{richMenuId}/summary?from&to."""
    with state.lock:
        menu = menu_of(state, place[0])
        days = _days(state, menu, _span(state, request, SUMMARY_DAYS))
        seen, tapped = _people(state, menu)
        if not days or tapped < SHOWN_FROM:
            return json_reply(200, {"richMenuId": menu.id})
        shown = [
            {"bounds": bounds, "metrics": {"count": taps * len(days), "uniqueUsers": taps}}
            for bounds, taps in _areas(menu, tapped)
        ]
        metrics = {"count": seen * 2 * len(days), "uniqueUsers": seen}
        return json_reply(200, _head(menu, days) | {"impression": {"metrics": metrics}, "clicks": shown})


def daily(state: LineState, request: Request, place: tuple[str, ...]) -> Reply:
    """GET /v2/bot/insight/richmenu/{richMenuId}/daily?from&to."""
    with state.lock:
        menu = menu_of(state, place[0])
        days = _days(state, menu, _span(state, request, DAILY_DAYS))
        seen, tapped = _people(state, menu)
        if not days or tapped < SHOWN_FROM:
            return json_reply(200, {"richMenuId": menu.id})
        shown = [
            {"bounds": bounds, "metrics": [_metrics(day, taps, taps) for day in days]}
            for bounds, taps in _areas(menu, tapped)
        ]
        impression = {"metrics": [_metrics(day, seen * 2, seen) for day in days]}
        return json_reply(200, _head(menu, days) | {"impression": impression, "clicks": shown})


def _people(state: LineState, menu: Menu) -> tuple[int, int]:
    """How many people see the menu a day, and how many tap it."""
    own = sum(which == menu.id for which in state.menus.links.values())
    others = state.account.targeted_reaches - len(state.menus.links) if state.menus.default == menu.id else 0
    watching = own + max(0, others)
    return int(watching * _OPEN), int(watching * _TAP)


def _areas(menu: Menu, tapped: int) -> list[tuple[dict[str, int], int]]:
    """Each area with how often it is tapped a day; later areas less."""
    areas = menu.object["areas"]
    return [(dict(area["bounds"]), max(1, tapped // (n + 1))) for n, area in enumerate(areas)]


def _span(state: LineState, request: Request, most: int) -> tuple[date, date]:
    first, last = _day(request, "from"), _day(request, "to")
    today = _line_day(state.clock.now())
    if last < first or (last - first).days > most or first < today - _YEARS_BACK:
        raise refuse(400, "The value for the 'from' or 'to' parameter is invalid")
    return first, last


def _days(state: LineState, menu: Menu, span: tuple[date, date]) -> list[date]:
    """The days of the span that LINE has counted: from the menu's first one to yesterday."""
    first = max(span[0], _line_day(menu.created))
    last = min(span[1], _line_day(state.clock.now()) - timedelta(days=1))
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _head(menu: Menu, days: list[date]) -> dict[str, object]:
    return {"richMenuId": menu.id, "metricsFrom": _written(days[0]), "metricsTo": _written(days[-1])}


def _metrics(day: date, count: int, people: int) -> dict[str, object]:
    return {"date": _written(day), "count": count, "uniqueUsers": people}


def _written(day: date) -> str:
    return day.strftime("%Y%m%d")


def _line_day(now: float) -> date:
    return (datetime.fromtimestamp(now, UTC) + timedelta(hours=LINE_HOURS)).date()


def _day(request: Request, name: str) -> date:
    written = request.query_value(name) or ""
    try:
        if len(written) != len("yyyyMMdd"):
            raise ValueError(written)
        return datetime.strptime(written, "%Y%m%d").replace(tzinfo=UTC).date()
    except ValueError as error:
        raise refuse(400, f"The value for the '{name}' parameter is invalid") from error
