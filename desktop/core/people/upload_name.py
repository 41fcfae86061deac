"""The name an upload gets at LINE: the audience's own name the first time, with the day added when that name
is taken there, since LINE compares names without regard to case and its manager shows only names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from datetime import date

from desktop.core.limits import AUDIENCE, line_length

_ADDED = re.compile(r" \d{4}(?:-\d+)?")


def name_key(name: str) -> str:
    """The identity of an audience's name at LINE."""
    return unicodedata.normalize("NFC", name).strip().casefold()


def upload_name(name: str, day: date, taken: Container[str]) -> str:
    """The first free name of: the name, the name with the day (``VIP 1121``), that with a number (``VIP
    1121-2``).

    Args:
        name: the audience's name, at most LINE's 120 UTF-16 units.
        day: the shop's local day.
        taken: keys (:func:`name_key`) of the names in use; uploads of one audience never need more than a
            few.

    Returns:
        A name of at most 120 UTF-16 units; where the addition does not fit, the name is cut.
    """
    if name_key(name) not in taken:
        return name
    number = 1
    while True:
        added = f" {day:%m%d}" + (f"-{number}" if number > 1 else "")
        tried = _cut(name, AUDIENCE.name_length - len(added)) + added
        if name_key(tried) not in taken:
            return tried
        number += 1


def is_upload_name(found: str, name: str) -> bool:
    """Whether ``found`` is the audience's name, or one :func:`upload_name` makes of it."""
    if name_key(found) == name_key(name):
        return True
    added = _ADDED.search(found, max(0, len(found) - 12))
    if added is None or added.end() != len(found):
        return False
    return name_key(found[: added.start()]) == name_key(_cut(name, AUDIENCE.name_length - len(added.group())))


def _cut(name: str, units: int) -> str:
    """The name's beginning of at most so many UTF-16 units, never half a character."""
    while line_length(name) > units:
        name = name[:-1]
    return name.rstrip()
