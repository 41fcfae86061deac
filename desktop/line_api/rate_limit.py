"""Keeps our requests well below LINE's limits: of every endpoint's allowance we use half, so that the shop's
other systems on the same channel are not starved."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Mapping
from typing import Protocol

from desktop.core.errors import Cancelled
from desktop.core.limits import RATES, RateLimit

OUR_SHARE = 0.5
"""The part of LINE's limit that is ours: 30 of the 60 requests a minute of each audience endpoint."""


class Clock(Protocol):
    """Time as the network side needs it; tests bring their own."""

    def monotonic(self) -> float:
        """Seconds that never run backwards, whatever happens to the computer's clock."""

    def sleep(self, seconds: float) -> None:
        """Wait; raises Cancelled once the clock is stopped."""

    def stop(self) -> None:
        """End every wait, now and later: the program closes. Callable from any thread."""


class SystemClock:
    """The computer's own time; its waits end when :meth:`stop` is called."""

    def __init__(self) -> None:
        self._stopped = threading.Event()

    def monotonic(self) -> float:
        """Seconds that never run backwards."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait.

        Raises:
            Cancelled: if the clock was stopped.
        """
        if self._stopped.wait(seconds):
            raise Cancelled

    def stop(self) -> None:
        """End every wait, now and later; callable from any thread."""
        self._stopped.set()


def back_off(tries: int, first: float, most: float) -> float:
    """Seconds to wait after so many failed tries (from 1): doubling from ``first``, never more than ``most``,
    up to a fifth longer at random, so that several programs do not come back together."""
    steady = min(most, first * 2.0 ** min(tries - 1, 30))
    return steady * random.uniform(1.0, 1.2)


def ours(limit: RateLimit) -> RateLimit:
    """Our share of a limit of LINE's."""
    return RateLimit(max(1, int(limit.requests * OUR_SHARE)), limit.seconds)


def room(made: int, limit: RateLimit, kept_free: int = 0) -> int:
    """How many more calls fit into the window, of our share of a limit.

    Args:
        made: calls made in the last ``limit.seconds``.
        limit: LINE's own limit.
        kept_free: calls left for somebody who asks while we work.
    """
    return max(0, ours(limit).requests - kept_free - made)


def wait_before(sent: tuple[float, ...], now: float, limit: RateLimit) -> float:
    """How long to wait before one more request.

    Args:
        sent: monotonic seconds of earlier requests, oldest first; at least the last ``limit.requests`` of
            them.
        now: monotonic seconds.
        limit: at most so many requests in any window of so many seconds.

    Returns:
        Seconds, 0 if it may go at once.
    """
    if len(sent) < limit.requests:
        return 0.0
    return max(0.0, sent[-limit.requests] + limit.seconds - now)


class RateLimiter:
    """Remembers when each endpoint was called and waits where one more call would be too many; safe between
    threads."""

    def __init__(self, clock: Clock, rates: Mapping[str, RateLimit] = RATES) -> None:
        self._clock = clock
        self._rates = rates
        self._sent: dict[str, tuple[float, ...]] = {}
        self._lock = threading.Lock()

    def wait_for(self, endpoint: str, bucket: str) -> float:
        """Seconds :meth:`take` would wait now; nothing is counted."""
        with self._lock:
            sent = self._sent.get(endpoint, ())
            return wait_before(sent, self._clock.monotonic(), ours(self._rates[bucket]))

    def take(self, endpoint: str, bucket: str) -> float:
        """Wait until one more request to ``endpoint`` fits, and count it.

        Args:
            endpoint: its method and path template; each has a bucket of its own.
            bucket: the key of its limit in ``RATES``.

        Returns:
            The seconds waited.
        """
        limit = ours(self._rates[bucket])
        with self._lock:
            now = self._clock.monotonic()
            sent = self._sent.get(endpoint, ())
            wait = wait_before(sent, now, limit)
            self._sent[endpoint] = (*sent, now + wait)[-limit.requests :]
        if wait > 0:
            self._clock.sleep(wait)
        return wait
