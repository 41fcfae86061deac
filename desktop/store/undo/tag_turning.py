"""The tags' part of turning a step: those it put on go unless they were taken off since, those it took off return as far as
they fit."""

from __future__ import annotations

from desktop.store import shop
from desktop.store.database import Database
from desktop.store.undo.turn_report import note

_UNHINDERED = " AND c.person_id NOT IN (SELECT id FROM temp.turn_left_out)"


def turn_tags(db: Database, step: int, *, back: bool, into: int | None) -> None:
    """Turn the tag changes of a step; ``back`` is undo, ``into`` the step that records it, if any."""
    put = 0 if back else 1
    _take_off(db, step, put)
    _put_back(db, step, put)
    note(db, "reverted", "person", "SELECT person_id AS row_id FROM temp.turn_tag")
    if into is not None:
        db.run(
            "INSERT INTO tag_change (step_id, tag_id, person_id, added, origin, tag_step)"
            " SELECT ?, tag_id, person_id, added, origin, tag_step FROM temp.turn_tag",
            (into,),
        )


def _take_off(db: Database, step: int, put: int) -> None:
    db.run(
        "INSERT INTO temp.turn_tag SELECT c.person_id, c.tag_id, 0, t.origin, t.step_id FROM tag_change c"
        " JOIN person_tag t ON t.person_id = c.person_id AND t.tag_id = c.tag_id"
        f" WHERE c.step_id = ? AND c.added <> ? AND t.step_id IS c.tag_step{_UNHINDERED}",
        (step, put),
    )
    note(
        db,
        "kept",
        "person",
        "SELECT c.person_id AS row_id FROM tag_change c JOIN person p ON p.id = c.person_id"
        f" WHERE c.step_id = ? AND c.added <> ?{_UNHINDERED} AND NOT EXISTS (SELECT 1 FROM person_tag t"
        " WHERE t.person_id = c.person_id AND t.tag_id = c.tag_id AND t.step_id IS c.tag_step)",
        (step, put),
    )
    db.run(
        "DELETE FROM person_tag WHERE (person_id, tag_id) IN (SELECT person_id, tag_id FROM temp.turn_tag)"
    )


def _put_back(db: Database, step: int, put: int) -> None:
    """The limit is the database's, asked for before it must refuse."""
    lacking = (
        "FROM tag_change c JOIN person p ON p.id = c.person_id JOIN tag t ON t.id = c.tag_id"
        f" WHERE c.step_id = ?1 AND c.added = ?2{_UNHINDERED} AND NOT EXISTS"
        " (SELECT 1 FROM person_tag h WHERE h.person_id = c.person_id AND h.tag_id = c.tag_id)"
    )
    db.run(
        "INSERT INTO temp.turn_tag SELECT person_id, tag_id, 1, origin, tag_step FROM (SELECT c.person_id,"
        " c.tag_id, c.origin, c.tag_step, row_number() OVER (PARTITION BY c.person_id ORDER BY c.tag_id)"
        " + (SELECT count(*) FROM person_tag h WHERE h.person_id = c.person_id) AS place"
        f" {lacking}) WHERE place <= ?3",
        (step, put, shop.tag_limit(db)),
    )
    db.run(
        "INSERT INTO person_tag (person_id, tag_id, origin, step_id)"
        " SELECT person_id, tag_id, origin, tag_step FROM temp.turn_tag WHERE added = 1"
    )
    note(db, "impossible", "person", f"SELECT c.person_id AS row_id {lacking}", (step, put))
