"""The three rules of manner: say what to do next, show rather than write, explain rather too much; and use the friend's name."""

from __future__ import annotations

import re

from desktop.core.planning.actions import ActionKind
from desktop.core.planning.greeting.balloons import (
    Balloon,
    Cards,
    Coupon,
    Greeting,
    Insert,
    Picture,
    RichMessage,
    Text,
    Video,
)
from desktop.core.planning.greeting.reading import words
from desktop.core.planning.greeting.reading.passages import Sentence, sentences

_CLAUSE = re.compile(r"[,，、→➜➔]")
_BEGINS = re.compile(r"\s*(?:然後|接著|再|最後|then|finally|次に|最後に)", re.IGNORECASE)
_OTHERWISE = ("或", "否則", "or ")
"""Begins another way instead of a further step."""

LEAST_STEPS = 2
"""A guide of one step leaves questions."""


def actions(greeting: Greeting) -> list[tuple[int, str]]:
    """Everything the guest is told to do: index of the balloon and the words; buttons of cards count."""
    found = [
        (one.balloon, one.text[match.start() :].strip()[:20])
        for one in sentences(greeting)
        if not one.button
        for match in words.ACTION.finditer(one.unclocked)
        if not words.NO_ACTION.search(one.words[max(0, match.start() - 10) : match.start()])
        and not words.NO_ACTION.match(match.group())
    ]
    for index, balloon in enumerate(greeting.balloons):
        if isinstance(balloon, Cards):
            pressed = [action for card in balloon.cards for action in card.actions]
            labels = [
                one.label.strip() for one in pressed if one.kind is not ActionKind.NONE and one.label.strip()
            ]
            found += [(index, label) for label in labels]
    return found


def steps(greeting: Greeting) -> int:
    """How many steps the longest guide has: numbered ones that say what to do, or verbs of action in one balloon."""
    most = 0
    for index in range(len(greeting.balloons)):
        own = [one for one in sentences(greeting) if one.balloon == index and not one.button]
        numbered = sum(_numbered_steps(one) for one in own)
        chained = max(map(_chained, own), default=0)
        most = max(most, numbered, chained)
    return most


def pictures(greeting: Greeting) -> tuple[bool, int | None]:
    """Whether there is a picture, and the first balloon that has room for one but none yet."""
    shown = [index for index, balloon in enumerate(greeting.balloons) if has_picture(balloon)]
    empty = [
        index
        for index, balloon in enumerate(greeting.balloons)
        if _could_show(balloon) and not has_picture(balloon)
    ]
    return bool(shown), shown[0] if shown else empty[0] if empty else None


def has_picture(balloon: Balloon) -> bool:
    """Whether a balloon shows a picture."""
    match balloon:
        case Picture() | RichMessage():
            return balloon.picture is not None or bool(balloon.url.strip())
        case Video():
            return balloon.picture is not None or bool(balloon.preview_url.strip())
        case Cards():
            return any(card.picture is not None or card.url.strip() for card in balloon.cards)
        case Coupon():
            return balloon.picture is not None
    return False


def named(greeting: Greeting) -> int | None:
    """The balloon that calls the friend by name."""
    return next(
        (
            index
            for index, one in enumerate(greeting.balloons)
            if isinstance(one, Text) and Insert.FRIEND in one.parts
        ),
        None,
    )


def _could_show(balloon: Balloon) -> bool:
    return isinstance(balloon, Picture | RichMessage | Video | Cards)


def _numbered_steps(one: Sentence) -> int:
    marks = list(words.STEP.finditer(one.words))
    ends = [*(mark.start() for mark in marks[1:]), len(one.words)][: len(marks)]
    told = words.GUIDE.search(one.words) or words.GUIDE.search(one.heading)
    return sum(
        told is not None or words.STEP_VERB.search(one.words[mark.end() : end]) is not None
        for mark, end in zip(marks, ends, strict=True)
    )


def _chained(one: Sentence) -> int:
    """Clauses that ask for something, and what comes "then" within one."""
    asked = [
        clause
        for clause in _CLAUSE.split(one.unclocked)
        if _asks(clause) and not clause.lstrip().startswith(_OTHERWISE)
    ]
    return len(asked) + sum(
        len(words.AFTERWARDS.findall(clause)) for clause in asked if not _BEGINS.match(clause)
    )


def _asks(clause: str) -> bool:
    return any(
        not words.NO_ACTION.search(clause[max(0, match.start() - 10) : match.start()])
        for match in words.ACTION.finditer(clause)
    )
