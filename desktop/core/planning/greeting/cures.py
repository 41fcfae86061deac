"""Mends what the checklist misses: puts a sentence to start from where it fits, or a place for a picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from desktop.core.message import Message, message
from desktop.core.planning.greeting.balloons import (
    MOST_BALLOONS,
    Greeting,
    Insert,
    Part,
    Picture,
    Text,
    joined,
)
from desktop.core.planning.greeting.checks import Check
from desktop.core.planning.greeting.counting import MOST, length

_FIRST = ("offer", "action", "steps")
"""What belongs into the first text: the offer and how to get it. Everything else follows in the last."""


@dataclass(frozen=True, slots=True)
class Cured:
    """The greeting with something put in; ``balloon`` is where, None if there was no room."""

    greeting: Greeting
    balloon: int | None


def sentence(check_id: str) -> Message:
    """The sentence to start from, with 〔…〕 for what only the owner knows."""
    return message(f"greeting.sentence.{check_id}")


def cured(greeting: Greeting, check: Check, write: Callable[[Message], str]) -> Cured:
    """Put in what a check misses; the greeting as it is where five full balloons leave no room.

    Args:
        greeting: as it stands.
        check: one that is curable.
        write: makes text of messages.
    """
    if check.id == "picture":
        return _added(greeting, Picture(), 1)
    if check.id == "name":
        return _named(greeting, write(sentence("name")) + "\n")
    words = write(sentence(check.id))
    texts = [index for index, one in enumerate(greeting.balloons) if isinstance(one, Text)]
    for index in texts if check.id in _FIRST else reversed(texts):
        balloon = greeting.balloons[index]
        if isinstance(balloon, Text) and length(parts := _appended(balloon.parts, words)) <= MOST:
            return Cured(greeting.with_balloon(index, Text(parts)), index)
    return _added(greeting, Text((words,)), 0 if check.id in _FIRST and not texts else len(greeting.balloons))


def _appended(parts: tuple[Part, ...], words: str) -> tuple[Part, ...]:
    before = parts[-1] if parts else ""
    begun = isinstance(before, Insert) or bool(before.strip())
    newline = "\n" if begun and (isinstance(before, Insert) or not before.endswith("\n")) else ""
    return joined((*parts, newline + words))


def _named(greeting: Greeting, words: str) -> Cured:
    for index, balloon in enumerate(greeting.balloons):
        if isinstance(balloon, Text):
            parts = joined((Insert.FRIEND, words, *balloon.parts))
            if length(parts) <= MOST:
                return Cured(greeting.with_balloon(index, Text(parts)), index)
    return _added(greeting, Text((Insert.FRIEND, words)), 0)


def _added(greeting: Greeting, balloon: Text | Picture, place: int) -> Cured:
    if len(greeting.balloons) >= MOST_BALLOONS:
        return Cured(greeting, None)
    at = min(place, len(greeting.balloons))
    balloons = (*greeting.balloons[:at], balloon, *greeting.balloons[at:])
    return Cured(replace(greeting, balloons=balloons), at)
