"""The same people, tags and orders in a plain SQLite file without any of the program's own ideas: what rivals work on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.bench.generate import (
    TAGS,
    number_of_people,
    order_rows,
    person_row,
    phone_of,
    tags_of,
)
from tests.bench.sizes import SIZES

TABLES = """
CREATE TABLE member (id INTEGER PRIMARY KEY, member_no TEXT, name TEXT, phone TEXT, email TEXT, gender TEXT, birthday TEXT,
                     line_user_id TEXT, store TEXT, joined_at TEXT);
CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE member_tag (member_id INTEGER, tag_id INTEGER, PRIMARY KEY (member_id, tag_id)) WITHOUT ROWID;
CREATE TABLE orders (id INTEGER PRIMARY KEY, member_id INTEGER, day TEXT, store TEXT, counts INTEGER, amount INTEGER);
"""
INDEXES = """
CREATE UNIQUE INDEX member_by_no ON member (member_no);
CREATE UNIQUE INDEX member_by_user_id ON member (line_user_id) WHERE line_user_id <> '';
CREATE INDEX member_by_phone ON member (phone);
CREATE INDEX member_by_email ON member (email);
CREATE INDEX member_by_store ON member (store);
CREATE INDEX member_tag_by_tag ON member_tag (tag_id, member_id);
CREATE INDEX orders_by_member ON orders (member_id, day);
ANALYZE;
"""


def connect(path: Path) -> Any:
    """A connection as the program opens its own: SQLCipher's SQLite, WAL, 8 KB pages."""
    from sqlcipher3 import dbapi2 as sqlite

    connection = sqlite.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA page_size = 8192")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def write(path: Path, size: str) -> None:
    """Writes the database of a size; takes about a minute for a million people."""
    people = number_of_people(SIZES[size])
    db = connect(path)
    db.executescript(TABLES)
    db.execute("BEGIN")
    db.executemany("INSERT INTO tag VALUES (?, ?)", enumerate(TAGS))
    rows = (_member(person) for person in range(people))
    db.executemany("INSERT INTO member VALUES (?,?,?,?,?,?,?,?,?,?)", rows)
    place = {name: number for number, name in enumerate(TAGS)}
    links = ((person, place[tag]) for person in range(people) for tag in sorted(tags_of(person)))
    db.executemany("INSERT INTO member_tag VALUES (?, ?)", links)
    db.executemany("INSERT INTO orders VALUES (?,?,?,?,?,?)", _orders(people))
    db.execute("COMMIT")
    db.executescript(INDEXES)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.execute("PRAGMA journal_mode = DELETE")
    db.close()


def _member(person: int) -> tuple[Any, ...]:
    number, name, _, email, gender, birthday, user_id, store, joined, _ = person_row(person)
    return (
        person,
        number,
        name,
        f"+886{phone_of(person)[1:]}",
        email,
        gender,
        birthday,
        user_id,
        store,
        joined,
    )


def _orders(people: int) -> Any:
    for number, row in enumerate(order_rows(people)):
        _, at, member_no, store, status, amount = row
        day = at[:10].replace("/", "-")
        yield (number, int(member_no[1:]), day, store, int(status == "完成"), int(amount))
