"""Which tags the tag box suggests for what was typed: those that contain it anywhere, apart from width and
case, the likeliest first. Knows nothing of Qt."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from desktop.core.people.search_text import fold
from desktop.core.people.tag import Tag, tag_key

MOST = 50
RECENT = 8
"""Tags used last that are preferred; each step of recency outweighs a doubling of the people who hold a tag."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A line below the tag box.

    Args:
        name: the tag, or the name a new one would get.
        people: how many hold it.
        new: whether choosing it makes a new tag.
        held: whether everybody selected has it already.
        start, length: the part of the name that was typed.
    """

    name: str
    people: int = 0
    new: bool = False
    held: bool = False
    start: int = 0
    length: int = 0


class TagIndex:
    """The shop's tags, ready to be searched with each key.

    Args:
        tags: all tags with their numbers of people.
        recent: ids of the tags used last, newest first.
    """

    def __init__(self, tags: Sequence[Tag] = (), recent: Sequence[int] = ()) -> None:
        self._places = {tag: place for place, tag in enumerate(recent[:RECENT])}
        ranked = sorted(tags, key=lambda tag: (-self._weight(tag), tag.id))
        self._tags = [(tag, tag.name.casefold() if tag.name.isascii() else fold(tag.name)) for tag in ranked]
        self._keys = {tag_key(tag.name): tag.name for tag in tags}

    def existing(self, name: str) -> str | None:
        """The tag of this name in any writing."""
        return self._keys.get(tag_key(name))

    def find(self, text: str, held: Collection[int] = ()) -> list[Suggestion]:
        """Suggestions for ``text``: the tag of exactly this name, then those that begin with it, then those that contain it, each
        by recency and number of people; what everybody selected has comes last. At the end a new tag of this name, if there
        is none.

        Args:
            text: what was typed; empty: the likeliest tags.
            held: ids of the tags that everybody selected has.
        """
        needle = fold(text).strip()
        found: list[tuple[int, Suggestion]] = []
        for tag, folded in self._tags:
            at = folded.find(needle)
            if at < 0:
                continue
            held_by_all = tag.id in held
            order = 3 if held_by_all else 0 if folded == needle else 1 if at == 0 else 2
            same_places = len(folded) == len(tag.name)
            found.append(
                (
                    order,
                    Suggestion(
                        tag.name, tag.people, False, held_by_all, at, len(needle) if same_places else 0
                    ),
                )
            )
        found.sort(key=lambda one: one[0])
        suggestions = [suggestion for _, suggestion in found[:MOST]]
        if needle and self.existing(text) is None:
            suggestions.append(Suggestion(" ".join(text.split()), new=True))
        return suggestions

    def _weight(self, tag: Tag) -> float:
        place = self._places.get(tag.id)
        return math.log2(tag.people + 1) + (0 if place is None else RECENT - place)
