"""The column of the page of sending: what becomes of a pressed message, the message that is written, and the press."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.text import t
from desktop.ui import theme
from desktop.ui.sending.confirm_card import ConfirmCard
from desktop.ui.sending.editor import MessageEditor
from desktop.ui.sending.watch_card import WatchCard
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.fields import check_box


class Work(QScrollArea):
    """Cards below each other: ``watch``, ``write`` with the ``editor`` and ``silent``, ``confirm``.

    Args:
        planned: what stands at the right of the message's title.
    """

    def __init__(self, planned: QWidget) -> None:
        super().__init__()
        self.editor = MessageEditor()
        self.silent = check_box(t("sending_page.silent"))
        self.write = Card(t("sending_page.message"), t("sending_page.message_hint"))
        self.write.header.addWidget(planned)
        self.write.body.addWidget(self.editor)
        self.write.body.addWidget(self.silent)
        self.confirm, self.watch = ConfirmCard(), WatchCard()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        for card in (self.watch, self.write, self.confirm):
            column.addWidget(card)
        column.addStretch(1)
        self.setWidget(inside)
