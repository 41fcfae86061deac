"""A condition as an owner reads and edits it: one row for each thing that must hold, such as "last order / more than / 60 /
days ago", and groups of rows of which one is enough. Whatever has no such form stays as it is, to be edited as query text, so
nothing is lost on the way there and back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from desktop.core.people.condition import (
    Ago,
    And,
    Condition,
    Day,
    Named,
    Not,
    Op,
    Or,
    Period,
    Term,
    Value,
    Word,
    simplified,
)
from desktop.core.people.fields import FIELDS, FieldKind

ANYWHERE = ""
"""The field of a sentence about a bare word, which is looked for in several fields."""


class Form(StrEnum):
    """How a sentence asks its field. AGO_… compare with an age ("60 days ago"), the others with a day, number or text."""

    ANY_OF = "any_of"
    NONE_OF = "none_of"
    CONTAINS = "contains"
    LACKS = "lacks"
    IS = "is"
    IS_NOT = "is_not"
    AGO_OVER = "ago_over"
    AGO_LEAST = "ago_least"
    AGO_WITHIN = "ago_within"
    AGO_UNDER = "ago_under"
    AGO_EXACT = "ago_exact"
    AGO_BETWEEN = "ago_between"
    IN_PERIOD = "in_period"
    ON = "on"
    SINCE = "since"
    AFTER = "after"
    UNTIL = "until"
    BEFORE = "before"
    DAYS_BETWEEN = "days_between"
    AT_LEAST = "at_least"
    OVER = "over"
    AT_MOST = "at_most"
    UNDER = "under"
    EXACTLY = "exactly"
    BETWEEN = "between"
    PRESENT = "present"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One row: a field, how it is asked, and what it is compared with.

    Args:
        field: a name of `fields.FIELDS`, an extra column's name (``extra``), or ANYWHERE.
        form: how it is asked; one of :func:`forms_of` the field.
        values: as many as the form needs; fewer while the owner has not filled the row yet.
        extra: whether ``field`` is a column of the shop's own.
        period: only orders of this time count; for `fields.OF_A_PERIOD`.
    """

    field: str
    form: Form
    values: tuple[Value, ...] = ()
    extra: bool = False
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Free:
    """A part without a sentence of its own, shown as query text."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class AnyGroup:
    """Rows of which one is enough."""

    rows: tuple[Sentence | Free, ...]


Row: TypeAlias = Sentence | Free | AnyGroup

_LISTED = frozenset(
    {
        FieldKind.TAG,
        FieldKind.CATEGORY,
        FieldKind.KEY,
        FieldKind.CHOICE,
        FieldKind.AUDIENCE,
        FieldKind.IMPORT,
    }
)
_WRITTEN = frozenset({FieldKind.TEXT, FieldKind.PHONE})
_CHOSEN = frozenset({FieldKind.YES_NO, FieldKind.YES_NO_UNKNOWN, FieldKind.GENDER})

_AGES = {
    Op.GT: Form.AGO_OVER,
    Op.GE: Form.AGO_LEAST,
    Op.LE: Form.AGO_WITHIN,
    Op.LT: Form.AGO_UNDER,
    Op.EQ: Form.AGO_EXACT,
}
_DAYS = {Op.GT: Form.AFTER, Op.GE: Form.SINCE, Op.LE: Form.UNTIL, Op.LT: Form.BEFORE, Op.EQ: Form.ON}
_NUMBERS = {
    Op.GE: Form.AT_LEAST,
    Op.GT: Form.OVER,
    Op.LE: Form.AT_MOST,
    Op.LT: Form.UNDER,
    Op.EQ: Form.EXACTLY,
}
_OPS = {form: op for forms in (_AGES, _DAYS, _NUMBERS) for op, form in forms.items()}
_RANGES = (Form.AGO_BETWEEN, Form.DAYS_BETWEEN, Form.BETWEEN)
_PRESENCE = (Form.PRESENT, Form.ABSENT)


def kind_of(field: str, *, extra: bool = False) -> FieldKind:
    """What the field of a sentence holds; an extra column counts as a list of values, ANYWHERE as text."""
    if extra:
        return FieldKind.CATEGORY
    return FieldKind.TEXT if field == ANYWHERE else FIELDS[field].kind


def forms_of(field: str, *, extra: bool = False) -> tuple[Form, ...]:
    """The forms a sentence about this field can have, the usual one first."""
    if field == ANYWHERE and not extra:
        return (Form.CONTAINS, Form.LACKS)
    kind = kind_of(field, extra=extra)
    if kind in _LISTED:
        return (Form.ANY_OF, Form.NONE_OF, *_PRESENCE)
    if kind in _WRITTEN:
        return (Form.CONTAINS, Form.LACKS, *_PRESENCE)
    if kind in _CHOSEN:
        return (Form.IS, Form.IS_NOT) if kind is FieldKind.YES_NO else (Form.IS, Form.IS_NOT, *_PRESENCE)
    if kind is FieldKind.DATE:
        return (
            *_AGES.values(),
            Form.AGO_BETWEEN,
            Form.IN_PERIOD,
            *_DAYS.values(),
            Form.DAYS_BETWEEN,
            *_PRESENCE,
        )
    if kind is FieldKind.NUMBER:
        return (*_NUMBERS.values(), Form.BETWEEN, *_PRESENCE)
    return (Form.IN_PERIOD, *_PRESENCE) if kind is FieldKind.MONTH else _PRESENCE


def values_needed(form: Form) -> int:
    """How many values a form compares with; a list form takes that many or more."""
    return 0 if form in _PRESENCE else 2 if form in _RANGES else 1


def is_complete(row: Row) -> bool:
    """Whether a row says something: enough values, no empty text, no range that ends before it begins."""
    if isinstance(row, Free):
        return True
    if isinstance(row, AnyGroup):
        return any(is_complete(part) for part in row.rows)
    texts_there = all(not isinstance(value, str) or value.strip() for value in row.values)
    enough = len(row.values) >= values_needed(row.form)
    return enough and texts_there and not (row.form in _RANGES and _backwards(*row.values[:2]))


def rows_of(condition: Condition) -> tuple[Row, ...]:
    """The rows of a condition; all of them must hold. Everybody has none."""
    shape = simplified(condition)
    parts = shape.parts if isinstance(shape, And) else (shape,)
    return tuple(_row(part) for part in parts)


def condition_of(rows: Iterable[Row]) -> Condition:
    """The condition that rows mean; rows that say nothing yet are left out. ``condition_of(rows_of(c))`` is
    ``simplified(c)``."""
    return simplified(And(tuple(_part(row) for row in rows if is_complete(row))))


def _row(part: Condition) -> Row:
    sentence = _sentence(part)
    if sentence is not None:
        return sentence
    if isinstance(part, Or) and part.parts:
        return AnyGroup(tuple(_sentence(one) or Free(one) for one in part.parts))
    return Free(part)


def _sentence(part: Condition) -> Sentence | None:
    """The one sentence that says the same, or None."""
    if isinstance(part, Not):
        return _negated(part.part)
    if isinstance(part, Or):
        return _listed(part.parts, Form.ANY_OF)
    if isinstance(part, Word):
        return Sentence(ANYWHERE, Form.CONTAINS, (part.text,))
    return _term_sentence(part) if isinstance(part, Term) else None


def _negated(part: Condition) -> Sentence | None:
    if isinstance(part, Word):
        return Sentence(ANYWHERE, Form.LACKS, (part.text,))
    if isinstance(part, Or):
        return _listed(part.parts, Form.NONE_OF)
    if not isinstance(part, Term) or part.op is not Op.HAS or part.value is None:
        return None
    kind = kind_of(part.field, extra=part.extra)
    form = Form.NONE_OF if kind in _LISTED else Form.LACKS if kind in _WRITTEN else Form.IS_NOT
    return Sentence(part.field, form, (part.value,), part.extra, part.period)


def _listed(parts: tuple[Condition, ...], form: Form) -> Sentence | None:
    """Values of one field side by side."""
    terms = [part for part in parts if isinstance(part, Term) and part.op is Op.HAS]
    fields = {(term.field, term.extra, term.period) for term in terms}
    values = tuple(term.value for term in terms if isinstance(term.value, str | int))
    if len(values) != len(parts) or len(fields) != 1 or len(parts) < 2:
        return None
    ((field, extra, period),) = fields
    return Sentence(field, form, values, extra, period) if kind_of(field, extra=extra) in _LISTED else None


def _term_sentence(term: Term) -> Sentence | None:
    kind = kind_of(term.field, extra=term.extra)
    if term.op in (Op.NONE, Op.ANY):
        form = Form.ABSENT if term.op is Op.NONE else Form.PRESENT
        return (
            Sentence(term.field, form, (), term.extra, term.period)
            if form in forms_of(term.field, extra=term.extra)
            else None
        )
    if term.op is Op.HAS and isinstance(term.value, str | int):
        form = Form.ANY_OF if kind in _LISTED else Form.CONTAINS if kind in _WRITTEN else Form.IS
        return Sentence(term.field, form, (term.value,), term.extra, term.period)
    if term.extra:
        return None
    measured = {FieldKind.DATE: _date_form, FieldKind.NUMBER: _number_form, FieldKind.MONTH: _month_form}.get(
        kind
    )
    form_found = measured(term) if measured else None
    if form_found is None or term.value is None:
        return None
    values = (term.value,) if term.high is None else (term.value, term.high)
    found = Sentence(term.field, form_found, values, period=term.period)
    return found if is_complete(found) else None


def _date_form(term: Term) -> Form | None:
    low, high = term.value, term.high
    if term.op is Op.RANGE:
        if isinstance(low, Ago) and isinstance(high, Ago) and low.unit == high.unit:
            return Form.AGO_BETWEEN
        return Form.DAYS_BETWEEN if isinstance(low, Day) and isinstance(high, Day) else None
    if isinstance(low, Ago):
        return _AGES.get(term.op)
    if isinstance(low, Named):
        return Form.IN_PERIOD if term.op is Op.EQ else None
    return _DAYS.get(term.op) if isinstance(low, Day) else None


def _number_form(term: Term) -> Form | None:
    if term.op is Op.RANGE:
        return Form.BETWEEN if None not in (term.value, term.high) else None
    return _NUMBERS.get(term.op)


def _month_form(term: Term) -> Form | None:
    return Form.IN_PERIOD if term.op is Op.EQ else None


def _part(row: Row) -> Condition:
    if isinstance(row, Free):
        return row.condition
    if isinstance(row, AnyGroup):
        return Or(tuple(_part(one) for one in row.rows if is_complete(one)))
    if row.form in (Form.NONE_OF, Form.LACKS, Form.IS_NOT):
        return Not(_any_of(row))
    if row.form in _PRESENCE:
        op = Op.ANY if row.form is Form.PRESENT else Op.NONE
        return Term(row.field, op, extra=row.extra, period=row.period)
    if row.form in _RANGES:
        return Term(row.field, Op.RANGE, row.values[0], row.values[1], period=row.period)
    compared = Op.EQ if row.form is Form.IN_PERIOD else _OPS.get(row.form)
    return _any_of(row) if compared is None else Term(row.field, compared, row.values[0], period=row.period)


def _any_of(row: Sentence) -> Condition:
    if row.field == ANYWHERE and not row.extra:
        return Word(str(row.values[0]))
    terms = tuple(Term(row.field, Op.HAS, value, extra=row.extra, period=row.period) for value in row.values)
    return terms[0] if len(terms) == 1 else Or(terms)


def _backwards(low: Value, high: Value) -> bool:
    if isinstance(low, int | float) and isinstance(high, int | float):
        return low > high
    if isinstance(low, Day) and isinstance(high, Day):
        return (low.year, low.month or 1, low.day or 1) > (high.year, high.month or 12, high.day or 31)
    return False
