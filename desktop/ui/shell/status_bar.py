"""The line at the foot of the window: how LINE is, from its last real answer; what runs; when things were saved last."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from desktop.store.overview import Overview
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.jobs import Jobs
from desktop.ui.widgets.labels import ElidedLabel, text_label


class Dot(QWidget):
    """A state as a small disc; the words beside it say the same."""

    def __init__(self) -> None:
        super().__init__()
        self.role = "offline"
        self.setFixedSize(theme.px(9), theme.px(9))

    def set(self, role: str) -> None:
        """Change the colour."""
        self.role = role
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(self.role))
        painter.drawEllipse(QRectF(self.rect()))
        painter.end()


class StatusBar(QFrame):
    """See the module.

    Args:
        jobs: None while no shop is open.
        open_outbox, open_jobs, open_palette: what clicks on the parts do.
    """

    def __init__(
        self,
        jobs: Jobs | None,
        *,
        practice: bool,
        open_outbox: Callable[[], object],
        open_jobs: Callable[[], object],
        open_palette: Callable[[], object],
    ) -> None:
        super().__init__()
        self.setObjectName("status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(t("shell.status_bar"))
        self._jobs = jobs
        self._practice = practice
        self._state = ""
        self._overview: Overview | None = None
        self._dot = Dot()
        self.line = _quiet_button("", open_outbox)
        self.warning = _quiet_button("", open_outbox)
        self.warning.hide()
        self.figures = ElidedLabel()
        self.figures.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.jobs = _quiet_button("", open_jobs)
        self.jobs.hide()
        self.saved = text_label("", wrap=False)
        keys = QKeySequence("Ctrl+K").toString(QKeySequence.SequenceFormat.NativeText)
        self.palette_hint = _quiet_button(t("shell.status.palette", keys=keys), open_palette)
        self._lay_out()
        self._dot.setVisible(jobs is not None)
        self.line.setVisible(jobs is not None)
        if jobs is not None:
            jobs.saved.connect(self.show_saved)
            jobs.listed.connect(self.show_jobs)
            self._say_line()

    def show_overview(self, overview: Overview) -> None:
        """Show what LINE said last and how many uploads wait."""
        self._overview = overview
        self._say_line()

    def set_line_state(self, state: str) -> None:
        """How LINE answered the last real call: on, off or signed_out; "" before the first."""
        self._state = state
        self._say_line()

    def warn(self, text: str, run: Callable[[], object]) -> None:
        """Show a standing warning (a backup folder that is gone, say); "" takes it away."""
        self.warning.setText(text)
        self.warning.setAccessibleName(text)
        self.warning.setVisible(bool(text))
        self.warning.clicked.disconnect()
        self.warning.clicked.connect(lambda: run())

    def show_saved(self) -> None:
        """Something was saved just now."""
        self.saved.setText(t("shell.status.saved", clock=i18n.clock(datetime.now(UTC))))

    def show_jobs(self) -> None:
        """Say how many jobs run."""
        count = len(self._jobs.running) if self._jobs is not None else 0
        self.jobs.setText(t("shell.status.jobs", n=count))
        self.jobs.setAccessibleName(self.jobs.text())
        self.jobs.setVisible(count > 0)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(2), theme.px(12), theme.px(2))
        row.setSpacing(theme.px(6))
        row.addWidget(self._dot)
        row.addWidget(self.line)
        row.addWidget(self.figures, 1)
        for part in (self.warning, self.jobs, self.saved, self.palette_hint):
            row.addWidget(part)

    def _say_line(self) -> None:
        seen = self._overview
        waiting = seen.waiting_uploads if seen else 0
        account = seen.account if seen else None
        if self._practice:
            role, words = "accent", t("shell.status.practice")
        elif self._state == "signed_out":
            role, words = "error_fill", t("shell.status.signed_out")
        elif self._state == "off":
            role = "offline"
            words = t("shell.status.offline_waiting", n=waiting) if waiting else t("shell.status.offline")
        elif account:
            role = "accent"
            words = t("shell.status.line", name=account.get("displayName", ""), id=account.get("basicId", ""))
        else:
            role, words = "offline", t("shell.status.no_line")
        self._dot.set(role)
        self.line.setText(words)
        self.line.setAccessibleName(words)
        self.figures.setText("    ".join(self._figures(waiting)))

    def _figures(self, waiting: int) -> list[str]:
        seen = self._overview
        parts: list[str] = []
        if seen is None:
            return parts
        if waiting and self._state != "off":
            parts.append(t("shell.status.waiting", n=waiting))
        if seen.figures and isinstance(seen.figures.get("followers"), int):
            parts.append(t("shell.status.friends", n=seen.figures["followers"]))
        if seen.quota and isinstance(seen.quota.get("value"), int):
            left = max(0, seen.quota["value"] - int(seen.quota.get("used") or 0))
            parts.append(t("shell.status.quota", left=left, total=seen.quota["value"]))
        return parts


def _quiet_button(text: str, run: Callable[[], object]) -> QPushButton:
    made = QPushButton(text)
    made.setAccessibleName(text)
    made.setAutoDefault(False)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    made.setIconSize(QSize(theme.px(12), theme.px(12)))
    made.clicked.connect(lambda: run())
    return made
