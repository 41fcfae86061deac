"""Small shops in memory, filled with the people of a test."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlite

import desktop.store
from desktop.core.people.search_text import folded
from desktop.core.people.tag import tag_key
from desktop.store.condition_sql import QueryContext
from desktop.store.conditions.values import candidates_in
from desktop.store.database import Database
from tests.unit.store.slow_conditions import Person

SCHEMA = Path(desktop.store.__file__).parent / "schema"
_TABLES = ("person_tag", "tag", "order_item", "shop_order", "person")


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


def at(db: Database, now: datetime) -> QueryContext:
    """A Taiwanese shop's context at a local time."""
    return QueryContext(now, candidates_in(db))


def _insert_person(db: Database, person: Person) -> None:
    row = {"id": person.id, "do_not_send": 0, **person.fields}
    row["folded"] = folded(person["name"], person["line_name"], person["note"])
    row["extra"] = json.dumps(person.extra, ensure_ascii=False) if person.extra else None
    db.run(f"INSERT INTO person ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values()))
    for tag in person.tags:
        db.run("INSERT OR IGNORE INTO tag (name, key) VALUES (?, ?)", (tag, tag_key(tag)))
        db.run(
            "INSERT INTO person_tag (person_id, tag_id, origin) SELECT ?, id, 'hand' FROM tag WHERE key = ?",
            (person.id, tag_key(tag)),
        )
    for order in person.orders:
        number = db.insert(
            "INSERT INTO shop_order (person_id, ordered_at, counts, store) VALUES (?, ?, ?, ?)",
            (person.id, order.ordered_at, order.counts, order.store),
        )
        for line, item in enumerate(order.items):
            db.run("INSERT INTO order_item (order_id, line, item) VALUES (?, ?, ?)", (number, line, item))
