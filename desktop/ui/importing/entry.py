"""One table to import: a file, a sheet of one, or pasted cells, with what was understood of it, what importing it would do, and
what came of it. The work runs outside the window's thread."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop.core.changes import Changes
from desktop.core.errors import UserError
from desktop.core.job import JobContext
from desktop.core.message import Message
from desktop.importer.checking.report import Report
from desktop.importer.cleaning import data_rows
from desktop.importer.drop import expand_drop
from desktop.importer.formats.problems import PasswordNeeded
from desktop.importer.reader import Source, open_pasted, open_source
from desktop.importer.recipe import Answers, Recipe
from desktop.operations.history.undoing import UndoOutcome
from desktop.operations.importing import importing
from desktop.operations.importing import recipes as saved_recipes
from desktop.operations.importing.importing import ImportOutcome, Plan, PlanOutdated
from desktop.operations.tagging import rules
from desktop.operations.tagging.rules import RuleRun
from desktop.store.database import Database
from desktop.store.imports import recipes

COUNTED_BYTES = 30_000_000
"""Files up to this size have their rows counted when several tables are opened together; larger ones by their check."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one table so far.

    Args:
        path: the file; for pasted cells a name only.
        recipe: how it is read.
        answers: what the owner decided on the page.
        encoding, separator: his choice for a text file.
        sheets: names of the sheets that may be read.
        rows: data rows, if counted.
        plan: what importing it would do.
        imported_before: an instant if these very bytes came in already.
        password: opens the file; never stored nor shown.
        pasted: the text of pasted cells.
        outcome: what was imported.
        rules: the runs of rules after it.
        taken_back: the import was undone; ``undone`` says what that came to, where it was done here.
        left_out: the owner does not want it.
    """

    path: Path
    recipe: Recipe
    answers: Answers
    encoding: str | None = None
    separator: str | None = None
    sheets: tuple[str, ...] = ()
    rows: int | None = None
    plan: Plan | None = None
    imported_before: str | None = None
    password: str | None = field(default=None, repr=False)
    pasted: str | None = field(default=None, repr=False)
    outcome: ImportOutcome | None = None
    rules: tuple[RuleRun, ...] = ()
    taken_back: bool = False
    undone: UndoOutcome | None = None
    left_out: bool = False

    @property
    def open_questions(self) -> bool:
        """Whether the owner has to decide something first."""
        return bool(self.recipe.questions) or not self.recipe.identifies

    @property
    def report(self) -> Report | None:
        """What the check found, or what was stored."""
        if self.outcome is not None:
            return self.outcome.report
        return self.plan.report if self.plan is not None else None

    @property
    def finished(self) -> bool:
        """Whether there is nothing more to do with it."""
        return self.outcome is not None or self.left_out

    @property
    def state(self) -> str:
        """done, undone, left_out, asks, doubts, nothing, ready or waiting (not checked yet)."""
        if self.outcome is not None:
            return "undone" if self.taken_back else "done"
        if self.left_out:
            return "left_out"
        if self.open_questions:
            return "asks"
        if self.plan is None:
            return "waiting"
        report = self.plan.report
        if report.ambiguous or report.joins:
            return "doubts"
        return "ready" if report.taken else "nothing"

    def without_plan(self) -> Entry:
        """The same, with the plan dropped."""
        if self.plan is not None:
            self.plan.drop()
        return replace(self, plan=None)

    def open(self, job: JobContext) -> Source:
        """Open the table's file, or its pasted cells, as the owner chose.

        Raises:
            UserError: it cannot be read any more.
        """
        if self.pasted is not None:
            return open_pasted(self.pasted)
        return open_source(
            self.path, encoding=self.encoding, separator=self.separator, password=self.password, job=job
        )


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that gave no table, and why."""

    path: Path
    error: UserError


@dataclass(frozen=True, slots=True)
class Found:
    """What came of opening files."""

    entries: tuple[Entry, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Committed:
    """A table stored in the shop; ``outcome`` is None if the shop changed since the check and nothing was saved."""

    outcome: ImportOutcome | None
    rules: tuple[RuleRun, ...] = ()

    @property
    def changes(self) -> Changes:
        """What the window has to show anew."""
        changes = self.outcome.changes if self.outcome else Changes()
        for run in self.rules:
            changes |= run.changes
        return changes


def look_at(
    db: Database, dropped: Sequence[Path], job: JobContext, passwords: Mapping[Path, str] | None = None
) -> Found:
    """All tables of some files and folders, members before orders; a file that cannot be read does not keep the others out.

    Args:
        passwords: of those files that have one.

    Raises:
        UserError: nothing in it can be looked at.
        Cancelled: if the owner cancelled.
    """
    drop = expand_drop(dropped, job)
    entries: list[Entry] = []
    unreadable: list[Unreadable] = []
    for number, path in enumerate(drop.files):
        job.report(number, len(drop.files))
        try:
            entries += _tables(db, path, (passwords or {}).get(path), job)
        except UserError as error:
            unreadable.append(Unreadable(path, error))
    if len(entries) > 1:
        entries = [_counted(entry, job) for entry in entries]
    entries.sort(key=lambda entry: entry.recipe.kind == "orders")
    return Found(tuple(entries), tuple(unreadable), drop.notes)


def look_at_pasted(db: Database, text: str, job: JobContext) -> Found:
    """The table of pasted cells.

    Raises:
        UserError: there is none in them.
    """
    with open_pasted(text) as source:
        before = recipes.imported_before(db, source.sha256)
        found = importing.look(db, source, Answers(), job=job)
        entries = [
            Entry(source.path, recipe, Answers(), pasted=text, imported_before=before) for recipe in found
        ]
    return Found(tuple(entries))


def look_again(db: Database, entry: Entry, job: JobContext, *, sheet: str | None = None) -> Entry:
    """The same table after the owner decided otherwise.

    Raises:
        UserError, Cancelled: as :func:`look_at`.
    """
    with entry.open(job) as source:
        if entry.recipe.chats:
            # The chats of an archive are one table over many sheets.
            found = importing.look(db, source, entry.answers, job=job)
            recipe = next(one for one in found if one.kind == entry.recipe.kind)
        else:
            wanted = sheet if sheet is not None else (entry.recipe.sheet or None)
            recipe = importing.look(db, source, entry.answers, sheet=wanted, job=job)[0]
    return replace(entry, recipe=recipe)


def check(db: Database, entry: Entry, job: JobContext) -> Entry:
    """What importing the table would do.

    Raises:
        UserError, Cancelled: as :func:`desktop.operations.importing.importing.check`.
    """
    with entry.open(job) as source:
        plan = importing.check(db, source, entry.recipe, job)
    return replace(entry, plan=plan, rows=plan.report.rows)


def commit(db: Database, plan: Plan, job: JobContext) -> Committed:
    """Carry the plan out, then run the rules that are to run after imports."""
    try:
        outcome = importing.commit(db, plan, job)
    except PlanOutdated:
        return Committed(None)
    return Committed(outcome, rules.run_after_import(db) if outcome.step is not None else ())


def forget_words(db: Database, fingerprint: str, words: Collection[str]) -> None:
    """Let go of words that become tags in files of a shape."""
    for saved in saved_recipes.saved(db):
        if saved.fingerprint == fingerprint:
            kept = {word: tag for word, tag in saved.answers.keywords.items() if word not in words}
            saved_recipes.change(db, fingerprint, replace(saved.answers, keywords=kept))


def _tables(db: Database, path: Path, password: str | None, job: JobContext) -> list[Entry]:
    with open_source(path, password=password, job=job) as source:
        sheets = tuple(sheet.name for sheet in source.sheets if not sheet.hidden)
        before = recipes.imported_before(db, source.sha256)
        found = importing.look(db, source, Answers(), job=job)
    return [
        Entry(path, recipe, Answers(), sheets=sheets, imported_before=before, password=password)
        for recipe in found
    ]


def _counted(entry: Entry, job: JobContext) -> Entry:
    """The entry with its rows counted, where that is quick."""
    try:
        if entry.path.stat().st_size > COUNTED_BYTES or entry.recipe.chats:
            return entry
        with entry.open(job) as source:
            rows = data_rows(source, entry.recipe)
            for _ in rows:
                job.raise_if_cancelled()
            return replace(entry, rows=rows.rows)
    except (OSError, UserError):
        # It was there a moment ago: the check will say what became of it.
        return entry


def needs_password(found: Unreadable) -> bool:
    """Whether a password would open the file."""
    return isinstance(found.error, PasswordNeeded)
