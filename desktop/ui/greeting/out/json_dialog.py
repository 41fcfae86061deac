"""The greeting as LINE's message objects: to look at, copy, save, and have LINE check — the simulated LINE in a practice shop."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.text import t
from desktop.ui import theme
from desktop.ui.widgets.buttons import button, primary_button
from desktop.ui.widgets.labels import heading, muted, set_kind, text_label

WIDTH, HEIGHT = 620, 560


class JsonDialog(QDialog):
    """See the module.

    Args:
        parent: any widget of the window.
        messages: LINE's message objects.
        missing: what still has to be filled in before LINE takes them, as sentences.
        save: writes them to a file of the owner's choice.
        check: has LINE check them and says later through :meth:`show_result`; None where that cannot be.
    """

    def __init__(
        self,
        parent: QWidget,
        messages: Sequence[Mapping[str, Any]],
        missing: Sequence[str],
        save: Callable[[str], object],
        check: Callable[[JsonDialog], object] | None,
    ) -> None:
        super().__init__(parent.window())
        self.setWindowTitle(t("greeting_page.json"))
        self.text = written(messages)
        column = QVBoxLayout(self)
        edge = theme.px(20)
        column.setContentsMargins(edge, edge, edge, theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(heading(t("greeting_page.json")))
        column.addWidget(muted(t("greeting_page.json_hint"), wrap=True))
        self.answer = text_label()
        self.answer.setTextFormat(Qt.TextFormat.PlainText)
        self.answer.hide()
        column.addWidget(self.answer)
        self.paper = QPlainTextEdit(self.text)
        self.paper.setReadOnly(True)
        self.paper.setTabChangesFocus(True)
        self.paper.setAccessibleName(t("greeting_page.json"))
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(theme.px(12))
        self.paper.setFont(font)
        column.addWidget(self.paper, 1)
        column.addLayout(self._buttons(save, check))
        if missing:
            self.check.setEnabled(False)
            self.show_result("\n".join([t("greeting_page.missing"), *missing]), kind="warning")
        self.resize(theme.px(WIDTH), theme.px(HEIGHT))

    def _buttons(
        self, save: Callable[[str], object], check: Callable[[JsonDialog], object] | None
    ) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.check = button(t("greeting_page.check_by_line"), lambda: self._check(check))
        self.check.setEnabled(check is not None)
        row.addWidget(self.check)
        row.addStretch(1)
        row.addWidget(button(t("shell.close"), self.accept))
        row.addWidget(button(t("greeting_page.save_file"), lambda: save(self.text), icon="download"))
        self.copy_button = primary_button(t("greeting_page.copy_all"), self.copy, icon="copy")
        row.addWidget(self.copy_button)
        return row

    def copy(self) -> None:
        """Put the text on the clipboard."""
        QApplication.clipboard().setText(self.text)
        self.copy_button.setText(t("greeting_page.copied"))

    def show_result(self, text: str, kind: str) -> None:
        """Say what a check gave.

        Args:
            text: the sentence.
            kind: good, warning or error.
        """
        self.check.setEnabled(kind != "warning")
        self.answer.setText(text)
        set_kind(self.answer, kind)
        self.answer.show()

    def _check(self, check: Callable[[JsonDialog], object] | None) -> None:
        if check is not None:
            self.check.setEnabled(False)
            check(self)


def written(messages: Sequence[Mapping[str, Any]]) -> str:
    """The body of LINE's validation call, readable."""
    return json.dumps({"messages": list(messages)}, ensure_ascii=False, indent=2) + "\n"
