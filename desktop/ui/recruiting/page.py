"""The page 招募好友: what to make ready, the four ways on which friends come, what each kind of account may do, and stands with a
QR code for every branch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.core.changes import Changes, Kind
from desktop.core.planning.recruiting import Branch, Recruiting
from desktop.operations.planning import recruiting as operations
from desktop.operations.planning.recruiting import RecruitingSeen
from desktop.text import t
from desktop.ui import theme
from desktop.ui.actions import Command
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.recruiting.account_card import AccountCard
from desktop.ui.recruiting.checklist import Checklist
from desktop.ui.recruiting.stand_card import StandCard

SAVED_AFTER_MS = 600
ROOMY = 860
"""Width at 100 % text size from which the stands have room beside the list."""


class RecruitingPage(Page):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "recruiting")
        self.desk: Desk = desk
        self.add_way_back()
        self.header.set_subtitle(t("recruiting.subtitle"))
        self.checklist = Checklist()
        self.account = AccountCard()
        self.stands = StandCard(desk, self)
        self._seen: RecruitingSeen | None = None
        self._unsaved = QTimer(self, singleShot=True)
        self._unsaved.setInterval(SAVED_AFTER_MS)
        self._unsaved.timeout.connect(self._save)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.scrolled = self._scrolled()
        self.body.addWidget(self.scrolled, 1)
        self.checklist.ticked.connect(self._tick)
        self.checklist.asked.connect(lambda page: self.desk.go(page))
        self.account.chosen.connect(self._choose_kind)
        self.stands.edited.connect(self._edit)

    def opened(self, **arguments: Any) -> None:
        self.refresh()

    def changed(self, changes: Changes) -> None:
        if changes.touches(Kind.PLANS, Kind.LINE, Kind.ACCOUNT, Kind.SHOP) and not self._unsaved.isActive():
            self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= theme.px(ROOMY)
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(direction)

    def hideEvent(self, event: Any) -> None:
        self._save_now()
        super().hideEvent(event)

    def refresh(self) -> None:
        """Read it again."""
        self.desk.jobs.read(operations.seen, owner=self, then=self._show, latest="recruiting")

    def commands(self) -> list[Command]:
        return [
            Command("recruiting.pdf", "recruiting.save_pdf", self.stands.save_pdf, icon="export"),
            Command("recruiting.print", "recruiting.print", self.stands.print_stands),
            Command("recruiting.code", "recruiting.save_code", self.stands.save_code),
        ]

    def pictures(self) -> dict[str, Callable[[], None]]:
        return {"filled": self._fill}

    def _fill(self) -> None:
        """A state to look at: some of it done, two branches."""
        filled = Recruiting(
            account_kind="general",
            done=frozenset({"offer", "greeting", "counter", "profile"}),
            left_out=frozenset({"parcel"}),
            link="https://lin.ee/abcd123",
            offer=t("recruiting.offer_like"),
            branches=(Branch("中山店"), Branch("信義店", "https://lin.ee/efgh456")),
        )
        self._seen = RecruitingSeen(filled, "日日咖啡", "@daydaycoffee", "", None)
        self._change(filled)

    def _show(self, seen: RecruitingSeen) -> None:
        if self._unsaved.isActive():
            return
        self._seen = seen
        self.checklist.show_state(seen.recruiting)
        self.account.show_kind(seen.recruiting.account_kind, seen.verified)
        self.stands.show_seen(seen)

    def _scrolled(self) -> QScrollArea:
        inside, right = QWidget(), QVBoxLayout()
        self._columns.setContentsMargins(0, 0, theme.px(8), 0)
        self._columns.setSpacing(theme.px(12))
        inside.setLayout(self._columns)
        right.setSpacing(theme.px(12))
        right.addWidget(self.stands)
        right.addWidget(self.account)
        right.addStretch(1)
        self._columns.addWidget(self.checklist, 1, Qt.AlignmentFlag.AlignTop)
        self._columns.addLayout(right, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        return area

    def _tick(self, item: str, state: str) -> None:
        if self._seen is not None:
            self._press(self._seen.recruiting.ticked(item, state))

    def _choose_kind(self, kind: str) -> None:
        if self._seen is not None:
            self._press(replace(self._seen.recruiting, account_kind=kind))

    def _press(self, recruiting: Recruiting) -> None:
        """Something was ticked or chosen: what was being typed is kept before it, and undo takes back the press alone."""
        self._save_now()
        self._change(recruiting)
        self._unsaved.stop()
        self._save(pressed=True)

    def _edit(self, written: Recruiting) -> None:
        self._change(written)

    def _change(self, recruiting: Recruiting) -> None:
        assert self._seen is not None
        self._seen = replace(self._seen, recruiting=recruiting)
        self.checklist.show_state(recruiting)
        self.account.show_kind(recruiting.account_kind, self._seen.verified)
        self.stands.show_seen(self._seen)
        self._unsaved.start()

    def keep_written(self, then: Callable[[], object]) -> None:
        """Keep at once what is being typed, then go on."""
        self._save_now()
        then()

    def _save_now(self) -> None:
        if self._unsaved.isActive():
            self._unsaved.stop()
            self._save()

    def _save(self, *, pressed: bool = False) -> None:
        if self._seen is None:
            return
        kept = self._seen.recruiting
        self.desk.jobs.write(lambda db, _ctx: operations.save(db, kept, pressed=pressed), owner=self)
