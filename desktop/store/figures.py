"""The figures kept with each person (orders, order days, revenue, first and last order), so that lists,
sorts and conditions need not walk through all orders. They come from the person's counting orders; from
the figures a members file stated where there are none."""

from __future__ import annotations

from desktop.store.database import Database

_FROM_ORDERS = """
UPDATE person SET orders = f.orders, order_days = f.days, total = f.total, first_order = f.first, last_order = f.last
FROM (SELECT o.person_id AS person_id, count(*) FILTER (WHERE o.kind = 'order') AS orders,
             count(DISTINCT substr(o.ordered_at, 1, 10)) AS days, round(coalesce(sum(o.amount), 0), 4) AS total,
             substr(min(o.ordered_at), 1, 10) AS first, substr(max(o.ordered_at), 1, 10) AS last
      FROM shop_order o WHERE o.counts = 1 AND o.person_id IN (SELECT id FROM temp.figures_due)
      GROUP BY o.person_id) AS f
WHERE person.id = f.person_id
"""
_FROM_STATEMENT = """
UPDATE person SET orders = coalesce(stated_orders, 0), order_days = NULL, total = coalesce(stated_total, 0),
                  first_order = stated_first_order, last_order = stated_last_order
WHERE id IN (SELECT id FROM temp.figures_due)
  AND NOT EXISTS (SELECT 1 FROM shop_order o WHERE o.person_id = person.id AND o.counts = 1)
"""


def refresh(db: Database, people: str) -> None:
    """Compute the figures of some people anew.

    Args:
        people: SQL that selects their ids, e.g. ``"SELECT id FROM temp.touched"``; ids that are nobody's are passed over.
    """
    db.run("CREATE TEMP TABLE IF NOT EXISTS figures_due (id INTEGER PRIMARY KEY)")
    db.run("DELETE FROM temp.figures_due")
    db.run(f"INSERT OR IGNORE INTO temp.figures_due {people}")
    db.run("DELETE FROM temp.figures_due WHERE id IS NULL")
    db.run(_FROM_ORDERS)
    db.run(_FROM_STATEMENT)
    db.run("DELETE FROM temp.figures_due")
