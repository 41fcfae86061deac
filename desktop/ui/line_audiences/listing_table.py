"""The table of the audiences that LINE holds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent

from desktop.operations.line.audiences_at_line import LineAudience
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.line_audiences.words import belongs_to, expiry, maker, spoken, state
from desktop.ui.widgets.table import BadgeDelegate, Column, SimpleTableModel, Table

NAME, PEOPLE, STATE, BELONGS, MAKER, EXPIRY = range(6)
WIDTHS = (0, 84, 152, 190, 132, 116)
NEEDED = 190
"""What the name needs, at 100 % text size."""


class ListingTable(Table):
    """``chosen``: another row is selected."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__(t("line_audiences.table"))
        self.audiences = SimpleTableModel(
            [
                Column(t("line_audiences.column.name"), lambda one: one.name),
                Column(t("line_audiences.column.people"), _people, right=True),
                Column(
                    t("line_audiences.column.state"),
                    lambda one: state(one)[0],
                    kind=lambda one: state(one)[1],
                ),
                Column(t("line_audiences.column.belongs"), belongs_to, role=_belongs_role),
                Column(t("line_audiences.column.maker"), maker, role=lambda one: "muted"),
                Column(
                    t("line_audiences.column.expiry"),
                    lambda one: expiry(one)[0],
                    role=lambda one: expiry(one)[1],
                ),
            ],
            spoken=spoken,
            parent=self,
        )
        self.setModel(self.audiences)
        self.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.setItemDelegateForColumn(STATE, BadgeDelegate(self))
        self.fit_columns(stretch=NAME, widths=WIDTHS)
        self.horizontalHeader().setSectionsClickable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit())

    def show_audiences(self, audiences: Sequence[LineAudience]) -> None:
        """Show these; the selected one stays selected."""
        before = self.current
        self.audiences.set_rows(audiences)
        if before is not None:
            self.select(before.group_id)
        self.chosen.emit()

    @property
    def current(self) -> LineAudience | None:
        """The selected audience."""
        index = self.currentIndex()
        one: LineAudience | None = None
        if index.isValid() and index.row() < len(self.audiences.rows):
            one = self.audiences.row(index)
        return one

    def select(self, group_id: int) -> bool:
        """Select an audience by LINE's number; False if it is not shown."""
        for at, one in enumerate(self.audiences.rows):
            if one.group_id == group_id:
                self.setCurrentIndex(self.audiences.index(at, NAME))
                return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        room = self.viewport().width()
        fixed = sum(WIDTHS)
        for column in (MAKER, EXPIRY):
            self.setColumnHidden(column, room < theme.px(fixed + NEEDED) and column == MAKER)
        narrow = room < theme.px(fixed - WIDTHS[MAKER] + NEEDED)
        self.setColumnWidth(BELONGS, theme.px(WIDTHS[BELONGS] - (60 if narrow else 0)))
        super().resizeEvent(event)


def _people(one: LineAudience) -> str:
    return "—" if one.count is None else i18n.number(one.count)


def _belongs_role(one: LineAudience) -> str | None:
    return "warning" if one.role == "old" and one.gone_at is None else None if one.audience else "muted"
