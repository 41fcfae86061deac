"""How well typed letters fit a name: the palette's order. Full width equals half width, case does not matter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

NO_MATCH = 0


def fold(text: str) -> str:
    """The text as it is compared."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def score(typed: str, names: Iterable[str]) -> int:
    """How well ``typed`` fits the best of ``names``: 0 = not at all; higher is better; everything fits nothing typed.

    The whole name beats its beginning, that the beginning of a word, that any part, that the first letters of its words
    ("os" → "open shop"), that letters in order with others between ("upls" → "upload list").
    """
    wanted = fold(typed)
    if not wanted:
        return 1
    return max((_score(wanted, fold(name)) for name in names), default=NO_MATCH)


def _score(wanted: str, name: str) -> int:
    if wanted == name:
        return 100
    if name.startswith(wanted):
        return 80
    words = re.split(r"[\s/·・、（）()「」：:\-]+", name)
    if any(word.startswith(wanted) for word in words):
        return 60
    if wanted in name:
        return 50
    parts = wanted.split()
    if len(parts) > 1 and all(part in name for part in parts):
        return 40
    if "".join(word[:1] for word in words).startswith(wanted):
        return 30
    letters = iter(name)
    if all(letter in letters for letter in wanted.replace(" ", "")):
        return 10
    return NO_MATCH
