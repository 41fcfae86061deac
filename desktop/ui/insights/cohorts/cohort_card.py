"""新好友綁定率 by the month of friendship, within some days or by now; the other reading, totals divided, stands beside it so
that the two are not mixed up."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.operations.insights import cohorts as asking
from desktop.operations.insights import funnel
from desktop.operations.insights.cohorts import Cohort, Cohorts
from desktop.operations.insights.funnel import Measured
from desktop.store.database import Database
from desktop.text import t
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.i18n import number
from desktop.ui.insights.asking import FigureCard, SmallTable, without
from desktop.ui.insights.charts.line_chart import LineChart, Point
from desktop.ui.insights.words import share
from desktop.ui.widgets.fields import Select
from desktop.ui.widgets.labels import muted, text_label
from desktop.ui.widgets.table import Column, ProgressDelegate

BY_NOW = 0
FRIENDS, BOUND, BAR, BUILD = 1, 2, 4, 5


@dataclass(frozen=True)
class _Answer:
    found: Cohorts
    totals: Measured | None


class CohortCard(FigureCard):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("insights_page.cohorts"), t("insights_page.cohorts_formula"))
        self.months = 12
        self.answer: _Answer | None = None
        choices = [
            (
                within or BY_NOW,
                t("insights_page.within_days", n=within) if within else t("insights_page.by_now"),
            )
            for within in asking.WITHIN
        ]
        self.within = Select(t("insights_page.cohorts_within"), choices)
        self.within.set_value(BY_NOW)
        self.within.chosen.connect(lambda _: self.read())
        self.header.addWidget(self.within)
        self.told = text_label("")
        self.body.addWidget(self.told)
        self.totals = muted("", wrap=True)
        self.body.addWidget(self.totals)
        self.chart = LineChart(
            t("insights_page.cohorts"),
            words=lambda point: f"{point.name}　{share(point.y / 100)}",
            edge_words=lambda value: f"{value:g}%",
            from_zero=True,
        )
        self.chart.setFixedHeight(theme.px(190))
        self.body.addWidget(self.chart)
        self.table = self._table()
        self.body.addWidget(self.table)
        self.note = muted("", wrap=True)
        self.body.addWidget(self.note)
        self.body.addStretch(1)

    def read(self, months: int | None = None) -> None:
        """Read the cohorts, perhaps of another period."""
        self.months = months or self.months
        wanted, within = self.months, int(self.within.value()) or None

        def work(db: Database) -> _Answer:
            totals = funnel.funnel(db, months=wanted, compare=False).rate(funnel.RECRUITING)
            return _Answer(asking.cohorts(db, months=wanted, within=within), totals)

        self.ask(work, self.show_cohorts, "cohorts")

    def show_cohorts(self, answer: _Answer) -> None:
        """Show what was read."""
        self.answer = answer
        found = answer.found
        known = [one for one in found.months if one.rate.whole]
        self.table.show_rows(list(reversed(known)))
        self.chart.setVisible(len(known) > 1)
        self.chart.show_points(
            [
                Point(at, (one.rate.value or 0) * 100, one.month.replace("-", "/"))
                for at, one in enumerate(known)
            ]
        )
        total = found.total
        if not total.whole:
            self.told.setText(t("insights_page.cohorts_none"))
        else:
            self.told.setText(_told(found))
        totals = answer.totals
        self.totals.setVisible(totals is not None and totals.rate.whole > 0)
        if totals is not None:
            self.totals.setText(
                t(
                    "insights_page.cohorts_totals",
                    months=self.months,
                    share=share(totals.rate.value),
                    part=totals.rate.part,
                    whole=totals.rate.whole,
                )
            )
        self.note.setVisible(bool(found.binding_day_unknown) or any(not one.complete for one in known))
        self.note.setText(t("insights_page.cohorts_note", n=found.binding_day_unknown))

    def _table(self) -> SmallTable:
        return SmallTable(
            t("insights_page.cohorts"),
            (
                Column(t("insights_page.column.month"), _month),
                Column(t("insights_page.column.new_friends"), lambda row: number(row.rate.whole), right=True),
                Column(t("insights_page.column.bound"), lambda row: number(row.rate.part), right=True),
                Column(t("insights_page.column.rate"), lambda row: share(row.rate.value), right=True),
                Column("", lambda _: "", value=lambda row: row.rate.value or 0.0),
                Column("", lambda row: t("insights_page.build_unbound") if self._missing(row) else ""),
            ),
            links={
                BUILD: lambda row: self.build_audience(self._missing(row)),
                FRIENDS: lambda row: self.open_people(row.rate.whole_query),
                BOUND: lambda row: self.open_people(row.rate.query),
            },
            # Bound within so many days of becoming a friend is nothing a condition can ask for.
            where={BOUND: lambda row: row.rate.query is not None},
            widths=(110, 90, 90, 80, 160, 0),
            stretch=BUILD,
            most=12,
        ).with_bar(BAR, ProgressDelegate)

    def _missing(self, row: Cohort) -> str | None:
        return without(row.rate.whole_query, row.rate.query) if row.rate.part < row.rate.whole else None


def _told(found: Cohorts) -> str:
    """The rate of all months together, with the months: the overview counts the same number of months back from a day."""
    months = [one.month.replace("-", "/") for one in found.months]
    total = found.total
    return t(
        "insights_page.cohorts_told",
        first=months[0],
        last=months[-1],
        share=share(total.value),
        part=total.part,
        whole=total.whole,
    )


def _month(row: Cohort) -> str:
    month = row.month.replace("-", "/")
    return month if row.complete else t("insights_page.month_running", month=month)
