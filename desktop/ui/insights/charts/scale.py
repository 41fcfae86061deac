"""Round numbers for the axis of a chart."""

from __future__ import annotations

import math
from dataclasses import dataclass

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from ``low`` to ``high`` with a tick every ``step``."""

    low: float
    high: float
    step: float

    @property
    def ticks(self) -> tuple[float, ...]:
        """The values with a line and a label, from below."""
        count = round((self.high - self.low) / self.step)
        return tuple(self.low + self.step * number for number in range(count + 1))

    def share(self, value: float) -> float:
        """Where a value lies between the ends, 0 to 1 inside."""
        return (value - self.low) / (self.high - self.low)


def scale_for(
    low: float, high: float, *, most_ticks: int = 5, from_zero: bool = True, whole: bool = True
) -> Scale:
    """The axis that holds two values with at most ``most_ticks`` round steps.

    Args:
        low, high: the least and the greatest value.
        most_ticks: how many steps there may be.
        from_zero: whether the axis begins at 0 (bars must; lines may begin higher).
        whole: whether only whole numbers are ticks, as for people.
    """
    low = min(low, 0.0) if from_zero else low
    span = max(high - low, 1.0 if whole else 1e-9)
    rough = span / most_ticks
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * part for part in STEPS if size * part >= rough * (1 - 1e-9))
    if whole:
        step = max(1.0, math.ceil(step))
    start = math.floor(low / step) * step
    steps = max(1, math.ceil((high - start) / step - 1e-9))
    return Scale(start, start + steps * step, step)


def short_number(value: float) -> str:
    """A number for the edge of a chart: 3.5k, 2.25k, 12k, 1.2M; small ones as they are."""
    for size, letter in ((1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:.2f}".rstrip("0").rstrip(".") + letter
    return f"{value:g}"
