"""People and revenue by class of NASL, now and on an earlier day; how the classes moved; who falls out of the window next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.core.figures.nasl import Repurchase, falls_on
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
spell AS MATERIALIZED (
  SELECT person_id AS id, day, row_number() OVER (PARTITION BY person_id ORDER BY day) AS n,
         coalesce(lead(day) OVER (PARTITION BY person_id ORDER BY day), '9999') AS next FROM (
    SELECT DISTINCT o.person_id, substr(o.ordered_at, 1, 10) AS day FROM shop_order o
    WHERE o.counts = 1 AND o.person_id IS NOT NULL AND o.ordered_at IS NOT NULL))
"""
_CLASS = "CASE WHEN s.day >= e.since THEN iif(s.n = 1, 'N', 'A') ELSE iif(s.n = 1, 'L', 'S') END"


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


def month_counts(
    db: Database, days: Sequence[date], sinces: Sequence[date], who: Sql
) -> dict[tuple[str, str], int]:
    """How many people were in each class at the end of each day: (day, letter) → people.

    Args:
        days: reference days, ISO order.
        sinces: for each of them the first day inside its window.
        who: the population now, a condition on ``person p``.
    """
    rows = db.all(
        f"WITH ends (day, since) AS (VALUES {_pairs(days, sinces)}), {_SPELLS}"
        f" SELECT e.day, {_CLASS} AS class, count(*) FROM ends e JOIN spell s ON s.day <= e.day AND s.next > e.day"
        f" JOIN person p ON p.id = s.id WHERE {who.where} GROUP BY 1, 2",
        who.params,
    )
    return {(day, letter): int(n) for day, letter, n in rows}


def flows(
    db: Database, days: tuple[date, date], sinces: tuple[date, date], who: Sql
) -> dict[tuple[str, str], int]:
    """How many people went from each class to each between two days: (before, after) → people; before is "" for those who had
    not bought yet."""
    (then, now), (then_since, now_since) = days, sinces
    rows = db.all(
        f"WITH {_SPELLS}, then_ AS (SELECT s.id, {_CLASS} AS class FROM spell s, (SELECT ? AS day, ? AS since) e"
        "  WHERE s.day <= e.day AND s.next > e.day),"
        f" now_ AS (SELECT s.id, {_CLASS} AS class FROM spell s, (SELECT ? AS day, ? AS since) e"
        "  WHERE s.day <= e.day AND s.next > e.day)"
        " SELECT coalesce(t.class, ''), n.class, count(*) FROM now_ n LEFT JOIN then_ t ON t.id = n.id"
        f" JOIN person p ON p.id = n.id WHERE {who.where} GROUP BY 1, 2",
        [*(d.isoformat() for d in (then, then_since, now, now_since)), *who.params],
    )
    return {(before, after): int(n) for before, after, n in rows}


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


def _pairs(days: Sequence[date], sinces: Sequence[date]) -> str:
    return ", ".join(f"('{d.isoformat()}', '{s.isoformat()}')" for d, s in zip(days, sinces, strict=True))
