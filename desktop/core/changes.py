"""What an operation changed, so that each window can decide whether to reload: kinds of data and how many
of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of data a window can show. ``LINE``: what is known of the account; ``ACCOUNT``: it is another one, or has another
    key, or none."""

    PEOPLE = "people"
    TAGS = "tags"
    ORDERS = "orders"
    AUDIENCES = "audiences"
    PLANS = "plans"
    OUTBOX = "outbox"
    HISTORY = "history"
    SHOP = "shop"
    LINE = "line"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Changes:
    """Kinds of data that changed, and the number of people, tags, … concerned."""

    kinds: frozenset[Kind] = frozenset()
    count: int = 0

    @classmethod
    def of(cls, *kinds: Kind, count: int = 0) -> Changes:
        """Changes of these kinds."""
        return cls(frozenset(kinds), count)

    def __or__(self, other: Changes) -> Changes:
        return Changes(self.kinds | other.kinds, self.count + other.count)

    def touches(self, *kinds: Kind) -> bool:
        """Whether one of these kinds changed."""
        return not self.kinds.isdisjoint(kinds)
