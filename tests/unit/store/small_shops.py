"""Small shops in memory, filled with the people of a test."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlite

import desktop.store
from desktop.core.figures.nasl import Repurchase
from desktop.core.people.query_text import to_text
from desktop.core.people.search_text import folded
from desktop.core.people.tag import tag_key
from desktop.store.audiences import create
from desktop.store.condition_sql import QueryContext
from desktop.store.conditions.belonging import audiences_in, imports_in
from desktop.store.conditions.values import candidates_in
from desktop.store.database import Database
from desktop.store.picture import keeping
from tests.unit.store.slow_conditions import Person, World

SCHEMA = Path(desktop.store.__file__).parent / "schema"
_TABLES = (
    *("person_tag", "tag_change", "tag", "order_item", "shop_order", "person", "row_change"),
    *("import_file", "step", "audience"),
)


def empty_shop() -> Database:
    """A shop without people, in memory."""
    db = Database(sqlite.connect(":memory:", isolation_level=None), Path(":memory:"))
    for script in sorted(SCHEMA.glob("*.sql")):
        db.connection.executescript(script.read_text(encoding="utf-8"))
    for key, value in {"zone": "Asia/Taipei", "country": "TW", "tag_limit": "10"}.items():
        db.run("INSERT INTO shop (key, value) VALUES (?, ?)", (key, value))
    return db


def fill(db: Database, people: list[Person]) -> Database:
    """Put exactly these people into a shop."""
    for table in _TABLES:
        db.run(f"DELETE FROM {table}")
    for person in people:
        _insert_person(db, person)
    return db


def furnish(db: Database, world: World) -> Database:
    """Put exactly the people, imports and audiences of a world into a shop."""
    fill(db, world.people)
    for state, files in (("done", world.imports), ("undone", world.undone)):
        for step, file in files.items():
            db.run(
                "INSERT INTO step (id, at, kind, title, state) VALUES (?, '', 'import', '', ?)", (step, state)
            )
            db.run(
                "INSERT INTO import_file (step_id, file, sha256, report) VALUES (?, ?, '', '')", (step, file)
            )
    for name, condition in world.audiences.items():
        create(db, name, to_text(condition), "", 0)
    return db


def have_picture(db: Database) -> Database:
    """Let a connection have the picture of the people, however few they are."""
    keeping.keep(db, lambda: None, fewest=0)
    while keeping.advance(db):
        pass
    return db


def at(db: Database, now: datetime, repurchase: Repurchase | None = None) -> QueryContext:
    """A Taiwanese shop's context at a local time."""
    return QueryContext(
        now,
        candidates_in(db),
        repurchase=lambda: repurchase,
        audiences=audiences_in(db),
        imports=imports_in(db),
    )


def cycle_of(world: World) -> Repurchase:
    """The world's cycle as conditions are given it."""
    return Repurchase(world.window / 3, world.window, world.as_of, 30)


def _insert_person(db: Database, person: Person) -> None:
    row = {"id": person.id, "do_not_send": 0, **person.fields}
    row["folded"] = folded(person["name"], person["line_name"], person["note"])
    row["extra"] = json.dumps(person.extra, ensure_ascii=False) if person.extra else None
    db.run(f"INSERT INTO person ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values()))
    for step in person.changed_by:
        _changed(db, step, "person", person.id)
    for step in person.tagged_by:
        db.run(
            "INSERT INTO tag_change (step_id, tag_id, person_id, added, origin) VALUES (?, 1, ?, 1, 'import')",
            (step, person.id),
        )
    for tag in person.tags:
        db.run("INSERT OR IGNORE INTO tag (name, key) VALUES (?, ?)", (tag, tag_key(tag)))
        db.run(
            "INSERT INTO person_tag (person_id, tag_id, origin) SELECT ?, id, 'hand' FROM tag WHERE key = ?",
            (person.id, tag_key(tag)),
        )
    for order in person.orders:
        number = db.insert(
            "INSERT INTO shop_order (person_id, ordered_at, counts, store, amount, kind, created_step)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                person.id,
                order.ordered_at,
                order.counts,
                order.store,
                order.amount,
                order.kind,
                order.created_step,
            ),
        )
        if order.changed_by is not None:
            _changed(db, order.changed_by, "shop_order", number)
        for line, item in enumerate(order.items):
            db.run("INSERT INTO order_item (order_id, line, item) VALUES (?, ?, ?)", (number, line, item))


def _changed(db: Database, step: int, table: str, row: int) -> None:
    db.run("INSERT INTO row_change (step_id, tbl, row_id) VALUES (?, ?, ?)", (step, table, row))
