"""A text to read and to copy: for the account's administrator, for the shop platform, for the day a computer is lost."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.text import t
from desktop.ui import theme
from desktop.ui.widgets.buttons import button, primary_button
from desktop.ui.widgets.labels import good_text, heading, muted


class PaperDialog(QDialog):
    """See the module.

    Args:
        parent: any widget of the window.
        title: its heading.
        hint: what the text is for.
        text: what is read and copied.
    """

    def __init__(self, parent: QWidget, title: str, hint: str, text: str) -> None:
        super().__init__(parent.window())
        self.setWindowTitle(title)
        self.text = text
        column = QVBoxLayout(self)
        edge = theme.px(20)
        column.setContentsMargins(edge, edge, edge, theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(heading(title))
        column.addWidget(muted(hint, wrap=True))
        paper = QPlainTextEdit(text)
        paper.setReadOnly(True)
        paper.setTabChangesFocus(True)
        paper.setAccessibleName(title)
        paper.setMinimumSize(theme.px(520), theme.px(260))
        column.addWidget(paper, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.copied = good_text(t("line_account.copied"), wrap=False)
        self.copied.hide()
        row.addWidget(self.copied)
        row.addStretch(1)
        row.addWidget(button(t("shell.close"), self.accept))
        self.copy_button = primary_button(t("line_account.copy_text"), self.copy, icon="copy")
        row.addWidget(self.copy_button)
        column.addLayout(row)

    def copy(self) -> None:
        """Put the text on the clipboard."""
        QApplication.clipboard().setText(self.text)
        self.copied.show()
