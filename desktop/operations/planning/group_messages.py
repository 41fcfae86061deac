"""A planned greeting as a message to many: LINE's Messaging API cannot put a name into what goes to a group, so it is taken out
together with what belongs to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from desktop.core.planning.greeting.balloons import Balloon, Greeting, Insert, Part, Text
from desktop.core.planning.greeting.line_messages import line_messages
from desktop.operations.planning import greetings
from desktop.store.database import Database

_AFTER_A_NAME = re.compile(r"^\s*(?:さん|様)?[\s，、,]*")


@dataclass(frozen=True, slots=True)
class GroupMessages:
    """Message objects as LINE takes them; ``pictures``: the numbers of the shop's own pictures by the address a message names;
    ``nameless``: whether a friend's name was taken out."""

    messages: tuple[Mapping[str, Any], ...]
    pictures: Mapping[str, int]
    nameless: bool


def group_messages(db: Database, plan_id: int) -> GroupMessages:
    """A planned greeting, ready to be sent to an audience.

    Raises:
        NotReady: something is missing or breaks a rule.
        UserError: the greeting is gone.
    """
    greeting = greetings.existing(db, plan_id).greeting
    bare = without_name(greeting)
    messages = line_messages(bare, "", greetings.account_name(db))
    return GroupMessages(tuple(messages), _pictures(greeting), bare != greeting)


def without_name(greeting: Greeting) -> Greeting:
    """The greeting without the friend's name, and without the comma or title behind it."""
    return replace(greeting, balloons=tuple(_nameless(balloon) for balloon in greeting.balloons))


def _nameless(balloon: Balloon) -> Balloon:
    if not isinstance(balloon, Text) or Insert.FRIEND not in balloon.parts:
        return balloon
    parts: list[Part] = []
    after_name = False
    for part in balloon.parts:
        if part is Insert.FRIEND:
            after_name = True
            continue
        if after_name and not isinstance(part, Insert):
            part = _AFTER_A_NAME.sub("", part, count=1)
        after_name = False
        if part:
            parts.append(part)
    return Text(tuple(parts))


def _pictures(greeting: Greeting) -> dict[str, int]:
    """Addresses and the kept pictures that lie there, for a preview without the network."""
    found: dict[str, int] = {}
    for balloon in greeting.balloons:
        for one in (balloon, *getattr(balloon, "cards", ())):
            number = getattr(one, "picture", None)
            for field in ("preview_url", "url"):
                address = getattr(one, field, "")
                if number is not None and address:
                    found.setdefault(address, number)
    return found
