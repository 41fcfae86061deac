"""RFM: recency against frequency as a table of people, darker where more revenue comes from; each field opens its people."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QGridLayout, QPushButton

from desktop.operations.insights import spread as asking
from desktop.operations.insights.questions import Population
from desktop.operations.insights.spread import Cell, Rfm
from desktop.text import t
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.i18n import date, money, number
from desktop.ui.insights.asking import FigureCard
from desktop.ui.insights.spread.heat_cell import HeatCell
from desktop.ui.widgets.labels import muted, small


class RfmCard(FigureCard):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("insights_page.rfm"), t("insights_page.rfm_formula"))
        self.told = muted("", wrap=True)
        self.body.addWidget(self.told)
        self.grid = QGridLayout()
        self.grid.setSpacing(theme.px(4))
        self.body.addLayout(self.grid)
        self.body.addStretch(1)
        self.cells: list[QPushButton] = []

    def read(self, population: Population = Population.ALL) -> None:
        """Read the table."""
        self.ask(partial(asking.rfm, population=population), self.show_table, "rfm")

    def show_table(self, found: Rfm | None) -> None:
        """Show what was read."""
        while self.grid.count():
            item = self.grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.cells = []
        if found is None:
            self.told.setText(t("insights_page.no_revenue"))
            return
        self.told.setText(t("insights_page.rfm_told", n=found.people.people))
        most = max((cell.revenue for cell in found.cells), default=0.0)
        for row, recency in enumerate(reversed(range(1, len(found.recency) + 1))):
            self.grid.addWidget(small(_days(found.recency[recency - 1])), row + 1, 0)
            for frequency in range(1, len(found.frequency) + 1):
                cell = next(
                    (one for one in found.cells if (one.recency, one.frequency) == (recency, frequency)),
                    None,
                )
                self._put(row + 1, frequency, cell, most)
        for frequency, span in enumerate(found.frequency, start=1):
            self.grid.addWidget(small(_times(span)), 0, frequency)

    def _put(self, row: int, column: int, cell: Cell | None, most: float) -> None:
        if cell is None:
            self.grid.addWidget(HeatCell("", 0.0, ""), row, column)
            return
        words = t("insights_page.rfm_cell", n=cell.people.people, revenue=money(cell.revenue))
        made = HeatCell(number(cell.people.people), cell.revenue / most if most else 0.0, words)
        made.clicked.connect(partial(self.open_people, cell.people.query))
        self.cells.append(made)
        self.grid.addWidget(made, row, column)


def _days(span: tuple[str | None, str | None]) -> str:
    low, high = span
    if low is None:
        return t("insights_page.before_day", day=date(high)) if high else t("insights_page.any_day")
    return t("insights_page.since_day", day=date(low))


def _times(span: tuple[float | None, float | None]) -> str:
    low, high = span
    first = 1 if low is None else int(low)
    if high is None:
        return t("insights_page.times_more", n=first)
    last = int(high) - 1
    return (
        t("insights_page.times", n=first)
        if first >= last
        else t("insights_page.times_range", first=first, last=last)
    )
