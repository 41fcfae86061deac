"""Why a person is in an audience, and why somebody is not: the reasons come from the same tree that finds the people, each
with the person's own figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from desktop.core.figures.nasl import CLASSES
from desktop.core.message import Message, message
from desktop.core.people.condition import Condition, Op, Term, Word, terms
from desktop.core.people.explaining.facts import PersonFacts
from desktop.core.people.explaining.phrases import shortfall_words
from desktop.core.people.explaining.reasons import alternatives, reasons
from desktop.core.people.explaining.shortfalls import matches, shortfalls
from desktop.core.people.fields import FIELDS, FieldKind
from desktop.core.people.tree_editing import Path, valid
from desktop.store import people
from desktop.store.condition_sql import Sort, compile_condition, ids, query_context, which_hold
from desktop.store.conditions.orders import bound_order_days, figure_of_period
from desktop.store.conditions.values import QueryContext, Sql
from desktop.store.database import Database
from desktop.store.people import MemberRow
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
        reasons: why she matches; empty where she does not.
    """

    inside: bool
    unmet: tuple[Unmet, ...]
    unreachable: tuple[Message, ...]
    reasons: tuple[Message, ...] = ()


def preview(db: Database, condition: Condition, limit: int = PREVIEW) -> tuple[PreviewPerson, ...]:
    """The people who bought last, and why each is in."""
    context = query_context(db)
    found = list(ids(db, condition, Sort("last_order", descending=True), limit, context))
    rows = people.rows(db, found)
    facts = _facts(db, found, rows)
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
    context = query_context(db)
    known = _one(db, person)
    if known is None:
        return Standing(False, (), ())
    tree = valid(condition)
    today = context.now.date()
    held = _terms_held(db, person, tree, context)
    facts = _with_answers(db, person, tree, known, context)
    lacks = shortfalls(tree, held.__getitem__)
    unmet = tuple(Unmet(shortfall_words(lack, facts, today, held.__getitem__), lack.path) for lack in lacks)
    why: tuple[Message, ...] = ()
    if not lacks:
        why = reasons(tree, known, today, lambda part: matches(part, held.__getitem__), most=len(held) or 1)
    return Standing(not lacks, unmet, _unreachable(known), why)


def _one(db: Database, person: int) -> PersonFacts | None:
    """Everything of one person that a term can ask about."""
    found = _facts(db, [person], people.rows(db, [person])).get(person)
    if found is None:
        return None
    checked = figures.friends_checked_on(db, Sql("p.id = ?", [person]))
    return replace(found, fields={**found.fields, "friend_checked_on": checked})


def _terms_held(db: Database, person: int, tree: Condition, context: QueryContext) -> dict[Term | Word, bool]:
    asked = tuple(dict.fromkeys(terms(tree)))
    return dict(zip(asked, which_hold(db, person, asked, context), strict=True))


def _with_answers(
    db: Database, person: int, tree: Condition, facts: PersonFacts, context: QueryContext
) -> PersonFacts:
    """The facts with her answers to fields of few answers, and her figures of the periods asked about."""
    asked = [term for term in terms(tree) if isinstance(term, Term) and not term.extra]
    known: dict[str, Any] = {}
    for name, kind in dict.fromkeys((term.field, FIELDS[term.field].kind) for term in asked):
        if kind is FieldKind.CHOICE and all(term.value is None for term in asked if term.field == name):
            # Presence is asked for, which needs no cycle.
            continue
        answers = _ANSWERS.get(kind, ())
        held = which_hold(db, person, [Term(name, Op.HAS, answer) for answer in answers], context)
        known.update((name, answer) for answer, holds in zip(answers, held, strict=True) if holds)
        if name == "bound_order_days":
            known[name] = bound_order_days(db, person)
    periods = {
        (term.field, term.period): figure_of_period(db, person, term.field, term.period, context)
        for term in asked
        if term.period is not None and term.field not in ("item", "order_store")
    }
    return replace(facts, fields={**facts.fields, **known}, in_periods=periods)


_ANSWERS: dict[FieldKind, tuple[str, ...]] = {
    FieldKind.YES_NO: ("yes", "no"),
    FieldKind.YES_NO_UNKNOWN: ("yes", "no", "unknown"),
    FieldKind.CHOICE: CLASSES,
}


def _unreachable(facts: PersonFacts) -> tuple[Message, ...]:
    """Why LINE cannot or must not send to a person, whatever the condition (SEMANTICS, Reachable)."""
    known = facts.fields
    found = []
    if not known["line_user_id"]:
        found.append(message("why_not.unreachable.no_id"))
    elif known["blocked"]:
        found.append(message("why_not.unreachable.blocked"))
    elif known["friend"] == 0:
        day = known["friend_checked_on"]
        gone = "why_not.unreachable.no_friend_undated"
        found.append(message("why_not.unreachable.no_friend", date=day) if day else message(gone))
    if known["consent"] is False:
        found.append(message("why_not.unreachable.no_consent"))
    if known["do_not_send"]:
        found.append(message("why_not.unreachable.do_not_send"))
    return tuple(found)


def _facts(db: Database, found: Sequence[int], rows: Mapping[int, MemberRow]) -> dict[int, PersonFacts]:
    """Everything of some people that a term can ask about; ``rows`` are theirs."""
    columns = set(people.extra_columns(db)) - set(people.MEMBER_FIELDS)
    facts: dict[int, PersonFacts] = {}
    for member in people.members(db, found):
        row = rows.get(member["id"])
        if row is None:
            continue
        known = {name: member[name] for name in people.MEMBER_FIELDS if name != "tags"}
        known |= {name: getattr(row, name) for name in ("line_name", "order_days", "note", "friend")}
        known["tag_count"] = len(row.tags)
        extra = {name: member[name] for name in columns if member.get(name) is not None}
        facts[member["id"]] = PersonFacts(known, tuple(member["tags"]), extra)
    return facts


def _holding(
    db: Database, condition: Condition, found: Sequence[int], context: QueryContext
) -> Callable[[int], Callable[[Condition], bool]]:
    """For each person: which alternatives of the condition hold for her."""
    holders = {
        part: figures.among(db, found, compile_condition(part, context)) for part in alternatives(condition)
    }
    return lambda person: lambda part: person in holders.get(part, frozenset())
