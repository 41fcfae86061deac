"""Which people an action is about, as a value: some by id, or all that match a condition except some.
Selecting a million people costs nothing until the action runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.core.people.condition import EVERYBODY, Condition


@dataclass(frozen=True, slots=True)
class Selection:
    """Either ``ids`` (explicit people), or everybody who matches ``condition`` except ``without``."""

    ids: frozenset[int] | None = None
    condition: Condition = EVERYBODY
    without: frozenset[int] = frozenset()

    @classmethod
    def of(cls, ids: Iterable[int]) -> Selection:
        """These people."""
        return cls(ids=frozenset(ids))

    @classmethod
    def matching(cls, condition: Condition, without: frozenset[int] = frozenset()) -> Selection:
        """All who match, except these."""
        return cls(condition=condition, without=without)

    @property
    def is_empty(self) -> bool:
        """True when it certainly holds nobody."""
        return self.ids is not None and not self.ids
