"""A pasted list of phones, member numbers, e-mail addresses or LINE user IDs: who each line means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.operations.people.counter import keys_in
from desktop.store import people
from desktop.store.database import Database
from desktop.store.members import lookup

MOST_LINES = 100_000
NAMED = 200
"""Of the lines that mean several people, so many come with the people's names."""

_CELLS = re.compile(r"[\t,;，；、|]")


@dataclass(frozen=True, slots=True)
class SeveralMeant:
    """A line that more than one person answers to, and what these are called."""

    line: str
    people: tuple[int, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MatchedList:
    """What a pasted list came to.

    Args:
        lines: how many lines there were, blank ones and headings of one's own not counted apart.
        people: everybody a line means alone, each once, in the list's order.
        repeated: lines that mean somebody who was there before.
        missing: lines nobody answers to.
        several: lines more than one person answers to.
    """

    lines: int
    people: tuple[int, ...]
    repeated: int
    missing: tuple[str, ...]
    several: tuple[SeveralMeant, ...]

    @property
    def all_people(self) -> tuple[int, ...]:
        """With those whom a line means among others."""
        return tuple(dict.fromkeys((*self.people, *(one for line in self.several for one in line.people))))


def match(db: Database, text: str) -> MatchedList:
    """Find who is meant. A line may have several cells, as rows pasted from a spreadsheet have: the first that means anybody
    counts.

    Args:
        text: the list, one person a line; lines beyond MOST_LINES are left out.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()][:MOST_LINES]
    cells = [
        [line, *(cell.strip() for cell in _CELLS.split(line) if cell.strip() not in ("", line))]
        for line in lines
    ]
    flat = [cell for line in cells for cell in line]
    found = iter(lookup.by_keys(db, [keys_in(db, cell) for cell in flat]))
    meant = [_first([next(found) for _ in line]) for line in cells]
    single: dict[int, None] = {}
    repeated = 0
    for who in meant:
        if len(who) == 1:
            repeated += who[0] in single
            single[who[0]] = None
    missing = tuple(line for line, who in zip(lines, meant, strict=True) if not who)
    several = [SeveralMeant(line, tuple(who)) for line, who in zip(lines, meant, strict=True) if len(who) > 1]
    return MatchedList(len(lines), tuple(single), repeated, missing, _named(db, several))


def _first(found: Sequence[list[int]]) -> list[int]:
    return next((who for who in found if who), [])


def _named(db: Database, several: Sequence[SeveralMeant]) -> tuple[SeveralMeant, ...]:
    wanted = [one for line in several[:NAMED] for one in line.people]
    rows = people.rows(db, wanted)
    named = [
        SeveralMeant(
            line.line,
            line.people,
            tuple(
                (row.name or row.line_name or row.member_no or "")
                for one in line.people
                if (row := rows.get(one))
            ),
        )
        for line in several[:NAMED]
    ]
    return (*named, *several[NAMED:])
