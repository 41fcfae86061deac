"""The page of rich menus: which menu is whose, what stands on it and what it does, seen on the phone, checked, published."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QStackedWidget

from desktop.core.changes import Changes, Kind
from desktop.core.planning.rich_menu.menu import RichMenu
from desktop.ui.actions import Command
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.publishing.banner import PublishBanner
from desktop.ui.publishing.flow import PublishFlow
from desktop.ui.publishing.live_card import LiveCard
from desktop.ui.rich_menu.editor import Editor
from desktop.ui.rich_menu.files.exports import MenuExports
from desktop.ui.rich_menu.files.kept_pictures import KeptPictures
from desktop.ui.rich_menu.files.picture_deeds import PictureDeeds
from desktop.ui.rich_menu.menu_deeds import MenuDeeds
from desktop.ui.rich_menu.menus.menu_rows import counted, rows_of
from desktop.ui.rich_menu.menus.whom import ask_whom
from desktop.ui.rich_menu.open_menu import OpenMenu
from desktop.ui.rich_menu.page_commands import menu_commands, turn_of
from desktop.ui.rich_menu.page_header import MenuHeader
from desktop.ui.rich_menu.page_pictures import MenuPictures
from desktop.ui.rich_menu.reading import ShopMenus, counts, read
from desktop.ui.rich_menu.sample_chat import pictures_of, sample_chat
from desktop.ui.rich_menu.start.start_view import StartView

READ_AGAIN = (Kind.PLANS, Kind.PEOPLE, Kind.TAGS, Kind.AUDIENCES, Kind.ORDERS, Kind.SHOP)
PUBLISHED = (Kind.PLANS, Kind.OUTBOX, Kind.PEOPLE, Kind.LINE, Kind.ACCOUNT)


class RichMenuPage(Page):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "rich_menu")
        self.desk: Desk = desk
        self.open_menu = OpenMenu(desk, self)
        self.kept = KeptPictures(desk, self)
        self.shop: ShopMenus | None = None
        self._wanted: int | None = None
        self._starting = False
        self._place: tuple[int, int | None, str] | None = None
        self._people: dict[int, int] = {}
        self.editor = Editor(desk, self.open_menu, self.kept)
        self.start = StartView()
        self.deeds = MenuDeeds(self, desk, self.open_menu)
        self.files = PictureDeeds(self, desk, self.open_menu, self.kept)
        self.flow = PublishFlow(self, desk)
        self.exports = MenuExports(self, desk, self.open_menu, self.kept, self.editor.stage.picture)
        self.banner = PublishBanner(self, desk, self.flow)
        self.live = LiveCard(self, desk, self.flow)
        self.editor.add_beside(self.live)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.start)
        self.stack.addWidget(self.editor)
        self.body.addWidget(self.banner)
        self.body.addWidget(self.stack, 1)
        self.buttons = MenuHeader(self)
        self.has_inside(lambda: self._starting and bool(self.shop and self.shop.plans), self.stop_starting)
        self._connect()
        self._show()

    def _connect(self) -> None:
        editor, menu = self.editor, self.open_menu
        self.start.begun.connect(self.deeds.begin)
        self.start.blank_wanted.connect(self.deeds.blank)
        self.start.left.connect(self.stop_starting)
        editor.menus.opened.connect(self.open_plan)
        editor.menus.moved.connect(self.deeds.move)
        editor.menus.wants.connect(self.deeds.do)
        editor.photo_wanted.connect(self.files.choose_photo)
        editor.own_wanted.connect(self.files.choose_own)
        editor.area.action.tab_wanted.connect(self.deeds.make_tab)
        editor.settings.whom_asked.connect(self._ask_whom)
        editor.refused.connect(self.bar.show_error)
        editor.checks.checked.connect(self._show_header)
        editor.checks.menu_wanted.connect(self.open_plan)
        menu.failed.connect(self.bar.show_error)
        self.flow.published.connect(self.live.refresh)

    # Of every page

    def opened(self, **arguments: Any) -> None:
        """Show the menus; ``plan``: open the one of this number, at ``area`` and ``field``; ``new``: begin another."""
        if "plan" in arguments:
            self._wanted = int(arguments["plan"])
            self._starting = False
            there = (self._wanted, arguments.get("area"), arguments.get("field", ""))
            self._place = there if "field" in arguments else None
        if "new" in arguments:
            self._starting = True
        self.read()
        self.live.refresh()
        self.banner.refresh()

    def changed(self, changes: Changes) -> None:
        if changes.touches(*READ_AGAIN):
            self.read()
        if changes.touches(*PUBLISHED):
            self.live.refresh()
            self.banner.refresh()

    def commands(self) -> list[Command]:
        return menu_commands(self)

    def remember(self) -> dict[str, Any]:
        return {"plan": self.open_menu.plan_id} if self.open_menu.is_open else {}

    def recall(self, state: dict[str, Any]) -> None:
        plan = state.get("plan")
        self._wanted = plan if isinstance(plan, int) else None

    def pictures(self) -> dict[str, Callable[[], None]]:
        return MenuPictures(self).states()

    def take_files(self, files: list[Path]) -> bool:
        return self.is_editing and self.files.take(files)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.open_menu.save()

    def keep_written(self, then: Callable[[], object]) -> None:
        """Keep at once what is being edited, then go on."""
        self.open_menu.save(then)

    def event(self, event: QEvent) -> bool:
        """Undo and redo: first of the text being typed, then of the menu, then (not taken here) of the shop."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if turn_of(self, event) is not None:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        turn = turn_of(self, event)
        if turn is not None:
            event.accept()
            turn()
            return
        super().keyPressEvent(event)

    # What is shown

    @property
    def is_editing(self) -> bool:
        """Whether a menu is open to edit."""
        return self.stack.currentWidget() is self.editor

    def read(self) -> None:
        """Read the menus of the shop again."""
        self.desk.jobs.read(read, owner=self, then=self._take, latest="rich_menu.read")

    def open_plan(self, plan_id: int) -> None:
        """Open another menu; what was edited is kept first."""
        self._wanted = plan_id
        self._starting = False
        if self.open_menu.is_saved:
            self._open_wanted()
        else:
            self.open_menu.save(self.read)

    def start_new(self) -> None:
        """Show the ready sets."""
        self._starting = True
        self._show()

    def stop_starting(self) -> None:
        """Back to the menus there are."""
        self._starting = False
        self._show()

    def publish(self) -> None:
        """Keep what was edited, and publish."""
        if self.is_editing:
            self.open_menu.save(self.flow.start)

    # Inside

    def _take(self, shop: ShopMenus) -> None:
        before, self.shop = self.shop, shop
        if before is None or (before.account, before.greeting) != (shop.account, shop.greeting):
            chat = sample_chat(shop.account, shop.greeting)
            self.editor.stage.set_shop(shop.account, chat, pictures_of(shop.greeting, self.kept))
        self.editor.goals.set_plan(shop.content_types, shop.one_branch)
        self._open_wanted()
        self._count(shop.menus)

    def _open_wanted(self) -> None:
        if self.shop is None:
            return
        known = {plan.id: plan for plan in self.shop.plans}
        wanted = self._wanted if self._wanted in known else self.open_menu.plan_id
        chosen = known.get(wanted) if wanted is not None else None
        if chosen is None and self.shop.plans:
            # A newcomer begins with what everybody sees.
            default = [plan for plan in self.shop.plans if not self.shop.menus[plan.id].for_whom]
            chosen = (default or list(self.shop.plans))[0]
        if self._wanted in known:
            self._wanted = None
        if chosen is not None:
            self.open_menu.show_plan(chosen)
        elif self.open_menu.is_open and self.open_menu.is_saved:
            self.open_menu.close()
        others = dict(self.shop.menus)
        self.editor.stage.set_menus(others)
        self.editor.checks.set_menus(others)
        self.editor.area.set_menus([(number, menu.name) for number, menu in others.items()])
        self._show()
        place, self._place = self._place, None
        # Not in another menu, where the one to be mended was deleted meanwhile.
        if place is not None and self.is_editing and self.open_menu.plan_id == place[0]:
            self.editor.go_to(*place[1:])

    def _count(self, menus: Mapping[int, RichMenu]) -> None:
        today = date.today()
        self.desk.jobs.read(
            lambda db: counts(db, menus, today),
            owner=self,
            then=self._show_rows,
            latest="rich_menu.counts",
        )

    def _show(self) -> None:
        nothing = not (self.shop and self.shop.plans)
        starting = self._starting or nothing
        self.start.show_for(first=nothing)
        self.stack.setCurrentWidget(self.start if starting else self.editor)
        self.stack.setVisible(self.shop is not None)
        if self.shop is not None:
            self._show_rows(None)
        self._show_header()

    def _show_rows(self, people: Mapping[int, int] | None) -> None:
        if self.shop is None:
            return
        rows = rows_of(self.shop.plans, self.shop.menus, date.today())
        if people is not None:
            self._people = dict(people)
        self.editor.menus.show_rows(counted(rows, self._people), self.open_menu.plan_id)

    def _show_header(self) -> None:
        errors = self.editor.checks.errors if self.is_editing else 0
        self.buttons.show(editing=self.is_editing, name=self.open_menu.menu.name, errors=errors)

    def _ask_whom(self, anchor: Any) -> None:
        ask_whom(self.desk, self, anchor, self._whom_chosen)

    def _whom_chosen(self, query: str) -> None:
        if self.deeds.can_ask(query):
            self.open_menu.change(for_whom=query)
