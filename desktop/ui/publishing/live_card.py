"""What is live: which menus LINE shows to whom, since when, how far a publication is, and the ways back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.core.message import message
from desktop.operations.planning.publishing.models import Live, LiveMenu
from desktop.store.publishing.jobs import PublishingJob
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.publishing.deeds import MenuDeeds
from desktop.ui.publishing.dialogs.insight_dialog import InsightDialog
from desktop.ui.publishing.flow import PublishFlow
from desktop.ui.publishing.reading import Shown, read_shown
from desktop.ui.publishing.states import (
    MenuAct,
    act_label,
    acts,
    badge,
    bar_kind,
    is_open,
    is_serious,
    trouble,
)
from desktop.ui.publishing.words import for_whom, who_has
from desktop.ui.widgets.buttons import button, link_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.chips import Badge, FlowLayout
from desktop.ui.widgets.labels import error_text, muted, text_label
from desktop.ui.widgets.progress import ProgressBar


class LiveCard(Card):
    """See the module. :meth:`refresh` it when the page is opened and when plans, people, the outbox or LINE changed.

    Args:
        page: the page it stands in.
        desk: what it may use.
        flow: takes back and restores.
    """

    def __init__(self, page: Page, desk: Desk, flow: PublishFlow) -> None:
        super().__init__(t("publishing_page.live"))
        self._page = page
        self._desk = desk
        self._flow = flow
        self.deeds = MenuDeeds(page, desk)
        self.badge = Badge()
        self.header.addWidget(self.badge)
        self.badge.hide()
        self._running: int | None = None
        self.shown: Shown | None = None
        self._inside: QWidget | None = None

    def refresh(self) -> None:
        """Read again what is live."""
        self._desk.jobs.read(read_shown, owner=self, then=self._show, latest="publishing.live")

    def _show(self, shown: Shown) -> None:
        self._tell_of_the_end(shown.newest)
        if shown == self.shown:
            return
        self.shown = shown
        if self._inside is not None:
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self.body.addWidget(self._inside)
        live = shown.live
        self.badge.setVisible(live.job is not None)
        if not shown.connected:
            column.addWidget(muted(t("publishing_page.not_connected"), wrap=True))
            go = partial(self._desk.go, "settings", section="line")
            column.addWidget(button(t("publishing_page.connect"), go), 0, Qt.AlignmentFlag.AlignLeft)
            return
        if live.job is not None:
            self._add_job(column, live.job)
        elif shown.newest is not None and shown.newest.state == "refused":
            self._add_refused(column, shown.newest)
        if live.interrupted is not None and live.job is None:
            text = t(f"publishing_page.interrupted.{live.interrupted.kind}")
            column.addWidget(error_text(text))
        if live.refused and live.job is None:
            self._add_left_out(column, live)
        if live.doubtful:
            column.addWidget(error_text(t("publishing_page.doubtful")))
            ask = button(t("publishing_page.look_at_line"), self.deeds.look_at_line)
            column.addWidget(ask, 0, Qt.AlignmentFlag.AlignLeft)
        if live.menus:
            self._add_menus(column, live)
            if live.unsure and not live.doubtful:
                column.addWidget(muted(t("publishing_page.unsure", n=live.unsure), wrap=True))
        elif live.job is None and not live.doubtful:
            column.addWidget(muted(t("publishing_page.live_nothing"), wrap=True))
        self._add_buttons(column, live)

    def _add_job(self, column: QVBoxLayout, job: PublishingJob) -> None:
        self.badge.set(*badge(job))
        self.progress = ProgressBar(t("publishing_page.working"))
        self.progress.set(job.done, max(job.requests, 1), bar_kind(job))
        column.addWidget(self.progress)
        words = trouble(job)
        if words:
            column.addWidget(error_text(words) if is_serious(job) else muted(words, wrap=True))
        else:
            steps = t("publishing_page.steps", done=job.done, total=job.requests)
            column.addWidget(muted(steps, wrap=True))
        row = QWidget()
        flow = FlowLayout(row)
        flow.setContentsMargins(0, 0, 0, 0)
        for act in acts(job)[:-1]:
            flow.addWidget(button(act_label(act), partial(self.deeds.do, job, act)))
        show = partial(self._desk.go, "outbox", publishing=job.id)
        flow.addWidget(link_button(t("publishing_page.show_job"), show))
        column.addWidget(row)

    def _add_refused(self, column: QVBoxLayout, job: PublishingJob) -> None:
        """The last press led to nothing: why, and where its steps are."""
        self.badge.set(*badge(job))
        self.badge.show()
        column.addWidget(error_text(trouble(job)))
        show = partial(self._desk.go, "outbox", publishing=job.id)
        column.addWidget(link_button(t("publishing_page.show_job"), show), 0, Qt.AlignmentFlag.AlignLeft)

    def _add_left_out(self, column: QVBoxLayout, live: Live) -> None:
        """People whom LINE refused: how many, who they are, and another try."""
        column.addWidget(error_text(t("publishing_page.left_out", n=live.refused)))
        row = QWidget()
        flow = FlowLayout(row)
        flow.setContentsMargins(0, 0, 0, 0)
        self.again = button(act_label(MenuAct.AGAIN), partial(self._flow.try_again, live.refused))
        flow.addWidget(self.again)
        newest = self.shown.newest if self.shown is not None else None
        if newest is not None:
            show = partial(self._desk.go, "outbox", publishing=newest.id)
            flow.addWidget(link_button(t("publishing_page.left_out_who"), show))
        column.addWidget(row)

    def _add_menus(self, column: QVBoxLayout, live: Live) -> None:
        if live.since:
            column.addWidget(muted(t("publishing_page.live_since", time=i18n.moment(live.since)), wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnStretch(0, 1)
        alone = not any(menu.role == "people" for menu in live.menus)
        for at, menu in enumerate(live.menus):
            whose = self._whose(menu, who_has(live, at), alone=alone)
            grid.addWidget(text_label(menu.name), at, 0)
            grid.addWidget(whose, at, 1, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        column.addLayout(grid)

    def _whose(self, menu: LiveMenu, query: str, *, alone: bool) -> QWidget:
        if menu.role != "people":
            words = muted(for_whom(menu, alone=alone))
            words.setContentsMargins(0, theme.px(4), theme.px(6), theme.px(4))
            return words
        show = link_button(
            t("publishing_page.menu_people", n=menu.people),
            partial(self._desk.go, "members", query=query),
        )
        show.setAccessibleName(t("publishing_page.show_people", menu=menu.name, n=menu.people))
        show.setToolTip(for_whom(menu, alone=alone))
        return show

    def _add_buttons(self, column: QVBoxLayout, live: Live) -> None:
        row = QWidget()
        flow = FlowLayout(row)
        flow.setContentsMargins(0, 0, 0, 0)
        busy = live.job is not None or live.doubtful
        if live.menus:
            flow.addWidget(button(t("publishing_page.insight"), self.show_insight))
        if live.can_restore is not None and not busy:
            flow.addWidget(button(t("publishing_page.restore"), partial(self._flow.restore, live)))
        if live.menus and not busy:
            flow.addWidget(button(t("publishing_page.take_back"), partial(self._flow.take_back, live)))
        row.setVisible(flow.count() > 0)
        column.addWidget(row)

    def show_insight(self) -> None:
        """Show what LINE counted of the live menus."""
        self._desk.dialogs.show(InsightDialog(self._page, self._desk))

    def _tell_of_the_end(self, newest: PublishingJob | None) -> None:
        """A job that was on its way and is done: say so once."""
        if newest is None:
            return
        if is_open(newest):
            self._running = newest.id
        elif newest.id in (self._running, self._flow.pressed):
            self._running = self._flow.pressed = None
            if newest.state == "done":
                key = f"publishing_page.done.{newest.kind}"
                # What said that it is under way goes: it is no longer true.
                self._desk.notices.show(message(key), kind="success", alone=True)
