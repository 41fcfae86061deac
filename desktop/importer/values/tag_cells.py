"""Cells that hold several tags, or several answers of a form: how a column separates them, and the names in their order."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from desktop.importer.values.outcome import BLANK, EMPTY_WORD, Outcome, unusable
from desktop.importer.values.text import is_empty_word, squash, tidy

SEPARATORS = (",", "、", ";", "|", "/", "\n", "#", "json", " ")
"""What may stand between two tags; each also in its full-width form. ``json`` is an array, ``#`` a hash before each."""

_WIDTHS = {",": ",，﹐､", "、": "、､", ";": ";；﹔", "|": "|｜︱", "/": "/／", "\n": "\n", " ": "  　"}
_ALL = str.maketrans({wide: sign for sign, wides in _WIDTHS.items() for wide in wides})
_HASHED = re.compile(r"\s*[#＃][^#＃]+(?:[#＃][^#＃]+)*")
_WEAK = ("/", " ", "、")


@dataclass(slots=True)
class TagEvidence:
    """What the cells of a column say about their separator. ``add`` cells, then :meth:`decide`."""

    cells: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    wholes: Counter[str] = field(default_factory=Counter)
    parts: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, texts: Iterable[str]) -> None:
        """Take note of these cells."""
        for text in texts:
            clean = tidy(text)[0].replace("\r\n", "\n").replace("\r", "\n")
            if not clean:
                continue
            self.cells += 1
            if clean[0] == "[" and _array(clean) is not None:
                self.counts["json"] += 1
            elif _HASHED.fullmatch(clean):
                self.counts["#"] += 1
            else:
                self._note(clean.translate(_ALL))

    def _note(self, text: str) -> None:
        found = [sign for sign in _WIDTHS if sign in text]
        if not found:
            self.wholes[squash(text).casefold()] += 1
        for sign in found:
            self.counts[sign] += 1
            parts = self.parts.setdefault(sign, Counter())
            if len(parts) < 5_000:
                parts.update(squash(part).casefold() for part in text.split(sign) if part.strip())

    def decide(self) -> str:
        """The column's separator ("" where every cell is one tag)."""
        strong = [sign for sign in self.counts if sign not in _WEAK and sign != " "]
        best = max(strong, key=lambda sign: (self.counts[sign], -SEPARATORS.index(sign)), default="")
        listed = self.counts["、"]
        if listed and listed >= self.counts[best]:
            return "、"
        if best:
            return best
        # A slash or a space may belong to a tag (飲料/甜點); it separates only if its parts occur by themselves.
        for sign in ("/", " "):
            parts = self.parts.get(sign, Counter())
            known = sum(count for part, count in parts.items() if count > 1 or part in self.wholes)
            if parts and known >= sum(parts.values()) * 0.6:
                return sign
        return ""


def _array(text: str) -> list[str] | None:
    try:
        items = json.loads(text)
    except ValueError:
        return None
    return [str(item) for item in items if item is not None] if isinstance(items, list) else None


def read_tags(text: str, separator: str) -> Outcome:
    """The tags of a cell: a tuple of names in the cell's order, without repeats (VIP and ＶＩＰ are one tag)."""
    clean = tidy(text)[0].replace("\r\n", "\n").replace("\r", "\n")
    if not clean:
        return BLANK
    if "\ufffd" in clean:
        return unusable("unreadable_characters")
    items = _array(clean) if clean[0] == "[" else None
    if items is None:
        items = _split(clean, separator)
    names: dict[str, str] = {}
    for item in items:
        name = re.sub(r"\s+", " ", tidy(item)[0]).strip()
        if name and not is_empty_word(name):
            names.setdefault(squash(name).casefold(), name)
    return Outcome(tuple(names.values())) if names else EMPTY_WORD


def _split(text: str, separator: str) -> list[str]:
    if separator == "#" or (_HASHED.fullmatch(text) and separator in ("", "#", " ")):
        return re.split(r"[#＃,，、;；\n]+", text)
    if separator in _WIDTHS:
        parts = re.split(f"[{re.escape(_WIDTHS[separator])}]", text)
        return [part.strip().removeprefix("#").removeprefix("＃") for part in parts]
    return [text]
