"""What speaks for and against each person a doubtful row may be about, and which two people of the shop a row names as one where
nothing speaks against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from desktop.core.message import Message, message
from desktop.importer.checking.matching import Candidate, Keys, Match
from desktop.importer.checking.report import (
    AmbiguousRow,
    CandidateView,
    PossibleDuplicate,
    Report,
    SimilarPair,
)
from desktop.importer.checking.who.display_names import called

MOST_SHOWN = 5_000
"""Doubtful rows and possible duplicates whose evidence is kept; a file with more of them has another trouble."""

_SHOWN = ("name", "member_no", "phone", "email", "line_user_id")
_COMPARED = (*Keys._fields, "name", "birthday")


class Doubts:
    """Collects the doubts about the rows of one sheet in its report.

    Args:
        apart: pairs (lower id, higher id) of people of whom the owner said that they are not the same.
    """

    def __init__(self, report: Report, apart: frozenset[tuple[int, int]] = frozenset()) -> None:
        self._report = report
        self._apart = apart
        self._joined: set[int] = set()

    def ambiguous(
        self, number: int, row: Mapping[str, Any], found: Match, people: Mapping[Candidate, Mapping[str, Any]]
    ) -> Message:
        """Note a row that may be about several people; returns why it is skipped.

        Args:
            number: of the row in the sheet.
            row: its columns of a person.
            people: each candidate's columns; of one the file brings with ``sheet_row``.
        """
        if len(self._report.ambiguous) < MOST_SHOWN:
            views = tuple(_view(one, row, people[one]) for one in found.ambiguous)
            told = {field: row.get(field) for field in _SHOWN}
            self._report.ambiguous.append(AmbiguousRow(self._report.sheet, number, candidates=views, **told))
        if found.one_person:
            keep, gone = found.ambiguous[:2]
            self._join(keep, gone, people)
        named = "、".join(
            one.keys.member_no or one.keys.phone or one.keys.email or f"#{one.id}"
            for one in found.ambiguous[:5]
        )
        return message("importing.skipped.ambiguous", n=len(found.ambiguous), candidates=named)

    def similar(
        self,
        number: int,
        row: Mapping[str, Any],
        others: Sequence[Candidate],
        people: Mapping[Candidate, Mapping[str, Any]],
    ) -> None:
        """Note that the new person of a row may be one of some others."""
        for other in others:
            known = None if other.new else other.id
            self._report.possible_duplicates.append(PossibleDuplicate(number, known, other.keys.member_no))
            if len(self._report.similar) < MOST_SHOWN:
                view = _view(other, row, people[other])
                self._report.similar.append(SimilarPair(number, row.get("name"), None, view))

    def _join(self, keep: Candidate, gone: Candidate, people: Mapping[Candidate, Mapping[str, Any]]) -> None:
        pair = (min(keep.id, gone.id), max(keep.id, gone.id))
        if keep.new or gone.new or pair in self._apart or not self._joined.isdisjoint(pair):
            return
        if not _differing(people[keep], people[gone]):
            self._joined.update(pair)
            self._report.joins.append((keep.id, gone.id))


def _view(one: Candidate, row: Mapping[str, Any], person: Mapping[str, Any]) -> CandidateView:
    shown = {field: person.get(field) for field in _SHOWN}
    shown["name"] = shown["name"] or person.get("line_name")
    return CandidateView(
        None if one.new else one.id,
        **shown,
        agrees=tuple(field for field in _COMPARED if _agrees(field, row, person, one.also)),
        differs=tuple(_differing(row, person, one.also)),
        row=person.get("sheet_row"),
    )


def _agrees(
    field: str, row: Mapping[str, Any], person: Mapping[str, Any], also: frozenset[tuple[str, str]]
) -> bool:
    if field == "name":
        return not _names(row).isdisjoint(_names(person))
    value = row.get(field)
    return value is not None and (value == person.get(field) or (field, value) in also)


def _differing(
    one: Mapping[str, Any], other: Mapping[str, Any], also: frozenset[tuple[str, str]] = frozenset()
) -> list[str]:
    """The compared fields that stand on both sides and differ; a display name is no reason to differ."""
    return [
        field
        for field in _COMPARED
        if one.get(field) is not None
        and other.get(field) is not None
        and not _agrees(field, one, other, also)
    ]


def _names(person: Mapping[str, Any]) -> set[str]:
    return {called(name) for field in ("name", "line_name") if (name := person.get(field))}
