"""What of an audience was uploaded and stands: its newest upload that LINE has or is to have, with those that only added to it.
And how the reachable people of now differ from these: who joined, who left and why, by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from desktop.store.audience_history.hold_out import held_out_sql
from desktop.store.audiences import REACHABLE
from desktop.store.conditions.values import Sql
from desktop.store.database import Database

COMPARED = ("waiting", "sending", "unknown", "processing", "ready", "action_needed")
"""States of an upload that the people of now are compared with; what LINE refused or the owner took back never reached it."""

Why = Literal["other_id", "held_out", "unreachable", "condition", "deleted"]
REASONS: tuple[Why, ...] = ("other_id", "held_out", "unreachable", "condition", "deleted")

_HOLDER = (
    "coalesce((SELECT id FROM person WHERE line_user_id = m.uid), (SELECT i.person_id FROM other_identity i"
    " JOIN step s ON s.id = i.step_id AND s.state = 'done' JOIN person k ON k.id = i.person_id WHERE i.key = 'line_user_id'"
    " AND i.value = m.uid), (SELECT id FROM person WHERE id = m.was))"
)
"""SQL on ``missing m``: who has the user ID now, herself or from a merge, or had it then."""

_NAME = "coalesce(p.name, p.line_name, p.member_no, '')"


@dataclass(frozen=True, slots=True)
class Difference:
    """The reachable people of now beside those uploaded: who joined, who left, who is in both. ``erased`` people were uploaded
    too; nothing of them is kept but this number."""

    joined: int
    left: int
    unchanged: int
    erased: int = 0

    @property
    def is_none(self) -> bool:
        """Whether the list is the one that was uploaded."""
        return not (self.joined or self.left or self.erased)


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody who joined or left; ``id`` is None if she is not in the shop any more, ``why`` None for who joined."""

    id: int | None
    name: str
    why: Why | None = None


def standing_uploads(db: Database, audience_id: int) -> list[int]:
    """The uploads that make up what stands at LINE of an audience, oldest first; none if it was never uploaded."""
    return db.column(
        f"SELECT id FROM upload WHERE audience_id = ?1 AND kind IN ('new', 'replace', 'add') AND state IN {COMPARED}"
        " AND id >= coalesce((SELECT max(id) FROM upload WHERE audience_id = ?1 AND kind IN ('new', 'replace')"
        f" AND state IN {COMPARED}), 0) ORDER BY id",
        (audience_id,),
    )


def difference(db: Database, audience_id: int, sql: Sql, uploads: Sequence[int]) -> Difference:
    """Compare the reachable people who match now, without those held out, with the user IDs of uploads.

    Args:
        db: any connection.
        audience_id: whose hold-out counts.
        sql: a compiled condition on ``person p``.
        uploads: :func:`standing_uploads`.
    """
    ours = _among(uploads)
    one = len(uploads) == 1
    row = db.row(
        f"WITH now AS MATERIALIZED (SELECT p.line_user_id AS uid FROM person p WHERE {_now(audience_id, sql)})"
        f" SELECT (SELECT count(*) FROM now), (SELECT count(*) FROM now WHERE {_uploaded('now.uid', ours)}),"
        f" (SELECT count({'*' if one else 'DISTINCT line_user_id'}) FROM upload_person WHERE upload_id IN ({ours})),"
        f" (SELECT sum(u.ids) FROM upload u WHERE u.id IN ({ours})),"
        f" (SELECT count(*) FROM upload_person WHERE upload_id IN ({ours}))",
        sql.params,
    )
    now, both, frozen, ids, kept = (int(value or 0) for value in row or (0,) * 5)
    return Difference(now - both, frozen - both, both, max(0, ids - kept))


def joined(db: Database, audience_id: int, sql: Sql, uploads: Sequence[int], limit: int) -> list[Moved]:
    """Those of now who were not uploaded, by name."""
    rows = db.all(
        f"SELECT p.id, {_NAME} FROM person p WHERE {_now(audience_id, sql)}"
        f" AND NOT {_uploaded('p.line_user_id', _among(uploads))} ORDER BY 2, 1 LIMIT ?",
        [*sql.params, limit],
    )
    return [Moved(person, name) for person, name in rows]


def left(db: Database, audience_id: int, sql: Sql, uploads: Sequence[int], limit: int) -> list[Moved]:
    """Those uploaded who are not in the list of now, by name, and why: reached by another user ID since (a merge), held out,
    not to be reached any more, not within the condition any more, or not in the shop any more."""
    rows = db.all(
        f"WITH now AS MATERIALIZED (SELECT p.line_user_id AS uid FROM person p WHERE {_now(audience_id, sql)}),"
        " missing AS (SELECT line_user_id AS uid, max(person_id) AS was FROM upload_person"
        f" WHERE upload_id IN ({_among(uploads)}) AND line_user_id NOT IN (SELECT uid FROM now) GROUP BY line_user_id),"
        f" gone AS MATERIALIZED (SELECT uid, was, {_HOLDER} AS person FROM missing m)"
        f" SELECT p.id, {_NAME}, CASE WHEN p.line_user_id <> g.uid THEN 'other_id' WHEN NOT {REACHABLE} THEN 'unreachable'"
        f" WHEN {held_out_sql(audience_id)} THEN 'held_out' ELSE 'condition' END"
        " FROM gone g JOIN person p ON p.id = g.person UNION ALL SELECT NULL,"
        " coalesce((SELECT d.name FROM deleted_person d WHERE d.person_id = g.was ORDER BY d.step_id DESC), ''), 'deleted'"
        " FROM gone g WHERE g.person IS NULL ORDER BY 2, 1 LIMIT ?",
        [*sql.params, limit],
    )
    return [Moved(person, name, why) for person, name, why in rows]


def _now(audience_id: int, sql: Sql) -> str:
    return f"{REACHABLE} AND ({sql.where}) AND NOT {held_out_sql(audience_id)}"


def _among(uploads: Sequence[int]) -> str:
    return ", ".join(str(int(upload)) for upload in uploads)


def _uploaded(uid: str, uploads: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM upload_person f WHERE f.upload_id IN ({uploads}) AND f.line_user_id = {uid})"
    )
