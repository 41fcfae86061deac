"""The rules' part of the page of tags: the list, the editor, templates to begin with, and running them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.operations.tagging import rules
from desktop.operations.tagging.rule_templates import Template, templates
from desktop.operations.tagging.rules import RuleDraft, SavedRule
from desktop.store.tagging import rules as saved_rules
from desktop.store.tagging.rules import Rule
from desktop.text import t
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.tags.rules.rule_editor import RuleEditor
from desktop.ui.tags.rules.rule_list import RuleList
from desktop.ui.tags.rules.rule_runs import RuleRuns
from desktop.ui.tags.rules.template_row import TemplateRow
from desktop.ui.tags.tag_actions import TagActions
from desktop.ui.widgets.buttons import button, icon_button, primary_button
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.labels import heading


class RulesView(QWidget):
    """``headed``: what the page's header shows is another thing now."""

    headed = Signal()

    def __init__(self, page: Page, desk: Desk, actions: TagActions) -> None:
        super().__init__()
        self._page = page
        self._desk = desk
        self._actions = actions
        self.rules: list[Rule] = []
        self._open: int | str | None = None
        self._run_when_saved = False
        self._saving = False
        self.runs = RuleRuns(page, desk, actions)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self._editor_bar())
        self.list = RuleList()
        self.list.acted.connect(self._act)
        self.editor = RuleEditor(desk, page)
        self.editor.edited.connect(self._show_bar)
        self.editor.deleted.connect(self._delete_open)
        self.begin = TemplateRow()
        self.begin.chosen.connect(self.new)
        self.empty = EmptyState("lightning", t("rules.empty"), t("rules.empty_text"))
        self.stack = QStackedWidget()
        for part in (self.empty, self.list, self.editor):
            self.stack.addWidget(part)
        column.addWidget(self.begin)
        column.addWidget(self.stack, 1)
        self._show_list()

    def _editor_bar(self) -> QWidget:
        self.bar = QWidget()
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        self.title = heading("")
        self.save_button = button(t("rules.save"), self.save)
        self.run_button = primary_button(t("rules.run"), self.run, icon="play")
        row.addWidget(icon_button("arrow-left", t("rules.back"), self.show_list))
        row.addWidget(self.title, 1)
        row.addWidget(self.save_button)
        row.addWidget(self.run_button)
        return self.bar

    # What the page asks

    @property
    def is_editing(self) -> bool:
        """Whether the editor is shown."""
        return self.stack.currentWidget() is self.editor

    @property
    def has_own_button(self) -> bool:
        """Whether another main button is in view than the page's."""
        return self.is_editing

    def read(self, *, with_templates: bool = True) -> None:
        """Read the rules, and what the templates would find."""
        self._desk.jobs.read(saved_rules.all_rules, owner=self, then=self._show_rules, latest="rules.all")
        if with_templates:
            self._desk.jobs.read(
                templates, owner=self, then=self.begin.show_templates, latest="rules.templates"
            )

    def changed(self) -> None:
        """Data changed: what the rule being edited would do may be another thing."""
        if self.is_editing:
            self.editor.preview()

    def new(self, template: Template | None = None) -> None:
        """Begin a rule."""
        draft = None
        if template is not None:
            name = t(f"rules.template.{template.id}")
            draft = RuleDraft(None, _free_name(name, self.rules), template.query, name, after_imports=True)
        self.editor.show_new(draft)
        self._show(self.editor)
        (self.editor.conditions.add_button if template is None else self.run_button).setFocus()

    def open_rule(self, rule_id: int) -> None:
        """Open a rule in the editor, as soon as it is read."""
        self._open = rule_id
        self.read()

    def open_named(self, name: str) -> None:
        """Open the rule of this name."""
        self._open = name
        self.read()

    def show_list(self) -> None:
        """Leave the editor; what was not saved can be brought back from the notice."""
        draft = self.editor.draft
        if self.is_editing and self.editor.is_changed and draft.query:
            again = (message("rules.back_to_draft"), partial(self._back_to, draft))
            self._desk.notices.show(message("rules.not_saved"), kind="info", button=again)
        self._page.bar.clear()
        self._show_list()
        self.list.table.setFocus()

    def save(self) -> None:
        """Save the rule of the editor."""
        if self._saving or self.runs.busy:
            return
        self._saving = True
        draft = self.editor.draft
        self._desk.jobs.write(
            lambda db, ctx: rules.save(db, draft),
            owner=self._page,
            then=self._saved,
            on_error=self._not_saved,
        )

    def run(self) -> None:
        """Save and run the rule of the editor."""
        if not self._saving and not self.runs.busy:
            self._run_when_saved = True
            self.save()

    def run_all(self) -> None:
        """Run every rule."""
        self.runs.run_all()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.is_editing:
            event.accept()
            self.show_list()
            return
        super().keyPressEvent(event)

    # What happens

    def _act(self, action: str, rule: Rule) -> None:
        if action == "open":
            self._edit(rule)
        elif action == "run":
            self.runs.run(rule.id)
        else:
            self._delete(rule.id)

    def _edit(self, rule: Rule) -> None:
        self._page.bar.clear()
        self.editor.show_rule(rule)
        self._show(self.editor)

    def _delete_open(self) -> None:
        if self.editor.rule_id is not None:
            self._delete(self.editor.rule_id)

    def _delete(self, rule_id: int) -> None:
        self._desk.jobs.write(
            lambda db, ctx: rules.delete(db, rule_id),
            owner=self._page,
            then=self._deleted,
            on_error=self._page.bar.show_error,
        )

    def _deleted(self, outcome: SavedRule) -> None:
        if self.is_editing and self.editor.rule_id == outcome.rule.id:
            self._show_list()
        self._actions.say("rules.said.deleted", outcome.step, rule=outcome.rule.name)

    def _saved(self, outcome: SavedRule) -> None:
        self._saving = False
        self._page.bar.clear()
        self.editor.name.set_wrong(False)
        self.editor.is_saved(outcome.rule)
        if self._run_when_saved:
            self._run_when_saved = False
            self.runs.run(outcome.rule.id)
        elif outcome.step is not None:
            self._actions.say("rules.said.saved", outcome.step, rule=outcome.rule.name)

    def _not_saved(self, error: UserError) -> None:
        self._run_when_saved = self._saving = False
        self.editor.name.set_wrong(error.text.key.startswith("rules.name"))
        self._page.bar.show_error(error)

    def _back_to(self, draft: RuleDraft) -> None:
        self.editor.show_new(draft)
        self._show(self.editor)

    # What is shown

    def _show_rules(self, found: list[Rule]) -> None:
        self.rules = found
        self.list.show_rules(found)
        wanted, self._open = self._open, None
        for rule in found:
            if wanted in (rule.id, rule.name):
                self._edit(rule)
                return
        if self.is_editing:
            self.headed.emit()
        else:
            self._show_list()

    def _show_list(self) -> None:
        self._show(self.list if self.rules else self.empty)

    def _show(self, part: QWidget) -> None:
        self._saving = False
        self.stack.setCurrentWidget(part)
        self.bar.setVisible(part is self.editor)
        self.begin.setVisible(part is not self.editor)
        self._show_bar()
        self.headed.emit()

    def _show_bar(self) -> None:
        draft = self.editor.draft
        self.title.setText(draft.name or t("rules.new"))
        complete = bool(draft.query and draft.tag and draft.name)
        self.save_button.setEnabled(complete and self.editor.is_changed)
        self.run_button.setEnabled(complete)
        reason = "" if complete else t("rules.incomplete")
        for made in (self.save_button, self.run_button):
            made.setToolTip(reason)
            made.setAccessibleDescription(reason)


def _free_name(name: str, known: Sequence[Rule]) -> str:
    """The name, with a number where there is a rule of that name."""
    taken = {rule.name for rule in known}
    number = 2
    free = name
    while free in taken:
        free, number = f"{name} {number}", number + 1
    return free
