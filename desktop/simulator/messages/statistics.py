"""LINE's statistics: who the friends are, messages per day, and what became of a narrowcast. No count of fewer than twenty people
is shown, and days are UTC+9."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from desktop.simulator.exchange import Reply, Request, json_reply, refuse
from desktop.simulator.messages.sends import LINE_HOURS, PROGRESS_SECONDS, Sent
from desktop.simulator.state import LineState

SHOWN_FROM = 20
"""People a count has to stand for."""

_DELIVERIES_SINCE = date(2017, 3, 1)
_OPENED = 0.62
_CLICKED = 0.21
"""Shares of those who got a message that open it and click in it: a lively shop's."""

_ROUTES = {"reply", "push", "multicast", "broadcast"}


def demographic(state: LineState, _request: Request, _: tuple[str, ...]) -> Reply:
    """GET /v2/bot/insight/demographic, for accounts with a target reach of twenty."""
    if state.account.targeted_reaches < SHOWN_FROM:
        return json_reply(200, {"available": False})
    return json_reply(
        200,
        {
            "available": True,
            "genders": _tiles("gender", {"unknown": 4.2, "male": 31.6, "female": 64.2}),
            "ages": _tiles(
                "age",
                {
                    "from0to14": 0.4,
                    "from15to19": 3.1,
                    "from20to24": 11.7,
                    "from25to29": 20.2,
                    "from30to34": 22.5,
                    "from35to39": 17.6,
                    "from40to44": 11.3,
                    "from45to49": 6.4,
                    "from50": 5.1,
                    "unknown": 1.7,
                },
            ),
            "areas": _tiles("area", {"unknown": 12.0, "臺北市": 41.5, "新北市": 33.1, "桃園市": 13.4}),
            "appTypes": _tiles("appType", {"ios": 61.3, "android": 37.4, "others": 1.3}),
            "subscriptionPeriods": _tiles(
                "subscriptionPeriod",
                {
                    "within7days": 1.4,
                    "within30days": 4.4,
                    "within90days": 9.7,
                    "within180days": 13.1,
                    "within365days": 22.8,
                    "over365days": 47.0,
                    "unknown": 1.6,
                },
            ),
        },
    )


def deliveries(state: LineState, request: Request, _: tuple[str, ...]) -> Reply:
    """GET /v2/bot/insight/message/delivery?date=yyyyMMdd: messages of a day by their way."""
    day = _day(request)
    status = _status(state, day, _DELIVERIES_SINCE)
    if status != "ready":
        return json_reply(200, {"status": status})
    written = day.strftime("%Y%m%d")
    shown = {
        name: state.sends.counted(route, written)
        for name, route in (
            ("apiPush", "push"),
            ("apiMulticast", "multicast"),
            ("apiNarrowcast", "narrowcast"),
        )
    }
    counted = {name: number for name, number in shown.items() if number}
    return json_reply(200, {"status": "ready", **counted})


def sent_messages(state: LineState, request: Request, place: tuple[str, ...]) -> Reply:
    """GET /v2/bot/message/delivery/{reply|push|multicast|broadcast}?date=yyyyMMdd."""
    if place[0] not in _ROUTES:
        raise refuse(404, "Not found")
    day = _day(request)
    status = _status(state, day, date(2018, 3, 31))
    if status != "ready":
        return json_reply(200, {"status": status})
    return json_reply(
        200, {"status": "ready", "success": state.sends.counted(place[0], day.strftime("%Y%m%d"))}
    )


def message_event(state: LineState, request: Request, _: tuple[str, ...]) -> Reply:
    """GET /v2/bot/insight/message/event?requestId=: what became of a narrowcast, as of 14 days after it at the latest."""
    request_id = request.query_value("requestId")
    if not request_id:
        raise refuse(400, "The value for the 'requestId' parameter is invalid")
    with state.lock:
        sent = state.sends.narrowcasts.get(request_id)
        if sent is None or sent.phase(state.send_pace()) != "succeeded":
            overview: dict[str, object] = dict.fromkeys(_OVERVIEW)
            return json_reply(
                200, {"overview": {"requestId": request_id} | overview, "messages": [], "clicks": []}
            )
        return json_reply(200, _events(sent, state.clock.now()))


_OVERVIEW = (
    "timestamp",
    "delivered",
    "uniqueImpression",
    "uniqueClick",
    "uniqueMediaPlayed",
    "uniqueMediaPlayed100Percent",
)


def _events(sent: Sent, now: float) -> dict[str, object]:
    # Most of it happens in the first days; after two weeks nothing is added any more.
    age = min(now - sent.accepted, PROGRESS_SECONDS) / PROGRESS_SECONDS
    share = min(1.0, 0.6 + age)
    opened = int(sent.delivered * _OPENED * share)
    clicked = int(sent.delivered * _CLICKED * share) if sent.urls else 0
    return {
        "overview": {
            "requestId": sent.request_id,
            "timestamp": int(sent.accepted),
            "delivered": sent.delivered,
            "uniqueImpression": _shown(opened),
            "uniqueClick": _shown(clicked),
            "uniqueMediaPlayed": None,
            "uniqueMediaPlayed100Percent": None,
        },
        "messages": [
            {"seq": seq, "impression": _shown(opened), "mediaPlayed": None, "uniqueMediaPlayed": None}
            for seq in range(1, sent.bubbles + 1)
        ],
        "clicks": [
            {
                "seq": 1,
                "url": url,
                "click": _shown(clicked + clicked // 5),
                "uniqueClick": _shown(clicked),
                "uniqueClickOfRequest": _shown(clicked),
            }
            for url in sent.urls
        ],
    }


def _shown(people: int) -> int | None:
    return people if people >= SHOWN_FROM else None


def _tiles(name: str, shares: dict[str, float]) -> list[dict[str, object]]:
    return [{name: value, "percentage": share} for value, share in shares.items()]


def _day(request: Request) -> date:
    written = request.query_value("date") or ""
    try:
        if len(written) != len("yyyyMMdd"):
            raise ValueError(written)
        return datetime.strptime(written, "%Y%m%d").replace(tzinfo=UTC).date()
    except ValueError as error:
        raise refuse(400, "The value for the 'date' parameter is invalid") from error


def _status(state: LineState, day: date, since: date) -> str:
    today = (datetime.fromtimestamp(state.clock.now(), UTC) + timedelta(hours=LINE_HOURS)).date()
    if day < since:
        return "out_of_service"
    return "ready" if day < today else "unready"
