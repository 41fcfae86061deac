"""The list of saved audiences: whom each holds and reaches now, and what became of its last upload."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desktop.store.audiences import Audience, Reach
from desktop.store.outbox import UploadJob
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.outbox.states import badge
from desktop.ui.widgets.table import BadgeDelegate, Column, LinkDelegate, SimpleTableModel, Table

NAME, CONDITION, PEOPLE, REACHABLE, STATE, TIME, ACT = range(7)
WIDTHS = (210, 0, 76, 84, 130, 112, 92)
NEEDED = 120
"""What the condition needs, at 100 % text size."""

ACTIONS = ("open", "upload", "copy", "export", "delete")


@dataclass(frozen=True)
class ListedAudience:
    """One row; ``reach`` is None while it is being counted."""

    audience: Audience
    condition: str
    reach: Reach | None = None
    job: UploadJob | None = None


class AudienceList(QWidget):
    """``acted(name of an action, audience)``."""

    acted = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.table = _ListTable()
        self.model = SimpleTableModel(
            [
                Column(t("audiences_page.column.name"), lambda row: row.audience.name),
                Column(
                    t("audiences_page.column.condition"), lambda row: row.condition, role=lambda row: "muted"
                ),
                Column(
                    t("audiences_page.column.people"), lambda row: _number(row.reach, "people"), right=True
                ),
                Column(t("audiences_page.part.reachable"), _reachable, right=True, role=lambda row: "good"),
                Column(
                    t("audiences_page.last_upload"),
                    lambda row: _state(row)[0],
                    kind=lambda row: _state(row)[1],
                ),
                Column(t("audiences_page.column.time"), _time),
                Column("", lambda row: t("audiences_page.act.upload")),
            ],
            spoken=_spoken,
            parent=self.table,
        )
        self.table.setModel(self.model)
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.table.setItemDelegateForColumn(STATE, BadgeDelegate(self.table))
        links = LinkDelegate(self.table)
        links.activated.connect(lambda index: self._act("upload", self.model.row(index)))
        self.table.setItemDelegateForColumn(ACT, links)
        self.table.fit_columns(stretch=CONDITION, widths=WIDTHS)
        self.table.horizontalHeader().setSectionsClickable(False)
        self.table.opened.connect(lambda index: self._act("open", self.model.row(index)))
        self.table.deleted.connect(lambda: self.act("delete"))
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(lambda place: self._open_menu())
        column.addWidget(self.table)

    def show_audiences(self, rows: Sequence[ListedAudience]) -> None:
        """Show these; the counts known before stay until new ones come."""
        known = {row.audience.id: row.reach for row in self.model.rows}
        current = self.current
        self.model.set_rows([replace(row, reach=row.reach or known.get(row.audience.id)) for row in rows])
        for at, row in enumerate(self.model.rows):
            if current is not None and row.audience.id == current.id:
                self.table.setCurrentIndex(self.model.index(at, NAME))

    def show_reach(self, audience_id: int, reach: Reach) -> None:
        """Fill in a count."""
        rows = [
            replace(row, reach=reach) if row.audience.id == audience_id else row for row in self.model.rows
        ]
        self.model.set_rows(rows)

    @property
    def current(self) -> Audience | None:
        """The selected audience."""
        index = self.table.currentIndex()
        return self.model.row(index).audience if index.isValid() else None

    def act(self, action: str) -> None:
        """Do something with the selected audience."""
        if self.current is not None:
            self.acted.emit(action, self.current)

    def menu(self) -> QMenu:
        """What a right click offers."""
        menu = QMenu(self)
        for action in ACTIONS:
            made = menu.addAction(t(f"audiences_page.act.{action}"))
            made.triggered.connect(lambda _=False, name=action: self.act(name))
        return menu

    def _act(self, action: str, row: ListedAudience) -> None:
        self.acted.emit(action, row.audience)

    def _open_menu(self) -> None:
        if self.current is not None:
            menu = self.menu()
            menu.aboutToHide.connect(menu.deleteLater)
            below = self.table.visualRect(self.table.currentIndex()).bottomLeft()
            menu.popup(self.table.viewport().mapToGlobal(below))


class _ListTable(Table):
    deleted = Signal()

    def __init__(self) -> None:
        super().__init__(t("audiences_page.list"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.setColumnHidden(TIME, self.viewport().width() < theme.px(sum(WIDTHS) + NEEDED))
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.deleted.emit()
            return
        super().keyPressEvent(event)


def _number(reach: Reach | None, part: str) -> str:
    return "…" if reach is None else i18n.number(getattr(reach, part))


def _reachable(row: ListedAudience) -> str:
    return _number(row.reach, "reachable")


def _state(row: ListedAudience) -> tuple[str, str]:
    return badge(row.job) if row.job is not None else ("", "neutral")


def _time(row: ListedAudience) -> str:
    return i18n.moment(row.job.pressed_at) if row.job is not None else t("audiences_page.never_uploaded")


def _spoken(row: ListedAudience) -> str:
    people = row.reach.people if row.reach else 0
    reachable = row.reach.reachable if row.reach else 0
    return t(
        "audiences_page.list_spoken",
        name=row.audience.name,
        condition=row.condition,
        n=people,
        reachable=reachable,
        state=_state(row)[0] or t("audiences_page.never_uploaded"),
    )
