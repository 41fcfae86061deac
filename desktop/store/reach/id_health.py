"""Whether the LINE user IDs of some people can be ones: their form, the same one twice in another writing, several of one
person."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.store.conditions.values import Sql
from desktop.store.database import Database

WELL_FORMED = "p.line_user_id GLOB '" + "U" + "[0-9a-f]" * 32 + "'"
"""SQL on ``person p``: a user ID as LINE writes it (limits.USER_ID_PATTERN)."""

_NAME = "coalesce(p.name, p.line_name, p.member_no, '')"
_WRITTEN_RIGHT = "'U' || lower(substr(trim(p.line_user_id), 2))"


@dataclass(frozen=True, slots=True)
class IdForms:
    """User IDs of the people asked about.

    Args:
        with_id: people with a user ID.
        malformed: those whose ID is none; LINE refuses a list with one of them.
        twice: of these, those whose ID is somebody else's in another writing (capitals, spaces).
        several: people who have more than one, from a merge; only the one in use is uploaded.
    """

    with_id: int
    malformed: int
    twice: int
    several: int


def id_forms(db: Database, sql: Sql) -> IdForms:
    """Look at the user IDs of the people who match a compiled condition on ``person p``."""
    wrong = f"SELECT p.id, {_WRITTEN_RIGHT} AS right_id FROM person p WHERE p.line_user_id IS NOT NULL AND NOT {WELL_FORMED}"
    row = db.row(
        f"WITH wrong AS MATERIALIZED ({wrong} AND ({sql.where})) SELECT"
        f" (SELECT count(*) FROM person p WHERE p.line_user_id IS NOT NULL AND ({sql.where})),"
        " (SELECT count(*) FROM wrong),"
        " (SELECT count(*) FROM wrong w WHERE EXISTS (SELECT 1 FROM person o WHERE o.line_user_id = w.right_id"
        " AND o.id <> w.id)),"
        " (SELECT count(DISTINCT i.person_id) FROM other_identity i JOIN step s ON s.id = i.step_id AND s.state = 'done'"
        " JOIN person p ON p.id = i.person_id WHERE i.key = 'line_user_id' AND p.line_user_id IS NOT NULL"
        f" AND i.value <> p.line_user_id AND ({sql.where}))",
        [*sql.params, *sql.params, *sql.params],
    )
    return IdForms(*(int(value) for value in row or (0,) * 4))


def malformed(db: Database, sql: Sql, limit: int) -> list[tuple[int, str]]:
    """(id, name) of the people who match and whose user ID is none."""
    return [
        (person, name)
        for person, name in db.all(
            f"SELECT p.id, {_NAME} FROM person p WHERE p.line_user_id IS NOT NULL AND NOT {WELL_FORMED} AND ({sql.where})"
            " ORDER BY 2, 1 LIMIT ?",
            [*sql.params, limit],
        )
    ]
