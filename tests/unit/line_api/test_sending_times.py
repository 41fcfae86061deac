"""How long a sending is tried, watched and repeated; and that a limit per hour is told instead of waited for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.limits import RATES, RateLimit
from desktop.line_api import insight
from desktop.line_api.client import LineClient
from desktop.line_api.errors import RetryLater, Why
from desktop.line_api.rate_limit import RateLimiter, wait_before
from desktop.line_api.sending.timing import (
    POLLS_AT_MOST,
    TRIES,
    as_text,
    instant,
    key_is_good,
    next_poll,
    next_try,
)
from desktop.line_api.tokens import FixedToken
from desktop.line_api.transport import LONGEST_WAIT, LineHosts
from desktop.simulator.simulator import Simulator
from tests.scenarios.upload_world import StillClock

LEFT = datetime(2026, 11, 1, 8, 30, tzinfo=UTC)


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def still(simulator: Simulator, clock: StillClock) -> Iterator[LineClient]:
    made = LineClient(
        FixedToken(simulator.token), hosts=LineHosts.on_this_computer(simulator.url), clock=clock
    )
    yield made
    made.close()


@given(st.integers(-400_000, 400_000))
def test_a_key_is_relied_upon_only_within_its_day(seconds: int) -> None:
    """LINE knows a key for 24 hours: an hour before that it counts as gone, and so it does where a clock ran backwards."""
    good = key_is_good(LEFT, LEFT + timedelta(seconds=seconds))
    assert good is (-60 <= seconds < 23 * 3_600)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)), st.integers(0, 10**6))
def test_instants_survive_the_shop_file(at: datetime, after: int) -> None:
    at = at.replace(tzinfo=UTC)
    assert instant(as_text(at)) == at
    assert instant(as_text(at, after)) - at == timedelta(seconds=after)
    assert (as_text(at) <= as_text(at, after)) is True


@given(st.integers(1, 10), st.sampled_from([None, *Why]))
def test_a_message_does_not_leave_hours_after_the_press(troubles: int, why: Why | None) -> None:
    waits = [next_try(why, one) for one in range(1, troubles + 1)]
    assert all(wait is None for wait in waits[TRIES - 1 :])
    assert sum(wait or 0 for wait in waits) <= 180


def test_looks_grow_rare_and_cover_lines_fourteen_days() -> None:
    waits = [next_poll(number) for number in range(POLLS_AT_MOST)]
    assert waits == sorted(waits)
    assert waits[0] == 1.0
    assert sum(waits) > 14 * 86_400


@given(st.lists(st.floats(0, 5_000), max_size=80), st.sampled_from(["insight", "audience", "narrowcast"]))
def test_asking_how_long_counts_nothing_and_tells_the_truth(gaps: list[float], bucket: str) -> None:
    clock = StillClock()
    limiter = RateLimiter(clock)
    for gap in gaps:
        clock.now += gap
        told = limiter.wait_for("GET x", bucket)
        assert limiter.wait_for("GET x", bucket) == told
        assert limiter.take("GET x", bucket) == told


@given(
    st.lists(st.tuples(st.sampled_from(["a", "b", "c"]), st.floats(0, 30)), max_size=60),
    st.integers(1, 5),
    st.integers(1, 60),
)
def test_endpoints_never_share_an_allowance(
    calls: list[tuple[str, float]], requests: int, seconds: int
) -> None:
    """Whatever the mixture, each endpoint alone waits as if it were the only one."""
    limit = RateLimit(requests * 2, seconds)
    clock = StillClock()
    limiter = RateLimiter(clock, {"one": limit})
    sent: dict[str, tuple[float, ...]] = {}
    for endpoint, gap in calls:
        clock.now += gap
        expected = wait_before(sent.get(endpoint, ()), clock.now, RateLimit(requests, seconds))
        assert limiter.take(endpoint, "one") == expected
        sent[endpoint] = (*sent.get(endpoint, ()), clock.now)


def test_a_limit_per_hour_is_told_and_not_waited_for(
    still: LineClient, simulator: Simulator, clock: StillClock
) -> None:
    for number in range(30):
        insight.friends_on(still, date(2026, 1, 1) + timedelta(days=number))
    assert still.wait_for(insight.FOLLOWERS) == RATES["insight"].seconds
    assert still.wait_for(insight.MESSAGE_EVENT) == 0.0
    with pytest.raises(RetryLater) as error:
        insight.friends_on(still, date(2026, 3, 1))
    assert (error.value.why, error.value.text.key, error.value.text.params) == (
        Why.BUSY,
        "line.used_up",
        {"minutes": 60},
    )
    assert clock.slept == []
    assert len(simulator.requests) == 30
    clock.now += RATES["insight"].seconds - LONGEST_WAIT
    assert insight.friends_on(still, date(2026, 3, 1)).ready
    assert clock.slept == [LONGEST_WAIT]


def test_lines_own_time(still: LineClient, simulator: Simulator) -> None:
    assert still.line_time is None
    simulator.advance(3 * 86_400)
    insight.friends_on(still, date(2026, 1, 1))
    told = still.line_time
    assert told is not None
    ahead = told - datetime.now(UTC)
    assert timedelta(days=2, hours=23) < ahead < timedelta(days=3, hours=1)
    # A page of the network's own is not LINE's time.
    simulator.faults.add("captive_portal")
    with pytest.raises(RetryLater):
        insight.friends_on(still, date(2026, 1, 1))
    assert still.line_time == told
