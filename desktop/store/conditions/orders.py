"""Questions to a person's orders as SQL on ``person p``: what was bought and where, how often and for how much, ever or in one
period. Only counting orders answer."""

from __future__ import annotations

import operator
from collections.abc import Callable

from desktop.core.people.condition import Op, Period, Term, Value
from desktop.core.people.search_text import fold
from desktop.store.conditions.spans import asked_span
from desktop.store.conditions.values import (
    QueryContext,
    Source,
    Sql,
    comparable,
    compared,
    in_span,
    meant_values,
    one_of,
)
from desktop.store.database import Database

_ORDERS = "shop_order o WHERE o.counts = 1 AND o.person_id IS NOT NULL"
_ITEMS = "shop_order o JOIN order_item i ON i.order_id = o.id WHERE o.counts = 1 AND o.person_id IS NOT NULL"

ORDERED_ONCE = f"p.id IN (SELECT o.person_id FROM {_ORDERS})"
BOUND_ORDER_DAYS = (
    "(SELECT count(DISTINCT substr(o.ordered_at, 1, 10)) FROM shop_order o WHERE o.person_id = p.id AND o.counts = 1"
    " AND o.ordered_at >= substr(p.bound_at, 1, 10))"
)
"""Order days on and after the day of binding; 0 for who is not bound."""

_SOURCES = {"item": Source("i.item", "order_item i"), "order_store": Source("o.store", "shop_order o")}
_ROWS = {"item": _ITEMS, "order_store": _ORDERS}
_FIGURES = {
    "orders": "count(*) FILTER (WHERE o.kind = 'order')",
    "order_days": "count(DISTINCT substr(o.ordered_at, 1, 10))",
    "total": "round(coalesce(sum(o.amount), 0), 4)",
}
_COMPARISONS: dict[Op, Callable[[float, float], bool]] = {
    Op.HAS: operator.eq,
    Op.EQ: operator.eq,
    Op.GT: operator.gt,
    Op.GE: operator.ge,
    Op.LT: operator.lt,
    Op.LE: operator.le,
}


def ordered_at_sql(term: Term, context: QueryContext) -> Sql:
    """People with an order on a day asked for."""
    inside = in_span("o.ordered_at", asked_span(term.op, term.value, term.high, context.now.date()))
    return Sql(f"p.id IN (SELECT o.person_id FROM {_ORDERS} AND {inside.where})", inside.params)


def bought_sql(term: Term, context: QueryContext) -> Sql:
    """People with an order whose item or store is meant; a part of an item's name is always enough for the colon."""
    text = str(term.value)
    source = _SOURCES[term.field]
    values = list(context.candidates(source, comparable(text)))
    if term.field == "item" and term.op is Op.HAS:
        values = [value for value in values if fold(text) in fold(value)]
    else:
        values = meant_values(values, text, whole=term.op is Op.EQ)
    meant = one_of(source.expression, values)
    return _buyers(term, context, meant) if values else meant


def bought_anything_sql(term: Term, context: QueryContext) -> Sql:
    """People with an order whose item or store is known."""
    return _buyers(term, context, Sql(f"{_SOURCES[term.field].expression} <> ''"))


def figure_of_period_sql(term: Term, context: QueryContext) -> Sql:
    """People whose orders of a period come to a figure; who has none has 0."""
    assert term.period is not None
    inside = _inside(term.period, context)
    figure = _FIGURES[term.field]
    if term.op in (Op.NONE, Op.ANY):
        kind = " AND o.kind = 'order'" if term.field == "orders" else ""
        here = "NOT IN" if term.op is Op.NONE else "IN"
        return Sql(f"p.id {here} (SELECT o.person_id FROM {_ORDERS}{kind} AND {inside.where})", inside.params)
    asked = compared(figure, term.op, term.value, term.high)
    buyers = f"SELECT o.person_id FROM {_ORDERS} AND {inside.where} GROUP BY o.person_id HAVING"
    params = [*inside.params, *asked.params]
    if _holds_for_none(term.op, term.value, term.high):
        # Most people have no order in a period: fewer are left out than taken in.
        return Sql(f"p.id NOT IN ({buyers} NOT {asked.where})", params)
    return Sql(f"p.id IN ({buyers} {asked.where})", params)


def figure_of_period(
    db: Database, person: int, field: str, period: Period, context: QueryContext
) -> int | float:
    """What the orders of one person come to in a period; ``field`` is one of orders, order_days and total."""
    inside = _inside(period, context)
    sql = f"SELECT {_FIGURES[field]} FROM {_ORDERS} AND {inside.where} AND o.person_id = ?"
    found = float(db.value(sql, [*inside.params, person]))
    return int(found) if found.is_integer() else found


def bound_order_days(db: Database, person: int) -> int:
    """Order days of one person on and after the day of binding."""
    return int(db.value(f"SELECT {BOUND_ORDER_DAYS} FROM person p WHERE p.id = ?", (person,)) or 0)


def _buyers(term: Term, context: QueryContext, meant: Sql) -> Sql:
    inside = Sql("1") if term.period is None else _inside(term.period, context)
    return Sql(
        f"p.id IN (SELECT o.person_id FROM {_ROWS[term.field]} AND {meant.where} AND {inside.where})",
        [*meant.params, *inside.params],
    )


def _inside(period: Period, context: QueryContext) -> Sql:
    return in_span("o.ordered_at", asked_span(Op.RANGE, period.low, period.high, context.now.date()))


def _holds_for_none(op: Op, low: Value | None, high: Value | None) -> bool:
    """Whether 0 satisfies a comparison."""
    ends = [end if isinstance(end, int | float) else None for end in (low, high)]
    if op is Op.RANGE:
        return (ends[0] is None or ends[0] <= 0) and (ends[1] is None or ends[1] >= 0)
    assert ends[0] is not None
    return _COMPARISONS[op](0, ends[0])
