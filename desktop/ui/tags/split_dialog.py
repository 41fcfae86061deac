"""Splitting a tag: those of its holders who meet a condition get another tag, instead of it or besides. How many they are is
counted while the condition is being built."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from desktop.core.people.condition import EVERYBODY, Condition, Op, Term, with_part
from desktop.core.people.query_text import to_text
from desktop.core.people.tag import tag_key
from desktop.store import condition_sql, people
from desktop.store.tagging.overview import TagFacts
from desktop.text import t
from desktop.ui import theme
from desktop.ui.audiences.conditions.choices_read import offer_choices
from desktop.ui.audiences.conditions.condition_card import ConditionCard
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.widgets.buttons import button, primary_button
from desktop.ui.widgets.fields import FormRows, TextField, switch
from desktop.ui.widgets.labels import heading, muted, warning_text

COUNT_AFTER_MS = 150


class SplitDialog(QDialog):
    """``split(query, new name, besides)``: the owner wants it."""

    split = Signal(str, str, bool)

    def __init__(self, page: Page, desk: Desk, facts: TagFacts) -> None:
        super().__init__(page.window())
        self._desk = desk
        self._facts = facts
        self._count = 0
        self.setWindowTitle(t("tags_page.split.title", tag=facts.tag.name))
        self.resize(theme.px(720), theme.px(440))
        column = QVBoxLayout(self)
        edge = theme.px(20)
        column.setContentsMargins(edge, edge, edge, theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(heading(self.windowTitle()))
        column.addWidget(muted(t("tags_page.split.text"), wrap=True))
        self.conditions = ConditionCard(partial(offer_choices, desk, self))
        self.conditions.set_columns(people.extra_columns(desk.jobs.page_reader))
        self.conditions.show_condition(EVERYBODY)
        self.conditions.changed.connect(self._changed)
        column.addWidget(self.conditions)
        self._form(column)
        self.told = muted("", wrap=True)
        self.told.setAccessibleName(t("tags_page.split.count"))
        column.addWidget(self.told)
        if facts.mentions.made_by:
            column.addWidget(warning_text(t("tags_page.split.rule", rule=facts.mentions.made_by[0])))
        column.addStretch(1)
        column.addLayout(self._buttons())
        self._counting = QTimer(self, singleShot=True, interval=COUNT_AFTER_MS)
        self._counting.timeout.connect(self.count)
        self._show_count(0)

    def _form(self, column: QVBoxLayout) -> None:
        rows = FormRows()
        self.name = TextField(t("tags_page.split.name_example"), t("tags_page.split.name"))
        self.name.textChanged.connect(lambda: self._show_count(self._count))
        rows.add(t("tags_page.split.name"), self.name)
        self.besides = switch(t("tags_page.split.besides", tag=self._facts.tag.name))
        column.addWidget(rows)
        column.addWidget(self.besides)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addStretch(1)
        self.no = button(t("shell.cancel"), self.reject)
        self.yes = primary_button("", self._accept)
        row.addWidget(self.no)
        row.addWidget(self.yes)
        return row

    @property
    def condition(self) -> Condition:
        """Who is meant among those who have the tag."""
        return self.conditions.condition

    def count(self) -> None:
        """Count them."""
        condition = with_part(Term("tag", Op.HAS, self._facts.tag.name), self.condition)
        self._desk.jobs.read(
            lambda db: condition_sql.count(db, condition),
            owner=self,
            then=self._show_count,
            latest="tags.split",
        )

    def _changed(self) -> None:
        self._counting.start()

    def _show_count(self, count: int) -> None:
        self._count = count if self.condition != EVERYBODY else 0
        of = self._facts.people
        key = "tags_page.split.counted" if self.condition != EVERYBODY else "tags_page.split.no_condition"
        self.told.setText(t(key, n=self._count, of=of))
        name = self.name.text().strip()
        usable = bool(name) and tag_key(name) != tag_key(self._facts.tag.name)
        self.yes.setText(t("tags_page.split.button", n=self._count))
        self.yes.setAccessibleName(self.yes.text())
        self.yes.setEnabled(self._count > 0 and usable)

    def _accept(self) -> None:
        self.split.emit(to_text(self.condition), self.name.text().strip(), self.besides.isChecked())
        self.accept()
