"""People the owner deleted: the list of them, and the identities by which imports leave them out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.core.people.selection import Selection
from desktop.store.condition_sql import selection_sql
from desktop.store.database import Database
from desktop.store.history import utc_now


@dataclass(frozen=True, slots=True)
class DeletedPerson:
    """Somebody who was deleted; ``at`` is a UTC instant."""

    step: int
    id: int
    name: str | None
    member_no: str | None
    line_user_id: str | None
    phone: str | None
    email: str | None
    at: str


_IN_FORCE = (
    "{0}deleted_person d JOIN {0}step s ON s.id = d.step_id AND s.state = 'done' AND d.allowed_at IS NULL"
)


def keys_in_force(schema: str = "") -> str:
    """SQL: every identity of people who are deleted and not allowed back, as rows (key, value, person_id); those of people
    who had been merged into them too.

    Args:
        schema: "shop." where the shop is attached under that name.
    """
    found = _IN_FORCE.format(schema)
    own = " UNION ALL ".join(
        f"SELECT '{key}' AS key, d.{key} AS value, d.person_id AS person_id FROM {found} WHERE d.{key} IS NOT NULL"
        for key in ("member_no", "line_user_id", "phone", "email")
    )
    others = (
        f"SELECT o.key, o.value, o.person_id FROM {schema}other_identity o JOIN {schema}step m ON m.id = o.step_id"
        f" AND m.state = 'done' WHERE o.person_id IN (SELECT d.person_id FROM {found})"
    )
    return f"{own} UNION {others}"


def listed(db: Database) -> list[DeletedPerson]:
    """Who is deleted and not allowed back, last deleted first."""
    rows = db.all(
        "SELECT d.step_id, d.person_id, d.name, d.member_no, d.line_user_id, d.phone, d.email, s.at"
        f" FROM {_IN_FORCE.format('')} ORDER BY d.step_id DESC, d.person_id"
    )
    return [DeletedPerson(*row) for row in rows]


def first_names(db: Database, selection: Selection, limit: int) -> list[str]:
    """How the first of some people are called: by name, else by member number, else by their number in the list."""
    sql = selection_sql(db, selection)
    return db.column(
        "SELECT coalesce(p.name, p.line_name, p.member_no, '#' || p.id) FROM person p"
        f" WHERE {sql.where} ORDER BY p.id LIMIT ?",
        [*sql.params, limit],
    )


def allow(db: Database, which: Sequence[tuple[int, int]]) -> int:
    """Let imports bring people back; returns how many. Not a step: nothing about the shop's people changes.

    Args:
        which: (step, person id).
    """
    return db.run(
        "UPDATE deleted_person SET allowed_at = ? WHERE allowed_at IS NULL AND (step_id, person_id) IN"
        " (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?))",
        (utc_now(), json.dumps([list(one) for one in which])),
    )
