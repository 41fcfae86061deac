"""Questions to the shop's extra columns, which a person keeps as one JSON object: text, or numbers and dates where the
values are written like some."""

from __future__ import annotations

from desktop.core.people.condition import Op, Term
from desktop.store.conditions.spans import asked_span
from desktop.store.conditions.values import (
    Params,
    QueryContext,
    Source,
    Sql,
    comparable,
    compared,
    in_span,
    meant_values,
    one_of,
)

_LIKE_A_NUMBER = "v GLOB '*[0-9]*' AND NOT v GLOB '*[^0-9.-]*' AND NOT v GLOB '?*-*' AND NOT v GLOB '*.*.*'"
_LIKE_A_DATE = "v GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'"


def extra_expression(column: str) -> tuple[str, Params]:
    """SQL for the text of an extra column of ``person p``, NULL where it has none, and its parameters."""
    if any(sign in '"\\' or ord(sign) < 32 for sign in column):
        # Such a name cannot stand in a JSON path.
        return "(SELECT CAST(e.value AS TEXT) FROM json_each(p.extra) e WHERE e.key = ?)", (column,)
    return "CAST(p.extra ->> ? AS TEXT)", (f'$."{column}"',)


def extra_present_sql(column: str) -> Sql:
    """Whether an extra column holds anything."""
    expression, path = extra_expression(column)
    return Sql(f"{expression} <> ''", [*path])


def extra_sql(term: Term, context: QueryContext) -> Sql:
    """A question to an extra column, other than for absence and presence."""
    expression, path = extra_expression(term.field)
    if isinstance(term.value, str):
        candidates = context.candidates(Source(expression, params=path), comparable(term.value))
        values = meant_values(candidates, term.value, whole=term.op is Op.EQ, lists=term.op is Op.HAS)
        return one_of(expression, values, path)
    if isinstance(term.value if term.high is None else term.high, int | float):
        meant = compared("CAST(v AS NUMERIC)", term.op, term.value, term.high)
        return _where_like(_LIKE_A_NUMBER, meant, f"replace({expression}, ',', '')", path)
    meant = in_span("v", asked_span(term.op, term.value, term.high, context.now.date()))
    return _where_like(_LIKE_A_DATE, meant, f"replace({expression}, '/', '-')", path)


def _where_like(likeness: str, meant: Sql, value: str, path: Params) -> Sql:
    """The comparison where the value is written like a number or a date, NULL elsewhere."""
    where = f"(SELECT {meant.where} FROM (SELECT {value} AS v) WHERE {likeness})"
    return Sql(where, [*meant.params, *path])
