"""People and revenue by class of NASL, now and on an earlier day; who falls out of the window next."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest

from desktop.core.figures.nasl import CLASSES, Repurchase, falls_on
from desktop.store.conditions.values import Sql
from desktop.store.database import Database
from desktop.store.insights.repurchase import DAYS, class_where
from desktop.store.insights.walks.classes_over_time import classes_on

_LINES_AT_A_TIME = 2_000


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class: its people, and the revenue they brought up to the day."""

    letter: str
    people: int
    revenue: float | int


@dataclass(frozen=True, slots=True)
class Falling:
    """Somebody who leaves the window on ``falls_on`` unless she comes again."""

    id: int
    name: str
    letter: str
    last_order: date
    falls_on: date
    total: float | int


def classes(
    db: Database, repurchase: Repurchase, last_order_day: date, who: Sql
) -> tuple[list[ClassRow], int]:
    """The classes on ``repurchase.as_of``, and how many people match at all.

    Args:
        db: any connection.
        repurchase: cycle and reference day.
        last_order_day: the last order day in the data: from then on the figures kept with each person hold.
        who: the population, a condition on ``person p``.
    """
    everybody = int(db.value(f"SELECT count(*) FROM person p WHERE {who.where}", who.params))
    ordered_later = repurchase.as_of < last_order_day
    found = _kept_classes(db, repurchase, who, ordered_later=ordered_later)
    if ordered_later:
        later = Sql(f"(p.last_order > ? AND {who.where})", [repurchase.as_of.isoformat(), *who.params])
        walked = classes_on(db, repurchase.as_of, repurchase.since, later)
        found = {
            letter: (found[letter][0] + n, found[letter][1] + spent) for letter, (n, spent) in walked.items()
        }
    rows = [ClassRow(letter, n, whole_number(round(spent, 4))) for letter, (n, spent) in found.items() if n]
    return rows, everybody


def _kept_classes(
    db: Database, repurchase: Repurchase, who: Sql, *, ordered_later: bool
) -> dict[str, tuple[int, float]]:
    """The classes by the figures kept with each person, of those without a later order where there are some."""
    classes = [class_where(repurchase, letter) for letter in CLASSES]
    columns = ", ".join(
        f"count(*) FILTER (WHERE {where}), total(p.total) FILTER (WHERE {where})" for where in classes
    )
    until, params = ("p.last_order <= ? AND ", [repurchase.as_of.isoformat()]) if ordered_later else ("", [])
    row = db.row(
        f"SELECT {columns} FROM person p NOT INDEXED WHERE p.last_order IS NOT NULL AND {until}{who.where}",
        [*params, *who.params],
    )
    assert row is not None
    return {letter: (row[2 * place], row[2 * place + 1]) for place, letter in enumerate(CLASSES)}


def falling(db: Database, repurchase: Repurchase, until: date, who: Sql, limit: int) -> list[Falling]:
    """Who of N and A leaves the window up to a day, the soonest first, among equals who spent most.

    Args:
        repurchase: as of the last order day.
        until: the last day of falling out that is asked for.
    """
    rows = db.all(
        f"SELECT p.id, coalesce(p.name, p.line_name, p.member_no, ''), iif({DAYS} = 1, 'N', 'A'), p.last_order, p.total"
        f" FROM person p WHERE p.last_order >= ? AND p.last_order <= ? AND {who.where}"
        " ORDER BY p.last_order, p.total DESC, p.id LIMIT ?",
        [repurchase.since.isoformat(), _last_day_falling(repurchase, until).isoformat(), *who.params, limit],
    )
    return [
        Falling(
            person,
            name,
            letter,
            date.fromisoformat(last),
            falls_on(date.fromisoformat(last), repurchase.window_days),
            whole_number(total or 0),
        )
        for person, name, letter, last, total in rows
    ]


def falling_by_day(
    db: Database, repurchase: Repurchase, until: date, who: Sql
) -> list[tuple[date, int, float]]:
    """For each day on which somebody leaves the window: how many, and what they spent so far."""
    rows = db.all(
        "SELECT p.last_order, count(*), total(p.total) FROM person p WHERE p.last_order >= ? AND p.last_order <= ?"
        f" AND {who.where} GROUP BY p.last_order ORDER BY p.last_order",
        [repurchase.since.isoformat(), _last_day_falling(repurchase, until).isoformat(), *who.params],
    )
    window = repurchase.window_days
    return [(falls_on(date.fromisoformat(day), window), int(n), total) for day, n, total in rows]


def items(db: Database, limit: int) -> list[tuple[str, int]]:
    """The items bought most, with the number of counting orders that hold them."""
    # Counted here, because SQLite would sort all lines by their item; a line that repeats one above it is passed over.
    sql = (
        "SELECT i.item FROM order_item i JOIN shop_order o ON o.id = i.order_id"
        " WHERE o.counts = 1 AND o.person_id IS NOT NULL AND i.item <> '' AND NOT EXISTS ("
        "SELECT 1 FROM order_item e WHERE e.order_id = i.order_id AND e.line < i.line AND e.item = i.item)"
    )
    found: Counter[str] = Counter()
    for rows in db.batches(sql, size=_LINES_AT_A_TIME):
        found.update([item for (item,) in rows])
    return nsmallest(limit, found.items(), key=lambda pair: (-pair[1], pair[0]))


def whole_number(amount: float | int) -> float | int:
    """An amount without a fraction that is none."""
    return int(amount) if amount == int(amount) else amount


def _last_day_falling(repurchase: Repurchase, until: date) -> date:
    """The last order day of those who leave the window on ``until``."""
    return date.fromordinal(
        until.toordinal() - (falls_on(date(2000, 1, 1), repurchase.window_days) - date(2000, 1, 1)).days
    )
