"""Questions to what people belong to as SQL on ``person p``: the class of NASL, a saved audience, an import."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from desktop.core.errors import UserError
from desktop.core.figures.nasl import FEWEST_GAPS
from desktop.core.message import message
from desktop.core.people.condition import Condition, Op, Or, Term
from desktop.core.people.fields import nearest_word
from desktop.core.people.query.mistake import QueryMistake
from desktop.core.people.query_text import parse
from desktop.core.people.search_text import fold
from desktop.store.audiences import audience_key
from desktop.store.conditions.values import QueryContext, Saved, Sql, meant_values
from desktop.store.database import Database
from desktop.store.insights.repurchase import class_where

LONGEST_CHAIN = 8
"""Audiences that may stand inside each other; each takes the ones inside it in whole."""

Compile = Callable[[Condition, QueryContext], Sql]

_BROUGHT = """p.id IN (
SELECT id FROM person WHERE created_step IN (SELECT value FROM json_each(?1))
UNION SELECT row_id FROM row_change WHERE tbl = 'person' AND step_id IN (SELECT value FROM json_each(?1))
UNION SELECT person_id FROM tag_change WHERE step_id IN (SELECT value FROM json_each(?1))
UNION SELECT person_id FROM shop_order WHERE created_step IN (SELECT value FROM json_each(?1)) AND person_id IS NOT NULL
UNION SELECT o.person_id FROM row_change c JOIN shop_order o ON o.id = c.row_id
      WHERE c.tbl = 'shop_order' AND o.person_id IS NOT NULL AND c.step_id IN (SELECT value FROM json_each(?1)))"""
_PLACES = _BROUGHT.count("?1")


def audiences_in(db: Database) -> Callable[[], dict[str, Saved]]:
    """The shop's saved audiences by their keys, read when a condition first asks for one."""
    kept: dict[str, Saved] = {}

    def found() -> dict[str, Saved]:
        if not kept:
            kept.update({key: Saved(*row) for key, *row in db.all("SELECT key, name, query FROM audience")})
        return kept

    return found


def imports_in(db: Database) -> Callable[[], list[tuple[int, str]]]:
    """The shop's imports that are done, as (step, file name), read when a condition asks for one."""

    def found() -> list[tuple[int, str]]:
        rows: list[Any] = db.all(
            "SELECT f.step_id, f.file FROM import_file f JOIN step s ON s.id = f.step_id WHERE s.state = 'done'"
        )
        return [(int(step), str(file)) for step, file in rows]

    return found


def nasl_sql(term: Term, context: QueryContext) -> Sql:
    """People of a class.

    Raises:
        UserError: if the shop's repurchase cycle is not known.
    """
    known = context.repurchase()
    if known is None:
        raise UserError(message("query.no_cycle", limit=FEWEST_GAPS), cure=message("query.no_cycle.cure"))
    return Sql(class_where(known, str(term.value)))


def audience_sql(term: Term, context: QueryContext, compiled: Compile) -> Sql:
    """The members of a saved audience, as its condition finds them now; for ANY and NONE those of all of them.

    Raises:
        UserError: as :func:`audience_members`.
    """
    members, inside = audience_members(term, context)
    found = compiled(members, inside)
    return Sql(f"(({found.where}) IS NOT TRUE)", found.params) if term.op is Op.NONE else found


def audience_members(term: Term, context: QueryContext) -> tuple[Condition, QueryContext]:
    """The condition that the members of a saved audience meet, for ANY and NONE those of all audiences, and what it is read
    against.

    Raises:
        UserError: if there is no such audience, it holds itself, or its condition cannot be read.
    """
    if term.op in (Op.ANY, Op.NONE):
        every = [Term("audience", Op.HAS, saved.name) for saved in context.audiences().values()]
        return Or(tuple(every)), context
    key = audience_key(str(term.value))
    saved = context.audiences().get(key)
    if saved is None:
        raise _no_audience(str(term.value), [each.name for each in context.audiences().values()])
    if key in context.inside:
        chain = [context.audiences()[each].name for each in (*context.inside, key)]
        raise UserError(
            message("query.audience_circle", audiences=" → ".join(chain[chain.index(saved.name) :])),
            cure=message("query.audience_circle.cure"),
        )
    if len(context.inside) == LONGEST_CHAIN:
        raise UserError(message("query.audience_chain", limit=LONGEST_CHAIN))
    try:
        condition = parse(saved.query, extra_columns=None)
    except QueryMistake as mistake:
        raise UserError(
            message("query.audience_unreadable", audience=saved.name, mistake=mistake.text)
        ) from mistake
    return condition, replace(context, inside=(*context.inside, key))


def import_sql(term: Term, context: QueryContext) -> Sql:
    """People that an import brought or changed, or whose orders it did."""
    done = context.imports()
    if isinstance(term.value, int):
        steps = {step for step, _ in done if step == term.value}
    elif term.value is None:
        steps = {step for step, _ in done}
    else:
        text = str(term.value)
        files = meant_values({file for _, file in done}, text, whole=term.op is Op.EQ)
        if not files and term.op is Op.HAS:
            # What looks like a number is a part of a file's name here.
            files = [file for _, file in done if fold(text) in fold(file)]
        steps = {step for step, file in done if file in files}
    if not steps:
        return Sql("1" if term.op is Op.NONE else "0")
    kept = json.dumps(sorted(steps))
    found = Sql(_BROUGHT.replace("?1", "?"), [kept] * _PLACES)
    return Sql(f"({found.where} IS NOT TRUE)", found.params) if term.op is Op.NONE else found


def _no_audience(name: str, known: list[str]) -> UserError:
    nearest = nearest_word(name, known)
    if nearest is None:
        text = message("query.no_audience", audience=name)
    else:
        text = message("query.no_audience_near", audience=name, nearest=nearest)
    return UserError(text, cure=message("query.no_audience.cure"))
