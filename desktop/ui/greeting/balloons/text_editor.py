"""Editor of a text: written like any text, the names put in by a press."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.core.planning.greeting.balloons import Balloon, Insert, Text
from desktop.core.planning.greeting.counting import MOST, length
from desktop.text import t
from desktop.ui import theme
from desktop.ui.greeting.balloons.editors import BalloonEditor
from desktop.ui.greeting.balloons.insert_field import InsertField, insert_name
from desktop.ui.greeting.tools import Tools
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.chips import FlowLayout


class TextEditor(BalloonEditor):
    """See the module."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self.balloon = Text()
        self.field = InsertField(t("greeting_page.text_field"))
        self.field.written.connect(self._written)
        self.column.addWidget(self.field)
        buttons = QWidget()
        row = FlowLayout(buttons, theme.px(4))
        self.inserts = {}
        for which in Insert:
            name = t("greeting_page.put_in", name=insert_name(which))
            made = link_button(name, partial(self._put_in, which), icon="plus")
            row.addWidget(made)
            self.inserts[which] = made
        self.column.addWidget(buttons)

    def show_balloon(self, balloon: Balloon) -> None:
        assert isinstance(balloon, Text)
        self.balloon = balloon
        self.field.show_parts(balloon.parts)

    def status(self) -> tuple[str, bool]:
        count = length(self.balloon.parts)
        return t("greeting_page.counted", n=count, limit=MOST), count > MOST

    def first_field(self) -> QWidget:
        return self.field

    def become(self, balloon: Balloon) -> None:
        assert isinstance(balloon, Text)
        self.field.become(balloon.parts)

    def to_placeholder(self, words: str = "") -> None:
        self.field.to_placeholder(words)

    def _put_in(self, which: Insert) -> None:
        self.field.insert((which,))
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _written(self) -> None:
        self.balloon = Text(self.field.parts)
        self.edited.emit(self.balloon)
