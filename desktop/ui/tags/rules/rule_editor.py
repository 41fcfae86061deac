"""The editor of one rule: its name, the tag, the condition as audiences have it, two switches, and beside it what it would do."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.core.people.condition import EVERYBODY, Condition
from desktop.core.people.query_text import parse, to_text
from desktop.core.people.tag import Tag
from desktop.operations.tagging import rules
from desktop.operations.tagging.rules import RuleDraft
from desktop.store import people, tags
from desktop.store.tagging.rules import Gains, Rule
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.audiences.conditions.choices_read import offer_choices
from desktop.ui.audiences.conditions.condition_card import ConditionCard
from desktop.ui.choosing.chooser import Choice, Chooser
from desktop.ui.desk import Desk
from desktop.ui.tags import words
from desktop.ui.tags.rules.gains_card import GainsCard
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.chips import Chip
from desktop.ui.widgets.fields import FormRows, TextField, switch
from desktop.ui.widgets.labels import muted, warning_text

PREVIEW_AFTER_MS = 150
RIGHT_WIDTH = 300
NARROW = 960
"""Width at 100 % text size below which what the rule would do stands under it; a line of the condition needs the rest."""


class RuleEditor(QWidget):
    """``edited``: something changed; ``deleted``: the owner wants to be rid of the rule."""

    edited = Signal()
    deleted = Signal()

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__()
        self._desk = desk
        self._over = over
        self.rule_id: int | None = None
        self._saved: RuleDraft | None = None
        self._tag = ""
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setContentsMargins(0, 0, theme.px(2), 0)
        self._row.setSpacing(theme.px(14))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        inside = QWidget()
        inside.setLayout(self._row)
        scroll.setWidget(inside)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scroll)
        self._row.addLayout(self._left(), 1)
        self._right_part = self._right()
        self._row.addWidget(self._right_part)
        self._timer = QTimer(self, singleShot=True, interval=PREVIEW_AFTER_MS)
        self._timer.timeout.connect(self.preview)

    # What the page asks

    @property
    def draft(self) -> RuleDraft:
        """The rule as it stands."""
        query = to_text(self.conditions.condition)
        name = self.name.text().strip()
        return RuleDraft(
            self.rule_id, name, query, self._tag, self.takes_off.isChecked(), self.after_imports.isChecked()
        )

    @property
    def is_changed(self) -> bool:
        """Whether there is something to save."""
        return self.draft != self._saved

    def show_new(self, draft: RuleDraft | None = None) -> None:
        """Begin a new rule, from nothing or a template."""
        begun = draft or RuleDraft(None, "", "", "")
        self._show(begun, self._read(begun.query), None)
        self._saved = RuleDraft(None, "", "", "")
        self.edited.emit()

    def show_rule(self, rule: Rule) -> None:
        """Open a saved rule; where its condition cannot be read any more, that is said and a new one can be built."""
        draft = RuleDraft(rule.id, rule.name, rule.query, rule.tag or "", rule.takes_off, rule.after_imports)
        try:
            condition = parse(rule.query, extra_columns=people.extra_columns(self._desk.jobs.page_reader))
        except UserError as mistake:
            self._show(draft, EVERYBODY, rule)
            self._tell(t("rules.broken", query=rule.query, mistake=render(mistake.text)))
        else:
            self._show(draft, condition, rule)
        self._saved = self.draft
        self.edited.emit()

    def is_saved(self, rule: Rule) -> None:
        """The rule was saved as it stands."""
        self.rule_id = rule.id
        self.delete.show()
        self._saved = self.draft
        self._tell("")
        self.edited.emit()

    def preview(self) -> None:
        """See what the rule would do now."""
        self._timer.stop()
        draft = self.draft
        if self.conditions.condition == EVERYBODY:
            self.gains.show_waiting(t("rules.preview.no_condition"))
            return
        self._desk.jobs.read(
            lambda db: rules.preview(db, draft),
            owner=self,
            then=partial(self._show_gains, draft),
            latest="rules.preview",
            on_error=lambda error: self.gains.show_waiting(render(error.text)),
        )

    # Parts

    def _left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.px(12))
        self.wrong = warning_text("")
        self.wrong.hide()
        column.addWidget(self.wrong)
        card = Card()
        form = FormRows()
        self.name = TextField(t("rules.name_example"), t("rules.column.name"))
        self.name.textEdited.connect(self._edited)
        form.add(t("rules.column.name"), self.name)
        form.add(t("rules.puts_on"), self._tag_field())
        card.body.addWidget(form)
        column.addWidget(card)
        self.conditions = ConditionCard(partial(offer_choices, self._desk, self))
        self.conditions.changed.connect(self._condition_changed)
        column.addWidget(self.conditions)
        column.addWidget(self._switches())
        column.addStretch(1)
        return column

    def _tag_field(self) -> QWidget:
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        self.chip = Chip("", "grey")
        self.choose: QPushButton = button("", self.choose_tag)
        row.addWidget(self.chip)
        row.addWidget(self.choose)
        row.addStretch(1)
        inside.setFocusProxy(self.choose)
        return inside

    def _switches(self) -> Card:
        card = Card()
        self.takes_off = switch(t("rules.takes_off"))
        self.after_imports = switch(t("rules.after_imports"))
        for made, hint in (
            (self.takes_off, "rules.takes_off_hint"),
            (self.after_imports, "rules.after_imports_hint"),
        ):
            made.toggled.connect(self._condition_changed)
            made.setAccessibleDescription(t(hint))
            card.body.addWidget(made)
            card.body.addWidget(muted(t(hint), wrap=True))
        return card

    def _right(self) -> QWidget:
        inside = QWidget()
        inside.setFixedWidth(theme.px(RIGHT_WIDTH))
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        self.gains = GainsCard()
        self.gains.shown.connect(lambda: self._desk.go("members", query=self.draft.query))
        column.addWidget(self.gains)
        self.delete = button(t("rules.act.delete_rule"), self.deleted.emit, icon="trash")
        column.addWidget(self.delete)
        column.addStretch(1)
        return inside

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.px(NARROW)
        sides = QBoxLayout.Direction
        self._row.setDirection(sides.TopToBottom if narrow else sides.LeftToRight)

    # What happens

    def choose_tag(self) -> None:
        """Choose the tag, or write a new one."""
        self._desk.jobs.read(tags.all_tags, owner=self, then=self._offer_tags)

    def set_tag(self, name: str, colour: str = "") -> None:
        """Put this tag on."""
        self._tag = name
        self.chip.setVisible(bool(name))
        self.chip.setText(name)
        self.chip.setAccessibleName(name)
        self.chip.colour = colour or theme.tag_colour(name)
        self.chip.updateGeometry()
        self.choose.setText(t("rules.other_tag" if name else "rules.choose_tag"))
        self.choose.setAccessibleName(self.choose.text())

    def _offer_tags(self, known: list[Tag]) -> None:
        choices = [Choice(tag.name, words.colour_of(tag), tag.people) for tag in known]
        colours = {tag.name: words.colour_of(tag) for tag in known}
        chooser = Chooser(self._over, t("rules.choose_tag"), choices, lambda name: pick(name), free=True)

        def pick(name: str) -> None:
            chooser.close()
            self.set_tag(name, colours.get(name, ""))
            self.choose.setFocus()
            self._condition_changed()

        chooser.open_at(self.choose)

    def _show(self, draft: RuleDraft, condition: Condition, rule: Rule | None) -> None:
        self.rule_id = draft.id
        self.conditions.set_columns(people.extra_columns(self._desk.jobs.page_reader))
        self.conditions.show_condition(condition)
        self.name.setText(draft.name)
        self.name.set_wrong(False)
        self.set_tag(draft.tag, rule.colour if rule else "")
        for made, on in ((self.takes_off, draft.takes_off), (self.after_imports, draft.after_imports)):
            made.blockSignals(True)
            made.setChecked(on)
            made.blockSignals(False)
        self.delete.setVisible(rule is not None)
        problem = rule.error if rule else None
        self._tell(render(problem) if problem else "")
        self.gains.show_waiting()
        self.preview()

    def _read(self, query: str) -> Condition:
        return parse(query, extra_columns=people.extra_columns(self._desk.jobs.page_reader))

    def _tell(self, text: str) -> None:
        self.wrong.setText(text)
        self.wrong.setVisible(bool(text))

    def _edited(self) -> None:
        self.edited.emit()

    def _condition_changed(self) -> None:
        self.edited.emit()
        self._timer.start()

    def _show_gains(self, draft: RuleDraft, found: Gains) -> None:
        if draft.query == self.draft.query:
            self.gains.show_gains(found, takes_off=draft.takes_off, tag=draft.tag)
