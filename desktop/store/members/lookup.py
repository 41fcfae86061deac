"""Finding people by what is typed or scanned of them: a whole number or address of their own or of somebody merged into
them, or the last digits of a phone or member number."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from desktop.store.database import Database

_IN_FORCE = "JOIN step s ON s.id = m.step_id AND s.state = 'done'"


@dataclass(frozen=True, slots=True)
class Keys:
    """What a typed text can be, each as the shop file keeps it; empty: it cannot be that."""

    member_no: str = ""
    phones: tuple[str, ...] = ()
    email: str = ""
    line_user_id: str = ""

    def pairs(self) -> Iterator[tuple[str, str]]:
        """(kind of key, value), the strongest first."""
        if self.member_no:
            yield "member_no", self.member_no
        if self.line_user_id:
            yield "line_user_id", self.line_user_id
        for phone in self.phones:
            yield "phone", phone
        if self.email:
            yield "email", self.email


def by_keys(db: Database, wanted: Sequence[Keys]) -> list[list[int]]:
    """Who answers to each of these; for each the people found by its first key that finds anybody, by id.

    Many are looked up at once, so that ten thousand pasted numbers cost four questions.
    """
    found: dict[tuple[str, str], set[int]] = {}
    by_kind: dict[str, set[str]] = {}
    for keys in wanted:
        for kind, value in keys.pairs():
            by_kind.setdefault(kind, set()).add(value)
    for kind, values in by_kind.items():
        for value, person in _having(db, kind, values):
            found.setdefault((kind, value), set()).add(person)
    return [
        sorted(next((found[pair] for pair in keys.pairs() if pair in found), set[int]())) for keys in wanted
    ]


def ending_in(db: Database, digits: str, limit: int) -> list[int]:
    """People whose phone or member number ends in these digits, who came last first.

    Args:
        digits: ASCII digits.
        limit: at most so many people.
    """
    return db.column(
        "SELECT p.id FROM person p WHERE p.id IN ("
        "SELECT id FROM person WHERE phone GLOB ?1 UNION SELECT id FROM person WHERE member_no GLOB ?1"
        f" UNION SELECT m.person_id FROM other_identity m {_IN_FORCE}"
        " WHERE m.key IN ('phone', 'member_no') AND m.value GLOB ?1)"
        " ORDER BY p.last_order DESC NULLS LAST, p.id DESC LIMIT ?2",
        (f"*{digits}", limit),
    )


def _having(db: Database, kind: str, values: Collection[str]) -> list[tuple[str, int]]:
    """(value, person) for everybody with one of these values, or who was merged with somebody who had it. Member numbers are
    the same in capitals and in small letters."""
    meant: dict[str, set[str]] = {}
    for value in values:
        for written in {value, value.upper(), value.lower()} if kind == "member_no" else {value}:
            meant.setdefault(written, set()).add(value)
    rows = db.all(
        f"SELECT v.value, p.id FROM json_each(?) v JOIN person p ON p.{kind} = v.value",
        (json.dumps(sorted(meant), ensure_ascii=False),),
    )
    rows += db.all(
        "SELECT v.value, m.person_id FROM json_each(?) v JOIN other_identity m ON m.key = ? AND m.value = v.value"
        f" {_IN_FORCE} JOIN person p ON p.id = m.person_id",
        (json.dumps(sorted(meant), ensure_ascii=False), kind),
    )
    return [(value, person) for written, person in rows for value in meant[written]]
