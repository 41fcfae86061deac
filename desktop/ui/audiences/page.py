"""The page of audience packages (受眾包): a list, and the editor inside it. LINE's manager calls them 受眾."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QStackedWidget

from desktop.core.changes import Changes
from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.core.people.condition import EVERYBODY, Condition
from desktop.core.people.query_text import parse, to_text
from desktop.operations.audiences import audience_editor, templates
from desktop.operations.audiences.audiences import SavedAudience
from desktop.operations.audiences.templates import Template
from desktop.operations.line.uploading import Pressed
from desktop.store import audiences as saved_audiences
from desktop.store import people
from desktop.store.audiences import Audience
from desktop.text import t
from desktop.ui.actions import Command
from desktop.ui.audiences.editor import Editor
from desktop.ui.audiences.exports import AudienceExports
from desktop.ui.audiences.gallery import template_of
from desktop.ui.audiences.listing.list_view import AudienceList
from desktop.ui.audiences.page_commands import audience_commands, audience_pictures
from desktop.ui.audiences.page_header import AudienceHeader
from desktop.ui.audiences.upload_flow import Plan, UploadFlow
from desktop.ui.desk import Desk
from desktop.ui.line_account.connect_dialog import connect_dialog
from desktop.ui.line_account.figures import refresh_if_old
from desktop.ui.page import Page


class AudiencesPage(Page):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "audiences")
        self.has_inside(lambda: self.is_editing, self.show_list)
        self.desk: Desk = desk
        self.list = AudienceList(desk)
        self.list.opened.connect(self.open_audience)
        self.list.new_asked.connect(self.build)
        self.list.template_asked.connect(self.build_from)
        self.list.upload_asked.connect(self._upload_saved)
        self.list.export_asked.connect(self._export_saved)
        self.list.deleted.connect(self._is_gone)
        self.list.filled.connect(self._show_header)
        self.editor = Editor(desk)
        self.editor.edited.connect(self._edited)
        self.editor.counted.connect(self._counted)
        self.editor.upload_wanted.connect(self.upload)
        self.editor.stuck.connect(self._stuck)
        self.editor.unstuck.connect(self._unstuck)
        self.flow = UploadFlow(self, desk, self._connect, self._pressed)
        self.exports = AudienceExports(self, desk)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.editor)
        self.body.addWidget(self.stack)
        self.buttons = AudienceHeader(
            self.header,
            back=self.show_list,
            save=self.save,
            upload=self.upload,
            build=self.build,
            call=self.export_people,
            exports=self.exports.menu(self.as_it_stands),
        )
        self._upload_when_counted = False
        self._is_stuck = False
        self._show_header()

    def opened(self, **arguments: Any) -> None:
        """Show the list, or what was being edited.

        Args:
            arguments: ``query``: begin a new audience with this condition; ``audience``: open the one of this number;
                ``template``: begin one from the template of this name.
        """
        refresh_if_old(self.desk, self)
        if "query" in arguments:
            self.begin(str(arguments["query"]))
        elif "audience" in arguments:
            self.open_audience(int(arguments["audience"]))
        elif "template" in arguments:
            self.build_from(str(arguments["template"]))
        elif self.is_editing:
            self.editor.count()
        self.list.read_again()

    def changed(self, changes: Changes) -> None:
        self.list.changed(changes)
        if self.is_editing:
            self.editor.changed(changes)

    def commands(self) -> list[Command]:
        return audience_commands(self)

    def remember(self) -> dict[str, Any]:
        if not self.is_editing:
            return {}
        editor = self.editor
        return {"audience": editor.audience_id, "name": editor.name_text, "query": to_text(editor.condition)}

    def recall(self, state: dict[str, Any]) -> None:
        if "query" in state:
            condition = self._read(str(state["query"]))
            if condition is not None:
                known = state.get("audience")
                reader = self.desk.jobs.page_reader
                audience = None if known is None else saved_audiences.by_id(reader, int(known))
                self.editor.show_draft(audience, str(state.get("name", "")), condition)
                self._show_editor()

    def pictures(self) -> dict[str, Callable[[], None]]:
        return audience_pictures(self)

    # The list

    @property
    def is_editing(self) -> bool:
        """Whether the editor is shown."""
        return self.stack.currentWidget() is self.editor

    def show_list(self) -> None:
        """Leave the editor. What was not saved is dropped, and can be brought back from the notice."""
        if self.is_editing and self.editor.is_changed and self.editor.condition != EVERYBODY:
            draft = self.remember()
            back = (message("audiences_page.back_to_draft"), lambda: self.recall(draft))
            self.desk.notices.show(message("audiences_page.not_saved"), kind="info", button=back)
        self.bar.clear()
        self.stack.setCurrentWidget(self.list)
        self._show_header()
        self.list.read_again()

    def build(self) -> None:
        """Begin a new audience."""
        self.begin("")

    def build_from(self, template_id: str) -> None:
        """Begin a new audience from a template."""
        self.begin("")
        self.desk.jobs.read(templates.templates, owner=self, then=partial(self._take_template, template_id))

    def open_audience(self, audience_id: int) -> None:
        """Open a saved audience in the editor."""
        audience = saved_audiences.by_id(self.desk.jobs.page_reader, audience_id)
        condition = self._read(audience.query) if audience is not None else None
        if audience is not None and condition is not None:
            self.bar.clear()
            self.editor.show_audience(audience, condition)
            self._show_editor()

    def _take_template(self, template_id: str, found: Sequence[Template]) -> None:
        template = template_of(found, template_id)
        if template is not None and self.is_editing:
            self.editor.begin_with(template)

    def _upload_saved(self, audience_id: int) -> None:
        audience = saved_audiences.by_id(self.desk.jobs.page_reader, audience_id)
        reachable = self.list.reachable_of(audience_id)
        if audience is not None and reachable:
            self.flow.start(Plan(audience.id, audience.name, audience.query, reachable))
            return
        self.open_audience(audience_id)
        self._upload_when_counted = self.is_editing

    def _export_saved(self, audience_id: int) -> None:
        audience = saved_audiences.by_id(self.desk.jobs.page_reader, audience_id)
        if audience is None:
            return
        condition = self._read(audience.query)
        if condition is not None and templates.is_list_only(condition):
            self.exports.people(audience)
        elif condition is not None:
            self.exports.user_ids(audience)

    def _is_gone(self, audience_id: int) -> None:
        if self.is_editing and self.editor.audience_id == audience_id:
            self.show_list()

    # The editor

    def save(self) -> None:
        """Save the audience of the editor."""
        plan = self.editor.plan()
        self.desk.jobs.write(
            lambda db, ctx: audience_editor.save_as(db, plan.audience_id, plan.name, plan.query),
            owner=self,
            then=self._saved,
            on_error=self._not_saved,
        )

    def upload(self) -> None:
        """Upload the audience as it stands: LINE is asked who the account is, then the owner."""
        if self.editor.is_list_only:
            return
        if not self.editor.name_text:
            self._not_saved(UserError(message("audiences.name_empty")))
        elif self.editor.counts is not None:
            self.flow.start(self.editor.plan())

    def as_it_stands(self) -> Audience:
        """The audience of the editor, saved or not."""
        plan = self.editor.plan()
        return Audience(plan.audience_id or 0, plan.name or t("audiences_page.new"), plan.query, "")

    def export(self) -> None:
        """Write the user IDs to a file for LINE's manager."""
        self.exports.user_ids(self.as_it_stands())

    def export_people(self) -> None:
        """Write the people to a file, to call or mail them."""
        self.exports.people(self.as_it_stands())

    def begin(self, query: str) -> None:
        """Begin a new audience with a condition."""
        condition = self._read(query)
        if condition is not None:
            self.bar.clear()
            self.editor.show_new(condition)
            self._show_editor()
            if not query:
                self.editor.conditions.add_button.setFocus()

    def _read(self, query: str) -> Condition | None:
        try:
            return parse(query, extra_columns=people.extra_columns(self.desk.jobs.page_reader))
        except UserError as mistake:
            self.bar.show_error(mistake)
            return None

    def _saved(self, outcome: SavedAudience) -> None:
        self.editor.name.set_wrong(False)
        self.editor.is_saved(outcome.audience)
        self.desk.notices.show(message("audiences_page.saved", audience=outcome.audience.name))

    def _not_saved(self, error: UserError) -> None:
        self.editor.name.set_wrong(error.text.key.startswith(("audiences.name", "audiences_page.name")))
        self.editor.name.setFocus()
        self.bar.show_error(error)

    def _connect(self, then: Callable[[], object]) -> None:
        self.desk.dialogs.show(connect_dialog(self, self.desk, then))

    def _pressed(self, pressed: Pressed) -> None:
        known = pressed.job.audience_id
        audience = None if known is None else saved_audiences.by_id(self.desk.jobs.page_reader, known)
        if audience is not None and self.is_editing:
            self.editor.is_saved(audience)

    def _counted(self) -> None:
        self._show_header()
        if self._upload_when_counted:
            self._upload_when_counted = False
            if self.buttons.upload.isEnabled():
                self.upload()

    def _stuck(self, error: UserError) -> None:
        self._is_stuck, self._upload_when_counted = True, False
        self._show_header()
        self.bar.show_error(error)

    def _unstuck(self) -> None:
        if self._is_stuck:
            self._is_stuck = False
            self.bar.clear()

    def _edited(self) -> None:
        self.flow.withdraw()
        self._show_header()

    def _show_editor(self) -> None:
        self.stack.setCurrentWidget(self.editor)
        self._show_header()

    def _show_header(self) -> None:
        if self.is_editing:
            self.buttons.show_editor(self.editor)
        else:
            self.buttons.show_list(empty=self.list.is_empty)
