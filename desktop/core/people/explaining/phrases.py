"""What a term asks and what a person has, in words: "last order 12 days ago" and "60 days ago or more"."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

from desktop.core.message import Message, message
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
    Period,
    Term,
    Value,
    Word,
)
from desktop.core.people.explaining.facts import PersonFacts
from desktop.core.people.explaining.shortfalls import Holds, Shortfall, shortfalls
from desktop.core.people.fields import FIELDS, FieldKind

MOST_NAMED = 6
"""As many alternatives as one message names."""

Shown: TypeAlias = Message | str | int | float
"""What a message can show in place of a value."""

_SPANS = {"d": "why_not.days", "w": "why_not.weeks", "m": "why_not.months", "y": "why_not.years"}
_AGES = {
    Op.GT: "why_not.asked.over_ago",
    Op.GE: "why_not.asked.least_ago",
    Op.LE: "why_not.asked.within",
    Op.LT: "why_not.asked.under",
    Op.EQ: "why_not.asked.exactly_ago",
}
_DAYS = {
    Op.GT: "why_not.asked.after",
    Op.GE: "why_not.asked.since",
    Op.LE: "why_not.asked.until",
    Op.LT: "why_not.asked.before",
}
_NUMBERS = {
    Op.GT: "why_not.asked.more",
    Op.GE: "why_not.asked.at_least",
    Op.LE: "why_not.asked.at_most",
    Op.LT: "why_not.asked.less",
}
_HELD = {
    "tag": ("why_not.tag", "why_not.no_tag"),
    "item": ("why_not.bought", "why_not.not_bought"),
    "order_store": ("why_not.shopped", "why_not.not_shopped"),
    "ordered_at": ("why_not.ordered", "why_not.not_ordered"),
    "audience": ("why_not.in_audience", "why_not.not_in_audience"),
    "import": ("why_not.imported", "why_not.not_imported"),
}
"""What somebody has or has not, asked by name: the words already say what the condition is about."""

_CHOSEN = (FieldKind.YES_NO, FieldKind.YES_NO_UNKNOWN, FieldKind.GENDER, FieldKind.CHOICE)
_PRESENT_AS = {"birthday_month": "birthday"}


def asked(term: Term) -> Message | None:
    """What a term asks of its field's value; None where the words of :func:`has` say it."""
    if term.op in (Op.NONE, Op.ANY):
        return message("why_not.asked.none" if term.op is Op.NONE else "why_not.asked.any")
    if term.field in _HELD and not term.extra:
        return None
    if term.op is Op.RANGE:
        return _range(term.value, term.high)
    if not term.extra and FIELDS[term.field].kind in _CHOSEN:
        return message(f"query.value.{term.value}")
    return _compared(term.op, term.value)


def has(term: Term | Word, facts: PersonFacts, today: date, *, holds: bool) -> Message:
    """What the person has in the field a term asks for.

    Args:
        term: the question.
        facts: of the person; a field of few answers (yes, no, unknown; a class) by its answer.
        today: the shop's local day.
        holds: whether the term holds for her.
    """
    if isinstance(term, Word):
        return message("why_not.word" if holds else "why_not.no_word", text=term.text)
    what = _has(term, facts, today, holds=holds)
    if term.period is None:
        return what
    return message("why_not.in_period", what=what, period=period_words(term.period))


def met_in_period(term: Term, facts: PersonFacts, today: date) -> Message:
    """What a question to orders of a period, which holds for the person, found: her own figure where it is known, else what
    was asked."""
    wish = asked(term)
    known = (term.field, term.period) in facts.in_periods
    if wish is None or known or term.op in (Op.NONE, Op.ANY) or term.period is None:
        return has(term, facts, today, holds=True)
    what = message("why_not.value", field=message(f"query.field.{term.field}"), value=wish)
    return message("why_not.in_period", what=what, period=period_words(term.period))


def _has(term: Term, facts: PersonFacts, today: date, *, holds: bool) -> Message:
    if term.op not in (Op.NONE, Op.ANY) and term.field in _HELD and not term.extra:
        shown = asked_day(term) if term.field == "ordered_at" else value_words(term.value)
        return message(_HELD[term.field][0 if holds else 1], value=shown)
    name = term.field if term.extra else message(f"query.field.{term.field}")
    figure = _figure(term, facts, today)
    if figure is not None:
        return message("why_not.value", field=name, value=figure)
    there = holds == (term.op is not Op.NONE) if term.op in (Op.NONE, Op.ANY) else False
    return message("why_not.present" if there else "why_not.missing", field=name)


def asked_day(term: Term) -> Message:
    """The days a question about orders asks for."""
    return _range(term.value, term.high) if term.op is Op.RANGE else _compared(term.op, term.value)


def value_words(value: Value | None) -> Shown:
    """A value as the owner would write it."""
    match value:
        case Ago():
            return _span(value)
        case Day():
            return "-".join(
                [f"{value.year:04}", *(f"{part:02}" for part in (value.month, value.day) if part)]
            )
        case MonthDay():
            return f"{value.month:02}-{value.day:02}"
        case Named():
            return message(f"query.value.{value.word}")
        case None:
            return ""
        case str():
            return message("why_not.text", text=value)
        case _:
            return value


def period_words(period: Period) -> Shown:
    """The time in which orders count."""
    if period.low is None and isinstance(period.high, Ago):
        return message("why_not.asked.within", span=_span(period.high))
    return value_words(period.low) if period.low == period.high else _range(period.low, period.high)


def _figure(term: Term, facts: PersonFacts, today: date) -> Shown | None:
    """Her own value, None where there is none to show."""
    if term.extra:
        shown = facts.extra.get(term.field)
        return None if shown in (None, "") else message("why_not.text", text=str(shown))
    if term.period is not None:
        return facts.in_periods.get((term.field, term.period))
    field = _PRESENT_AS.get(term.field, term.field)
    value = facts.fields.get(field)
    kind = FIELDS[term.field].kind
    if field == "tag":
        return "、".join(facts.tags) or None
    if value is None or value == "":
        return None
    if kind in _CHOSEN:
        return message(f"query.value.{value}")
    if kind is FieldKind.DATE:
        return _day_words(str(value), today, in_days=isinstance(term.value or term.high, Ago))
    if field == "birthday":
        return str(value).removeprefix("--")
    return value if isinstance(value, int | float) else message("why_not.text", text=str(value))


def _day_words(text: str, today: date, *, in_days: bool) -> Message | str:
    days = (today - date.fromisoformat(text[:10])).days
    if not in_days or days < 0:
        return text[:10]
    return message("why_not.days_ago", n=days) if days else message("query.value.today")


def _range(low: Value | None, high: Value | None) -> Message:
    if low is not None and high is not None:
        if isinstance(low, Ago) and isinstance(high, Ago):
            return message("why_not.asked.between_ago", low=_span(low), high=_span(high))
        return message("why_not.asked.between", low=value_words(low), high=value_words(high))
    return _compared(Op.GE, low) if high is None else _compared(Op.LE, high)


def _compared(op: Op, value: Value | None) -> Message:
    if isinstance(value, Ago):
        return message(_AGES[Op.EQ if op is Op.HAS else op], span=_span(value))
    if op in _NUMBERS:
        key = (_NUMBERS if isinstance(value, int | float) else _DAYS)[op]
        return message(key, value=value_words(value))
    return message("why_not.asked.value", value=value_words(value))


def _span(age: Ago) -> Message:
    return message(_SPANS[age.unit], n=age.count)


def shortfall_words(lack: Shortfall, facts: PersonFacts, today: date, holds: Holds) -> Message:
    """One part that keeps a person out, with her own figures.

    Args:
        lack: from `shortfalls.shortfalls`.
        facts: of the person.
        today: the shop's local day.
        holds: as for `shortfalls.shortfalls`.
    """
    if isinstance(lack.part, Term | Word):
        return _told(lack.part, facts, today, holds, wanted=lack.wanted)
    key = "why_not.none_of" if lack.wanted else "why_not.all_left_out"
    return message(key, parts=_listed(lack.part, facts, today, holds, wanted=lack.wanted))


def _told(term: Term | Word, facts: PersonFacts, today: date, holds: Holds, *, wanted: bool) -> Message:
    has_it = has(term, facts, today, holds=holds(term))
    wish = asked(term) if isinstance(term, Term) else None
    if wish is None:
        return has_it if wanted else message("why_not.left_out", has=has_it)
    return message("why_not.unmet" if wanted else "why_not.left_out_by", has=has_it, asked=wish)


def _listed(condition: Condition, facts: PersonFacts, today: date, holds: Holds, *, wanted: bool) -> Message:
    """What each of some parts lacks or, not wanted, has, one behind the other."""
    found: list[Message] = []
    for part in condition.parts if isinstance(condition, And | Or) else (condition,):
        # Why a part holds is what keeps her out of its opposite.
        for lack in shortfalls(part if wanted else Not(part), holds):
            if not isinstance(lack.part, Term | Word):
                found.append(shortfall_words(lack, facts, today, holds))
            elif wanted and lack.wanted:
                found.append(_told(lack.part, facts, today, holds, wanted=True))
            else:
                found.append(has(lack.part, facts, today, holds=holds(lack.part)))
    named = list(dict.fromkeys(found))[:MOST_NAMED]
    joined = named.pop() if named else message("why_not.nobody")
    while named:
        joined = message("why_not.and", first=named.pop(), rest=joined)
    return joined
