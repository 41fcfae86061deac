"""What a tap does: open an address, let the friend say something, call. Two fields in a row, and above them the word on the
button where there is one."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop.core.planning.action_rules import problems
from desktop.core.planning.actions import Action, ActionKind, Place
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.widgets.fields import Select, TextField
from desktop.ui.widgets.labels import error_text

OFFERED = {
    Place.IMAGEMAP: (
        ActionKind.NONE,
        ActionKind.URI,
        ActionKind.CALL,
        ActionKind.MESSAGE,
        ActionKind.CLIPBOARD,
    ),
    Place.TEMPLATE: (
        ActionKind.NONE,
        ActionKind.URI,
        ActionKind.CALL,
        ActionKind.MESSAGE,
        ActionKind.CLIPBOARD,
    ),
}
"""Actions that do something without a server of the shop's own."""

ROOMY = 245
"""Width at 100 % text size from which an address has room beside what the action is."""


class ActionForm(QWidget):
    """``edited(action)``: it is another one now.

    Args:
        name: of the button or area, for who cannot see it.
        place: where it stands.
    """

    edited = Signal(object)

    def __init__(self, name: str, place: Place) -> None:
        super().__init__()
        self.action = Action()
        self._place = place
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        row = self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(theme.px(6))
        kinds = [(kind, t(f"greeting_page.action.{kind.value}")) for kind in OFFERED[place]]
        self.kind = Select(t("greeting_page.action_of", name=name), kinds)
        self.label = TextField(t("greeting_page.button_text"), t("greeting_page.button_text_of", name=name))
        self.value = TextField("", t("greeting_page.action_value_of", name=name))
        self.label.setVisible(place is Place.TEMPLATE)
        if place is Place.TEMPLATE:
            column.addWidget(self.label)
        row.addWidget(self.kind)
        row.addWidget(self.value, 1)
        column.addLayout(row)
        self.wrong = error_text()
        self.wrong.hide()
        column.addWidget(self.wrong)
        self.kind.chosen.connect(lambda kind: self._change(replace(self.action, kind=ActionKind(kind))))
        self.label.textEdited.connect(lambda text: self._change(replace(self.action, label=text)))
        self.value.textEdited.connect(self._type)
        self.show_action(Action())

    def show_action(self, action: Action) -> None:
        """Show another action."""
        self.action = action
        self.kind.set_value(action.kind)
        _fill(self.label, action.label)
        _fill(self.value, action.uri if action.kind is ActionKind.URI else action.text)
        self._show_field()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        below = self.width() < theme.px(ROOMY)
        way = QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(way)

    def _type(self, text: str) -> None:
        if self.action.kind is ActionKind.URI:
            self._change(replace(self.action, uri=text.strip()))
        else:
            self._change(replace(self.action, text=text))

    def _change(self, action: Action) -> None:
        if action == self.action:
            return
        kind_changed = action.kind is not self.action.kind
        self.action = action
        if kind_changed:
            _fill(self.value, action.uri if action.kind is ActionKind.URI else action.text)
        self._show_field()
        self.edited.emit(action)

    def _show_field(self) -> None:
        kind = self.action.kind
        self.value.setVisible(kind is not ActionKind.NONE)
        if kind is not ActionKind.NONE:
            self.value.setPlaceholderText(t(f"greeting_page.action_value.{kind.value}"))
        wrong = [problem for problem in problems(self.action, self._place) if not problem.warning]
        filled = bool(self.value.text() or self.label.text())
        self.wrong.setText(render(wrong[0].text) if wrong and filled else "")
        self.wrong.setVisible(bool(wrong) and filled)


def _fill(field: TextField, text: str) -> None:
    if field.text() != text:
        field.setText(text)
        field.setCursorPosition(0)
