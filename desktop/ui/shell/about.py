"""What this program is, its version, and whose work it stands on."""

from __future__ import annotations

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

import desktop
from desktop.text import t
from desktop.ui import theme
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.labels import muted, text_label, title


class AboutDialog(QDialog):
    """A small sheet of text."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent.window())
        self.setWindowTitle(t("shell.command.about"))
        column = QVBoxLayout(self)
        edge = theme.px(20)
        column.setContentsMargins(edge, edge, edge, theme.px(16))
        column.setSpacing(theme.px(10))
        column.addWidget(title(t("shell.about.name")))
        column.addWidget(muted(t("shell.about.version", version=desktop.__version__, qt=qVersion())))
        words = text_label(t("shell.about.text"))
        words.setMinimumWidth(theme.px(400))
        column.addWidget(words)
        column.addWidget(muted(t("shell.about.licences"), wrap=True))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(t("shell.close"), self.accept))
        column.addLayout(row)
