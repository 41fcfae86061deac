"""Questions to a person's order days that her kept figures cannot answer: up to an earlier day, or from her day of binding on;
as SQL on ``person p``."""

from __future__ import annotations

from datetime import date

from desktop.store.conditions.values import Sql

_LATER_DAY = (
    "EXISTS (SELECT 1 FROM shop_order o WHERE o.person_id = p.id AND o.counts = 1"
    " AND o.ordered_at > p.first_order || '~' AND o.ordered_at < ? || '~')"
)
_SINCE_BINDING = (
    "(SELECT count(DISTINCT substr(o.ordered_at, 1, 10)) FROM shop_order o WHERE o.person_id = p.id AND o.counts = 1"
    " AND o.ordered_at >= substr(p.bound_at, 1, 10) AND o.ordered_at < ? || '~')"
)


def bought_by(day: date) -> Sql:
    """Whether she had bought by a day; a purchase without a date counts as made before."""
    bought = "(p.orders >= 1 OR p.order_days >= 1 OR p.last_order IS NOT NULL)"
    return Sql(f"({bought} AND coalesce(p.first_order, p.last_order, '') <= ?)", [day.isoformat()])


def repeated_by(day: date) -> Sql:
    """Whether she had bought on two days by a day."""
    iso = day.isoformat()
    return Sql(
        "(coalesce(p.order_days, p.orders) >= 2 AND (coalesce(p.last_order, '') <= ? OR (p.first_order <= ?"
        f" AND {_LATER_DAY})))",
        [iso, iso, iso],
    )


def bought_since_binding(day: date) -> Sql:
    """Whether she bought on her day of binding or later, up to a day; never where that day is not known."""
    return Sql(
        "(p.bound_at IS NOT NULL AND p.last_order >= substr(p.bound_at, 1, 10) AND"
        f" (p.last_order <= ? OR {_SINCE_BINDING} >= 1))",
        [day.isoformat(), day.isoformat()],
    )


def repeated_since_binding(day: date) -> Sql:
    """Whether she bought on two days since her day of binding, up to a day."""
    return Sql(
        "(p.bound_at IS NOT NULL AND p.order_days >= 2 AND p.last_order >= substr(p.bound_at, 1, 10) AND"
        f" {_SINCE_BINDING} >= 2)",
        [day.isoformat()],
    )
