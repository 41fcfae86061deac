"""One table to import: a file, or a sheet of one, with what was understood of it and what importing it
would do. The work runs outside the window's thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop.core.job import JobContext
from desktop.importer.reader import open_source
from desktop.importer.recipe import Answers, Recipe
from desktop.operations import importing
from desktop.operations.importing import ImportOutcome, Plan, PlanOutdated
from desktop.store.database import Database
from desktop.store.imports import recipes


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one table so far; ``imported_before`` is an instant if these very bytes came in already, ``password``
    opens the file and is never stored nor shown."""

    path: Path
    recipe: Recipe
    answers: Answers
    encoding: str | None = None
    sheets: tuple[str, ...] = ()
    plan: Plan | None = None
    imported_before: str | None = None
    password: str | None = field(default=None, repr=False)

    @property
    def open_questions(self) -> bool:
        """Whether the owner has to decide something first."""
        return bool(self.recipe.questions) or not self.recipe.identifies

    def without_plan(self) -> Entry:
        """The same, with the plan dropped."""
        if self.plan is not None:
            self.plan.drop()
        return replace(self, plan=None)


def look_at(
    db: Database, paths: Sequence[Path], job: JobContext, passwords: Mapping[Path, str] | None = None
) -> list[Entry]:
    """All tables of some files, members before orders.

    Args:
        passwords: of those files that have one.

    Raises:
        PasswordNeeded: if a file has a password that is not known, or another one.
        UserError: if a file cannot be read; it names the file.
        Cancelled: if the owner cancelled.
    """
    entries: list[Entry] = []
    for path in paths:
        password = (passwords or {}).get(path)
        with open_source(path, password=password, job=job) as source:
            sheets = tuple(sheet.name for sheet in source.sheets if not sheet.hidden)
            before = recipes.imported_before(db, source.sha256)
            for recipe in importing.look(db, source, Answers(), job=job):
                entries.append(
                    Entry(path, recipe, Answers(), None, sheets, imported_before=before, password=password)
                )
    return sorted(entries, key=lambda entry: entry.recipe.kind == "orders")


def look_again(
    db: Database, entry: Entry, answers: Answers, sheet: str | None, encoding: str | None, job: JobContext
) -> Entry:
    """The same table after the owner decided otherwise.

    Raises:
        UserError, Cancelled: as :func:`look_at`.
    """
    entry = entry.without_plan()
    with open_source(entry.path, encoding=encoding, password=entry.password, job=job) as source:
        wanted = sheet if sheet is not None else (entry.recipe.sheet or None)
        recipe = importing.look(db, source, answers, sheet=wanted, job=job)[0]
    return replace(entry, recipe=recipe, answers=answers, encoding=encoding)


def check(db: Database, entry: Entry, job: JobContext) -> Entry:
    """What importing the table would do.

    Raises:
        UserError, Cancelled: as :func:`desktop.operations.importing.check`.
    """
    entry = entry.without_plan()
    with open_source(entry.path, encoding=entry.encoding, password=entry.password, job=job) as source:
        return replace(entry, plan=importing.check(db, source, entry.recipe, job))


def commit(db: Database, plan: Plan) -> ImportOutcome | None:
    """Carry the plan out; None if the shop changed since the check, and nothing was saved."""
    try:
        return importing.commit(db, plan)
    except PlanOutdated:
        return None
