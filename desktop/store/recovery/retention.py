"""Which backups to keep: everything of the two newest days, then one a day, one a week, one a month. Days are counted
by the backups that exist, in the order they were taken, never against today's date: a clock that jumps cannot thin
them away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, tzinfo
from itertools import groupby
from typing import Any

from desktop.store.safety.shop_errors import BackupInfo

DAYS_WHOLE, DAILY, WEEKLY, MONTHLY = 2, 7, 4, 6

CAP_BYTES = 5_000_000_000
CAP_FACTOR = 3


def cap(shop_bytes: int) -> int:
    """Bytes that all backups of a shop may take together: three times the shop or 5 GB, whichever is more."""
    return max(CAP_FACTOR * shop_bytes, CAP_BYTES)


def superfluous(backups: Iterable[BackupInfo], *, cap_bytes: int, zone: tzinfo) -> list[BackupInfo]:
    """The backups to delete, oldest first. The newest verified one is never among them.

    Args:
        backups: all of a shop, in any order; unverified ones are deleted only to stay below the cap.
        cap_bytes: see :func:`cap`.
        zone: decides which day a backup belongs to.
    """
    everything = list(backups)
    verified = sorted((one for one in everything if one.verified), key=_number, reverse=True)
    kept = _by_calendar(verified, zone)
    unverified = sorted((one for one in everything if not one.verified), key=lambda one: one.taken_at)
    total = sum(one.size for one in unverified + kept)
    over = []
    for oldest in unverified + kept[:0:-1]:
        if total <= cap_bytes:
            break
        over.append(oldest)
        total -= oldest.size
    gone = [one for one in verified if one not in kept]
    return sorted(gone + over, key=lambda one: (_number(one), one.taken_at))


def _by_calendar(newest_first: Sequence[BackupInfo], zone: tzinfo) -> list[BackupInfo]:
    def day(one: BackupInfo) -> date:
        return one.taken_at.astimezone(zone).date()

    days = _groups(newest_first, day)
    kept = [one for group in days[:DAYS_WHOLE] for one in group]
    heads = [group[0] for group in days[DAYS_WHOLE:]]
    kept += heads[:DAILY]
    weeks = _groups(heads[DAILY:], lambda one: day(one).isocalendar()[:2])
    kept += [group[0] for group in weeks[:WEEKLY]]
    older = [one for group in weeks[WEEKLY:] for one in group]
    months = _groups(older, lambda one: (day(one).year, day(one).month))
    return kept + [group[0] for group in months[:MONTHLY]]


def _groups(backups: Sequence[BackupInfo], key: Callable[[BackupInfo], Any]) -> list[list[BackupInfo]]:
    return [list(group) for _, group in groupby(backups, key)]


def _number(one: BackupInfo) -> int:
    return one.number or 0
