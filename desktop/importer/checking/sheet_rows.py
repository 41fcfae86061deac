"""The rows of a members file, cleaned, with whatever the owner's words make of them; beside them what could not be used
and what was mended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from desktop.core.job import QUIET, JobContext
from desktop.core.message import message
from desktop.importer.checking.policy import STATED
from desktop.importer.checking.report import Problem, Report
from desktop.importer.checking.tagging.answers import AnswerTags
from desktop.importer.checking.who.number_series import NumberSeries
from desktop.importer.checking.who.respondents import NumberOrPhone
from desktop.importer.cleaning import Cleaner, data_rows
from desktop.importer.reader import Source
from desktop.importer.recipe import Recipe


class SheetRows:
    """Cleans the rows of one sheet of people, in batches.

    Args:
        report: gets the unusable cells.

    Attributes:
        fields: what the values of a row are.
    """

    def __init__(self, source: Source, recipe: Recipe, report: Report, job: JobContext = QUIET) -> None:
        self._recipe = recipe
        self._report = report
        self._answers = AnswerTags(recipe)
        self._cleaner = Cleaner(self._answers.rest)
        self._keys = NumberOrPhone(self._answers.rest)
        self._series = NumberSeries(recipe.decided.number_series)
        self._raw = data_rows(source, recipe, job)
        self.fields = (*self._keys.fields, *self._answers.added)

    def __iter__(self) -> Iterator[tuple[list[int], list[Sequence[Any]]]]:
        """The numbers of each batch's rows, and their values column by column."""
        for raw in self._raw:
            batch = self._cleaner.clean(raw)
            note_problems(self._report, batch.problems)
            columns = self._keys.split(batch.columns)
            if self._series and "member_no" in self._keys.fields:
                place = self._keys.fields.index("member_no")
                columns[place] = list(map(self._series.number, columns[place]))
            columns += self._answers.tags(raw)
            note_problems(self._report, self._answers.problems())
            yield batch.numbers, columns

    def spared(self) -> dict[int, frozenset[str]]:
        """Row of the sheet → columns of a person, the shop's own as ``extra:<name>``, whose cell there is unusable."""
        of_column = {
            column.name: f"extra:{column.name}"
            if column.field == "extra"
            else STATED.get(column.field, column.field)
            for column in self._recipe.columns
        }
        found: dict[int, set[str]] = {}
        for problem in self._report.problems:
            if problem.column in of_column:
                found.setdefault(problem.row, set()).add(of_column[problem.column])
        return {row: frozenset(columns) for row, columns in found.items()}

    def finish(self) -> None:
        """After the last batch: tell the report what was left out and mended."""
        repaired: Counter[str] = Counter()
        for cleaner in (self._cleaner, *self._answers.cleaners()):
            repaired.update(cleaner.repaired)
            self._report.repairs += cleaner.repairs()
        self._report.not_data = dict(self._raw.not_data)
        self._report.repaired = dict(repaired)


def note_problems(report: Report, problems: Sequence[Any]) -> None:
    """Add the cleaner's unusable cells to a report."""
    for problem in problems:
        reason = message(f"importing.problem.{problem.reason}")
        report.problems.append(Problem(report.sheet, problem.row, problem.column, problem.value, reason))
