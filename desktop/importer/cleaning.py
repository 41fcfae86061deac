"""Data rows of a file → typed values, by column and in batches, with every repair counted and every unusable cell listed.
Nothing is decided here: the recipe says what each column is and how it is written."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any, NamedTuple

from desktop.core.job import QUIET, JobContext
from desktop.importer.columns.bulk import bulk_reader
from desktop.importer.columns.names import match_name
from desktop.importer.columns.readers import CellReader, cell_reader
from desktop.importer.formats.tables import UNCALCULATED, Row
from desktop.importer.layout import RowSorter
from desktop.importer.reader import Source
from desktop.importer.recipe import Column, Recipe
from desktop.importer.values.flags import order_counts
from desktop.importer.values.money import times
from desktop.importer.values.outcome import Outcome, unusable
from desktop.importer.values.phones import read_phone

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

    def only(self, places: Sequence[int]) -> RawBatch:
        """The rows at these places (from 0) of the batch."""
        return RawBatch([self.numbers[place] for place in places], [self.rows[place] for place in places])


@dataclass(frozen=True, slots=True)
class CleanBatch:
    """Cleaned rows: ``rows[n]`` holds the values of row ``numbers[n]`` in the order of ``Recipe.fields``."""

    numbers: list[int]
    rows: list[tuple[Any, ...]]
    problems: list[Problem] = field(default_factory=list)


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


class _Memory(dict[str, Any]):
    """Text → value, read on first sight; what took a repair or has a problem is noted beside it."""

    def __init__(self, read: CellReader) -> None:
        super().__init__()
        self._read = read
        self.noted: dict[str, Outcome] = {}

    def __missing__(self, text: str) -> Any:
        outcome = self._read(text) if text[:1] != UNCALCULATED else unusable("formula_without_result")
        if outcome.repairs or outcome.problem:
            self.noted[text] = outcome
        self[text] = outcome.value
        return outcome.value


class _ColumnCleaner:
    """Cleans the cells of one column."""

    def __init__(self, column: Column, recipe: Recipe) -> None:
        self.column = column
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

    def clean(
        self, cells: Sequence[str], numbers: Sequence[int], repaired: Counter[str], problems: list[Problem]
    ) -> list[Any]:
        """The values of the cells; repairs are counted and problems listed."""
        memory = self._memory
        if len(memory) > REMEMBERED:
            memory.clear()
            memory.noted.clear()
        lookup = memory.__getitem__
        values = self._bulk(cells, lookup, repaired) if self._bulk else None
        if values is None:
            values = list(map(lookup, cells))
        noted = memory.noted
        if noted and not noted.keys().isdisjoint(cells):
            for number, cell in zip(numbers, cells, strict=True):
                outcome = noted.get(cell)
                if outcome:
                    repaired.update(outcome.repairs)
                    if outcome.problem:
                        shown = cell.removeprefix(UNCALCULATED)
                        problems.append(
                            Problem(self._sheet, number, self.column.name, shown, outcome.problem)
                        )
        return values


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
        repaired: how many cells were mended, by kind (texts under ``importing.repair.<kind>``).
    """

    def __init__(self, recipe: Recipe) -> None:
        self.fields = recipe.fields
        self.repaired: Counter[str] = Counter()
        self._recipe = recipe
        self._of: dict[str, list[_ColumnCleaner]] = {}
        for column in recipe.columns:
            if column.field != "ignore":
                self._of.setdefault(column.field, []).append(_ColumnCleaner(column, recipe))
        self._priced_by_unit = any(one.part == "unit" for one in recipe.columns)
        for name, cleaners in self._of.items():
            cleaners.sort(key=lambda cleaner: (-_rank(cleaner.column, name), cleaner.column.index))

    def clean(self, batch: RawBatch) -> CleanBatch:
        """The typed values of a batch, row by row."""
        columns = list(zip_longest(*batch.rows, fillvalue=""))
        blank = ("",) * len(batch.rows)
        problems: list[Problem] = []

        def cells(cleaner: _ColumnCleaner) -> Sequence[str]:
            index = cleaner.column.index
            return columns[index] if index < len(columns) else blank

        values = []
        for name in self.fields:
            cleaners = self._of[name]
            if name in _COMPOSED:
                reader, texts = _composed(cleaners, [cells(cleaner) for cleaner in cleaners])
                cleaned = [reader.clean(texts, batch.numbers, self.repaired, problems)]
            else:
                cleaned = [
                    cleaner.clean(cells(cleaner), batch.numbers, self.repaired, problems)
                    for cleaner in cleaners
                ]
            values.append(self._together(name, cleaners, cleaned, [cells(cleaner) for cleaner in cleaners]))
        if self._priced_by_unit:
            _multiply(self.fields, values)
        if self._recipe.kind == "chat_log":
            values = _without_account(self.fields, values)
        problems.sort(key=lambda problem: problem.row)
        return CleanBatch(batch.numbers, list(zip(*values, strict=True)) if values else [], problems)

    def _together(
        self, name: str, cleaners: list[_ColumnCleaner], cleaned: list[list[Any]], cells: list[Sequence[str]]
    ) -> list[Any]:
        """One value a row from the columns that fill a field."""
        if name == "extra":
            return _object(cleaned)
        if name == "phone":
            return _phones(cleaners, cleaned, cells, self._recipe.country)
        if len(cleaned) == 1:
            return cleaned[0]
        if name == "tags":
            return [
                tuple(dict.fromkeys(tag for tags in row if tags for tag in tags)) or None
                for row in zip(*cleaned, strict=True)
            ]
        if name == "status":
            return [_status(row) for row in zip(*cleaned, strict=True)]
        if name == "name" and all(cleaner.column.part for cleaner in cleaners):
            parts = [cleaner.column.part for cleaner in cleaners]
            family, given = cleaned[parts.index("family")], cleaned[parts.index("given")]
            return [_full_name(*row) for row in zip(family, given, strict=True)]
        return [
            next((value for value in row if value is not None), None) for row in zip(*cleaned, strict=True)
        ]


def _rank(column: Column, name: str) -> float:
    """Which of several columns for a field comes first: the one whose name says it most surely."""
    if column.part in ("time", "code"):
        return -1.0
    if name == "extra":
        return 0.0
    return max((match.score for match in match_name(column.name) if match.field == name), default=0.0)


_COMPOSED = ("ordered_at", "sent_at", "birthday")


def _composed(
    cleaners: list[_ColumnCleaner], cells: list[Sequence[str]]
) -> tuple[_ColumnCleaner, Sequence[str]]:
    """Dates that several columns hold (day and time; year, month and day) as one text, and the cleaner that reads it."""
    by_part = dict(zip((cleaner.column.part for cleaner in cleaners), range(len(cleaners)), strict=True))
    if "day" in by_part and "month" in by_part:
        blank = ("",) * len(cells[0])
        years = cells[by_part["year"]] if "year" in by_part else blank
        months, days = cells[by_part["month"]], cells[by_part["day"]]
        return cleaners[by_part["day"]], list(map(_joined_date, years, months, days))
    if "time" in by_part and "" in by_part:
        whole, times = cells[by_part[""]], cells[by_part["time"]]
        texts = [
            f"{day} {time}" if day and time and ":" not in day else day
            for day, time in zip(whole, times, strict=True)
        ]
        return cleaners[by_part[""]], texts
    return cleaners[0], cells[0]


def _joined_date(year: str, month: str, day: str) -> str:
    year, month, day = (text.strip().rstrip("年月日").removesuffix(".0") for text in (year, month, day))
    if not month and not day:
        return ""
    if not year:
        return f"{month}/{day}"
    return f"{year.zfill(3)}/{month}/{day}"


def _object(members: list[list[Any]]) -> list[Any]:
    """Members of each row as a JSON object's text, None where there is none."""
    if len(members) == 1:
        return [f"{{{member}}}" if member else None for member in members[0]]
    joined = map(",".join, (filter(None, row) for row in zip(*members, strict=True)))
    return [f"{{{text}}}" if text else None for text in joined]


def _phones(
    cleaners: list[_ColumnCleaner], cleaned: list[list[Any]], cells: list[Sequence[str]], country: str
) -> list[Any]:
    """The first usable phone of each row; a column of country codes is heard where it names another country."""
    codes: Iterable[str] | None = None
    numbers = []
    texts = []
    for cleaner, values, raw in zip(cleaners, cleaned, cells, strict=True):
        if cleaner.column.part == "code":
            codes = raw
        else:
            numbers.append(values)
            texts.append(raw)
    if not numbers:
        return [None] * len(cleaned[0])
    merged = (
        numbers[0]
        if len(numbers) == 1
        else [next(filter(None, row), None) for row in zip(*numbers, strict=True)]
    )
    if codes is not None:
        plain = [code.strip().lstrip("+0").removesuffix(".0") for code in codes]
        if not _HOME_CODES.issuperset(plain):
            merged = [
                value
                if code in _HOME_CODES or not code.isdecimal()
                else read_phone(text, country, code).value or value
                for value, code, text in zip(merged, plain, texts[0], strict=True)
            ]
    return merged


_HOME_CODES = frozenset({"", "886"})


def _status(states: tuple[str | None, ...]) -> str | None:
    """The state that decides: one that makes the order not count, else the first that is told."""
    told = [state for state in states if state]
    return next((state for state in told if not order_counts(state)), told[0] if told else None)


def _full_name(family: str | None, given: str | None) -> str | None:
    if not family or not given:
        return family or given
    east_asian = any("\u2e80" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7af" for char in family + given)
    return family + given if east_asian else f"{given} {family}"


def _multiply(fields: tuple[str, ...], values: list[list[Any]]) -> None:
    """Prices of one piece become amounts of items."""
    place = fields.index("item_amount")
    counts = values[fields.index("quantity")] if "quantity" in fields else [None] * len(values[place])
    values[place] = list(map(times, values[place], counts))


def _without_account(fields: tuple[str, ...], values: list[list[Any]]) -> list[list[Any]]:
    """A chat log's name is the friend's, never that of whoever answered for the shop."""
    if "name" in fields and "sender_type" in fields:
        senders = values[fields.index("sender_type")]
        place = fields.index("name")
        values[place] = [
            name if kind == "user" else None for name, kind in zip(values[place], senders, strict=True)
        ]
    return values
