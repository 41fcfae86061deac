"""What people inside a group have more often than those outside: shares side by side, how many times as frequent, and whether
chance alone explains it. Many questions are asked at once, so the bar is raised with their number."""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, sqrt
from typing import Literal

from desktop.core.figures.rate import SMALL

FEWEST_HOLDERS = 5
"""People inside that a trait needs; below it one person more or less turns the picture."""

MISTAKE = 0.05
"""How often such a list may hold even one trait by chance alone (Bonferroni, over all traits asked)."""

Verdict = Literal["clear", "unsure", "few"]
VERDICTS: tuple[Verdict, ...] = ("clear", "unsure", "few")


@dataclass(frozen=True, slots=True)
class Trait:
    """One trait inside and outside.

    Args:
        inside, of_inside: people inside who have it, of how many.
        outside, of_outside: the same outside.
    """

    inside: int
    of_inside: int
    outside: int
    of_outside: int

    @property
    def share_inside(self) -> float:
        """0 to 1."""
        return self.inside / self.of_inside if self.of_inside else 0.0

    @property
    def share_outside(self) -> float:
        """0 to 1."""
        return self.outside / self.of_outside if self.of_outside else 0.0

    @property
    def times(self) -> float | None:
        """How many times as frequent inside; None where nobody outside has it."""
        return self.share_inside / self.share_outside if self.outside else None

    @property
    def chance(self) -> float:
        """How often chance alone would part the shares this far, either way: the test of two proportions with Yates's correction
        (F. Yates, 1934)."""
        people = self.of_inside + self.of_outside
        pooled = (self.inside + self.outside) / people if people else 0.0
        if not self.of_inside or not self.of_outside or pooled in (0.0, 1.0):
            return 1.0
        each = 1 / self.of_inside + 1 / self.of_outside
        apart = max(0.0, abs(self.share_inside - self.share_outside) - each / 2)
        return erfc(apart / sqrt(pooled * (1 - pooled) * each) / sqrt(2))

    def verdict(self, asked: int) -> Verdict:
        """Whether the difference can be relied on, with so many traits asked about: clear, unsure, or few people."""
        if self.inside < FEWEST_HOLDERS or self.of_inside < SMALL or self.of_outside < SMALL:
            return "few"
        return "clear" if self.chance * max(1, asked) < MISTAKE else "unsure"
