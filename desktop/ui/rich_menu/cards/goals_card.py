"""Which of a shop's goals the menu leads to: business hours, recruiting, products and so on; one press puts a missing one in."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal

from desktop.core.planning.rich_menu import grid
from desktop.core.planning.rich_menu.goals import GoalState, goals
from desktop.core.planning.rich_menu.menu import Rect, RichMenu
from desktop.text import t
from desktop.ui.rich_menu.canvas.painting import is_blank
from desktop.ui.rich_menu.cards.finding_row import Finding, FindingList
from desktop.ui.rich_menu.open_menu import OpenMenu
from desktop.ui.widgets.card import Card

PAUSE_MS = 120

ICONS = {
    "recruiting": "link",
    "business_info": "clock",
    "campaign": "gift",
    "products": "shopping-bag",
    "news": "megaphone",
    "new_items": "star",
    "branches": "map-pin",
    "service": "headset",
}


class GoalsCard(Card):
    """``filled(area)``: an area was given a missing goal; ``refused(UserError)``: there is no room for one."""

    filled = Signal(int)
    refused = Signal(object)

    def __init__(self, open_menu: OpenMenu) -> None:
        super().__init__(t("rich_menu_page.goals"))
        self._open = open_menu
        self.content_types: tuple[str, ...] = ()
        self.one_branch = False
        self.list = FindingList()
        self.body.addWidget(self.list)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.check)
        open_menu.edited.connect(self._pause.start)
        open_menu.shown.connect(self.check)

    def set_plan(self, content_types: tuple[str, ...], one_branch: bool) -> None:
        """What the operating plan names, and whether the shop has one branch only."""
        if (content_types, one_branch) != (self.content_types, self.one_branch):
            self.content_types, self.one_branch = content_types, one_branch
            self.check()

    def check(self) -> None:
        """Look at the menu as it is now."""
        self._pause.stop()
        if not self._open.is_open:
            return
        states = goals(self._open.menu, content_types=self.content_types, one_branch=self.one_branch)
        self.list.show_findings([self._finding(state) for state in states if state.covered or state.wanted])

    def put_in(self, goal: str) -> None:
        """Give the menu an entry for a goal: in a blank area, else in half of the largest one."""
        try:
            menu, at = with_entry(self._open.menu, goal)
        except grid.NotPossible as reason:
            self.refused.emit(reason)
            return
        self._open.put(menu, areas=(at,))
        self.check()
        self.filled.emit(at)

    def _finding(self, state: GoalState) -> Finding:
        if state.covered:
            return Finding(state.goal, "ok", t(f"rich_menu.goal.{state.goal}"))
        text = t(f"rich_menu.goal_missing.{state.goal}")
        if state.planned:
            text = t("rich_menu_page.goal.planned", text=text)
        run = partial(self.put_in, state.goal)
        return Finding(state.goal, "warning", text, t("rich_menu_page.cure.put_in"), run)


def with_entry(menu: RichMenu, goal: str) -> tuple[RichMenu, int]:
    """The menu with an entry for a goal, and where it is.

    Raises:
        NotPossible: there are 20 areas already, or none large enough to divide.
    """
    entry = {"goal": goal, "title": t(f"rich_menu_page.goal_title.{goal}"), "icon": ICONS[goal]}
    for at, area in enumerate(menu.areas):
        if is_blank(area):
            return menu.with_area(at, **entry), at
    if not menu.areas:
        return grid.added(menu, Rect(0, 0, *menu.size)).with_area(0, **entry), 0
    largest = max(
        range(len(menu.areas)),
        key=lambda one: (menu.areas[one].rect.width * menu.areas[one].rect.height, one),
    )
    rect = menu.areas[largest].rect
    wide = rect.width >= rect.height
    divided = grid.split(menu, largest, columns=2 if wide else 1, rows=1 if wide else 2)
    return divided.with_area(largest + 1, **entry), largest + 1
