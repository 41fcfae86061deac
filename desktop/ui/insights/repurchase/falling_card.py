"""Who leaves the window next unless they come again: day by day, with names, and the button to write to them before."""

from __future__ import annotations

from functools import partial

from desktop.operations.insights import nasl as asking
from desktop.operations.insights.nasl import FallingNext
from desktop.text import t
from desktop.ui.desk import Desk
from desktop.ui.i18n import date, money
from desktop.ui.insights.asking import FigureCard, SmallTable, beside
from desktop.ui.insights.words import class_name
from desktop.ui.widgets.buttons import button, link_button
from desktop.ui.widgets.fields import Select
from desktop.ui.widgets.labels import muted
from desktop.ui.widgets.table import Column

SPANS = (7, 14, 30, 60)


class FallingCard(FigureCard):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("insights_page.falling"), t("insights_page.falling_formula"))
        self.found: FallingNext | None = None
        self.span = Select(
            t("insights_page.falling_within"), [(n, t("insights_page.within_days", n=n)) for n in SPANS]
        )
        self.span.set_value(30)
        self.span.chosen.connect(lambda _: self.read())
        self.header.addWidget(self.span)
        self.told = muted("", wrap=True)
        self.body.addWidget(self.told)
        self.table = SmallTable(
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
            most=10,
        )
        self.body.addWidget(self.table)
        self.build = button(t("insights_page.build_falling"), self._build, icon="target")
        self.see = link_button(t("insights_page.see_all"), lambda: self._open())
        self.body.addLayout(beside(self.build, self.see, None))
        self.body.addStretch(1)

    def read(self) -> None:
        """Read who falls next."""
        self.ask(partial(asking.falling_next, days=self.span.value()), self.show_people, "falling")

    def show_people(self, found: FallingNext | None) -> None:
        """Show what was read."""
        self.found = found
        people = found.people if found is not None else ()
        self.table.show_rows(people)
        self.build.setVisible(bool(people))
        self.see.setVisible(bool(people))
        if found is None:
            self.told.setText(t("insights_page.no_movement"))
        elif not people:
            self.told.setText(t("insights_page.nobody_falls", day=date(found.until)))
        else:
            self.told.setText(t("insights_page.falling_told", n=found.total.people, day=date(found.until)))

    def _build(self) -> None:
        self.build_audience(self.found.total.query if self.found else None)

    def _open(self) -> None:
        self.open_people(self.found.total.query if self.found else None)
