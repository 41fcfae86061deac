"""Chance that comes out the same everywhere: only `Random.random()` (whose sequence Python promises to keep) and
plain arithmetic, no logarithms or powers whose last digit may differ between platforms."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from random import Random
from typing import TypeVar

Item = TypeVar("Item")
Curve = Sequence[tuple[float, float]]


class Dice:
    """A seeded source of chance. Two dice with the same seed give the same answers on every platform and version."""

    def __init__(self, seed: str) -> None:
        self._random = Random(seed).random

    def share(self) -> float:
        """A number from 0 to below 1."""
        return self._random()

    def chance(self, probability: float) -> bool:
        """True with the given probability (0 to 1)."""
        return self._random() < probability

    def between(self, first: int, last: int) -> int:
        """A whole number from first to last, both included."""
        return first + int(self._random() * (last - first + 1))

    def pick(self, items: Sequence[Item]) -> Item:
        """One of the items, each as likely as the other."""
        return items[int(self._random() * len(items))]

    def weighted(self, items: Sequence[tuple[Item, float]]) -> Item:
        """One of the (item, weight) pairs' items, as likely as its weight says."""
        left = self._random() * sum(weight for _, weight in items)
        for item, weight in items:
            left -= weight
            if left < 0:
                return item
        return items[-1][0]

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        """The items in a new order."""
        keyed = [(self._random(), position) for position in range(len(items))]
        return [items[position] for _, position in sorted(keyed)]

    def some(self, items: Sequence[Item], count: int) -> list[Item]:
        """`count` of the items in a new order; fewer where there are fewer."""
        return self.shuffled(items)[:count]

    def along(self, curve: Curve) -> float:
        """A value from a distribution given by its quantiles; see `quantile`."""
        return quantile(curve, self._random())


def quantile(curve: Curve, share: float) -> float:
    """The value at `share` (0 to 1) of a distribution given as rising (share, value) pairs, straight between them."""
    for (left, low), (right, high) in pairwise(curve):
        if share <= right:
            return low + (high - low) * (share - left) / (right - left)
    return curve[-1][1]
