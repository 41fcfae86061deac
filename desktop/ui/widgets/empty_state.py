"""What a page shows while it has nothing to show: a picture, a sentence, and the button that changes it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.widgets.labels import IconLabel, heading, muted


class EmptyState(QWidget):
    """Centred in the room it is given."""

    def __init__(self, icon: str, title: str, text: str = "", *buttons: QPushButton) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setSpacing(theme.px(8))
        column.addStretch(2)
        column.addWidget(IconLabel(icon, "accent", 44), 0, Qt.AlignmentFlag.AlignHCenter)
        self.title, self.text = heading(title), muted(text, wrap=True)
        for label in (self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.title)
        self.text.setMaximumWidth(theme.px(520))
        # Between stretches, not by an alignment: an aligned label is given one line's height, however many it has.
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(self.text, 100)
        across.addStretch(1)
        column.addLayout(across)
        # Not before it has a place: shown without one, it would be a window of its own for a moment.
        self.text.setVisible(bool(text))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addStretch(1)
        for each in buttons:
            row.addWidget(each)
        row.addStretch(1)
        column.addSpacing(theme.px(8))
        column.addLayout(row)
        column.addStretch(3)
