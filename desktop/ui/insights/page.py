"""The page of figures: an overview and, in tabs of their own, repurchase, revenue, cost, profiles and results. Each number
tells how it was computed, opens the people behind it, and ends in something to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QStackedWidget, QTabBar, QWidget

from desktop.core.changes import Changes, Kind
from desktop.operations.insights.questions import Population
from desktop.operations.insights.reporting import Asked
from desktop.text import t
from desktop.ui import theme
from desktop.ui.actions import Command
from desktop.ui.desk import Desk
from desktop.ui.i18n import date
from desktop.ui.insights.actions.actions_card import ActionsCard
from desktop.ui.insights.actions.profile_card import ProfileCard
from desktop.ui.insights.campaigns.result_card import ResultCard
from desktop.ui.insights.campaigns.sends_card import SendsCard
from desktop.ui.insights.cohorts.cohort_card import CohortCard
from desktop.ui.insights.cost.cost_card import CostCard
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
TWO_COLUMNS = 860
"""Below this width the cards stand under one another."""


class InsightsPage(Page):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "insights")
        self.desk: Desk = desk
        self.months = Select(t("insights_page.period"), [(n, t("insights_page.months", n=n)) for n in MONTHS])
        self.months.set_value(12)
        self.months.chosen.connect(lambda _: self.read())
        self.header.add(self.months)
        self.report = ReportActions(self, desk)
        self.header.add(self.report.button)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(t("insights_page.tabs"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        across = QHBoxLayout()
        across.addWidget(self.tabs)
        across.addStretch(1)
        self.body.addLayout(across)
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self._make_cards()
        self._views = {
            "overview": CardGrid((self.funnel, self.nasl, self.breakdown, self.growth)),
            "cohorts": CardGrid((self.cohorts,), columns=1),
            "repurchase": CardGrid((self.cycle, self.classes, self.movement, self.falling)),
            "spread": CardGrid((self.concentration, self.rfm)),
            "cost": CardGrid((self.cost,), columns=1),
            "actions": CardGrid((self.actions_card, self.profile)),
            "campaigns": CardGrid((self.sends, self.result)),
        }
        self._stale = set(TABS)
        for tab in TABS:
            self.tabs.addTab(t(f"insights_page.tab.{tab}"))
            self._views[tab].setAccessibleName(t(f"insights_page.tab.{tab}"))
            self.stack.addWidget(self._views[tab])
        self.tabs.currentChanged.connect(self._show_tab)

    def _make_cards(self) -> None:
        desk = self.desk
        self.funnel, self.nasl = FunnelCard(desk), NaslCard(desk)
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
        self.report.asked = Asked(months=months, population=Population(self.nasl.population.value()))
        if self.tab == "overview":
            for card in (self.funnel, self.breakdown, self.growth):
                card.read(months)
            self.nasl.read()
            self.desk.jobs.read(_data_until, owner=self, then=self._show_day, latest="insights.day")
        elif self.tab == "cohorts":
            self.cohorts.read(months)
        elif self.tab == "repurchase":
            self.cycle.read()
            self.classes.read()
            self.falling.read()
            self.movement.read(months)
        elif self.tab == "spread":
            self.concentration.read()
            self.rfm.read()
        elif self.tab == "cost":
            self.cost.read(months)
        elif self.tab == "actions":
            self.actions_card.read()
        else:
            self.sends.read()

    def _profile(self, query: str) -> None:
        if query:
            self.profile.read(query)
        else:
            self.profile.show_nothing()

    def remember(self) -> dict[str, Any]:
        return {"tab": self.tab, "months": self.months.value(), "population": self.nasl.population.value()}

    def recall(self, state: dict[str, Any]) -> None:
        self.months.set_value(state.get("months", 12))
        self.nasl.population.set_value(state.get("population", "all"))
        self.show_section(str(state.get("tab", "overview")))

    def commands(self) -> list[Command]:
        return [
            Command(
                f"insights.{tab}",
                text=f"insights_page.tab.{tab}",
                run=lambda tab=tab: self.show_section(tab),  # type: ignore[misc]
            )
            for tab in TABS
        ]

    def pictures(self) -> dict[str, Callable[[], None]]:
        return {tab: lambda tab=tab: self.show_section(tab) for tab in TABS[1:]}  # type: ignore[misc]

    def _show_tab(self, at: int) -> None:
        self.stack.setCurrentIndex(at)
        self.read_stale()

    def _show_day(self, day: Any) -> None:
        self.header.set_subtitle(
            t("insights_core.as_of", day=date(day)) if day else t("insights_core.no_orders")
        )


def _data_until(db: Any) -> Any:
    from desktop.store.insights.repurchase import last_order_day

    return last_order_day(db)


class CardGrid(QScrollArea):
    """Cards in two columns where there is room, else in one; it scrolls when they are higher than the window."""

    def __init__(self, cards: tuple[QWidget, ...], columns: int = 2) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._cards = cards
        self._columns, self._most = 0, columns
        inner = QWidget()
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(0, 0, theme.px(2), 0)
        self._grid.setSpacing(theme.px(14))
        self.setWidget(inner)
        self._arrange(columns)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._arrange(self._most if self.width() >= theme.px(TWO_COLUMNS) else 1)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for at, card in enumerate(self._cards):
            self._grid.addWidget(card, at // columns, at % columns)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
