"""Why a person is in an audience, and why somebody is not: the reasons come from the same tree that finds the people, each
with the person's own figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.core.message import Message
from desktop.core.people.condition import Condition
from desktop.core.people.reasons import PersonFacts, alternatives, reasons
from desktop.core.people.tree_editing import Path
from desktop.store import people
from desktop.store.condition_sql import Sort, compile_condition, ids, query_context
from desktop.store.conditions.values import QueryContext
from desktop.store.database import Database
from desktop.store.reach import figures

PREVIEW = 200


@dataclass(frozen=True, slots=True)
class PreviewPerson:
    """One line of the preview; ``tags`` are (name, colour), ``last_order`` an ISO day."""

    id: int
    name: str
    tags: tuple[tuple[str, str], ...]
    last_order: str | None
    reasons: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Unmet:
    """One part of a condition that a person does not meet.

    Args:
        message: what it asks and what she has.
        path: where it stands in the valid tree of the condition, for `tree_editing.removed`.
    """

    message: Message
    path: Path


@dataclass(frozen=True, slots=True)
class Standing:
    """How a person stands to a condition.

    Args:
        inside: whether she matches.
        unmet: what keeps her out; empty where she is inside. Were all of it met or taken away, she would be in.
        unreachable: why she cannot be sent to all the same, strongest first; empty where she can.
    """

    inside: bool
    unmet: tuple[Unmet, ...]
    unreachable: tuple[Message, ...]


def preview(db: Database, condition: Condition, limit: int = PREVIEW) -> tuple[PreviewPerson, ...]:
    """The people who bought last, and why each is in."""
    context = query_context(db)
    found = list(ids(db, condition, Sort("last_order", descending=True), limit, context))
    rows = people.rows(db, found)
    facts = _facts(db, found)
    holding = _holding(db, condition, found, context)
    today = context.now.date()
    return tuple(
        PreviewPerson(
            person,
            rows[person].name or rows[person].line_name or rows[person].member_no or "",
            tuple((name, colour) for _, name, colour in rows[person].tags),
            rows[person].last_order,
            reasons(condition, facts[person], today, holding(person)),
        )
        for person in found
        if person in rows and person in facts
    )


def why_not(db: Database, condition: Condition, person: int) -> tuple[Message, ...]:
    """Why a person gets nothing: each part of the condition she does not meet, with her own figures; where she meets it, why
    she cannot be sent to. Empty where nothing stands in the way."""
    found = standing(db, condition, person)
    return tuple(part.message for part in found.unmet) if not found.inside else found.unreachable


def standing(db: Database, condition: Condition, person: int) -> Standing:
    """The same with the place of each part in the tree."""
    inside = bool(figures.among(db, [person], compile_condition(condition, query_context(db))))
    return Standing(inside, (), ())


def _facts(db: Database, found: Sequence[int]) -> dict[int, PersonFacts]:
    columns = set(people.extra_columns(db)) - set(people.MEMBER_FIELDS)
    return {
        member["id"]: PersonFacts(
            {name: member[name] for name in people.MEMBER_FIELDS if name not in ("id", "tags")},
            tuple(member["tags"]),
            {name: member[name] for name in columns if member.get(name) is not None},
        )
        for member in people.members(db, found)
    }


def _holding(
    db: Database, condition: Condition, found: Sequence[int], context: QueryContext
) -> Callable[[int], Callable[[Condition], bool]]:
    """For each person: which alternatives of the condition hold for her."""
    holders = {
        part: figures.among(db, found, compile_condition(part, context)) for part in alternatives(condition)
    }
    return lambda person: lambda part: person in holders.get(part, frozenset())
