"""What a page shows while it has nothing to show: a picture, a sentence, and the button that changes it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.ui import icons, theme
from desktop.ui.widgets.labels import heading, muted


class EmptyState(QWidget):
    """Centred in the room it is given."""

    def __init__(self, icon: str, title: str, text: str = "", *buttons: QPushButton) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setSpacing(theme.px(8))
        column.addStretch(2)
        picture = QLabel()
        side = theme.px(44)
        picture.setPixmap(icons.icon(icon, "accent").pixmap(QSize(side, side), self.devicePixelRatio()))
        self.title, self.text = heading(title), muted(text, wrap=True)
        for label in (picture, self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(picture)
        column.addWidget(self.title)
        self.text.setMaximumWidth(theme.px(520))
        self.text.setVisible(bool(text))
        # Between stretches, not by an alignment: an aligned label is given one line's height, however many it has.
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(self.text, 100)
        across.addStretch(1)
        column.addLayout(across)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addStretch(1)
        for each in buttons:
            row.addWidget(each)
        row.addStretch(1)
        column.addSpacing(theme.px(8))
        column.addLayout(row)
        column.addStretch(3)
