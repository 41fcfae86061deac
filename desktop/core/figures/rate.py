"""A share of people as every view shows it: part and whole, the queries that open exactly these people, how sure a small number
can be, and what reaching a mark would bring."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

SMALL = 30
"""Shares of fewer people than this are marked: with 30 people one in two answers moves the share by about ±17 points by chance
alone (95 %, Wilson's interval), so that ranks among such groups are mostly luck."""

Z95 = 1.959964
"""The normal quantile of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Part of a whole, in people.

    Args:
        part: how many of them.
        whole: of how many; the population the view states.
        query: opens exactly the part; None where no query can say it.
        whole_query: opens exactly the whole.
    """

    part: int
    whole: int
    query: str | None = None
    whole_query: str | None = None

    @property
    def value(self) -> float | None:
        """0 to 1 (more where LINE's figures and the rows disagree); None of nobody."""
        return self.part / self.whole if self.whole > 0 else None

    @property
    def small(self) -> bool:
        """Whether the whole is too small to rank by."""
        return self.whole < SMALL

    @property
    def interval(self) -> tuple[float, float] | None:
        """Where the share lies with 95 % confidence; None of nobody."""
        return wilson(self.part, self.whole) if 0 <= self.part <= self.whole and self.whole else None

    def gain_to(self, mark: float) -> int:
        """How many people more the part would have if the share reached a mark; 0 where it does."""
        return max(0, round(self.whole * mark - self.part))


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The 95 % score interval of a share (E. B. Wilson, 1927): right also for few people and shares near 0 or 1."""
    if not 0 <= part <= whole or whole == 0:
        raise ValueError("a share needs 0 ≤ part ≤ whole, and somebody")
    share, z2 = part / whole, Z95 * Z95
    middle = (share + z2 / (2 * whole)) / (1 + z2 / whole)
    half = Z95 / (1 + z2 / whole) * sqrt(share * (1 - share) / whole + z2 / (4 * whole * whole))
    return max(0.0, middle - half), min(1.0, middle + half)


def growth(first: float | None, last: float | None) -> float | None:
    """How much a number grew, as a share of the first; None where there is no first."""
    return (last - first) / first if first and last is not None else None
