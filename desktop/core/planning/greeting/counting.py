"""Counts a greeting's text as LINE Official Account Manager does: every character, line break and emoji is one."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.core.limits import TEXT
from desktop.core.planning.graphemes import count
from desktop.core.planning.greeting.balloons import Insert, Part

MOST = TEXT.greeting_balloon
"""Characters of one balloon. LINE Official Account Manager, greeting message."""

NAME_LENGTH = 20
"""What a name that is put in counts here: the longest display name LINE allows. How the manager counts its insert is documented
nowhere, so a text that fits with this fits whichever way it is counted."""


def length(parts: Sequence[Part]) -> int:
    """How many characters of MOST a text takes."""
    names = sum(isinstance(part, Insert) for part in parts)
    return count("".join(part for part in parts if not isinstance(part, Insert))) + names * NAME_LENGTH
