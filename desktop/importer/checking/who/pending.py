"""What the rows so far change in people of the shop; written down after each chunk, so that a file which changes everybody fits
into memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from desktop.store.imports.staging import Staging


class PendingChanges:
    """Changed fields, wished tags and further identities, by person."""

    def __init__(self, staging: Staging) -> None:
        self._staging = staging
        self._updates: dict[int, tuple[dict[str, Any], dict[str, Any]]] = {}
        self._wishes: dict[int, list[tuple[int, int]]] = {}
        self._written: set[int] = set()
        self._wishing: set[int] = set()
        self._others: dict[tuple[bool, int], frozenset[tuple[str, str]]] = {}
        self._first_row: dict[int, int] = {}
        self._several_rows: dict[int, list[int]] = {}

    def of(self, person: int) -> tuple[dict[str, Any], dict[str, Any]]:
        """The fields changed in a person: (before, after)."""
        if person in self._updates:
            return self._updates[person]
        return self._staging.update_of(person) if person in self._written else ({}, {})

    def keep(self, person: int, before: dict[str, Any], after: dict[str, Any]) -> None:
        """Replace what is kept of a person."""
        self._updates[person] = before, after

    def only_fields(self, person: int, row: int) -> None:
        """A row (its sequence number) changes nothing but fields of a person."""
        first = self._first_row.setdefault(person, row)
        if first != row:
            self._several_rows.setdefault(person, [first]).append(row)

    def wishes_of(self, person: int) -> list[int]:
        """The tags a person is to get."""
        written = self._staging.wishes_of(person) if person in self._wishing else []
        return written + [tag for tag, _ in self._wishes.get(person, ())]

    def wish(self, person: int, tags: Sequence[int], row: int) -> None:
        """Add to the tags a person is to get."""
        if tags:
            self._wishes.setdefault(person, []).extend((tag, row) for tag in tags)

    def others_of(self, who: tuple[bool, int]) -> frozenset[tuple[str, str]]:
        """Identities, (key, value), that this file gives somebody besides her own; ``who``: (new, id or sequence number)."""
        return self._others.get(who, frozenset())

    def answer_to(self, who: tuple[bool, int], key: str, value: str) -> None:
        """Give somebody a further identity."""
        self._others[who] = self.others_of(who) | {(key, value)}
        self._staging.add_other_identity(who, key, value)

    def write(self) -> None:
        """Hand everything to the staging database."""
        wishes = []
        for person, wished in self._wishes.items():
            first = len(self._staging.wishes_of(person)) if person in self._wishing else 0
            wishes += [(person, tag, first + place, row) for place, (tag, row) in enumerate(wished)]
        self._staging.write_updates(self._updates)
        self._staging.write_wishes(wishes)
        self._written.update(self._updates)
        self._wishing.update(self._wishes)
        self._updates.clear()
        self._wishes.clear()

    def settle(self) -> None:
        """After all rows: where a later row brought back what an earlier one changed, as when a file is imported again in which
        somebody stands twice, nothing changes; rows all of whose changes came to nothing count as unchanged."""
        for person, rows in self._several_rows.items():
            before, after = self._staging.update_of(person)
            real = {column: value for column, value in after.items() if value != before[column]}
            if real:
                self._staging.write_updates({person: ({column: before[column] for column in real}, real)})
            else:
                self._staging.drop_update(person)
                self._staging.make_unchanged(rows)
