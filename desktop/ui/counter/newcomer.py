"""Somebody who was not found: name and phone in one line, Return adds her."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.core.message import Message
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.widgets.buttons import primary_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.fields import TextField
from desktop.ui.widgets.labels import error_text, heading, muted

SHOWN = ("name", "phone", "member_no")


class _Field(TextField):
    """A field of the line; Escape leaves the line."""

    escaped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.composing:
            self.escaped.emit()
            return
        super().keyPressEvent(event)


class Newcomer(Card):
    """See the module. ``asked(fields)``: add her; ``left``: back to the box."""

    asked = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title = heading("")
        self.fields = {name: _Field(t(f"counter.new.{name}")) for name in SHOWN}
        self.problem = error_text()
        self.add_button = primary_button(t("counter.new.add"), self._ask, icon="user-plus")
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        for field in self.fields.values():
            line.addWidget(field, 1)
            field.submitted.connect(self._ask)
            field.escaped.connect(self.left)
            field.textEdited.connect(self._forget_problem)
        inside = QWidget()
        inside.setLayout(line)
        line.setContentsMargins(0, 0, 0, 0)
        for part in (self._title, muted(t("counter.new.hint"), wrap=True), inside, self.problem):
            self.body.addWidget(part)
        below = QHBoxLayout()
        below.addWidget(self.add_button)
        below.addStretch(1)
        self.body.addLayout(below)

    def begin(self, typed: str, fields: Mapping[str, str]) -> None:
        """Offer to add somebody.

        Args:
            typed: what was not found.
            fields: what can be taken from it.
        """
        self._title.setText(t("counter.new.title", text=typed))
        self._forget_problem()
        for name, field in self.fields.items():
            field.setText(fields.get(name, ""))
        self.fields["member_no"].setVisible("member_no" in fields)
        empty = next((field for field in self.fields.values() if not field.text()), self.fields["name"])
        empty.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problems(self, fields: Mapping[str, Message]) -> None:
        """What cannot be kept as typed."""
        for name, field in self.fields.items():
            field.set_wrong(name in fields)
        self.problem.setText("\n".join(render(text) for text in fields.values()))
        self.problem.show()
        wrong = next((self.fields[name] for name in fields if name in self.fields), None)
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> None:
        typed = {name: field.text().strip() for name, field in self.fields.items()}
        self.asked.emit({name: text for name, text in typed.items() if text})

    def _forget_problem(self) -> None:
        self.problem.hide()
        for field in self.fields.values():
            field.set_wrong(False)
