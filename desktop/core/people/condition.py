"""Which people are meant, as a tree of values: what a query says, what a filter chip holds, what an audience keeps.
The tree knows no language, no SQL and no shop; `query_text` reads and writes it, `store.condition_sql` finds the
people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Op(StrEnum):
    """How a field is asked. HAS is the plain colon, RANGE includes both its ends, NONE and ANY ask for absence and
    presence."""

    HAS = ":"
    EQ = "="
    GT = ">"
    GE = ">="
    LT = "<"
    LE = "<="
    RANGE = ".."
    NONE = "none"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day, or a whole month (``day`` None), or a whole year (``month`` None too)."""

    year: int
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of any year, as birthdays without a year have it."""

    month: int
    day: int


@dataclass(frozen=True, slots=True)
class Ago:
    """An age in whole days, weeks, months or years (``unit`` one of d, w, m, y) before today in the shop's zone."""

    count: int
    unit: str = "d"


@dataclass(frozen=True, slots=True)
class Named:
    """A day or period that moves with the calendar: one of :data:`NAMED_DAYS`."""

    word: str


NAMED_DAYS = ("today", "yesterday", "this_month", "last_month", "next_month", "this_year", "last_year")
"""Days and periods a query can name."""

Value: TypeAlias = str | int | float | Day | MonthDay | Ago | Named
"""What a field is compared with. Yes/no fields take "yes", "no" or "unknown", gender "male", "female" or "other", nasl "N", "A",
"S" or "L", import a file's name or the number of a step."""


@dataclass(frozen=True, slots=True)
class Period:
    """When the orders lie that a term asks about, as the ends of a RANGE: a day, month, year or named period twice is just that
    one; (None, Ago) are the days since then."""

    low: Value | None = None
    high: Value | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """A bare word: part of the name, phone, member number, e-mail address, note or of a tag's name."""

    text: str


@dataclass(frozen=True, slots=True)
class Term:
    """One question to one field.

    Args:
        field: a name of `fields.FIELDS`, or (``extra``) a column of the shop's own.
        op: how the field is asked.
        value: what it is compared with; the lower end of a RANGE (None: open).
        high: the upper end of a RANGE (None: open).
        extra: whether ``field`` is an extra column's name.
        period: only orders of this time count; for `fields.OF_A_PERIOD`.
    """

    field: str
    op: Op
    value: Value | None = None
    high: Value | None = None
    extra: bool = False
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class And:
    """Everybody whom all parts match; without parts: everybody."""

    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Or:
    """Everybody whom at least one part matches; without parts: nobody."""

    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """Everybody whom the part does not match."""

    part: Condition


Condition: TypeAlias = And | Or | Not | Word | Term

EVERYBODY = And(())
"""The empty query."""


def simplified(condition: Condition) -> Condition:
    """The same people in the shape the query text has: no group inside a group of its own kind, no group of one."""
    if isinstance(condition, Not):
        return Not(simplified(condition.part))
    if not isinstance(condition, And | Or):
        return condition
    kind = type(condition)
    parts: list[Condition] = []
    for part in map(simplified, condition.parts):
        parts.extend(part.parts if isinstance(part, kind) else (part,))
    return parts[0] if len(parts) == 1 else kind(tuple(parts))


def with_part(condition: Condition, part: Condition) -> Condition:
    """The people of ``condition`` whom ``part`` matches too: adding a filter."""
    return simplified(And((condition, part)))


def without_part(condition: Condition, part: Condition) -> Condition:
    """The condition without one of its parts: removing a filter's chip. Parts deeper down stay."""
    parts = condition.parts if isinstance(condition, And) else (condition,)
    return simplified(And(tuple(other for other in parts if other != part)))


def terms(condition: Condition) -> Iterator[Term | Word]:
    """All terms of the tree, from left to right."""
    if isinstance(condition, And | Or):
        for part in condition.parts:
            yield from terms(part)
    elif isinstance(condition, Not):
        yield from terms(condition.part)
    else:
        yield condition


def audience_names(condition: Condition) -> tuple[str, ...]:
    """The saved audiences whose members the condition asks for."""
    found = (
        term.value
        for term in terms(condition)
        if isinstance(term, Term) and term.field == "audience" and not term.extra
    )
    return tuple(value for value in found if isinstance(value, str))


def tag_names(condition: Condition) -> tuple[str, ...]:
    """The tags the condition names. One the shop lacks is worth a warning: ``-tag:勿擾`` would exclude nobody."""
    found = (
        term.value
        for term in terms(condition)
        if isinstance(term, Term) and term.field == "tag" and not term.extra
    )
    return tuple(value for value in found if isinstance(value, str))
