"""The page 取得 LINE UID: without user IDs there is nothing to upload, and LINE's manager shows none. Three ways to them, and how
far the shop reaches its people now."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.job import JobContext
from desktop.core.message import Message, message
from desktop.operations.audiences import audience_editor
from desktop.operations.line import friends
from desktop.operations.line.friends import SAMPLE, FriendsOutcome, SampleOutcome
from desktop.store import shop
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.actions import Command
from desktop.ui.desk import Desk
from desktop.ui.lanes import Job
from desktop.ui.line_account.connect_dialog import connect_dialog
from desktop.ui.line_account.figures import refresh_if_old
from desktop.ui.line_ids.reach_card import ReachCard, ShopReach, read_reach
from desktop.ui.line_ids.way_card import WayCard
from desktop.ui.outbox.web_pages import WebPage, open_page
from desktop.ui.page import Page
from desktop.ui.widgets.buttons import button, primary_button

WIDTH = 860
VERIFICATION_POINTS = 3
MEANWHILE_POINTS = 3


class LineIdsPage(Page):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "line_ids")
        self.desk: Desk = desk
        self.header.set_subtitle(t("line_ids.subtitle"))
        self._job: Job | None = None
        inside = QWidget()
        inside.setMaximumWidth(theme.px(WIDTH))
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.px(8), 0)
        column.setSpacing(theme.px(12))
        self.reach = ReachCard()
        self.by_file = self._file_way()
        self.by_line = self._line_way()
        self.verify = self._verify_way()
        for card in (self.reach, self.by_file, self.by_line, self.verify):
            column.addWidget(card)
        column.addStretch(1)
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
        self.desk.jobs.read(read_reach, owner=self, then=self._show, latest="line_ids.reach")

    def commands(self) -> list[Command]:
        return [
            Command("line_ids.read_friends", "line_ids.read_friends", self.read_friends, icon="download"),
            Command("line_ids.check", "line_ids.check", self.check_sample),
        ]

    @property
    def is_connected(self) -> bool:
        """Whether an account (or the simulated one) is there to ask."""
        return self.desk.practice or bool(shop.get(self.desk.jobs.page_reader, "line_account"))

    def read_friends(self) -> None:
        """Read all friends from LINE into the shop; a second press while it runs does nothing."""
        if not self.is_connected:
            self.desk.dialogs.show(connect_dialog(self, self.desk, self.read_friends))
            return
        if self._job is not None:
            return
        jobs, line = self.desk.jobs, self.desk.line

        def work(ctx: JobContext) -> FriendsOutcome:
            now = jobs.in_reader(audience_editor.shop_today)
            return friends.read_friends(line.client(), jobs.in_writer, now, job=ctx)

        self._begin(self.by_line, message("line_ids.reading"))
        self._job = jobs.network(
            work,
            owner=self,
            then=self._read,
            on_error=self._not_read,
            on_cancelled=self._cancelled,
            progress=self._show_progress,
            title=message("line_ids.reading"),
        )

    def cancel(self) -> None:
        """Stop reading; nothing is kept then."""
        if self._job is not None:
            self._job.cancel()
            self.cancel_button.setEnabled(False)

    def check_sample(self) -> None:
        """Ask LINE for a few of the shop's people: user IDs of another provider never reach anybody."""
        if not self.is_connected:
            self.desk.dialogs.show(connect_dialog(self, self.desk, self.check_sample))
            return
        if self._job is not None:
            return
        jobs, line = self.desk.jobs, self.desk.line

        def work(ctx: JobContext) -> SampleOutcome:
            now = jobs.in_reader(audience_editor.shop_today)
            return friends.check_sample(line.client(), jobs.in_writer, now, job=ctx)

        self._begin(self.by_file, message("line_ids.checking"))
        self._job = jobs.network(
            work,
            owner=self,
            then=self._checked,
            on_error=lambda error: self._failed(self.by_file, error),
            on_cancelled=self._cancelled,
            title=message("line_ids.checking"),
        )

    def show_verification(self) -> None:
        """Bring the third way into view."""
        self.scrolled.ensureWidgetVisible(self.verify)

    def _file_way(self) -> WayCard:
        card = WayCard(1, t("line_ids.by_file"), t("line_ids.by_file_text"))
        card.add_point(t("line_ids.by_file_point"))
        card.add_point(t("line_ids.by_file_provider"))
        card.add_button(button(t("line_ids.import"), lambda: self.desk.go("import"), icon="download"))
        self.check_button = button(t("line_ids.check"), self.check_sample)
        self.check_button.setToolTip(t("line_ids.check_hint", n=SAMPLE))
        card.add_button(self.check_button)
        return card

    def _line_way(self) -> WayCard:
        card = WayCard(2, t("line_ids.by_line"), t("line_ids.by_line_text"))
        card.add_point(t("line_ids.by_line_point"))
        self.read_button = primary_button(t("line_ids.read_friends"), self.read_friends, icon="users")
        self.cancel_button = button(t("shell.cancel"), self.cancel)
        self.cancel_button.hide()
        card.add_button(self.read_button)
        card.add_button(self.cancel_button)
        card.more.setText(t("line_ids.how_to_verify"))
        card.more.setAccessibleName(t("line_ids.how_to_verify"))
        card.more.clicked.connect(self.show_verification)
        return card

    def _verify_way(self) -> WayCard:
        card = WayCard(3, t("line_ids.verify"), t("line_ids.verify_text"))
        for number in range(1, VERIFICATION_POINTS + 1):
            card.add_point(t(f"line_ids.verify_{number}"))
        card.points.addSpacing(theme.px(6))
        for number in range(1, MEANWHILE_POINTS + 1):
            card.add_point(t(f"line_ids.meanwhile_{number}"))
        card.add_button(
            button(t("line_ids.open_verification"), lambda: open_page(WebPage.MANAGER), icon="arrow-out")
        )
        return card

    def _begin(self, card: WayCard, doing: Message) -> None:
        self.read_button.setEnabled(False)
        self.check_button.setEnabled(False)
        self.cancel_button.setEnabled(True)
        self.cancel_button.setVisible(card is self.by_line)
        card.show_progress(0, None, render(doing))

    def _end(self) -> None:
        self._job = None
        self.read_button.setEnabled(True)
        self.check_button.setEnabled(True)
        self.cancel_button.hide()

    def _show_progress(self, done: int, total: int | None, text: Message | None) -> None:
        words = render(text or message("line_ids.reading"))
        far = t("line_ids.far_of", done=done, total=total) if total else t("line_ids.far", n=done)
        self.by_line.show_progress(done, total, f"{words} {far}")

    def _read(self, outcome: FriendsOutcome) -> None:
        self._end()
        counts = outcome.counts
        known = outcome.friends - counts.new - counts.left_out
        words = t("line_ids.read", n=outcome.friends, new=counts.new, known=known)
        if counts.gone:
            words = f"{words} {t('line_ids.gone', n=counts.gone)}"
        if counts.left_out:
            words = f"{words} {t('line_ids.left_out', n=counts.left_out)}"
        self.by_line.say(words)
        show = (
            message("line_ids.show_new"),
            lambda: self.desk.go("members", query="friend:yes shop_member:no"),
        )
        self.desk.notices.show(message("line_ids.read_short", n=outcome.friends), button=show)

    def _not_read(self, error: UserError) -> None:
        self._failed(self.by_line, error)
        if error.text.key == "line.not_verified":
            self.by_line.more.show()

    def _failed(self, card: WayCard, error: UserError) -> None:
        self._end()
        card.say(render(error.text), good=False, cure=render(error.cure) if error.cure else "")

    def _checked(self, outcome: SampleOutcome) -> None:
        self._end()
        if not outcome.checked:
            self.by_file.say(t("line_ids.none_to_check"), good=False)
        elif outcome.foreign:
            self.by_file.say(
                t("line_ids.foreign", n=outcome.checked), good=False, cure=t("line_ids.foreign_cure")
            )
        else:
            self.by_file.say(t("line_ids.sample_good", n=outcome.checked, friends=outcome.friends))

    def _cancelled(self) -> None:
        self._end()
        self.by_line.say("")
        self.by_file.say("")
        self.desk.notices.show(message("line_ids.cancelled"), kind="info")

    def _show(self, seen: ShopReach) -> None:
        self.reach.show_reach(seen)
        self.check_button.setVisible(seen.with_user_id > 0)
