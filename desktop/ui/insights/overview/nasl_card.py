"""NASL in short: people, revenue and revenue per head by class, each with the button to act."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal

from desktop.core.figures.nasl import FEWEST_GAPS
from desktop.core.message import Message, message
from desktop.operations.insights import nasl as asking
from desktop.operations.insights.nasl import Nasl, NaslClass
from desktop.operations.insights.questions import Population
from desktop.text import t
from desktop.ui.desk import Desk
from desktop.ui.i18n import date, money, number
from desktop.ui.insights.asking import FigureCard, SmallTable, beside
from desktop.ui.insights.words import CLASS_KINDS, class_name, days, share
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.fields import Select
from desktop.ui.widgets.labels import muted, warning_text
from desktop.ui.widgets.table import BadgeDelegate, Column

BADGE, PEOPLE, ACT = 0, 1, 4


class NaslCard(FigureCard):
    """See the module; ``kept`` says that the cycle is another one now.

    Args:
        desk: what the page may use.
        whole: whether the card leads on to the tab with all of NASL.
    """

    kept = Signal()

    def __init__(self, desk: Desk, *, whole: bool = False) -> None:
        super().__init__(desk, t("insights_page.nasl"), t("insights_page.nasl_formula"))
        self.found: Nasl | None = None
        choices = [(one.value, t(f"insights_page.population.{one.value}")) for one in Population]
        self.population = Select(t("insights_page.population_of", name=t("insights_page.nasl")), choices)
        self.population.chosen.connect(lambda _: self.read())
        self.header.addWidget(self.population)
        self.told = muted("", wrap=True)
        self.body.addWidget(self.told)
        self.table = self._table()
        self.table.setItemDelegateForColumn(BADGE, BadgeDelegate(self.table))
        self.body.addWidget(self.table)
        self.asks = warning_text("")
        self.set_cycle = link_button(t("insights_page.set_cycle"), self.ask_cycle)
        self.body.addWidget(self.asks)
        self.more = link_button(t("insights_page.nasl_more"))
        self.body.addLayout(beside(self.set_cycle, self.more, None))
        self.more.setVisible(not whole)
        self.body.addStretch(1)

    def read(self) -> None:
        """Read the classes."""
        population = Population(self.population.value())
        self.ask(partial(asking.nasl, population=population), self.show_classes, f"nasl{id(self)}")

    def show_classes(self, found: Nasl) -> None:
        """Show what was read."""
        self.found = found
        cycle = found.repurchase
        self.table.show_rows(found.classes)
        self.told.setVisible(cycle is not None)
        self.asks.setVisible(cycle is None)
        self.set_cycle.setVisible(cycle is None)
        if cycle is None:
            self.asks.setText(t("insights_page.no_cycle", n=found.gaps, needed=FEWEST_GAPS))
            return
        self.told.setText(
            t(
                f"insights_page.nasl_told.{found.population.value}",
                n=found.buyers.people,
                cycle=days(cycle.cycle_days),
                window=days(cycle.window_days),
                day=date(cycle.as_of),
            )
        )

    def ask_cycle(self) -> None:
        """Let the owner say her own cycle."""
        ask_cycle(self, self.desk, self.kept.emit)

    def _table(self) -> SmallTable:
        return SmallTable(
            t("insights_page.nasl"),
            (
                Column(
                    t("insights_page.column.class"),
                    lambda row: class_name(row.letter),
                    kind=lambda row: CLASS_KINDS[row.letter],
                ),
                Column(t("insights_page.column.people"), lambda row: number(row.people), right=True),
                Column(
                    t("insights_page.column.revenue_share"),
                    lambda row: share(row.revenue_share, 0),
                    right=True,
                ),
                Column(
                    t("insights_page.column.per_person"),
                    lambda row: money(round(row.per_person)) if row.people else "—",
                    right=True,
                ),
                Column("", lambda row: t("insights_page.build_short") if row.people and row.query else ""),
            ),
            links={ACT: lambda row: self.build_audience(row.query), PEOPLE: lambda row: self._open(row)},
            widths=(110, 90, 90, 100, 0),
            stretch=ACT,
        )

    def _open(self, row: NaslClass) -> None:
        self.open_people(row.query)


def ask_cycle(card: FigureCard, desk: Desk, then: Callable[[], None]) -> None:
    """Ask for the repurchase cycle in days, and keep it."""

    def wrong(text: str) -> Message | None:
        fits = text.strip().isdecimal() and 1 <= int(text) <= asking.MOST_DAYS
        return None if fits else message("insights_core.days_wrong", most=asking.MOST_DAYS)

    def keep(text: str) -> None:
        wanted = int(text)
        desk.jobs.write(
            lambda db, _ctx: asking.set_cycle(db, cycle_days=wanted), owner=card, then=lambda _: then()
        )

    desk.dialogs.ask_text(
        card, message("insights_page.cycle_title"), message("insights_page.cycle_label"), keep, check=wrong
    )
