"""What a whole shop holds, as a walk compares it, and what must hold in it whatever was done."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection
from datetime import date
from itertools import pairwise
from typing import Any

from desktop.core.people.search_text import folded
from desktop.store import shop
from desktop.store.database import Database
from desktop.store.members import views

_IN_FORCE = "JOIN step s ON s.id = x.step_id AND s.state = 'done'"
_FIGURES = ("orders", "order_days", "total", "first_order", "last_order")
Row = dict[str, Any]
State = dict[str, dict[Any, Row]]
"""Table → key of a row → its fields."""

_QUERIES = {
    "person": ("id", "SELECT * FROM person"),
    "person_tag": ("person_id tag_id", "SELECT * FROM person_tag"),
    "tag": (
        "id",
        "SELECT id, name, key, kind, meaning, colour, grp, pinned, expires_after, created_step FROM tag",
    ),
    "shop_order": ("id", "SELECT * FROM shop_order"),
    "order_item": ("order_id line", "SELECT * FROM order_item"),
    "audience": ("id", "SELECT id, name, key, query, hold_out_percent, created_step FROM audience"),
    "rule": (
        "id",
        "SELECT id, name, key, query, tag_id, takes_off, after_imports, created_step FROM rule",
    ),
    "identity": (
        "key value person_id",
        f"SELECT DISTINCT x.key, x.value, x.person_id FROM other_identity x {_IN_FORCE} JOIN person p ON p.id = x.person_id",
    ),
    "apart": (
        "low high",
        f"SELECT DISTINCT x.low, x.high FROM different_people x {_IN_FORCE} JOIN person p ON p.id = x.low"
        " JOIN person q ON q.id = x.high",
    ),
    "deleted": (
        "person_id",
        f"SELECT DISTINCT x.person_id, x.member_no, x.phone FROM deleted_person x {_IN_FORCE} WHERE x.allowed_at IS NULL",
    ),
}  # fmt: skip


def state(db: Database) -> State:
    """All that is in force, row by row."""
    found: State = {}
    for table, (keys, sql) in _QUERIES.items():
        cursor = db.connection.execute(sql)
        names = [column[0] for column in cursor.description]
        rows = (dict(zip(names, row, strict=True)) for row in cursor.fetchall())
        found[table] = {tuple(row[key] for key in keys.split()): row for row in rows}
    found["view"] = {(one.id,): {"name": one.name, "query": one.query} for one in views.all_views(db)}
    return found


def differences(one: State, other: State) -> list[tuple[str, Any, str, Any, Any]]:
    """What differs: (table, key, field, before, after); whole rows under the field ``*``."""
    found = []
    for table in one.keys() & other.keys():
        for key in one[table].keys() | other[table].keys():
            was, now = one[table].get(key), other[table].get(key)
            if was is None or now is None:
                found.append((table, key, "*", was, now))
                continue
            found += [
                (table, key, name, was[name], now[name]) for name in now if was.get(name) != now.get(name)
            ]
    return sorted(found, key=str)


def without_people(of: State, strangers: Collection[int]) -> State:
    """A state without some people and all that hangs on them, and without what an erasure empties in anybody's orders."""
    left = {table: dict(rows) for table, rows in of.items() if table in ("tag", "audience", "rule")}
    left["person"] = {key: row for key, row in of["person"].items() if key[0] not in strangers}
    left["person_tag"] = {key: row for key, row in of["person_tag"].items() if key[0] not in strangers}
    left["apart"] = {key: row for key, row in of["apart"].items() if not set(key) & set(strangers)}
    left["shop_order"] = {
        key: {name: row[name] for name in ("person_id", "amount", "counts", "order_no")}
        for key, row in of["shop_order"].items()
        if row["person_id"] is not None and row["person_id"] not in strangers
    }
    return left


def check(db: Database) -> None:
    """What must hold at any time."""
    _check_tags(db)
    _check_figures(db)
    _check_gaps(db)
    _check_links(db)
    _check_texts(db)
    _check_identities(db)
    for table in ("step", "row_change", "tag_change"):
        assert db.value(f"SELECT count(*) FROM {table}") is not None
    assert db.all("PRAGMA foreign_key_check") == []


def _check_tags(db: Database) -> None:
    most = db.value(
        "SELECT coalesce(max(n), 0) FROM (SELECT count(*) AS n FROM person_tag GROUP BY person_id)"
    )
    assert most <= shop.tag_limit(db), "more tags than the shop allows"


def _check_figures(db: Database) -> None:
    """Everybody's figures follow from her orders; where there are only visits, they add to what a file stated."""
    bought: dict[int, list[tuple[str, str, float]]] = {}
    for person, kind, at, amount in db.all(
        "SELECT person_id, kind, ordered_at, amount FROM shop_order WHERE counts = 1 AND person_id IS NOT NULL"
    ):
        bought.setdefault(person, []).append((kind, at[:10], amount or 0))
    for row in db.all(
        "SELECT id, orders, order_days, total, first_order, last_order, stated_orders, stated_total,"
        " stated_first_order, stated_last_order FROM person"
    ):
        person, figures, stated = row[0], row[1:6], row[6:]
        assert figures == _expected(bought.get(person, []), stated), (person, bought.get(person), stated)


def _check_gaps(db: Database) -> None:
    """The gaps kept are those between each person's order days, and their counts over all people."""
    days: dict[int, set[date]] = {}
    for person, at in db.all(
        "SELECT person_id, ordered_at FROM shop_order WHERE counts = 1 AND person_id IS NOT NULL AND ordered_at <> ''"
    ):
        days.setdefault(person, set()).add(date.fromisoformat(at[:10]))
    expected = {
        person: [(later - earlier).days for earlier, later in pairwise(sorted(mine))]
        for person, mine in days.items()
        if len(mine) > 1
    }
    kept = {person: json.loads(gaps) for person, gaps in db.all("SELECT person_id, days FROM order_gap")}
    assert kept == expected
    counts = Counter(gap for gaps in expected.values() for gap in gaps)
    assert dict(db.all("SELECT days, n FROM gap_count WHERE n <> 0")) == counts


def _expected(mine: list[tuple[str, str, float]], stated: tuple[Any, ...]) -> tuple[Any, ...]:
    days = sorted(day for _, day, _ in mine)
    total = round(sum(amount for *_, amount in mine), 4)
    if any(kind == "order" for kind, *_ in mine):
        orders = sum(kind == "order" for kind, *_ in mine)
        return orders, len(set(days)), total, days[0], days[-1]
    orders, spent, first, last = stated
    if not mine:
        return orders or 0, None, spent or 0, first, last
    known = {*days, *(day[:10] for day in (first, last) if day)}
    return (
        orders or 0, len(known), (spent or 0) + total, min(first or days[0], days[0]), max(last or days[-1], days[-1]),
    )  # fmt: skip


def _check_links(db: Database) -> None:
    dangling = {
        "tag of nobody": "SELECT 1 FROM person_tag h LEFT JOIN person p ON p.id = h.person_id WHERE p.id IS NULL",
        "tag that is none": "SELECT 1 FROM person_tag h LEFT JOIN tag t ON t.id = h.tag_id WHERE t.id IS NULL",
        "order of nobody": "SELECT 1 FROM shop_order o LEFT JOIN person p ON p.id = o.person_id"
        " WHERE o.person_id IS NOT NULL AND p.id IS NULL",
        "item of no order": "SELECT 1 FROM order_item i LEFT JOIN shop_order o ON o.id = i.order_id WHERE o.id IS NULL",
        "image of no step": "SELECT 1 FROM row_change c LEFT JOIN step s ON s.id = c.step_id WHERE s.id IS NULL",
        "pins twice": "SELECT 1 FROM tag WHERE pinned IS NOT NULL GROUP BY pinned HAVING count(*) > 1",
        "an undone step of an undone step": "SELECT 1 FROM step u JOIN step s ON s.id = u.undoes"
        " WHERE u.state = 'done' AND s.state = 'done'",
    }
    for what, sql in dangling.items():
        assert db.row(sql) is None, what


def _check_texts(db: Database) -> None:
    for person, name, line_name, note, fold, extra, by_hand in db.all(
        "SELECT id, name, line_name, note, folded, extra, by_hand FROM person"
    ):
        assert (fold or None) == (folded(name, line_name, note) or None), person
        assert extra is None or json.loads(extra), person
        assert by_hand is None or json.loads(by_hand), person


def _check_identities(db: Database) -> None:
    """Nobody answers to a key as one merged into her while its owner is there by herself."""
    doubled = db.all(
        f"SELECT x.key, x.value, x.person_id FROM other_identity x {_IN_FORCE} JOIN person keep ON keep.id = x.person_id"
        " JOIN merged_person m ON m.keep = keep.id AND m.step_id = x.step_id AND m.person_id <> m.keep"
        " JOIN person gone ON gone.id = m.person_id AND (gone.member_no = x.value OR gone.line_user_id = x.value)"
    )
    assert doubled == [], "somebody's number leads to another"


def traces(db: Database, person: int, texts: Collection[str]) -> list[tuple[str, Any]]:
    """Where in the file an erased person can still be found: by her row's number or by a text of hers."""
    found: list[tuple[str, Any]] = []
    for table, columns in (
        ("person", "id"), ("person_tag", "person_id"), ("shop_order", "person_id"), ("tag_change", "person_id"),
        ("other_identity", "person_id"), ("deleted_person", "person_id"), ("merged_person", "person_id keep"),
        ("different_people", "low high"), ("upload_person", "person_id"),
        ("held_out_person", "person_id"), ("order_gap", "person_id"),
    ):  # fmt: skip
        for column in columns.split():
            if db.value(f"SELECT 1 FROM {table} WHERE {column} = ? LIMIT 1", (person,)):
                found.append((table, column))
    if db.value("SELECT 1 FROM row_change WHERE tbl = 'person' AND row_id = ?", (person,)):
        found.append(("row_change", person))
    for table in db.column("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"):
        for row in db.all(f"SELECT * FROM {table}"):
            found += [(table, row) for text in texts if any(text in str(cell) for cell in row)]
    return found
