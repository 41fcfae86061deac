"""The page 經營企劃: what there is to do today on top, below it the sheet, the calendar, the board and the journeys."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop.core.changes import Changes, Kind
from desktop.core.message import message
from desktop.operations.planning.operating import entries, today
from desktop.operations.planning.operating.due import Due
from desktop.store.database import Database
from desktop.text import t
from desktop.ui import theme
from desktop.ui.actions import Command
from desktop.ui.desk import Desk
from desktop.ui.operating_plan import pictures
from desktop.ui.operating_plan.acts import Acts
from desktop.ui.operating_plan.board.board_tab import BoardTab
from desktop.ui.operating_plan.calendar.calendar_tab import CalendarTab
from desktop.ui.operating_plan.journeys.journeys_tab import JourneysTab
from desktop.ui.operating_plan.paper.out_menu import OutMenu
from desktop.ui.operating_plan.sheet.sheet_tab import SheetTab
from desktop.ui.operating_plan.today.today_card import TodayCard
from desktop.ui.operating_plan.words import full_day
from desktop.ui.page import Page
from desktop.ui.widgets.buttons import button, primary_button

TABS = ("calendar", "sheet", "board", "journeys")
TODAY = "today"
READ_AGAIN = (
    Kind.PLANS,
    Kind.PEOPLE,
    Kind.ORDERS,
    Kind.TAGS,
    Kind.AUDIENCES,
    Kind.OUTBOX,
    Kind.LINE,
    Kind.SHOP,
    Kind.ACCOUNT,
)


class OperatingPlanPage(Page):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "operating_plan")
        self.desk: Desk = desk
        self.acts = Acts(self, desk)
        self.out = OutMenu(self, desk, self.flush)
        self.header.add(button(t("operating_page.recruiting"), lambda: desk.go("recruiting")))
        self.header.add(self.out.button)
        self.header.add(primary_button(t("operating_page.new_entry"), self.new_entry, icon="plus"))
        self.today = TodayCard()
        self.body.addWidget(self.today)
        self.below = QWidget()
        column = QVBoxLayout(self.below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(t("operating_page.tabs"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        column.addWidget(self.tabs)
        self.stack = QStackedWidget()
        column.addWidget(self.stack, 1)
        self.body.addWidget(self.below, 1)
        self.calendar, self.sheet = CalendarTab(desk, self.acts), SheetTab(desk, self.acts)
        self.board, self.journeys = BoardTab(desk, self.acts), JourneysTab(desk, self.acts)
        self._views: dict[str, Any] = dict(
            zip(TABS, (self.calendar, self.sheet, self.board, self.journeys), strict=True)
        )
        for tab in TABS:
            self.tabs.addTab(t(f"operating_page.tab.{tab}"))
            self.stack.addWidget(self._views[tab])
        self._stale = set(TABS)
        self.tabs.currentChanged.connect(self._show_tab)
        self._connect()

    def _connect(self) -> None:
        self.today.opened_out.connect(lambda shown: self.below.setVisible(not shown))
        self.today.ticked.connect(self._tick)
        self.today.put_off.connect(self._put_off)
        self.today.people_asked.connect(lambda due: self.desk.go("audiences", query=due.query))
        self.today.go_asked.connect(self._go)
        self.today.season_asked.connect(self._plan_season)

    @property
    def tab(self) -> str:
        """The tab shown."""
        return TABS[self.tabs.currentIndex()]

    def opened(self, **arguments: Any) -> None:
        tab = str(arguments.get("tab", ""))
        self.today.set_open(tab == TODAY)
        self.show_tab(tab)
        self._read_today()
        self.read_stale()
        entry = arguments.get("entry")
        if isinstance(entry, int):
            if self.tab == "calendar":
                self.calendar.open_entry(entry)
            elif self.tab == "board":
                self.board.show_task(entry)

    def show_tab(self, tab: str) -> None:
        """Show a tab."""
        if tab in TABS:
            self.today.set_open(False)
            self.tabs.setCurrentIndex(TABS.index(tab))

    def changed(self, changes: Changes) -> None:
        if changes.touches(*READ_AGAIN):
            self._stale = set(TABS)
            self._read_today()
            self.read_stale()

    def read_stale(self) -> None:
        """Read what is shown, if it is not fresh."""
        if self.tab in self._stale:
            self._stale.discard(self.tab)
            self._views[self.tab].read()

    def flush(self) -> None:
        """Keep at once what is being written."""
        self.sheet.autosave.flush()
        self.calendar.side.form.autosave.flush()

    def keep_written(self, then: Callable[[], object]) -> None:
        """Keep at once what is being typed, then go on."""
        self.flush()
        then()

    def hideEvent(self, event: Any) -> None:
        self.flush()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.today.set_room(self.height())

    def new_entry(self) -> None:
        """Begin an entry of the calendar."""
        self.show_tab("calendar")
        self.calendar.new_entry()

    def _new_task(self) -> None:
        self.show_tab("board")
        self.board.focus_first_field()

    def _show_tab(self, at: int) -> None:
        self.flush()
        self.stack.setCurrentIndex(at)
        self.read_stale()

    def _read_today(self) -> None:
        self.desk.jobs.read(_today, owner=self, then=self._show_today, latest="operating_plan.today")

    def _show_today(self, found: tuple[tuple[Due, ...], datetime.date]) -> None:
        due, day = found
        self.header.set_subtitle(t("operating_page.today_is", day=full_day(day, day)))
        self.today.show_due(due, day)

    def _tick(self, due: Due) -> None:
        said = message("operating_page.ticked", thing=due.text)
        self.acts.do(lambda db: today.done(db, due.id), said)

    def _put_off(self, due: Due, days: int) -> None:
        self.acts.do(lambda db: today.later(db, due.id, days))

    def _go(self, due: Due) -> None:
        if due.go is not None:
            self.desk.go(due.go.page, **dict(due.go.arguments))

    def _plan_season(self, due: Due) -> None:
        if due.season is not None:
            self.show_tab("calendar")
            self.calendar.plan_season(due.season)

    def remember(self) -> dict[str, Any]:
        return {"tab": self.tab, "view": self.calendar.view.value()}

    def recall(self, state: dict[str, Any]) -> None:
        self.calendar.view.set_value(state.get("view", "month"))
        self.show_tab(str(state.get("tab", TABS[0])))

    def commands(self) -> list[Command]:
        made = [
            Command(
                f"operating_plan.{tab}",
                text=f"operating_page.tab.{tab}",
                run=lambda tab=tab: self.show_tab(tab),  # type: ignore[misc]
            )
            for tab in TABS
        ]
        made.append(Command("operating_plan.today", "operating_page.today", self.today.toggle))
        made.append(
            Command("operating_plan.new_entry", "operating_page.new_entry", self.new_entry, icon="plus")
        )
        made.append(Command("operating_plan.new_task", "operating_page.new_task", self._new_task))
        made.append(
            Command(
                "operating_plan.new_journey",
                "operating_page.journey_new",
                lambda: self.journeys.new_journey(),
            )
        )
        return made + self.out.commands()

    def pictures(self) -> dict[str, Callable[[], None]]:
        return pictures.states(self)


def _today(db: Database) -> tuple[tuple[Due, ...], datetime.date]:
    return today.today(db), entries.today(db)
