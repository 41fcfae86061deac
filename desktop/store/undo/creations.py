"""Rows a step created carry its number and need no images while they are there. Before an undo the images are written, after a
redo they are forgotten again. And rows that are not there: which step took them away."""

from __future__ import annotations

from desktop.store.database import Database
from desktop.store.undo.row_images import IMAGED
from desktop.store.undo.turn_report import note


def forget_creations(db: Database, step: int) -> None:
    """Rows the step created and that are back need no images: what hangs on them may change before the next undo."""
    mine = (
        "SELECT row_id FROM row_change WHERE step_id = ?1 AND tbl = 'person' AND before IS NULL"
        " AND json_extract(after, '$.created_step') = ?1"
    )
    db.run(f"DELETE FROM tag_change WHERE step_id = ?1 AND added = 1 AND person_id IN ({mine})", (step,))
    db.run(
        "DELETE FROM row_change WHERE step_id = ?1 AND before IS NULL"
        " AND json_extract(after, '$.created_step') = ?1",
        (step,),
    )


def write_down_creations(db: Database, step: int) -> None:
    """Rows the step created get their images now, unless something later hangs on them; images of an earlier time, from when the
    step was taken back as an older one and that was taken back again, give way."""
    forget_creations(db, step)
    note(
        db,
        "kept",
        "person",
        "SELECT p.id AS row_id FROM person p WHERE p.created_step = ?1 AND (p.changed_step IS NOT ?1"
        " OR EXISTS (SELECT 1 FROM person_tag t WHERE t.person_id = p.id AND t.step_id IS NOT ?1)"
        " OR EXISTS (SELECT 1 FROM shop_order o WHERE o.person_id = p.id AND o.created_step IS NOT"
        " ?1 AND NOT EXISTS"
        " (SELECT 1 FROM row_change c WHERE c.step_id = ?1 AND c.tbl = 'shop_order' AND c.row_id ="
        " o.id)))",
        (step,),
    )
    note(
        db,
        "kept",
        "shop_order",
        "SELECT id AS row_id FROM shop_order WHERE created_step = ?1 AND changed_step IS NOT ?1",
        (step,),
    )
    _keep_what_was_written_on(db, step)
    unkept = "r.id NOT IN (SELECT row_id FROM temp.turn_report WHERE tbl = '{}' AND fate = 'kept')"
    db.run(
        "INSERT OR IGNORE INTO tag_change (step_id, tag_id, person_id, added, origin, tag_step)"
        " SELECT ?1, t.tag_id, t.person_id, 1, t.origin, t.step_id FROM person r JOIN person_tag t"
        " ON t.person_id = r.id"
        f" WHERE r.created_step = ?1 AND {unkept.format('person')}",
        (step,),
    )
    for imaged in IMAGED:
        db.run(
            "INSERT OR IGNORE INTO row_change (step_id, tbl, row_id, before, after)"
            f" SELECT ?1, '{imaged.table}', r.id, NULL, {imaged.image} FROM {imaged.table} r"
            f" WHERE r.created_step = ?1 AND {unkept.format(imaged.table)}",
            (step,),
        )


_WRITTEN = {"plan": ("content", "name"), "audience": ("query", "name"), "rule": ("query", "tag_id", "name")}
"""What the owner writes on a thing, by its table."""


def _keep_what_was_written_on(db: Database, step: int) -> None:
    """Plans, audiences and rules the step made that say something else by now, or are called otherwise, stay: what was written
    since is the owner's work. What they were made with is what the first later change of them found."""
    for table, fields in _WRITTEN.items():
        made_with = (
            f"coalesce((SELECT json_extract(c.before, '$.{{0}}') FROM row_change c WHERE c.tbl = '{table}' AND c.row_id = p.id"
            " AND c.step_id > ?1 AND json_type(c.before, '$.{0}') IS NOT NULL ORDER BY c.step_id LIMIT 1), p.{0})"
        )
        changed = " OR ".join(f"{made_with.format(name)} IS NOT p.{name}" for name in fields)
        note(
            db,
            "kept",
            table,
            f"SELECT p.id AS row_id FROM {table} p WHERE p.created_step = ?1 AND ({changed})",
            (step,),
        )


def note_taken_by_others(db: Database, step: int, table: str) -> None:
    """Note as impossible the missing rows (fate ``missing``) that another step took away since: they are not the turned step's to
    bring back. Undos of undos go on speaking of the rows of their first step, whoever took those away meanwhile.

    Args:
        step: the older step that is turned; steps that it undoes or that undo it are no others.
    """
    chain = (
        "WITH RECURSIVE up (id) AS (SELECT ?1 UNION SELECT s.undoes FROM step s JOIN up ON up.id = s.id"
        " WHERE s.undoes IS NOT NULL), chain (id) AS (SELECT id FROM up UNION SELECT s.id FROM step s"
        " JOIN chain c ON s.undoes = c.id)"
    )
    last = (
        "SELECT c.step_id, c.after, max(c.step_id) FROM row_change c JOIN step s ON s.id = c.step_id AND s.state = 'done'"
        f" WHERE c.tbl = '{table}' AND c.row_id = r.row_id AND c.step_id <> ?1 AND (c.before IS NULL OR c.after IS NULL)"
    )
    note(
        db,
        "impossible",
        table,
        f"{chain} SELECT r.row_id FROM temp.turn_report r WHERE r.tbl = '{table}' AND r.fate = 'missing' AND EXISTS"
        f" (SELECT 1 FROM ({last}) l WHERE l.step_id IS NOT NULL AND l.after IS NULL AND l.step_id NOT IN chain)",
        (step,),
    )
    db.run(
        "DELETE FROM temp.turn_report WHERE tbl = ?1 AND fate = 'missing' AND row_id IN"
        " (SELECT row_id FROM temp.turn_report WHERE tbl = ?1 AND fate = 'impossible')",
        (table,),
    )
