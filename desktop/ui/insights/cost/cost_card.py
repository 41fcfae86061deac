"""What the last months would have cost and reached if messages had gone to everybody, or class by class."""

from __future__ import annotations

from functools import partial

from desktop.operations.insights import cost as asking
from desktop.operations.insights.cost import Choice, Costs
from desktop.text import t
from desktop.ui.audiences.figures.cost_line import price_text
from desktop.ui.desk import Desk
from desktop.ui.i18n import date, number
from desktop.ui.insights.asking import FigureCard, SmallTable, beside
from desktop.ui.insights.words import share
from desktop.ui.plans.words import advice_text, plan_name
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.fields import Select
from desktop.ui.widgets.labels import good_text, muted
from desktop.ui.widgets.table import Column

SENDS = (1, 2, 4, 8, 12)
BUILD = 5


class CostCard(FigureCard):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("insights_page.cost"), t("insights_page.cost_formula"))
        self.months = 12
        self.found: Costs | None = None
        self.sends = Select(
            t("insights_page.sends_a_month"), [(n, t("insights_page.sends", n=n)) for n in SENDS]
        )
        self.sends.set_value(4)
        self.sends.chosen.connect(lambda _: self.read())
        self.header.addWidget(self.sends)
        self.gist = good_text("")
        self.told = muted("", wrap=True)
        self.body.addWidget(self.told)
        self.table = self._table()
        self.body.addWidget(self.table)
        self.body.addWidget(self.gist)
        self.advice = muted("", wrap=True)
        self.body.addWidget(self.advice)
        self.plans = link_button(
            t("insights_page.to_plans"), lambda: self.desk.go("settings", section="plans")
        )
        self.lesson = link_button(t("insights_page.lesson"), self._tell_lesson)
        self.body.addLayout(beside(self.lesson, self.plans, None))
        self.body.addStretch(1)

    def read(self, months: int | None = None) -> None:
        """Read the choices, perhaps of another period."""
        self.months = months or self.months
        work = partial(asking.costs, sends_a_month=self.sends.value(), months=self.months)
        self.ask(work, self.show_costs, "cost")

    def show_costs(self, found: Costs | None) -> None:
        """Show what was read."""
        self.found = found
        self.table.show_rows(found.choices if found is not None else ())
        for part in (self.gist, self.advice):
            part.setVisible(found is not None)
        if found is None:
            self.told.setText(t("insights_page.no_movement"))
            return
        plan = plan_name(found.plan) if found.plan is not None else t("insights_page.plan_unknown")
        everybody = (
            t("insights_page.everybody_line")
            if found.everybody_by_line
            else t("insights_page.everybody_list")
        )
        self.told.setText(
            t(
                "insights_page.cost_told",
                first=date(found.period.first),
                last=date(found.period.last),
                plan=plan,
                everybody=everybody,
            )
        )
        advised = next(one for one in found.choices if one.id == asking.ADVISED)
        self.gist.setVisible(advised.share is not None and advised.revenue_share is not None)
        self.gist.setText(
            t(
                "insights_page.cost_gist",
                messages=share(advised.share),
                revenue=share(advised.revenue_share, 0),
            )
        )
        self.advice.setText(advice_text(found.advice, found.plan))

    def _table(self) -> SmallTable:
        return SmallTable(
            t("insights_page.cost"),
            (
                Column(t("insights_page.column.sent_to"), lambda row: t(f"insights_core.choice_{row.id}")),
                Column(t("insights_page.column.messages"), lambda row: number(row.messages), right=True),
                Column(t("insights_page.column.of_everybody"), lambda row: share(row.share, 1), right=True),
                Column(t("insights_page.column.bill"), self._bill, right=True),
                Column(
                    t("insights_page.column.revenue_reached"),
                    lambda row: share(row.revenue_share, 0),
                    right=True,
                ),
                Column("", lambda row: t("insights_page.build_short") if row.query else ""),
            ),
            links={BUILD: lambda row: self.build_audience(row.query)},
            widths=(150, 100, 90, 190, 100, 0),
            stretch=BUILD,
        )

    def _tell_lesson(self) -> None:
        from desktop.ui.plans.lesson_dialog import LessonDialog

        self.desk.dialogs.show(LessonDialog(self, self.gist.text() if self.found is not None else ""))

    def _bill(self, row: Choice) -> str:
        if self.found is None or self.found.plan is None:
            return "—"
        if row.not_sold:
            return t("insights_page.not_sold", n=row.not_sold)
        if row.bill is None:
            return "—"
        words = price_text(row.bill, self.found.plan.currency)
        return t("plans.at_most", price=words) if row.at_most else words
