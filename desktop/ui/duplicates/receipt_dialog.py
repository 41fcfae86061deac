"""The receipt of an erasure: to be read, copied or saved. It names nobody."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.core.message import message
from desktop.operations.people.erasing import Receipt, receipt_text
from desktop.store import shop
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.widgets.buttons import button, primary_button
from desktop.ui.widgets.labels import error_text, heading, muted


class ReceiptDialog(QDialog):
    """See the module.

    Args:
        parent: any widget of the window.
        receipt: what to show.
    """

    def __init__(self, parent: QWidget, desk: Desk, receipt: Receipt) -> None:
        super().__init__(parent.window())
        self._desk = desk
        self.receipt = receipt
        self.setWindowTitle(t("leaving.receipt.title"))
        reader = desk.jobs.page_reader
        self.text = receipt_text(receipt, shop.get(reader, "name"), shop.get(reader, "zone", "Asia/Taipei"))
        column = QVBoxLayout(self)
        edge = theme.px(20)
        column.setContentsMargins(edge, edge, edge, theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(heading(t("leaving.receipt_done")))
        column.addWidget(muted(t("leaving.receipt_hint"), wrap=True))
        paper = QPlainTextEdit(self.text)
        paper.setReadOnly(True)
        paper.setAccessibleName(t("leaving.receipt.title"))
        paper.setMinimumSize(theme.px(520), theme.px(240))
        column.addWidget(paper)
        self.problem = error_text()
        self.problem.hide()
        column.addWidget(self.problem)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(button(t("leaving.receipt_copy"), self.copy, icon="copy"))
        row.addStretch(1)
        row.addWidget(button(t("shell.close"), self.accept))
        row.addWidget(primary_button(t("leaving.receipt_save"), self.save))
        column.addLayout(row)

    def copy(self) -> None:
        """Put the receipt on the clipboard."""
        QApplication.clipboard().setText(self.text)

    def save(self) -> None:
        """Ask where, and write it as a text file that opens right everywhere."""
        name = t("leaving.receipt_file", number=self.receipt.number)
        self._desk.dialogs.save_file(
            self, "export", name, self._write, filters=[(message("leaving.text_files"), "*.txt")]
        )

    def _write(self, file: Path) -> None:
        try:
            file.write_text(self.text, "utf-8-sig", newline="\r\n")
        except OSError:
            self.problem.setText(render(message("leaving.receipt_write", file=file.name)))
            self.problem.show()
            return
        self._desk.notices.show(message("leaving.receipt_saved", file=file.name))
        self.accept()
