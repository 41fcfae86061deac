"""Variants of a greeting with a period: which one new friends should get today, where two claim the same days, and what differs
between two of them. LINE's manager keeps one greeting only, so the owner exchanges it when a period begins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import combinations

from desktop.core.message import Message, message
from desktop.core.planning.graphemes import graphemes
from desktop.core.planning.greeting.balloons import Balloon, Greeting, Insert, Part, Text, joined, kind_of
from desktop.core.planning.greeting.manager_text import Field, manager_balloons

SAME, CHANGED, ADDED, REMOVED = "same", "changed", "added", "removed"

_ALIKE = 0.35
"""From this likeness on, two balloons at different places count as one that was moved or rewritten."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two variants that both claim the days from ``starts`` to ``ends``."""

    first: int
    second: int
    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a text that is the SAME, ADDED or REMOVED."""

    state: str
    part: Part


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that differs; "" where it was not there. Both are "" for a picture that is another."""

    label: Message
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """How one balloon became another.

    Args:
        state: SAME, CHANGED, ADDED or REMOVED.
        kind: of the balloon, as in ``balloons.KINDS``.
        before, after: its index in either greeting, None where it is not there.
        runs: of texts.
        fields: of all others, only those that differ.
    """

    state: str
    kind: str
    before: int | None
    after: int | None
    runs: tuple[Run, ...] = ()
    fields: tuple[FieldChange, ...] = ()


def period(greeting: Greeting) -> tuple[date, date] | None:
    """First and last day; None without a period, or where it is none. An open end is taken as far away."""
    if not greeting.starts and not greeting.ends:
        return None
    try:
        first = date.fromisoformat(greeting.starts) if greeting.starts else date.min
        last = date.fromisoformat(greeting.ends) if greeting.ends else date.max
    except ValueError:
        return None
    return (first, last) if first <= last else None


def period_problem(greeting: Greeting) -> Message | None:
    """What is wrong with a period, None if nothing."""
    if not greeting.starts and not greeting.ends:
        return None
    return None if period(greeting) else message("greeting.period_wrong")


def current(variants: Sequence[tuple[int, Greeting]], day: date) -> int | None:
    """The number of the variant for a day: of those whose period holds it the one with the shortest, among equals the first; else
    the first without a period; None if there is neither."""
    spans = [(number, period(greeting)) for number, greeting in variants]
    holding = [(number, span) for number, span in spans if span and span[0] <= day <= span[1]]
    if holding:
        return min(holding, key=lambda one: one[1][1] - one[1][0])[0]
    return next((n for n, greeting in variants if not greeting.starts and not greeting.ends), None)


def overlaps(variants: Sequence[tuple[int, Greeting]]) -> tuple[Overlap, ...]:
    """Every two variants whose periods share days. One within the other is no mistake (the shorter one wins), but listed."""
    spans = [(number, span) for number, greeting in variants if (span := period(greeting))]
    found = []
    for (first, one), (second, other) in combinations(spans, 2):
        starts, ends = max(one[0], other[0]), min(one[1], other[1])
        if starts <= ends:
            found.append(Overlap(first, second, starts, ends))
    return tuple(found)


def differences(before: Greeting, after: Greeting) -> tuple[Difference, ...]:
    """What differs, in the order of ``after``, each removed balloon where it stood."""
    return tuple(_differences(before, after))


def _differences(before: Greeting, after: Greeting) -> Iterator[Difference]:
    pairs = _paired(before.balloons, after.balloons)
    told = 0
    for index, balloon in enumerate(after.balloons):
        was = pairs.get(index)
        while was is not None and told < was:
            if told not in pairs.values():
                yield _alone(REMOVED, before.balloons[told], told, None)
            told += 1
        if was is None:
            yield _alone(ADDED, balloon, None, index)
        else:
            told = max(told, was + 1)
            yield _both(before, after, was, index)
    for left in range(told, len(before.balloons)):
        if left not in pairs.values():
            yield _alone(REMOVED, before.balloons[left], left, None)


def _paired(before: Sequence[Balloon], after: Sequence[Balloon]) -> dict[int, int]:
    """Index after → index before, the likest first; balloons of the same kind only."""
    likeness = sorted(
        (
            (_likeness(one, other), -abs(i - k), -i, -k)
            for i, one in enumerate(after)
            for k, other in enumerate(before)
        ),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    for alike, _, i, k in likeness:
        if alike >= _ALIKE and -i not in pairs and -k not in pairs.values():
            pairs[-i] = -k
    return pairs


def _likeness(one: Balloon, other: Balloon) -> float:
    if type(one) is not type(other):
        return 0.0
    if isinstance(one, Text) and isinstance(other, Text):
        return SequenceMatcher(None, _pieces(other.parts), _pieces(one.parts), autojunk=False).ratio()
    # Only a few balloons are not texts: two of a kind are the same one, rewritten.
    return 1.0 if one == other else 0.5


def _alone(state: str, balloon: Balloon, before: int | None, after: int | None) -> Difference:
    parts = balloon.parts if isinstance(balloon, Text) else ()
    return Difference(state, kind_of(balloon), before, after, tuple(Run(state, part) for part in parts))


def _both(before: Greeting, after: Greeting, was: int, index: int) -> Difference:
    old, new = before.balloons[was], after.balloons[index]
    if old == new:
        parts = new.parts if isinstance(new, Text) else ()
        return Difference(SAME, kind_of(new), was, index, tuple(Run(SAME, part) for part in parts))
    if isinstance(old, Text) and isinstance(new, Text):
        return Difference(CHANGED, "text", was, index, runs(old.parts, new.parts))
    changed = _changed(manager_balloons(before)[was].fields, manager_balloons(after)[index].fields)
    if Greeting(balloons=(old,)).pictures() != Greeting(balloons=(new,)).pictures():
        changed = (FieldChange(message("greeting.field.picture"), "", ""), *changed)
    return Difference(CHANGED, kind_of(new), was, index, fields=changed)


def runs(before: Sequence[Part], after: Sequence[Part]) -> tuple[Run, ...]:
    """How one text became another; without the added runs it is the old one, without the removed ones the new one."""
    old, new = _pieces(before), _pieces(after)
    found: list[Run] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found += [Run(SAME, part) for part in joined(tuple(old[a:b]))]
            continue
        found += [Run(REMOVED, part) for part in joined(tuple(old[a:b]))]
        found += [Run(ADDED, part) for part in joined(tuple(new[c:d]))]
    return tuple(found)


def _pieces(parts: Sequence[Part]) -> list[Part]:
    """Characters and inserts."""
    found: list[Part] = []
    for part in parts:
        found += [part] if isinstance(part, Insert) else graphemes(part)
    return found


def _changed(old: Sequence[Field], new: Sequence[Field]) -> tuple[FieldChange, ...]:
    longest = max(len(old), len(new))
    found = []
    for number in range(longest):
        one = old[number] if number < len(old) else None
        other = new[number] if number < len(new) else None
        label = (other or one or old[0]).label
        before, after = one.value if one else "", other.value if other else ""
        if before != after or (one and other and one.label != other.label):
            found.append(FieldChange(label, before, after))
    return tuple(found)
