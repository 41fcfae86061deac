"""What is running now: each long job with its progress in numbers and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.jobs import Jobs
from desktop.ui.lanes import Job, State
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.labels import ElidedLabel, heading, muted
from desktop.ui.widgets.progress import ProgressBar
from desktop.ui.widgets.shadow import lift

WIDTH = 380


class JobsPanel(QFrame):
    """Lies over the foot of ``over``; hidden until it is asked for."""

    def __init__(self, over: QWidget, jobs: Jobs) -> None:
        super().__init__(over)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(t("shell.jobs.title"))
        self._over = over
        self._jobs = jobs
        self._lines: dict[Job, _Line] = {}
        column = QVBoxLayout(self)
        edge = theme.px(14)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(theme.px(10))
        column.addWidget(heading(t("shell.jobs.title")))
        self._column = column
        self._nothing = muted(t("shell.jobs.nothing"))
        column.addWidget(self._nothing)
        self.hide()
        lift(self)
        jobs.listed.connect(self._update)

    def toggle(self) -> None:
        """Show or hide it."""
        self.setVisible(self.isHidden())
        if self.isVisible():
            self._update()
            self.raise_()

    def _update(self) -> None:
        if self.isHidden():
            return
        running = self._jobs.running
        for job in [job for job in self._lines if job not in running]:
            self._lines.pop(job).deleteLater()
        for job in running:
            if job not in self._lines:
                self._lines[job] = _Line(job)
                self._column.addWidget(self._lines[job])
            self._lines[job].update_from(job)
        self._nothing.setVisible(not running)
        QTimer.singleShot(0, self, self._place)

    def _place(self) -> None:
        self.setFixedWidth(min(theme.px(WIDTH), self._over.width() - theme.px(24)))
        self.adjustSize()
        self.move(
            self._over.width() - self.width() - theme.px(12),
            self._over.height() - self.height() - theme.px(8),
        )


class _Line(QWidget):
    def __init__(self, job: Job) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(theme.px(4))
        self._title = ElidedLabel(render(job.title) if job.title else "")
        self._far = muted()
        self._bar = ProgressBar(self._title.text())
        self._stop = link_button(t("shell.cancel"), lambda: self._cancel(job))
        grid.addWidget(self._title, 0, 0)
        grid.addWidget(self._stop, 0, 1)
        grid.addWidget(self._bar, 1, 0, 1, 2)
        grid.addWidget(self._far, 2, 0, 1, 2)

    def update_from(self, job: Job) -> None:
        """Show how far the job is."""
        self._bar.set(job.done, job.total)
        self._far.setText(far(job))

    def _cancel(self, job: Job) -> None:
        job.cancel()
        self._stop.setEnabled(False)
        self._stop.setText(t("shell.jobs.stopping"))


def far(job: Job) -> str:
    """How far a job is, in words: 12,400 / 30,000."""
    if job.state is State.WAITING:
        return t("shell.jobs.waiting")
    parts = [render(job.text)] if job.text is not None else []
    if job.total:
        parts.append(t("shell.jobs.far", done=job.done, total=job.total))
    elif job.done:
        parts.append(f"{job.done:,}")
    return "  ".join(parts)
