"""LINE's rate limits as token buckets, one per endpoint of the channel."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from desktop.core.limits import RATES
from desktop.simulator.state import Clock


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled_at: float


class RateLimiter:
    """Counts requests per endpoint against LINE's limits."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._buckets: dict[str, _Bucket] = {}
        self._lock = threading.Lock()

    def allows(self, endpoint: str, kind: str, scale: float | None) -> bool:
        """Whether one more request fits; if so it is counted.

        Args:
            endpoint: the endpoint's own name (the method is part of it).
            kind: which of the limits it has, a key of ``RATES``.
            scale: how many times LINE's own number of requests is allowed; None allows all.
        """
        if scale is None:
            return True
        size = RATES[kind].requests * scale
        with self._lock:
            now = self._clock.monotonic()
            bucket = self._buckets.setdefault(endpoint, _Bucket(size, now))
            bucket.tokens = min(size, bucket.tokens + (now - bucket.filled_at) * size / RATES[kind].seconds)
            bucket.filled_at = now
            if bucket.tokens < 1:
                return False
            bucket.tokens -= 1
            return True
