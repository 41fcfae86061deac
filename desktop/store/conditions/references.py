"""Conditions that name a saved audience: they follow when it gets another name, and no audience may come to hold itself."""

from __future__ import annotations

from dataclasses import replace

from desktop.core.figures.nasl import FEWEST_GAPS, Repurchase
from desktop.core.people.condition import And, Condition, Not, Op, Or, Term, audience_names
from desktop.core.people.query.mistake import QueryMistake
from desktop.core.people.query_text import parse, to_text
from desktop.store.audiences import audience_key
from desktop.store.condition_sql import compile_condition, query_context
from desktop.store.database import Database
from desktop.store.members import views
from desktop.store.planning import mentions as planned
from desktop.store.tagging import mentions
from desktop.store.tagging.mentions import Mentions


def check_references(db: Database, name: str) -> None:
    """Make sure that the audience of this name, as it is kept now, can be counted as far as other audiences go.

    Args:
        db: the writer, inside the transaction that saved it.
        name: the audience.

    Raises:
        UserError: if it names an audience that is not there, or holds itself by whatever way round.
    """
    context = query_context(db)
    # Whether the cycle is known changes from day to day and is no reason not to keep a condition.
    some_cycle = Repurchase(30, 90, context.now.date(), FEWEST_GAPS)
    whole = Term("audience", Op.HAS, name)
    compile_condition(whole, replace(context, repurchase=lambda: some_cycle))


def rename_references(db: Database, step: int, old: str, new: str) -> Mentions:
    """Let the conditions of audiences, rules, saved views and plans that name an audience name it as it is called now; returns
    whose did.

    Args:
        db: the writer, inside the step's transaction.
        step: keeps the images, so that undo takes back the name and its mentions together.
        old: the name it had.
        new: the name it has.
    """
    key = audience_key(old)
    return mentions.rewrite(db, step, lambda query: with_audience_called(query, key, new))


def referring(db: Database, name: str) -> Mentions:
    """The audiences, rules, saved views and plans whose conditions name an audience: without it they cannot be counted."""
    key = audience_key(name)
    named = {
        table: tuple(
            other
            for other, query in db.all(f"SELECT name, query FROM {table} ORDER BY id")
            if _names(query, key)
        )
        for table in ("rule", "audience")
    }
    of_views = tuple(view.name for view in views.all_views(db) if _names(view.query, key))
    of_plans = tuple(
        plan.name
        for plan in planned.all_with_queries(db)
        if any(_names(query, key) for query in planned.queries(plan))
    )
    return Mentions((), named["rule"], named["audience"], of_views, of_plans)


def _names(query: str, key: str) -> bool:
    try:
        found = audience_names(parse(query, extra_columns=None))
    except QueryMistake:
        return False
    return any(audience_key(name) == key for name in found)


def with_audience_called(query: str, key: str, name: str) -> str:
    """A query that calls an audience (its key) by another name; the very same text where it does not name it."""
    return to_text(_renamed(parse(query, extra_columns=None), key, name)) if _names(query, key) else query


def _renamed(condition: Condition, key: str, name: str) -> Condition:
    match condition:
        case And(parts) | Or(parts):
            return type(condition)(tuple(_renamed(part, key, name) for part in parts))
        case Not(part):
            return Not(_renamed(part, key, name))
        case Term(field="audience", extra=False, value=str(old)) if audience_key(old) == key:
            return replace(condition, value=name)
    return condition
