"""The practice shop: filled from the sample files an owner would have, by the same import as any other, and taken away with
everything it left behind."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from desktop import paths
from desktop.core.changes import Changes
from desktop.core.job import QUIET, JobContext
from desktop.importer.recipe import Answers
from desktop.operations.importing import importing
from desktop.store import people, shop
from desktop.store.database import Database
from desktop.store.shop_file import open_reader

SAMPLE_FILES = ("members_*.xlsx", "orders_*.csv", "form_answers_*.csv")
SIDE_FILES = ("-wal", "-shm", "-journal", ".lock")
LINE_FOLDER = ".line"


@dataclass(frozen=True, slots=True)
class Filled:
    """The practice shop holds ``people`` now."""

    people: int
    changes: Changes


def sample_files() -> list[Path]:
    """The sample shop's files in the order they are imported."""
    folder = paths.resources_folder() / "sample"
    return [file for pattern in SAMPLE_FILES for file in sorted(folder.glob(pattern))]


def fill(db: Database, job: JobContext = QUIET) -> Filled:
    """Import the sample files into an empty practice shop.

    Raises:
        ValueError: if the shop is not a practice shop.
        UserError, Cancelled: as importing.run; files before stay imported.
    """
    if not shop.is_practice(db):
        raise ValueError("only a practice shop is filled with invented people")
    changes = Changes()
    for file in sample_files():
        for outcome in importing.run(db, file, Answers(), job=job):
            changes |= outcome.changes
    return Filled(people.counts(db).people, changes)


def remove(path: Path) -> None:
    """Delete a closed practice shop with its backups and its simulated LINE.

    Raises:
        ValueError: if it is not a practice shop.
        OSError: if a file cannot be deleted.
    """
    db = open_reader(path)
    try:
        practice, key = shop.is_practice(db), shop.get(db, "key")
    finally:
        db.close()
    if not practice:
        raise ValueError("this is not a practice shop")
    path.unlink()
    for suffix in SIDE_FILES:
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    for folder in (
        path.with_suffix(LINE_FOLDER),
        paths.backups_folder() / key,
        paths.data_folder() / "staging" / key,
    ):
        shutil.rmtree(folder, ignore_errors=True)
