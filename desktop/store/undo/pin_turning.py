"""The pins' part of turning a step. Ten places that one tag each can have: they are turned last, when every tag that comes is
there and every tag that goes is gone; a place that another tag took since stays with it."""

from __future__ import annotations

import json
from typing import Any

from desktop.store.database import Database
from desktop.store.undo.turn_report import note


def turn_pins(db: Database, step: int, *, back: bool, into: int | None) -> None:
    """Turn the pins a step changed; ``back`` is undo, ``into`` the step that records it, if any."""
    now, then = ("after", "before") if back else ("before", "after")
    turning: list[tuple[int, Any, Any]] = []
    for tag_id, is_row, was, wanted in db.all(
        f"SELECT t.id, c.{now} IS NOT NULL, json_extract(c.{now}, '$.pinned'), json_extract(c.{then}, '$.pinned')"
        " FROM row_change c JOIN tag t ON t.id = c.row_id WHERE c.step_id = ? AND c.tbl = 'tag'"
        f" AND c.{then} IS NOT NULL AND json_type(coalesce(c.{now}, c.{then}), '$.pinned') IS NOT NULL",
        (step,),
    ):
        stands = db.value("SELECT pinned FROM tag WHERE id = ?", (tag_id,))
        if wanted == was:
            continue
        if stands == (was if is_row else None):
            turning.append((tag_id, stands, wanted))
        else:
            note(db, "kept", "tag", "SELECT ? AS row_id", (tag_id,))
    for tag_id, _, _ in turning:
        db.run("UPDATE tag SET pinned = NULL WHERE id = ?", (tag_id,))
    for tag_id, was, wanted in turning:
        if wanted is not None and db.value("SELECT 1 FROM tag WHERE pinned = ?", (wanted,)):
            note(db, "impossible", "tag", "SELECT ? AS row_id", (tag_id,))
            db.run(
                "UPDATE tag SET pinned = ? WHERE id = ? AND ? NOT IN (SELECT pinned FROM tag WHERE pinned NOT NULL)",
                (was, tag_id, was),
            )
            continue
        db.run("UPDATE tag SET pinned = ? WHERE id = ?", (wanted, tag_id))
        note(db, "reverted", "tag", "SELECT ? AS row_id", (tag_id,))
        if into is not None:
            _keep(db, into, tag_id, was, wanted)


def _keep(db: Database, step: int, tag_id: int, was: Any, now: Any) -> None:
    """Beside what the new step keeps of the tag already: a whole row that came brings its pin in its image."""
    kept = db.row(
        "SELECT before FROM row_change WHERE step_id = ? AND tbl = 'tag' AND row_id = ?", (step, tag_id)
    )
    if kept is None:
        images = (json.dumps({"pinned": was}), json.dumps({"pinned": now}))
        db.run(
            "INSERT INTO row_change (step_id, tbl, row_id, before, after) VALUES (?, 'tag', ?, ?, ?)",
            (step, tag_id, *images),
        )
    elif kept[0] is not None:
        db.run(
            "UPDATE row_change SET before = json_set(before, '$.pinned', ?), after = json_set(after, '$.pinned', ?)"
            " WHERE step_id = ? AND tbl = 'tag' AND row_id = ?",
            (was, now, step, tag_id),
        )
