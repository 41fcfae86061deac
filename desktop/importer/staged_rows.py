"""Turns the cleaned rows of a members file into staged rows: each value at its column, tags as numbers,
keys noted for finding rows that are about the same person. A row that names nobody is skipped here."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.core.people.search_text import folded
from desktop.core.people.tag import clean_tag_name, tag_key
from desktop.importer.matching import Keys
from desktop.importer.merging import STATED
from desktop.importer.report import Problem, Report, Skipped
from desktop.importer.row_keys import SharedKeys
from desktop.store.imports.staging import PERSON_FIELDS

HEAD = 4
"""A staged row begins with its sequence number, sheet row, folded search text and tags."""
PLACE = {field: HEAD + place for place, field in enumerate(PERSON_FIELDS)}
"""Where each person's column stands in a staged row."""
KEY_PLACES = tuple(PLACE[key] for key in Keys._fields)
_SEARCHED = tuple(PLACE[field] for field in ("name", "line_name", "note"))


class RowStager:
    """Stages the rows of one sheet.

    Args:
        fields: the recipe's fields, in the order of a cleaned row.
        tag_limit: tags one person can have.
    """

    def __init__(self, fields: Sequence[str], tag_limit: int, report: Report, shared: SharedKeys) -> None:
        stated = [STATED.get(field, field) for field in fields]
        self._moves = [(source, PLACE[field]) for source, field in enumerate(stated) if field in PLACE]
        self._tags_at = stated.index("tags") if "tags" in stated else None
        self._limit = tag_limit
        self._report = report
        self._shared = shared
        self._tag_numbers: dict[str, int | None] = {}
        self._tags: dict[str, int] = {}
        self._written: Counter[str] = Counter()

    def staged(self, numbers: Sequence[int], rows: Sequence[tuple[Any, ...]]) -> Iterator[list[Any]]:
        """The staged rows of one batch; rows that identify nobody are reported as skipped."""
        report = self._report
        blank: list[Any] = [None] * (HEAD + len(PERSON_FIELDS))
        for number, row in zip(numbers, rows, strict=True):
            report.rows += 1
            values = blank.copy()
            for source, target in self._moves:
                values[target] = row[source]
            keys = [values[place] for place in KEY_PLACES]
            if not any(keys):
                report.skipped.append(Skipped(report.sheet, number, message("importing.skipped.no_identity")))
                continue
            self._shared.add(keys)
            values[0], values[1] = report.rows, number
            values[2] = folded(*[values[place] for place in _SEARCHED])
            if self._tags_at is not None and row[self._tags_at]:
                values[3] = self._tag_list(row[self._tags_at], number)
            yield values

    def tag_names(self) -> list[tuple[int, str, str]]:
        """All tags met: (number, the name as it is written most often, key)."""
        best: dict[int, tuple[str, int]] = {}
        for name, times in self._written.items():
            number = self._tag_numbers[name]
            if number is not None and (number not in best or times > best[number][1]):
                best[number] = (clean_tag_name(name), times)
        return [(number, best[number][0], key) for key, number in self._tags.items()]

    def _tag_list(self, names: Sequence[str], row: int) -> str | None:
        """The row's tags as a JSON list of numbers in the cell's order, as many as one person can have."""
        numbers: dict[int, str] = {}
        self._written.update(names)
        for name in names:
            number = self._tag_numbers[name] if name in self._tag_numbers else self._number(name)
            if number is None:
                self._report.problems.append(_tag_problem(self._report, row, name, "tag_name"))
            else:
                numbers.setdefault(number, name)
        kept = list(numbers)[: self._limit]
        for number in list(numbers)[self._limit :]:
            self._report.problems.append(
                _tag_problem(self._report, row, numbers[number], "tag_limit", limit=self._limit)
            )
        return json.dumps(kept) if kept else None

    def _number(self, name: str) -> int | None:
        try:
            clean = clean_tag_name(name)
        except UserError:
            self._tag_numbers[name] = None
            return None
        number = self._tags.setdefault(tag_key(clean), len(self._tags))
        self._tag_numbers[name] = number
        return number


def _tag_problem(report: Report, row: int, name: str, reason: str, **params: Any) -> Problem:
    column = next((column for column, field in report.mapping.items() if field == "tags"), "")
    return Problem(report.sheet, row, column, name, message(f"importing.problem.{reason}", **params))


def tag_limit_problem(report: Report, row: int, name: str, limit: int) -> Problem:
    """The problem of a tag that no longer fits on a person who holds others."""
    return _tag_problem(report, row, name, "tag_limit", limit=limit)


def taken_problem(report: Report, row: int, field: str, value: str) -> Problem:
    """The problem of a number that belongs to somebody else."""
    column = next((column for column, mapped in report.mapping.items() if mapped == field), field)
    return Problem(report.sheet, row, column, value, message("importing.problem.taken"))
