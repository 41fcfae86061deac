"""Decides who bought at all and how: new, active, sleeping or lost buyers (NASL), as many as the plan says."""

from __future__ import annotations

from datetime import timedelta

from . import shop_plan as plan
from . import vocabulary as words
from .dice import Dice
from .person import Person

WINDOW = 3 * plan.CYCLE_DAYS
WHEN = {"N": (0.0, 0.7), "A": (0.0, 1.0), "": (0.0, 1.0), "L": (0.2, 1.0), "S": (0.3, 1.0)}
"""Where among the people from newest to oldest a class is found: new buyers joined late, sleeping ones early."""


def give_classes(people: list[Person]) -> None:
    """Sets `buyer_class` (N, A, S, L, or None for people who never bought)."""
    for group, counts in ((True, plan.BOUND_CLASSES), (False, plan.OTHER_CLASSES)):
        _divide(
            [person for person in people if person.bound is group], dict(counts), Dice(f"{plan.SEED}/{group}")
        )


def _divide(people: list[Person], left: dict[str, int], dice: Dice) -> None:
    by_number = {f"W{face[1]:05d}": face for face in words.FACES}
    others: list[Person] = []
    for person in people:
        face = by_number.get(person.member_no or "")
        if face:
            recent = (plan.TODAY.toordinal() - _ordinal(face[4])) <= WINDOW
            person.buyer_class = ("N" if recent else "L") if face[5] == 1 else ("A" if recent else "S")
            left[person.buyer_class] -= 1
        else:
            others.append(person)
    others = _divide_latest(others, left, dice)
    pool = [name for name, count in left.items() for _ in range(count)]
    pool += [""] * (len(others) - len(pool))
    low_high = {name: WHEN[name] for name in set(pool)}
    scored = [
        (low_high[name][0] + (low_high[name][1] - low_high[name][0]) * dice.share(), name) for name in pool
    ]
    newest = sorted(
        others, key=lambda person: person.joined_at - timedelta(days=dice.between(0, 500)), reverse=True
    )
    for person, (_, name) in zip(newest, sorted(scored), strict=True):
        person.buyer_class = name or None


def _divide_latest(people: list[Person], left: dict[str, int], dice: Dice) -> list[Person]:
    """People who joined within the last 100 days cannot be sleeping or lost; returns everybody else."""
    limit = plan.TODAY - timedelta(days=100)
    for person in people:
        if person.joined_at.date() > limit:
            name = dice.weighted([("N", 5.0), ("A", 2.0), ("", 4.0)])
            if (plan.TODAY - person.joined_at.date()).days < 3:
                name = "N"
            person.buyer_class = name or None
            if name:
                left[name] -= 1
    return [person for person in people if person.joined_at.date() <= limit]


def _ordinal(day: str) -> int:
    return plan.TODAY.fromisoformat(day).toordinal()
