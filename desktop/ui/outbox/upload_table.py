"""The table of uploads and publications: one row each, as high as what has to be said in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView

from desktop.store.outbox import UploadJob
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.outbox.rows import either
from desktop.ui.outbox.rows.either import Row
from desktop.ui.outbox.states import NOTHING, Beside
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
Index = QModelIndex | QPersistentModelIndex


class UploadModel(SimpleTableModel):
    """Uploads and publications, newest first, with what is known beside each."""

    def __init__(self, parent: QObject | None = None) -> None:
        self.beside: Mapping[int, Beside] = {}
        self.sent_share = 0.0
        columns = [
            Column(t("outbox_page.column.name"), either.name),
            Column(t("outbox_page.column.people"), either.people, right=True),
            Column(t("outbox_page.column.state"), self.state_text, kind=lambda row: self._badge(row)[1]),
            Column(
                t("outbox_page.column.progress"),
                self._progress_text,
                value=lambda row: None if self._words(row) else either.share(row, self.sent_share),
                kind=either.bar_kind,
            ),
            Column(t("outbox_page.column.line_id"), either.line_id),
            Column(t("outbox_page.column.time"), either.time),
            Column("", lambda row: either.act_label(either.acts(row, self.of(row))[0])),
        ]
        super().__init__(columns, spoken=self.spoken, parent=parent)

    def of(self, row: Row) -> Beside:
        """What is known beside an upload."""
        return self.beside.get(row.id, NOTHING) if isinstance(row, UploadJob) else NOTHING

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == ROLE_ROLE and index.isValid():
            row: Row = self.row(index)
            if index.column() == PROGRESS:
                return "error" if either.is_serious(row) else "muted"
            if index.column() == ACT:
                return "link" if either.acts(row, self.of(row))[0] in either.LINK_ACTS else "ink"
        return super().data(index, role)

    def state_text(self, row: Row) -> str:
        """The badge, with how much is out while a list leaves."""
        words = self._badge(row)[0]
        if isinstance(row, UploadJob) and self.sent_share and _is_leaving(row):
            done = (row.ids_done + self.sent_share * row.count) / row.ids
            return t("outbox_page.state.sending_part", state=words, part=i18n.percent(min(done, 1.0), 1, 0))
        return words

    def spoken(self, row: Row) -> str:
        """A row as a sentence."""
        return either.spoken(row, self.state_text(row), self.of(row))

    def show_sent(self, part: float) -> None:
        """How much of the list that is leaving now is out."""
        self.sent_share = part
        for at, job in enumerate(self.rows):
            if job.state == "sending":
                self.dataChanged.emit(self.index(at, STATE), self.index(at, PROGRESS))

    def _badge(self, row: Row) -> tuple[str, str]:
        return either.badge(row, self.of(row))

    def _words(self, row: Row) -> str:
        return either.words(row, self.of(row))

    def _progress_text(self, row: Row) -> str:
        return self._words(row) or self.state_text(row)

    def tick(self) -> None:
        """A second went by: what counts down is drawn again."""
        for at, job in enumerate(self.rows):
            if either.counts_down(job):
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

    def show_jobs(self, rows: Sequence[Row], beside: Mapping[int, Beside] | None = None) -> None:
        """Show these uploads and publications with what is known beside them; the selected one stays selected."""
        before = self.current_row
        self.uploads.beside = beside or {}
        self.uploads.set_rows(rows)
        self._fit_columns()
        self._fit_rows()
        if before is not None:
            self.select_row(either.key_of(before))
        if any(either.counts_down(row) for row in rows):
            self._ticking.start()
        else:
            self._ticking.stop()

    @property
    def current_row(self) -> Row | None:
        """The selected upload or publication."""
        index = self.currentIndex()
        row: Row | None = self.uploads.row(index) if index.isValid() else None
        return row

    @property
    def current_job(self) -> UploadJob | None:
        """The selected upload; None where a publication is selected."""
        row = self.current_row
        return row if isinstance(row, UploadJob) else None

    def select(self, upload_id: int) -> bool:
        """Select an upload by its number; False if it is not shown."""
        return self.select_row(("upload", upload_id))

    def select_row(self, key: tuple[str, int | str]) -> bool:
        """Select an upload or a publication by its key (see :func:`either.key_of`); False if it is not shown."""
        for at, row in enumerate(self.uploads.rows):
            if either.key_of(row) == key:
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
            words = either.words(job, self.uploads.of(job))
            height = plain
            if words:
                flags = int(Qt.TextFlag.TextWordWrap)
                needed = self.fontMetrics().boundingRect(QRect(0, 0, width, 10_000), flags, words).height()
                height = max(plain, needed + theme.px(16))
            if self.rowHeight(at) != height:
                self.setRowHeight(at, height)


def _is_leaving(job: UploadJob) -> bool:
    return job.state == "sending" and job.carries_ids and bool(job.ids)
