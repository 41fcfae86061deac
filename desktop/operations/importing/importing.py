"""Importing a file: check it (long, cancellable, changes nothing), show what it would do, then commit it
as one step that can be undone."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from desktop import paths
from desktop.core.changes import Changes, Kind
from desktop.core.job import QUIET, JobContext
from desktop.core.message import Message, message
from desktop.importer.checking.orders import check_orders
from desktop.importer.checking.people import check_members, new_report
from desktop.importer.checking.policy import columns_named
from desktop.importer.checking.report import Problem, Report
from desktop.importer.checking.tagging.chats import check_chats
from desktop.importer.columns.names import name_key
from desktop.importer.formats.problems import refused
from desktop.importer.reader import Source, open_source
from desktop.importer.recipe import Answers, Recipe
from desktop.importer.understanding import understand, understand_all
from desktop.operations.importing import recipes as saved_recipes
from desktop.operations.importing.backing_up import backed_up_meanwhile
from desktop.store import history, people, shop
from desktop.store.database import Database
from desktop.store.imports import recipes
from desktop.store.imports.order_commit import commit_orders
from desktop.store.imports.people_commit import attached, commit_people
from desktop.store.imports.staging import Staging, shop_state


@dataclass(frozen=True, slots=True)
class Plan:
    """A checked sheet, ready to be committed: its report, and the staging file that holds what to do."""

    report: Report
    recipe: Recipe
    path: Path
    sha256: str
    staging_file: Path
    shop_state: str

    def drop(self) -> None:
        """Forget the plan; nothing was saved."""
        self.staging_file.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """A committed sheet; ``step`` is None if the file brought nothing new."""

    report: Report
    step: int | None
    changes: Changes = field(default_factory=Changes)


class PlanOutdated(Exception):
    """The shop's people or orders changed since the check; it has to be made again."""


def staging_folder(db: Database) -> Path:
    """Where this shop's imports are worked out."""
    return paths.data_folder() / "staging" / shop.get(db, "key", "shop")


def look(
    db: Database, source: Source, answers: Answers, *, sheet: str | None = None, job: JobContext = QUIET
) -> list[Recipe]:
    """What each sheet of a file holds and how its columns are understood, remembering what the owner decided last time for
    files of this shape.

    Raises:
        UserError: if no sheet holds a table, or ``answers`` name what is not there.
    """
    zone, country = shop.get(db, "zone", "Asia/Taipei"), shop.get(db, "country", "TW")
    if sheet is not None:
        found = [understand(source, sheet=sheet, answers=answers, zone=zone, country=country, job=job)]
    else:
        found = understand_all(source, answers=answers, zone=zone, country=country, job=job)
    _check_columns(answers, found)
    return _chats_together([_with_memory(db, source, one, answers, zone, country, job) for one in found])


def _with_memory(
    db: Database, source: Source, recipe: Recipe, answers: Answers, zone: str, country: str, job: JobContext
) -> Recipe:
    """The recipe as the owner decided now, and where he said nothing as he did for the last file of this shape. What was decided
    about columns that this file does not have is left out, and told."""
    saved = recipes.find(db, recipe.fingerprint)
    if saved is None:
        return replace(recipe, decided=answers)
    earlier, gone = Answers.from_json(saved).about([column.name for column in recipe.columns])
    merged = answers.over(earlier)
    notes = (message("importing.recipe.columns_gone", columns=gone),) if gone else ()
    if recipe.kind != "chat_log":
        sheet = recipe.sheet or None
        recipe = understand(source, sheet=sheet, answers=merged, zone=zone, country=country, job=job)
    return replace(recipe, decided=merged, notes=notes)


def _check_columns(answers: Answers, found: list[Recipe]) -> None:
    """A column that a decision names has to be in some sheet.

    Raises:
        UserError: it is in none.
    """
    names = [column.name for recipe in found for column in recipe.columns]
    known = {name_key(name) for name in names}
    for column in columns_named(answers):
        if name_key(column) not in known:
            raise refused("no_such_column", column=column, columns=names)


def _chats_together(found: list[Recipe]) -> list[Recipe]:
    """The chats of an archive are one import: many files of one kind, each of one friend."""
    chats = [recipe for recipe in found if recipe.kind == "chat_log"]
    if len(chats) < 2:
        return found
    together = replace(chats[0], chats=tuple(chats[1:]))
    return [together if recipe is chats[0] else recipe for recipe in found if recipe not in chats[1:]]


def check(db: Database, source: Source, recipe: Recipe, job: JobContext = QUIET) -> Plan:
    """Phase one: what importing this sheet would change. Reads the shop, writes only a staging file.

    Raises:
        QuestionOpen: if a column is ambiguous; it names the option that answers.
        UserError: if the file cannot be read to its end, or a decision is none.
        Cancelled: if the owner cancelled.
    """
    recipe.raise_open_question()
    with _staging(db) as staging:
        state = staging.shop_state()
        limit = shop.tag_limit(db)
        if recipe.kind == "orders":
            report = check_orders(source, recipe, staging, limit, job)
        elif recipe.kind == "chat_log":
            report = new_report(source, recipe)
            check_chats(source, recipe, staging, report, limit, job)
        else:
            report = check_members(source, recipe, staging, limit, job)
        report.details["notes"] = (*source.notes, *recipe.notes, *_without_words(recipe))
        return Plan(report, recipe, source.path, source.sha256, staging.path, state)


def _without_words(recipe: Recipe) -> tuple[Message, ...]:
    """A chat without any keyword brings nothing; that has to be said."""
    told = recipe.decided
    silent = recipe.kind == "chat_log" and not told.keywords and not told.import_tag
    return (message("importing.chat.no_keywords"),) if silent else ()


@contextmanager
def _staging(db: Database) -> Iterator[Staging]:
    staging = Staging.create(staging_folder(db), db.path)
    try:
        yield staging
    except BaseException:
        staging.drop()
        raise
    staging.close()


def commit(db: Database, plan: Plan, job: JobContext = QUIET) -> ImportOutcome:
    """Phase two: carry out a plan in one transaction on the writer. It cannot be cancelled any more; the job hears how far it is.

    Raises:
        PlanOutdated: if the shop changed since the check; nothing was saved.
    """
    report = plan.report
    title = message(f"steps.import_{report.kind}", file=report.file, n=report.taken)
    try:
        with attached(db, plan.staging_file), db.transaction():
            if shop_state(db) != plan.shop_state:
                raise PlanOutdated
            step = history.begin_step(db, "import", title)
            if report.kind == "orders":
                late = commit_orders(db, step)
            else:
                late = commit_people(db, step, job)
                people.remember_extra_columns(db, [c.name for c in plan.recipe.columns if c.field == "extra"])
            report.problems += [_late_tag(report, row, tag) for row, tag in late]
            saved_recipes.keep(db, plan.recipe, report.file)
            kept = history.finish_step(db, step, report.taken)
            if kept is not None:
                recipes.note_import(
                    db, step, report.file, plan.sha256, json.dumps(report_json(report), ensure_ascii=False)
                )
    finally:
        plan.drop()
    kinds = (Kind.PEOPLE, Kind.TAGS, Kind.ORDERS, Kind.HISTORY)
    return ImportOutcome(report, kept, Changes.of(*kinds, count=report.taken) if kept else Changes())


def run(
    db: Database,
    path: Path,
    answers: Answers,
    *,
    sheet: str | None = None,
    dry_run: bool = False,
    encoding: str | None = None,
    password: str | None = None,
    job: JobContext = QUIET,
) -> list[ImportOutcome]:
    """Check and commit all sheets of one file with data, without asking; members come before orders.

    Args:
        dry_run: only check.

    Raises:
        UserError, QuestionOpen, Cancelled: as :func:`check`; earlier sheets stay imported.
    """
    outcomes = []
    with (
        _cycles_left_alone(),
        open_source(path, encoding=encoding, password=password, job=job) as source,
    ):
        recipes_found = look(db, source, answers, sheet=sheet, job=job)
        for recipe in recipes_found:
            recipe.raise_open_question()
        in_order = sorted(recipes_found, key=lambda found: found.kind == "orders")
        if dry_run:
            return [_looked_at(check(db, source, recipe, job)) for recipe in in_order]
        with backed_up_meanwhile(db, job) as backed_up:
            for recipe in in_order:
                plan = check(db, source, recipe, job)
                try:
                    backed_up()
                except BaseException:
                    plan.drop()
                    raise
                outcomes.append(commit(db, plan, job))
    return outcomes


@contextmanager
def _cycles_left_alone() -> Iterator[None]:
    """Without Python's search for reference cycles, as in the window: rows come by the hundred thousand and refer to nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _looked_at(plan: Plan) -> ImportOutcome:
    plan.drop()
    return ImportOutcome(plan.report, None)


def _late_tag(report: Report, row: int, tag: str) -> Problem:
    column = next((column for column, field in report.mapping.items() if field == "tags"), "")
    return Problem(report.sheet, row, column, tag, message("importing.problem.tag_full_since"))


def report_json(report: Report) -> dict[str, Any]:
    """A report for keeping: counts, and the first 5,000 problems with their reasons as messages."""
    return {
        "file": report.file, "kind": report.kind, "sheet": report.sheet, "encoding": report.encoding,
        "header_row": report.header_row, "rows": report.rows, "new": report.new, "updated": report.updated,
        "unchanged": report.unchanged, "mapping": report.mapping, "not_data": report.not_data, "repaired": report.repaired,
        "skipped": [[s.sheet, s.row, s.reason.to_json()] for s in report.skipped[:5_000]],
        "problems": [[p.sheet, p.row, p.column, p.value, p.reason.to_json()] for p in report.problems[:5_000]],
    }  # fmt: skip
