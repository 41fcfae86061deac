"""Two people become one: fields, tags, orders and identities of those who go move to those who stay, for one pair or
ten thousand in one step, with images from which undo restores everybody exactly."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.store import figures, shop
from desktop.store.database import Database
from desktop.store.people_lifecycle import merge_marks
from desktop.store.people_lifecycle.merge_rules import lost_identities, merged
from desktop.store.undo.row_images import PERSON, PERSON_COLUMNS
from desktop.store.undo.turn_report import Affected

_CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Pair:
    """Somebody who stays, somebody who goes, and the fields taken from the one who goes."""

    keep: int
    gone: int
    take: frozenset[str] = frozenset()


def people(db: Database, ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The rows of people by id, all columns the history keeps; who is gone is missing."""
    wanted = sorted(set(ids))
    columns = ", ".join(PERSON_COLUMNS)
    found: dict[int, dict[str, Any]] = {}
    for start in range(0, len(wanted), _CHUNK):
        for row in db.each(
            f"SELECT id, {columns} FROM person WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(wanted[start : start + _CHUNK]),),
        ):
            found[row[0]] = dict(zip(PERSON_COLUMNS, row[1:], strict=True))
    return found


def order_totals(db: Database, ids: Iterable[int]) -> dict[int, tuple[int, float]]:
    """How many orders some people have that count, and their sum; who has none is missing."""
    return {
        person: (orders, total)
        for person, orders, total in db.each(
            "SELECT person_id, count(*), coalesce(sum(amount), 0) FROM shop_order WHERE counts = 1"
            " AND person_id IN (SELECT value FROM json_each(?)) GROUP BY person_id",
            (json.dumps(sorted(ids)),),
        )
    }


def merges_into(db: Database, person: int) -> list[tuple[int, str, str, bool]]:
    """Merges into a person that are in force, newest first: (step, its moment, the name of who went, whether it still has
    its images)."""
    rows = db.all(
        "SELECT s.id, s.at, coalesce(json_extract(c.before, '$.name'), json_extract(c.before, '$.line_name'),"
        " json_extract(c.before, '$.member_no'), ''), c.before IS NOT NULL AND s.state = 'done'"
        " FROM merged_person m JOIN step s ON s.id = m.step_id LEFT JOIN row_change c ON c.step_id = m.step_id"
        " AND c.tbl = 'person' AND c.row_id = m.person_id WHERE m.keep = ? AND m.person_id <> m.keep"
        " AND m.person_id NOT IN (SELECT id FROM person) ORDER BY s.id DESC, m.person_id",
        (person,),
    )
    return [(step, at, name, bool(undoable)) for step, at, name, undoable in rows]


def merge(db: Database, step_id: int, pairs: Sequence[Pair]) -> tuple[int, tuple[Affected, ...]]:
    """Merge pairs inside the caller's transaction, in their order; where somebody who stays goes in another pair, all meet
    in one. A pair with somebody who is not there, or that is one person by then, is passed over.

    Returns:
        How many people went, and who is full: not all tags found room with her.
    """
    before = people(db, (person for pair in pairs for person in (pair.keep, pair.gone)))
    plan = _Plan(before)
    for pair in pairs:
        plan.add(pair)
    if not plan.into:
        return 0, ()
    _list(db, plan)
    merge_marks.note_apart(db, step_id)
    _image_fields(db, step_id, plan)
    _move_orders(db, step_id)
    full = _move_tags(db, step_id)
    _move_identities(db, step_id, plan)
    db.run("DELETE FROM person WHERE id IN (SELECT gone FROM temp.merging)")
    _write_fields(db, step_id)
    figures.refresh(db, "SELECT keep FROM temp.merging")
    merge_marks.note_joined(db, step_id)
    return len(plan.into), full


class _Plan:
    """Who ends up in whom, worked out pair by pair in memory."""

    def __init__(self, before: Mapping[int, dict[str, Any]]) -> None:
        self.before = before
        self.now = {person: dict(fields) for person, fields in before.items()}
        self.into: dict[int, int] = {}
        self.lost: dict[int, list[tuple[str, str]]] = {}

    def add(self, pair: Pair) -> None:
        keep, gone = self._root(pair.keep), self._root(pair.gone)
        if keep == gone or keep not in self.now or gone not in self.now:
            return
        mine, other = self.now[keep], self.now[gone]
        result = merged(mine, other, pair.take)
        lost = [*lost_identities(mine, result), *lost_identities(other, result)]
        self.lost.setdefault(keep, []).extend([*self.lost.pop(gone, ()), *lost])
        self.now[keep] = result
        self.into[gone] = keep

    def roots(self) -> Iterator[tuple[int, int]]:
        """Everybody who goes, with the one she is in the end, in the order of their going."""
        return ((gone, self._root(gone)) for gone in self.into)

    def _root(self, person: int) -> int:
        while person in self.into:
            person = self.into[person]
        return person


def _list(db: Database, plan: _Plan) -> None:
    db.run("DROP TABLE IF EXISTS temp.merging")
    db.run(
        "CREATE TEMP TABLE merging (gone INTEGER PRIMARY KEY, keep INTEGER NOT NULL, place INTEGER NOT NULL)"
    )
    db.many(
        "INSERT INTO temp.merging VALUES (?, ?, ?)",
        ((gone, keep, place) for place, (gone, keep) in enumerate(plan.roots())),
    )


def _image_fields(db: Database, step_id: int, plan: _Plan) -> None:
    """Those who go leave whole images; of those who stay the fields that change."""
    db.run(
        "INSERT INTO row_change (step_id, tbl, row_id, before, after)"
        f" SELECT ?, 'person', r.id, {PERSON.image}, NULL FROM person r WHERE r.id IN (SELECT gone FROM temp.merging)",
        (step_id,),
    )
    db.many(
        "INSERT INTO row_change (step_id, tbl, row_id, before, after) VALUES (?, 'person', ?, ?, ?)",
        (_change(step_id, keep, plan) for keep in dict.fromkeys(keep for _, keep in plan.roots())),
    )


def _change(step_id: int, keep: int, plan: _Plan) -> tuple[int, int, str, str]:
    before, after = plan.before[keep], {**plan.now[keep], "changed_step": step_id}
    changed = [field for field in PERSON_COLUMNS if before[field] != after[field]]
    then, now = (
        json.dumps({field: side[field] for field in changed}, ensure_ascii=False) for side in (before, after)
    )
    return step_id, keep, then, now


def _write_fields(db: Database, step_id: int) -> None:
    """After those who go are gone: their numbers are free now."""
    images = "SELECT c.row_id, c.after FROM row_change c WHERE c.step_id = ?1 AND c.tbl = 'person' AND c.after IS NOT NULL"
    for field in db.column(f"SELECT DISTINCT f.key FROM ({images}) c, json_each(c.after) f", (step_id,)):
        db.run(
            f"UPDATE person SET {field} = json_extract(c.after, '$.{field}') FROM ({images}) c"
            f" WHERE c.row_id = person.id AND json_type(c.after, '$.{field}') IS NOT NULL",
            (step_id,),
        )


def _move_orders(db: Database, step_id: int) -> None:
    db.run(
        "INSERT INTO row_change (step_id, tbl, row_id, before, after) SELECT ?, 'shop_order', o.id,"
        " json_object('person_id', o.person_id), json_object('person_id', m.keep)"
        " FROM temp.merging m JOIN shop_order o ON o.person_id = m.gone",
        (step_id,),
    )
    db.run("UPDATE shop_order SET person_id = m.keep FROM temp.merging m WHERE m.gone = shop_order.person_id")


def _move_tags(db: Database, step_id: int) -> tuple[Affected, ...]:
    """Tags of those who go, in the order in which they were put on, as far as they fit; returns who is full."""
    db.run("DROP TABLE IF EXISTS temp.moving_tag")
    db.run(
        "CREATE TEMP TABLE moving_tag AS SELECT keep, tag_id, origin, step_id, row_number() OVER (PARTITION BY keep"
        " ORDER BY place, step_id, tag_id) + (SELECT count(*) FROM person_tag h WHERE h.person_id = keep) AS rank"
        " FROM (SELECT m.keep, t.tag_id, t.origin, t.step_id, m.place,"
        " row_number() OVER (PARTITION BY m.keep, t.tag_id ORDER BY m.place) AS first"
        " FROM temp.merging m JOIN person_tag t ON t.person_id = m.gone"
        " WHERE NOT EXISTS (SELECT 1 FROM person_tag h WHERE h.person_id = m.keep AND h.tag_id = t.tag_id))"
        " WHERE first = 1"
    )
    db.run(
        "INSERT INTO tag_change (step_id, tag_id, person_id, added, origin, tag_step)"
        " SELECT ?, t.tag_id, t.person_id, 0, t.origin, t.step_id FROM temp.merging m"
        " JOIN person_tag t ON t.person_id = m.gone",
        (step_id,),
    )
    limit = shop.tag_limit(db)
    db.run(
        "INSERT INTO tag_change (step_id, tag_id, person_id, added, origin, tag_step)"
        " SELECT ?, tag_id, keep, 1, origin, step_id FROM temp.moving_tag WHERE rank <= ?",
        (step_id, limit),
    )
    db.run("DELETE FROM person_tag WHERE person_id IN (SELECT gone FROM temp.merging)")
    db.run(
        "INSERT INTO person_tag (person_id, tag_id, origin, step_id)"
        " SELECT keep, tag_id, origin, step_id FROM temp.moving_tag WHERE rank <= ?",
        (limit,),
    )
    full = db.all(
        "SELECT p.id, p.member_no, coalesce(p.name, p.line_name) FROM person p"
        " WHERE p.id IN (SELECT keep FROM temp.moving_tag WHERE rank > ?) ORDER BY p.id",
        (limit,),
    )
    db.run("DROP TABLE temp.moving_tag")
    return tuple(Affected(*row) for row in full)


def _move_identities(db: Database, step_id: int, plan: _Plan) -> None:
    """Keys that lost stay hers beside her own, those she had from earlier merges too; and whoever was said to be different
    from one who goes is different from the one who stays."""
    rows = {
        (key, value, keep)
        for keep, lost in plan.lost.items()
        for key, value in lost
        if plan.now[keep][key] != value
    }
    db.many(
        "INSERT OR IGNORE INTO other_identity (key, value, person_id, step_id) VALUES (?, ?, ?, ?)",
        ((*row, step_id) for row in sorted(rows)),
    )
    db.run(
        "INSERT OR IGNORE INTO other_identity (key, value, person_id, step_id) SELECT o.key, o.value, m.keep, ?"
        " FROM temp.merging m JOIN other_identity o ON o.person_id = m.gone"
        " JOIN step s ON s.id = o.step_id AND s.state = 'done'",
        (step_id,),
    )
    db.run(
        "INSERT OR IGNORE INTO different_people (low, high, step_id)"
        " SELECT min(m.keep, d.other), max(m.keep, d.other), ?1 FROM temp.merging m JOIN"
        " (SELECT low AS person, high AS other, step_id FROM different_people"
        "  UNION ALL SELECT high, low, step_id FROM different_people) d ON d.person = m.gone"
        " JOIN step s ON s.id = d.step_id AND s.state = 'done'"
        " WHERE d.other <> m.keep AND d.other NOT IN (SELECT gone FROM temp.merging)",
        (step_id,),
    )
