"""What can be done with whole menus: begin some, rename, copy, delete, move, have LINE check one. Each is a step that can be
undone, except for the question to LINE."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from desktop.core.changes import Changes
from desktop.core.errors import UserError
from desktop.core.job import JobContext
from desktop.core.message import message
from desktop.core.people.query_text import parse
from desktop.core.planning.actions import Action, ActionKind
from desktop.core.planning.rich_menu.layouts import LAYOUTS, laid_out
from desktop.core.planning.rich_menu.menu import RichMenu
from desktop.core.planning.rich_menu.start import SHOP_KINDS
from desktop.operations.planning import plans, rich_menus
from desktop.operations.planning.plans import SavedPlan
from desktop.operations.planning.rich_menus import Begun
from desktop.store import people
from desktop.store.database import Database
from desktop.text import t
from desktop.ui.desk import Desk
from desktop.ui.line_account.connect_dialog import connect_dialog
from desktop.ui.rich_menu.open_menu import OpenMenu

if TYPE_CHECKING:
    from desktop.ui.rich_menu.page import RichMenuPage

NOT_CONNECTED = frozenset({"line.keychain_closed", "shell.line.not_connected"})


class MenuDeeds(QObject):
    """One page's."""

    def __init__(self, page: RichMenuPage, desk: Desk, open_menu: OpenMenu) -> None:
        super().__init__(page)
        self._page, self._desk, self._open = page, desk, open_menu

    def do(self, what: str) -> None:
        """new, rename, copy or delete."""
        {"new": self._page.start_new, "rename": self.rename, "copy": self.copy, "delete": self.delete}[what]()

    def begin(self, kind: str, sets: tuple[str, ...], links: dict[str, str]) -> None:
        """Make menus from a ready set."""
        self._desk.jobs.write(
            lambda db, _ctx: rich_menus.begin(db, kind, sets, links), owner=self._page, then=self._begun
        )

    def blank(self) -> None:
        """Make an empty menu."""
        menu = laid_out(
            RichMenu(chat_bar_text=t("rich_menu_page.bar.first"), style=SHOP_KINDS["general"].style),
            LAYOUTS["large_6"],
        )
        name = t("rich_menu_page.blank_name")

        def work(db: Database, _ctx: JobContext) -> SavedPlan:
            return rich_menus.save(db, None, replace(menu, name=plans.free_name(db, rich_menus.KIND, name)))

        self._desk.jobs.write(work, owner=self._page, then=self._show)

    def rename(self) -> None:
        """Ask for another name."""
        if self._open.is_open:
            self._desk.dialogs.ask_text(
                self._page,
                message("rich_menu_page.do.rename"),
                message("rich_menu_page.name"),
                self._rename,
                text=self._open.menu.name,
            )

    def copy(self) -> None:
        """Make a second menu like this one, and open it."""
        self._on_plan(plans.copy, self._show)

    def delete(self) -> None:
        """Delete the menu; undo brings it back."""
        name = self._open.menu.name

        def done(changes: Changes) -> None:
            self._desk.jobs.publish(changes)
            undo = (message("shell.undo"), lambda: self._desk.actions.trigger("shell.undo"))
            self._desk.notices.show(message("rich_menu_page.deleted", name=name), button=undo)

        self._on_plan(plans.delete, done)

    def make_tab(self) -> None:
        """Make a second menu like this one that the area chosen leads to, with a way back: two tabs."""
        if not self._open.areas or self._open.plan_id is None:
            return
        at, own, menu = self._open.areas[0], self._open.plan_id, self._open.menu
        name = t("rich_menu_page.tab.name", name=menu.name)

        def work(db: Database, _ctx: JobContext) -> SavedPlan:
            begun = replace(other_tab(menu, at, own), name=plans.free_name(db, rich_menus.KIND, name))
            made = rich_menus.save(db, None, begun).plan.id
            # The tab one is on leads to itself; its number is known only now.
            here = Action(ActionKind.SWITCH, menu=made)
            return rich_menus.save(db, made, begun.with_area(at, action=here))

        def made(saved: SavedPlan) -> None:
            if self._open.plan_id == own and at < len(self._open.menu.areas):
                action = replace(self._open.menu.areas[at].action, kind=ActionKind.SWITCH, menu=saved.plan.id)
                self._open.put(self._open.menu.with_area(at, action=action))
            self._page.read()

        self._desk.jobs.write(work, owner=self._page, then=made)

    def move(self, plan: int, before: object) -> None:
        """Give a menu another place among the others."""
        target = before if isinstance(before, int) else None
        self._desk.jobs.write(lambda db, _ctx: plans.move(db, plan, target), owner=self._page)

    def ask_line(self) -> None:
        """Keep the menu, look at the own checks, then ask LINE whether it takes it."""
        if self._page.editor.checks.errors:
            checks = self._page.editor.checks
            go = (message("rich_menu_page.cure.go"), checks.go_to_first)
            text = message("rich_menu_page.check.first", n=checks.errors)
            self._page.bar.show_message(text, kind="warning", button=go)
            return
        menu = self._open.menu
        self._desk.jobs.network(
            lambda _ctx: rich_menus.validate(self._desk.line.client(), menu),
            owner=self._page,
            then=self._is_fine,
            on_error=self._is_refused,
            title=message("rich_menu_page.check.asking"),
        )

    def can_ask(self, query: str) -> bool:
        """Whether a query has no mistake; otherwise the page says which."""
        try:
            parse(query, extra_columns=people.extra_columns(self._desk.jobs.page_reader))
        except UserError as mistake:
            self._page.bar.show_error(mistake)
            return False
        self._page.bar.clear()
        return True

    # Inside

    def _on_plan(self, work: Callable[[Database, int], Any], then: Callable[[Any], None]) -> None:
        """Keep what was edited, then do something with the menu that is open."""

        def run() -> None:
            plan = self._open.plan_id
            if plan is not None:
                self._desk.jobs.write(lambda db, _ctx: work(db, plan), owner=self._page, then=then)

        if self._open.is_open:
            self._open.save(run)

    def _rename(self, name: str) -> None:
        self._on_plan(lambda db, plan: plans.rename(db, plan, name), self._renamed)

    def _renamed(self, _saved: SavedPlan) -> None:
        self._page.read()

    def _begun(self, begun: Begun) -> None:
        self._page.open_plan(begun.menus[-1].id)
        self._page.read()
        self._page.editor.stage.canvas.setFocus()

    def _show(self, saved: SavedPlan) -> None:
        self._page.open_plan(saved.plan.id)
        self._page.read()

    def _is_fine(self, _answer: object) -> None:
        self._page.bar.clear()
        key = "rich_menu_page.check.fine_practice" if self._desk.practice else "rich_menu_page.check.fine"
        self._desk.notices.show(message(key))

    def _is_refused(self, error: UserError) -> None:
        if error.text.key in NOT_CONNECTED:
            self._page.bar.show_message(
                message("rich_menu_page.check.own_only"),
                kind="info",
                button=(message("rich_menu_page.check.connect"), partial(self._connect)),
            )
            return
        self._page.bar.show_error(error)

    def _connect(self) -> None:
        self._desk.dialogs.show(connect_dialog(self._page, self._desk, self.ask_line))


def other_tab(menu: RichMenu, at: int, own_id: int) -> RichMenu:
    """The menu that a tab leads to: like the first, reached only from it, with a way back.

    Args:
        menu: the first menu.
        at: the area of the tab.
        own_id: the first menu's plan.
    """
    back = Action(ActionKind.SWITCH, menu=own_id)
    layout = LAYOUTS.get(menu.layout)
    tabs = range(layout.tabs if layout is not None else 0)
    home = next((tab for tab in tabs if tab != at), at)
    return replace(menu.with_area(home, action=back), for_whom="")
