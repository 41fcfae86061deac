"""Which rows of the list are selected, as a value: some people by id, or all that match except some. Clicking,
Shift and Ctrl+A cost the same with ten rows and with a million; knows nothing of Qt."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

from desktop.core.people.condition import EVERYBODY, Condition
from desktop.core.people.selection import Selection

NOBODY: Sequence[int] = array("q")


class RowSelection:
    """The selection over one ordered list of ids.

    ``revision`` grows with every change. The anchor is the row from which Shift extends.
    """

    def __init__(self) -> None:
        self.revision = 0
        self._ids: Sequence[int] = NOBODY
        self._condition: Condition = EVERYBODY
        self._current = True
        self._all = False
        self._some: set[int] = set()
        self._before_range: set[int] | None = None
        self._anchor: int | None = None

    @property
    def ids(self) -> Sequence[int]:
        """The list the selection lies over."""
        return self._ids

    @property
    def count(self) -> int:
        """How many people are selected."""
        return len(self._ids) - len(self._some) if self._all else len(self._some)

    def __contains__(self, person: object) -> bool:
        return (person in self._some) is not self._all

    def value(self) -> Selection:
        """The selection for an operation. Once the list shown is older than what its condition would find, "all that match"
        means the people who are shown."""
        if not self._all:
            return Selection.of(self._some)
        if self._current:
            return Selection.matching(self._condition, frozenset(self._some))
        return Selection.of(set(self._ids) - self._some)

    def first_ids(self, limit: int) -> list[int]:
        """At most ``limit`` of the selected people: in the list's order where all are selected, else by id."""
        if not self._all:
            return sorted(self._some)[:limit]
        found: list[int] = []
        for person in self._ids:
            if person not in self._some:
                found.append(person)
                if len(found) == limit:
                    break
        return found

    def in_order(self) -> array[int]:
        """The ids of everybody selected in the list's order; goes through the whole list."""
        found = array("q", (person for person in self._ids if person in self))
        if not self._all and len(found) < len(self._some):
            found.extend(sorted(self._some.difference(found)))
        return found

    def set_list(self, ids: Sequence[int], condition: Condition) -> None:
        """The list shows other people, or the same in another order; selected ones stay selected."""
        self._ids = ids
        self._condition = condition
        self._current = True
        self._before_range = None
        self._changed()

    def mark_outdated(self) -> None:
        """The list shown is no longer what its condition would find now."""
        self._current = False

    def keep_only(self, ids: Sequence[int]) -> None:
        """Drop from a selection by id whoever is not in this list."""
        if self._some and not self._all:
            self._some = self._some.intersection(ids)
            self._changed()

    def clear(self) -> None:
        """Select nobody."""
        self._all, self._some, self._before_range = False, set(), None
        self._changed()

    def select_all(self) -> None:
        """Select all that match."""
        self._all, self._some, self._before_range = True, set(), None
        self._changed()

    def select_only(self, row: int) -> None:
        """Select one row and start ranges from it."""
        self._all, self._some, self._before_range = False, {self._ids[row]}, None
        self._anchor = row
        self._changed()

    def select_people(self, people: Iterable[int]) -> None:
        """Select these people, wherever they stand in the list."""
        self._all, self._some, self._before_range = False, set(people), None
        self._changed()

    def toggle(self, row: int) -> None:
        """Add a row to the selection, or take it out, and start ranges from it."""
        self._some ^= {self._ids[row]}
        self._before_range = None
        self._anchor = row
        self._changed()

    def extend_to(self, row: int, *, keep: bool = False) -> None:
        """Select from the anchor to ``row``.

        Args:
            row: the other end.
            keep: add the range to what was selected before it (Ctrl+Shift) instead of selecting only the range.
        """
        start = row if self._anchor is None else min(self._anchor, len(self._ids) - 1)
        low, high = min(start, row), max(start, row)
        before: set[int] = set()
        if keep:
            before = self._before_range if self._before_range is not None else self._some
        elif low == 0 and high == len(self._ids) - 1 and high > 0:
            self.select_all()
            self._anchor = start
            return
        people = set(self._ids[low : high + 1])
        if keep and self._all:
            self._some = before - people
        else:
            self._all = False
            self._some = before | people if before else people
        self._before_range = before if keep else None
        self._anchor = start
        self._changed()

    def set_anchor(self, row: int | None) -> None:
        """Start ranges from this row."""
        self._anchor = row
        self._before_range = None

    def _changed(self) -> None:
        self.revision += 1
