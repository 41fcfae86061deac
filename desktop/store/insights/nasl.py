"""People and revenue by class of NASL, now and on an earlier day; how the classes moved; who falls out of the window next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.core.figures.nasl import ACTIVE, LOST, NEW, SLEEPING, Repurchase, falls_on
from desktop.core.figures.period import month_name
from desktop.store.conditions.values import Sql
from desktop.store.database import Database
from desktop.store.insights.repurchase import DAYS, class_expression

_EARLIER = """
WITH bought AS MATERIALIZED (
  SELECT o.person_id AS id, count(DISTINCT substr(o.ordered_at, 1, 10)) AS days,
         substr(max(o.ordered_at), 1, 10) AS last, round(coalesce(sum(o.amount), 0), 4) AS spent
  FROM shop_order o WHERE o.counts = 1 AND o.person_id IS NOT NULL AND o.ordered_at < :day || '~' GROUP BY o.person_id
  UNION ALL
  SELECT s.id, max(1, coalesce(s.order_days, s.orders, 1)), s.last_order, s.total
  FROM person s WHERE s.last_order <= :day AND NOT EXISTS (
    SELECT 1 FROM shop_order o WHERE o.person_id = s.id AND o.counts = 1 AND o.ordered_at < :day || '~'))
SELECT CASE WHEN b.last >= :since THEN iif(b.days = 1, 'N', 'A') ELSE iif(b.days = 1, 'L', 'S') END AS class,
       count(*), round(total(b.spent), 4)
FROM bought b JOIN person p ON p.id = b.id WHERE {who} GROUP BY class
"""
_SPELLS = """
SELECT day, substr(next, 1, 7) AS until, day = first AS once, count(*) FROM (
  SELECT person_id, substr(ordered_at, 1, 10) AS day, substr(first_value(ordered_at) OVER w, 1, 10) AS first,
         coalesce(substr(lead(ordered_at) OVER w, 1, 10), '9999') AS next
  FROM shop_order WHERE counts = 1 AND {who} AND ordered_at IS NOT NULL
  WINDOW w AS (PARTITION BY person_id ORDER BY ordered_at))
WHERE next > day GROUP BY 1, 2, 3
"""
_FLOWS = """
SELECT iif(then_ IS NULL, '', {then_class}), {now_class}, count(*) FROM (
  SELECT person_id, substr(min(ordered_at), 1, 10) AS first, substr(max(ordered_at), 1, 10) AS now_,
         substr(max(CASE WHEN ordered_at < ? || '~' THEN ordered_at END), 1, 10) AS then_
  FROM shop_order WHERE counts = 1 AND {who} AND ordered_at < ? || '~' GROUP BY person_id)
GROUP BY 1, 2
"""
# One order day: the first is the last.
_CLASS = "CASE WHEN {last} >= ? THEN iif({last} = first, 'N', 'A') ELSE iif({last} = first, 'L', 'S') END"


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
    if repurchase.as_of >= last_order_day:
        rows = db.all(
            f"SELECT {class_expression(repurchase)} AS class, count(*), round(total(p.total), 4) FROM person p"
            f" WHERE p.last_order IS NOT NULL AND {who.where} GROUP BY class",
            who.params,
        )
    else:
        # Named values stand beside the population's question marks only as literals.
        sql = _EARLIER.replace(":day", f"'{repurchase.as_of.isoformat()}'")
        sql = sql.replace(":since", f"'{repurchase.since.isoformat()}'")
        rows = db.all(sql.format(who=who.where), who.params)
    return [ClassRow(letter, int(n), whole_number(revenue)) for letter, n, revenue in rows], everybody


def buyers(who: Sql) -> str:
    """SQL on ``shop_order``: whether the buyer is known and of a population."""
    among = "" if who.where == "1" else f" AND person_id IN (SELECT p.id FROM person p WHERE {who.where})"
    return f"person_id IS NOT NULL{among}"


def month_counts(db: Database, days: Sequence[date], window: float, who: Sql) -> dict[tuple[str, str], int]:
    """How many people were in each class at the end of each day: (day, letter) → people.

    Args:
        days: ends of months, rising; the last may lie inside its month if no order comes after it.
        window: the boundary in days.
        who: the population now, a condition on ``person p``.
    """
    found: Counter[tuple[str, str]] = Counter()
    # From one order day to the next nobody's days or last day change; so many spells begin and end alike that few kinds remain.
    for day, until, once, people in db.each(_SPELLS.format(who=buyers(who)), who.params):
        began, out = date.fromisoformat(day), falls_on(date.fromisoformat(day), window)
        for end in days:
            if end < began:
                continue
            if until <= month_name(end):
                break
            letter = (NEW if once else ACTIVE) if end < out else (LOST if once else SLEEPING)
            found[end.isoformat(), letter] += int(people)
    return dict(found)


def flows(
    db: Database, days: tuple[date, date], sinces: tuple[date, date], who: Sql
) -> dict[tuple[str, str], int]:
    """How many people went from each class to each between two days: (before, after) → people; before is "" for those who had
    not bought yet."""
    (then, now), (then_since, now_since) = days, sinces
    sql = _FLOWS.format(
        then_class=_CLASS.format(last="then_"), now_class=_CLASS.format(last="now_"), who=buyers(who)
    )
    params = [*(one.isoformat() for one in (then_since, now_since, then)), *who.params, now.isoformat()]
    return {(before, after): int(n) for before, after, n in db.all(sql, params)}


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
    return [
        (item, int(n))
        for item, n in db.all(
            "SELECT i.item, count(DISTINCT i.order_id) AS n FROM order_item i JOIN shop_order o ON o.id = i.order_id"
            " WHERE o.counts = 1 AND o.person_id IS NOT NULL AND i.item <> '' GROUP BY i.item ORDER BY n DESC, i.item LIMIT ?",
            (limit,),
        )
    ]


def whole_number(amount: float | int) -> float | int:
    """An amount without a fraction that is none."""
    return int(amount) if amount == int(amount) else amount


def _last_day_falling(repurchase: Repurchase, until: date) -> date:
    """The last order day of those who leave the window on ``until``."""
    return date.fromordinal(
        until.toordinal() - (falls_on(date(2000, 1, 1), repurchase.window_days) - date(2000, 1, 1)).days
    )
