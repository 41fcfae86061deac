"""NASL as the page shows it: the cycle from the shop's own gaps, people and revenue by class, how the classes moved from month to
month, and who falls out next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.core.errors import UserError
from desktop.core.figures import kpi
from desktop.core.figures.nasl import (
    ACTIVE,
    CLASSES,
    FEWEST_GAPS,
    LOST,
    NEW,
    SLEEPING,
    Repurchase,
    cycle_from,
    falls_on,
    first_day_inside,
    median_gap,
)
from desktop.core.figures.period import Period, month_ends
from desktop.core.message import message
from desktop.operations.insights.questions import Count, Population, Questions, joined, remembered
from desktop.store.conditions.values import Sql
from desktop.store.database import Database
from desktop.store.insights import nasl as stored
from desktop.store.insights import repurchase as cycles
from desktop.store.insights.nasl import ClassRow, Falling
from desktop.store.insights.repurchase import Chosen
from desktop.store.insights.walks.classes_over_time import moves

MOST_DAYS = 3_650
"""The longest cycle or window an owner can set: ten years."""

_BEGINNING = date(1900, 1, 1)

_ONE_DAY = "(order_days:1 OR order_days:none -orders:>=2)"


@dataclass(frozen=True, slots=True)
class NaslClass:
    """One class: ``share`` of the buyers, ``revenue`` up to the day and its share, per head, and the query that opens it."""

    letter: str
    people: int
    revenue: float | int
    share: float
    revenue_share: float | None
    query: str | None

    @property
    def per_person(self) -> float | None:
        """人均消費; None of nobody."""
        return self.revenue / self.people if self.people else None


@dataclass(frozen=True, slots=True)
class Nasl:
    """The classes on a day.

    Args:
        population: whom it counts.
        as_of: the reference day; None: there are no orders.
        repurchase: the cycle in force; None: too few gaps and the owner chose none.
        gaps: how many gaps the orders have; FEWEST_GAPS are needed.
        classes: N, A, S, L; empty without a cycle.
        buyers: all classes together.
        never: people of the population without a known order day.
        live: whether these are the classes of now that the condition ``nasl:`` asks for.
    """

    population: Population
    as_of: date | None
    repurchase: Repurchase | None
    gaps: int
    classes: tuple[NaslClass, ...]
    buyers: Count
    never: Count
    live: bool = True

    @property
    def revenue(self) -> float | int:
        """Of all classes."""
        return sum(one.revenue for one in self.classes)


@dataclass(frozen=True, slots=True)
class GapHistogram:
    """The gaps between order days: days → how often; the median, and the window in force.

    Args:
        item: only orders with this item; None: all.
        enough: whether there are as many gaps as a median needs.
    """

    histogram: Mapping[int, int]
    median: float | None
    window_days: float | None
    item: str | None = None

    @property
    def gaps(self) -> int:
        """How many gaps."""
        return sum(self.histogram.values())

    @property
    def enough(self) -> bool:
        """Whether there are as many as a median needs."""
        return self.gaps >= FEWEST_GAPS


@dataclass(frozen=True, slots=True)
class MonthOfClasses:
    """How many people stood in each class at the end of a month (the newest: on the reference day)."""

    day: date
    people: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Movement:
    """The classes month by month with today's window, and the last month's flow.

    Args:
        months: oldest first.
        flow: (class a month before, class now) → people; "" before: bought for the first time since.
        cycle: the cycle and window it was worked out with.
    """

    cycle: Repurchase
    months: tuple[MonthOfClasses, ...]
    flow: Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class FallingNext:
    """Who leaves the window within some days after the reference day, unless she comes again.

    Args:
        days: (day, people, what they spent so far, query), the soonest first.
        people: the first of them by name.
        total: all of them.
    """

    cycle: Repurchase
    until: date
    days: tuple[tuple[date, Count, float], ...]
    people: tuple[Falling, ...]
    total: Count


@remembered
def nasl(
    db: Database,
    population: Population = Population.ALL,
    as_of: date | None = None,
    cycle: float | None = None,
) -> Nasl:
    """The classes.

    Args:
        db: any connection, in its thread.
        population: everybody or those bound now.
        as_of: the reference day; None: the last order day in the data.
        cycle: another cycle in days for this once; None: the one in force.

    Raises:
        UserError: if the cycle is no number of days.
    """
    asked = Questions(db, as_of)
    if asked.data_until is None:
        everybody = asked.counts([population.query])[0]
        return Nasl(population, None, None, 0, (), Count(0), Count(everybody, population.query))
    measured = cycles.gaps(db, as_of)
    found = _cycle(db, measured, cycle)
    gaps = measured.count if measured else 0
    bought, never = (joined(population.query, f"last_order:{word}") for word in ("any", "none"))
    if found is None:
        buyers, others = asked.counts([bought, never])
        return Nasl(population, asked.as_of, None, gaps, (), Count(buyers), Count(others))
    rows, everybody = stored.classes(db, found, asked.data_until, asked.sql(population.query))
    live = as_of is None and cycle is None
    # Before the last order day the kept figures do not hold, and no query can ask for people as they were.
    current = found.as_of >= asked.data_until
    people = sum(row.people for row in rows)
    return Nasl(
        population,
        found.as_of,
        found,
        gaps,
        _classes(rows, found, population, live=live, current=current),
        Count(people, bought if current else None),
        Count(everybody - people, never if current else None),
        live,
    )


def _classes(
    rows: Sequence[ClassRow], found: Repurchase, population: Population, *, live: bool, current: bool
) -> tuple[NaslClass, ...]:
    by_letter = {row.letter: row for row in rows}
    people, revenue = sum(row.people for row in rows), sum(row.revenue for row in rows)
    classes = []
    for letter in CLASSES:
        row = by_letter.get(letter, ClassRow(letter, 0, 0))
        query = joined(population.query, class_query(found, letter, live=live)) if current else None
        share = row.people / people if people else 0.0
        revenue_share = row.revenue / revenue if revenue > 0 else None
        classes.append(NaslClass(letter, row.people, row.revenue, share, revenue_share, query))
    return tuple(classes)


def class_query(repurchase: Repurchase, letter: str, *, live: bool = True) -> str:
    """The query of a class: ``nasl:A`` for the classes of now, which move with the orders; otherwise with its days written
    out."""
    if live:
        return f"nasl:{letter}"
    since = repurchase.since.isoformat()
    inside, outside = f"last_order:>={since}", f"last_order:<{since}"
    return {
        NEW: f"{inside} {_ONE_DAY}",
        ACTIVE: f"{inside} {kpi.REPEAT}",
        SLEEPING: f"{outside} {kpi.REPEAT}",
        LOST: f"{outside} {_ONE_DAY}",
    }[letter]


def class_on_query(letter: str, day: date, window: float) -> str:
    """The query of the people who stood in a class at the end of a day, by their orders; "" for the letter: who had not bought
    by then."""
    until = Period(_BEGINNING, day).query
    if not letter:
        return f"order_days@{until}:none"
    inside = Period(first_day_inside(day, window), day).query
    since = f"order_days@{inside}:{'any' if letter in (NEW, ACTIVE) else 'none'}"
    return f"{since} order_days@{until}:{'1' if letter in (NEW, LOST) else '>=2'}"


def move_query(found: Movement, before: str, now: str) -> str | None:
    """The query of the people who went from one class to another in the last month; None where there is only one month end."""
    if len(found.months) < 2:
        return None
    window = found.cycle.window_days
    first, last = found.months[-2].day, found.months[-1].day
    return joined(class_on_query(before, first, window), class_on_query(now, last, window))


@remembered
def gap_histogram(db: Database, item: str | None = None) -> GapHistogram:
    """The gaps between order days, of all orders or of those with an item."""
    found = cycles.gaps(db, item=item)
    histogram = found.histogram if found else {}
    in_force = cycles.repurchase(db)
    return GapHistogram(histogram, median_gap(histogram), in_force.window_days if in_force else None, item)


@remembered
def items_bought(db: Database, limit: int = 50) -> tuple[tuple[str, int], ...]:
    """The items bought most, with their orders: for a cycle of one item."""
    return tuple(stored.items(db, limit))


def set_cycle(
    db: Database, cycle_days: float | None = None, window_days: float | None = None
) -> Repurchase | None:
    """Keep the owner's own cycle or window (the line she drags); both None: as the orders say. A setting, not a step.

    Raises:
        UserError: if one is not between one day and MOST_DAYS.
    """
    for days in (cycle_days, window_days):
        _check_days(days)
    with db.transaction():
        cycles.choose(db, Chosen(cycle_days, window_days))
    return cycles.repurchase(db)


def plain(amount: float | int) -> float | int:
    """A number without a fraction that is none: 21, not 21.0."""
    return stored.whole_number(amount)


def own_cycle(db: Database) -> Chosen:
    """What the owner set."""
    return cycles.chosen(db)


@remembered
def movement(db: Database, months: int = 12, population: Population = Population.ALL) -> Movement | None:
    """How the classes moved, from the orders; None without a cycle. A walk over all orders: a few seconds for millions."""
    found = cycles.repurchase(db)
    if found is None:
        return None
    who = _population(db, population)
    ends = month_ends(found.as_of, months)
    moved = moves(db, ends, found.window_days, who)
    rows = [MonthOfClasses(end, {letter: moved.counts[end, letter] for letter in CLASSES}) for end in ends]
    return Movement(found, tuple(rows), moved.flow)


def falling_next(
    db: Database, days: int = 30, limit: int = 200, population: Population = Population.ALL
) -> FallingNext | None:
    """Who falls out of the window within so many days after the reference day; None without a cycle. Asked anew each time: what
    is remembered names nobody."""
    found = cycles.repurchase(db)
    if found is None:
        return None
    who = _population(db, population)
    until = found.as_of + timedelta(days=days)
    by_day = stored.falling_by_day(db, found, until, who)
    shift = falls_on(date(2000, 1, 1), found.window_days) - date(2000, 1, 1)
    rows = tuple(
        (day, Count(n, joined(population.query, f"last_order:{(day - shift).isoformat()}")), spent)
        for day, n, spent in by_day
    )
    total = Count(
        sum(n for _, n, _ in by_day),
        joined(population.query, f"last_order:{Period(found.since, until - shift).query}"),
    )
    return FallingNext(found, until, rows, tuple(stored.falling(db, found, until, who, limit)), total)


def _population(db: Database, population: Population) -> Sql:
    return Questions(db).sql(population.query)


def in_force(db: Database, as_of: date | None = None, cycle: float | None = None) -> Repurchase | None:
    """The cycle in force on a day, or another one for once; None where it is not known.

    Raises:
        UserError: if the cycle is no number of days.
    """
    return _cycle(db, cycles.gaps(db, as_of), cycle)


def _cycle(db: Database, measured: cycles.Gaps | None, cycle: float | None) -> Repurchase | None:
    if cycle is not None:
        _check_days(cycle)
        return cycle_from(measured.histogram, measured.as_of, cycle) if measured else None
    return cycles.cycle_of(db, measured)


def _check_days(days: float | None) -> None:
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise UserError(message("insights_core.days_wrong", most=MOST_DAYS))
