"""What sending by class would have reached: for each month, the classes as they stood when it began, and what their people then
spent in it. One walk over the orders in the order of an index."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.store.conditions.values import Sql
from desktop.store.database import Database

_SPENT = """
WITH months (month, since) AS (VALUES {months}),
days AS (
  SELECT o.person_id AS id, substr(o.ordered_at, 1, 10) AS day, total(o.amount) AS spent FROM shop_order o
  WHERE o.counts = 1 AND o.person_id IS NOT NULL AND o.ordered_at IS NOT NULL AND o.ordered_at < ? || '~' GROUP BY 1, 2),
placed AS (
  SELECT id, substr(day, 1, 7) AS month, spent, row_number() OVER w AS n, lag(day) OVER w AS before
  FROM days WINDOW w AS (PARTITION BY id ORDER BY day)),
per_month AS (
  SELECT id, month, min(n) - 1 AS days, min(before) AS last, total(spent) AS spent FROM placed
  WHERE month >= (SELECT min(month) FROM months) GROUP BY id, month)
SELECT m.month, CASE WHEN x.days = 0 THEN '' WHEN x.last >= m.since THEN iif(x.days = 1, 'N', 'A')
                     ELSE iif(x.days = 1, 'L', 'S') END AS class, total(x.spent)
FROM per_month x JOIN months m ON m.month = x.month JOIN person p ON p.id = x.id WHERE {who} GROUP BY 1, 2
"""


def spent_in_month(
    db: Database, months: Sequence[str], sinces: Sequence[date], until: date, who: Sql
) -> dict[tuple[str, str], float]:
    """Revenue of a month by the class people were in when it began: (month, letter) → revenue; "" had not bought before.

    Args:
        db: any connection.
        months: 2026-11, rising, without a gap.
        sinces: for each, the first day inside the window on the day before it began.
        until: orders after this day do not count.
        who: the population, a condition on ``person p``.
    """
    pairs = ", ".join(
        f"('{month}', '{since.isoformat()}')" for month, since in zip(months, sinces, strict=True)
    )
    rows = db.all(_SPENT.format(months=pairs, who=who.where), [until.isoformat(), *who.params])
    return {(month, letter): float(revenue) for month, letter, revenue in rows}


def revenue_between(db: Database, first: date, last: date) -> float:
    """Revenue of counting orders of a span, unknown buyers included."""
    return float(
        db.value(
            "SELECT total(amount) FROM shop_order WHERE counts = 1 AND ordered_at >= ? AND ordered_at < ? || '~'",
            (first.isoformat(), last.isoformat()),
        )
    )
