"""Saving the rows of a file that need a look as a workbook of their own, with a column that says why: to be corrected there and
imported again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from desktop.core.job import QUIET, JobContext
from desktop.exporter.tables import write_table
from desktop.importer.checking.report import Report
from desktop.importer.cleaning import data_rows
from desktop.importer.reader import Source, open_source
from desktop.importer.recipe import Recipe
from desktop.text import render, t


def save_rows_to_correct(
    path: Path,
    encoding: str | None,
    recipe: Recipe,
    report: Report,
    target: Path,
    job: JobContext = QUIET,
    *,
    opened: Callable[[JobContext], Source] | None = None,
) -> int:
    """Write every skipped row and every row with an unusable cell, as they stand in the file; returns how many.

    Args:
        opened: opens what was imported where the path alone does not: pasted cells, a file with a password.

    Raises:
        UserError: if the file cannot be read any more, or the target cannot be written.
        Cancelled: if the job was cancelled.
    """
    reasons = _reasons(report)

    def rows() -> Iterator[list[str]]:
        with opened(job) if opened else open_source(path, encoding=encoding, job=job) as source:
            for sheet in (recipe, *recipe.chats):
                for batch in data_rows(source, sheet, job):
                    for number, row in zip(batch.numbers, batch.rows, strict=True):
                        if why := reasons.get((sheet.sheet, number)):
                            cells = [
                                str(row[column.index]) if column.index < len(row) else ""
                                for column in sheet.columns
                            ]
                            yield [*cells, "；".join(why), str(number)]

    header = [
        *(column.name for column in recipe.columns),
        t("import_page.reason_column"),
        t("import_page.row_column"),
    ]
    return write_table(target, header, rows(), job=job).rows


def _reasons(report: Report) -> dict[tuple[str, int], list[str]]:
    """(sheet, row) → why it needs a look; a tag for the whole import stands in no cell."""
    reasons: dict[tuple[str, int], list[str]] = {}
    for skipped in report.skipped:
        reasons.setdefault((skipped.sheet, skipped.row), []).append(render(skipped.reason))
    for problem in report.problems:
        told = f"{problem.column or problem.value}: {render(problem.reason)}"
        reasons.setdefault((problem.sheet, problem.row), []).append(told)
    return reasons
