"""What is wrong with a query, where, and which word was probably meant."""

from __future__ import annotations

from typing import Any

from desktop.core.errors import UserError
from desktop.core.message import message


class QueryMistake(UserError):
    """A query that cannot be read.

    Args:
        kind: last part of the message's key, ``query.mistake.<kind>``.
        place: index in the query text, from 0, of the first character concerned; the message counts from 1.
        length: number of characters concerned (0: something is missing at ``place``).
        nearest: the valid word that is most like the wrong one, if there is any.
        params: further values for the message.
    """

    def __init__(
        self, kind: str, place: int, length: int = 0, *, nearest: str | None = None, **params: Any
    ) -> None:
        text = message(f"query.mistake.{kind}", place=place + 1, **params)
        if nearest is not None:
            text = message("query.mistake.with_nearest", mistake=text, nearest=nearest)
        cure = message("query.cure.quote") if kind in _QUOTING_HELPS else None
        super().__init__(text, cure=cure)
        self.kind = kind
        self.place = place
        self.length = length
        self.nearest = nearest


_QUOTING_HELPS = frozenset({"unknown_field", "field_missing", "no_comparison"})
"""Mistakes that are often plain text with a colon or a comparison sign in it."""
