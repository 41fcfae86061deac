"""The table of uploads: one row each, as high as what has to be said in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView

from desktop.store.outbox import UploadJob
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.outbox.states import (
    NOTHING,
    Beside,
    act_label,
    badge,
    bar_kind,
    counts_down,
    fewer_at_line,
    first_act,
    is_serious,
    share,
    trouble,
)
from desktop.ui.widgets.table import (
    ROLE_ROLE,
    BadgeDelegate,
    Column,
    LinkDelegate,
    ProgressDelegate,
    SimpleTableModel,
    Table,
    row_height,
)

NAME, PEOPLE, STATE, PROGRESS, LINE_ID, TIME, ACT = range(7)
WIDTHS = (0, 76, 168, 0, 132, 116, 138)
NEEDED = 160
"""What name and progress need each, at 100 % text size."""

NAME_SHARE = 0.4
"""Of what is left for both; the progress may have to say something."""

TICK_MS = 1000
LINK_ACTS = frozenset({"broadcast", "renew", "sign_in", "confirm", "retry"})
Index = QModelIndex | QPersistentModelIndex


class UploadModel(SimpleTableModel):
    """Uploads, newest first, with what is known beside each."""

    def __init__(self, parent: QObject | None = None) -> None:
        self.beside: Mapping[int, Beside] = {}
        self.sent_share = 0.0
        columns = [
            Column(t("outbox_page.column.audience"), lambda job: job.audience),
            Column(t("outbox_page.column.people"), people_text, right=True),
            Column(t("outbox_page.column.state"), self.state_text, kind=lambda job: self._badge(job)[1]),
            Column(
                t("outbox_page.column.progress"),
                self._progress_text,
                value=lambda job: None if self._words(job) else share(job, self.sent_share),
                kind=bar_kind,
            ),
            Column(t("outbox_page.column.line_id"), lambda job: str(job.audience_group_id or "—")),
            Column(t("outbox_page.column.time"), lambda job: i18n.moment(job.pressed_at)),
            Column("", lambda job: act_label(first_act(job, self.of(job)))),
        ]
        super().__init__(columns, spoken=self.spoken, parent=parent)

    def of(self, job: UploadJob) -> Beside:
        """What is known beside an upload."""
        return self.beside.get(job.id, NOTHING)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == ROLE_ROLE and index.isValid():
            job = self.row(index)
            if index.column() == PROGRESS:
                return "error" if is_serious(job) else "muted"
            if index.column() == ACT:
                return "link" if first_act(job, self.of(job)) in LINK_ACTS else "ink"
        return super().data(index, role)

    def state_text(self, job: UploadJob) -> str:
        """The badge, with how much is out while a list leaves."""
        words = self._badge(job)[0]
        if job.state == "sending" and job.carries_ids and job.ids and self.sent_share:
            done = (job.ids_done + self.sent_share * job.count) / job.ids
            return t("outbox_page.state.sending_part", state=words, part=i18n.percent(min(done, 1.0), 1, 0))
        return words

    def spoken(self, job: UploadJob) -> str:
        """A row as a sentence."""
        words = t(
            "outbox_page.spoken",
            audience=job.audience,
            n=job.ids,
            state=self.state_text(job),
            time=i18n.moment(job.pressed_at),
        )
        return f"{words} {self._words(job)}".strip()

    def show_sent(self, part: float) -> None:
        """How much of the list that is leaving now is out."""
        self.sent_share = part
        for at, job in enumerate(self.rows):
            if job.state == "sending":
                self.dataChanged.emit(self.index(at, STATE), self.index(at, PROGRESS))

    def _badge(self, job: UploadJob) -> tuple[str, str]:
        return badge(job, beside=self.of(job))

    def _words(self, job: UploadJob) -> str:
        return row_words(job, self.of(job))

    def _progress_text(self, job: UploadJob) -> str:
        return self._words(job) or self.state_text(job)

    def tick(self) -> None:
        """A second went by: what counts down is drawn again."""
        for at, job in enumerate(self.rows):
            if counts_down(job):
                self.dataChanged.emit(
                    self.index(at, STATE), self.index(at, STATE), [Qt.ItemDataRole.DisplayRole]
                )


class UploadTable(Table):
    """``acted(job)``: the row's link was pressed; ``opened_job(job)``: the row was opened."""

    acted = Signal(object)
    opened_job = Signal(object)

    def __init__(self) -> None:
        super().__init__(t("outbox_page.table"))
        self.uploads = UploadModel(self)
        self.setModel(self.uploads)
        self.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.setItemDelegateForColumn(STATE, BadgeDelegate(self))
        self.setItemDelegateForColumn(PROGRESS, ProgressDelegate(self))
        links = LinkDelegate(self)
        links.activated.connect(lambda index: self.acted.emit(self.uploads.row(index)))
        self.setItemDelegateForColumn(ACT, links)
        self.fit_columns(stretch=PROGRESS, widths=WIDTHS)
        self.horizontalHeader().setSectionResizeMode(NAME, QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionsClickable(False)
        self.opened.connect(lambda index: self.opened_job.emit(self.uploads.row(index)))
        # What is said in a row needs another height as soon as its column has another width.
        self._fitting = QTimer(self, singleShot=True, interval=0)
        self._fitting.timeout.connect(self._fit_rows)
        self.horizontalHeader().sectionResized.connect(self._resized)
        self._ticking = QTimer(self, interval=TICK_MS)
        self._ticking.timeout.connect(self.uploads.tick)

    def show_jobs(self, jobs: Sequence[UploadJob], beside: Mapping[int, Beside] | None = None) -> None:
        """Show these uploads with what is known beside them; the selected one stays selected."""
        before = self.current_job
        self.uploads.beside = beside or {}
        self.uploads.set_rows(jobs)
        self._fit_columns()
        self._fit_rows()
        if before is not None:
            self.select(before.id)
        if any(counts_down(job) for job in jobs):
            self._ticking.start()
        else:
            self._ticking.stop()

    @property
    def current_job(self) -> UploadJob | None:
        """The selected upload."""
        index = self.currentIndex()
        job: UploadJob | None = self.uploads.row(index) if index.isValid() else None
        return job

    def select(self, upload_id: int) -> bool:
        """Select an upload by its number; False if it is not shown."""
        for at, job in enumerate(self.uploads.rows):
            if job.id == upload_id:
                self.setCurrentIndex(self.uploads.index(at, NAME))
                return True
        return False

    def press(self, row: int) -> None:
        """What a click on the row's link does."""
        self.acted.emit(self.uploads.row(row))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit_columns()
        super().resizeEvent(event)
        self._fit_rows()

    def _fit_columns(self) -> None:
        """What does not fit is left to the details: LINE's number first, then the time, then the number of people."""
        room = self.viewport().width()
        state, act = theme.px(WIDTHS[STATE]), theme.px(WIDTHS[ACT])
        fixed = state + act + theme.px(WIDTHS[PEOPLE])
        for column in (TIME, LINE_ID):
            fits = room >= fixed + theme.px(WIDTHS[column] + 2 * NEEDED)
            fixed += theme.px(WIDTHS[column]) if fits else 0
            self.setColumnHidden(column, not fits)
        narrow = room < state + act + theme.px(WIDTHS[PEOPLE] + 2 * NEEDED)
        self.setColumnHidden(PEOPLE, narrow)
        if narrow:
            state, act = min(state, self._widest(STATE)), min(act, self._widest(ACT))
            fixed = state + act
        self.setColumnWidth(STATE, state)
        self.setColumnWidth(ACT, act)
        self.setColumnWidth(NAME, round((room - fixed) * NAME_SHARE))

    def _widest(self, column: int) -> int:
        """What the texts of a column need."""
        texts = [str(self.uploads.index(at, column).data()) for at in range(len(self.uploads.rows))]
        return max((self.fontMetrics().horizontalAdvance(text) for text in texts), default=0) + theme.px(34)

    def _resized(self, column: int, _before: int, _now: int) -> None:
        if column == PROGRESS:
            self._fitting.start()

    def _fit_rows(self) -> None:
        plain = row_height(self)
        width = self.columnWidth(PROGRESS) - theme.px(16)
        for at, job in enumerate(self.uploads.rows):
            words = row_words(job, self.uploads.of(job))
            height = plain
            if words:
                flags = int(Qt.TextFlag.TextWordWrap)
                needed = self.fontMetrics().boundingRect(QRect(0, 0, width, 10_000), flags, words).height()
                height = max(plain, needed + theme.px(16))
            if self.rowHeight(at) != height:
                self.setRowHeight(at, height)


def people_text(job: UploadJob) -> str:
    """How many people a list holds: with a plus where it is added to what is there, a dash where it holds nobody."""
    if job.kind == "delete":
        return "—"
    count = i18n.number(job.ids)
    return f"+{count}" if job.kind == "add" else count


def row_words(job: UploadJob, beside: Beside) -> str:
    """What stands in the place of the bar: what is wrong, or what the owner might wonder about; "" for the bar."""
    words = trouble(job)
    if words or job.state != "ready" or beside.over:
        return words
    if beside.old_there:
        return t("outbox_page.row.old_there")
    if beside.sent_on is not None:
        return t("outbox_page.row.sent_on", day=i18n.date(beside.sent_on))
    fewer = fewer_at_line(job)
    return t("outbox_page.row.fewer", n=job.line_count or 0, fewer=fewer) if fewer else ""
