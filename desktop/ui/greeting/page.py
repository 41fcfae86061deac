"""The page 歡迎訊息: what a new friend reads first, written at the left, seen on a phone in the middle, checked at the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget

from desktop.core.changes import Changes, Kind
from desktop.core.message import message
from desktop.core.planning.actions import ActionKind
from desktop.core.planning.greeting import shop_kinds
from desktop.core.planning.greeting.balloons import Coupon, Greeting
from desktop.core.planning.greeting.checks import Check, State
from desktop.core.planning.greeting.cures import cured
from desktop.core.planning.greeting.line_messages import PREVIEW_URL, preview_coupon, preview_messages
from desktop.operations.planning import greetings
from desktop.operations.planning.greetings import GreetingPlan
from desktop.operations.planning.plans import SavedPlan
from desktop.store.database import Database
from desktop.text import render, t
from desktop.ui import i18n
from desktop.ui.actions import Command
from desktop.ui.desk import Desk
from desktop.ui.greeting.draft import Draft
from desktop.ui.greeting.out.ways import Ways
from desktop.ui.greeting.pictures import states
from desktop.ui.greeting.shelf import Shelf
from desktop.ui.greeting.templates_view import TemplatesView
from desktop.ui.greeting.tools import Tools
from desktop.ui.greeting.versions.variants import Variants
from desktop.ui.greeting.work import Work
from desktop.ui.page import Page
from desktop.ui.phone.piece import CouponFace
from desktop.ui.widgets.buttons import button, menu_button, primary_button

Seen = tuple[list[GreetingPlan], str]


class GreetingPage(Page):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "greeting")
        self.desk: Desk = desk
        self.account = ""
        self.plans: list[GreetingPlan] = []
        self._wanted: int | None = None
        self.shelf = Shelf(desk, self)
        self.draft = Draft(desk, self)
        self.draft.edited.connect(self._show_edited)
        self.draft.loaded.connect(self._show_loaded)
        self.draft.refused.connect(lambda error: self.bar.show_error(error))
        self.work = self._make_work()
        self.variants = Variants(self, desk, self.draft, self.work.side.variants)
        self.ways = Ways(
            self,
            desk,
            lambda: self.draft.greeting,
            lambda: (self.work.panel.friend_name, self.account),
            lambda: self.work.panel.phone.to_image(),
        )
        self.templates = TemplatesView(
            [
                (kind, render(shop_kinds.name(kind)), render(shop_kinds.hint(kind)))
                for kind in shop_kinds.SHOP_KINDS
            ]
        )
        self.templates.chosen.connect(self.begin)
        self.templates.empty_chosen.connect(lambda: self.begin(""))
        self.templates.left.connect(self._show_work)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.templates)
        self.stack.addWidget(self.work)
        self.body.addWidget(self.stack, 1)
        self.has_inside(lambda: self.is_choosing and bool(self.plans), self._show_work)
        self._make_buttons()
        self._show_header()

    def _make_work(self) -> Work:
        work = Work(Tools(self, self.desk, self.shelf), i18n.current())
        work.list.edited.connect(
            lambda balloons: self.draft.change(replace(self.draft.greeting, balloons=balloons))
        )
        work.panel.name_chosen.connect(self._show_phone)
        work.panel.tried.connect(self._try)
        work.side.cure_asked.connect(self._cure)
        work.side.balloon_asked.connect(lambda index: self._go_to(index))
        self.shelf.arrived.connect(self._show_phone)
        return work

    def _make_buttons(self) -> None:
        self.more = menu_button(t("greeting_page.export"), self.ways.menu())
        self.copy = button(t("greeting_page.copy_to_manager"), self.ways.copy, icon="copy")
        self.test = primary_button(t("greeting_page.test"), self.ways.send_test)
        for made in (self.more, self.copy, self.test):
            self.header.add(made)

    # What the window asks

    def opened(self, **arguments: Any) -> None:
        """Show the greeting; ``plan``: the version of this number."""
        if "plan" in arguments:
            self._wanted = int(arguments["plan"])
        self.refresh()

    def changed(self, changes: Changes) -> None:
        if changes.touches(Kind.PLANS, Kind.SHOP, Kind.LINE):
            self.refresh()

    def refresh(self) -> None:
        """Read the versions again."""
        self.desk.jobs.read(read_greetings, owner=self, then=self._show, latest="greeting.page")

    def commands(self) -> list[Command]:
        return [
            Command(
                "greeting.copy", "greeting_page.copy_to_manager", self.ways.copy, enabled=self._is_editing
            ),
            Command("greeting.test", "greeting_page.test", self.ways.send_test, enabled=self._is_editing),
            Command("greeting.png", "greeting_page.save_png", self.ways.save_png, enabled=self._is_editing),
            Command(
                "greeting.json", "greeting_page.open_json", self.ways.show_json, enabled=self._is_editing
            ),
            Command("greeting.begin", "greeting_page.begin", self.choose_template),
        ]

    def remember(self) -> dict[str, Any]:
        self.draft.flush()
        return {"plan": self.draft.plan_id, "look": self.work.panel.remember()}

    def recall(self, state: dict[str, Any]) -> None:
        plan = state.get("plan")
        self._wanted = plan if isinstance(plan, int) else None
        look = state.get("look")
        if isinstance(look, dict):
            self.work.panel.recall(look)

    def pictures(self) -> dict[str, Callable[[], None]]:
        return states(self)

    def hideEvent(self, event: QHideEvent) -> None:
        self.draft.flush()
        super().hideEvent(event)

    def keep_written(self, then: Callable[[], object]) -> None:
        """Keep at once what is being typed, then go on."""
        self.draft.flush()
        then()

    # Which greeting

    @property
    def is_choosing(self) -> bool:
        """Whether the kinds of shops to begin with are shown."""
        return self.stack.currentWidget() is self.templates

    def choose_template(self) -> None:
        """Show the kinds of shops to begin another version with."""
        self.draft.flush()
        self.templates.can_go_back(bool(self.plans))
        self.stack.setCurrentWidget(self.templates)
        self._show_header()

    def begin(self, kind: str) -> None:
        """Begin a version with the greeting of a kind of shop, or ("") with nothing."""
        self.desk.jobs.write(lambda db, ctx: greetings.begin(db, kind), owner=self, then=self._begun)

    def show_plan(self, plan_id: int) -> None:
        """Show a version."""
        self._wanted = plan_id
        self._show((self.plans, self.account))

    def _begun(self, outcome: SavedPlan) -> None:
        self.show_new(outcome.plan.id)

    def show_new(self, plan_id: int) -> None:
        """Show a version that was just made."""
        self._wanted = plan_id
        self.stack.setCurrentWidget(self.work)
        self.refresh()

    def _show(self, seen: Seen) -> None:
        self.plans, self.account = seen
        self.work.panel.phone.set_account(self.account)
        ids = [plan.id for plan in self.plans]
        wanted = next((one for one in (self._wanted, self.draft.plan_id) if one in ids), None)
        if wanted is None:
            wanted = self.variants.current_of(self.plans) or (ids[0] if ids else None)
        if wanted is None:
            self.draft.forget()
            self.choose_template()
            return
        if self._wanted in ids:
            self._wanted = None
            self.stack.setCurrentWidget(self.work)
        plan = next(plan for plan in self.plans if plan.id == wanted)
        if self.is_choosing and self.draft.plan_id is None:
            self.stack.setCurrentWidget(self.work)
        if plan.id != self.draft.plan_id:
            # Later: a focused field that goes away hands the focus on, and that scrolls to who gets it.
            QTimer.singleShot(0, self.work, self.work.to_top)
        self.draft.show(plan.id, plan.greeting)
        self.variants.show(self.plans)
        self._show_phone()
        self._show_header()

    # The greeting on screen

    def _show_loaded(self) -> None:
        self.work.list.show_balloons(self.draft.greeting.balloons)
        self._show_edited()

    def _show_edited(self) -> None:
        self.work.side.show_greeting(self.draft.greeting)
        self.work.show_open_points()
        self._show_phone()

    def _show_phone(self) -> None:
        greeting = self.draft.greeting
        messages = preview_messages(greeting, self.work.panel.friend_name, self.account)
        self.work.panel.show_messages(messages, pictures=self.shelf.behind, coupons=coupon_faces(greeting))

    def _show_work(self) -> None:
        self.stack.setCurrentWidget(self.work)
        self._show_header()

    def _show_header(self) -> None:
        editing = self._is_editing()
        name = self.draft.greeting.name if editing else ""
        self.header.set_subtitle(t("greeting_page.crumb", name=name) if name else "")
        for made in (self.more, self.copy, self.test):
            made.setVisible(editing)

    def _is_editing(self) -> bool:
        return not self.is_choosing and self.draft.plan_id is not None

    def _cure(self, check: Check) -> None:
        if check.state is State.FILL:
            # Of a point it is known which words make it, not which of them are still to be replaced.
            self._go_to(check.balloon, check.found if check.group == "fill" else "")
            return
        outcome = cured(self.draft.greeting, check, render)
        if outcome.balloon is None:
            self.bar.show_message(message("greeting_page.no_room"), kind="warning")
            return
        self.work.list.become(outcome.greeting.balloons)
        self._go_to(outcome.balloon)

    def _go_to(self, index: int | None, words: str = "") -> None:
        cards = self.work.list.cards
        if index is None or not cards:
            return
        card = cards[min(index, len(cards) - 1)]
        card.focus()
        card.to_placeholder(words)
        self.work.left_scroll.ensureWidgetVisible(card)

    def _try(self, action: dict[str, Any]) -> None:
        """Do on the phone what a tap would do, or say it."""
        kind = action.get("type")
        address = action.get("uri") or action.get("linkUri")
        if kind == ActionKind.MESSAGE and str(action.get("text", "")).strip():
            self.work.panel.phone.reply(str(action["text"]))
        elif address:
            self.desk.notices.show(message("greeting_page.would_open", address=str(address)), kind="info")
        elif kind == ActionKind.CLIPBOARD:
            text = str(action.get("clipboardText", ""))
            self.desk.notices.show(message("greeting_page.would_copy", text=text), kind="info")


def read_greetings(db: Database) -> Seen:
    """All versions, and what the account is called."""
    return greetings.all_greetings(db), greetings.account_name(db)


def coupon_faces(greeting: Greeting) -> Callable[[str], CouponFace | None]:
    """What the coupons of a greeting show."""
    faces: dict[str, CouponFace] = {}
    for index, balloon in enumerate(greeting.balloons):
        if isinstance(balloon, Coupon):
            until = t("greeting_page.until", day=i18n.date(balloon.until)) if balloon.until else ""
            picture = PREVIEW_URL.format(id=balloon.picture) if balloon.picture is not None else ""
            title = balloon.title.strip() or t("phone.coupon")
            faces[preview_coupon(index, balloon)] = CouponFace(title, until, picture)
    return faces.get
