"""What a good greeting says (six points) and how it says it (three rules, and the friend's name), held against what stands there,
and what in it is still to be replaced. These are advice; what LINE does not take is in ``limits``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from desktop.core.message import Message, message
from desktop.core.planning.greeting.balloons import Cards, Coupon, Greeting, Insert, RichMessage, Text
from desktop.core.planning.greeting.reading import manner
from desktop.core.planning.greeting.reading.placeholders import placeholders as gaps
from desktop.core.planning.greeting.reading.points import POINTS as _READERS
from desktop.core.planning.greeting.reading.points import best

POINTS = tuple(_READERS)
RULES = ("action", "picture", "steps", "name")


class State(StrEnum):
    """OK; MISSING; FILL: it stands there, but something in it is still to be replaced or added."""

    OK = "ok"
    MISSING = "missing"
    FILL = "fill"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist.

    Args:
        id: one of POINTS or RULES, or ``placeholder``.
        group: ``points``, ``rules`` or ``fill`` (one line for each thing still to be replaced).
        state: how it stands.
        title: what is looked for.
        text: why it matters, or what to do.
        balloon: where it was found or has to be mended.
        found: the words that make the point, or that are to be replaced.
        curable: whether ``cures.cured`` can put a sentence or a picture there.
    """

    id: str
    group: str
    state: State
    title: Message
    text: Message
    balloon: int | None = None
    found: str = ""
    curable: bool = False


def placeholders(text: str) -> list[tuple[int, int]]:
    """Where in a text something is still to be replaced."""
    return gaps(text)


def checks(greeting: Greeting) -> tuple[Check, ...]:
    """The whole checklist: the points, the rules, then what is still to be replaced."""
    return (*_points(greeting), *_rules(greeting), *_fill(greeting))


def _points(greeting: Greeting) -> Iterator[Check]:
    for name, reader in _READERS.items():
        evidence = best(list(reader(greeting)))
        if evidence is None:
            yield _check(name, "points", State.MISSING)
            continue
        balloon, found, has_gap = evidence
        yield _check(name, "points", State.FILL if has_gap else State.OK, balloon, found)


def _rules(greeting: Greeting) -> Iterator[Check]:
    asked = manner.actions(greeting)
    yield (
        _check("action", "rules", State.OK, *asked[0]) if asked else _check("action", "rules", State.MISSING)
    )
    shown, where = manner.pictures(greeting)
    state = State.OK if shown else State.FILL if where is not None else State.MISSING
    yield _check("picture", "rules", state, where)
    number = manner.steps(greeting)
    yield _steps(number)
    named = manner.named(greeting)
    yield _check("name", "rules", State.MISSING if named is None else State.OK, named)


def _steps(number: int) -> Check:
    if number >= manner.LEAST_STEPS:
        return _check("steps", "rules", State.OK)
    text = message("greeting.few_steps", n=number) if number else message("greeting.check_text.steps")
    return Check("steps", "rules", State.MISSING, message("greeting.check.steps"), text, curable=True)


def _fill(greeting: Greeting) -> Iterator[Check]:
    for index, balloon in enumerate(greeting.balloons):
        written: list[str] = []
        match balloon:
            case Text():
                written = [part for part in balloon.parts if not isinstance(part, Insert)]
            case RichMessage():
                written = [balloon.alt]
            case Coupon():
                written = [balloon.title]
            case Cards():
                written = [text for card in balloon.cards for text in (card.title, card.text)]
        found = [text[start:end] for text in written for start, end in gaps(text)]
        for gap in dict.fromkeys(found):
            text = message("greeting.check_text.placeholder", what=gap)
            title = message("greeting.check.placeholder")
            yield Check("placeholder", "fill", State.FILL, title, text, index, gap)


def _check(name: str, group: str, state: State, balloon: int | None = None, found: str = "") -> Check:
    title = message(f"greeting.check.{name}")
    if state is State.FILL:
        what = "picture" if name == "picture" else "point"
        return Check(name, group, state, title, message(f"greeting.check_fill.{what}"), balloon, found)
    if state is State.OK:
        return Check(
            name,
            group,
            state,
            title,
            message("greeting.check_found", found=found) if found else title,
            balloon,
            found,
        )
    return Check(name, group, state, title, message(f"greeting.check_text.{name}"), balloon, curable=True)
