"""How long a sending is tried, watched and repeated: pure rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from desktop.core.limits import REQUEST
from desktop.line_api.errors import Why
from desktop.line_api.rate_limit import back_off

TRIES = 3
"""How often a request that was not processed is tried before the owner has to press again: nobody wants a message to go out hours
after the press."""

KEY_MARGIN = 3_600.0
"""Seconds before the end of a retry key's day from which it is not relied upon any more."""

PROGRESS_DAYS = 14
"""LINE tells a narrowcast's progress for so long (Messaging API reference, "Get narrowcast message status")."""

POLLS_AT_MOST = 4_100
"""Looks at one narrowcast before it is given up: a little more than fit into those days."""

TROUBLES_AT_MOST = 8
"""Failed looks in a row after which nobody who runs without a window waits on."""

_POLLS = (1.0, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0)
_POLLS_PATIENT = 300.0


def key_is_good(left_at: datetime, line_now: datetime) -> bool:
    """Whether LINE surely still knows a retry key, so that repeating the request cannot send twice.

    Args:
        left_at: when the request first left, or could have left, by LINE's clock.
        line_now: LINE's time now. A time before ``left_at`` means a clock cannot be trusted: then it is not good.
    """
    age = (line_now - left_at).total_seconds()
    return -60.0 <= age < REQUEST.retry_key_seconds - KEY_MARGIN


def next_try(why: Why | None, troubles: int) -> float | None:
    """Seconds until the next try after so many failed ones in a row; None if the owner has to press again."""
    if troubles >= TRIES:
        return None
    return back_off(troubles, 30.0 if why is Why.BUSY else 10.0, 60.0)


def next_poll(polls: int) -> float:
    """Seconds until the next look at a narrowcast, after so many: LINE may take long with many people."""
    if polls < len(_POLLS):
        return _POLLS[polls]
    return _POLLS[-1] if polls < 60 else _POLLS_PATIENT


def instant(text: str) -> datetime:
    """An instant as the shop file keeps it."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def as_text(at: datetime, after: float = 0.0) -> str:
    """An instant, or one so many seconds later, as the shop file keeps it."""
    return (at.astimezone(UTC) + timedelta(seconds=after)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
