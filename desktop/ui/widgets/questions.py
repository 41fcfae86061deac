"""The two questions of our own: yes or no, and a line of text."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.message import Message, message
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.widgets.buttons import button as plain_button
from desktop.ui.widgets.buttons import danger_button, primary_button
from desktop.ui.widgets.fields import TextField
from desktop.ui.widgets.labels import error_text, heading, text_label


class Question(QDialog):
    """What will happen, and two buttons; Cancel is the one that Return presses."""

    def __init__(self, parent: QWidget, title: str, text: str, yes: str, *, danger: bool = False) -> None:
        super().__init__(parent.window())
        self.setWindowTitle(title)
        self.column = QVBoxLayout(self)
        edge = theme.px(20)
        self.column.setContentsMargins(edge, edge, edge, theme.px(16))
        self.column.setSpacing(theme.px(12))
        words = heading(title)
        self.column.addWidget(words)
        if text:
            body = text_label(text)
            body.setMinimumWidth(theme.px(360))
            self.column.addWidget(body)
        self.yes = (danger_button if danger else primary_button)(yes, self.accept)
        self.no = plain_button(render(message("shell.cancel")), self.reject)
        self.no.setDefault(True)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addStretch(1)
        row.addWidget(self.no)
        row.addWidget(self.yes)
        self.column.addSpacing(theme.px(4))
        self.column.addLayout(row)
        self.no.setFocus()


class TextQuestion(Question):
    """A line of text, checked before it is accepted."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        label: str,
        text: str,
        check: Callable[[str], Message | None] | None,
        yes: str = "",
    ) -> None:
        super().__init__(parent, title, "", yes or t("shell.ok_save"))
        self._check = check
        self.field = TextField("", label)
        self.field.setText(text)
        self.field.selectAll()
        self.field.setMinimumWidth(theme.px(360))
        self.wrong = error_text()
        self.wrong.hide()
        for at, widget in enumerate((text_label(label, wrap=False), self.field, self.wrong), start=1):
            self.column.insertWidget(at, widget)
        self.no.setDefault(False)
        self.field.submitted.connect(self.accept)
        self.field.setFocus()

    def accept(self) -> None:
        text = self.field.text().strip()
        problem = self._check(text) if self._check else None
        if not text or problem is not None:
            self.field.set_wrong(True)
            self.wrong.setText(render(problem) if problem else t("shell.text_needed"))
            self.wrong.show()
            return
        super().accept()
