"""Loading many rows at once inside the import's one transaction: what the database keeps row by row — look-up indexes, the limit
of tags — is taken down, brought back and asked for all new rows together before anything is committed. Nobody else ever sees the
shop without them: in SQLite such changes belong to the transaction, and a failure takes everything back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from desktop.store import shop
from desktop.store.database import Database

_WORTH_IT = 20_000
"""Fewer new rows are entered one by one. Measured: at 100,000 new people both ways cost the same, at a million one by one costs
four times as much."""


@contextmanager
def lookups_rebuilt(db: Database, table: str, new_rows: int) -> Iterator[None]:
    """Build the indexes of a table anew after a block that adds many rows, if most of its rows are then new.

    Raises:
        SqliteError: if rows share what a unique index keeps unique.
    """
    there = int(db.value(f"SELECT count(*) FROM main.{table}")) if new_rows >= _WORTH_IT else 0
    if new_rows < _WORTH_IT or new_rows < there:
        yield
        return
    indexes = _definitions(db, "index", table)
    for name in indexes:
        db.run(f"DROP INDEX main.{name}")
    yield
    for definition in indexes.values():
        db.run(definition)


@contextmanager
def limit_asked_once(db: Database, base: int) -> Iterator[None]:
    """Ask the limit of tags for all people beyond ``base`` together after a block that gives tags to none but them.

    Raises:
        ValueError: if somebody has more tags than the shop allows; a mistake of the caller, whose transaction must not commit.
    """
    triggers = _definitions(db, "trigger", "person_tag")
    for name in triggers:
        db.run(f"DROP TRIGGER main.{name}")
    yield
    if db.value(
        "SELECT 1 FROM person_tag WHERE person_id > ? GROUP BY person_id HAVING count(*) > ? LIMIT 1",
        (base, shop.tag_limit(db)),
    ):
        raise ValueError("more tags than the shop allows")
    for definition in triggers.values():
        db.run(definition)


def _definitions(db: Database, kind: str, table: str) -> dict[str, str]:
    return dict(
        db.all(
            "SELECT name, sql FROM main.sqlite_schema WHERE type = ? AND tbl_name = ? AND sql IS NOT NULL",
            (kind, table),
        )
    )
