"""The list of saved audiences on its page: it reads and counts them by itself, and says what the owner wants done."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.core.changes import Changes, Kind
from desktop.core.people.query_text import parse
from desktop.operations.audiences import audiences
from desktop.store import audiences as saved_audiences
from desktop.store import outbox
from desktop.store.audiences import Audience, Reach
from desktop.store.database import Database
from desktop.text import t
from desktop.ui.audiences.audience_list import AudienceList as ListTable
from desktop.ui.audiences.audience_list import ListedAudience
from desktop.ui.audiences.conditions.words import summary
from desktop.ui.desk import Desk
from desktop.ui.outbox.explained import explained
from desktop.ui.widgets.buttons import primary_button


class AudienceList(QWidget):
    """``opened(audience_id)``: show this one in the editor; ``new_asked``: begin one; ``template_asked(id)``: begin one from a
    template; ``upload_asked(audience_id)``, ``export_asked(audience_id)``, ``copy_asked``, ``delete_asked``;
    ``filled``: the list was read (``is_empty``)."""

    opened = Signal(int)
    new_asked = Signal()
    template_asked = Signal(str)
    upload_asked = Signal(int)
    export_asked = Signal(int)
    deleted = Signal(int)
    filled = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.is_empty = False
        self._counted: dict[int, str] = {}
        self.table = ListTable()
        self.table.acted.connect(self._act)
        build = primary_button(t("audiences_page.build"), self.new_asked.emit, icon="plus")
        self.empty = explained("target", t("audiences_page.empty"), t("audiences_page.empty_text"), build)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)

    def read_again(self) -> None:
        """Read the list; sizes that may have changed are counted anew."""
        self.desk.jobs.read(list_audiences, owner=self, then=self._show, latest="audiences.list")

    def changed(self, changes: Changes) -> None:
        """Data changed."""
        if changes.touches(Kind.PEOPLE, Kind.TAGS, Kind.ORDERS):
            self._counted.clear()
        if changes.touches(Kind.AUDIENCES, Kind.OUTBOX, Kind.PEOPLE, Kind.TAGS, Kind.ORDERS):
            self.read_again()

    def _show(self, rows: list[ListedAudience]) -> None:
        self.table.show_audiences(rows)
        self.is_empty = not rows
        self.stack.setCurrentWidget(self.table if rows else self.empty)
        self.filled.emit()
        for audience in (row.audience for row in rows):
            if self._counted.get(audience.id) != audience.query:
                self._counted[audience.id] = audience.query
                self.desk.jobs.read(
                    partial(_reach, audience), owner=self, then=partial(self.table.show_reach, audience.id)
                )

    def _act(self, action: str, audience: Audience) -> None:
        if action == "open":
            self.opened.emit(audience.id)
        elif action == "upload":
            self.upload_asked.emit(audience.id)
        elif action == "export":
            self.export_asked.emit(audience.id)


def list_audiences(db: Database) -> list[ListedAudience]:
    """All saved audiences with their condition in words and their newest upload, not counted yet."""
    rows = []
    for audience in reversed(saved_audiences.all_audiences(db)):
        job = outbox.job(db, audience.last_upload["id"]) if audience.last_upload else None
        rows.append(ListedAudience(audience, summary(parse(audience.query, extra_columns=None)), None, job))
    return rows


def _reach(audience: Audience, db: Database) -> Reach:
    return audiences.now(db, audience).reach
