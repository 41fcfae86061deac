"""Valuable actions (有價行為): any saved audience, marked short-term or long-term; and the common profile (共同輪廓) of its
people: what they have more often than the others, and who is like them but has not got there yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from desktop.core.changes import Changes, Kind
from desktop.core.figures.likeness import VERDICTS, Trait, Verdict
from desktop.core.people.condition import EVERYBODY, And, Condition, Not, Op, Or, Term, simplified
from desktop.core.people.query_text import parse, to_text
from desktop.operations.insights.questions import (
    Count,
    Population,
    Questions,
    joined,
    remembered,
    value_query,
)
from desktop.store import audiences
from desktop.store.conditions.values import Sql, comparable
from desktop.store.database import Database
from desktop.store.insights import actions, counting
from desktop.store.insights import dimensions as stored

GENDERS = ("male", "female", "other")
LISTED = 40
"""Traits in a profile at most."""

ALIKE = 3
"""Traits that the query of those who are alike asks for at most: any one of them."""


@dataclass(frozen=True, slots=True)
class Action:
    """A saved audience that stands for a valuable action: how many did it, of how many, with their queries."""

    audience_id: int
    name: str
    term: str
    people: Count


@dataclass(frozen=True, slots=True)
class ActionMarked:
    """An audience is (or is no longer) a valuable action. A setting, not a step."""

    changes: Changes = field(default=Changes.of(Kind.AUDIENCES))


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One trait: ``kind`` tag, field or extra; ``name`` of the field or column ("" for a tag); who has it inside, outside (with
    queries), and whether the difference can be relied on."""

    kind: str
    name: str
    value: str
    trait: Trait
    verdict: Verdict
    inside: Count
    outside: Count


@dataclass(frozen=True, slots=True)
class Profile:
    """What the people of a condition have more often than the others of the population.

    Args:
        query: the condition.
        inside, outside: how many people, with queries.
        asked: how many traits were compared; the bar for "clear" is raised with it.
        rows: clear ones first, then by how much commoner they are in points.
        alike: people outside who have one of the clearest traits (「相似但尚未達成」); None where nothing is clear.
    """

    query: str
    population: Population
    inside: Count
    outside: Count
    asked: int
    rows: tuple[ProfileRow, ...]
    alike: Count | None


def valuable_actions(db: Database) -> tuple[Action, ...]:
    """The audiences marked as valuable actions, short-term ones first."""
    marked = actions.terms(db)
    known = [one for one in audiences.all_audiences(db) if one.id in marked]
    numbers = Questions(db).counts([one.query for one in known])
    found = [
        Action(one.id, one.name, marked[one.id], Count(people, one.query))
        for one, people in zip(known, numbers, strict=True)
    ]
    return tuple(sorted(found, key=lambda one: one.term, reverse=True))


def mark_action(db: Database, audience_id: int, term: str | None) -> ActionMarked:
    """Mark a saved audience as a valuable action.

    Args:
        db: the writer.
        audience_id: which.
        term: short or long; None takes the mark away.

    Raises:
        ValueError: for any other term.
    """
    if term is not None and term not in actions.TERMS:
        raise ValueError(f"no term {term}")
    with db.transaction():
        actions.mark(db, audience_id, term)
    return ActionMarked()


@remembered
def profile(db: Database, query: str, population: Population = Population.ALL) -> Profile:
    """Compare the people of a condition with everybody else of the population.

    Args:
        db: any connection, in its thread.
        query: a condition's text, as an audience keeps it.
        population: among whom.

    Raises:
        UserError: if the query has a mistake.
    """
    asked = Questions(db)
    condition = parse(query, extra_columns=asked.columns)
    people = asked.sql(population.query)
    inside = asked.sql(to_text(condition))
    sizes = actions.sizes(db, people, inside)
    base = parse(population.query, extra_columns=asked.columns)
    queries = _both(base, condition), _both(base, Not(condition))
    rows, compared = _rows(asked, people, inside, sizes, queries)
    return Profile(
        to_text(condition),
        population,
        Count(sizes[0], queries[0]),
        Count(sizes[1], queries[1]),
        compared,
        tuple(rows[:LISTED]),
        _alike(asked, queries[1], rows),
    )


def _rows(
    asked: Questions, people: Sql, inside: Sql, sizes: tuple[int, int], queries: tuple[str, str]
) -> tuple[list[ProfileRow], int]:
    """What is commoner inside, the surest and commonest first; and how many traits were compared."""
    compared = [
        (kind, name, value, Trait(part, sizes[0], rest, sizes[1]), term)
        for kind, name, value, part, rest, term in _traits(asked, people, inside)
    ]
    asked_for = max(1, len(compared))
    rows = [
        ProfileRow(
            kind,
            name,
            value,
            trait,
            trait.verdict(asked_for),
            Count(trait.inside, joined(queries[0], term)),
            Count(trait.outside, joined(queries[1], term)),
        )
        for kind, name, value, trait, term in compared
        if trait.share_inside > trait.share_outside
    ]
    order = {verdict: place for place, verdict in enumerate(VERDICTS)}
    rows.sort(key=lambda row: (order[row.verdict], row.trait.share_outside - row.trait.share_inside))
    return rows, asked_for


def _traits(asked: Questions, people: Sql, inside: Sql) -> Iterator[tuple[str, str, str, int, int, str]]:
    """(kind, name, value, people inside, outside, query) of each trait: tags, store, source, level, gender, columns of few
    values."""
    for tag, part, rest in actions.tags(asked.db, people, inside):
        yield "tag", "", tag, part, rest, to_text(Term("tag", Op.HAS, tag))
    for dimension in stored.dimensions(asked.db):
        if dimension.kind == "tags" or (dimension.kind == "field" and dimension.declined):
            continue
        merged: dict[str, tuple[str, int, int]] = {}
        for value, n, matching in counting.grouped(asked.db, stored.value_of(dimension), people, inside):
            if value is not None:
                shown, part, rest = merged.get(comparable(value), (value, 0, 0))
                merged[comparable(value)] = (shown, part + matching, rest + n - matching)
        extra = dimension.kind == "extra"
        for value, part, rest in merged.values():
            yield (
                dimension.kind,
                dimension.name,
                value,
                part,
                rest,
                value_query(dimension.name, value, extra=extra),
            )
    for gender, n, matching in counting.grouped(asked.db, Sql("p.gender"), people, inside):
        if gender in GENDERS:
            yield "field", "gender", gender, matching, n - matching, f"gender:{gender}"


def _both(base: Condition, condition: Condition) -> str:
    """Both as one query that further terms can be written behind."""
    both = simplified(And(tuple(part for part in (base, condition) if part != EVERYBODY)))
    return f"({to_text(both)})" if isinstance(both, Or) else to_text(both)


def _alike(asked: Questions, outside: str, rows: Sequence[ProfileRow]) -> Count | None:
    clear = [row for row in rows if row.verdict == "clear"][:ALIKE]
    if not clear:
        return None
    terms = [_term(row) for row in clear]
    query = joined(outside, terms[0] if len(terms) == 1 else f"({' OR '.join(terms)})")
    return Count(asked.counts([query])[0], query)


def _term(row: ProfileRow) -> str:
    if row.kind == "tag":
        return to_text(Term("tag", Op.HAS, row.value))
    if row.name == "gender":
        return f"gender:{row.value}"
    return value_query(row.name, row.value, extra=row.kind == "extra")
