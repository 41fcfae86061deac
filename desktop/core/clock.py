"""What time it is in the shop. "Today" is a calendar day of the shop's own zone, wherever the computer
stands."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeAlias

from desktop.core.errors import WrongUsage
from desktop.core.message import message

Clock: TypeAlias = Callable[[], datetime]
"""Gives the present instant, aware of its zone."""

FROZEN_NOW = "TAGLINE_NOW"
"""Environment variable that holds the clock still: a local date or date and time in the shop's zone, ISO 8601."""


def utc_now() -> datetime:
    """The present instant."""
    return datetime.now(UTC)


def local_now(zone: str, clock: Clock | None = None) -> datetime:
    """The shop's local date and time, without a zone, as the shop file writes dates.

    Args:
        zone: IANA name such as ``Asia/Taipei``.
        clock: where the present comes from; None: TAGLINE_NOW if it is set, else the computer's clock.

    Raises:
        WrongUsage: if TAGLINE_NOW is no date.
        zoneinfo.ZoneInfoNotFoundError: for a name that is no zone.
    """
    frozen = os.environ.get(FROZEN_NOW) if clock is None else None
    if frozen:
        return _frozen(frozen)
    from zoneinfo import ZoneInfo

    instant = (clock or utc_now)()
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def _frozen(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise WrongUsage(message("query.bad_now", variable=FROZEN_NOW, value=text)) from None
