"""The page of figures: an overview and, in tabs of their own, repurchase, revenue, cost, profiles and results. Each number
tells how it was computed, opens the people behind it, and ends in something to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar

from desktop.core.changes import Changes, Kind
from desktop.operations.insights.questions import Population
from desktop.operations.insights.reporting import Asked
from desktop.text import t
from desktop.ui.actions import Command
from desktop.ui.desk import Desk
from desktop.ui.i18n import date
from desktop.ui.insights import pictures
from desktop.ui.insights.actions.actions_card import ActionsCard
from desktop.ui.insights.actions.profile_card import ProfileCard
from desktop.ui.insights.campaigns.result_card import ResultCard
from desktop.ui.insights.campaigns.sends_card import SendsCard
from desktop.ui.insights.card_grid import CardGrid
from desktop.ui.insights.cohorts.cohort_card import CohortCard
from desktop.ui.insights.cost.cost_card import CostCard
from desktop.ui.insights.nothing import NothingYet, Standing, standing
from desktop.ui.insights.overview.breakdown_card import BreakdownCard
from desktop.ui.insights.overview.funnel_card import FunnelCard
from desktop.ui.insights.overview.growth_card import GrowthCard
from desktop.ui.insights.overview.nasl_card import NaslCard
from desktop.ui.insights.report.actions import ReportActions
from desktop.ui.insights.repurchase.cycle_card import CycleCard
from desktop.ui.insights.repurchase.falling_card import FallingCard
from desktop.ui.insights.repurchase.movement_card import MovementCard
from desktop.ui.insights.spread.concentration_card import ConcentrationCard
from desktop.ui.insights.spread.rfm_card import RfmCard
from desktop.ui.page import Page
from desktop.ui.widgets.fields import Select

TABS = ("overview", "cohorts", "repurchase", "spread", "cost", "actions", "campaigns")
READ_AGAIN = (
    Kind.PEOPLE,
    Kind.ORDERS,
    Kind.TAGS,
    Kind.AUDIENCES,
    Kind.OUTBOX,
    Kind.LINE,
    Kind.SHOP,
    Kind.ACCOUNT,
)
MONTHS = (3, 6, 12, 24)
OF_ORDERS = ("repurchase", "spread", "cost")
"""Tabs that say nothing without orders."""
PROFILE_BESIDE = 1000
"""Narrower, what people have in common could not be read beside the list of actions."""


class InsightsPage(Page):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "insights")
        self.desk: Desk = desk
        self.months = Select(t("insights_page.period"), [(n, t("insights_page.months", n=n)) for n in MONTHS])
        self.months.set_value(12)
        self.months.chosen.connect(lambda _: self.read())
        self.header.add(self.months)
        self.report = ReportActions(self, desk, self.asked)
        self.header.add(self.report.button)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(t("insights_page.tabs"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        across = QHBoxLayout()
        # As wide as the page: the tab that is chosen is written bolder and wider than the bar reckons.
        across.addWidget(self.tabs, 1)
        self.body.addLayout(across)
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self._make_cards()
        self._views = {
            "overview": CardGrid(
                (self.funnel, self.nasl, self.missing, self.breakdown, self.growth), away=(self.missing,)
            ),
            "cohorts": CardGrid((self.cohorts,), columns=1),
            "repurchase": CardGrid((self.cycle, self.classes, self.movement, self.falling)),
            "spread": CardGrid((self.concentration, self.rfm), away=(self.rfm,)),
            "cost": CardGrid((self.cost,), columns=1),
            "actions": CardGrid((self.actions_card, self.profile), shares=(2, 3), beside=PROFILE_BESIDE),
            "campaigns": CardGrid((self.sends, self.result)),
        }
        self._stale = set(TABS)
        for tab in TABS:
            self.tabs.addTab(t(f"insights_page.tab.{tab}"))
            self._views[tab].setAccessibleName(t(f"insights_page.tab.{tab}"))
            self.stack.addWidget(self._views[tab])
        self.nothing = NothingYet(desk)
        self.stack.addWidget(self.nothing)
        self.standing = Standing(people=1, data_until=None, orders=True)
        self.tabs.currentChanged.connect(self._show_tab)

    def _make_cards(self) -> None:
        desk = self.desk
        self.funnel, self.nasl, self.missing = FunnelCard(desk), NaslCard(desk), NothingYet(desk, card=True)
        self.breakdown, self.growth = BreakdownCard(desk), GrowthCard(desk)
        self.cycle, self.classes = CycleCard(desk), NaslCard(desk, whole=True)
        self.movement, self.falling = MovementCard(desk), FallingCard(desk)
        self.concentration, self.rfm = ConcentrationCard(desk), RfmCard(desk)
        self.cost, self.cohorts = CostCard(desk), CohortCard(desk)
        self.actions_card, self.profile = ActionsCard(desk), ProfileCard(desk)
        self.actions_card.chosen.connect(self._profile)
        self.sends, self.result = SendsCard(desk), ResultCard(desk)
        self.sends.chosen.connect(self.result.read)
        self.nasl.more.clicked.connect(lambda: self.show_section("repurchase"))
        for card in (self.nasl, self.cycle, self.classes):
            card.kept.connect(self.read)
        for aimed in (self.funnel.aimed, self.breakdown.aimed):
            aimed.connect(self.read)
        self.classes.population.chosen.connect(lambda _: self._read_population())
        self.concentration.advanced.toggled.connect(self._show_advanced)

    @property
    def tab(self) -> str:
        """The tab shown."""
        return TABS[self.tabs.currentIndex()]

    def opened(self, **arguments: Any) -> None:
        self.show_section(str(arguments.get("section", self.tab)))
        self.read_stale()

    def show_section(self, section: str) -> None:
        """Show a tab."""
        if section in TABS:
            self.tabs.setCurrentIndex(TABS.index(section))

    def changed(self, changes: Changes) -> None:
        if changes.touches(*READ_AGAIN):
            self.read()

    def read(self) -> None:
        """Read all that is shown again."""
        self._stale = set(TABS)
        self.read_stale()

    def read_stale(self) -> None:
        """Read what is shown, if it is not fresh."""
        if self.tab not in self._stale:
            return
        self._stale.discard(self.tab)
        months = int(self.months.value())
        if self.tab == "overview":
            for card in (self.funnel, self.breakdown, self.growth):
                card.read(months)
            self.nasl.read()
        elif self.tab == "cohorts":
            self.cohorts.read(months)
        elif self.tab == "repurchase":
            self.cycle.read()
            self.classes.read()
            self.movement.months = months
            self._read_population()
        elif self.tab == "spread":
            self.concentration.read()
            if self.concentration.advanced.isChecked():
                self.rfm.read()
        elif self.tab == "cost":
            self.cost.read(months)
        elif self.tab == "actions":
            self.actions_card.read()
        else:
            self.sends.read()
        self.desk.jobs.read(standing, owner=self, then=self.show_standing, latest="insights.standing")

    def asked(self) -> Asked:
        """What the page shows now, for a report."""
        found = self.breakdown.found
        return Asked(
            months=int(self.months.value()),
            population=Population(self.nasl.population.value()),
            figure=str(self.breakdown.figure.value()),
            dimension=found.dimension.id if found is not None else Asked().dimension,
        )

    def _read_population(self) -> None:
        population = Population(self.classes.population.value())
        self.falling.read(population)
        self.movement.read(population=population)

    def _show_advanced(self, shown: bool) -> None:
        self._views["spread"].show_card(self.rfm, shown)
        if shown:
            self.rfm.read()

    def _profile(self, query: str) -> None:
        if query:
            self.profile.read(query)
        else:
            self.profile.show_nothing()

    def remember(self) -> dict[str, Any]:
        return {
            "tab": self.tab,
            "months": self.months.value(),
            "population": self.nasl.population.value(),
            "classes_of": self.classes.population.value(),
            "advanced": self.concentration.advanced.isChecked(),
        }

    def recall(self, state: dict[str, Any]) -> None:
        self.months.set_value(state.get("months", 12))
        self.nasl.population.set_value(state.get("population", "all"))
        self.classes.population.set_value(state.get("classes_of", "all"))
        self.concentration.advanced.setChecked(bool(state.get("advanced", False)))
        self.show_section(str(state.get("tab", "overview")))

    def commands(self) -> list[Command]:
        return [
            Command(
                f"insights.{tab}",
                text=f"insights_page.tab.{tab}",
                run=lambda tab=tab: self.show_section(tab),  # type: ignore[misc]
            )
            for tab in TABS
        ] + self.report.commands()

    def pictures(self) -> dict[str, Callable[[], None]]:
        return pictures.states(self)

    def _show_tab(self, at: int) -> None:
        self._choose_view(at)
        self.read_stale()

    def _choose_view(self, at: int) -> None:
        view = self._views[TABS[at]]
        silent = not self.standing.orders and TABS[at] in OF_ORDERS
        self.stack.setCurrentWidget(self.nothing if silent or not self.standing.people else view)

    def show_standing(self, found: Standing) -> None:
        """Show what the shop has, or how it gets orders."""
        self.standing = found
        overview = self._views["overview"]
        overview.show_card(self.nasl, found.orders)
        overview.show_card(self.missing, not found.orders)
        day = found.data_until
        self.header.set_subtitle(t("insights_core.as_of", day=date(day)) if day else "")
        self._choose_view(self.tabs.currentIndex())
