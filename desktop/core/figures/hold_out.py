"""What came of an audience that was sent to, beside those of it who were held out: purchases and revenue per person, and how far
the difference between the two may be chance."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Literal

FEWEST_PEOPLE = 30
FEWEST_BUYERS = 5
"""In either group; with fewer, one purchase more or less turns the result."""

_Z = 1.959964
"""The 97.5 % point of the normal distribution."""


@dataclass(frozen=True, slots=True)
class GroupOutcome:
    """One group since the upload.

    Args:
        people: how many, without those erased since.
        buyers: how many of them bought.
        orders: their counting orders.
        revenue: what these came to.
        squares: the sum over people of the square of what each spent.
    """

    people: int = 0
    buyers: int = 0
    orders: int = 0
    revenue: float = 0.0
    squares: float = 0.0

    @property
    def per_person(self) -> float:
        """Revenue a person, buyers or not; 0 for nobody."""
        return self.revenue / self.people if self.people else 0.0

    @property
    def orders_per_person(self) -> float:
        """Orders a person; 0 for nobody."""
        return self.orders / self.people if self.people else 0.0

    @property
    def error(self) -> float:
        """The variance of :attr:`per_person`, from the spread between people."""
        if self.people < 2:
            return 0.0
        spread = max(0.0, self.squares - self.people * self.per_person**2) / (self.people - 1)
        return spread / self.people


Verdict = Literal["too_few", "chance", "more", "less"]
VERDICTS: tuple[Verdict, ...] = ("too_few", "chance", "more", "less")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Revenue a person, sent less held out. ``low`` and ``high`` bound it with 95 % confidence; None where there are too few
    people or buyers to say."""

    verdict: Verdict
    difference: float
    low: float | None = None
    high: float | None = None


def compare(sent: GroupOutcome, held_out: GroupOutcome) -> Comparison:
    """Compare the groups: Welch's interval for the difference of two means (B. L. Welch, Biometrika 34, 1947), its quantile by
    the first terms of the Cornish-Fisher expansion."""
    difference = sent.per_person - held_out.per_person
    if min(sent.people, held_out.people) < FEWEST_PEOPLE or min(sent.buyers, held_out.buyers) < FEWEST_BUYERS:
        return Comparison("too_few", difference)
    error = sent.error + held_out.error
    half = _quantile(_freedom(sent, held_out)) * sqrt(error) if error else 0.0
    low, high = difference - half, difference + half
    verdict: Verdict = "more" if low > 0 else "less" if high < 0 else "chance"
    return Comparison(verdict, difference, low, high)


def _freedom(one: GroupOutcome, other: GroupOutcome) -> float:
    """Welch's and Satterthwaite's degrees of freedom."""
    below = one.error**2 / (one.people - 1) + other.error**2 / (other.people - 1)
    return (one.error + other.error) ** 2 / below if below else float(one.people + other.people - 2)


def _quantile(freedom: float) -> float:
    """The 97.5 % point of Student's t distribution."""
    first = (_Z**3 + _Z) / 4
    second = (5 * _Z**5 + 16 * _Z**3 + 3 * _Z) / 96
    return _Z + first / freedom + second / freedom**2
