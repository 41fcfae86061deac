"""What the owner plans: greetings, rich menus, the operating plan, entries of its calendar, tasks, journeys. One row each, its
content as JSON of the kind's own model; every change belongs to a step of the history."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from typing import Any

from desktop.store import history
from desktop.store.database import Database
from desktop.store.undo.row_images import PLAN

NAMED = frozenset({"greeting", "rich_menu", "sheet", "journey", "recruiting"})
"""Kinds of which no two may have the same name."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One thing planned; ``content`` is JSON-able, ``place`` its order among its kind, ``saved_at`` a UTC instant."""

    id: int
    kind: str
    name: str
    place: float
    content: dict[str, Any]
    saved_at: str


_SELECT = "SELECT id, kind, name, place, content, saved_at FROM plan"


def plan_key(kind: str, name: str) -> str | None:
    """What makes a name the same as another of its kind; None where names may repeat."""
    if kind not in NAMED:
        return None
    return f"{kind}:{unicodedata.normalize('NFKC', name).strip().casefold()}"


def all_of(db: Database, kind: str) -> list[Plan]:
    """All plans of a kind in their order."""
    return [_plan(row) for row in db.all(f"{_SELECT} WHERE kind = ? ORDER BY place, id", (kind,))]


def by_id(db: Database, plan_id: int) -> Plan | None:
    """One plan, or None."""
    row = db.row(f"{_SELECT} WHERE id = ?", (plan_id,))
    return None if row is None else _plan(row)


def find(db: Database, kind: str, name: str) -> Plan | None:
    """The plan of this name (case and width do not matter), or None."""
    row = db.row(f"{_SELECT} WHERE key = ?", (plan_key(kind, name),))
    return None if row is None else _plan(row)


def last_place(db: Database, kind: str) -> float:
    """The place of the last of a kind; 0 if there is none."""
    return float(db.value("SELECT coalesce(max(place), 0) FROM plan WHERE kind = ?", (kind,)))


def create(db: Database, kind: str, name: str, place: float, content: dict[str, Any], step: int) -> int:
    """Keep a new plan; returns its id."""
    return db.insert(
        "INSERT INTO plan (kind, name, key, place, content, saved_at, created_step) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (kind, name, plan_key(kind, name), place, content_text(content), history.utc_now(), step),
    )


def change(db: Database, was: Plan, name: str, place: float, content: dict[str, Any], step: int) -> bool:
    """Give a plan another name, place or content, keeping with the step what was there; False if it is the same."""
    before, after = (
        _fields(was.kind, was.name, was.place, was.content),
        _fields(was.kind, name, place, content),
    )
    changed = {field for field in before if before[field] != after[field]}
    if not changed:
        return False
    history.record_update(
        db, step, "plan", was.id, {f: before[f] for f in changed}, {f: after[f] for f in changed}
    )
    _write(db, was.id, after)
    return True


def widen(db: Database, was: Plan, content: dict[str, Any], since: str) -> int | None:
    """Let the newest step take in one more edit of the same plan's content, so that one burst of editing is one step.
    Making a plan stays a step of its own: undoing what was written must not take the plan away.

    Args:
        db: the writer, in a transaction.
        was: the plan as it stands.
        content: what it becomes.
        since: a UTC instant; an older step is not widened.

    Returns:
        The step; None if the newest is of something else, older, or undone.
    """
    row = db.row(
        "SELECT s.id, c.after FROM step s JOIN row_change c ON c.step_id = s.id WHERE s.id = (SELECT max(id) FROM step)"
        " AND s.kind = 'plan_save' AND s.state = 'done' AND s.at >= ?2 AND c.tbl = 'plan' AND c.row_id = ?1"
        " AND c.before IS NOT NULL AND (SELECT count(*) FROM row_change WHERE step_id = s.id) = 1",
        (was.id, since),
    )
    if row is None:
        return None
    step, kept = int(row[0]), json.loads(row[1])
    if "content" not in kept:
        return None
    kept["content"] = content_text(content)
    db.run(
        "UPDATE row_change SET after = ? WHERE step_id = ? AND tbl = 'plan' AND row_id = ?",
        (json.dumps(kept, ensure_ascii=False), step, was.id),
    )
    _write(db, was.id, {"content": kept["content"]})
    return step


def delete(db: Database, plan_id: int, step: int) -> None:
    """Delete a plan, keeping its image with a step."""
    db.run(
        "INSERT INTO row_change (step_id, tbl, row_id, before, after)"
        f" SELECT ?, 'plan', r.id, {PLAN.image}, NULL FROM plan r WHERE r.id = ?",
        (step, plan_id),
    )
    db.run("DELETE FROM plan WHERE id = ?", (plan_id,))


def _fields(kind: str, name: str, place: float, content: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "key": plan_key(kind, name), "place": place, "content": content_text(content)}


def _write(db: Database, plan_id: int, fields: dict[str, Any]) -> None:
    assignments = ", ".join(f"{field} = ?" for field in fields)
    db.run(
        f"UPDATE plan SET {assignments}, saved_at = ? WHERE id = ?",
        (*fields.values(), history.utc_now(), plan_id),
    )


def content_text(content: dict[str, Any]) -> str:
    """A content as the file keeps it."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plan(row: tuple[Any, ...]) -> Plan:
    return Plan(row[0], row[1], row[2], row[3], json.loads(row[4]), row[5])
