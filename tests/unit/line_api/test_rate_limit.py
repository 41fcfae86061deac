"""Half of LINE's allowance is ours, and waiting is measured by a clock nobody sets."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.errors import Cancelled
from desktop.core.limits import RATES, RateLimit
from desktop.line_api.rate_limit import RateLimiter, SystemClock, back_off, ours, wait_before
from tests.scenarios.upload_world import StillClock


def test_ours_is_half() -> None:
    assert ours(RATES["audience"]) == RateLimit(30, 60)
    assert ours(RateLimit(1, 60)) == RateLimit(1, 60)


@given(st.lists(st.floats(0, 20), max_size=60), st.integers(1, 6), st.integers(1, 30))
def test_no_window_ever_holds_too_many(gaps: list[float], requests: int, seconds: int) -> None:
    limit = RateLimit(requests, seconds)
    now, sent = 0.0, ()
    for gap in gaps:
        now += gap
        now += wait_before(sent, now, limit)
        sent = (*sent, now)
    for place, first in enumerate(sent[requests:]):
        assert first - sent[place] >= seconds - 1e-6


@given(st.integers(0, 5), st.floats(0, 100))
def test_below_the_limit_nobody_waits(already: int, now: float) -> None:
    assert wait_before((now,) * already, now, RateLimit(already + 1, 60)) == 0.0


def test_thirty_a_minute_at_each_endpoint() -> None:
    clock = StillClock()
    limiter = RateLimiter(clock)
    assert [limiter.take("GET list", "audience") for _ in range(31)] == [0.0] * 30 + [60.0]
    assert limiter.take("GET one", "audience") == 0.0
    assert clock.slept == [60.0]


def test_several_threads_share_one_allowance() -> None:
    clock = StillClock()
    clock.sleep = clock.slept.append  # type: ignore[method-assign]
    limiter = RateLimiter(clock, {"few": RateLimit(8, 60)})
    waits: list[float] = []
    threads = [threading.Thread(target=lambda: waits.append(limiter.take("x", "few"))) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(wait > 0 for wait in waits) == [False] * 4 + [True] * 4


@given(st.integers(1, 200))
def test_backing_off(tries: int) -> None:
    steady = min(600.0, 30.0 * 2.0 ** (tries - 1))
    assert steady <= back_off(tries, 30.0, 600.0) <= steady * 1.2


def test_a_stopped_clock_ends_every_wait() -> None:
    clock = SystemClock()
    before = clock.monotonic()
    clock.sleep(0.0)
    assert clock.monotonic() >= before
    clock.stop()
    with pytest.raises(Cancelled):
        clock.sleep(3_600.0)
