"""The page 取得 LINE UID: without user IDs there is nothing to upload, and LINE's manager shows none. Three ways to them, with
the shop's own numbers, and how friends are matched with members."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.core.changes import Changes, Kind
from desktop.text import t
from desktop.ui import theme
from desktop.ui.actions import Command
from desktop.ui.desk import Desk
from desktop.ui.line_account.connect_dialog import connect_dialog
from desktop.ui.line_account.figures import refresh_if_old
from desktop.ui.line_ids.file_way import FileWay
from desktop.ui.line_ids.join_card import JoinCard
from desktop.ui.line_ids.line_way import LineWay
from desktop.ui.line_ids.reach_card import ReachCard
from desktop.ui.line_ids.shop_ids import ShopIds, is_connected, read_ids
from desktop.ui.line_ids.verify_way import VerifyWay
from desktop.ui.page import Page

WIDTH = 860


class LineIdsPage(Page):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "line_ids")
        self.desk: Desk = desk
        self.header.set_subtitle(t("line_ids.subtitle"))
        inside = QWidget()
        inside.setMaximumWidth(theme.px(WIDTH))
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.px(8), 0)
        column.setSpacing(theme.px(12))
        self.reach = ReachCard()
        self.join = JoinCard(desk)
        self.by_file = FileWay(desk, self._with_account)
        self.by_line = LineWay(desk, self._with_account)
        self.verify = VerifyWay()
        self.cards = (self.reach, self.join, self.by_file, self.by_line, self.verify)
        for card in self.cards:
            column.addWidget(card)
        self.join.hide()
        column.addStretch(1)
        self.by_line.verification_asked.connect(self.show_verification)
        self.scrolled = QScrollArea()
        self.scrolled.setWidgetResizable(True)
        self.scrolled.setFrameShape(QFrame.Shape.NoFrame)
        self.scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scrolled.setWidget(inside)
        self.body.addWidget(self.scrolled)

    def opened(self, **arguments: Any) -> None:
        refresh_if_old(self.desk, self)
        self.refresh()

    def changed(self, changes: Changes) -> None:
        if changes.touches(Kind.PEOPLE, Kind.LINE):
            self.refresh()

    def refresh(self) -> None:
        """Count again."""
        self.desk.jobs.read(read_ids, owner=self, then=self._show, latest="line_ids.reach")

    def commands(self) -> list[Command]:
        return [
            Command(
                "line_ids.read_friends", "line_ids.read_friends", self.by_line.read_friends, icon="download"
            ),
            Command("line_ids.check", "line_ids.check", self.by_file.check, icon="shield"),
            Command("line_ids.join", "line_ids.join_open", lambda: self.desk.go("joining"), icon="link"),
        ]

    def show_verification(self) -> None:
        """Bring the third way into view."""
        self.scrolled.verticalScrollBar().setValue(self.verify.y())

    def pictures(self) -> dict[str, Callable[[], None]]:
        return {"ways": lambda: self.scrolled.verticalScrollBar().setValue(self.by_file.y())}

    def _with_account(self, run: Callable[[], object]) -> None:
        """Do what needs an account, after connecting one if there is none."""
        if is_connected(self.desk.jobs.page_reader):
            run()
        else:
            self.desk.dialogs.show(connect_dialog(self, self.desk, run))

    def _show(self, seen: ShopIds) -> None:
        for card in self.cards:
            card.show_ids(seen)
