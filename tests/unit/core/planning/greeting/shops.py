"""Greetings as shops of many trades send them, in ``tests/data/greetings``, with the points each makes. Each begins with a line
``== points | amounts``: a point with a question mark may be read or not, the amounts are those of money written there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_PLACE = Path(__file__).parents[4] / "data" / "greetings"
_BEGINS = re.compile(r"^== ?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Written:
    """One greeting: its text, the points it makes, those that may be argued about, and the amounts of money in it."""

    text: str
    makes: frozenset[str]
    arguable: frozenset[str]
    amounts: tuple[str, ...]


def written() -> tuple[Written, ...]:
    """All of them."""
    return tuple(_read(block) for path in sorted(_PLACE.glob("*.txt")) for block in _blocks(path))


def _blocks(path: Path) -> list[str]:
    return _BEGINS.split(path.read_text(encoding="utf-8"))[1:]


def _read(block: str) -> Written:
    head, _, text = block.partition("\n")
    points, _, amounts = head.partition("|")
    return Written(
        text.strip(),
        frozenset(point for point in points.split() if not point.startswith("?")),
        frozenset(point.removeprefix("?") for point in points.split() if point.startswith("?")),
        tuple(amounts.split()),
    )
