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
    sequence number of the row that brought her). ``also`` are further identities she answers to, as (key, value): those of
    somebody merged into her."""

    new: bool
    id: int
    keys: Keys
    also: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    """Whom a row is about: ``target`` None and no ``ambiguous`` means a new person. ``similar`` share a weaker key with the
    row but are somebody else by a stronger one: possible duplicates. ``one_person``: the row's keys lead to two people, one each,
    and so name these as one person."""

    target: Candidate | None = None
    ambiguous: tuple[Candidate, ...] = ()
    similar: tuple[Candidate, ...] = ()
    one_person: bool = False


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
            if is_somebody_else(row, candidate, place):
                # The first is the one who answers to the strongest key, be it one that a row above took from her.
                similar.setdefault(candidate[:2], candidate)
            else:
                fitting.append(candidate)
        if not fitting:
            continue
        if target is None and len(fitting) == 1:
            target = fitting[0]
        elif target is None or all(candidate[:2] != target[:2] for candidate in fitting):
            if target is None:
                return Match(ambiguous=tuple(fitting))
            later = [candidate for others in found[place + 1 :] for candidate in others]
            two = {target[:2], fitting[0][:2]}
            alone = len(fitting) == 1 and not similar and all(other[:2] in two for other in later)
            return Match(ambiguous=(target, *fitting), one_person=alone)
    return Match(target, similar=() if target else tuple(similar.values()))


def is_somebody_else(row: Keys, other: Candidate, place: int) -> bool:
    """A key stronger than the one at ``place`` stands on both sides and differs."""
    return any(
        mine is not None and theirs is not None and mine != theirs and (key, mine) not in other.also
        for key, mine, theirs in zip(Keys._fields[:place], row, other.keys, strict=False)
    )
