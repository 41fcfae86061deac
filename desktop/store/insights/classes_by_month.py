"""What sending by class would have reached: for each month, the classes as they stood when it began, and what their people then
spent in it. One walk over the orders in the order of an index."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.store.conditions.values import Sql
from desktop.store.database import Database
from desktop.store.insights.nasl import buyers

_SPENT = """
WITH months (month, since) AS (VALUES {months}),
bought AS (
  SELECT person_id AS id, substr(ordered_at, 1, 7) AS month, min(ordered_at) AS first, max(ordered_at) AS last,
         total(amount) AS spent
  FROM shop_order WHERE counts = 1 AND {who} AND ordered_at < ? || '~' GROUP BY 1, 2),
placed AS (
  SELECT id, month, spent, substr(lag(last) OVER w, 1, 10) AS before, substr(first_value(first) OVER w, 1, 10) AS first
  FROM bought WINDOW w AS (PARTITION BY id ORDER BY month))
SELECT m.month, CASE WHEN x.before IS NULL THEN '' WHEN x.before >= m.since THEN iif(x.before = x.first, 'N', 'A')
                     ELSE iif(x.before = x.first, 'L', 'S') END AS class, total(x.spent)
FROM placed x JOIN months m ON m.month = x.month GROUP BY 1, 2
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
    rows = db.all(_SPENT.format(months=pairs, who=buyers(who)), [*who.params, until.isoformat()])
    return {(month, letter): float(revenue) for month, letter, revenue in rows}


def revenue_between(db: Database, first: date, last: date) -> float:
    """Revenue of counting orders of a span, unknown buyers included."""
    return float(
        db.value(
            "SELECT total(amount) FROM shop_order WHERE counts = 1 AND ordered_at >= ? AND ordered_at < ? || '~'",
            (first.isoformat(), last.isoformat()),
        )
    )
