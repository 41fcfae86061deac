"""Everything about one upload: what was sent when, LINE's numbers to copy, what is wrong and what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.people.query_text import parse
from desktop.store.outbox import UploadJob
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.audiences.conditions.words import summary
from desktop.ui.outbox.states import Act, act_label, acts, badge, is_serious, trouble
from desktop.ui.widgets.buttons import button, icon_button, primary_button
from desktop.ui.widgets.chips import Badge
from desktop.ui.widgets.labels import error_text, heading, muted, text_label

COPIED = ("line_name", "audience_group_id", "request_id")


class UploadDetails(QDialog):
    """Stays up to date while it is open (see :meth:`show_job`).

    Args:
        parent: any widget of the window.
        job: the upload.
        act: called with (job, act) when a button is pressed; the dialog closes then.
    """

    def __init__(self, parent: QWidget, job: UploadJob, act: Callable[[UploadJob, Act], object]) -> None:
        super().__init__(parent.window())
        self.setMinimumWidth(theme.px(480))
        self._act = act
        self._column = QVBoxLayout(self)
        edge = theme.px(20)
        self._column.setContentsMargins(edge, edge, edge, theme.px(16))
        self._inside = QWidget()
        self._column.addWidget(self._inside)
        self.job = job
        self.show_job(job)

    def show_job(self, job: UploadJob) -> None:
        """Show the upload as it is now."""
        self.job = job
        self.setWindowTitle(t("outbox_page.details_of", audience=job.audience))
        old, self._inside = self._inside, QWidget()
        self._column.replaceWidget(old, self._inside)
        old.hide()
        old.deleteLater()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addLayout(self._top(job))
        words = trouble(job)
        if words:
            wrong = error_text(words) if is_serious(job) else text_label(words)
            wrong.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(wrong)
        column.addLayout(self._facts(job))
        column.addWidget(muted(t("outbox_page.details_safe"), wrap=True))
        column.addStretch(1)
        column.addLayout(self._buttons(job))
        self._close.setFocus()

    def _top(self, job: UploadJob) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addWidget(heading(job.audience), 1)
        row.addWidget(Badge(*badge(job)))
        return row

    def _facts(self, job: UploadJob) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnStretch(1, 1)
        for at, (name, value) in enumerate(facts(job)):
            grid.addWidget(muted(t(f"outbox_page.fact.{name}")), at, 0)
            shown = text_label(value)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            shown.setAccessibleName(f"{t(f'outbox_page.fact.{name}')}: {value}")
            grid.addWidget(shown, at, 1)
            if name in COPIED:
                named = t("outbox_page.copy", what=t(f"outbox_page.fact.{name}"))
                grid.addWidget(icon_button("copy", named, partial(copy, value)), at, 2)
        return grid

    def _buttons(self, job: UploadJob) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addStretch(1)
        self._close = button(t("shell.close"), self.reject)
        row.addWidget(self._close)
        offered = [act for act in acts(job) if act is not Act.DETAILS]
        for act in reversed(offered):
            make = primary_button if act is offered[0] and act is not Act.CANCEL else button
            row.addWidget(make(act_label(act), partial(self._choose, act)))
        return row

    def _choose(self, act: Act) -> None:
        self.accept()
        self._act(self.job, act)


def facts(job: UploadJob) -> list[tuple[str, str]]:
    """What is known of an upload: (name, text), without what is not known yet."""
    count = t("outbox_page.line_count", n=job.line_count) if job.line_count is not None else ""
    known = [
        ("ids", t("outbox_page.ids_of", n=job.ids, members=job.members)),
        ("line_name", job.line_name),
        ("audience_group_id", str(job.audience_group_id or "")),
        ("line_count", count),
        ("query", summary(parse(job.query, extra_columns=None))),
        ("pressed_at", i18n.moment(job.pressed_at)),
        ("ready_at", i18n.moment(job.ready_at)),
        ("expires_at", i18n.moment(job.expires_at)),
        ("next_try_at", i18n.moment(job.next_try_at)),
        ("request_id", job.request_id or ""),
    ]
    return [(name, text) for name, text in known if text]


def copy(text: str) -> None:
    """Put a text on the clipboard."""
    QGuiApplication.clipboard().setText(text)
