"""How revenue and purchases spread over buyers: who brings which share of the revenue, and recency, frequency and revenue (RFM)
in five parts each by cut points, which a sort along an index finds faster than a ranking of everybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.store.conditions.values import Sql
from desktop.store.database import Database

_COLUMNS = ("last_order", "order_days", "total")


@dataclass(frozen=True, slots=True)
class Spending:
    """Buyers by what they spent: amounts, the largest first, with how many spent just that."""

    amounts: tuple[tuple[float, int], ...]

    @property
    def buyers(self) -> int:
        """How many buyers."""
        return sum(people for _, people in self.amounts)

    @property
    def revenue(self) -> float:
        """Of all."""
        return sum(amount * people for amount, people in self.amounts)


def spending(db: Database, who: Sql) -> Spending:
    """What the buyers of a population spent."""
    rows = db.all(
        "SELECT round(coalesce(p.total, 0), 4) AS spent, count(*) FROM person p WHERE p.last_order IS NOT NULL"
        f" AND {who.where} GROUP BY spent ORDER BY spent DESC",
        who.params,
    )
    return Spending(tuple((float(amount), int(people)) for amount, people in rows))


def values(db: Database, column: str, who: Sql) -> list[tuple[str | float, int]]:
    """A column's different values among people whose orders are known, rising, each with its people.

    Args:
        column: last_order, order_days or total.
    """
    if column not in _COLUMNS:
        raise ValueError(f"{column} is no part of RFM")
    return [
        (value, int(people))
        for value, people in db.all(
            f"SELECT p.{column} AS v, count(*) FROM person p WHERE p.order_days >= 1 AND p.last_order IS NOT NULL"
            f" AND p.total IS NOT NULL AND {who.where} GROUP BY v ORDER BY v",
            who.params,
        )
    ]


def cells(
    db: Database, recency: Sequence[str], frequency: Sequence[float], who: Sql
) -> list[tuple[int, int, int, float]]:
    """People and their revenue in each cell of recency × frequency.

    Args:
        recency: the first values of the second, third, … part (last order days, ISO).
        frequency: the same for order days.

    Returns:
        (recency part from 1, frequency part from 1, people, revenue) for cells with people.
    """
    r = _part("p.last_order", [f"'{cut}'" for cut in recency])
    f = _part("p.order_days", [str(int(cut)) for cut in frequency])
    rows = db.all(
        f"SELECT {r} AS r, {f} AS f, count(*), total(p.total) FROM person p WHERE p.order_days >= 1"
        f" AND p.last_order IS NOT NULL AND p.total IS NOT NULL AND {who.where} GROUP BY r, f ORDER BY r, f",
        who.params,
    )
    return [(int(r), int(f), int(people), float(revenue)) for r, f, people, revenue in rows]


def _part(column: str, cuts: Sequence[str]) -> str:
    return " + ".join(["1", *(f"({column} >= {cut})" for cut in cuts)])
