"""Cells that hold several tags, or several answers of a form: how a column separates them, and the names in their
order."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache, partial

from desktop.importer.values.outcome import BLANK, EMPTY_WORD, Outcome, unusable
from desktop.importer.values.text import EXCEL_ERRORS, is_empty_word, squash, tidy

_WIDTHS = {
    "\n": "\n",
    "|": "|｜︱",
    ";": ";；﹔",
    ",": ",，﹐",
    "、": "、､",
    "／": "／",
    "/": "/",
    " ": " \u3000",
}
"""What may stand between two tags, each with its other widths. A full-width slash separates; a plain one may belong to a
tag (24/7), like a space."""

_STRONG = ("\n", "|", ";")
_LISTS = (",", "、", "／")
_WEAK = ("/", " ")
_SAME = str.maketrans({wide: sign for sign, wides in _WIDTHS.items() for wide in wides})
_BLANKS = re.compile(r"\s+")
_REMEMBERED = 10_000
_HASHED = re.compile(r"\s*[#＃][^#＃]+(?:[#＃][^#＃]+)*")


@dataclass(slots=True)
class TagEvidence:
    """What the cells of a column say about their separator. ``add`` cells, then :meth:`decide`."""

    cells: int = 0
    several: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    together: Counter[frozenset[str]] = field(default_factory=Counter)
    wholes: Counter[str] = field(default_factory=Counter)
    parts: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, texts: Iterable[str]) -> None:
        """Take note of these cells."""
        for text in texts:
            clean = tidy(text)[0].replace("\r\n", "\n").replace("\r", "\n")
            if not clean:
                continue
            self.cells += 1
            if (clean[0] == "[" and _array(clean) is not None) or _HASHED.fullmatch(clean):
                self.several += 1
            else:
                self._note(clean.translate(_SAME))

    def _note(self, text: str) -> None:
        found = [sign for sign in _WIDTHS if sign in text]
        self.several += any(sign not in _WEAK for sign in found)
        if not found:
            self.wholes[squash(text).casefold()] += 1
        self.counts.update(found)
        for sign in found:
            parts = self.parts.setdefault(sign, Counter())
            if len(parts) < 5_000:
                parts.update(squash(part).casefold() for part in text.split(sign) if part.strip())
        self.together.update(frozenset((a, b)) for a in found for b in found if a < b)

    def decide(self, *, answers: bool = False) -> str:
        """The signs that separate tags in this column, those that were seen to first.

        A sign that stands beside a stronger one in the same cell belongs to the tags: in ``咖啡,茶|甜點`` the bar
        separates. ``answers``: the column is a form's, whose boxes are joined by a comma or a semicolon only.
        """
        usual = (";", ",") if answers else (*_STRONG, *_LISTS)
        unseen = [sign for sign in usual if not self.counts[sign]]
        return "".join((*self._seen(answers), *unseen))

    def _seen(self, answers: bool) -> list[str]:
        strong = sorted((s for s in _STRONG if self.counts[s]), key=lambda s: -self.counts[s])
        chosen = [s for s in strong if not any(self._meet(s, other) for other in strong[: strong.index(s)])]
        for sign in (",",) if answers else _LISTS:
            if self.counts[sign] and not any(self._meet(sign, other) for other in chosen if other in _STRONG):
                chosen.append(sign)
        for sign in _WEAK:
            if not answers and (sign == "/" or not chosen) and self._stands_alone(sign):
                chosen.append(sign)
        return chosen

    def _meet(self, one: str, other: str) -> bool:
        return self.together[frozenset((one, other))] > 0

    def _stands_alone(self, sign: str) -> bool:
        """Whether the parts around a weak sign occur by themselves elsewhere: then it separates."""
        parts = self.parts.get(sign, Counter())
        known = sum(count for part, count in parts.items() if count > 1 or part in self.wholes)
        return bool(parts) and known >= sum(parts.values()) * 0.5


def _array(text: str) -> list[str] | None:
    try:
        items = json.loads(text)
    except ValueError:
        return None
    return [str(item) for item in items if item is not None] if isinstance(items, list) else None


def tag_reader(separators: str) -> Callable[[str], Outcome]:
    """:func:`read_tags` for the cells of one column, in which the same names come again and again."""
    return partial(_read, separators=separators, known={})


def read_tags(text: str, separators: str) -> Outcome:
    """The tags of a cell: a tuple of names in the cell's order, without repeats (VIP and ＶＩＰ are one tag).

    Args:
        text: the cell; a JSON array and ``#hash #tags`` are understood in any column.
        separators: the signs that separate in this column, as :meth:`TagEvidence.decide` gives them.
    """
    return _read(text, separators, {})


def _read(text: str, separators: str, known: dict[str, tuple[str, str]]) -> Outcome:
    clean = tidy(text)[0].replace("\r\n", "\n").replace("\r", "\n")
    if not clean:
        return BLANK
    if "\ufffd" in clean:
        return unusable("unreadable_characters")
    if clean.casefold() in EXCEL_ERRORS:
        return EMPTY_WORD
    items = _array(clean) if clean[0] == "[" else None
    if items is None:
        items = _split(clean, separators)
    names: dict[str, str] = {}
    for item in items:
        key, name = known[item] if item in known else _named(item, known)
        if name:
            names.setdefault(key, name)
    return Outcome(tuple(names.values())) if names else EMPTY_WORD


def _named(item: str, known: dict[str, tuple[str, str]]) -> tuple[str, str]:
    """The key and the name of one tag as a cell writes it, ("", "") where it says nothing; noted in ``known``."""
    name = _BLANKS.sub(" ", tidy(item)[0]).strip()
    read = ("", "") if not name or is_empty_word(name) else (squash(name).casefold(), name)
    if len(known) < _REMEMBERED:
        known[item] = read
    return read


@lru_cache(maxsize=100)
def _splitter(separators: str) -> re.Pattern[str]:
    signs = "".join(_WIDTHS.get(sign, sign) for sign in separators)
    return re.compile(f"[{re.escape(signs)}]")


def _split(text: str, separators: str) -> list[str]:
    if _HASHED.fullmatch(text):
        return re.split(r"[#＃,，、;；|｜\n]+", text)
    return _splitter(separators).split(text) if separators else [text]
