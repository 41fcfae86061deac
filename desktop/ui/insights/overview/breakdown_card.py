"""A figure group by group, only by what an owner can act on, sorted by what reaching the average (or the target) would bring."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from desktop.core.figures import kpi
from desktop.core.figures.dimensions import Dimension
from desktop.core.message import Message
from desktop.operations.insights import breakdown as asking
from desktop.operations.insights.breakdown import Breakdown, Row
from desktop.store.database import Database
from desktop.text import render, t
from desktop.ui.desk import Desk
from desktop.ui.i18n import number
from desktop.ui.insights.asking import FigureCard, SmallTable, beside, without
from desktop.ui.insights.overview.funnel_row import more_button
from desktop.ui.insights.overview.targets import ask_target, keep_target, target_words
from desktop.ui.insights.words import share
from desktop.ui.widgets.fields import Select
from desktop.ui.widgets.labels import muted
from desktop.ui.widgets.table import Column, ProgressDelegate

PEOPLE, BAR, GAIN = 1, 3, 4
FAR = 0.85
"""Below this part of the mark a bar is red, below the mark orange."""


class BreakdownCard(FigureCard):
    """See the module; ``aimed`` says that a target is another one now."""

    aimed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("insights_page.breakdown"), t("insights_page.breakdown_formula"))
        self.months = 12
        self.found: Breakdown | None = None
        self._dimensions: tuple[Dimension, ...] = ()
        figures = [(one.id, t(f"insights_core.rate_{one.id}")) for one in kpi.KPIS]
        self.figure = Select(t("insights_page.figure"), figures)
        self.dimension = Select(t("insights_page.dimension"))
        for select in (self.figure, self.dimension):
            select.chosen.connect(lambda _: self.read())
        self.more = more_button(self._fill)
        self.more.setAccessibleName(t("insights_page.about", name=t("insights_page.breakdown")))
        self.body.setSpacing(self.body.spacing() * 3 // 4)
        self.body.addLayout(beside(self.figure, self.dimension, self.more, None))
        self.told = muted("", wrap=True)
        self.body.addWidget(self.told)
        self.table = self._table()
        self.body.addWidget(self.table)
        self.small = muted(t("insights_page.small"), wrap=True)
        self.small.setVisible(False)
        self.body.addWidget(self.small)
        self.body.addStretch(1)

    def read(self, months: int | None = None) -> None:
        """Read the break-down, perhaps of another period."""
        self.months = months or self.months
        wanted, figure, months_now = self.dimension.value(), self.figure.value(), self.months

        def work(db: Database) -> tuple[tuple[Dimension, ...], Breakdown | None]:
            known = asking.dimensions(db)
            chosen = next((one for one in known if one.id == wanted), known[0])
            found = asking.breakdown(db, chosen, figure, months=months_now) if chosen.actionable else None
            return known, found

        self.ask(work, self.show_rows, "breakdown")

    def show_rows(self, answer: tuple[tuple[Dimension, ...], Breakdown | None]) -> None:
        """Show what was read; a dimension nobody can act on is declined with the reason."""
        known, self.found = answer
        if known != self._dimensions:
            self._dimensions = known
            self.dimension.set_choices([(one.id, _name(one)) for one in known])
        rows = self.found.rows if self.found is not None else ()
        aimed = self.found is not None and self.found.target is not None
        self.table.rows_model.retitle(
            GAIN, t("insights_page.column.gain_target" if aimed else "insights_page.column.gain")
        )
        self.table.show_rows(rows)
        self.small.setVisible(any(row.rate.small for row in rows))
        self.told.setText(self._words(known))

    def _words(self, known: tuple[Dimension, ...]) -> str:
        if self.found is None:
            return render(asking.declined(next(one for one in known if one.id == self.dimension.value())))
        found = self.found
        whom = t(f"insights_page.of_whom.{found.kpi}", months=self.months)
        if not found.average.whole:
            return t("insights_page.breakdown_nobody", whom=whom)
        average = share(found.average.value)
        words = t("insights_page.breakdown_told", whom=whom, average=average, n=found.average.whole)
        if len([row for row in found.rows if row.value is not None]) < 2:
            words += " " + t("insights_page.breakdown_one")
        if found.target is not None:
            words += " " + target_words(found.target, found.average.gain_to(found.target.value))
        if found.overlapping:
            words += " " + t("insights_page.breakdown_overlaps")
        return words

    def _table(self) -> SmallTable:
        return SmallTable(
            t("insights_page.breakdown"),
            (
                Column(t("insights_page.column.group"), self._group),
                Column(t("insights_page.column.people"), lambda row: number(row.rate.whole), right=True),
                Column(t("insights_page.column.rate"), lambda row: share(row.rate.value, 0), right=True),
                Column("", lambda _: "", value=lambda row: row.rate.value or 0.0, kind=self._kind),
                Column(t("insights_page.column.gain"), self._gain),
            ),
            links={GAIN: self._build, PEOPLE: lambda row: self.open_people(row.rate.whole_query)},
            widths=(120, 70, 64, 110, 90),
            stretch=BAR,
            most=5,
        ).with_bar(BAR, ProgressDelegate)

    def _group(self, row: Row) -> str:
        name = row.value if row.value is not None else t("insights_core.no_value")
        return t("insights_page.small_group", name=name) if row.rate.small else name

    def _kind(self, row: Row) -> str:
        if self.found is None:
            return "accent"
        mark = self.found.target.value if self.found.target is not None else self.found.average.value
        if mark is None or row.rate.value is None or row.rate.value >= mark:
            return "accent"
        return "error" if row.rate.value < mark * FAR else "warning"

    def _gain(self, row: Row) -> str:
        return t("insights_page.gain", n=row.gain) if row.gain else ""

    def _build(self, row: Row) -> None:
        self.build_audience(without(row.rate.whole_query, row.rate.query) if row.gain else None)

    def _fill(self, menu: QMenu) -> None:
        figure = self.figure.value()
        now = self.found.target if self.found is not None else None
        menu.addAction(
            t("insights_page.set_target"), lambda: ask_target(self, self.desk, figure, now, self.aimed.emit)
        )
        if now is not None:
            menu.addAction(
                t("insights_page.no_target"),
                lambda: keep_target(self, self.desk, figure, None, self.aimed.emit),
            )


def _name(dimension: Dimension) -> str:
    name = asking.dimension_name(dimension)
    return render(name) if isinstance(name, Message) else name
