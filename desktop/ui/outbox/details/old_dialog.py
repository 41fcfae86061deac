"""「舊受眾還在」: an audience that another took the place of is deleted at LINE only on an explicit yes, because a scheduled
message may use it. Closing the question keeps it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.operations.line.keeping_in_step import OldCopy
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.outbox.web_pages import WebPage, open_page
from desktop.ui.widgets.buttons import button, danger_button, link_button
from desktop.ui.widgets.labels import heading, muted, text_label


class OldDialog(QDialog):
    """Keep is what Return presses.

    Args:
        parent: any widget of the window.
        old: the audience that was replaced.
        delete: called when the owner says that nothing uses it.
        keep: called when it is to stay for now.
    """

    def __init__(
        self,
        parent: QWidget,
        old: OldCopy,
        *,
        delete: Callable[[OldCopy], object],
        keep: Callable[[OldCopy], object],
    ) -> None:
        super().__init__(parent.window())
        self.old = old
        self.setWindowTitle(t("outbox_page.old.title"))
        self.setMinimumWidth(theme.px(520))
        column = QVBoxLayout(self)
        edge = theme.px(20)
        column.setContentsMargins(edge, edge, edge, theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(heading(t("outbox_page.old.title")))
        column.addWidget(text_label(t("outbox_page.old.text", name=old.name, audience=old.audience)))
        column.addWidget(text_label(t("outbox_page.old.question")))
        column.addWidget(
            link_button(t("outbox_page.old.look"), lambda: open_page(WebPage.MANAGER), icon="arrow-out")
        )
        if old.until:
            column.addWidget(muted(t("outbox_page.old.until", day=i18n.date(old.until)), wrap=True))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addStretch(1)
        self.keep = button(t("outbox_page.old.keep"), lambda: self._choose(keep))
        self.keep.setDefault(True)
        self.delete = danger_button(t("outbox_page.old.delete"), lambda: self._choose(delete))
        row.addWidget(self.keep)
        row.addWidget(self.delete)
        column.addLayout(row)
        self.keep.setFocus()

    def _choose(self, run: Callable[[OldCopy], object]) -> None:
        self.accept()
        run(self.old)
