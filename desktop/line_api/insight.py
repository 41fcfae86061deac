"""LINE's statistics: friends on one day, and what became of a narrowcast. LINE allows each of these calls sixty times an hour and
shows no count of fewer than twenty people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop.line_api.client import LineClient
from desktop.line_api.transport import Call

FOLLOWERS = Call("GET", "/v2/bot/insight/followers", bucket="insight")
MESSAGE_EVENT = Call("GET", "/v2/bot/insight/message/event", bucket="insight")


@dataclass(frozen=True, slots=True)
class FriendsOnDay:
    """Friends at the end of a day (UTC+9). ``status`` is ready, unready, out_of_service, or something LINE adds later; counts are
    None unless it is ready."""

    status: str
    followers: int | None = None
    target_reach: int | None = None
    blocks: int | None = None

    @property
    def ready(self) -> bool:
        """Whether there are figures."""
        return self.status == "ready" and self.followers is not None


@dataclass(frozen=True, slots=True)
class UrlEvents:
    """Clicks on an address in one message bubble; ``seq`` numbers it. None: fewer than 20 people."""

    seq: int
    url: str
    clicks: int | None
    people: int | None


@dataclass(frozen=True, slots=True)
class MessageEvents:
    """What became of a narrowcast so far. ``opened``, ``clicked`` and ``played`` are people; None: fewer than 20, or
    not counted."""

    delivered: int | None = None
    opened: int | None = None
    clicked: int | None = None
    played: int | None = None
    urls: tuple[UrlEvents, ...] = ()


def friends_on(client: LineClient, day: date) -> FriendsOnDay:
    """Friends at the end of a day.

    Raises:
        LineProblem: RetryLater, SignInAgain or Refused.
    """
    answer = client.send(FOLLOWERS, query={"date": day.strftime("%Y%m%d")})
    found = answer.data
    return FriendsOnDay(
        str(found.get("status") or ""),
        _count(found, "followers"),
        _count(found, "targetedReaches"),
        _count(found, "blocks"),
    )


def message_events(client: LineClient, request_id: str) -> MessageEvents:
    """What became of a narrowcast so far; LINE updates it for 14 days.

    Raises:
        LineProblem: RetryLater, SignInAgain or Refused.
    """
    answer = client.send(MESSAGE_EVENT, query={"requestId": request_id})
    overview = answer.data.get("overview")
    seen: Mapping[str, Any] = overview if isinstance(overview, dict) else {}
    clicks = answer.data.get("clicks")
    listed = [one for one in clicks if isinstance(one, dict)] if isinstance(clicks, list) else []
    return MessageEvents(
        delivered=_count(seen, "delivered"),
        opened=_count(seen, "uniqueImpression"),
        clicked=_count(seen, "uniqueClick"),
        played=_count(seen, "uniqueMediaPlayed"),
        urls=tuple(_url(one) for one in listed if isinstance(one.get("url"), str)),
    )


def _url(found: Mapping[str, Any]) -> UrlEvents:
    people = _count(found, "uniqueClick")
    return UrlEvents(_count(found, "seq") or 0, str(found["url"]), _count(found, "click"), people)


def _count(found: Mapping[str, Any], name: str) -> int | None:
    value = found.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
