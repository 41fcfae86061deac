"""The limit for tagging: one set-based INSERT into a join table with its two indexes; no limit of ten, no history."""

from __future__ import annotations

from typing import Any

from tests.bench.measure import Bench
from tests.bench.plain_database import connect

TAG = 1000


def insert(bench: Bench) -> None:
    """Every tenth person gets a tag, by one statement in one transaction."""
    db = _ready(bench)
    with bench.measured():
        db.execute("BEGIN")
        db.execute("INSERT INTO member_tag SELECT id, ? FROM selected", (TAG,))
        db.execute("COMMIT")
    _done(bench, db)


def row_by_row(bench: Bench) -> None:
    """The same, one INSERT a person from Python."""
    db = _ready(bench)
    ids = [row[0] for row in db.execute("SELECT id FROM selected")]
    with bench.measured():
        db.execute("BEGIN")
        for person in ids:
            db.execute("INSERT INTO member_tag VALUES (?, ?)", (person, TAG))
        db.execute("COMMIT")
    _done(bench, db)


def _ready(bench: Bench) -> Any:
    db = connect(bench.copy("plain.sqlite"))
    db.execute("CREATE TEMP TABLE selected (id INTEGER PRIMARY KEY)")
    db.execute("INSERT INTO selected SELECT id FROM member WHERE id % 10 = 0")
    return db


def _done(bench: Bench, db: Any) -> None:
    bench.notes["tagged"] = db.execute("SELECT count(*) FROM member_tag WHERE tag_id = ?", (TAG,)).fetchone()[
        0
    ]
    db.close()
