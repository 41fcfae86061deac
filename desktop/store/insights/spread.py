"""How revenue and purchases spread over buyers: who brings which share of the revenue, and recency, frequency and revenue (RFM)
in five parts each by cut points, which a sort along an index finds faster than a ranking of everybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from desktop.store.conditions.values import Sql
from desktop.store.database import Database

_KNOWN = "p.order_days >= 1 AND p.last_order IS NOT NULL AND p.total IS NOT NULL"


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


@dataclass(frozen=True, slots=True)
class Values:
    """The different last order days (ISO), numbers of order days and amounts spent, each rising with its people."""

    last_order: tuple[tuple[str, int], ...]
    order_days: tuple[tuple[float, int], ...]
    total: tuple[tuple[float, int], ...]


def spending(db: Database, who: Sql) -> Spending:
    """What the buyers of a population spent."""
    sql = (
        f"SELECT round(coalesce(p.total, 0), 4) FROM person p WHERE p.last_order IS NOT NULL AND {who.where}"
    )
    found: Counter[float] = Counter()
    for rows in db.batches(sql, who.params):
        found.update([float(amount) for (amount,) in rows])
    return Spending(tuple(sorted(found.items(), reverse=True)))


def values(db: Database, who: Sql) -> Values:
    """The different values among people whose orders are known, read in one walk and counted here: to count them SQLite would
    sort everybody by each column."""
    counted: tuple[Counter[Any], ...] = (Counter(), Counter(), Counter())
    sql = f"SELECT p.last_order, p.order_days, p.total FROM person p WHERE {_KNOWN} AND {who.where}"
    for rows in db.batches(sql, who.params):
        for counter, column in zip(counted, zip(*rows, strict=True), strict=True):
            counter.update(column)
    days, often, money = counted
    return Values(tuple(sorted(days.items())), _as_numbers(often), _as_numbers(money))


def _as_numbers(counted: Counter[Any]) -> tuple[tuple[float, int], ...]:
    return tuple((float(value), people) for value, people in sorted(counted.items()))


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
    parts = [(r, f) for r in range(1, len(recency) + 2) for f in range(1, len(frequency) + 2)]
    columns = ", ".join(
        f"count(*) FILTER (WHERE cell = {place}), total(total) FILTER (WHERE cell = {place})"
        for place, _ in enumerate(parts)
    )
    # With LIMIT SQLite works the inner question out once a row.
    rows = (
        f"SELECT ({r} - 1) * {len(frequency) + 1} + {f} - 1 AS cell, p.total FROM person p"
        f" WHERE {_KNOWN} AND {who.where} LIMIT -1"
    )
    row = db.row(f"SELECT {columns} FROM ({rows})", who.params)
    assert row is not None
    found = [(*part, int(row[2 * place]), float(row[2 * place + 1])) for place, part in enumerate(parts)]
    return [one for one in found if one[2]]


def _part(column: str, cuts: Sequence[str]) -> str:
    return " + ".join(["1", *(f"({column} >= {cut})" for cut in cuts)])
