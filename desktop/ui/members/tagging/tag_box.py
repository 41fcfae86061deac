"""The tag box: type, Return puts the first suggestion on. While an input method composes, all keys are its own."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.core.people.tag import clean_tag_name
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.members.tagging.suggestion_list import SuggestionList, spoken
from desktop.ui.members.tagging.suggestions import Suggestion, TagIndex
from desktop.ui.widgets.fields import RETURN_KEYS, TextField
from desktop.ui.widgets.labels import error_text, muted, set_kind


class TagField(TextField):
    """The field itself: keys that move in the list below go there, unless an input method is composing."""

    moved = Signal(int)
    created = Signal()
    escaped = Signal()
    entered = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.composing:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.key() in RETURN_KEYS and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.created.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()


class TagBox(QWidget):
    """Label, field and suggestions. ``chosen(name)``: a tag, or a new one's name; ``closed``: back to the list of members."""

    chosen = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.index = TagIndex()
        self._held: Collection[int] = ()
        self.field = TagField(t("tag_panel.box.placeholder"), t("tag_panel.box"))
        self.list = SuggestionList()
        self.count = muted()
        self.problem = error_text()
        self.problem.hide()
        self.field.textChanged.connect(self._text_changed)
        self.field.submitted.connect(self._take_highlighted)
        self.field.created.connect(self._take_typed)
        self.field.moved.connect(self._move)
        self.field.escaped.connect(self._escape)
        self.field.entered.connect(self._suggest)
        self.field.left.connect(self._hide_list)
        self.list.picked.connect(self._take)
        self.list.selectionModel().currentChanged.connect(self._say_highlighted)
        self._lay_out()

    def know(self, index: TagIndex) -> None:
        """Suggest from these tags."""
        self.index = index
        if not self.list.isHidden():
            self._suggest()

    def set_held(self, held: Collection[int]) -> None:
        """The tags everybody selected has."""
        self._held = held

    def set_count(self, held: int | None, limit: int) -> None:
        """How many tags the one person selected has; None: several are selected."""
        self.count.setText("" if held is None else t("tag_panel.count", held=held, limit=limit))
        full = held is not None and held >= limit
        set_kind(self.count, "warning" if full else "muted")
        if full:
            self.count.setText(t("tag_panel.full", limit=limit))

    def pending(self) -> str | None:
        """The tag that is typed or highlighted now."""
        highlighted = self.list.highlighted if not self.list.isHidden() else None
        if highlighted is not None:
            return highlighted.name
        return self.index.existing(self.field.text())

    def start(self) -> None:
        """Put the cursor into the field."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _text_changed(self) -> None:
        self.problem.hide()
        self._suggest()

    def _suggest(self) -> None:
        text = self.field.text()
        if not text.strip():
            self._hide_list()
            return
        self.list.show_suggestions(self.index.find(text, self._held), highlight_first=True)
        self._say_highlighted()

    def _move(self, by: int) -> None:
        if self.list.isHidden():
            self.list.show_suggestions(
                self.index.find(self.field.text(), self._held),
                highlight_first=bool(self.field.text().strip()),
            )
        if not self.list.isHidden():
            self.list.move(by)

    def _take_highlighted(self) -> None:
        highlighted = self.list.highlighted if not self.list.isHidden() else None
        if highlighted is not None:
            self._take(highlighted)
        elif self.field.text().strip():
            self._take_typed()

    def _take_typed(self) -> None:
        text = self.field.text()
        if text.strip():
            self._take(Suggestion(self.index.existing(text) or text))

    def _take(self, suggestion: Suggestion) -> None:
        try:
            name = clean_tag_name(suggestion.name)
        except UserError as error:
            self.problem.setText(render(error.text))
            self.problem.show()
            return
        # Not clear(): that could be undone, and Ctrl+Z would bring the typing back in place of taking the tag off.
        self.field.setText("")
        self._hide_list()
        self.chosen.emit(name)

    def _escape(self) -> None:
        if not self.list.isHidden():
            self._hide_list()
        elif self.field.text():
            self.field.clear()
        else:
            self.closed.emit()

    def _hide_list(self) -> None:
        self.list.show_suggestions([], highlight_first=False)
        self.field.setAccessibleDescription("")

    def _say_highlighted(self) -> None:
        highlighted = self.list.highlighted
        self.field.setAccessibleDescription(spoken(highlighted) if highlighted else "")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        top = QHBoxLayout()
        label = muted(t("tag_panel.box"))
        label.setBuddy(self.field)
        top.addWidget(label)
        top.addStretch(1)
        top.addWidget(self.count)
        column.addLayout(top)
        column.addWidget(self.field)
        below = QVBoxLayout()
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self.list)
        column.addLayout(below)
        column.addWidget(self.problem)
