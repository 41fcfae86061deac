"""The layout of a shop file over time: frozen, numbered SQL files, each applied in one transaction together with its
record, so that a file is always exactly at one version. A migration file is never edited once a version with it was
released."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from desktop import __version__
from desktop.store.database import Database

APPLICATION_ID = 0x7461676C
"""Marks our files in SQLite's header (offset 68): the letters "tagl"."""

_FILE_NAME = re.compile(r"(\d{4})_(\w+)\.sql")

OnStatement = Callable[[int, str], None]


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the layout: its number, its name and its SQL."""

    version: int
    name: str
    sql: str


@cache
def migrations() -> tuple[Migration, ...]:
    """All migrations this program knows, in order, numbered from 1 without gaps."""
    found = []
    for file in sorted((Path(__file__).parent.parent / "schema").glob("*.sql")):
        match = _FILE_NAME.fullmatch(file.name)
        if match is None:
            raise ValueError(f"not a migration's name: {file.name}")
        found.append(Migration(int(match[1]), match[2], file.read_text(encoding="utf-8")))
    if [step.version for step in found] != list(range(1, len(found) + 1)):
        raise ValueError("migrations are not numbered 1, 2, 3, …")
    return tuple(found)


def current_version() -> int:
    """The version a new file has."""
    return migrations()[-1].version


def version_of(db: Database) -> int:
    """The version of an open file."""
    return int(db.value("PRAGMA user_version"))


def migrate(
    db: Database,
    steps: Sequence[Migration] | None = None,
    *,
    on_statement: OnStatement | None = None,
) -> int:
    """Apply what is missing, each step all or nothing; the number of steps applied.

    The caller has made a backup and holds the lock. A step that was cut off leaves no trace and is repeated.

    Args:
        steps: instead of :func:`migrations`.
        on_statement: called with a running number and the SQL before each statement.
    """
    applied = 0
    count = 0
    for step in migrations() if steps is None else steps:
        if step.version <= version_of(db):
            continue
        with db.transaction():
            for sql, params in _with_record(step):
                count += 1
                if on_statement is not None:
                    on_statement(count, sql)
                db.run(sql, params)
        applied += 1
    return applied


def _with_record(step: Migration) -> Iterator[tuple[str, tuple[object, ...]]]:
    for sql in statements(step.sql):
        yield sql, ()
    yield f"PRAGMA application_id = {APPLICATION_ID}", ()
    yield f"PRAGMA user_version = {step.version}", ()
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    record = "INSERT INTO migration (version, name, applied_at, app_version) VALUES (?, ?, ?, ?)"
    yield record, (step.version, step.name, now, __version__)
    # An older program reads this number even where it can read nothing else, and asks for that version.
    yield "INSERT OR REPLACE INTO shop (key, value) VALUES ('min_app_version', ?)", (__version__,)


def statements(sql: str) -> Iterator[str]:
    """The statements of a script one by one (triggers whole), so that they run inside our own transaction."""
    from sqlcipher3 import dbapi2

    gathered = ""
    for line in sql.splitlines(keepends=True):
        gathered += line
        if line.rstrip().endswith(";") and dbapi2.complete_statement(gathered):
            yield gathered.strip()
            gathered = ""
    if gathered.strip():
        raise ValueError("the script ends in the middle of a statement")
