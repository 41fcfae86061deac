"""The repurchase cycle and NASL: when somebody who bought is a new or an active customer, asleep or lost. One boundary of three
cycles, counted in whole local days; everything here is pure and exact to the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import floor

NEW, ACTIVE, SLEEPING, LOST = CLASSES = ("N", "A", "S", "L")
"""N new (one order day, inside the window), A active (two or more), S sleeping (two or more, outside), L lost (one)."""

FEWEST_GAPS = 30
"""Gaps between order days that a median can be told from; with fewer the owner is asked (SEMANTICS, Figures)."""

CYCLES = 3
"""Cycles in the window, the one boundary (the trade's rule: N and A by three repurchase cycles)."""


@dataclass(frozen=True, slots=True)
class Repurchase:
    """The cycle in force and the boundary it gives.

    Args:
        cycle_days: days between two order days, in the middle; a half day where the median lies between two gaps.
        window_days: the boundary in days: three cycles, or what the owner set.
        as_of: the reference day; orders after it do not count.
        gaps: how many gaps between consecutive order days the shop's orders have.
        chosen: whether the owner set the cycle or the window.
    """

    cycle_days: float
    window_days: float
    as_of: date
    gaps: int
    chosen: bool = False

    @property
    def since(self) -> date:
        """The first day inside the window: a last order on it or after it is N or A."""
        return first_day_inside(self.as_of, self.window_days)


def nasl_class(order_days: int, last_order_day: date | None, as_of: date, window: float) -> str | None:
    """The class of one person; None for somebody without orders.

    Args:
        order_days: local days with a counting order, up to ``as_of``.
        last_order_day: the last of them.
        as_of: the reference day.
        window: the boundary in days; a last order exactly so many days ago is still inside.
    """
    if order_days < 1 or last_order_day is None:
        return None
    inside = (as_of - last_order_day).days <= window
    if order_days == 1:
        return NEW if inside else LOST
    return ACTIVE if inside else SLEEPING


def first_day_inside(as_of: date, window: float) -> date:
    """The earliest last order day that is still inside the window."""
    days = floor(window)
    return as_of - timedelta(days=days) if days < as_of.toordinal() else date.min


def falls_on(last_order_day: date, window: float) -> date:
    """The first day on which somebody whose last order was on a day, and who does not come again, is outside the window."""
    return last_order_day + timedelta(days=floor(window) + 1)


def median_gap(histogram: Mapping[int, int]) -> float | None:
    """The median of gaps given as days → how often; of an even number the mean of the middle two. None without gaps."""
    count = sum(histogram.values())
    if not count:
        return None
    low, high = (count - 1) // 2, count // 2
    seen, first = 0, None
    for days in sorted(histogram):
        seen += histogram[days]
        if first is None and seen > low:
            first = days
        if seen > high:
            assert first is not None
            return (first + days) / 2
    raise AssertionError("unreachable")


def cycle_from(
    histogram: Mapping[int, int], as_of: date, cycle: float | None = None, window: float | None = None
) -> Repurchase | None:
    """The cycle in force: the owner's, else the median gap; None where there are fewer than FEWEST_GAPS gaps and the owner
    chose nothing.

    Args:
        histogram: gap in days → how often.
        as_of: the reference day.
        cycle: the owner's cycle in days.
        window: the owner's boundary in days; without it three cycles.
    """
    gaps = sum(histogram.values())
    chosen = cycle is not None or window is not None
    if cycle is None:
        measured = median_gap(histogram)
        if measured is not None and gaps >= FEWEST_GAPS:
            cycle = measured
        elif window is not None:
            cycle = window / CYCLES
        else:
            return None
    return Repurchase(cycle, CYCLES * cycle if window is None else window, as_of, gaps, chosen)
