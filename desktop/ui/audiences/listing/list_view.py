"""The list of saved audiences on its page: it reads and counts them, finds, orders, renames, copies and deletes them, and says
what else the owner wants done. While there is none it offers where to begin."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.core.changes import Changes, Kind
from desktop.core.people.search_text import fold
from desktop.store.audiences import Audience
from desktop.text import t
from desktop.ui import theme
from desktop.ui.audiences.gallery import Gallery
from desktop.ui.audiences.listing.counting import Counting
from desktop.ui.audiences.listing.list_table import ListTable
from desktop.ui.audiences.listing.rows import ListedAudience, Looked, list_audiences
from desktop.ui.audiences.listing.saved_changes import SavedChanges
from desktop.ui.desk import Desk
from desktop.ui.outbox.explained import explained
from desktop.ui.widgets.buttons import primary_button
from desktop.ui.widgets.fields import SearchField
from desktop.ui.widgets.labels import muted

FIND_FROM = 8
"""With fewer audiences than this there is nothing to look for."""

FIND_WIDTH = 320


class AudienceList(QWidget):
    """``opened(audience_id)``: show this one in the editor; ``new_asked``: begin one; ``template_asked(id)``: begin one from a
    template; ``upload_asked(audience_id)``: the one click; ``export_asked(audience_id)``; ``deleted(audience_id)``;
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
        self._rows: list[ListedAudience] = []
        self.table = ListTable()
        self.table.acted.connect(self._act)
        self.counting = Counting(desk, self, self.table.visible_ids)
        self.counting.counted.connect(self._take)
        self.changes = SavedChanges(desk, self)
        self.changes.deleted.connect(self.deleted)
        self.finder = SearchField(t("audience_list.find"))
        self.finder.setMaximumWidth(theme.px(FIND_WIDTH))
        self.finder.textChanged.connect(lambda _: self._show_rows())
        self.found = muted()
        self.stack = QStackedWidget()
        self.stack.addWidget(self._list())
        self.stack.addWidget(self._empty())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)

    def _list(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addWidget(self.finder, 1)
        row.addWidget(self.found)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        return inside

    def _empty(self) -> QWidget:
        build = primary_button(t("audiences_page.build"), self.new_asked.emit, icon="plus")
        self.gallery = Gallery(self.desk)
        self.gallery.chosen.connect(lambda template: self.template_asked.emit(template.id))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(
            explained("target", t("audiences_page.empty"), t("audiences_page.empty_text"), build)
        )
        column.addWidget(self.gallery)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        return scroll

    def read_again(self) -> None:
        """Read the list; what may have changed is counted anew."""
        self.desk.jobs.read(list_audiences, owner=self, then=self._show, latest="audiences.list")

    def changed(self, changes: Changes) -> None:
        """Data changed."""
        if changes.touches(Kind.PEOPLE, Kind.TAGS, Kind.ORDERS, Kind.OUTBOX, Kind.ACCOUNT):
            self.counting.forget()
        if changes.touches(Kind.AUDIENCES, Kind.OUTBOX, Kind.PEOPLE, Kind.TAGS, Kind.ORDERS, Kind.ACCOUNT):
            self.read_again()

    def reachable_of(self, audience_id: int) -> int | None:
        """How many an audience reaches; None while it is not counted."""
        for row in self._rows:
            if row.audience.id == audience_id and row.looked is not None:
                return row.looked.reach.reachable
        return None

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.counting.stop()

    def _show(self, rows: list[ListedAudience]) -> None:
        self._rows = [replace(row, looked=self.counting.known(row.audience)) for row in rows]
        self.is_empty = not rows
        self.stack.setCurrentIndex(0 if rows else 1)
        self.finder.setVisible(len(rows) >= FIND_FROM or bool(self.finder.text()))
        if not rows:
            self.gallery.read_again()
        self._show_rows()
        self.filled.emit()
        if self.isVisible():
            self.counting.count(self._rows)

    def _show_rows(self) -> None:
        wanted = fold(self.finder.text()).split()
        shown = [row for row in self._rows if _holds(row, wanted)]
        self.table.show_rows(shown)
        self.found.setVisible(bool(wanted))
        self.found.setText(t("audience_list.found", n=len(shown), of=len(self._rows)))

    def _take(self, audience_id: int, found: Looked) -> None:
        for at, row in enumerate(self._rows):
            if row.audience.id == audience_id:
                self._rows[at] = replace(row, looked=found)
                self.table.fill(self._rows[at])

    def _act(self, action: str, audience: Audience) -> None:
        signals = {"open": self.opened, "upload": self.upload_asked, "export": self.export_asked}
        changes = {"rename": self.changes.rename, "copy": self.changes.copy, "delete": self.changes.delete}
        if action in signals:
            signals[action].emit(audience.id)
        else:
            changes[action](audience)


def _holds(row: ListedAudience, wanted: list[str]) -> bool:
    text = fold(f"{row.audience.name} {row.condition}")
    return all(word in text for word in wanted)
