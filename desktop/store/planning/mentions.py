"""The queries that plans hold: the stages of journeys, and for whom a rich menu is. When a tag or an audience gets another name,
they follow like any other condition."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from desktop.store.database import Database
from desktop.store.planning import plans
from desktop.store.planning.plans import Plan

KINDS = ("rich_menu", "journey")
"""Kinds of plans that hold queries."""


def queries(plan: Plan) -> tuple[str, ...]:
    """The queries of a plan that say who; empty ones, which are everybody, left out."""
    return tuple(str(holder[key]) for holder, key in _places(plan.kind, plan.content))


def all_with_queries(db: Database) -> list[Plan]:
    """The plans that hold queries, kind by kind in their order."""
    found = [plan for kind in KINDS for plan in plans.all_of(db, kind)]
    return [plan for plan in found if queries(plan)]


def rewritten(db: Database, change: Callable[[str], str]) -> list[tuple[Plan, str, str]]:
    """The plans whose queries a change would write otherwise, each with its content as text before and after.

    Args:
        db: any connection.
        change: gives a query's new text, the very same where nothing changes.
    """
    found = []
    for plan in all_with_queries(db):
        content = json.loads(json.dumps(plan.content))
        for holder, key in _places(plan.kind, content):
            holder[key] = change(str(holder[key]))
        if content != plan.content:
            found.append((plan, plans.content_text(plan.content), plans.content_text(content)))
    return found


def _places(kind: str, content: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """Where queries stand in a content: the object and the key."""
    key = "for_whom" if kind == "rich_menu" else "query"
    holders: Any = [content] if kind == "rich_menu" else content.get("stages")
    if kind not in KINDS or not isinstance(holders, list):
        return
    for holder in holders:
        if isinstance(holder, dict) and isinstance(holder.get(key), str) and holder[key].strip():
            yield holder, key
