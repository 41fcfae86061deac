"""Who brings the revenue (the curve from the first per cent to the last), and RFM: how long ago, how often and for how much
people bought, in five parts each."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.core.figures import spread as pure
from desktop.core.figures.spread import Cut
from desktop.core.people.condition import Op, Term
from desktop.core.people.query_text import to_text
from desktop.operations.insights.questions import Count, Population, Questions, joined, remembered
from desktop.store.database import Database
from desktop.store.insights import spread as stored

MARKS = (1, 5, 10, 20, 50)
"""Per cent of the buyers that the view names."""

SHARES = (50, 80, 90)
"""Per cent of the revenue for which the fewest buyers are named."""

PARTS = 5
"""RFM's quintiles (Hughes, 1994)."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The first ``percent`` of the buyers by what they spent: who they are (whoever spent as much as the last of them is in), and
    the share of the revenue that exactly so many bring."""

    percent: int
    people: int
    share: float
    opened: Count


@dataclass(frozen=True, slots=True)
class Concentration:
    """How the revenue is spread.

    Args:
        curve: for each per cent of the buyers from 0 to 100, the share of the revenue (0 to 1) that those who spent most bring.
        marks: some of them by name.
        fewest: (per cent of the revenue, how few buyers bring it).
    """

    population: Population
    buyers: int
    revenue: float
    curve: tuple[float, ...]
    marks: tuple[Mark, ...]
    fewest: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """People of one part of recency and one of frequency, both from 1 (long ago, seldom) up."""

    recency: int
    frequency: int
    people: Count
    revenue: float


@dataclass(frozen=True, slots=True)
class Rfm:
    """Recency × frequency with revenue; people whose orders are known only by number are not in it.

    Args:
        recency, frequency, monetary: the ranges of the parts, from 1 up: (low, high), high None: open; fewer than five where
            values are few.
    """

    population: Population
    recency: tuple[tuple[str | None, str | None], ...]
    frequency: tuple[tuple[float | None, float | None], ...]
    monetary: tuple[tuple[float | None, float | None], ...]
    cells: tuple[Cell, ...]
    people: Count


@remembered
def concentration(db: Database, population: Population = Population.ALL) -> Concentration | None:
    """The curve; None without revenue."""
    asked = Questions(db)
    spending = stored.spending(db, asked.sql(population.query))
    amounts, buyers = spending.amounts, spending.buyers
    if spending.revenue <= 0:
        return None
    curve = tuple(pure.top_of_exactly(amounts, buyers * part // 100) for part in range(101))
    marks = []
    for percent in MARKS:
        people = max(1, buyers * percent // 100)
        first = pure.top(amounts, people)
        query = joined(population.query, "last_order:any", to_text(Term("total", Op.GE, _plain(first.least))))
        marks.append(Mark(percent, people, pure.top_of_exactly(amounts, people), Count(first.people, query)))
    fewest = tuple((share, pure.people_for(amounts, share / 100)) for share in SHARES)
    return Concentration(population, buyers, spending.revenue, curve, tuple(marks), fewest)


@remembered
def rfm(db: Database, population: Population = Population.ALL) -> Rfm | None:
    """RFM; None without orders."""
    asked = Questions(db)
    who = asked.sql(population.query)
    known = stored.values(db, who)
    if not known.last_order:
        return None
    days: list[str] = pure.cut_points(known.last_order, PARTS)
    often: list[float] = pure.cut_points(known.order_days, PARTS)
    money: list[float] = pure.cut_points(known.total, PARTS)
    base = joined(population.query, "order_days:>=1 last_order:any total:any")
    cells = [
        Cell(
            r,
            f,
            Count(people, joined(base, _inside("last_order", days, r), _inside("order_days", often, f))),
            revenue,
        )
        for r, f, people, revenue in stored.cells(db, days, often, who)
    ]
    everybody = Count(sum(cell.people.people for cell in cells), base)
    return Rfm(population, _ranges(days), _ranges(often), _ranges(money), tuple(cells), everybody)


def _ranges(cuts: list[Cut]) -> tuple[tuple[Cut | None, Cut | None], ...]:
    found: list[tuple[Cut | None, Cut | None]] = []
    low: Cut | None = None
    for cut in cuts:
        found.append((low, cut))
        low = cut
    found.append((low, None))
    return tuple(found)


def _inside(field: str, cuts: list[str] | list[float], part: int) -> str:
    """From the part's own cut up to, not including, the next part's."""
    words = []
    if part > 1:
        words.append(f"{field}:>={_text(cuts[part - 2])}")
    if part <= len(cuts):
        words.append(f"{field}:<{_text(cuts[part - 1])}")
    return joined(*words)


def _text(cut: str | float) -> str:
    return cut if isinstance(cut, str) else str(_plain(cut))


def _plain(amount: float) -> int | float:
    return int(amount) if amount == int(amount) else amount
