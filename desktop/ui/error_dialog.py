"""What the owner sees when the program itself is wrong: one window that does not block, with details to copy. The details hold
what the program did, never members' data."""

from __future__ import annotations

import platform
import traceback

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

import desktop
from desktop.text import t
from desktop.ui import theme
from desktop.ui.widgets.buttons import button, primary_button
from desktop.ui.widgets.labels import IconLabel, heading, text_label


def details_of(error: BaseException) -> str:
    """Where the program failed: versions and the places in the code. The exception's own words are left out unless they are
    a plain name, because they may quote what was being worked on."""
    frames = traceback.extract_tb(error.__traceback__)
    places = "".join(f"  {frame.filename}:{frame.lineno} {frame.name}\n" for frame in frames)
    return (
        f"Tagline {desktop.__version__} · Python {platform.python_version()} · Qt {qVersion()} · "
        f"{platform.system()} {platform.release()}\n{type(error).__module__}.{type(error).__qualname__}\n{places}"
    )


class ErrorDialog(QDialog):
    """A bug, in words; stays open beside the window until it is closed."""

    def __init__(self, parent: QWidget | None, details: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(t("shell.bug_title"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        column = QVBoxLayout(self)
        edge = theme.px(20)
        column.setContentsMargins(edge, edge, edge, theme.px(16))
        column.setSpacing(theme.px(12))
        head = QHBoxLayout()
        picture = IconLabel("warning-circle", "error", 28)
        head.addWidget(picture)
        head.addWidget(heading(t("shell.bug_title")), 1)
        column.addLayout(head)
        words = text_label(t("shell.bug_text"))
        words.setMinimumWidth(theme.px(440))
        column.addWidget(words)
        self.details = QPlainTextEdit(details)
        self.details.setReadOnly(True)
        self.details.setAccessibleName(t("shell.details"))
        self.details.setMinimumHeight(theme.px(120))
        self.details.hide()
        column.addWidget(self.details)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.unfold = button(t("shell.show_details"), self._unfold)
        self.copy = button(t("shell.copy_details"), self._copy)
        self.close_button = primary_button(t("shell.close"), self.close)
        row.addWidget(self.unfold)
        row.addWidget(self.copy)
        row.addStretch(1)
        row.addWidget(self.close_button)
        column.addLayout(row)

    def _unfold(self) -> None:
        self.details.show()
        self.unfold.hide()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())
        self.copy.setText(t("shell.copied"))
