"""The page of audience packages (受眾包): a list, and the editor inside it. LINE's manager calls them 受眾."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QStackedWidget

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.core.people.condition import EVERYBODY, Condition
from desktop.core.people.query_text import parse, to_text
from desktop.operations.audiences import audience_editor, audiences
from desktop.operations.audiences.audiences import SavedAudience
from desktop.operations.line.uploading import Pressed
from desktop.store import audiences as saved_audiences
from desktop.store import outbox, people
from desktop.store.audiences import Audience, Reach
from desktop.store.database import Database
from desktop.text import t
from desktop.ui.actions import Command
from desktop.ui.audiences.audience_list import AudienceList, ListedAudience
from desktop.ui.audiences.conditions.words import summary
from desktop.ui.audiences.editor import Editor
from desktop.ui.audiences.page_header import AudienceHeader
from desktop.ui.audiences.saved_actions import SavedActions
from desktop.ui.audiences.upload_flow import UploadFlow
from desktop.ui.desk import Desk
from desktop.ui.line_account.connect_dialog import connect_dialog
from desktop.ui.line_account.figures import refresh_if_old
from desktop.ui.outbox.explained import explained
from desktop.ui.page import Page
from desktop.ui.widgets.buttons import primary_button


def list_audiences(db: Database) -> list[ListedAudience]:
    """All saved audiences with their condition in words and their newest upload, not counted yet."""
    rows = []
    for audience in reversed(saved_audiences.all_audiences(db)):
        job = outbox.job(db, audience.last_upload["id"]) if audience.last_upload else None
        rows.append(ListedAudience(audience, summary(parse(audience.query, extra_columns=None)), None, job))
    return rows


class AudiencesPage(Page):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "audiences")
        self.has_inside(lambda: self.is_editing, self.show_list)
        self.desk: Desk = desk
        self.list = AudienceList()
        self.list.acted.connect(self.do)
        self.editor = Editor(desk)
        self.editor.edited.connect(self._edited)
        self.editor.counted.connect(self._counted)
        self.editor.upload_wanted.connect(self.upload)
        self.flow = UploadFlow(self, desk, self._connect, self._pressed)
        self.saved = SavedActions(self, desk, self._is_gone)
        build = primary_button(t("audiences_page.build"), self.build, icon="plus")
        self.empty = explained("target", t("audiences_page.empty"), t("audiences_page.empty_text"), build)
        self.stack = QStackedWidget()
        for part in (self.empty, self.list, self.editor):
            self.stack.addWidget(part)
        self.body.addWidget(self.stack)
        self.buttons = AudienceHeader(
            self.header,
            back=self.show_list,
            save=self.save,
            export=self.export,
            upload=self.upload,
            build=self.build,
        )
        self._upload_when_counted = False
        self._counted_queries: dict[int, str] = {}
        self._show_header()

    def opened(self, **arguments: Any) -> None:
        """Show the list, or what was being edited.

        Args:
            arguments: ``query``: begin a new audience with this condition; ``audience``: open the one of this number.
        """
        refresh_if_old(self.desk, self)
        self._counted_queries.clear()
        if "query" in arguments:
            self._begin(str(arguments["query"]))
        elif "audience" in arguments:
            self.open_audience(int(arguments["audience"]))
        elif self.is_editing:
            self.editor.count()
        self._read_list()

    def changed(self, changes: Changes) -> None:
        if changes.touches(Kind.AUDIENCES, Kind.OUTBOX, Kind.PEOPLE, Kind.TAGS, Kind.ORDERS):
            if changes.touches(Kind.PEOPLE, Kind.TAGS, Kind.ORDERS):
                self._counted_queries.clear()
            self._read_list()
        if self.is_editing:
            self.editor.changed(changes)

    def commands(self) -> list[Command]:
        return [
            Command("audiences.build", "audiences_page.build", self.build, shortcut="Ctrl+B", icon="plus"),
            Command("audiences.save", "audiences_page.save", self.save, shortcut="Ctrl+S", enabled=lambda: self.is_editing),
            Command("audiences.upload", "audiences_page.upload", self.upload, shortcut="Ctrl+Return", icon="upload",
                    enabled=lambda: self.is_editing),
            Command("audiences.export", "audiences_page.export", self.export, enabled=lambda: self.is_editing),
            Command("audiences.advanced", "audiences_page.advanced", self._advanced, enabled=lambda: self.is_editing),
            Command("audiences.back", "audiences_page.back", self.show_list, enabled=lambda: self.is_editing),
        ]  # fmt: skip

    def remember(self) -> dict[str, Any]:
        if not self.is_editing:
            return {}
        editor = self.editor
        return {"audience": editor.audience_id, "name": editor.name_text, "query": to_text(editor.condition)}

    def recall(self, state: dict[str, Any]) -> None:
        if "query" in state:
            condition = self._read(str(state["query"]))
            if condition is not None:
                self.editor.show_draft(state.get("audience"), str(state.get("name", "")), condition)
                self.stack.setCurrentWidget(self.editor)
                self._show_header()

    def pictures(self) -> dict[str, Callable[[], None]]:
        return {"editor": self._picture_editor, "list": self.show_list}

    # The list

    @property
    def is_editing(self) -> bool:
        """Whether the editor is shown."""
        return self.stack.currentWidget() is self.editor

    def show_list(self) -> None:
        """Leave the editor. What was not saved is dropped, and can be brought back from the notice."""
        if self.is_editing and self.editor.is_changed and self.editor.condition != EVERYBODY:
            draft = self.remember()
            back = (message("audiences_page.back_to_draft"), lambda: self._back_to(draft))
            self.desk.notices.show(message("audiences_page.not_saved"), kind="info", button=back)
        self.bar.clear()
        self.stack.setCurrentWidget(self.list if self.list.model.rows else self.empty)
        self._show_header()
        self._read_list()

    def build(self) -> None:
        """Begin a new audience."""
        self._begin("")

    def do(self, action: str, audience: Audience) -> None:
        """Do something with a saved audience: open, upload, copy, export or delete it."""
        if action == "delete":
            self.saved.delete(audience)
            return
        if action == "export":
            self.saved.export(audience)
            return
        self.open_audience(audience.id)
        if action == "copy":
            self.editor.show_draft(
                None, t("audiences_page.copy_of", audience=audience.name), self.editor.condition
            )
        self._upload_when_counted = action == "upload"

    def open_audience(self, audience_id: int) -> None:
        """Open a saved audience in the editor."""
        audience = saved_audiences.by_id(self.desk.jobs.page_reader, audience_id)
        condition = self._read(audience.query) if audience is not None else None
        if audience is not None and condition is not None:
            self.bar.clear()
            self.editor.show_audience(audience, condition)
            self.stack.setCurrentWidget(self.editor)
            self._show_header()

    def _is_gone(self, audience_id: int) -> None:
        if self.is_editing and self.editor.audience_id == audience_id:
            self.show_list()

    def _read_list(self) -> None:
        self.desk.jobs.read(list_audiences, owner=self, then=self._show_audiences, latest="audiences.list")

    def _show_audiences(self, rows: list[ListedAudience]) -> None:
        self.list.show_audiences(rows)
        if not self.is_editing:
            self.stack.setCurrentWidget(self.list if rows else self.empty)
            self._show_header()
        for audience in () if self.is_editing else [row.audience for row in rows]:
            if self._counted_queries.get(audience.id) == audience.query:
                continue
            self._counted_queries[audience.id] = audience.query
            self.desk.jobs.read(
                partial(_reach, audience),
                owner=self,
                then=partial(self.list.show_reach, audience.id),
                latest=f"audiences.reach.{audience.id}",
            )

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
        if not self.editor.name_text:
            self._not_saved(UserError(message("audiences.name_empty")))
        elif self.editor.counts is not None:
            self.flow.start(self.editor.plan())

    def export(self) -> None:
        """Write the user IDs to a file for LINE's manager."""
        plan = self.editor.plan()
        self.saved.export(
            Audience(plan.audience_id or 0, plan.name or t("audiences_page.new"), plan.query, "")
        )

    def _begin(self, query: str) -> None:
        condition = self._read(query)
        if condition is not None:
            self.bar.clear()
            self.editor.show_new(condition)
            self.stack.setCurrentWidget(self.editor)
            self._show_header()
            if not query:
                self.editor.conditions.add_button.setFocus()

    def _back_to(self, draft: dict[str, Any]) -> None:
        self.recall(draft)

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
        audience_id = pressed.job.audience_id
        audience = (
            None if audience_id is None else saved_audiences.by_id(self.desk.jobs.page_reader, audience_id)
        )
        if audience is not None and self.is_editing:
            self.editor.is_saved(audience)

    def _counted(self) -> None:
        self._show_header()
        if self._upload_when_counted:
            self._upload_when_counted = False
            if self.buttons.upload.isEnabled():
                self.upload()

    def _advanced(self) -> None:
        self.editor.conditions.show_advanced(True)
        self.editor.conditions.text.setFocus()

    def _edited(self) -> None:
        self.flow.withdraw()
        self._show_header()

    def _show_header(self) -> None:
        if self.is_editing:
            self.buttons.show_editor(self.editor)
        else:
            self.buttons.show_list(empty=self.stack.currentWidget() is self.empty)

    # Pictures

    def _picture_editor(self) -> None:
        rows = self.list.model.rows
        if rows:
            self.open_audience(rows[0].audience.id)
        else:
            self._begin("(tag:熟客 OR tag:VIP) last_order:>60d -tag:市集")


def _reach(audience: Audience, db: Database) -> Reach:
    return audiences.now(db, audience).reach
