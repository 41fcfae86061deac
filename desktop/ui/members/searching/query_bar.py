"""Search field, filter chips and the button 「＋ 條件」: three ways to say one condition. It is found as it is
typed, a moment after the last key; what an input method has not committed yet does not count."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.people.condition import EVERYBODY, And, Condition, simplified, with_part
from desktop.core.people.query.mistake import QueryMistake
from desktop.core.people.query_text import parse, to_text
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.members.searching.condition_words import ChipText, query_words, split
from desktop.ui.members.searching.filter_chips import FilterChips
from desktop.ui.widgets.buttons import icon_button, link_button
from desktop.ui.widgets.fields import SearchField
from desktop.ui.widgets.labels import error_text

TYPING_MS = 120
PATIENCE_MS = 900
FIELD_WIDTH = 240

UNFINISHED = frozenset(
    {
        "value_missing",
        "unclosed_quote",
        "unclosed_group",
        "nothing_to_negate",
        "lonely_or",
        "empty_group",
        "empty_text",
    }
)
"""Mistakes everybody makes half-way through typing: said only when the typing has stopped."""


class ListSearchField(SearchField):
    """The search field of a list: Down goes to the list, Escape in an empty field too."""

    left = Signal()
    recent_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.key() == Qt.Key.Key_Down and alt and not self.composing:
            self.recent_asked.emit()
            return
        leaving = event.key() == Qt.Key.Key_Down or (event.key() == Qt.Key.Key_Escape and not self.text())
        if leaving and not self.composing:
            self.left.emit()
            return
        super().keyPressEvent(event)


class QueryBar(QWidget):
    """See the module. ``condition`` is what is asked now; a text with a mistake changes nothing until it is mended."""

    changed = Signal()
    submitted = Signal()
    left = Signal()
    menu_asked = Signal()
    save_asked = Signal()
    recent_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.extra_columns: list[str] = []
        self.field = ListSearchField(t("members.search.placeholder"), t("members.search.name"))
        self.chips = FilterChips()
        self.add = link_button(t("members.filter.add"), self.menu_asked.emit, icon="plus")
        self.recent = icon_button("clock", t("members.recent"), self.recent_asked.emit)
        self.field.recent_asked.connect(self.recent_asked)
        self.save = icon_button("star", t("members.view.save"), self.save_asked.emit)
        self.save.hide()
        self._mistake = error_text()
        self._mend = link_button("", self._mend_it)
        self._wrong: QueryMistake | None = None
        self._chips: list[ChipText] = []
        self._typed: Condition = EVERYBODY
        self._told: Condition = EVERYBODY
        self._typing = self._timer(TYPING_MS, self._read_typed)
        self._patience = self._timer(PATIENCE_MS, self._say_mistake)
        self.field.textChanged.connect(self._text_changed)
        self.field.submitted.connect(self._submit)
        self.field.left.connect(self.left)
        self.chips.removed.connect(self._remove_chip)
        self.chips.opened.connect(self._open_chip)
        self._lay_out()

    @property
    def condition(self) -> Condition:
        """What is asked now."""
        return simplified(And((*(chip.condition for chip in self._chips), self._typed)))

    @property
    def mistake(self) -> str:
        """What is said to be wrong with the text, "" if nothing is."""
        return "" if self._mistake.isHidden() else self._mistake.text()

    def set_condition(self, condition: Condition) -> None:
        """Ask something else; what has a readable form becomes chips, the rest text."""
        self._chips, rest = split(condition)
        self._typed = rest
        self._write(to_text(rest, query_words()))
        self._show()

    def set_query(self, query: str) -> None:
        """Ask what a query text says; one with a mistake is left in the field to be mended."""
        try:
            condition = parse(query, extra_columns=self.extra_columns or None)
        except QueryMistake as mistake:
            self._write(query)
            self._wrong = mistake
            self._say_mistake()
            return
        self.set_condition(condition)

    def add_condition(self, condition: Condition) -> None:
        """Ask for this too."""
        self.flush()
        self.set_condition(with_part(self.condition, condition))

    def type(self, text: str) -> None:
        """Begin a new search with what was typed elsewhere."""
        self.field.setText(text)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        # Focus by key selects everything, and the next letter would replace this one.
        self.field.end(False)

    def type_on(self, text: str) -> None:
        """Put the beginning of a query at the end of the field, to be completed."""
        before = self.field.text().rstrip()
        self.type(f"{before} {text}" if before else text)

    def clear(self) -> None:
        """Ask for everybody."""
        self.set_condition(EVERYBODY)

    def flush(self) -> None:
        """Read what was typed now, without waiting for a pause."""
        if self._typing.isActive():
            self._typing.stop()
            self._read_typed()

    def _read_typed(self) -> None:
        try:
            typed = parse(self.field.text(), extra_columns=self.extra_columns)
        except QueryMistake as mistake:
            self._wrong = mistake
            if mistake.kind in UNFINISHED:
                self._patience.start()
            else:
                self._say_mistake()
            return
        self._typed = typed
        self._forget_mistake()
        self._tell()

    def _submit(self) -> None:
        self._typing.stop()
        self._read_typed()
        if self._wrong is not None:
            self._say_mistake()
            return
        self.set_condition(self.condition)
        self.submitted.emit()

    def _text_changed(self) -> None:
        self._patience.stop()
        self._forget_mistake()
        self._typing.start()

    def _remove_chip(self, chip: ChipText) -> None:
        self._chips.remove(chip)
        self._show()

    def _open_chip(self, chip: ChipText) -> None:
        self._chips.remove(chip)
        self._typed = with_part(chip.condition, self._typed)
        self._write(to_text(self._typed, query_words()))
        self._show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        self.chips.show_chips(self._chips)
        self._place_chips()
        self._tell()

    def _tell(self) -> None:
        condition = self.condition
        if condition != self._told:
            self._told = condition
            self.save.setVisible(condition != EVERYBODY)
            self.changed.emit()

    def _write(self, text: str) -> None:
        self._typing.stop()
        self._patience.stop()
        self.field.blockSignals(True)
        self.field.setText(text)
        self.field.blockSignals(False)
        self._forget_mistake()

    def _say_mistake(self) -> None:
        mistake = self._wrong
        if mistake is None:
            return
        cure = f" {render(mistake.cure)}" if mistake.cure else ""
        self._mistake.setText(render(mistake.text) + cure)
        self._mistake.show()
        self.field.set_wrong(True)
        self.field.setAccessibleDescription(self._mistake.text())
        self._mend.setVisible(bool(mistake.nearest and mistake.length))
        if mistake.nearest:
            self._mend.setText(t("members.search.mend", word=mistake.nearest))
            self._mend.setAccessibleName(self._mend.text())

    def _forget_mistake(self) -> None:
        self._wrong = None
        self._mistake.hide()
        self._mend.hide()
        self.field.set_wrong(False)
        self.field.setAccessibleDescription("")

    def _mend_it(self) -> None:
        wrong, text = self._wrong, self.field.text()
        if wrong is not None and wrong.nearest:
            self.field.setText(text[: wrong.place] + wrong.nearest + text[wrong.place + wrong.length :])
            self.field.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_chips()

    def _place_chips(self) -> None:
        """Beside the field while there is room, else below it."""
        beside = (
            self.chips.wanted_width()
            + self.add.sizeHint().width()
            + self.recent.sizeHint().width()
            + self.save.sizeHint().width()
            + theme.px(FIELD_WIDTH)
            <= self.width()
        )
        if beside == (self._row.indexOf(self.chips) >= 0):
            return
        if beside:
            self._column.removeWidget(self.chips)
            self._row.insertWidget(2, self.chips)
        else:
            self._row.removeWidget(self.chips)
            self._column.insertWidget(1, self.chips)

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(6))
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.px(8))
        self._row.addWidget(self.field, 1)
        self._row.addWidget(self.recent)
        self._row.addWidget(self.chips)
        self._row.addWidget(self.add)
        self._row.addWidget(self.save)
        self._column.addLayout(self._row)
        below = QHBoxLayout()
        below.addWidget(self._mistake, 1)
        below.addWidget(self._mend)
        self._column.addLayout(below)
        self._forget_mistake()

    def _timer(self, interval: int, run: Callable[[], object]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=interval)
        timer.timeout.connect(run)
        return timer
