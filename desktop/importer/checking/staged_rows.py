"""Turns the cleaned rows of a members file into staged rows, a batch at a time and column by column: each value at its place,
tags as numbers, keys noted for finding rows that are about the same person. A row that names nobody is skipped here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.core.people.search_text import all_plain, folded
from desktop.core.people.tag import clean_tag_name, tag_key
from desktop.importer.checking.matching import Keys
from desktop.importer.checking.policy import STATED
from desktop.importer.checking.report import Problem, Report, Skipped
from desktop.importer.checking.row_keys import SharedKeys
from desktop.store.imports.staging import PERSON_FIELDS

_SEARCHED = ("name", "line_name", "note")
_REMEMBERED = 50_000

Column = Sequence[Any]


class RowStager:
    """Stages the rows of one sheet.

    Args:
        fields: the recipe's fields, in the order of the columns.
        tag_limit: tags one person can have.
        import_tag: a tag for everybody; it comes before those of the row.
        by_name: whether a row that tells nothing but a name is kept, to be found by it.

    Attributes:
        called: rows (sequence number) that tell nothing but a name → the name.
    """

    def __init__(
        self,
        fields: Sequence[str],
        tag_limit: int,
        report: Report,
        shared: SharedKeys,
        *,
        import_tag: str | None = None,
        by_name: bool = False,
    ) -> None:
        stated = [STATED.get(field, field) for field in fields]
        self.fields = tuple(field for field in stated if field in PERSON_FIELDS)
        self._places = {field: place for place, field in enumerate(stated)}
        self._report = report
        self._shared = shared
        self._tags = TagNumbers(tag_limit, report)
        self._import_tag = import_tag
        self._by_name = by_name
        self.called: dict[int, str] = {}

    def staged(self, numbers: Sequence[int], columns: list[Column]) -> Sequence[Column]:
        """The staged rows of one batch as columns, seq, sheet row, folded, tag list, *fields; empty if nobody is left. Who
        identifies nobody is reported as skipped.

        Args:
            numbers: the rows of the sheet.
            columns: their values, column by column.
        """
        first = self._report.rows + 1
        self._report.rows += len(numbers)
        sequence: Sequence[int] = range(first, first + len(numbers))
        numbers, sequence, columns = self._without_nobody(numbers, sequence, columns)
        if not numbers:
            return ()
        self._shared.add(sequence, [self._column(columns, key) for key in Keys._fields])
        return (
            sequence,
            numbers,
            self._folded(columns, len(numbers)),
            self._tag_lists(columns, numbers),
            *(columns[self._places[field]] for field in self.fields),
        )

    def new_tag_lists(self) -> list[tuple[int, tuple[int, ...]]]:
        """The lists of tags met since the last call: (number of the list, the tags' numbers)."""
        return self._tags.new_lists()

    def tag_names(self) -> list[tuple[int, str, str]]:
        """All tags met: (number, the name as it is written most often, key)."""
        return self._tags.names()

    def _tag_lists(self, columns: Sequence[Column], numbers: Sequence[int]) -> Sequence[int | None]:
        tags = self._column(columns, "tags")
        if self._import_tag is not None:
            mine = (self._import_tag,)
            tags = [mine] * len(numbers) if tags is None else [(*mine, *(cell or ())) for cell in tags]
        return [None] * len(numbers) if tags is None else self._tags.lists(tags, numbers)

    def _column(self, columns: Sequence[Column], field: str) -> Column | None:
        place = self._places.get(field)
        return None if place is None else columns[place]

    def _without_nobody(
        self, numbers: Sequence[int], sequence: Sequence[int], columns: list[Column]
    ) -> tuple[Sequence[int], Sequence[int], list[Column]]:
        keys = [column for key in Keys._fields if (column := self._column(columns, key)) is not None]
        if any(None not in column for column in keys):
            return numbers, sequence, columns
        known = [any(row) for row in zip(*keys, strict=True)] if keys else [False] * len(numbers)
        if self._by_name:
            known = self._also_called(known, sequence, columns)
        if all(known):
            return numbers, sequence, columns
        report = self._report
        report.skipped += [
            Skipped(report.sheet, number, message("importing.skipped.no_identity"))
            for number, is_known in zip(numbers, known, strict=True)
            if not is_known
        ]

        def kept(column: Iterable[Any]) -> list[Any]:
            return [value for value, is_known in zip(column, known, strict=True) if is_known]

        return kept(numbers), kept(sequence), [kept(column) for column in columns]

    def _also_called(
        self, known: Sequence[bool], sequence: Sequence[int], columns: Sequence[Column]
    ) -> list[bool]:
        """Which rows tell who they are about, if a name is enough."""
        names = self._column(columns, "name") or [None] * len(known)
        for row, has_key, name in zip(sequence, known, names, strict=True):
            if not has_key and name:
                self.called[row] = name
        return [has_key or bool(name) for has_key, name in zip(known, names, strict=True)]

    def _folded(self, columns: Sequence[Column], count: int) -> Sequence[str | None]:
        texts = [self._column(columns, field) for field in _SEARCHED]
        if all(column is None or all_plain(column) for column in texts):
            return [None] * count
        nothing: Column = [None] * count
        return [folded(*row) for row in zip(*(column or nothing for column in texts), strict=True)]


class TagNumbers:
    """Numbers for the tags of a file and for its lists of tags; equal cells are worked out once."""

    def __init__(self, limit: int, report: Report) -> None:
        self._limit = limit
        self._report = report
        self._numbers: dict[str, int] = {}
        self._of_name: dict[str, int | None] = {}
        self._lists: dict[tuple[str, ...] | None, int | None] = {None: None, (): None}
        self._new_lists: list[tuple[int, tuple[int, ...]]] = []
        self._last_list = 0
        self._times: Counter[int | None] = Counter()
        self._written_apart: Counter[str] = Counter()

    def lists(self, cells: Sequence[tuple[str, ...] | None], rows: Sequence[int]) -> list[int | None]:
        """Each cell's list of tags in the cell's order, as many as one person can have; None for no tags."""
        known = self._lists
        try:
            listed = list(map(known.__getitem__, cells))
        except KeyError:
            listed = [
                known[cell] if not cell or cell in known else self._list(cell, row)
                for cell, row in zip(cells, rows, strict=True)
            ]
        self._times.update(listed)
        return listed

    def new_lists(self) -> list[tuple[int, tuple[int, ...]]]:
        """The lists since the last call: (number, the tags' numbers)."""
        new, self._new_lists = self._new_lists, []
        return new

    def names(self) -> list[tuple[int, str, str]]:
        """All tags: (number, the name as it is written most often, key)."""
        written = self._written_apart.copy()
        for cell, listed in self._lists.items():
            for name in cell or ():
                written[name] += self._times[listed]
        best: dict[int, str] = {}
        for name in sorted(self._of_name, key=lambda name: -written[name]):
            number = self._of_name[name]
            if number is not None:
                best.setdefault(number, clean_tag_name(name))
        return [(number, best[number], key) for key, number in self._numbers.items()]

    def _list(self, cell: tuple[str, ...], row: int) -> int | None:
        numbers: dict[int, str] = {}
        before = len(self._report.problems)
        for name in cell:
            number = self._of_name[name] if name in self._of_name else self._number(name)
            if number is None:
                self._report.problems.append(_tag_problem(self._report, row, name, "tag_name"))
            else:
                numbers.setdefault(number, name)
        kept = tuple(numbers)[: self._limit]
        for number in list(numbers)[self._limit :]:
            self._report.problems.append(
                _tag_problem(self._report, row, numbers[number], "tag_limit", limit=self._limit)
            )
        listed = None
        if kept:
            listed = self._last_list = self._last_list + 1
            self._new_lists.append((listed, kept))
        if len(self._report.problems) == before and len(self._lists) < _REMEMBERED:
            self._lists[cell] = listed
        else:
            self._written_apart.update(cell)
        return listed

    def _number(self, name: str) -> int | None:
        try:
            clean = clean_tag_name(name)
        except UserError:
            self._of_name[name] = None
            return None
        number = self._numbers.setdefault(tag_key(clean), len(self._numbers))
        self._of_name[name] = number
        return number


def _tag_problem(report: Report, row: int, name: str, reason: str, **params: Any) -> Problem:
    column = next((column for column, field in report.mapping.items() if field == "tags"), "")
    if tag_key(name) == tag_key(report.details.get("import_tag") or ""):
        column = ""  # it stands in no cell
    return Problem(report.sheet, row, column, name, message(f"importing.problem.{reason}", **params))


def tag_limit_problem(report: Report, row: int, name: str, limit: int) -> Problem:
    """The problem of a tag that no longer fits on a person who holds others."""
    return _tag_problem(report, row, name, "tag_limit", limit=limit)


def taken_problem(report: Report, row: int, field: str, value: str) -> Problem:
    """The problem of a number that belongs to somebody else."""
    column = next((column for column, mapped in report.mapping.items() if mapped == field), field)
    return Problem(report.sheet, row, column, value, message("importing.problem.taken"))
