"""Who is a row about? Member number, LINE user ID, phone and e-mail are asked in this order; the first
that finds somebody decides, unless a stronger key stands on both sides and differs. What stays open is
ambiguous and never guessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Keys(NamedTuple):
    """What identifies a person, strongest first; None where unknown."""

    member_no: str | None = None
    line_user_id: str | None = None
    phone: str | None = None
    email: str | None = None


class Candidate(NamedTuple):
    """Somebody a key points to: a person of the shop (``new`` False, her id) or one this file brings (``new`` True, the
    sequence number of the row that brought her)."""

    new: bool
    id: int
    keys: Keys


@dataclass(frozen=True, slots=True)
class Match:
    """Whom a row is about: ``target`` None and no ``ambiguous`` means a new person. ``similar`` share a weaker key with the
    row but are somebody else by a stronger one: possible duplicates."""

    target: Candidate | None = None
    ambiguous: tuple[Candidate, ...] = ()
    similar: tuple[Candidate, ...] = ()


NOBODY = Match()


def match(row: Keys, found: Sequence[Sequence[Candidate]]) -> Match:
    """Decide whom a row is about.

    Args:
        row: the row's keys.
        found: for each key in the order of Keys, everybody who has the row's value of it.
    """
    target: Candidate | None = None
    similar: dict[tuple[bool, int], Candidate] = {}
    for place, candidates in enumerate(found):
        fitting = []
        for candidate in candidates:
            if _is_somebody_else(row, candidate.keys, place):
                # The first is the one who answers to the strongest key, be it one that a row above took from her.
                similar.setdefault(candidate[:2], candidate)
            else:
                fitting.append(candidate)
        if not fitting:
            continue
        if target is None and len(fitting) == 1:
            target = fitting[0]
        elif target is None or all(candidate[:2] != target[:2] for candidate in fitting):
            named = fitting if target is None else [target, *fitting]
            return Match(ambiguous=tuple(named))
    return Match(target, similar=() if target else tuple(similar.values()))


def _is_somebody_else(row: Keys, other: Keys, place: int) -> bool:
    """A stronger key stands on both sides and differs."""
    return any(
        mine is not None and theirs is not None and mine != theirs
        for mine, theirs in zip(row[:place], other[:place], strict=True)
    )
