"""Why a person is in a list: what the condition asks, answered with her own figures, in a few words ("熟客 · 83 天前")."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from desktop.core.message import Message, message
from desktop.core.people.condition import And, Condition, Op, Or, Term, Word
from desktop.core.people.explaining.facts import PersonFacts
from desktop.core.people.explaining.phrases import met_in_period
from desktop.core.people.fields import FIELDS, FieldKind
from desktop.core.people.query_text import to_text
from desktop.core.people.tag import tag_key

MOST_REASONS = 4

_COUNTED = frozenset({"orders", "order_days", "total", "points", "tag_count"})
_OF_ORDERS = frozenset({"item", "order_store"})


def alternatives(condition: Condition) -> tuple[Condition, ...]:
    """The parts of groups of which one is enough: which of them hold for a person has to be found out to give reasons.
    Parts under a negation are left out; they give none."""
    return tuple(dict.fromkeys(_alternatives(condition)))


def reasons(
    condition: Condition,
    facts: PersonFacts,
    today: date,
    holds: Callable[[Condition], bool],
    most: int = MOST_REASONS,
) -> tuple[Message, ...]:
    """Why the person, who matches the condition, does.

    Args:
        condition: any tree.
        facts: of the person.
        today: the shop's local day.
        holds: whether one of :func:`alternatives` of the condition matches the person.

    Returns:
        At most ``most`` messages (keys ``audiences_page.why.…``), in the condition's order; one that says so where the
        condition only leaves people out.
    """
    found = list(dict.fromkeys(_reasons(condition, facts, today, holds)))
    if found:
        return tuple(found[:most])
    only_leaves_out = not isinstance(condition, And) or bool(condition.parts)
    return (
        message("audiences_page.why.not_left_out" if only_leaves_out else "audiences_page.why.everybody"),
    )


def _alternatives(condition: Condition) -> Iterator[Condition]:
    if isinstance(condition, And | Or):
        for part in condition.parts:
            if isinstance(condition, Or):
                yield part
            yield from _alternatives(part)


def _reasons(
    condition: Condition, facts: PersonFacts, today: date, holds: Callable[[Condition], bool]
) -> Iterator[Message]:
    if isinstance(condition, And):
        for part in condition.parts:
            yield from _reasons(part, facts, today, holds)
    elif isinstance(condition, Or):
        for part in condition.parts:
            if holds(part):
                yield from _reasons(part, facts, today, holds)
    elif isinstance(condition, Word):
        yield message("audiences_page.why.word", text=condition.text)
    elif isinstance(condition, Term):
        yield _term_reason(condition, facts, today)


def _term_reason(term: Term, facts: PersonFacts, today: date) -> Message:
    if term.period is not None:
        return met_in_period(term, facts, today)
    if term.op in (Op.NONE, Op.ANY):
        key = "audiences_page.why.absent" if term.op is Op.NONE else "audiences_page.why.present"
        return message(key, field=_name(term))
    if term.extra:
        shown = facts.extra.get(term.field)
        return message(
            "audiences_page.why.value", field=term.field, value=str(term.value if shown is None else shown)
        )
    if term.field == "tag":
        return message("audiences_page.why.tag", tag=_as_held(str(term.value), facts.tags))
    kind = FIELDS[term.field].kind
    if kind in (FieldKind.YES_NO, FieldKind.YES_NO_UNKNOWN):
        return _answer_reason(term)
    if kind in (FieldKind.GENDER, FieldKind.CHOICE):
        return message("audiences_page.why.word", text=message(f"query.value.{term.value}"))
    if kind in (FieldKind.AUDIENCE, FieldKind.IMPORT):
        return message("audiences_page.why.value", field=_name(term), value=str(term.value))
    return _figure_reason(term, facts, today)


def _answer_reason(term: Term) -> Message:
    if term.field == "bound" and term.value in ("yes", "no"):
        return message(f"audiences_page.why.bound_{term.value}")
    return message("audiences_page.why.value", field=_name(term), value=message(f"query.value.{term.value}"))


def _figure_reason(term: Term, facts: PersonFacts, today: date) -> Message:
    value = len(facts.tags) if term.field == "tag_count" else facts.fields.get(term.field)
    kind = FIELDS[term.field].kind
    if term.field in _OF_ORDERS:
        return message(f"audiences_page.why.{term.field}", value=str(term.value))
    if term.field in ("birthday", "birthday_month"):
        birthday = str(facts.fields.get("birthday") or "")
        if len(birthday) >= len("--MM-DD"):
            return message("audiences_page.why.birthday", month=int(birthday[-5:-3]))
    if value is not None and kind is FieldKind.DATE:
        return _date_reason(term.field, str(value), today)
    if value is not None and term.field in _COUNTED:
        return message(f"audiences_page.why.{term.field}", n=value)
    if value is not None and kind is FieldKind.CATEGORY:
        return message("audiences_page.why.word", text=str(value))
    if value is not None:
        return message("audiences_page.why.value", field=_name(term), value=str(value))
    return message("audiences_page.why.query", query=to_text(term))


def _date_reason(name: str, value: str, today: date) -> Message:
    days = (today - date.fromisoformat(value[:10])).days
    if name != "last_order" or days < 0:
        return message("audiences_page.why.date", field=message(f"query.field.{name}"), date=value[:10])
    return message("audiences_page.why.days_ago", n=days) if days else message("audiences_page.why.today")


def _name(term: Term) -> Message | str:
    return term.field if term.extra else message(f"query.field.{term.field}")


def _as_held(name: str, tags: tuple[str, ...]) -> str:
    """The tag as the person's own list writes it: a query may say vip where the tag is ＶＩＰ."""
    key = tag_key(name)
    return next((held for held in tags if tag_key(held) == key), name)
