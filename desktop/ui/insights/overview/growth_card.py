"""How bound members, friends and blocks grew: the rows of the shop and LINE's own figures, never mixed in one line."""

from __future__ import annotations

from functools import partial

from desktop.operations.insights import growth as asking
from desktop.operations.insights.growth import Growth
from desktop.text import t
from desktop.ui.desk import Desk
from desktop.ui.i18n import number
from desktop.ui.insights.asking import FigureCard
from desktop.ui.insights.charts.line_chart import LineChart, Point
from desktop.ui.insights.words import share
from desktop.ui.widgets.fields import Select
from desktop.ui.widgets.labels import muted

SERIES = ("bound", "friends", "line_friends", "blocks")


class GrowthCard(FigureCard):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("insights_page.growth"), t("insights_page.growth_formula"))
        self.months = 12
        self.found: Growth | None = None
        self.series = Select(
            t("insights_page.series_of"), [(one, t(f"insights_page.series.{one}")) for one in SERIES]
        )
        self.series.chosen.connect(lambda _: self._draw())
        self.header.addWidget(self.series)
        self.told = muted("", wrap=True)
        self.body.addWidget(self.told)
        self.chart = LineChart(t("insights_page.growth"))
        self.body.addWidget(self.chart, 1)

    def read(self, months: int | None = None) -> None:
        """Read the months, perhaps of another period."""
        self.months = months or self.months
        self.ask(partial(asking.growth, months=self.months), self.show_growth, "growth")

    def show_growth(self, found: Growth) -> None:
        """Show what was read."""
        self.found = found
        self._draw()

    def _draw(self) -> None:
        if self.found is None:
            return
        series = self.series.value()
        known = [(end, value) for end in self.found.months if (value := getattr(end, series)) is not None]
        self.chart.show_points(
            [Point(end.day.toordinal(), value, end.month.replace("-", "/")) for end, value in known]
        )
        self.chart.setVisible(len(known) > 1)
        if len(known) < 2:
            self.told.setText(t("insights_page.no_series"))
            return
        grown = self.found.rate(series)
        words = t(
            "insights_page.grown",
            before=number(known[0][1]),
            now=number(known[-1][1]),
            share=share(grown) if grown is not None else "—",
        )
        undated = {"bound": self.found.bound_undated, "friends": self.found.friends_undated}.get(series, 0)
        if undated:
            words += " " + t("insights_page.undated", n=undated)
        self.told.setText(words)
