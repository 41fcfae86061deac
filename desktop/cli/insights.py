"""``insights funnel|cohorts|nasl|breakdown DIM|cost``: the figures as plain data, from a shop that may be open in a window."""

from __future__ import annotations

import argparse
from datetime import date
from decimal import Decimal
from typing import Any

from desktop.cli.shops import reading, shop_path
from desktop.core.errors import QuestionOpen, UserError, WrongUsage
from desktop.core.figures.nasl import FEWEST_GAPS, Repurchase
from desktop.core.figures.rate import Rate
from desktop.core.message import message
from desktop.operations.insights import breakdown, cohorts, cost, funnel, nasl
from desktop.store.database import Database

Answer = dict[str, Any]
MOST_MONTHS = 120


def insights(arguments: argparse.Namespace) -> Answer:
    """One view. Each answer also says which view it is.

    Raises:
        WrongUsage: if a date or number is none.
        UserError: without orders where the view needs some; QuestionOpen where there are too few to know the cycle.
    """
    as_of = _day(arguments.as_of)
    if not 1 <= arguments.months <= MOST_MONTHS:
        raise WrongUsage(message("insights_core.months_wrong", most=MOST_MONTHS))
    with reading(shop_path(arguments.shop)) as db:
        return _VIEWS[arguments.view](db, arguments, as_of)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise WrongUsage(message("insights_core.date_wrong", value=text or "")) from None


def _funnel(db: Database, arguments: argparse.Namespace, as_of: date | None) -> Answer:
    found = funnel.funnel(db, as_of, arguments.months)
    return {
        "as_of": found.as_of.isoformat(),
        "period": {"first": found.period.first.isoformat(), "last": found.period.last.isoformat()},
        "has_orders": found.data_until is not None,
        "steps": [
            {"id": step.id, "people": step.people, "query": step.query, "by_line": step.by_line}
            for step in found.steps
        ],
        "rates": [
            {
                "id": one.id,
                **_rate(one.rate),
                "before": one.before.value if one.before else None,
                "target": one.target.value if one.target else None,
            }
            for one in found.rates
        ],
    }


def _cohorts(db: Database, arguments: argparse.Namespace, as_of: date | None) -> Answer:
    found = cohorts.cohorts(db, as_of, arguments.months, arguments.within)
    return {
        "as_of": found.as_of.isoformat(),
        "within_days": found.within,
        "cohorts": [
            {"month": one.month, "complete": one.complete, **_rate(one.rate)} for one in found.months
        ],
        "total": _rate(found.total),
    }


def _nasl(db: Database, arguments: argparse.Namespace, as_of: date | None) -> Answer:
    found = nasl.nasl(db, as_of=as_of, cycle=arguments.cycle)
    if found.repurchase is None:
        raise _unknown_cycle(found.as_of, found.gaps)
    return {
        **_cycle(found.repurchase),
        "classes": {one.letter: {"people": one.people, "revenue": one.revenue} for one in found.classes},
        "never": found.never.people,
    }


def _breakdown(db: Database, arguments: argparse.Namespace, as_of: date | None) -> Answer:
    found = breakdown.breakdown(db, arguments.dimension, arguments.figure, as_of, arguments.months)
    return {
        "as_of": found.as_of.isoformat(),
        "figure": found.kpi,
        "dimension": found.dimension.id,
        "average": _rate(found.average),
        "rows": [
            {
                "value": row.value,
                **_rate(row.rate),
                "small": row.rate.small,
                "to_average": row.to_average,
                "to_target": row.to_target,
            }
            for row in found.rows
        ],
    }


def _cost(db: Database, arguments: argparse.Namespace, as_of: date | None) -> Answer:
    found = cost.costs(db, months=arguments.months, as_of=as_of, cycle=arguments.cycle)
    if found is None:
        gaps = nasl.nasl(db, as_of=as_of)
        raise _unknown_cycle(gaps.as_of, gaps.gaps)
    return {
        **_cycle(found.cycle),
        "period": {"first": found.period.first.isoformat(), "last": found.period.last.isoformat()},
        "sends_a_month": found.sends_a_month,
        "plan": found.plan.key if found.plan else None,
        "currency": found.plan.currency if found.plan else None,
        "choices": [
            {
                "id": one.id,
                "messages": one.messages,
                "share_of_messages": one.share,
                "bill": _money(one.bill),
                "at_most": one.at_most,
                "not_sold": one.not_sold,
                "revenue": nasl.plain(one.revenue),
                "share_of_revenue": one.revenue_share,
                "query": one.query,
            }
            for one in found.choices
        ],
    }


def _cycle(found: Repurchase) -> Answer:
    return {
        "cycle_days": nasl.plain(found.cycle_days),
        "window_days": nasl.plain(found.window_days),
        "as_of": found.as_of.isoformat(),
    }


def _rate(rate: Rate) -> Answer:
    return {"part": rate.part, "whole": rate.whole, "rate": rate.value, "query": rate.query}


def _money(bill: Decimal | None) -> float | int | None:
    return None if bill is None else nasl.plain(float(bill))


def _unknown_cycle(as_of: date | None, gaps: int) -> UserError:
    if as_of is None:
        return UserError(message("insights_core.no_orders"))
    return QuestionOpen(message("insights_core.few_gaps", n=gaps, fewest=FEWEST_GAPS), option="--cycle DAYS")


_VIEWS = {
    "funnel": _funnel,
    "cohorts": _cohorts,
    "nasl": _nasl,
    "breakdown": _breakdown,
    "cost": _cost,
}
