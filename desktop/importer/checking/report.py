"""What an import came to, row by row: counts that add up to the rows of the file, and every cell or row
that could not be used, by its place in the spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from desktop.core.message import Message
from desktop.importer.cleaning import RepairSample


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


@dataclass(frozen=True, slots=True)
class CandidateView:
    """Somebody a row may be about. ``id`` is hers in the shop; None for somebody whom row ``row`` of the same file brings.
    ``agrees`` and ``differs`` name the fields (member_no, line_user_id, phone, email, name, birthday) that both sides have."""

    id: int | None
    name: str | None
    member_no: str | None
    phone: str | None
    email: str | None
    line_user_id: str | None
    agrees: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()
    row: int | None = None

    @property
    def decision(self) -> str:
        """The word in ``Answers.decisions`` that chooses this person; "" for one of the file itself."""
        return "" if self.id is None else f"person:{self.id}"


@dataclass(frozen=True, slots=True)
class AmbiguousRow:
    """A row that may be about several people, with what it says of itself; counted as skipped until somebody decides."""

    sheet: str
    row: int
    name: str | None
    member_no: str | None
    phone: str | None
    email: str | None
    line_user_id: str | None
    candidates: tuple[CandidateView, ...] = ()


@dataclass(frozen=True, slots=True)
class SimilarPair:
    """The person of a row and somebody else who may be the same: a possible duplicate. ``person_id`` is the row's person in the
    shop, None for a new one."""

    row: int
    name: str | None
    person_id: int | None
    other: CandidateView


@dataclass(frozen=True, slots=True)
class TagGain:
    """A tag the file brings, how many people would get it, and whether the shop does not have it yet."""

    tag: str
    people: int
    is_new: bool


@dataclass(slots=True)
class Report:
    """One sheet's import. ``rows = new + updated + unchanged + len(skipped)``; ``not_data`` and ``problems`` stand outside.
    ``ambiguous`` rows are among the skipped; ``joins`` are pairs of people of the shop (who stays, who would go into her) whom
    one row names as the same and in whom nothing differs."""

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
    ambiguous: list[AmbiguousRow] = field(default_factory=list)
    joins: list[tuple[int, int]] = field(default_factory=list)
    similar: list[SimilarPair] = field(default_factory=list)
    repairs: list[RepairSample] = field(default_factory=list)
    tag_preview: list[TagGain] = field(default_factory=list)
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def taken(self) -> int:
        """Rows that bring something: new or updated."""
        return self.new + self.updated
