"""The settings' part 「LINE 數字同步」: friends, target reach and blocks of each day, read from LINE and kept for ever; on
request, and at start if the owner wants it. Who has no account connected types them in."""

from __future__ import annotations

from datetime import UTC, date, datetime

from PySide6.QtWidgets import QWidget

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.job import JobContext
from desktop.core.message import Message, message
from desktop.operations.line import syncing
from desktop.operations.line.syncing import SyncOutcome
from desktop.store import shop
from desktop.store.line import day_figures
from desktop.text import render, t
from desktop.ui import i18n, theme
from desktop.ui.desk import Desk
from desktop.ui.lanes import Job
from desktop.ui.line_account.figures_by_hand import FiguresByHand
from desktop.ui.settings.section import SettingsSection
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.card import Figures
from desktop.ui.widgets.chips import FlowLayout
from desktop.ui.widgets.fields import switch
from desktop.ui.widgets.labels import error_text, good_text, muted, small
from desktop.ui.widgets.progress import ProgressBar


class SyncSection(SettingsSection):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("line_sync.title"))
        self.job: Job | None = None
        self.body.addWidget(muted(t("line_sync.what"), wrap=True))
        self.at_start = switch(t("line_sync.at_start"))
        self.at_start.clicked.connect(lambda _: self.switch_at_start())
        self.body.addWidget(self.at_start)
        self.figures = Figures()
        for key in ("last", "days", "newest"):
            self.figures.add(t(f"line_sync.figure.{key}"), "—", key=key)
        self.body.addWidget(self.figures)
        self.body.addWidget(self._buttons())
        self.progress = ProgressBar(t("line_sync.title"))
        self.doing, self.good, self.wrong = small("", wrap=True), good_text(), error_text()
        for part in (self.progress, self.doing, self.good, self.wrong):
            part.hide()
            self.body.addWidget(part)
        self.by_hand = FiguresByHand(desk)
        self.body.addWidget(self.by_hand)
        self._show()

    def opened(self) -> None:
        if self.job is None:
            self._say("")
        self._show()

    def changed(self, changes: Changes) -> None:
        if changes.touches(Kind.LINE, Kind.ACCOUNT, Kind.SHOP):
            self._show()

    @property
    def is_connected(self) -> bool:
        """Whether there is an account (or the simulated one) to ask."""
        return self.desk.practice or bool(shop.get(self.desk.jobs.page_reader, "line_account"))

    def switch_at_start(self) -> None:
        """Read LINE at each start, or only on request."""
        on = self.at_start.isChecked()
        self.desk.jobs.write(
            lambda db, _ctx: Switched(syncing.set_at_start(db, on)), owner=self, then=lambda _: self._show()
        )

    def sync(self) -> None:
        """Read LINE now; a second press while it runs does nothing."""
        if self.job is not None or not self.is_connected:
            return
        jobs, line = self.desk.jobs, self.desk.line

        def work(ctx: JobContext) -> SyncOutcome:
            return syncing.sync(line.client(), jobs.in_writer, datetime.now(UTC), job=ctx)

        self._say("")
        self._show_progress(0, None, message("line_sync.reading"))
        self.cancel_button.setEnabled(True)
        self.job = jobs.network(
            work,
            owner=self,
            then=self._read,
            on_error=self._failed,
            on_cancelled=self._cancelled,
            progress=self._show_progress,
            title=message("line_sync.reading"),
        )
        self._show_buttons()

    def cancel(self) -> None:
        """Stop reading; the days read stay."""
        if self.job is not None:
            self.job.cancel()
            self.cancel_button.setEnabled(False)

    def _buttons(self) -> QWidget:
        made = QWidget()
        row = FlowLayout(made, gap=theme.px(8))
        self.sync_button = button(t("line_sync.now"), self.sync, icon="refresh")
        self.cancel_button = button(t("line_sync.stop"), self.cancel)
        for each in (self.sync_button, self.cancel_button):
            row.addWidget(each)
        self.cancel_button.hide()
        return made

    def _show_progress(self, done: int, total: int | None, text: Message | None) -> None:
        self.progress.set(done, total)
        self.progress.show()
        words = render(text or message("line_sync.reading"))
        self.doing.setText(f"{words} {t('line_sync.far', n=done)}" if done else words)
        self.doing.show()

    def _read(self, outcome: SyncOutcome) -> None:
        words = [t("line_sync.read", n=outcome.days)]
        if outcome.results:
            words.append(t("line_sync.read_results", n=outcome.results))
        if outcome.note is not None:
            words.append(render(outcome.note))
        if outcome.more_at is not None:
            words.append(t("line_sync.more_at", when=i18n.moment(outcome.more_at)))
        self._end(i18n.sentences(words), good=True)

    def _failed(self, error: UserError) -> None:
        cure = render(error.cure) if error.cure else ""
        self._end(i18n.sentences((render(error.text), cure)), good=False)

    def _cancelled(self) -> None:
        self._end(t("line_sync.stopped"), good=True)

    def _end(self, words: str, *, good: bool) -> None:
        self.job = None
        self.progress.hide()
        self.doing.hide()
        self._say(words, good=good)
        self._show()

    def _say(self, words: str, *, good: bool = True) -> None:
        for label, text in ((self.good, words if good else ""), (self.wrong, "" if good else words)):
            label.setText(text)
            label.setVisible(bool(text))

    def _show(self) -> None:
        db = self.desk.jobs.page_reader
        self.at_start.setChecked(syncing.at_start(db))
        last, days = syncing.last_sync(db), day_figures.day_figures(db)
        self.figures.set("last", i18n.moment(last.at) if last is not None else t("line_sync.never"))
        span = (
            t("line_sync.span", n=len(days), first=_day(days[0].day), last=_day(days[-1].day))
            if days
            else "—"
        )
        self.figures.set("days", span)
        newest = "—"
        if days:
            followers, blocks = days[-1].followers, days[-1].blocks
            newest = t(
                "line_sync.newest",
                friends="—" if followers is None else i18n.number(followers),
                reach="—" if days[-1].target_reach is None else i18n.number(days[-1].target_reach),
                blocks="—" if blocks is None else i18n.number(blocks),
            )
        self.figures.set("newest", newest)
        self._show_buttons()
        self.by_hand.show_days()

    def _show_buttons(self) -> None:
        self.sync_button.setEnabled(self.job is None and self.is_connected)
        self.sync_button.setToolTip("" if self.is_connected else t("line_sync.connect_first"))
        self.cancel_button.setVisible(self.job is not None)
        self.at_start.setEnabled(self.is_connected)


class Switched:
    """The outcome of the switch."""

    def __init__(self, changes: Changes) -> None:
        self.changes = changes


def _day(day: date) -> str:
    return i18n.date(day)
