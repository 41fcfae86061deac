"""How many people have each menu as their own: those with a user ID whom its query finds and no menu before it."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.core.errors import UserError
from desktop.core.people.condition import And, Condition, Not, Op, Term
from desktop.operations.audiences.audiences import condition_of
from desktop.store.condition_sql import count
from desktop.store.database import Database

HAS_USER_ID = Term("line_user_id", Op.ANY)


def people_of(db: Database, queries: Sequence[tuple[int, str]]) -> dict[int, int]:
    """Plan → how many people; menus for everybody and those whose query has a mistake are left out.

    Args:
        db: read only.
        queries: plan and query of the menus that are in force, in their order.
    """
    found: dict[int, int] = {}
    before: list[Condition] = []
    for plan_id, query in queries:
        if not query:
            continue
        try:
            condition = condition_of(db, query)
        except UserError:
            continue
        found[plan_id] = count(db, And((HAS_USER_ID, condition, *before)))
        before.append(Not(condition))
    return found
