"""One way to LINE user IDs: a numbered card with words, buttons, and what came of it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from desktop.ui import theme
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import error_text, good_text, heading, key_cap, muted, small, text_label
from desktop.ui.widgets.progress import ProgressBar


class WayCard(Card):
    """A way.

    Args:
        number: 1 to 3.
        title: its name.
        text: what it needs and brings.
    """

    def __init__(self, number: int, title: str, text: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addWidget(key_cap(str(number)))
        row.addWidget(heading(title), 1)
        self.count = muted("")
        row.addWidget(self.count)
        self.body.addLayout(row)
        self.body.addWidget(text_label(text))
        self.points = QVBoxLayout()
        self.points.setSpacing(theme.px(4))
        self.body.addLayout(self.points)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(theme.px(8))
        self.buttons.addStretch(1)
        self.body.addLayout(self.buttons)
        self.progress = ProgressBar(title)
        self.doing = small("")
        self.good = good_text()
        self.wrong = error_text()
        self.cure = text_label()
        self.more = link_button("")
        for part in (self.progress, self.doing, self.good, self.wrong, self.cure, self.more):
            part.hide()
            self.body.addWidget(part)

    def show_count(self, words: str) -> None:
        """The shop's own number, beside the title."""
        self.count.setText(words)

    def add_point(self, text: str) -> None:
        """Add a line under the text."""
        self.points.addWidget(muted(f"· {text}", wrap=True))

    def add_button(self, made: QPushButton) -> None:
        """Add a button; they stand side by side."""
        self.buttons.insertWidget(self.buttons.count() - 1, made)

    def show_progress(self, done: int, total: int | None, words: str) -> None:
        """Something runs."""
        self.say("")
        self.progress.set(done, total)
        self.progress.show()
        self.doing.setText(words)
        self.doing.show()

    def say(self, text: str, *, good: bool = True, cure: str = "") -> None:
        """Something ended: what came of it, and what to do."""
        self.progress.hide()
        self.doing.hide()
        self.more.hide()
        for label, words in (
            (self.good, text if good else ""),
            (self.wrong, "" if good else text),
            (self.cure, cure),
        ):
            label.setText(words)
            label.setVisible(bool(words))

    @property
    def said(self) -> str:
        """What it says now."""
        return self.good.text() or self.wrong.text()
