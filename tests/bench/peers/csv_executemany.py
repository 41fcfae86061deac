"""The limit for an import: csv.reader → executemany in one transaction. Nothing is typed, cleaned, matched or kept for undo."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.bench.measure import Bench
from tests.bench.plain_database import connect

INDEXED = ("member_no", "user_id", "phone", "email")
COLUMNS = (
    "member_no",
    "name",
    "phone",
    "email",
    "gender",
    "birthday",
    "user_id",
    "store",
    "joined_at",
    "tags",
)


def raw(bench: Bench) -> None:
    """Into a table without any index."""
    _load(bench, ())


def indexed(bench: Bench) -> None:
    """The same, then the four indexes that matching needs."""
    _load(bench, INDEXED)


def _load(bench: Bench, indexes: tuple[str, ...]) -> None:
    source: Path = bench.data("people.csv")
    with bench.measured():
        db = connect(bench.folder / "plain.sqlite")
        db.execute(
            f"CREATE TABLE member (id INTEGER PRIMARY KEY, {', '.join(f'{name} TEXT' for name in COLUMNS)})"
        )
        db.execute("BEGIN")
        with source.open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            next(rows)
            db.executemany(f"INSERT INTO member ({', '.join(COLUMNS)}) VALUES (?,?,?,?,?,?,?,?,?,?)", rows)
        for name in indexes:
            db.execute(f"CREATE INDEX member_by_{name} ON member ({name})")
        db.execute("COMMIT")
    bench.notes["rows"] = db.execute("SELECT count(*) FROM member").fetchone()[0]
    db.close()
