"""The shop's repurchase cycle from its own orders, or as the owner set it, and the classes it makes of people as SQL on
``person p``. The gaps are counted once for a state of the orders and kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from desktop.core.figures.nasl import ACTIVE, CLASSES, LOST, NEW, SLEEPING, Repurchase, cycle_from
from desktop.store import shop
from desktop.store.database import Database

DAYS = "max(1, coalesce(p.order_days, p.orders, 1))"
"""SQL on a ``person p`` who has a last order: her order days. Where a members file only states a number of orders, that stands
for them."""

_CHOSEN, _KEPT = "repurchase", "repurchase_gaps"
_GAPS = """
SELECT gap, count(*) FROM (
  SELECT CAST(julianday(day) - julianday(lag(day) OVER (PARTITION BY person_id ORDER BY day)) AS INTEGER) AS gap FROM (
    SELECT DISTINCT o.person_id, substr(o.ordered_at, 1, 10) AS day FROM {rows}
    WHERE o.counts = 1 AND o.person_id IS NOT NULL AND o.ordered_at IS NOT NULL AND o.ordered_at < ? || '~' {more}))
WHERE gap IS NOT NULL GROUP BY gap
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
    found = gaps(db, as_of)
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


def class_expression(repurchase: Repurchase) -> str:
    """SQL on ``person p``: the letter of her class, NULL without an order day."""
    whens = " ".join(f"WHEN {class_where(repurchase, letter)} THEN '{letter}'" for letter in CLASSES)
    return f"CASE {whens} END"


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
    if last < newest or item is not None:
        return Gaps(last, _count(db, last, item))
    return Gaps(last, _kept_gaps(db, newest).histogram)


_in_process: WeakKeyDictionary[Database, tuple[tuple[int, int], str, Gaps]] = WeakKeyDictionary()


def _kept_gaps(db: Database, last: date) -> Gaps:
    if db.connection.in_transaction:
        # What a transaction shows may be rolled back, and its step may go on changing orders.
        return Gaps(last, _count(db, last, None))
    quick = (int(db.value("PRAGMA data_version")), int(db.connection.total_changes))
    known = _in_process.get(db)
    if known is not None and known[0] == quick:
        return known[2]
    stamp = orders_stamp(db)
    if known is not None and known[1] == stamp:
        _in_process[db] = (quick, stamp, known[2])
        return known[2]
    kept = shop.get_json(db, _KEPT)
    if kept is not None and kept["stamp"] == stamp:
        found = Gaps(last, {int(days): n for days, n in kept["gaps"].items()})
    else:
        found = Gaps(last, _count(db, last, None))
        if not db.value("PRAGMA query_only"):
            shop.put_json(
                db, _KEPT, {"stamp": stamp, "gaps": {str(d): n for d, n in found.histogram.items()}}
            )
    _in_process[db] = (quick, stamp, found)
    return found


def orders_stamp(db: Database) -> str:
    """Another text whenever orders or their people may have changed: every such change is a step of the history, or a turn of
    one; rows that came without one have new numbers."""
    steps = db.row(
        "SELECT count(*), coalesce(max(id), 0), coalesce(sum(CASE state WHEN 'undone' THEN id * 7919 % 104729 END), 0)"
        " FROM step WHERE kind NOT LIKE 'tag%' AND kind NOT IN ('untag', 'note', 'audience_save', 'audience_delete')"
    )
    rows = db.all(
        "SELECT name, seq FROM sqlite_sequence WHERE name IN ('person', 'shop_order') ORDER BY name"
    )
    return json.dumps([steps, rows])


def _count(db: Database, last: date, item: str | None) -> dict[int, int]:
    rows, more = "shop_order o", ""
    params: list[Any] = [last.isoformat()]
    if item is not None:
        rows, more = "shop_order o JOIN order_item i ON i.order_id = o.id", "AND i.item = ?"
        params.append(item)
    return dict(db.all(_GAPS.format(rows=rows, more=more), params))
