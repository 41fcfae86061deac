"""Reads contents of plans that may lack keys or hold something odd, because an older or newer program, or a hand, wrote them:
what cannot be used is left at its default, never an error."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

Word = TypeVar("Word", bound=StrEnum)


def text_in(content: Mapping[str, Any], key: str, default: str = "") -> str:
    """A text."""
    value = content.get(key)
    return value if isinstance(value, str) else default


def whole_in(content: Mapping[str, Any], key: str, default: int) -> int:
    """A whole number that is not negative."""
    value = content.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else default


def id_in(content: Mapping[str, Any], key: str) -> int | None:
    """The number of a row elsewhere, or None."""
    value = content.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def share_in(content: Mapping[str, Any], key: str) -> float | None:
    """A number, or None."""
    value = content.get(key)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def day_in(content: Mapping[str, Any], key: str) -> date | None:
    """An ISO day, or None."""
    try:
        return date.fromisoformat(text_in(content, key))
    except ValueError:
        return None


def word_in(content: Mapping[str, Any], key: str, words: type[Word], default: Word) -> Word:
    """One of a few words."""
    try:
        return words(text_in(content, key))
    except ValueError:
        return default


def maps_in(content: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    """The objects of a list."""
    value = content.get(key)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def map_in(content: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """An object; an empty one if there is none."""
    value = content.get(key)
    return value if isinstance(value, dict) else {}


def iso(day: date | None) -> str | None:
    """A day as it is kept."""
    return day.isoformat() if day else None
