"""The shop's repurchase cycle from its own orders, or as the owner set it, and the classes it makes of people as SQL on
``person p``. The gaps between order days are kept with each person's other figures, and summed up over all people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop.core.figures.nasl import ACTIVE, LOST, NEW, SLEEPING, Repurchase, cycle_from
from desktop.store import shop
from desktop.store.database import Database

DAYS = "max(1, coalesce(p.order_days, p.orders, 1))"
"""SQL on a ``person p`` who has a last order: her order days. Where a members file only states a number of orders, that stands
for them."""

_CHOSEN = "repurchase"
_LATER = "CAST(day - lag(day) OVER (PARTITION BY person_id ORDER BY ordered_at) AS INTEGER)"
"""Days from one order to the next, in whole days; 0 between orders of one day, so what is above 0 lies between order days."""

_GAPS_OF_ITEM = f"""
SELECT gap, count(*) FROM (
  SELECT {_LATER} AS gap FROM (
    SELECT o.person_id, o.ordered_at, julianday(substr(o.ordered_at, 1, 10)) AS day FROM shop_order o
    JOIN order_item i ON i.order_id = o.id
    WHERE o.counts = 1 AND o.person_id IS NOT NULL AND o.ordered_at < ? || '~' AND i.item = ?))
WHERE gap > 0 GROUP BY gap
"""
_OF_DUE = "FROM temp.figures_due f CROSS JOIN order_gap g ON g.person_id = f.id, json_each(g.days) j GROUP BY j.value"
_TAKE = (
    f"UPDATE gap_count SET n = gap_count.n - x.n FROM (SELECT j.value AS days, count(*) AS n {_OF_DUE}) AS x"
    " WHERE x.days = gap_count.days"
)
_COUNT_AGAIN = f"""
INSERT INTO order_gap (person_id, days)
SELECT person_id, '[' || group_concat(gap) || ']' FROM (
  SELECT person_id, {_LATER} AS gap FROM (
    SELECT o.person_id, o.ordered_at, julianday(substr(o.ordered_at, 1, 10)) AS day
    FROM temp.figures_due f CROSS JOIN person p ON p.id = f.id CROSS JOIN shop_order o ON o.person_id = f.id
    WHERE p.order_days >= 2 AND o.counts = 1 AND o.ordered_at IS NOT NULL))
WHERE gap > 0 GROUP BY person_id
"""
_GIVE = f"""
INSERT INTO gap_count (days, n) SELECT * FROM (SELECT j.value, count(*) {_OF_DUE}) WHERE true
ON CONFLICT (days) DO UPDATE SET n = n + excluded.n
"""


@dataclass(frozen=True, slots=True)
class Gaps:
    """Days between consecutive order days, pooled over all people: gap in days → how often; up to ``as_of``."""

    as_of: date
    histogram: Mapping[int, int]

    @property
    def count(self) -> int:
        """How many gaps there are."""
        return sum(self.histogram.values())


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the owner set, in days; None: as the orders say."""

    cycle_days: float | None = None
    window_days: float | None = None


def repurchase(db: Database, as_of: date | None = None) -> Repurchase | None:
    """The cycle in force. None while there are no orders, or too few gaps and the owner chose none.

    Args:
        db: any connection, in its thread.
        as_of: the reference day; None: the last order day in the data.
    """
    return cycle_of(db, gaps(db, as_of))


def cycle_of(db: Database, found: Gaps | None) -> Repurchase | None:
    """The cycle that gaps give, or the owner's own; None without either."""
    if found is None:
        return None
    own = chosen(db)
    return cycle_from(found.histogram, found.as_of, own.cycle_days, own.window_days)


def class_where(repurchase: Repurchase, letter: str) -> str:
    """SQL on ``person p``: whether she is in a class now. Its one value is ``repurchase.since`` as ISO text, a literal.

    Args:
        repurchase: as of the last order day; for another day the kept figures do not hold.
        letter: one of CLASSES.
    """
    inside = f"p.last_order >= '{repurchase.since.isoformat()}'"
    outside = f"p.last_order < '{repurchase.since.isoformat()}'"
    return {
        NEW: f"({inside} AND {DAYS} = 1)",
        ACTIVE: f"({inside} AND {DAYS} >= 2)",
        SLEEPING: f"({outside} AND {DAYS} >= 2)",
        LOST: f"({outside} AND {DAYS} = 1)",
    }[letter]


def last_order_day(db: Database) -> date | None:
    """The last order day in the data, of known and unknown buyers; None without orders."""
    known = db.value("SELECT max(last_order) FROM person")
    unknown = db.value("SELECT max(ordered_at) FROM shop_order WHERE person_id IS NULL AND counts = 1")
    days = [str(day)[:10] for day in (known, unknown) if day]
    return date.fromisoformat(max(days)) if days else None


def chosen(db: Database) -> Chosen:
    """The owner's own cycle and window."""
    kept = shop.get_json(db, _CHOSEN) or {}
    return Chosen(kept.get("cycle_days"), kept.get("window_days"))


def choose(db: Database, own: Chosen) -> None:
    """Keep the owner's own cycle and window."""
    shop.put_json(db, _CHOSEN, {"cycle_days": own.cycle_days, "window_days": own.window_days})


def gaps(db: Database, as_of: date | None = None, item: str | None = None) -> Gaps | None:
    """The gaps between order days; None without orders.

    Args:
        db: any connection, in its thread.
        as_of: only orders up to this day; None: the last order day in the data.
        item: only orders with this item.
    """
    newest = last_order_day(db)
    if newest is None:
        return None
    last = as_of or newest
    if item is not None:
        return Gaps(last, dict(db.all(_GAPS_OF_ITEM, (last.isoformat(), item))))
    found: dict[int, int] = dict(db.all("SELECT days, n FROM gap_count WHERE n > 0"))
    if last < newest:
        # Every list of people loads this module; a walk is rare.
        from desktop.store.insights.walks.classes_over_time import gaps_later

        later = gaps_later(db, last)
        found = {
            days: often - later.get(days, 0) for days, often in found.items() if often > later.get(days, 0)
        }
    return Gaps(last, found)


def refresh_due(db: Database) -> None:
    """Count the gaps of the people in ``temp.figures_due`` anew, whose other figures were just computed."""
    if db.value("SELECT EXISTS (SELECT 1 FROM order_gap)"):
        db.run(_TAKE)
        db.run("DELETE FROM order_gap WHERE person_id IN (SELECT id FROM temp.figures_due)")
    if db.value("SELECT EXISTS (SELECT 1 FROM shop_order)"):
        db.run(_COUNT_AGAIN)
        db.run(_GIVE)
