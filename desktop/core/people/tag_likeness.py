"""Which tags look like the same thing written twice. A guess for the owner to judge, so it errs on the side of silence: short
names differ by one character all the time (熟客, 常客), and numbers, months and opposites are different on purpose."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

_VARIANTS = str.maketrans("台裏着群綫峯粧温鷄麵塩", "臺裡著羣線峰妝溫雞麪鹽")
"""Characters that Taiwanese write in two ways, each as one of them."""

_ON_PURPOSE = frozenset(
    "0123456789一二三四五六七八九十百千萬男女大中小新舊上下早晚午日夜高低有無不內外"
    "春夏秋冬東西南北左右多少冷熱甜鹹"
)
"""Characters that tell apart what is meant to be apart."""

LONG_ENOUGH = 4
LONG_ENOUGH_LATIN = 5
SHORTEST_PART = 2


class Likeness(StrEnum):
    """Why two tags look alike: only spaces, signs or writing differ; one character does; one name is part of the other."""

    WRITING = "writing"
    LETTER = "letter"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Alike:
    """Two tags that look alike, by id."""

    first: int
    second: int
    why: Likeness


def plain(name: str) -> str:
    """The name without what people write now one way, now another: width, case, spaces, punctuation, 台 for 臺."""
    folded = unicodedata.normalize("NFKC", name).casefold().translate(_VARIANTS)
    kept = "".join(c for c in folded if unicodedata.category(c)[0] not in "PZC")
    return kept or folded


def alike(names: Mapping[int, str]) -> list[Alike]:
    """Pairs of tags that look alike; pairs where one name is part of the other are for the caller to weigh.

    Args:
        names: id → name.
    """
    plains = {tag_id: plain(name) for tag_id, name in names.items()}
    found: dict[tuple[int, int], Likeness] = {}
    for why, pairs in (
        (Likeness.WRITING, _equal(plains)),
        (Likeness.LETTER, _one_letter_apart(plains)),
        (Likeness.PART, _contained(plains)),
    ):
        for first, second in pairs:
            found.setdefault((min(first, second), max(first, second)), why)
    return [Alike(first, second, why) for (first, second), why in found.items()]


def _equal(plains: Mapping[int, str]) -> Iterator[tuple[int, int]]:
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for tag_id, text in plains.items():
        groups[text].append(tag_id)
    for group in groups.values():
        yield from ((group[0], other) for other in group[1:])


def _one_letter_apart(plains: Mapping[int, str]) -> Iterator[tuple[int, int]]:
    """Names are compared by what is left of them without one character: as much work as there are characters."""
    left: defaultdict[str, list[tuple[int, str, int]]] = defaultdict(list)
    for tag_id, text in plains.items():
        if len(text) >= (LONG_ENOUGH_LATIN if text.isascii() else LONG_ENOUGH):
            left[text].append((tag_id, "", -1))
            for place, letter in enumerate(text):
                left[text[:place] + text[place + 1 :]].append((tag_id, letter, place))
    for group in left.values():
        for number, (tag_id, letter, place) in enumerate(group):
            for other_id, other_letter, other_place in group[number + 1 :]:
                same_place = place == other_place or -1 in (place, other_place)
                if tag_id != other_id and same_place and not {letter, other_letter} & _ON_PURPOSE:
                    yield tag_id, other_id


def _contained(plains: Mapping[int, str]) -> Iterator[tuple[int, int]]:
    by_text = {text: tag_id for tag_id, text in plains.items()}
    for text, tag_id in by_text.items():
        parts = {
            text[start:end]
            for start in range(len(text))
            for end in range(start + SHORTEST_PART, len(text) + 1)
            if end - start < len(text)
        }
        yield from ((by_text[part], tag_id) for part in parts & by_text.keys())
