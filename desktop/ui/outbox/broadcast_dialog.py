"""How to send to an uploaded audience in LINE's manager: its name on the clipboard, the page in the browser, the steps. A
practice shop's audience exists nowhere but here, and is told so."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.limits import AUDIENCE
from desktop.store.outbox import UploadJob
from desktop.text import t
from desktop.ui import theme
from desktop.ui.outbox.details.copying import copy
from desktop.ui.outbox.web_pages import WebPage, open_page
from desktop.ui.widgets.buttons import button, primary_button
from desktop.ui.widgets.labels import heading, key_cap, muted, text_label, warning_text

STEPS = 5


class BroadcastDialog(QDialog):
    """The name is on the clipboard as soon as it is made.

    Args:
        parent: any widget of the window.
        job: an upload that is ready.
        practice: whether it lies at the simulated LINE only.
        opened: called once LINE's manager was opened, so that it can be asked later whether the message went out.
        open_browser: opens a page; replaced in tests.
    """

    def __init__(
        self,
        parent: QWidget,
        job: UploadJob,
        *,
        practice: bool,
        opened: Callable[[], object] = lambda: None,
        open_browser: Callable[[WebPage], bool] = open_page,
    ) -> None:
        super().__init__(parent.window())
        self.setWindowTitle(t("outbox_page.broadcast"))
        self.setMinimumWidth(theme.px(500))
        self._open_browser = open_browser
        self._opened = opened
        copy(job.line_name)
        column = QVBoxLayout(self)
        edge = theme.px(20)
        column.setContentsMargins(edge, edge, edge, theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(heading(t("outbox_page.broadcast_of", audience=job.line_name)))
        column.addWidget(text_label(t("outbox_page.broadcast_copied", audience=job.line_name)))
        if practice:
            column.addWidget(warning_text(t("outbox_page.broadcast_practice")))
        for number in range(1, STEPS + 1):
            column.addLayout(_step(number, t(f"outbox_page.broadcast_step_{number}", audience=job.line_name)))
        if job.ids < AUDIENCE.demographic_minimum:
            column.addWidget(muted(t("outbox.few", n=AUDIENCE.demographic_minimum), wrap=True))
        column.addWidget(muted(t("outbox_page.broadcast_computer"), wrap=True))
        self.problem = warning_text(t("outbox_page.no_browser", address=WebPage.MANAGER.value))
        self.problem.hide()
        column.addWidget(self.problem)
        column.addLayout(self._buttons(practice))

    def _buttons(self, practice: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addStretch(1)
        row.addWidget(button(t("shell.close"), self.reject))
        self.open_button = primary_button(
            t("outbox_page.broadcast_open"), self.open_manager, icon="arrow-out"
        )
        self.open_button.setVisible(not practice)
        row.addWidget(self.open_button)
        return row

    def open_manager(self) -> None:
        """Open LINE's manager in the browser; the dialog stays, for its steps."""
        self.problem.setVisible(not self._open_browser(WebPage.MANAGER))
        self._opened()


def _step(number: int, text: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.px(10))
    row.addWidget(key_cap(str(number)))
    row.addWidget(text_label(text), 1)
    return row
