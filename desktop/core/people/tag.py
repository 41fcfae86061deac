"""A tag: its identity (the key that makes ＶＩＰ and vip one tag) and the rules of its name."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from desktop.core.errors import UserError
from desktop.core.message import message

DEFAULT_TAG_LIMIT = 10
"""Tags one person can have unless the owner sets another number; the number the trade's platforms use."""

TAG_NAME_LENGTH = 40
"""Characters a tag's name may have: room for two of LINE's own 20-character chat tags."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as the tag page and the tag box show it.

    Args:
        people: how many hold it, where they were counted.
        pinned: its place 1…10 among the pinned ones.
        expires_after: days after it was put on until it has had its time; None: never.
        used_at: when it was last used by hand, as an instant.
    """

    id: int
    name: str
    kind: str = "attribute"
    meaning: str = ""
    colour: str = ""
    group: str = ""
    pinned: int | None = None
    people: int = 0
    expires_after: int | None = None
    used_at: str | None = None


def tag_key(name: str) -> str:
    """The identity of a tag's name: NFKC, trimmed, inner white space folded, case folded."""
    return " ".join(unicodedata.normalize("NFKC", name).split()).casefold()


def clean_tag_name(name: str) -> str:
    """The name as it is kept: control and direction marks removed, white space folded, otherwise as written.

    Raises:
        UserError: if nothing is left, or more than TAG_NAME_LENGTH characters are.
    """
    kept = "".join(
        " " if c in "\t\r\n" else c
        for c in name
        if c in "\t\r\n\u200d" or unicodedata.category(c) not in {"Cc", "Cf"}
    )
    kept = " ".join(kept.split())
    if not tag_key(kept):
        raise UserError(message("tags.name_empty"))
    if len(kept) > TAG_NAME_LENGTH:
        raise UserError(message("tags.name_too_long", limit=TAG_NAME_LENGTH))
    return kept
