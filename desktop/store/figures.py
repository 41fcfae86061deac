"""The figures kept with each person (orders, order days, revenue, first and last order), so that lists,
sorts and conditions need not walk through all orders. They come from the person's counting orders; where there
are none, from the figures a members file stated, to which visits pressed at the counter add."""

from __future__ import annotations

from desktop.store.database import Database
from desktop.store.insights import repurchase

_FROM_ORDERS = """
UPDATE person SET orders = f.orders, order_days = f.days, total = f.total, first_order = f.first, last_order = f.last
FROM (SELECT o.person_id AS person_id, count(*) FILTER (WHERE o.kind = 'order') AS orders,
             count(DISTINCT substr(o.ordered_at, 1, 10)) AS days, round(coalesce(sum(o.amount), 0), 4) AS total,
             substr(min(o.ordered_at), 1, 10) AS first, substr(max(o.ordered_at), 1, 10) AS last
      FROM shop_order o WHERE o.counts = 1 AND o.person_id IN (SELECT id FROM temp.figures_due)
      GROUP BY o.person_id HAVING count(*) FILTER (WHERE o.kind = 'order') > 0) AS f
WHERE person.id = f.person_id
"""
_FROM_STATEMENT = """
UPDATE person SET orders = coalesce(stated_orders, 0), order_days = NULL, total = coalesce(stated_total, 0),
                  first_order = substr(stated_first_order, 1, 10), last_order = substr(stated_last_order, 1, 10)
WHERE id IN (SELECT id FROM temp.figures_due)
  AND NOT EXISTS (SELECT 1 FROM shop_order o WHERE o.person_id = person.id AND o.counts = 1 AND o.kind = 'order')
"""
_VISITED = """
SELECT o.person_id AS person_id, round(coalesce(sum(o.amount), 0), 4) AS spent, substr(min(o.ordered_at), 1, 10) AS first,
       substr(max(o.ordered_at), 1, 10) AS last
FROM shop_order o JOIN temp.figures_due d ON d.id = o.person_id WHERE o.kind = 'visit' AND o.counts = 1
  AND NOT EXISTS (SELECT 1 FROM shop_order b WHERE b.person_id = o.person_id AND b.counts = 1 AND b.kind = 'order')
GROUP BY o.person_id
"""
_ADD_VISITS = f"""
UPDATE person SET total = coalesce(total, 0) + v.spent, first_order = min(coalesce(first_order, v.first), v.first),
                  last_order = max(coalesce(last_order, v.last), v.last)
FROM ({_VISITED}) AS v WHERE person.id = v.person_id
"""
# The days that are known: those of the visits, and the first and the last that a members file stated.
_ADD_VISIT_DAYS = f"""
UPDATE person SET order_days = (
  SELECT count(*) FROM (
    SELECT substr(o.ordered_at, 1, 10) AS day FROM shop_order o
    WHERE o.person_id = person.id AND o.kind = 'visit' AND o.counts = 1
    UNION SELECT substr(person.stated_first_order, 1, 10) UNION SELECT substr(person.stated_last_order, 1, 10)
  ) WHERE day IS NOT NULL)
WHERE id IN (SELECT person_id FROM ({_VISITED}))
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
    if db.value("SELECT EXISTS (SELECT 1 FROM shop_order WHERE kind = 'visit')"):
        db.run(_ADD_VISITS)
        db.run(_ADD_VISIT_DAYS)
    repurchase.refresh_due(db)
    db.run("DELETE FROM temp.figures_due")
