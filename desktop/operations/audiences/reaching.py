"""Whom a condition holds and reaches, part by part, and whether its user IDs are ones LINE takes."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.core.people.condition import Condition, tag_names
from desktop.core.people.query_text import parse
from desktop.operations.line.provider_check import ProviderCheck, last_check
from desktop.store import tags
from desktop.store.condition_sql import compile_condition, count_parts, query_context
from desktop.store.database import Database
from desktop.store.reach import figures, id_health
from desktop.store.reach.id_health import IdForms

LISTED = 500
"""Names in a list of people at most."""

PARTS = {
    "reachable": "uploadable:yes",
    "unchecked": "reachable:unknown",
    "without_user_id": "line_user_id:none",
    "no_longer_friend": "line_user_id:any (blocked:yes OR (reachable:no -consent:no -do_not_send:yes))",
    "refused": "line_user_id:any -blocked:yes (consent:no OR do_not_send:yes)",
}
"""The parts that the people of an audience fall into, as queries, so that each number opens exactly its people. All but
``unchecked``, who are among the reachable, add up."""


@dataclass(frozen=True, slots=True)
class EditorCounts:
    """Whom a condition holds and reaches, by the names of PARTS; when those who are no longer friends were found out (ISO day);
    tags it names that the shop does not have."""

    people: int
    parts: dict[str, int]
    friends_checked_on: str | None
    unknown_tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IdHealth:
    """The user IDs of a condition's people: their forms, and the last check at LINE of a few of the shop's (None: never)."""

    forms: IdForms
    check: ProviderCheck | None


def counts(db: Database, condition: Condition) -> EditorCounts:
    """Count a condition."""
    context = query_context(db)
    people_in, *numbers = count_parts(db, condition, [parse(query) for query in PARTS.values()], context)
    found = dict(zip(PARTS, numbers, strict=True))
    checked = None
    if found["no_longer_friend"]:
        checked = figures.friends_checked_on(db, compile_condition(condition, context))
    missing = tuple(dict.fromkeys(name for name in tag_names(condition) if tags.find(db, name) is None))
    return EditorCounts(people_in, found, checked, missing)


def id_state(db: Database, condition: Condition) -> IdHealth:
    """Look at the user IDs of a condition's people."""
    sql = compile_condition(condition, query_context(db))
    return IdHealth(id_health.id_forms(db, sql), last_check(db))


def malformed_ids(db: Database, condition: Condition) -> list[tuple[int, str]]:
    """(id, name) of the condition's people whose user ID is none, at most LISTED."""
    sql = compile_condition(condition, query_context(db))
    return id_health.malformed(db, sql, LISTED)
