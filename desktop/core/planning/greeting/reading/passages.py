"""Cuts what a greeting says into sentences, each with its balloon, its facts, and the line above it that may be its heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from desktop.core.planning.actions import Action, ActionKind, written_uri
from desktop.core.planning.greeting.balloons import (
    Balloon,
    Cards,
    Coupon,
    Greeting,
    Insert,
    RichMessage,
    Text,
)
from desktop.core.planning.greeting.reading.facts import BLANK, Fact, facts, masked, normalised
from desktop.core.planning.greeting.reading.placeholders import placeholders

_NOT_WORDS = ("url", "email", "phone", "street")
_ENDS = re.compile(r"[。！？!?；;\n]+|(?<=[a-z])\.(?=\s|$)")
_HEADING_LENGTH = 18
_HEADING = re.compile(
    r"[::]\s*$|^\s*[【\[].*[】\]]\s*$|^\s*[^\w\s「〔(]|^(?!.*[沒無]).{0,6}(?:時間|時段|活動|優惠|hours)\s*$",
    re.IGNORECASE,
)
_EXCLAIMED = re.compile(r"^.{0,8}(?:獨享|限定|專屬|限時|優惠|活動|好康|福利).{0,5}$")
"""好友獨享！ heads what follows it in its line."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence.

    Args:
        balloon: its index.
        text: normalised, as it is written.
        words: the same with page addresses, e-mail, phone numbers and street addresses blanked out.
        facts: with places in ``text``.
        heading: the words of the line above that heads it, "" if none.
        has_placeholder: whether something in it is still to be replaced.
        button: it is what a button says.
    """

    balloon: int
    text: str
    words: str
    facts: tuple[Fact, ...]
    heading: str = ""
    has_placeholder: bool = False
    button: bool = False

    @property
    def unclocked(self) -> str:
        """The words with times of day blanked out as well: in 9 點進店 nothing is tapped."""
        return masked(self.words, self.of("time", "hours"))

    def of(self, *kinds: str) -> list[Fact]:
        """Its facts of some kinds."""
        return [fact for fact in self.facts if fact.kind in kinds]


@lru_cache(maxsize=2)
def sentences(greeting: Greeting) -> tuple[Sentence, ...]:
    """Every sentence of a greeting. Each point and rule asks for them, so those of the greeting at hand are kept."""
    return tuple(one for index, balloon in enumerate(greeting.balloons) for one in _balloon(index, balloon))


def addresses(greeting: Greeting) -> Iterator[tuple[int, str]]:
    """The index of the balloon and the address of everything that opens a page: in texts and behind areas and buttons."""
    for sentence in sentences(greeting):
        for fact in sentence.of("url"):
            yield sentence.balloon, fact.text
    for index, balloon in enumerate(greeting.balloons):
        for action in actions_of(balloon):
            if action.kind is ActionKind.URI and action.uri.strip():
                try:
                    yield index, written_uri(action)
                except ValueError:
                    continue


def actions_of(balloon: Balloon) -> list[Action]:
    """The actions of a rich message or of cards."""
    if isinstance(balloon, RichMessage):
        return [area.action for area in balloon.areas]
    if isinstance(balloon, Cards):
        return [action for card in balloon.cards for action in card.actions]
    return []


def _balloon(index: int, balloon: Balloon) -> Iterator[Sentence]:
    match balloon:
        case Text(parts):
            yield from _cut(index, "".join(BLANK if isinstance(part, Insert) else part for part in parts))
        case RichMessage():
            yield from _cut(index, balloon.alt)
        case Coupon():
            until = f" ({balloon.until} 前)" if balloon.until else ""
            yield from _cut(index, balloon.title + until)
        case Cards():
            for card in balloon.cards:
                yield from _cut(index, f"{card.title}:\n{card.text}" if card.title.strip() else card.text)
    for action in actions_of(balloon):
        if action.kind is not ActionKind.NONE:
            for label in _cut(index, action.label):
                yield Sentence(index, label.text, label.words, label.facts, button=True)


def _cut(index: int, written: str) -> Iterator[Sentence]:
    text = normalised(written)
    found = facts(text)
    words = masked(text, [fact for fact in found if fact.kind in _NOT_WORDS])
    open_ends = placeholders(text)
    heading = last_line = ""
    line_heads = False
    begin = 0
    for end, stop in _stops(words):
        piece = text[begin:end]
        if piece.strip():
            yield Sentence(
                index,
                piece,
                words[begin:end],
                tuple(_moved(fact, begin) for fact in found if begin <= fact.start and fact.end <= end),
                heading,
                any(begin <= start < end for start, _ in open_ends),
            )
        if "\n" in stop:
            line = last_line + words[begin:end]
            line_heads = bool(line.strip()) and _heads(line)
            if line_heads:
                heading = line
            elif stop.count("\n") > 1 or not line.strip():
                heading = ""
            last_line = ""
        else:
            last_line += words[begin:end] + stop
            if "!" in stop and _EXCLAIMED.search(words[begin:end].strip()):
                heading = words[begin:end]
        begin = end + len(stop)


def _stops(words: str) -> Iterator[tuple[int, str]]:
    for match in _ENDS.finditer(words):
        yield match.start(), match.group()
    yield len(words), ""


def _heads(line: str) -> bool:
    return len(line.strip()) <= _HEADING_LENGTH and _HEADING.search(line) is not None


def _moved(fact: Fact, begin: int) -> Fact:
    return Fact(fact.kind, fact.start - begin, fact.end - begin, fact.text)
