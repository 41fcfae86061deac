"""What an import came to, row by row: counts that add up to the rows of the file, and every cell or row
that could not be used, by its place in the spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from desktop.core.message import Message


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that could not be used; its row was imported without it. ``row`` as the spreadsheet shows it, from 1."""

    sheet: str
    row: int
    column: str
    value: str
    reason: Message


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row from which nothing was taken."""

    sheet: str
    row: int
    reason: Message


@dataclass(frozen=True, slots=True)
class PossibleDuplicate:
    """A new person who shares a phone, e-mail or user ID with somebody else: (row, id and member number of the other)."""

    row: int
    person_id: int | None
    member_no: str | None


@dataclass(slots=True)
class Report:
    """One sheet's import. ``rows = new + updated + unchanged + len(skipped)``; ``not_data`` and ``problems`` stand outside."""

    file: str
    kind: str
    sheet: str
    encoding: str | None
    header_row: int | None
    mapping: dict[str, str]
    rows: int = 0
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    not_data: dict[str, int] = field(default_factory=dict)
    repaired: dict[str, int] = field(default_factory=dict)
    possible_duplicates: list[PossibleDuplicate] = field(default_factory=list)
    unknown_buyers: int = 0
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def taken(self) -> int:
        """Rows that bring something: new or updated."""
        return self.new + self.updated
