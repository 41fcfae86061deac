"""Greetings to start from for ten kinds of small shops: each makes the six points and keeps the three rules already, with 〔…〕
for what only the owner knows. Texts are messages; operations write them in the owner's language."""

from __future__ import annotations

from collections.abc import Callable

from desktop.core.message import Message, message
from desktop.core.planning.actions import Action, ActionKind
from desktop.core.planning.greeting.balloons import (
    MAP_WIDTH,
    Area,
    Greeting,
    Insert,
    Part,
    RichMessage,
    Text,
    joined,
)

SHOP_KINDS = (
    "cafe",
    "bakery",
    "drinks",
    "restaurant",
    "hair",
    "beauty",
    "fashion",
    "flowers",
    "fitness",
    "pets",
)
"""Every kind of shop; its name is the text ``greeting_templates.<id>.name``."""

_FRIEND, _ACCOUNT = "\ue000", "\ue001"
"""Stand for the inserts while a text is written; of Unicode's private use, so that no text contains them."""


def name(kind: str) -> Message:
    """What a kind of shop is called."""
    return message(f"greeting_templates.{kind}.name")


def hint(kind: str) -> Message:
    """What its greeting offers, in a line."""
    return message(f"greeting_templates.{kind}.hint")


def start_greeting(kind: str, write: Callable[[Message], str]) -> Greeting:
    """A greeting for a kind of shop: welcome with the offer and how to get it, a picture to tap, then everything else.

    Args:
        kind: one of SHOP_KINDS.
        write: makes text of messages.
    """
    welcome = message(f"greeting_templates.{kind}.welcome", friend=_FRIEND, account=_ACCOUNT)
    picture = RichMessage(
        alt=write(message(f"greeting_templates.{kind}.picture")),
        areas=(Area(0, 0, MAP_WIDTH, MAP_WIDTH, Action(ActionKind.URI)),),
    )
    more = write(message(f"greeting_templates.{kind}.more"))
    return Greeting(
        name=write(name(kind)),
        balloons=(Text(_parts(write(welcome))), picture, Text((more,))),
        shop_kind=kind,
    )


def _parts(text: str) -> tuple[Part, ...]:
    pieces: list[Part] = []
    for letter in text:
        pieces.append({_FRIEND: Insert.FRIEND, _ACCOUNT: Insert.ACCOUNT}.get(letter, letter))
    return joined(tuple(pieces))
