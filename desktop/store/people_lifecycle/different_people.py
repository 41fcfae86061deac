"""What is compared when duplicates are looked for, and the pairs of whom the owner said: never these two."""

from __future__ import annotations

import json
from collections.abc import Iterable

from desktop.store.database import Database
from desktop.store.people_lifecycle.likeness import Known

_COLUMNS = "p.id, p.member_no, p.line_user_id, p.phone, p.email, p.name, p.line_name, p.birthday"


def everybody(db: Database) -> list[Known]:
    """All people, as they are compared."""
    others: dict[int, list[tuple[str, str]]] = {}
    for person, key, value in db.each(
        "SELECT o.person_id, o.key, o.value FROM other_identity o JOIN step s ON s.id = o.step_id AND s.state = 'done'"
    ):
        others.setdefault(person, []).append((key, value))
    rows = db.each(f"SELECT {_COLUMNS} FROM person p ORDER BY p.id")
    return [Known(*(*row, tuple(others.get(row[0], ())))) for row in rows]


def names(db: Database, ids: Iterable[int]) -> dict[int, str]:
    """How people are called: by name, by their name at LINE, or by member number; who has none of these is missing."""
    return dict(
        db.all(
            "SELECT id, coalesce(name, line_name, member_no) AS called FROM person"
            " WHERE id IN (SELECT value FROM json_each(?)) AND called IS NOT NULL",
            (json.dumps(sorted(ids)),),
        )
    )


def pairs(db: Database) -> set[tuple[int, int]]:
    """Pairs (low, high) that are different people, in force."""
    return {
        (low, high)
        for low, high in db.each(
            "SELECT d.low, d.high FROM different_people d JOIN step s ON s.id = d.step_id AND s.state = 'done'"
        )
    }


def pairs_of(db: Database, step_id: int) -> int:
    """How many pairs come or go with a step that said so, or that takes such a step back (or brings it again …)."""
    return int(
        db.value(
            "WITH RECURSIVE chain (id) AS (SELECT ? UNION ALL SELECT s.undoes FROM chain c JOIN step s ON s.id = c.id"
            " WHERE s.undoes IS NOT NULL) SELECT count(*) FROM different_people WHERE step_id IN chain",
            (step_id,),
        )
    )


def keep_apart(db: Database, step_id: int, wanted: Iterable[tuple[int, int]]) -> int:
    """Note pairs as different people inside the caller's transaction; returns how many were not so already."""
    ordered = sorted({(min(pair), max(pair)) for pair in wanted if pair[0] != pair[1]} - pairs(db))
    return db.run(
        "INSERT INTO different_people (low, high, step_id)"
        " SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), ? FROM json_each(?)",
        (step_id, json.dumps(ordered)),
    )
