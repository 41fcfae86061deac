"""What keeps a person out of a condition: the parts of the tree she does not meet, or should not meet and does. Were all of them
met or taken away, she would be in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from desktop.core.people.condition import And, Condition, Not, Or, Term, Word
from desktop.core.people.tree_editing import Path

Holds = Callable[[Term | Word], bool]
"""Whether a term holds for the person."""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """One part that keeps a person out.

    Args:
        path: where it stands in the tree.
        part: the part there: a term; alternatives of which none holds; or (``wanted`` False) things that all hold.
        wanted: whether it should hold and does not, or should not and does.
    """

    path: Path
    part: Condition
    wanted: bool


def shortfalls(condition: Condition, holds: Holds) -> tuple[Shortfall, ...]:
    """The parts that keep a person out, from left to right; none where she is in.

    Args:
        condition: any tree.
        holds: whether a term of it holds for her.
    """
    return () if matches(condition, holds) else tuple(_missing(condition, (), holds, wanted=True))


def matches(condition: Condition, holds: Holds) -> bool:
    """Whether a condition holds, from whether its terms do."""
    match condition:
        case And():
            return all(matches(part, holds) for part in condition.parts)
        case Or():
            return any(matches(part, holds) for part in condition.parts)
        case Not():
            return not matches(condition.part, holds)
        case _:
            return holds(condition)


def _missing(condition: Condition, path: Path, holds: Holds, *, wanted: bool) -> Iterator[Shortfall]:
    """Why a part is not as it is wanted, which it is known not to be."""
    if isinstance(condition, Not):
        yield from _missing(condition.part, (*path, 0), holds, wanted=not wanted)
    elif isinstance(condition, And if wanted else Or):
        # Each part that is not as wanted stands in the way by itself.
        for index, part in enumerate(condition.parts):
            if matches(part, holds) != wanted:
                yield from _missing(part, (*path, index), holds, wanted=wanted)
    else:
        yield Shortfall(path, condition, wanted)
