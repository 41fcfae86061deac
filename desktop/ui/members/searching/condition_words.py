"""Conditions in words: the parts of a condition that can be said in a few words become filter chips, the rest
stays query text. Both are faces of one condition."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.core.people.condition import (
    Ago,
    And,
    Condition,
    Day,
    MonthDay,
    Named,
    Not,
    Op,
    Or,
    Term,
    Value,
    Word,
    simplified,
    terms,
)
from desktop.core.people.fields import FIELDS, FieldKind
from desktop.text import t
from desktop.ui import i18n
from desktop.ui.members.columns import PLACE

LONGEST = 40
"""Characters of a chip; a condition that needs more is better read as query text."""

PAIRS: dict[frozenset[Term], str] = {
    frozenset(
        (Term("shop_member", Op.HAS, "yes"), Term("bound", Op.HAS, "no"))
    ): "members.chip.unbound_members",
    frozenset(
        (Term("friend", Op.HAS, "yes"), Term("shop_member", Op.HAS, "no"))
    ): "members.chip.friends_only",
}
"""Two questions that mean one thing to an owner."""

_CHOICES = frozenset({FieldKind.YES_NO, FieldKind.YES_NO_UNKNOWN})
_SIGNS = {Op.GT: ">", Op.GE: "≥", Op.LT: "<", Op.LE: "≤"}
_AGES = {Op.LT: "within", Op.LE: "within", Op.GT: "before", Op.GE: "before", Op.EQ: "ago", Op.HAS: "ago"}
_DAYS = {Op.GT: "after", Op.GE: "from", Op.LT: "until_before", Op.LE: "until", Op.EQ: "on", Op.HAS: "on"}


@dataclass(frozen=True, slots=True)
class ChipText:
    """What a chip says and the parts of the condition it stands for."""

    text: str
    parts: tuple[Condition, ...]

    @property
    def condition(self) -> Condition:
        """The chip's own condition."""
        return simplified(And(self.parts))


def split(condition: Condition) -> tuple[list[ChipText], Condition]:
    """The parts of a condition that have a readable form, and what is left of it for the search field."""
    whole = simplified(condition)
    parts = list(whole.parts) if isinstance(whole, And) else [whole]
    chips: list[ChipText] = []
    for pair, key in PAIRS.items():
        found = [part for part in parts if isinstance(part, Term) and part in pair]
        if len(set(found)) == len(pair):
            chips.append(ChipText(t(key), tuple(found)))
            parts = [part for part in parts if part not in found]
    rest: list[Condition] = []
    for part in parts:
        text = described(part)
        if text is None or len(text) > LONGEST:
            rest.append(part)
        else:
            chips.append(ChipText(text, (part,)))
    return chips, simplified(And(tuple(rest)))


PERSONAL = frozenset("name line_name phone email member_no line_user_id note".split())
"""Fields by which somebody is looked for, as against a kind of people."""


def impersonal(condition: Condition) -> Condition:
    """The condition without the parts that look for somebody by name or number: what may be kept for the next start."""
    whole = simplified(condition)
    parts = whole.parts if isinstance(whole, And) else (whole,)
    kept = [
        part
        for part in parts
        if not any(isinstance(one, Word) or (one.field in PERSONAL and not one.extra) for one in terms(part))
    ]
    return simplified(And(tuple(kept)))


def described(part: Condition) -> str | None:
    """One part of a condition in a few words, None if it has no such form."""
    match part:
        case Term():
            return _term(part)
        case Not(Term(field="tag", op=Op.HAS, extra=False, value=str(name))):
            return t("members.chip.without_tag", tag=name)
        case Not(Term() as inner):
            text = _term(inner)
            return None if text is None else t("members.chip.not", text=text)
        case Or(parts) if len(parts) > 1:
            return _any_of(parts)
        case _:
            return None


def _any_of(parts: tuple[Condition, ...]) -> str | None:
    terms = [part for part in parts if isinstance(part, Term) and part.op in (Op.HAS, Op.EQ)]
    same = {(term.field, term.extra) for term in terms}
    if len(terms) != len(parts) or len(same) != 1 or kind_of(terms[0]) in (*_CHOICES, FieldKind.CHOICE):
        return None
    if any(term.period for term in terms):
        return None
    values = t("members.chip.or").join(_written(term.value) for term in terms)
    return t("members.chip.is", field=field_name(terms[0]), value=values)


def _term(term: Term) -> str | None:
    kind = kind_of(term)
    if term.period is not None:
        return None
    if kind is FieldKind.CHOICE and isinstance(term.value, str):
        return t("members.chip.is", field=field_name(term), value=t(f"query.value.{term.value}"))
    if kind in _CHOICES and isinstance(term.value, str):
        return t(f"members.chip.{term.field}.{term.value}")
    name = field_name(term)
    if term.op is Op.NONE:
        return t("members.chip.none", field=name)
    if term.op is Op.ANY:
        return t("members.chip.any", field=name)
    if term.op is Op.RANGE:
        return _range(name, term)
    if isinstance(term.value, Ago):
        return t(f"members.chip.{_AGES[term.op]}", field=name, span=_written(term.value))
    if isinstance(term.value, Day):
        return t(f"members.chip.{_DAYS[term.op]}", field=name, day=_written(term.value))
    if isinstance(term.value, Named) and term.op not in (Op.EQ, Op.HAS):
        return t(f"members.chip.{_DAYS[term.op]}", field=name, day=_written(term.value))
    if term.op in _SIGNS:
        return t("members.chip.compared", field=name, sign=_SIGNS[term.op], value=_written(term.value))
    return t("members.chip.is", field=name, value=_written(term.value))


def _range(name: str, term: Term) -> str:
    low, high = _written(term.value), _written(term.high)
    if isinstance(term.value or term.high, Ago) and not (low and high):
        # An open range of ages: "90d.." is at least so old.
        return t("members.chip.before" if low else "members.chip.within", field=name, span=low or high)
    return t("members.chip.between", field=name, low=low, high=high)


def kind_of(term: Term) -> FieldKind:
    """What the term's field holds."""
    return FieldKind.TEXT if term.extra else FIELDS[term.field].kind


def field_name(term: Term) -> str:
    """What a field is called in the language in use."""
    if term.extra:
        return term.field
    return t(f"members.column.{term.field}" if term.field in PLACE else f"query.field.{term.field}")


def query_words() -> dict[str, str]:
    """The words of the language in use that stand before the colon in query text."""
    return {field: t(f"query.field.{field}") for field in FIELDS}


def _written(value: Value | None) -> str:
    match value:
        case None:
            return ""
        case Ago(count, unit):
            return t(f"members.span.{unit}", n=count)
        case Day(year, month, day):
            return i18n.date("-".join([f"{year:04}", *(f"{part:02}" for part in (month, day) if part)]))
        case MonthDay(month, day):
            return f"{month}/{day}"
        case Named(word):
            return t(f"query.value.{word}")
        case "male" | "female" | "other":
            return t(f"query.value.{value}")
        case str():
            return value
        case _:
            return i18n.number(value)
