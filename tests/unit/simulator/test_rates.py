"""LINE's rate limits, by the simulator's own clock."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.limits import RATES
from desktop.simulator import Simulator
from desktop.simulator.rate_limits import RateLimiter
from desktop.simulator.state import Clock
from tests.unit.simulator.shop import LIST, Shop


class HandClock(Clock):
    """A clock that moves only by hand."""

    def monotonic(self) -> float:
        return self.offset


def test_sixty_lists_a_minute_and_then_429(
    line: Simulator, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line.state.clock, "monotonic", lambda: line.state.clock.offset)
    statuses = [shop.call("GET", LIST, params={"page": 1}).status_code for _ in range(61)]
    assert statuses == [200] * 60 + [429]
    assert shop.call("GET", LIST, params={"page": 1}).json() == {
        "message": "The API rate limit has been exceeded. Try again later."
    }
    # Another endpoint has its own count; a second brings one more request.
    assert shop.call("GET", "/v2/bot/audienceGroup/1").status_code == 400
    line.advance(1)
    assert [shop.call("GET", LIST, params={"page": 1}).status_code for _ in range(2)] == [200, 429]


def test_a_refused_token_costs_no_rate(line: Simulator, shop: Shop) -> None:
    shop.session.headers["Authorization"] = "Bearer wrong"
    assert {shop.call("GET", LIST, params={"page": 1}).status_code for _ in range(70)} == {401}


def test_limits_can_be_scaled_or_lifted(line: Simulator, shop: Shop) -> None:
    line.configure(rate_scale=0.05)
    assert [shop.call("GET", LIST, params={"page": 1}).status_code for _ in range(4)] == [200, 200, 200, 429]
    line.configure(rate_scale=None)
    assert shop.call("GET", LIST, params={"page": 1}).status_code == 200


@given(
    waits=st.lists(st.floats(min_value=0, max_value=30, allow_nan=False), max_size=200),
    kind=st.sampled_from(["audience", "insight", "rich_menu_batch"]),
)
def test_no_window_holds_more_than_twice_the_limit(waits: list[float], kind: str) -> None:
    clock = HandClock()
    limiter = RateLimiter(clock)
    allowed: list[float] = []
    for wait in waits:
        clock.offset += wait
        if limiter.allows("x", kind, 1.0):
            allowed.append(clock.offset)
    limit = RATES[kind]
    for start in allowed:
        # A full bucket plus what drips in during the window.
        assert sum(start <= at < start + limit.seconds for at in allowed) <= 2 * limit.requests
    assert len(allowed) >= min(len(waits), limit.requests)
