"""Works out what a members file would change, row by row, without changing anything: rows are cleaned into
a staging database, matched with the people of the shop and with each other, and compared. The commit
(store/imports) then only has to carry it out."""

from __future__ import annotations

from desktop.core.job import QUIET, JobContext
from desktop.core.message import message
from desktop.importer.checking.people_matching import PeopleMatching, Told
from desktop.importer.checking.policy import Policy, policy_of
from desktop.importer.checking.report import Report, Skipped, TagGain
from desktop.importer.checking.row_keys import SharedKeys
from desktop.importer.checking.sheet_rows import SheetRows
from desktop.importer.checking.staged_rows import RowStager
from desktop.importer.checking.tagging.replacing import TagReplacing
from desktop.importer.checking.who.display_names import people_called
from desktop.importer.checking.who.number_series import NumberSeries, ask_whose_numbers
from desktop.importer.checking.who.respondents import find_respondents
from desktop.importer.reader import Source
from desktop.importer.recipe import Recipe
from desktop.store.imports.plain_rows import Brought, settle_plain_rows
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
        UserError: if the file cannot be read to its end, or changed meanwhile; if a decision is none.
    """
    policy = policy_of(recipe)
    report = new_report(source, recipe)
    report.details["import_tag"] = policy.import_tag
    check = _MembersCheck(recipe, staging, tag_limit, policy, report, job)
    check.stage(SheetRows(source, recipe, report, job))
    source.raise_if_changed()
    check.match()
    job.raise_if_cancelled()
    counted = staging.rows_by_fate()
    report.new, report.updated, report.unchanged = (
        counted.get(fate, 0) for fate in (NEW, UPDATED, UNCHANGED)
    )
    report.tag_preview = [TagGain(*gain) for gain in staging.tag_gains()]
    report.skipped.sort(key=lambda skipped: skipped.row)
    report.problems.sort(key=lambda problem: problem.row)
    return report


class _MembersCheck:
    """The way of one sheet of people from its rows to their fates."""

    def __init__(
        self,
        recipe: Recipe,
        staging: Staging,
        tag_limit: int,
        policy: Policy,
        report: Report,
        job: JobContext,
    ) -> None:
        self._recipe = recipe
        self._staging = staging
        self._limit = tag_limit
        self._policy = policy
        self._report = report
        self._job = job
        self._shared = SharedKeys()
        self._spared: dict[int, frozenset[str]] = {}
        self._called: dict[int, str] = {}
        self._fields: tuple[str, ...] = ()

    def stage(self, rows: SheetRows) -> None:
        """Clean the rows into the staging database."""
        staging, report, by_name = self._staging, self._report, self._recipe.kind == "form_answers"
        stager = RowStager(
            rows.fields,
            self._limit,
            report,
            self._shared,
            import_tag=self._policy.import_tag,
            by_name=by_name,
        )
        with staging.db.transaction():
            for numbers, values in rows:
                self._job.raise_if_cancelled()
                columns = stager.staged(numbers, values)
                if columns:
                    staging.add_rows(stager.fields, columns)
                    staging.add_tag_lists(stager.new_tag_lists())
                self._job.report(report.rows, None, message("importing.reading"))
            staging.add_tag_names(stager.tag_names())
            if by_name:
                find_respondents(staging, report)
        rows.finish()
        if self._policy.clears:
            self._spared = rows.spared()
        self._fields, self._called = stager.fields, stager.called

    def match(self) -> None:
        """Decide whom each row is about and what it changes."""
        staging, job = self._staging, self._job
        self._shared.settle(job)
        series = NumberSeries(self._policy.number_series)
        if not series and "member_no" in self._fields:
            ask_whose_numbers(staging, self._policy.number_series)
        called = people_called(staging, self._called.values())
        decided = staging.rows_numbered(self._policy.decisions)
        careful = sorted({*self._shared.rows, *self._called, *decided})
        if staging.identities.anybody and not series:
            careful += staging.erased_rows()
            named = [person for people in called.values() for person in people]
            careful = settle_plain_rows(
                staging.db, self._brought(), careful, self._report.rows, job, named, decided
            )
        if series:
            careful = list(range(1, self._report.rows + 1))
        if careful:
            by_row = {row: called.get(name, ()) for row, name in self._called.items()}
            told = Told(self._shared, self._limit, self._policy, by_row, self._spared)
            PeopleMatching(staging, told, self._report, job).run(careful)
        if series:
            staging.keep_numbers_apart()
        if self._policy.replaces_tags:
            TagReplacing(staging, self._limit, self._policy, self._report, job).settle()
        if not self._policy.creates:
            reason = message("importing.skipped.only_update")
            self._report.skipped += [
                Skipped(self._report.sheet, row, reason) for row in staging.skip_new_people()
            ]

    def _brought(self) -> Brought:
        policy = self._policy
        return Brought(
            self._fields,
            policy.fill,
            policy.clear,
            bool(policy.clear_extra),
            policy.replaces_tags,
            policy.clears_tags,
        )


def new_report(source: Source, recipe: Recipe) -> Report:
    """An empty report for one sheet of a file."""
    return Report(
        source.name, str(recipe.kind), recipe.sheet, recipe.encoding, recipe.header_row, dict(recipe.mapping)
    )
