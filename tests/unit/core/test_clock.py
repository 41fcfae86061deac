"""Today is a day of the shop's zone."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from desktop.core.clock import FROZEN_NOW, local_now
from desktop.core.errors import WrongUsage


@pytest.mark.parametrize(
    ("zone", "instant", "local"),
    [
        ("Asia/Taipei", "2026-03-31T15:59:59", "2026-03-31T23:59:59"),
        ("Asia/Taipei", "2026-03-31T16:00:00", "2026-04-01T00:00:00"),
        ("Asia/Tokyo", "2026-03-31T15:00:00", "2026-04-01T00:00:00"),
        # The night the clocks go forward and the one they go back.
        ("Europe/Berlin", "2026-03-28T23:30:00", "2026-03-29T00:30:00"),
        ("Europe/Berlin", "2026-03-29T21:59:59", "2026-03-29T23:59:59"),
        ("America/New_York", "2026-11-01T05:30:00", "2026-11-01T01:30:00"),
        ("America/New_York", "2026-11-01T06:30:00", "2026-11-01T01:30:00"),
    ],
)
def test_local_time(zone: str, instant: str, local: str) -> None:
    def clock() -> datetime:
        return datetime.fromisoformat(instant).replace(tzinfo=UTC)

    assert local_now(zone, clock) == datetime.fromisoformat(local)


def test_the_clock_is_the_computers_unless_it_is_held_still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FROZEN_NOW, raising=False)
    before = datetime.now(ZoneInfo("Asia/Taipei")).replace(tzinfo=None)
    now = local_now("Asia/Taipei")
    assert before <= now <= datetime.now(ZoneInfo("Asia/Taipei")).replace(tzinfo=None)
    monkeypatch.setenv(FROZEN_NOW, "2026-03-31")
    assert local_now("Asia/Taipei") == datetime(2026, 3, 31)
    monkeypatch.setenv(FROZEN_NOW, "2026-03-31T23:59:59")
    assert local_now("Asia/Taipei") == datetime(2026, 3, 31, 23, 59, 59)
    monkeypatch.setenv(FROZEN_NOW, "tomorrow")
    with pytest.raises(WrongUsage):
        local_now("Asia/Taipei")
