"""The card of an audience's condition: rows that must all hold, ways to add some, and the whole as query text under 進階. Rows
and text are two faces of one condition and follow each other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.core.people.condition import EVERYBODY, Condition
from desktop.core.people.query.mistake import QueryMistake
from desktop.core.people.query_text import parse
from desktop.core.people.sentences import AnyGroup, Form, Free, Row, Sentence, condition_of, forms_of, rows_of
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.audiences.conditions.rows import RowWidget, make_row
from desktop.ui.audiences.conditions.value_editors import Choices
from desktop.ui.audiences.conditions.words import FURTHER, USUAL, field_label, query_text
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.fields import TextField
from desktop.ui.widgets.labels import error_text, muted

READ_AFTER_MS = 300


class ConditionCard(Card):
    """``changed``: the condition is another one now.

    Args:
        choices: gives the values of a field to choose from.
    """

    changed = Signal()

    def __init__(self, choices: Choices) -> None:
        super().__init__(t("audiences_page.all_of_these"))
        self._choices = choices
        self._columns: list[str] = []
        self._condition: Condition = EVERYBODY
        self.row_widgets: list[RowWidget] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(8))
        self.everybody = muted(t("audiences_page.everybody_hint"), wrap=True)
        self.body.addWidget(self.everybody)
        self.body.addLayout(self._rows)
        self.body.addLayout(self._buttons())
        self.body.addWidget(self._advanced())
        self._reading = QTimer(self, singleShot=True, interval=READ_AFTER_MS)
        self._reading.timeout.connect(self.read_text)

    @property
    def condition(self) -> Condition:
        """The condition the card shows."""
        return self._condition

    def rows(self) -> list[Row]:
        """What the rows say, unfinished ones too."""
        return [widget.row() for widget in self.row_widgets]

    def set_columns(self, columns: Sequence[str]) -> None:
        """The shop's extra columns, before a condition is shown."""
        self._columns = list(columns)

    def show_condition(self, condition: Condition) -> None:
        """Show a condition; nothing is said."""
        self._condition = condition
        self._tell(None)
        self.show_advanced(False)
        self._show_rows()
        self._show_text()

    def add_row(self, field: str, *, extra: bool = False) -> None:
        """Add a row about a field and let the owner fill it."""
        self._put(Sentence(field, forms_of(field, extra=extra)[0], (), extra)).focus_value()
        self._rows_edited()

    def add_group(self) -> None:
        """Add a group of which one is enough."""
        blank = Sentence("tag", Form.ANY_OF)
        self._put(AnyGroup((blank, blank))).focus_value()
        self._rows_edited()

    def add_free(self) -> None:
        """Add a row of query text."""
        self._put(Free(EVERYBODY)).focus_value()
        self._rows_edited()

    def show_advanced(self, shown: bool) -> None:
        """Show or hide the query text."""
        self.advanced.setVisible(shown)
        self.toggle.setText(t("audiences_page.advanced_hide" if shown else "audiences_page.advanced"))
        self.toggle.setAccessibleName(self.toggle.text())

    def read_text(self) -> None:
        """Take the query text over into the rows; a mistake is told and the rows stay."""
        self._reading.stop()
        try:
            condition = parse(self.text.text(), extra_columns=self._columns)
        except UserError as mistake:
            self._tell(mistake)
            return
        self._tell(None)
        if condition != self._condition:
            self._condition = condition
            self._show_rows()
            self.changed.emit()

    @property
    def mistake(self) -> str:
        """What is wrong with the query text, "" if nothing is."""
        return "" if self.wrong.isHidden() else self.wrong.text()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        self.add_button = link_button(t("audiences_page.add_condition"), self._open_menu, icon="plus")
        self.group_button = link_button(t("audiences_page.add_group"), self.add_group, icon="plus")
        self.toggle = link_button(t("audiences_page.advanced"), self._toggle)
        row.addWidget(self.add_button)
        row.addWidget(self.group_button)
        row.addStretch(1)
        row.addWidget(self.toggle)
        return row

    def _advanced(self) -> QWidget:
        self.advanced = QWidget()
        column = QVBoxLayout(self.advanced)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        self.text = TextField(t("audiences_page.query_example"), t("audiences_page.query_text"))
        self.text.textEdited.connect(lambda: self._reading.start())
        self.text.submitted.connect(self._submit_text)
        self.wrong = error_text()
        self.wrong.hide()
        for part in (self.text, self.wrong, muted(t("audiences_page.query_hint"), wrap=True)):
            column.addWidget(part)
        self.advanced.hide()
        return self.advanced

    def menu(self) -> QMenu:
        """What 「＋ 條件」 offers."""
        menu = QMenu(self)
        self._offer(menu, [(field, False) for field in USUAL])
        self._offer(menu.addMenu(t("audiences_page.more_fields")), [(field, False) for field in FURTHER])
        if self._columns:
            self._offer(
                menu.addMenu(t("audiences_page.own_fields")), [(name, True) for name in self._columns]
            )
        menu.addSeparator()
        menu.addAction(t("audiences_page.query_row"), self.add_free)
        return menu

    def _offer(self, menu: QMenu, fields: Sequence[tuple[str, bool]]) -> None:
        for field, extra in fields:
            action = menu.addAction(field_label(field, extra=extra).replace("&", "&&"))
            action.triggered.connect(lambda _=False, f=field, e=extra: self.add_row(f, extra=e))

    def _open_menu(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.add_button.mapToGlobal(self.add_button.rect().bottomLeft()))

    def _toggle(self) -> None:
        self.show_advanced(self.advanced.isHidden())
        if not self.advanced.isHidden():
            self.text.setFocus()

    def _show_rows(self) -> None:
        for widget in self.row_widgets:
            widget.hide()
            widget.deleteLater()
        self.row_widgets = []
        for row in rows_of(self._condition):
            self._put(row)
        self.everybody.setVisible(not self.row_widgets)

    def _put(self, row: Row) -> RowWidget:
        widget = make_row(row, self._choices, self._columns)
        widget.edited.connect(self._rows_edited)
        widget.removed.connect(lambda: self._drop(widget))
        self._rows.addWidget(widget)
        self.row_widgets.append(widget)
        self.everybody.hide()
        return widget

    def _drop(self, widget: RowWidget) -> None:
        self.row_widgets.remove(widget)
        widget.hide()
        widget.deleteLater()
        self.everybody.setVisible(not self.row_widgets)
        self.add_button.setFocus()
        self._rows_edited()

    def _rows_edited(self) -> None:
        condition = condition_of(self.rows())
        if condition == self._condition:
            return
        self._condition = condition
        self._show_text()
        self._tell(None)
        self.changed.emit()

    def _show_text(self) -> None:
        self.text.setText(query_text(self._condition))

    def _submit_text(self) -> None:
        self.read_text()
        if self._marked is not None:
            self.text.setSelection(*self._marked)

    _marked: tuple[int, int] | None = None

    def _tell(self, mistake: UserError | None) -> None:
        self.text.set_wrong(mistake is not None)
        self.wrong.setVisible(mistake is not None)
        self._marked = None
        if mistake is not None:
            self.wrong.setText(render(mistake.text))
            if isinstance(mistake, QueryMistake):
                self._marked = (mistake.place, max(1, mistake.length))
