"""Figures about the people a compiled condition on ``person p`` reaches: which share of the revenue is theirs, when
their friendship was last checked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.store.audiences import REACHABLE
from desktop.store.conditions.values import Sql
from desktop.store.database import Database


@dataclass(frozen=True, slots=True)
class Revenue:
    """Revenue of counting orders since a day: of the people in question, and of the whole shop (unknown buyers included)."""

    theirs: float
    everybody: float

    @property
    def share(self) -> float | None:
        """Their part of the whole, 0 to 1; None where there is no revenue."""
        return self.theirs / self.everybody if self.everybody > 0 else None


def revenue(db: Database, sql: Sql, since: str) -> Revenue:
    """Revenue since a local day (ISO) of the reachable people who match, and of the shop."""
    counting = "o.counts = 1 AND o.ordered_at >= ?"
    row = db.row(
        f"SELECT (SELECT total(o.amount) FROM shop_order o JOIN person p ON p.id = o.person_id"
        f" WHERE {counting} AND {REACHABLE} AND {sql.where}),"
        f" (SELECT total(o.amount) FROM shop_order o WHERE {counting})",
        [since, *sql.params, since],
    )
    theirs, everybody = row or (0.0, 0.0)
    return Revenue(float(theirs), float(everybody))


def friends_checked_on(db: Database, sql: Sql) -> str | None:
    """The local day (ISO) of the newest check that found one of the matching people to be no friend any more; None if none
    was."""
    newest = db.value(
        f"SELECT max(p.friend_checked_at) FROM person p WHERE p.friend IS 0 AND {sql.where}", sql.params
    )
    return str(newest)[:10] if newest else None


def among(db: Database, ids: Sequence[int], sql: Sql) -> frozenset[int]:
    """Which of some people match."""
    wanted = json.dumps(list(ids))
    return frozenset(
        db.column(
            f"SELECT p.id FROM person p WHERE p.id IN (SELECT value FROM json_each(?)) AND {sql.where}",
            [wanted, *sql.params],
        )
    )


LISTED = ("level", "store", "source")
"""Fields of a person's own with few different values."""


def values_of(db: Database, field: str, limit: int = 200) -> list[str]:
    """The values people have in a field of the person's own, most frequent first.

    Args:
        db: any connection.
        field: one of LISTED.
        limit: at most so many.
    """
    if field not in LISTED:
        raise ValueError(f"{field} is not a field with a list of values")
    return db.column(
        f"SELECT p.{field} FROM person p WHERE p.{field} <> '' GROUP BY p.{field} ORDER BY count(*) DESC, p.{field} LIMIT ?",
        (limit,),
    )
