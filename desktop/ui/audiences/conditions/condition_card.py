"""The card of an audience's condition: lines and groups that must hold, ways to add some, and the whole as query text under 進階.
Lines and text are two faces of one condition and follow each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.core.people.condition import EVERYBODY, Condition
from desktop.core.people.query.mistake import QueryMistake
from desktop.core.people.query_text import parse
from desktop.core.people.sentences import Sentence
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.audiences.builder.draft import Group, Line, draft_of, meant
from desktop.ui.audiences.builder.groups import KindButton
from desktop.ui.audiences.builder.tree import ConditionTree
from desktop.ui.audiences.builder.tree_keys import turn_of
from desktop.ui.audiences.conditions.fields_offered import TEXT_KEY, choose_field
from desktop.ui.audiences.conditions.query_edit import QueryEdit
from desktop.ui.audiences.conditions.value_editors import Choices
from desktop.ui.audiences.conditions.words import query_text
from desktop.ui.choosing.chooser import Chooser
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import error_text, muted

READ_AFTER_MS = 300


class ConditionCard(Card):
    """``changed``: the condition is another one now; ``redrawn``: its lines are others, whom they mean perhaps not.

    Args:
        choices: gives the values of a field to choose from.
    """

    changed = Signal()
    redrawn = Signal()

    def __init__(self, choices: Choices) -> None:
        super().__init__()
        self._condition: Condition = EVERYBODY
        self._marked: tuple[int, int] | None = None
        self.chooser: Chooser | None = None
        self.kind = KindButton(turnable=False)
        self.tree = ConditionTree(choices)
        self.tree.tab_before = self.kind
        self.everybody = muted(t("audiences_page.everybody_hint"), wrap=True)
        head = QHBoxLayout()
        head.addWidget(self.kind)
        head.addStretch(1)
        self.body.addLayout(head)
        self.body.addWidget(self.everybody)
        self.body.addWidget(self.tree)
        self.body.addLayout(self._buttons())
        self.body.addWidget(self._advanced())
        self.setAccessibleName(t("builder.card"))
        self.kind.chosen.connect(lambda any_of, negated: self.tree.set_kind(self.draft.id, any_of, negated))
        self.tree.changed.connect(self._draft_changed)
        self.tree.line_wanted.connect(self._choose_for)
        self._reading = QTimer(self, singleShot=True, interval=READ_AFTER_MS)
        self._reading.timeout.connect(self.read_text)
        for part in (self.kind, self.add_button, self.group_button, self.toggle, self.text):
            part.installEventFilter(self)
        self._show_draft_kind()

    @property
    def condition(self) -> Condition:
        """The condition the card shows."""
        return self._condition

    @property
    def draft(self) -> Group:
        """Its lines and groups, unfinished ones too."""
        return self.tree.draft

    def sentences(self) -> list[Sentence]:
        """The sentences that must all hold; none where one is enough."""
        lines = () if self.draft.any else self.draft.parts
        plain = [line for line in lines if isinstance(line, Line) and not line.negated]
        return [line.says for line in plain if isinstance(line.says, Sentence)]

    def set_columns(self, columns: Sequence[str]) -> None:
        """The shop's extra columns, before a condition is shown."""
        self.tree.columns = list(columns)

    def show_condition(self, condition: Condition) -> None:
        """Show a condition; nothing is said, and what was done before cannot be undone."""
        self._tell(None)
        self.show_advanced(False)
        draft = draft_of(condition)
        self._condition = meant(draft)
        self.tree.show_draft(draft)
        self._show_draft_kind()
        self._show_text()

    def take_condition(self, condition: Condition) -> None:
        """Put a condition in the place of the one shown, as a step that can be undone: a template."""
        self.tree.put(draft_of(condition))

    def choose_field(self, group_id: int | None = None, anchor: QWidget | None = None) -> None:
        """Offer the fields; the one taken becomes a line of the group, by default of the whole."""
        self.chooser = choose_field(
            anchor or self.add_button,
            self.tree.columns,
            lambda field, extra: self._take_field(field, extra, group_id),
            text=True,
        )

    def add_row(self, field: str, *, extra: bool = False) -> None:
        """Add a line about a field and let the owner fill it."""
        self.tree.add_line(field, extra=extra)

    def add_group(self) -> None:
        """Add a group of which one is enough (all, if one of the whole is enough)."""
        self.tree.add_group()

    def show_advanced(self, shown: bool) -> None:
        """Show or hide the query text, and groups inside groups."""
        self.advanced.setVisible(shown)
        self.toggle.setText(t("audiences_page.advanced_hide" if shown else "audiences_page.advanced"))
        self.toggle.setAccessibleName(self.toggle.text())
        self.toggle.updateGeometry()
        if self.tree.nesting != shown:
            self.tree.nesting = shown
            self.tree.render_draft()

    def show_counts(self, texts: Mapping[int, tuple[str, str]]) -> None:
        """Say beside each line how many people it holds: number of the node → (text, hint)."""
        self.tree.show_counts(texts)

    def read_text(self) -> None:
        """Take the query text over into the lines; a mistake is told at its place and the lines stay."""
        self._reading.stop()
        try:
            condition = parse(self.text.text(), extra_columns=self.tree.columns)
        except UserError as mistake:
            self._tell(mistake)
            return
        self._tell(None)
        if condition != self._condition:
            self._condition = condition
            self.tree.put(draft_of(condition), typing="text")
            self.changed.emit()

    @property
    def mistake(self) -> str:
        """What is wrong with the query text, "" if nothing is."""
        return "" if self.wrong.isHidden() else self.wrong.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        keys = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if isinstance(event, QKeyEvent) and event.type() in keys:
            if not (isinstance(watched, QueryEdit) and watched.composing):
                turning = turn_of(self.tree, watched, event)
                if turning is not None:
                    event.accept()
                    if event.type() == QEvent.Type.KeyPress:
                        turning()
                    return True
        return False

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        self.add_button = link_button(t("audiences_page.add_condition"), self.choose_field, icon="plus")
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
        self.text = QueryEdit(t("audiences_page.query_example"), t("audiences_page.query_text"))
        self.text.edited.connect(lambda: self._reading.start())
        self.text.submitted.connect(self._submit_text)
        self.wrong = error_text()
        self.wrong.hide()
        for part in (self.text, self.wrong, muted(t("audiences_page.query_hint"), wrap=True)):
            column.addWidget(part)
        self.advanced.hide()
        return self.advanced

    def _toggle(self) -> None:
        self.show_advanced(self.advanced.isHidden())
        if not self.advanced.isHidden():
            self.text.setFocus()

    def _choose_for(self, group_id: int, anchor: QWidget) -> None:
        self.choose_field(group_id, anchor)

    def _take_field(self, field: str, extra: bool, group_id: int | None) -> None:
        if field == TEXT_KEY:
            self.tree.add_written(group_id)
        else:
            self.tree.add_line(field, extra=extra, group_id=group_id)

    def _draft_changed(self) -> None:
        self._show_draft_kind()
        self.redrawn.emit()
        condition = meant(self.draft)
        if condition == self._condition:
            return
        self._condition = condition
        self._show_text()
        self._tell(None)
        self.changed.emit()

    def _show_draft_kind(self) -> None:
        self.kind.show_kind(any_of=self.draft.any, negated=False)
        self.everybody.setVisible(not self.draft.parts)
        self.group_button.setText(
            t("audiences_page.add_group") if not self.draft.any else t("builder.add_group_all")
        )
        self.group_button.setAccessibleName(self.group_button.text())

    def _show_text(self) -> None:
        self.text.setText(query_text(self._condition))

    def _submit_text(self) -> None:
        self.read_text()
        if self._marked is not None:
            self.text.select(self._marked)

    def _tell(self, mistake: UserError | None) -> None:
        self.wrong.setVisible(mistake is not None)
        self._marked = None
        if mistake is not None:
            self.wrong.setText(render(mistake.text))
            if isinstance(mistake, QueryMistake):
                self._marked = (mistake.place, max(1, mistake.length))
        self.text.mark(self._marked)
