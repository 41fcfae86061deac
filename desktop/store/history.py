"""The owner's actions as named steps that survive a restart. A step's changes are written in the
transaction that makes them: rows it updated or deleted as before- and after-images, rows it created by
their created_step, tags it put on or took off as tag changes. How a step is turned back is in
reverting.py."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from desktop.core.message import Message
from desktop.store import shop
from desktop.store.database import Database


@dataclass(frozen=True, slots=True)
class Step:
    """One named action; ``at`` is UTC, ``changed`` the number of people, orders or tags it changed."""

    id: int
    at: str
    kind: str
    title: Message
    changed: int
    undone: bool
    undoable: bool


def utc_now() -> str:
    """This instant as the shop file keeps instants."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def begin_step(db: Database, kind: str, title: Message) -> int:
    """Start a step inside the caller's transaction; returns its id."""
    return db.insert(
        "INSERT INTO step (at, kind, title) VALUES (?, ?, ?)", (utc_now(), kind, title.to_json())
    )


def finish_step(db: Database, step_id: int, changed: int, title: Message | None = None) -> int | None:
    """Write down how much the step changed; what was undone before can then not be redone any more. A step that changed nothing
    is not kept: returns None then, else the id."""
    if not changed:
        db.run("DELETE FROM step WHERE id = ?", (step_id,))
        return None
    db.run("UPDATE step SET changed = ? WHERE id = ?", (changed, step_id))
    _end_redo(db, step_id)
    if title is not None:
        db.run("UPDATE step SET title = ? WHERE id = ?", (title.to_json(), step_id))
    return step_id


def list_only(db: Database, kind: str, title: Message, changed: int) -> int:
    """Record an action that cannot be undone (an upload, an erasure); returns the step's id."""
    return db.insert(
        "INSERT INTO step (at, kind, title, changed, state) VALUES (?, ?, ?, ?, 'listed')",
        (utc_now(), kind, title.to_json(), changed),
    )


def record_update(
    db: Database, step_id: int, table: str, row_id: int, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    """Keep the changed fields of one row as they were and as they are now."""
    db.run(
        "INSERT INTO row_change (step_id, tbl, row_id, before, after) VALUES (?, ?, ?, ?, ?)",
        (
            step_id,
            table,
            row_id,
            json.dumps(before, ensure_ascii=False),
            json.dumps(after, ensure_ascii=False),
        ),
    )


def steps(db: Database, *, limit: int | None = None, before: int | None = None) -> list[Step]:
    """The steps, newest first."""
    rows = db.all(
        "SELECT id, at, kind, title, changed, state, images FROM step WHERE id < ? ORDER BY id DESC LIMIT ?",
        (before if before is not None else 1 << 62, limit if limit is not None else -1),
    )
    return [_step(row) for row in rows]


def step(db: Database, step_id: int) -> Step | None:
    """One step, or None."""
    row = db.row("SELECT id, at, kind, title, changed, state, images FROM step WHERE id = ?", (step_id,))
    return None if row is None else _step(row)


def next_undo(db: Database) -> Step | None:
    """The step a plain undo would take back: the newest that is done and can be undone."""
    row = db.row(
        "SELECT id, at, kind, title, changed, state, images FROM step"
        " WHERE state = 'done' AND images = 1 ORDER BY id DESC LIMIT 1"
    )
    return None if row is None else _step(row)


def next_redo(db: Database) -> Step | None:
    """The step a redo would bring back: the oldest undone one that no newer action follows."""
    row = db.row(
        "SELECT id, at, kind, title, changed, state, images FROM step WHERE state = 'undone' AND images = 1"
        " AND id > coalesce((SELECT max(id) FROM step WHERE state = 'done'), 0) ORDER BY id LIMIT 1"
    )
    return None if row is None else _step(row)


KEPT_MONTHS = 12
KEPT_BYTES = 2_000_000_000
"""How long, and up to which size in all, the images of steps are kept; the shop file may say otherwise."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long, in months, and up to which size in bytes the images of steps are kept."""

    months: int = KEPT_MONTHS
    most_bytes: int = KEPT_BYTES


def keeping(db: Database) -> Keeping:
    """What the shop file says about keeping images."""
    months = shop.get(db, "history_months", str(KEPT_MONTHS))
    return Keeping(int(months), int(shop.get(db, "history_bytes", str(KEPT_BYTES))))


def keep(db: Database, wanted: Keeping) -> None:
    """Write down what is kept from now on."""
    shop.put(db, "history_months", str(wanted.months))
    shop.put(db, "history_bytes", str(wanted.most_bytes))


_BYTES_OF_A_TAG = 40
_SIZES = (
    "SELECT step_id, sum(size) FROM (SELECT step_id, length(coalesce(before, '')) + length(coalesce(after, '')) AS size"
    " FROM row_change UNION ALL SELECT step_id, :tag FROM tag_change) GROUP BY step_id ORDER BY step_id DESC"
)


def stale_steps(db: Database) -> list[int]:
    """Steps whose images are older than the shop keeps them, or beyond the size it keeps, newest counted first: always the oldest
    ones, without a gap. Age is counted back from the newest step, so that a clock set forward makes nothing old; and a step made
    while the clock was set back is not old before those in front of it are."""
    wanted = keeping(db)
    kept = "images = 1 AND state <> 'listed'"
    first_young = db.value(
        f"SELECT min(id) FROM step WHERE {kept} AND at >="
        " strftime('%Y-%m-%dT%H:%M:%f', (SELECT max(at) FROM step), ?)",
        (f"-{wanted.months} months",),
    )
    size, cut = 0, 0
    for step_id, bytes_of_step in db.all(_SIZES, {"tag": _BYTES_OF_A_TAG}):
        size += bytes_of_step
        if size > wanted.most_bytes:
            cut = step_id
            break
    return db.column(
        f"SELECT id FROM step WHERE {kept} AND (id < ? OR id <= ?) ORDER BY id", (first_young or 0, cut)
    )


def forget_images(db: Database, step_ids: Iterable[int]) -> None:
    """Drop the images of steps; they stay listed as no longer undoable."""
    for step_id in step_ids:
        db.run("DELETE FROM row_change WHERE step_id = ?", (step_id,))
        db.run("DELETE FROM tag_change WHERE step_id = ?", (step_id,))
        db.run("UPDATE step SET images = 0 WHERE id = ?", (step_id,))


def _end_redo(db: Database, step_id: int) -> None:
    """Undone steps before a new one stood on what it changes: even once it is undone itself, they do not fit any more.
    Older steps that a step took back stay as they are; they are done again when that step is undone."""
    undone = db.column(
        "SELECT id FROM step WHERE state = 'undone' AND images = 1 AND id < ? AND id NOT IN"
        " (SELECT undoes FROM step WHERE undoes IS NOT NULL AND state = 'done')",
        (step_id,),
    )
    forget_images(db, undone)


def _step(row: tuple[Any, ...]) -> Step:
    step_id, at, kind, title, changed, state, images = row
    undoable = bool(images) and state != "listed"
    return Step(step_id, at, kind, Message.from_json(title), changed, state == "undone", undoable)
