"""Decides how each column of a sheet is written — order of dates, decimal sign, separators of tags — and shows a few of its
cells before and after. What the values leave open becomes a question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.core.job import JobContext
from desktop.importer.columns.by_values import Assigned
from desktop.importer.columns.evidence import ColumnEvidence
from desktop.importer.columns.fields import DATE_FIELDS, FLAG_FIELDS, NUMBER_FIELDS
from desktop.importer.columns.readers import PLAIN, ColumnFormat, cell_reader, read_cell
from desktop.importer.formats.tables import UNCALCULATED, Sheet
from desktop.importer.layout import Layout, RowSorter
from desktop.importer.recipe import Answers, Column, DateQuestion, Sample
from desktop.importer.values.consents import is_cross
from desktop.importer.values.date_formats import DateEvidence, DateFormat
from desktop.importer.values.outcome import BLANK

SAMPLED = 500
"""Rows from whose cells the samples are taken."""
_SAMPLES = 5


def _is_ticked(values: ColumnEvidence, cells: list[tuple[int, str]]) -> bool:
    """Whether a column holds nothing but crosses, and those in a few rows: there they are ticks and no noes."""
    blank = sum(not cell.strip() for _, cell in cells)
    return bool(values.values) and blank * 2 >= len(cells) and all(map(is_cross, values.values))


@dataclass(frozen=True, slots=True)
class Deciding:
    """What is known of a sheet while the formats of its columns are decided."""

    sheet: Sheet
    layout: Layout
    kind: str
    orders: Mapping[int, str]
    answers: Answers
    zone: str
    country: str
    job: JobContext

    def column(
        self, index: int, name: str, one: Assigned, values: ColumnEvidence, cells: list[tuple[int, str]]
    ) -> tuple[Column, DateQuestion | None]:
        """A column with its format and samples, and what has to be asked about it."""
        question = None
        form = PLAIN
        if one.field in DATE_FIELDS and not one.part:
            form, question = self._dates(index, name, values)
        elif one.part == "left":
            form = ColumnFormat(values.dates.decide(self.country)[0])
        elif one.field in NUMBER_FIELDS:
            form = ColumnFormat(decimal=values.numbers.decimal)
        elif one.field == "tags":
            signs = self.answers.separators.get(name)
            if signs is None:
                signs = values.tags.decide(answers=self.kind == "form_answers")
            form = ColumnFormat(separators=signs)
        elif one.field == "phone":
            form = ColumnFormat(country=values.phone_country)
        elif one.field in FLAG_FIELDS and _is_ticked(values, cells):
            form = ColumnFormat(holds="ticks")
        elif one.field == "extra":
            holds = values.holds(name)
            dates = values.dates.decide(self.country)[0] if holds == "date" else PLAIN.dates
            form = ColumnFormat(dates, values.numbers.decimal, holds=holds)
        samples = self._samples(one, form, cells)
        column = Column(
            index, name, one.field, one.part, one.confidence, one.why, form, values.filled, samples
        )
        return column, question

    def _dates(
        self, index: int, name: str, values: ColumnEvidence
    ) -> tuple[ColumnFormat, DateQuestion | None]:
        """The order of a column's dates: what all its values show, then the owner's answer, then a question."""
        dates, options = values.dates.decide(self.country)
        answered = self.orders.get(index)
        if answered:
            told = DateFormat.answered(answered)
            return ColumnFormat(
                dates=DateFormat(
                    dates.year_last or told.year_last, told.short, dates.month_day or told.month_day
                )
            ), None
        if options:
            whole = self._whole_column(index)
            dates, options = whole.decide(self.country)
            if options:
                return ColumnFormat(dates=dates), DateQuestion(name, options, tuple(whole.examples))
        return ColumnFormat(dates=dates), None

    def _whole_column(self, index: int) -> DateEvidence:
        """The dates of all rows: the one that settles the order may be the last."""
        evidence = DateEvidence()
        sorter = RowSorter(self.layout)
        for first, rows in self.sheet.batches():
            self.job.raise_if_cancelled()
            _, data = sorter.sort(first, rows)
            evidence.add(dict.fromkeys(row[index] for row in data if len(row) > index))
        return evidence

    def _samples(self, one: Assigned, form: ColumnFormat, cells: list[tuple[int, str]]) -> tuple[Sample, ...]:
        """A few different cells before and after, some with a problem among them; none of a secret."""
        if one.why == "secret":
            return ()
        read = cell_reader(one.field, one.part, form, zone=self.zone, country=self.country)
        seen: set[str] = set()
        fine: list[Sample] = []
        bad: list[Sample] = []
        for number, cell in cells:
            if not cell.strip() or cell in seen or cell[0] == UNCALCULATED:
                continue
            seen.add(cell)
            outcome = read_cell(read, cell) if one.field != "ignore" else BLANK
            chosen = bad if outcome.problem else fine
            if len(chosen) < _SAMPLES:
                chosen.append(Sample(number, cell, outcome.value, outcome.problem))
            if len(fine) == _SAMPLES:
                break
        return tuple(sorted(fine[: _SAMPLES - min(len(bad), 2)] + bad[:2], key=lambda sample: sample.row))
