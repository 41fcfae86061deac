"""Tags and who holds them. The limit per person is kept by the database; here people who are full are
found before it would have to refuse, so that they can be named."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from desktop.core.people.selection import Selection
from desktop.core.people.tag import Tag, tag_key
from desktop.store import shop
from desktop.store.condition_sql import selection_sql
from desktop.store.database import Database
from desktop.store.history import utc_now
from desktop.store.undo.turn_report import Affected

_MANY = 20_000
"""From so many people on, one pass over all tags is cheaper than looking up each person's."""

_TAG = "SELECT t.id, t.name, t.kind, t.meaning, t.colour, t.grp, t.pinned, 0, t.expires_after, t.used_at FROM tag t"


@dataclass(frozen=True, slots=True)
class TagCounts:
    """What putting on or taking off came to: changed, already so, and who is full."""

    changed: int
    already: int
    full: tuple[Affected, ...] = ()


def find(db: Database, name: str) -> Tag | None:
    """The tag of this name in any writing (ＶＩＰ = vip), or None."""
    row = db.row(f"{_TAG} WHERE t.key = ?", (tag_key(name),))
    return None if row is None else Tag(*row)


def create(db: Database, name: str, step_id: int, kind: str = "attribute") -> Tag:
    """A new tag of a cleaned name; the next free colour of the theme's tag colours is the window's affair."""
    tag_id = db.insert(
        "INSERT INTO tag (name, key, kind, created_step) VALUES (?, ?, ?, ?)",
        (name, tag_key(name), kind, step_id),
    )
    return Tag(tag_id, name, kind)


def by_id(db: Database, tag_id: int) -> Tag | None:
    """One tag, or None."""
    row = db.row(f"{_TAG} WHERE t.id = ?", (tag_id,))
    return None if row is None else Tag(*row)


def all_tags(db: Database) -> list[Tag]:
    """All tags with the number of people who hold each, most held first."""
    counts: dict[int, int] = dict(db.all("SELECT tag_id, count(*) FROM person_tag GROUP BY tag_id"))
    found = [replace(Tag(*row), people=counts.get(row[0], 0)) for row in db.all(f"{_TAG} ORDER BY t.id")]
    return sorted(found, key=lambda tag: -tag.people)


def recently_used(db: Database, limit: int) -> list[int]:
    """Ids of the tags last put on or taken off by hand, newest first."""
    return db.column("SELECT id FROM tag WHERE used_at IS NOT NULL ORDER BY used_at DESC LIMIT ?", (limit,))


def pinned(db: Database) -> dict[int, Tag]:
    """The shop's pinned tags by place 1…10 (the tenth sits on Ctrl+0)."""
    return {row[6]: Tag(*row) for row in db.all(f"{_TAG} WHERE t.pinned IS NOT NULL ORDER BY t.pinned")}


def mark_used(db: Database, tag_id: int) -> None:
    """Remember that the owner used the tag now, for the order of suggestions."""
    db.run("UPDATE tag SET used_at = ? WHERE id = ?", (utc_now(), tag_id))


def put_on(db: Database, people: str, tag_id: int, origin: str, step_id: int) -> TagCounts:
    """Put a tag on people; who is full is left as she is and named.

    Args:
        people: a temporary table with a column ``id``.
        origin: hand, import or rule.
    """
    # One look at what each of them holds tells who has the tag, who is full and who gets it.
    db.run("CREATE TEMP TABLE IF NOT EXISTS holding (id INTEGER PRIMARY KEY, tags INTEGER NOT NULL)")
    db.run("DELETE FROM temp.holding")
    db.run(
        f"INSERT INTO temp.holding SELECT s.id, count(t.tag_id) FROM {people} s LEFT JOIN person_tag t"
        " ON t.person_id = s.id GROUP BY s.id HAVING coalesce(max(t.tag_id = ?), 0) = 0 ORDER BY s.id",
        (tag_id,),
    )
    limit = shop.tag_limit(db)
    changed = db.run(
        "INSERT INTO person_tag (person_id, tag_id, origin, step_id)"
        " SELECT id, ?1, ?2, ?3 FROM temp.holding WHERE tags < ?4 ORDER BY id",
        (tag_id, origin, step_id, limit),
    )
    db.run(
        "INSERT INTO tag_change (step_id, tag_id, person_id, added, origin, tag_step)"
        " SELECT ?3, ?1, id, 1, ?2, ?3 FROM temp.holding WHERE tags < ?4 ORDER BY id",
        (tag_id, origin, step_id, limit),
    )
    full = db.all(
        "SELECT p.id, p.member_no, coalesce(p.name, p.line_name) FROM person p"
        " WHERE p.id IN (SELECT id FROM temp.holding WHERE tags >= ?) ORDER BY p.id",
        (limit,),
    )
    selected = int(db.value(f"SELECT count(*) FROM {people}"))
    return TagCounts(changed, selected - changed - len(full), tuple(Affected(*row) for row in full))


def take_off(db: Database, people: str, tag_id: int, step_id: int) -> TagCounts:
    """Take a tag off people (a temporary table with a column ``id``)."""
    held = f"tag_id = ?1 AND person_id IN (SELECT id FROM {people})"
    changed = db.run(
        "INSERT INTO tag_change (step_id, tag_id, person_id, added, origin, tag_step)"
        f" SELECT ?2, tag_id, person_id, 0, origin, step_id FROM person_tag WHERE {held}",
        (tag_id, step_id),
    )
    db.run(f"DELETE FROM person_tag WHERE {held}", (tag_id,))
    return TagCounts(changed, int(db.value(f"SELECT count(*) FROM {people}")) - changed)


def holders_among(db: Database, people: str) -> dict[int, int]:
    """How many of some people (a temporary table with a column ``id``) hold each tag."""
    rows: list[Any] = db.all(
        f"SELECT tag_id, count(*) FROM person_tag WHERE person_id IN (SELECT id FROM {people}) GROUP BY"
        " tag_id"
    )
    return dict(rows)


def holders_in(db: Database, selection: Selection, people: int) -> dict[int, int]:
    """How many of the people selected hold each tag; unlike :func:`holders_among` on a connection that only reads.

    Args:
        selection: who.
        people: how many they are; many are found by going through all tags once.
    """
    if selection.ids is None and selection.without:
        # All but a few: counted faster as everybody less those few.
        few = Selection.of(_matching(db, selection))
        counts = holders_in(db, Selection.matching(selection.condition), people)
        for tag_id, less in holders_in(db, few, len(selection.without)).items():
            counts[tag_id] -= less
        return {tag_id: count for tag_id, count in counts.items() if count}
    sql = selection_sql(db, selection)
    index = "INDEXED BY person_tag_by_tag" if people > _MANY else ""
    among = "" if sql.where == "1" else f"WHERE person_id IN (SELECT p.id FROM person p WHERE {sql.where})"
    rows: list[Any] = db.all(
        f"SELECT tag_id, count(*) FROM person_tag {index} {among} GROUP BY tag_id", sql.params
    )
    return dict(rows)


def full_in(
    db: Database, selection: Selection, limit: int, *, people: int, names: int
) -> tuple[int, tuple[Affected, ...]]:
    """Who of the people selected has ``limit`` tags or more: how many, and the first ``names`` of them by id.

    Args:
        people: how many are selected; among many, the few who are full are looked for first.
    """
    sql = selection_sql(db, selection)
    chosen = f"SELECT p.id FROM person p WHERE {sql.where}"
    among = "" if people > _MANY else f"WHERE h.person_id IN ({chosen})"
    having = f"SELECT h.person_id AS id FROM person_tag h {among} GROUP BY h.person_id HAVING count(*) >= ?"
    if people > _MANY:
        found = db.column(
            f"SELECT f.id FROM ({having}) f WHERE f.id IN ({chosen}) ORDER BY 1", [limit, *sql.params]
        )
    else:
        found = db.column(f"{having} ORDER BY 1", [*sql.params, limit])
    rows = db.all(
        "SELECT id, member_no, coalesce(name, line_name) FROM person"
        " WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps(found[:names]),),
    )
    return len(found), tuple(Affected(*row) for row in rows)


def _matching(db: Database, selection: Selection) -> list[int]:
    """Those of the people left out of a selection who match its condition."""
    left_out = Selection.of(selection.without)
    first, second = selection_sql(db, left_out), selection_sql(db, Selection.matching(selection.condition))
    params = [*first.params, *second.params]
    return db.column(f"SELECT p.id FROM person p WHERE {first.where} AND {second.where}", params)
