"""Which backups are kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from desktop.store.recovery.retention import CAP_BYTES, DAILY, DAYS_WHOLE, MONTHLY, WEEKLY, cap, superfluous
from desktop.store.safety.shop_errors import BackupInfo

TAIPEI = ZoneInfo("Asia/Taipei")
START = datetime(2026, 1, 1, 2, tzinfo=UTC)
PLENTY = 10**15


def backup(number: int, at: datetime, *, size: int = 1, verified: bool = True) -> BackupInfo:
    return BackupInfo(Path(f"{number}.tagline"), at, 1, verified, number if verified else None, size)


def daily_run(days: int, a_day: int = 3, cap_bytes: int = PLENTY) -> list[BackupInfo]:
    """What stands after backups on so many days, thinned after each, as the program does it."""
    kept: list[BackupInfo] = []
    for n in range(days * a_day):
        at = START + timedelta(days=n // a_day, hours=n % a_day)
        kept.append(backup(n + 1, at))
        gone = superfluous(kept, cap_bytes=cap_bytes, zone=TAIPEI)
        kept = [one for one in kept if one not in gone]
    return kept


def test_the_cap_is_three_times_the_shop_or_five_gigabytes() -> None:
    assert cap(1) == CAP_BYTES == 5_000_000_000
    assert cap(2_000_000_000) == 6_000_000_000


def test_all_of_two_days_then_daily_weekly_monthly() -> None:
    kept = daily_run(300)
    assert len(kept) == DAYS_WHOLE * 3 + DAILY + WEEKLY + MONTHLY

    days = [one.taken_at.astimezone(TAIPEI).date() for one in sorted(kept, key=lambda k: -(k.number or 0))]
    older = days[6:]
    assert [(days[0] - day).days for day in older[:DAILY]] == list(range(2, 2 + DAILY))
    weeks = [day.isocalendar()[:2] for day in older[DAILY : DAILY + WEEKLY]]
    assert len(set(weeks)) == WEEKLY
    months = [(day.year, day.month) for day in older[DAILY + WEEKLY :]]
    assert len(set(months)) == MONTHLY
    assert (days[0] - days[-1]).days > 150


def test_the_last_backup_of_a_day_is_the_one_kept() -> None:
    kept = daily_run(9)
    older = sorted(one.number or 0 for one in kept)[:-6]
    assert all(number % 3 == 0 for number in older)


def test_a_shop_opened_once_a_month_keeps_a_year_and_more() -> None:
    backups = [backup(n, START + timedelta(days=31 * n)) for n in range(1, 25)]
    gone = superfluous(backups, cap_bytes=PLENTY, zone=TAIPEI)
    assert len(backups) - len(gone) == DAYS_WHOLE + DAILY + WEEKLY + MONTHLY


def test_the_cap_takes_the_oldest_first_and_never_the_newest() -> None:
    backups = [backup(n, START + timedelta(hours=n), size=10) for n in range(1, 7)]
    gone = superfluous(backups, cap_bytes=35, zone=TAIPEI)
    assert [one.number for one in gone] == [1, 2, 3]
    assert len(superfluous(backups, cap_bytes=1, zone=TAIPEI)) == 5


def test_unverified_ones_go_only_for_the_cap_and_then_first() -> None:
    strays = [backup(90 + n, START + timedelta(days=n), size=10, verified=False) for n in range(2)]
    good = [backup(n, START + timedelta(days=n), size=10) for n in range(1, 4)]
    assert superfluous([*good, *strays], cap_bytes=50, zone=TAIPEI) == []
    assert superfluous([*good, *strays], cap_bytes=30, zone=TAIPEI) == strays
    assert superfluous(strays, cap_bytes=0, zone=TAIPEI) == strays


def test_a_clock_set_back_two_years_thins_nothing_away() -> None:
    kept = daily_run(60)
    wrong = START - timedelta(days=730)
    newest = max(one.number or 0 for one in kept)
    after = [*kept, backup(newest + 1, wrong), backup(newest + 2, wrong + timedelta(hours=1))]
    gone = superfluous(after, cap_bytes=PLENTY, zone=TAIPEI)
    assert newest + 2 not in [one.number for one in gone]
    # As on any first backup of a new day: the day before yesterday keeps its last one, each step moves on by one.
    assert len(gone) <= 4
    days_before = {one.taken_at.date() for one in kept}
    days_after = {one.taken_at.date() for one in after if one not in gone}
    assert len(days_before - days_after) <= 1


@given(
    jumps=st.lists(st.integers(-1000, 1000), min_size=1, max_size=60),
    size=st.integers(1, 10),
    cap_bytes=st.integers(0, 300),
)
def test_whatever_the_clock_does_the_newest_stays_and_the_cap_holds(
    jumps: list[int], size: int, cap_bytes: int
) -> None:
    at = START
    kept: list[BackupInfo] = []
    for n, jump in enumerate(jumps, 1):
        at += timedelta(hours=jump)
        newest = backup(n, at, size=size)
        kept.append(newest)
        gone = superfluous(kept, cap_bytes=cap_bytes, zone=TAIPEI)
        assert newest not in gone
        kept = [one for one in kept if one not in gone]
        assert sum(one.size for one in kept) <= max(cap_bytes, size)
        assert superfluous(kept, cap_bytes=cap_bytes, zone=TAIPEI) == []


@given(jumps=st.lists(st.integers(-20_000, 20_000), min_size=1, max_size=30))
def test_a_jumping_clock_never_costs_a_day(jumps: list[int]) -> None:
    taken = [backup(n, START + timedelta(hours=jump)) for n, jump in enumerate(jumps, 1)]
    kept: list[BackupInfo] = []
    for one in taken:
        kept.append(one)
        gone = superfluous(kept, cap_bytes=PLENTY, zone=TAIPEI)
        kept = [other for other in kept if other not in gone]
    last_of_each_day = [
        list(run)[-1] for _, run in groupby(taken, lambda one: one.taken_at.astimezone(TAIPEI).date())
    ]
    assert set(last_of_each_day[-(DAYS_WHOLE + DAILY) :]) <= set(kept)
