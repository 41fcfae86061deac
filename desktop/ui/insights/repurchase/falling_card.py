"""Who leaves the window next, person by person or day by day, and the button to reach them before."""

from __future__ import annotations

import datetime
from functools import partial

from desktop.operations.insights import nasl as asking
from desktop.operations.insights.nasl import FallingNext
from desktop.operations.insights.questions import Count, Population
from desktop.text import t
from desktop.ui.desk import Desk
from desktop.ui.i18n import date, money, number
from desktop.ui.insights.asking import FigureCard, SmallTable, beside
from desktop.ui.insights.words import class_name, population_words
from desktop.ui.widgets.buttons import button, link_button
from desktop.ui.widgets.fields import Select
from desktop.ui.widgets.labels import muted
from desktop.ui.widgets.table import Column

SPANS = (7, 14, 30, 60)
BY_PERSON, BY_DAY = "person", "day"
Row = tuple[datetime.date, Count, float]


class FallingCard(FigureCard):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("insights_page.falling"), t("insights_page.falling_formula"))
        self.found: FallingNext | None = None
        self.population = Population.ALL
        self.span = Select(
            t("insights_page.falling_within"), [(n, t("insights_page.within_days", n=n)) for n in SPANS]
        )
        self.span.set_value(30)
        self.span.chosen.connect(lambda _: self.read())
        self.header.addWidget(self.span)
        choices = [(one, t(f"insights_page.falling_by.{one}")) for one in (BY_PERSON, BY_DAY)]
        self.by = Select(t("insights_page.falling_view"), choices)
        self.by.chosen.connect(lambda _: self._show_tables())
        self.told = muted("", wrap=True)
        self.body.addWidget(self.told)
        self.table, self.days = self._people(), self._days()
        self.body.addLayout(beside(self.by, None))
        self.body.addWidget(self.table)
        self.body.addWidget(self.days)
        self.cut = muted("", wrap=True)
        self.body.addWidget(self.cut)
        self.build = button(t("insights_page.build_falling"), self._build, icon="target")
        self.see = link_button(t("insights_page.see_all"), lambda: self._open())
        self.body.addLayout(beside(self.build, self.see, None))
        self.body.addStretch(1)

    def read(self, population: Population | None = None) -> None:
        """Read who falls next."""
        self.population = population or self.population
        work = partial(asking.falling_next, days=self.span.value(), population=self.population)
        self.ask(work, self.show_people, "falling")

    def show_people(self, found: FallingNext | None) -> None:
        """Show what was read."""
        self.found = found
        self._show_tables()
        people = found.people if found is not None else ()
        for part in (self.build, self.see, self.by):
            part.setVisible(bool(people))
        if found is None:
            self.told.setText(t("insights_page.no_movement"))
            return
        whom = population_words(self.population)
        if not people:
            self.told.setText(f"{whom} {t('insights_page.nobody_falls', day=date(found.until))}")
        else:
            words = t("insights_page.falling_told", n=found.total.people, day=date(found.until))
            self.told.setText(f"{whom} {words}")

    def _show_tables(self) -> None:
        found, by_day = self.found, self.by.value() == BY_DAY
        people = found.people if found is not None else ()
        self.table.show_rows(() if by_day else people)
        self.days.show_rows(found.days if found is not None and by_day else ())
        cut = found is not None and not by_day and found.total.people > len(people)
        self.cut.setVisible(cut)
        if found is not None:
            self.cut.setText(t("insights_page.falling_cut", n=len(people), total=found.total.people))

    def _people(self) -> SmallTable:
        return SmallTable(
            t("insights_page.falling"),
            (
                Column(t("insights_page.column.falls_on"), lambda row: date(row.falls_on)),
                Column(t("insights_page.column.name"), lambda row: row.name or t("insights_page.unnamed")),
                Column(t("insights_page.column.class"), lambda row: class_name(row.letter)),
                Column(t("insights_page.column.last_order"), lambda row: date(row.last_order)),
                Column(t("insights_page.column.total"), lambda row: money(row.total), right=True),
            ),
            links={1: lambda row: self.desk.go("member", person=row.id)},
            stretch=1,
        )

    def _days(self) -> SmallTable:
        def falls(row: Row) -> str:
            return date(row[0])

        def people(row: Row) -> str:
            return number(row[1].people)

        def spent(row: Row) -> str:
            return money(round(row[2]))

        return SmallTable(
            t("insights_page.falling_days"),
            (
                Column(t("insights_page.column.falls_on"), falls),
                Column(t("insights_page.column.people"), people, right=True),
                Column(t("insights_page.column.total"), spent, right=True),
                Column("", lambda _: t("insights_page.build_short")),
            ),
            links={
                3: lambda row: self.build_audience(row[1].query),
                1: lambda row: self.open_people(row[1].query),
            },
            widths=(110, 80, 110, 0),
            stretch=3,
        )

    def _build(self) -> None:
        self.build_audience(self.found.total.query if self.found else None)

    def _open(self) -> None:
        self.open_people(self.found.total.query if self.found else None)
