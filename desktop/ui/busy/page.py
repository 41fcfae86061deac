"""What is shown while something is done to a shop file that is not open: what it is, how far it is, and a way to stop it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.message import Message, message
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.desk import FrontDesk
from desktop.ui.page import Page
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.labels import heading, muted
from desktop.ui.widgets.progress import ProgressBar

WIDTH = 460


class BusyPage(Page):
    """One piece of work at a time."""

    def __init__(self, desk: FrontDesk) -> None:
        super().__init__(desk, "busy")
        self.header.hide()
        self._cancel: Callable[[], object] | None = None
        box = QWidget()
        box.setMaximumWidth(theme.px(WIDTH))
        column = QVBoxLayout(box)
        column.setSpacing(theme.px(10))
        self.what = heading("")
        self.progress = ProgressBar(t("shell.page.busy"))
        self.far = muted("")
        self.stop = button(t("shell.cancel"), self._stop)
        row = QHBoxLayout()
        row.addWidget(self.far, 1)
        row.addWidget(self.stop)
        column.addWidget(self.what)
        column.addWidget(self.progress)
        column.addLayout(row)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(box, 4)
        across.addStretch(1)
        self.body.addStretch(2)
        self.body.addLayout(across)
        self.body.addStretch(3)

    def opened(self, **arguments: Any) -> None:
        """Show ``title`` (a Message); ``cancel`` is what the button does."""
        title = arguments.get("title")
        if isinstance(title, Message):
            self.what.setText(render(title))
        self._cancel = arguments.get("cancel")
        self.stop.setEnabled(self._cancel is not None)
        self.show_progress(0, None, None)

    def show_progress(self, done: int, total: int | None, text: Message | None) -> None:
        """How far it is."""
        self.progress.set(done, total)
        words = [render(text)] if text is not None else []
        if total:
            words.append(t("shell.jobs.far", done=done, total=total))
        self.far.setText("  ".join(words))

    def pictures(self) -> dict[str, Callable[[], None]]:
        def restoring() -> None:
            self.opened(title=message("aside.restoring"), cancel=lambda: None)
            self.show_progress(12_400, 30_000, None)

        return {"restoring": restoring}

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.far.setText(t("shell.jobs.stopping"))
        if self._cancel is not None:
            self._cancel()
