"""How far two audiences hold the same people."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.store.audiences import REACHABLE
from desktop.store.conditions.values import Sql
from desktop.store.database import Database


@dataclass(frozen=True, slots=True)
class Overlap:
    """People in one, in the other, in both; and of each how many can be reached."""

    one: int
    other: int
    both: int
    one_reachable: int
    other_reachable: int
    both_reachable: int


def overlap(db: Database, one: Sql, other: Sql) -> Overlap:
    """Compare two compiled conditions on ``person p``. Each is counted by itself, so that its own index serves it."""
    both = Sql(f"({one.where}) AND ({other.where})", [*one.params, *other.params])
    counted = [
        db.row(f"SELECT count(*), total({REACHABLE}) FROM person p WHERE {sql.where}", sql.params) or (0, 0)
        for sql in (one, other, both)
    ]
    (a, a_reach), (b, b_reach), (c, c_reach) = ((int(n), int(r)) for n, r in counted)
    return Overlap(a, b, c, a_reach, b_reach, c_reach)
