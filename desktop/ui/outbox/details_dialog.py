"""Everything about one upload: what was sent when, LINE's numbers to copy, its steps, what changed since, what is wrong and
what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.core.people.query_text import parse
from desktop.operations.line.audiences_at_line import CountGap
from desktop.store.outbox import UploadJob
from desktop.text import render, t
from desktop.ui import i18n, theme
from desktop.ui.audiences.conditions.words import summary
from desktop.ui.audiences.pressing.words import people_query
from desktop.ui.outbox.deeds import UploadDeeds
from desktop.ui.outbox.details.copying import copy
from desktop.ui.outbox.details.steps_list import StepsList
from desktop.ui.outbox.seen import Known
from desktop.ui.outbox.states import Act, act_label, acts, badge, is_serious, trouble
from desktop.ui.widgets.buttons import button, icon_button, link_button, primary_button
from desktop.ui.widgets.chips import Badge
from desktop.ui.widgets.labels import error_text, heading, muted, text_label

COPIED = ("line_name", "audience_group_id", "request_id")
WIDTH, MOST_HEIGHT, EDGE = 560, 660, 26


class UploadDetails(QDialog):
    """Stays up to date while it is open (see :meth:`show_known`). ``audience_asked(id)``: open the audience;
    ``people_asked(query)``: show these people.

    Args:
        parent: any widget of the window.
        known: the upload and what is known beside it.
        act: called with (job, act) when a button is pressed; the dialog closes then.
        deeds: where the day of sending is kept.
    """

    audience_asked = Signal(int)
    people_asked = Signal(str)

    def __init__(
        self, parent: QWidget, known: Known, act: Callable[[UploadJob, Act], object], deeds: UploadDeeds
    ) -> None:
        super().__init__(parent.window())
        self.setMinimumWidth(theme.px(WIDTH))
        self._act = act
        self._deeds = deeds
        self._column = QVBoxLayout(self)
        edge = theme.px(20)
        self._column.setContentsMargins(edge, edge, edge, theme.px(16))
        self._column.setSpacing(theme.px(12))
        self._inside, self._foot = QWidget(), QWidget()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._column.addWidget(self._scroll, 1)
        self._column.addWidget(self._foot)
        self.known = known
        self.show_known(known)

    @property
    def job(self) -> UploadJob:
        """The upload shown."""
        return self.known.job

    def show_known(self, known: Known) -> None:
        """Show the upload as it is now."""
        self.known = known
        job = known.job
        self.setWindowTitle(t("outbox_page.details_of", audience=job.audience))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.px(6), 0)
        column.setSpacing(theme.px(12))
        column.addLayout(self._top(known))
        self._add_trouble(column, job)
        self._add_gap(column, known.gap)
        self.progress = muted("", wrap=True)
        self.progress.setVisible(False)
        column.addWidget(self.progress)
        self.show_bytes(0, 0)
        if known.steps:
            column.addWidget(StepsList(known.steps))
        self._add_difference(column, known)
        column.addLayout(self._facts(known))
        column.addWidget(muted(t("outbox_page.details_safe"), wrap=True))
        column.addStretch(1)
        self._scroll.setWidget(inside)
        self._inside = inside
        foot = QWidget()
        foot.setLayout(self._buttons(known))
        self._column.replaceWidget(self._foot, foot)
        self._foot.hide()
        self._foot.deleteLater()
        self._foot = foot
        width = theme.px(WIDTH - 2 * EDGE)
        height = max(inside.sizeHint().height(), inside.heightForWidth(width)) + theme.px(8)
        self._scroll.setMinimumHeight(min(theme.px(MOST_HEIGHT), height, self._room()))
        self._close.setFocus()

    def show_bytes(self, done: int, total: int) -> None:
        """How much of the list that leaves now is out, beside the people LINE has taken in already."""
        job = self.job
        self.progress.setVisible(job.state == "sending" and job.carries_ids)
        words = t("outbox_page.people_done", done=job.ids_done, n=job.ids)
        if total:
            size = t("outbox_page.bytes_done", done=_megabytes(done), total=_megabytes(total))
            words = t("outbox_page.both_done", people=words, bytes=size)
        self.progress.setText(words)

    def _room(self) -> int:
        window = self.parentWidget()
        return (
            max(theme.px(200), window.height() - theme.px(170))
            if window is not None
            else theme.px(MOST_HEIGHT)
        )

    def _top(self, known: Known) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addWidget(heading(known.job.audience), 1)
        row.addWidget(Badge(*badge(known.job, beside=known.beside)), 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _add_trouble(self, column: QVBoxLayout, job: UploadJob) -> None:
        words = trouble(job)
        if words:
            wrong = error_text(words) if is_serious(job) else text_label(words)
            wrong.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(wrong)
        if job.cancelling:
            column.addWidget(text_label(t("outbox_page.cancelling")))

    def _add_gap(self, column: QVBoxLayout, gap: CountGap | None) -> None:
        """Why LINE counts other people than were uploaded, and who they are where that is known."""
        if gap is None:
            return
        reasons = "".join(f"\n· {render(reason)}" for reason in gap.reasons)
        words = text_label(t("outbox_page.gap", n=gap.counted, given=gap.given) + reasons)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(words)
        if gap.refused:
            query = people_query(gap.refused)
            show = link_button(t("outbox_page.gap_people"), lambda: self._open_people(query))
            column.addWidget(show, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_difference(self, column: QVBoxLayout, known: Known) -> None:
        drift = known.drift
        if drift is None or known.job.audience_id is None:
            return
        if drift.in_step:
            column.addWidget(muted(t("outbox_page.drift_none"), wrap=True))
            return
        left = drift.left or 0
        words = t("outbox_page.drift", joined=drift.joined, left=left, unchanged=drift.unchanged)
        row = QHBoxLayout()
        row.addWidget(text_label(words), 1)
        audience = known.job.audience_id
        row.addWidget(link_button(t("outbox_page.to_audience"), lambda: self._open_audience(audience)))
        column.addLayout(row)

    def _facts(self, known: Known) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnStretch(1, 1)
        for at, (name, value) in enumerate(facts(known)):
            label = muted(t(f"outbox_page.fact.{name}"))
            grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
            shown = text_label(value)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            shown.setAccessibleName(f"{label.text()}: {value}")
            grid.addWidget(shown, at, 1)
            if name in COPIED:
                named = t("outbox_page.copy", what=label.text())
                grid.addWidget(icon_button("copy", named, partial(copy, value)), at, 2)
        self._add_sent_day(grid, known)
        return grid

    def _add_sent_day(self, grid: QGridLayout, known: Known) -> None:
        """The day the owner said it was sent: kept and taken back here."""
        job, sent = known.job, known.beside.sent_on
        if job.state != "ready" or job.kind == "delete":
            return
        at = grid.rowCount()
        grid.addWidget(muted(t("outbox_page.fact.sent_on")), at, 0)
        if sent is None:
            keep = link_button(t("outbox_page.sent_today"), lambda: self._deeds.was_sent(job.id))
            grid.addWidget(keep, at, 1, 1, 2, Qt.AlignmentFlag.AlignLeft)
        else:
            grid.addWidget(text_label(i18n.date(sent)), at, 1)
            back = icon_button("undo", t("outbox_page.sent_back"), lambda: self._deeds.not_sent(job.id))
            grid.addWidget(back, at, 2)

    def _buttons(self, known: Known) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addStretch(1)
        self._close = button(t("shell.close"), self.reject)
        row.addWidget(self._close)
        offered = [act for act in acts(known.job, known.beside) if act is not Act.DETAILS]
        for act in reversed(offered):
            make = primary_button if act is offered[0] and act is not Act.CANCEL else button
            row.addWidget(make(act_label(act), partial(self._choose, act)))
        return row

    def _open_audience(self, audience: int) -> None:
        self.accept()
        self.audience_asked.emit(audience)

    def _open_people(self, query: str) -> None:
        self.accept()
        self.people_asked.emit(query)

    def _choose(self, act: Act) -> None:
        job = self.job
        self.accept()
        self._act(job, act)


def facts(known: Known) -> list[tuple[str, str]]:
    """What is known of an upload: (name, text), without what is not known yet."""
    job = known.job
    count = t("outbox_page.line_count", n=job.line_count) if job.line_count is not None else ""
    people = t("outbox_page.ids_of", n=job.ids, members=job.members) if job.kind != "delete" else ""
    found = [
        ("ids", t("outbox_page.ids_joined", n=job.ids) if job.kind == "add" else people),
        ("line_name", job.line_name),
        ("audience_group_id", str(job.audience_group_id or job.group_id or "")),
        ("line_count", count),
        ("query", summary(parse(job.query, extra_columns=None)) if job.kind != "delete" else ""),
        ("pressed_at", i18n.moment(job.pressed_at)),
        ("ready_at", i18n.moment(job.ready_at) if job.kind != "delete" else ""),
        ("expires_at", i18n.moment(job.expires_at)),
        ("next_try_at", i18n.moment(job.next_try_at)),
        ("request_id", job.request_id or ""),
    ]
    return [(name, text) for name, text in found if text]


def _megabytes(count: int) -> str:
    return f"{count / 1_000_000:.1f}" if count >= 100_000 else f"{count / 1_000_000:.2f}"
