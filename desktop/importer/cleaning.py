"""Data rows of a file → typed values, by column and in batches, with every repair counted and every unusable cell listed.
Nothing is decided here: the recipe says what each column is and how it is written."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, zip_longest
from typing import Any, NamedTuple

from desktop.core.job import QUIET, JobContext
from desktop.importer.columns.bulk import bulk_reader, is_cut_mobile
from desktop.importer.columns.readers import CellReader, cell_reader, read_cell
from desktop.importer.columns.together import (
    COMPOSED,
    all_tags,
    blocks,
    composed,
    consents,
    multiply,
    names,
    own_columns,
    phones,
    rank,
    settle_blocks,
    states,
    without_account,
)
from desktop.importer.formats.tables import UNCALCULATED, Row
from desktop.importer.layout import RowSorter
from desktop.importer.reader import Source
from desktop.importer.recipe import Column, Recipe
from desktop.importer.values.outcome import Outcome

REMEMBERED = 50_000
"""Different texts of a column whose values are kept; beyond them the memory begins anew, so that it stays bounded."""


class Problem(NamedTuple):
    """A cell, or a part of one, that cannot be kept; its row is imported without it.

    ``row`` is the number the spreadsheet shows; ``reason`` names the text ``importing.problem.<reason>``.
    """

    sheet: str
    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class RawBatch:
    """Data rows as they stand in the file: their numbers and cells."""

    numbers: list[int]
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class CleanBatch:
    """Cleaned rows, column by column: ``columns`` holds the values of the rows ``numbers`` in the order of ``Recipe.fields``."""

    numbers: list[int]
    columns: Sequence[Sequence[Any]]
    problems: list[Problem] = field(default_factory=list)

    @property
    def rows(self) -> list[tuple[Any, ...]]:
        """The same row by row; made anew at each call."""
        return list(zip(*self.columns, strict=True))


class DataRows:
    """The data rows of a recipe's sheet, in batches.

    Attributes:
        not_data: rows left out so far, by reason: title, header, repeated_header, total, blank, sample.
        rows: data rows so far.
    """

    def __init__(self, source: Source, recipe: Recipe, job: JobContext = QUIET) -> None:
        self._sheet = source.sheet(recipe.sheet) if recipe.sheet else source.sheets[0]
        self._sorter = RowSorter(recipe.layout)
        self._job = job
        self.rows = 0

    @property
    def not_data(self) -> Counter[str]:
        """Rows left out, by reason."""
        return self._sorter.not_data

    def __iter__(self) -> Iterator[RawBatch]:
        for first, rows in self._sheet.batches():
            self._job.raise_if_cancelled()
            numbers, data = self._sorter.sort(first, rows)
            self.rows += len(data)
            self._job.report(self.rows)
            if data:
                yield RawBatch(numbers, data)


def data_rows(source: Source, recipe: Recipe, job: JobContext = QUIET) -> DataRows:
    """The data rows of a recipe's sheet; iterate them once, then read ``not_data``."""
    return DataRows(source, recipe, job)


@dataclass(frozen=True, slots=True)
class RepairSample:
    """What was mended in one column in one way.

    Args:
        column: its name.
        kind: the kind of repair (text under ``importing.repair.<kind>``).
        count: cells mended.
        samples: up to five of them: the row as the spreadsheet shows it, the cell's text, the value kept.
    """

    column: str
    kind: str
    count: int
    samples: tuple[tuple[int, str, Any], ...]


SHOWN_REPAIRS = 5
"""Examples kept of each kind of repair in each column."""


class _Repairs:
    """The repairs of one column: how many of each kind, and the first few."""

    def __init__(self, column: str) -> None:
        self._column = column
        self.counts: Counter[str] = Counter()
        self._samples: dict[str, list[tuple[int, str, Any]]] = {}

    def note(self, kinds: Sequence[str], row: int, before: str, after: Any) -> None:
        """One mended cell."""
        for kind in kinds:
            self.counts[kind] += 1
            samples = self._samples.setdefault(kind, [])
            if len(samples) < SHOWN_REPAIRS:
                samples.append((row, before, after))

    def note_sweep(self, kind: str, mended: Iterable[tuple[int, str, Any]]) -> None:
        """Cells that a shortcut mended and counted."""
        samples = self._samples.setdefault(kind, [])
        if len(samples) < SHOWN_REPAIRS:
            samples.extend(islice(mended, SHOWN_REPAIRS - len(samples)))

    def told(self) -> Iterator[RepairSample]:
        """What there is to show."""
        for kind, count in self.counts.items():
            yield RepairSample(self._column, kind, count, tuple(self._samples.get(kind, ())))


class _Memory(dict[str, Any]):
    """Text → value, read on first sight; what took a repair or has a problem is noted beside it."""

    def __init__(self, read: CellReader) -> None:
        super().__init__()
        self._read = read
        self.noted: dict[str, Outcome] = {}

    def __missing__(self, text: str) -> Any:
        outcome = read_cell(self._read, text)
        if outcome.repairs or outcome.problem:
            self.noted[text] = outcome
        self[text] = outcome.value
        return outcome.value


class _ColumnCleaner:
    """Cleans the cells of one column."""

    def __init__(self, column: Column, recipe: Recipe) -> None:
        self.column = column
        self.repairs = _Repairs(column.name)
        part = "" if column.part == "day" else column.part  # the day's cleaner reads the whole birthday
        read = cell_reader(column.field, part, column.form, zone=recipe.zone, country=recipe.country)
        if column.field == "extra":
            read = _as_member(column.name, read)
        self._memory = _Memory(read)
        self._bulk = bulk_reader(
            column.field,
            column.part,
            country=column.form.country or recipe.country,
            decimal=column.form.decimal,
            one_to_one=True,
        )
        self._sheet = recipe.sheet

    def clean(self, cells: Sequence[str], numbers: Sequence[int], problems: list[Problem]) -> list[Any]:
        """The values of the cells; repairs are noted and problems listed."""
        memory = self._memory
        if len(memory) > REMEMBERED:
            memory.clear()
            memory.noted.clear()
        lookup = memory.__getitem__
        counts = self.repairs.counts
        swept_before = counts["leading_zero"]
        values = self._bulk(cells, lookup, counts) if self._bulk else None
        if values is None:
            values = list(map(lookup, cells))
        swept = counts["leading_zero"] > swept_before
        if swept:
            self.repairs.note_sweep("leading_zero", _swept(numbers, cells, values))
        noted = memory.noted
        if noted and not noted.keys().isdisjoint(cells):
            for number, cell in zip(numbers, cells, strict=True):
                outcome = noted.get(cell)
                if outcome and not (swept and is_cut_mobile(cell)):
                    self._note(outcome, number, cell, problems)
        return values

    def _note(self, outcome: Outcome, number: int, cell: str, problems: list[Problem]) -> None:
        if outcome.repairs:
            after = outcome.value
            if self.column.field == "extra" and after is not None:
                after = json.loads(f"{{{after}}}")[self.column.name]
            self.repairs.note(outcome.repairs, number, cell, after)
        if outcome.problem:
            shown = cell.removeprefix(UNCALCULATED)
            problems.append(Problem(self._sheet, number, self.column.name, shown, outcome.problem))


def _swept(
    numbers: Sequence[int], cells: Sequence[str], values: Sequence[Any]
) -> Iterator[tuple[int, str, Any]]:
    """The cells that a shortcut gave their zero back."""
    return (found for found in zip(numbers, cells, values, strict=True) if is_cut_mobile(found[1]))


def _as_member(name: str, read: CellReader) -> CellReader:
    """The reader of an own column: its value as a member of a JSON object, ``"欄位":"值"``."""
    key = json.dumps(name, ensure_ascii=False)

    def read_member(text: str) -> Outcome:
        outcome = read(text)
        if outcome.value is None:
            return outcome
        return outcome._replace(value=f"{key}:{json.dumps(outcome.value, ensure_ascii=False)}")

    return read_member


class Cleaner:
    """Cleans batches of one sheet after its recipe.

    Attributes:
        fields: what the values of a row are (``Recipe.fields``).
    """

    def __init__(self, recipe: Recipe) -> None:
        self.fields = recipe.fields
        self._recipe = recipe
        self._of: dict[str, list[_ColumnCleaner]] = {}
        for column in recipe.columns:
            if column.field != "ignore":
                self._of.setdefault(column.field, []).append(_ColumnCleaner(column, recipe))
        self._priced_by_unit = any(one.part == "unit" for one in recipe.columns)
        self._left_some_time = any(one.part == "left" for one in recipe.columns)
        for name, cleaners in self._of.items():
            cleaners.sort(key=lambda cleaner: (-rank(cleaner.column, name), cleaner.column.index))

    @property
    def repaired(self) -> Counter[str]:
        """How many cells were mended so far, by kind (texts under ``importing.repair.<kind>``)."""
        told: Counter[str] = Counter()
        for cleaner in self._columns():
            told.update(cleaner.repairs.counts)
        return +told

    def repairs(self) -> list[RepairSample]:
        """What was mended so far, by column and kind, with examples; the counts of a kind add up to ``repaired``."""
        return [sample for cleaner in self._columns() for sample in cleaner.repairs.told() if sample.count]

    def _columns(self) -> list[_ColumnCleaner]:
        cleaners = [cleaner for group in self._of.values() for cleaner in group]
        return sorted(cleaners, key=lambda cleaner: cleaner.column.index)

    def clean(self, batch: RawBatch) -> CleanBatch:
        """The typed values of a batch, row by row."""
        columns = list(zip_longest(*batch.rows, fillvalue=""))
        blank = ("",) * len(batch.rows)
        problems: list[Problem] = []

        def cells(cleaner: _ColumnCleaner) -> Sequence[str]:
            index = cleaner.column.index
            return columns[index] if index < len(columns) else blank

        values: list[list[Any]] = []
        for name in self.fields:
            cleaners = self._of[name]
            texts = [cells(cleaner) for cleaner in cleaners]
            if name in COMPOSED:
                place, whole = composed([cleaner.column for cleaner in cleaners], texts)
                cleaned = [cleaners[place].clean(whole, batch.numbers, problems)]
            else:
                cleaned = [
                    cleaner.clean(text, batch.numbers, problems)
                    for cleaner, text in zip(cleaners, texts, strict=True)
                ]
            values.append(self._together(name, cleaners, cleaned, texts))
        if self._priced_by_unit:
            multiply(self.fields, values)
        if self._left_some_time:
            settle_blocks(self.fields, values)
        if self._recipe.kind == "chat_log":
            values = without_account(self.fields, values)
        problems.sort(key=lambda problem: problem.row)
        return CleanBatch(batch.numbers, values, problems)

    def _together(
        self, name: str, cleaners: list[_ColumnCleaner], cleaned: list[list[Any]], cells: list[Sequence[str]]
    ) -> list[Any]:
        """One value a row from the columns that fill a field."""
        columns = [cleaner.column for cleaner in cleaners]
        if name == "extra":
            return own_columns(cleaned)
        if name == "phone":
            return phones(columns, cleaned, cells, self._recipe.country)
        if name == "blocked" and self._left_some_time:
            return blocks(columns, cleaned)
        if len(cleaned) == 1:
            return cleaned[0]
        if name in _TOGETHER:
            return _TOGETHER[name](cleaned)
        if name == "name" and all(column.part for column in columns):
            return names(columns, cleaned)
        return [
            next((value for value in row if value is not None), None) for row in zip(*cleaned, strict=True)
        ]


_TOGETHER = {"tags": all_tags, "status": states, "consent": consents}
