"""What LINE tells about the account itself: who it is, how many messages this month has left, and how many
friends LINE counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

from desktop.core.limits import REQUEST
from desktop.line_api.client import LineClient
from desktop.line_api.errors import garbled
from desktop.line_api.transport import Answer, Call

_BOT_INFO = Call("GET", "/v2/bot/info")
_QUOTA = Call("GET", "/v2/bot/message/quota")
_CONSUMPTION = Call("GET", "/v2/bot/message/quota/consumption")
_FOLLOWERS = Call("GET", "/v2/bot/insight/followers", bucket="insight")

LINE_DAY = timezone(timedelta(hours=9))
"""LINE's figures are per day in UTC+9, whatever the shop's own zone."""

_DAYS_LATE = 3
"""How many days back to look for ready figures: LINE has them "usually the next day"."""


@dataclass(frozen=True, slots=True)
class Account:
    """The official account behind a token. ``user_id`` is the account's own; it says whether two tokens are
    of one account. ``premium_id`` is the ID the owner chose (專屬 ID), None without one; LINE does not say
    here whether the account is verified."""

    user_id: str
    basic_id: str
    name: str
    picture_url: str | None
    chat_mode: str
    premium_id: str | None = None


@dataclass(frozen=True, slots=True)
class Quota:
    """Messages this month: ``value`` is the limit (None: no limit), ``used`` LINE's approximate count of
    those sent."""

    value: int | None
    used: int

    @property
    def left(self) -> int | None:
        """Messages that may still be sent this month; None without a limit."""
        return None if self.value is None else max(0, self.value - self.used)


@dataclass(frozen=True, slots=True)
class FriendFigures:
    """Friends as LINE counts them at the end of ``day`` (UTC+9): ``followers`` never falls, ``blocks`` are
    among them."""

    day: date
    followers: int
    targeted_reaches: int
    blocks: int


def account(client: LineClient) -> Account:
    """Who the token belongs to; a test of the connection without side effects.

    Raises:
        LineProblem: RetryLater, SignInAgain or Refused.
    """
    answer = client.send(_BOT_INFO)
    user_id = answer.data.get("userId")
    if not isinstance(user_id, str) or not user_id:
        raise garbled(answer.heard)
    picture, premium = answer.data.get("pictureUrl"), answer.data.get("premiumId")
    return Account(
        user_id=user_id,
        basic_id=str(answer.data.get("basicId") or ""),
        name=str(answer.data.get("displayName") or ""),
        picture_url=str(picture) if picture else None,
        chat_mode=str(answer.data.get("chatMode") or ""),
        premium_id=str(premium) if premium else None,
    )


def quota(client: LineClient) -> Quota:
    """This month's messages.

    Raises:
        LineProblem: RetryLater, SignInAgain or Refused.
    """
    limit = client.send(_QUOTA)
    used = client.send(_CONSUMPTION)
    value = limit.data.get("value")
    limited = limit.data.get("type") == "limited" and isinstance(value, int)
    return Quota(_int(limit, "value") if limited else None, _int(used, "totalUsage"))


def friend_figures(client: LineClient, now: datetime) -> FriendFigures | None:
    """LINE's newest figures of friends; None while LINE has none ready.

    Args:
        client: the shop's client.
        now: this instant, with its zone; the newest day that can be ready is the day before in UTC+9.

    Raises:
        LineProblem: RetryLater, SignInAgain or Refused.
    """
    today = now.astimezone(LINE_DAY).date()
    for back in range(1, _DAYS_LATE + 1):
        day = today - timedelta(days=back)
        if day < REQUEST.insight_first_day:
            return None
        answer = client.send(_FOLLOWERS, query={"date": day.strftime("%Y%m%d")})
        if answer.data.get("status") == "ready":
            return FriendFigures(
                day, _int(answer, "followers"), _int(answer, "targetedReaches"), _int(answer, "blocks")
            )
    return None


def _int(answer: Answer, name: str) -> int:
    value: Any = answer.data.get(name)
    if not isinstance(value, int):
        raise garbled(answer.heard)
    return value
