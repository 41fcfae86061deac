"""How unevenly something is spread over people: which share the first so many per cent bring, and cut points that part people
into as equal parts as their values allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeVar

Cut = TypeVar("Cut", str, float)


@dataclass(frozen=True, slots=True)
class Top:
    """The buyers who spent most.

    Args:
        people: how many; everybody who spent as much as the last of them is in.
        least: what the last of them spent.
        share: their share of the revenue, 0 to 1.
    """

    people: int
    least: float
    share: float


def top(amounts: Sequence[tuple[float, int]], people: int) -> Top:
    """At least so many of those who spent most.

    Args:
        amounts: what was spent and by how many, the largest first.
        people: how many are wanted, at least 1.

    Raises:
        ValueError: if nobody spent anything.
    """
    whole = sum(amount * n for amount, n in amounts)
    if not amounts or whole <= 0:
        raise ValueError("no revenue to share")
    seen, spent = 0, 0.0
    for amount, n in amounts:
        seen, spent = seen + n, spent + amount * n
        if seen >= people:
            return Top(seen, amount, spent / whole)
    return Top(seen, amounts[-1][0], spent / whole)


def top_of_exactly(amounts: Sequence[tuple[float, int]], people: int) -> float:
    """The share of exactly so many, whoever of those with equal amounts is counted; 0 where there is no revenue."""
    whole = sum(amount * n for amount, n in amounts)
    left, spent = people, 0.0
    for amount, n in amounts:
        taken = min(n, left)
        spent, left = spent + amount * taken, left - taken
        if not left:
            break
    return spent / whole if whole > 0 else 0.0


def people_for(amounts: Sequence[tuple[float, int]], share: float) -> int:
    """How few of those who spent most bring a share of the revenue."""
    whole = sum(amount * n for amount, n in amounts)
    seen, spent = 0, 0.0
    for amount, n in amounts:
        missing = share * whole - spent
        if amount > 0 and missing <= amount * n:
            # A hair's breadth of rounding in the sum must not ask for one person more.
            return seen + max(0, -int(-(missing / amount - 1e-9) // 1))
        seen, spent = seen + n, spent + amount * n
    return seen


def cut_points(values: Sequence[tuple[Cut, int]], parts: int) -> list[Cut]:
    """The first values of the second, third, … part, at most ``parts`` − 1, rising and different: people with one value stay
    together, so there are fewer parts where values are few.

    Args:
        values: rising values, each with its people.
        parts: how many equal parts are wanted.
    """
    people = sum(n for _, n in values)
    reached = list(accumulate(n for _, n in values))
    cuts: list[Cut] = []
    for part in range(1, parts):
        place = next((i for i, upto in enumerate(reached) if upto * parts >= people * part), None)
        if place is None or place + 1 >= len(values):
            continue
        cut = values[place + 1][0]
        if not cuts or cut > cuts[-1]:
            cuts.append(cut)
    return cuts
