"""The share of the revenue that the first per cents of the buyers bring, as a curve, with each mark opening its people."""

from __future__ import annotations

from functools import partial

from desktop.operations.insights import spread as asking
from desktop.operations.insights.questions import Population
from desktop.operations.insights.spread import Concentration
from desktop.text import t
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.i18n import number
from desktop.ui.insights.asking import FigureCard, SmallTable, beside
from desktop.ui.insights.charts.line_chart import LineChart, Point
from desktop.ui.insights.words import population_words, share
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.labels import muted
from desktop.ui.widgets.table import Column


class ConcentrationCard(FigureCard):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("insights_page.concentration"), t("insights_page.concentration_formula"))
        self.told = muted("", wrap=True)
        self.body.addWidget(self.told)
        self.chart = LineChart(
            t("insights_page.concentration"),
            words=lambda point: t(
                "insights_page.curve_point", percent=point.name, share=share(point.y / 100, 0)
            ),
            edge_words=lambda value: f"{value:g}%",
            from_zero=True,
        )
        self.chart.setMinimumHeight(theme.px(190))
        self.body.addWidget(self.chart, 1)
        self.table = SmallTable(
            t("insights_page.concentration"),
            (
                Column(t("insights_page.column.first"), lambda row: f"{row.percent}%"),
                Column(t("insights_page.column.people"), lambda row: number(row.opened.people), right=True),
                Column(t("insights_page.column.revenue_share"), lambda row: share(row.share, 0), right=True),
                Column("", lambda row: t("insights_page.build") if row.opened.people else ""),
            ),
            links={
                3: lambda row: self.build_audience(row.opened.query),
                1: lambda row: self.open_people(row.opened.query),
            },
            widths=(90, 90, 110, 0),
            stretch=3,
        )
        self.body.addWidget(self.table)
        self.advanced = link_button(t("insights_page.rfm_show"))
        self.advanced.setCheckable(True)
        self.body.addLayout(beside(self.advanced, None))
        self.body.addStretch(1)

    def read(self, population: Population = Population.ALL) -> None:
        """Read the curve."""
        self.ask(partial(asking.concentration, population=population), self.show_curve, "concentration")

    def show_curve(self, found: Concentration | None) -> None:
        """Show what was read."""
        self.chart.setVisible(found is not None)
        self.table.show_rows(found.marks if found is not None else ())
        if found is None:
            self.told.setText(t("insights_page.no_revenue"))
            return
        self.chart.show_points([Point(at, value * 100, f"{at}%") for at, value in enumerate(found.curve)])
        percent, people = next(pair for pair in found.fewest if pair[0] == 80)
        self.told.setText(
            t(
                "insights_page.fewest",
                percent=percent,
                n=people,
                share=share(people / found.buyers, 1),
                buyers=found.buyers,
            )
            + " "
            + population_words(found.population)
        )
