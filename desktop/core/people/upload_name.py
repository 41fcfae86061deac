"""The name an upload gets at LINE: the audience's own name the first time, with the day added when that name
is taken there, since LINE compares names without regard to case and its manager shows only names. While one audience takes
another's place there, the new one and the old one carry the day in brackets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container
from datetime import date

from desktop.core.limits import AUDIENCE, line_length

_ADDED = re.compile(r" \d{4}(?:-\d+)?| \(\d{4}-\d\d-\d\d(?:-\d+)?\)")
_OLD = re.compile(r"（舊 \d{4}-\d\d-\d\d(?:-\d+)?）")


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
    return _first_free(name, lambda number: f" {day:%m%d}{number}", taken)


def replacement_name(name: str, day: date, taken: Container[str]) -> str:
    """The first free name of ``VIP (2026-11-21)``, ``VIP (2026-11-21-2)``, …: what an audience is called until it takes
    another's place. Arguments and length as for :func:`upload_name`."""
    return _first_free(name, lambda number: f" ({day.isoformat()}{number})", taken)


def old_name(name: str, day: date, taken: Container[str]) -> str:
    """The first free name of ``VIP（舊 2026-11-21）``, ``VIP（舊 2026-11-21-2）``, …: what an audience is called after another
    took its place. Arguments and length as for :func:`upload_name`."""
    return _first_free(name, lambda number: f"（舊 {day.isoformat()}{number}）", taken)


def is_old_name(found: str, name: str) -> bool:
    """Whether ``found`` is a name that :func:`old_name` makes of the audience's name."""
    return _is_made_of(found, name, _OLD)


def is_upload_name(found: str, name: str) -> bool:
    """Whether ``found`` is the audience's name, or one :func:`upload_name` makes of it."""
    if name_key(found) == name_key(name):
        return True
    return _is_made_of(found, name, _ADDED)


def _is_made_of(found: str, name: str, addition: re.Pattern[str]) -> bool:
    for added in addition.finditer(found):
        if added.end() == len(found):
            rest = _cut(name, AUDIENCE.name_length - line_length(added.group()))
            return name_key(found[: added.start()]) == name_key(rest)
    return False


def _first_free(name: str, addition: Callable[[str], str], taken: Container[str]) -> str:
    number = 1
    while True:
        added = addition("" if number == 1 else f"-{number}")
        tried = _cut(name, AUDIENCE.name_length - line_length(added)) + added
        if name_key(tried) not in taken:
            return tried
        number += 1


def _cut(name: str, units: int) -> str:
    """The name's beginning of at most so many UTF-16 units, never half a character."""
    while line_length(name) > units:
        name = name[:-1]
    return name.rstrip()
