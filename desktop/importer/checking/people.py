"""Works out what a members file would change, row by row, without changing anything: rows are cleaned into
a staging database, matched with the people of the shop and with each other, and compared. The commit
(store/imports) then only has to carry it out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from desktop.core.job import QUIET, JobContext
from desktop.core.message import message
from desktop.importer.checking.people_matching import PeopleMatching
from desktop.importer.checking.report import Problem, Report
from desktop.importer.checking.respondents import NumberOrPhone, find_respondents
from desktop.importer.checking.row_keys import SharedKeys
from desktop.importer.checking.staged_rows import RowStager
from desktop.importer.cleaning import Cleaner, data_rows
from desktop.importer.reader import Source
from desktop.importer.recipe import Recipe
from desktop.store.imports.plain_rows import settle_plain_rows
from desktop.store.imports.staging import NEW, UNCHANGED, UPDATED, Staging


def check_members(
    source: Source, recipe: Recipe, staging: Staging, tag_limit: int, job: JobContext = QUIET
) -> Report:
    """Phase one of an import of people. Nothing of it touches the shop.

    Args:
        staging: an empty staging database with the shop attached; holds the plan afterwards.
        tag_limit: tags one person can have.

    Raises:
        Cancelled: if the owner cancelled.
        UserError: if the file cannot be read to its end, or changed meanwhile.
    """
    report = new_report(source, recipe)
    shared = SharedKeys()
    cleaner = Cleaner(recipe)
    rows = data_rows(source, recipe, job)
    keys = NumberOrPhone(recipe)
    stager = RowStager(keys.fields, tag_limit, report, shared)
    with staging.db.transaction():
        for raw in rows:
            job.raise_if_cancelled()
            batch = cleaner.clean(raw)
            note_problems(report, batch.problems)
            columns = stager.staged(batch.numbers, keys.split(batch.rows))
            if columns:
                staging.add_rows(stager.fields, columns)
                staging.add_tag_lists(stager.new_tag_lists())
            job.report(report.rows, None, message("importing.reading"))
        staging.add_tag_names(stager.tag_names())
        if recipe.kind == "form_answers":
            find_respondents(staging, report)
    source.raise_if_changed()
    shared.settle(job)
    careful = shared.rows
    if staging.has_people():
        careful = settle_plain_rows(staging.db, stager.fields, shared.rows, report.rows, job)
    if careful:
        PeopleMatching(staging, shared, tag_limit, report, job).run(careful)
    job.raise_if_cancelled()
    counted = staging.rows_by_fate()
    report.new, report.updated, report.unchanged = (
        counted.get(fate, 0) for fate in (NEW, UPDATED, UNCHANGED)
    )
    report.not_data = dict(rows.not_data)
    report.repaired = dict(cleaner.repaired)
    report.skipped.sort(key=lambda skipped: skipped.row)
    report.problems.sort(key=lambda problem: problem.row)
    return report


def new_report(source: Source, recipe: Recipe) -> Report:
    """An empty report for one sheet of a file."""
    return Report(
        source.name, str(recipe.kind), recipe.sheet, recipe.encoding, recipe.header_row, dict(recipe.mapping)
    )


def note_problems(report: Report, problems: Sequence[Any]) -> None:
    """Add the cleaner's unusable cells to a report."""
    for problem in problems:
        reason = message(f"importing.problem.{problem.reason}")
        report.problems.append(Problem(report.sheet, problem.row, problem.column, problem.value, reason))
