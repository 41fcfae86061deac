"""Any view as a sheet of a workbook, in the language in use: with its formula, period, population and the day of the data, and a
chart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.core.figures.nasl import CLASSES
from desktop.core.figures.rate import Rate
from desktop.exporter.chart_book import Chart, Column, Sheet, write_chart_book
from desktop.exporter.tables import Cell
from desktop.operations.insights import breakdown as breakdowns
from desktop.operations.insights import cohorts, cost, funnel, growth, nasl, spread
from desktop.operations.insights.questions import Population
from desktop.store.database import Database
from desktop.text import render, t

Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page shows: its day and period, and how it divides."""

    as_of: date | None = None
    months: int = 12
    population: Population = Population.ALL
    figure: str = "new_friend_binding"
    dimension: str = "store"


def write_report(db: Database, path: Path, views: Sequence[str] = (), asked: Asked | None = None) -> Path:
    """Write views to a workbook.

    Args:
        db: any connection, in its thread.
        path: .xlsx.
        views: names of VIEWS in the order of the sheets; none: all. A view that needs orders is left out where there are none.
        asked: what the page shows.

    Raises:
        UserError: if the file cannot be written, or the dimension is no lever.
        KeyError: for a view there is not.
    """
    wanted = asked or Asked()
    sheets = [sheet for name in views or VIEWS if (sheet := _SHEETS[name](db, wanted)) is not None]
    return write_chart_book(path, sheets)


def _funnel(db: Database, asked: Asked) -> Sheet:
    found = funnel.funnel(db, asked.as_of, asked.months)
    rates = {"bound": funnel.BINDING, funnel.FIRST: funnel.FIRST, funnel.REPEAT: funnel.REPEAT}
    rows: list[Row] = []
    for step in found.steps:
        one = found.rate(rates.get(step.id, ""))
        name = t(f"insights_core.step_{step.id}")
        rows.append((name, step.people, one.rate.value if one else None, one.change if one else None))
    notes = [_data_day(found.as_of), _period(found.period.first, found.period.last)]
    notes += [
        t("insights_core.formula", name=t(f"insights_core.rate_{one.id}"), **_parts(one.rate))
        for one in found.rates
    ]
    columns = (_column("step"), _number("people"), _share("rate"), _share("change"))
    return Sheet(t("insights_core.sheet_funnel"), tuple(notes), columns, tuple(rows), Chart("bars", (1,)))


def _cohorts(db: Database, asked: Asked) -> Sheet:
    found = cohorts.cohorts(db, asked.as_of, asked.months)
    rows = [(one.month, one.rate.whole, one.rate.part, one.rate.value) for one in found.months]
    notes = (
        _data_day(found.as_of),
        t("insights_core.formula", name=t("insights_core.rate_new_friend_binding"), **_parts(found.total)),
    )
    columns = (_column("month"), _number("new_friends"), _number("bound"), _share("rate"))
    return Sheet(t("insights_core.sheet_cohorts"), notes, columns, tuple(rows), Chart("columns", (3,)))


def _growth(db: Database, asked: Asked) -> Sheet:
    found = growth.growth(db, asked.as_of, asked.months)
    rows = [(one.month, one.friends, one.bound, one.line_friends, one.blocks) for one in found.months]
    columns = (
        _column("month"),
        _number("friends"),
        _number("bound"),
        _number("line_friends"),
        _number("blocks"),
    )
    return Sheet(
        t("insights_core.sheet_growth"),
        (_data_day(found.as_of),),
        columns,
        tuple(rows),
        Chart("lines", (1, 2)),
    )


def _nasl(db: Database, asked: Asked) -> Sheet | None:
    found = nasl.nasl(db, asked.population, asked.as_of)
    if found.repurchase is None:
        return None
    rows = [
        (
            t(f"insights_core.class_{one.letter}"),
            one.people,
            one.share,
            one.revenue,
            one.revenue_share,
            one.per_person,
        )
        for one in found.classes
    ]
    cycle = found.repurchase
    notes = (
        t(
            "insights_core.line_cycle",
            cycle=nasl.plain(cycle.cycle_days),
            window=nasl.plain(cycle.window_days),
            day=cycle.as_of.isoformat(),
        ),
        t("insights_core.nasl_meaning"),
        t("insights_core.line_never", n=found.never.people),
    )
    columns = (
        _column("class"),
        _number("people"),
        _share("people_share"),
        Column(t("insights_core.column_revenue"), "money"),
        _share("revenue_share"),
        Column(t("insights_core.column_per_person"), "money"),
    )
    return Sheet(t("insights_core.sheet_nasl"), notes, columns, tuple(rows), Chart("columns", (2, 4)))


def _movement(db: Database, asked: Asked) -> Sheet | None:
    found = nasl.movement(db, asked.months, asked.population)
    if found is None:
        return None
    rows: list[Row] = [
        (one.day.isoformat(), *(one.people[letter] for letter in CLASSES)) for one in found.months
    ]
    columns = (
        _column("month"),
        *(Column(t(f"insights_core.class_{letter}"), "number") for letter in CLASSES),
    )
    notes = (_data_day(found.cycle.as_of), t("insights_core.nasl_meaning"))
    return Sheet(t("insights_core.sheet_movement"), notes, columns, tuple(rows), Chart("lines", (1, 2, 3, 4)))


def _gaps(db: Database, _asked: Asked) -> Sheet | None:
    found = nasl.gap_histogram(db)
    if not found.gaps:
        return None
    rows: list[Row] = [(days, times) for days, times in sorted(found.histogram.items())]
    notes = (t("insights_core.gaps_meaning", n=found.gaps, median=nasl.plain(found.median or 0)),)
    columns = (_number("gap_days"), _number("times"))
    return Sheet(t("insights_core.sheet_gaps"), notes, columns, tuple(rows), Chart("columns", (1,)))


def _breakdown(db: Database, asked: Asked) -> Sheet:
    found = breakdowns.breakdown(db, asked.dimension, asked.figure, asked.as_of, asked.months)
    name = breakdowns.dimension_name(found.dimension)
    rows = [
        (
            row.value or t("insights_core.no_value"),
            row.rate.whole,
            row.rate.part,
            row.rate.value,
            row.to_average,
            t("insights_core.small") if row.rate.small else None,
        )
        for row in found.rows
    ]
    notes = (
        _data_day(found.as_of),
        t("insights_core.formula", name=t(f"insights_core.rate_{found.kpi}"), **_parts(found.average)),
        t("insights_core.small_meaning"),
    )
    columns = (
        Column(name if isinstance(name, str) else render(name)),
        _number("of_people"),
        _number("people"),
        _share("rate"),
        _number("to_average"),
        _column("remark"),
    )
    return Sheet(t("insights_core.sheet_breakdown"), notes, columns, tuple(rows), Chart("bars", (3,)))


def _spread(db: Database, asked: Asked) -> Sheet | None:
    found = spread.concentration(db, asked.population)
    if found is None:
        return None
    rows = [(part / 100, share) for part, share in enumerate(found.curve)]
    notes = tuple(
        t("insights_core.top_brings", percent=one.percent, n=one.people, share=f"{one.share * 100:.1f}%")
        for one in found.marks
    )
    columns = (_share("of_buyers"), _share("of_revenue"))
    return Sheet(t("insights_core.sheet_spread"), notes, columns, tuple(rows), Chart("lines", (1,)))


def _cost(db: Database, asked: Asked) -> Sheet | None:
    found = cost.costs(db, months=asked.months, as_of=asked.as_of)
    if found is None:
        return None
    rows = [
        (
            t(f"insights_core.choice_{one.id}"),
            one.messages,
            one.share,
            None if one.bill is None else float(one.bill),
            one.revenue_share,
        )
        for one in found.choices
    ]
    notes = (
        _period(found.period.first, found.period.last),
        t("insights_core.cost_meaning", n=found.sends_a_month),
    )
    columns = (
        _column("sent_to"),
        _number("messages"),
        _share("of_messages"),
        Column(t("insights_core.column_bill"), "money"),
        _share("of_revenue"),
    )
    return Sheet(t("insights_core.sheet_cost"), notes, columns, tuple(rows), Chart("columns", (2, 4)))


def _column(name: str) -> Column:
    return Column(t(f"insights_core.column_{name}"))


def _number(name: str) -> Column:
    return Column(t(f"insights_core.column_{name}"), "number")


def _share(name: str) -> Column:
    return Column(t(f"insights_core.column_{name}"), "share")


def _data_day(day: date) -> str:
    return t("insights_core.as_of", day=day.isoformat())


def _period(first: date, last: date) -> str:
    return t("insights_core.period", first=first.isoformat(), last=last.isoformat())


def _parts(rate: Rate) -> dict[str, Cell]:
    value = rate.value
    return {
        "part": rate.part,
        "whole": rate.whole,
        "rate": "—" if value is None else f"{value * 100:.1f}%",
    }


_SHEETS: dict[str, Callable[[Database, Asked], Sheet | None]] = {
    "funnel": _funnel,
    "cohorts": _cohorts,
    "growth": _growth,
    "nasl": _nasl,
    "movement": _movement,
    "gaps": _gaps,
    "breakdown": _breakdown,
    "spread": _spread,
    "cost": _cost,
}
VIEWS = tuple(_SHEETS)
"""The views there are."""
