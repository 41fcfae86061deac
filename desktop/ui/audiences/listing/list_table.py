"""The table of saved audiences: sorted by a click on a header, what is asked of a row by its link, its menu or a key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QMenu

from desktop.store.audiences import Audience
from desktop.text import t
from desktop.ui import theme
from desktop.ui.audiences.listing.columns import (
    ACT,
    CONDITION,
    NAME,
    STATE,
    TIME,
    WIDTHS,
    columns,
    sort_key,
    spoken,
)
from desktop.ui.audiences.listing.rows import ListedAudience
from desktop.ui.widgets.table import BadgeDelegate, LinkDelegate, SimpleTableModel, Table

NEEDED = 120
"""What the condition needs, at 100 % text size."""

ACTIONS = ("open", "upload", "rename", "copy", "export", "delete")
KEYS = {Qt.Key.Key_Delete: "delete", Qt.Key.Key_Backspace: "delete", Qt.Key.Key_F2: "rename"}


class ListTable(Table):
    """``acted(one of ACTIONS, audience)``."""

    acted = Signal(str, object)

    def __init__(self) -> None:
        super().__init__(t("audiences_page.list"))
        self.rows_model = SimpleTableModel(columns(), spoken=spoken, parent=self)
        self.setModel(self.rows_model)
        self.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.setItemDelegateForColumn(STATE, BadgeDelegate(self))
        links = LinkDelegate(self)
        links.activated.connect(lambda index: self._act("upload", self.rows_model.row(index)))
        self.setItemDelegateForColumn(ACT, links)
        self.fit_columns(stretch=CONDITION, widths=WIDTHS)
        header = self.horizontalHeader()
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.sectionClicked.connect(self._sort_by)
        self._sort: tuple[int, bool] | None = None
        self.opened.connect(lambda index: self._act("open", self.rows_model.row(index)))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda _place: self._open_menu())

    def show_rows(self, rows: Sequence[ListedAudience]) -> None:
        """Show these, in the order chosen; the selected audience stays so."""
        current = self.current
        shown = list(rows)
        if self._sort is not None:
            column, falling = self._sort
            shown.sort(key=sort_key(column), reverse=falling)
        self.rows_model.set_rows(shown)
        for at, row in enumerate(shown):
            if current is not None and row.audience.id == current.id:
                self.setCurrentIndex(self.rows_model.index(at, NAME))

    def fill(self, row: ListedAudience) -> None:
        """One row is counted; the order stays until it is asked for again, so that nothing jumps away."""
        for at, there in enumerate(self.rows_model.rows):
            if there.audience.id == row.audience.id:
                self.rows_model.rows[at] = row
                last = self.rows_model.index(at, ACT)
                self.rows_model.dataChanged.emit(self.rows_model.index(at, NAME), last)

    @property
    def current(self) -> Audience | None:
        """The selected audience."""
        index = self.currentIndex()
        known = index.isValid() and index.row() < len(self.rows_model.rows)
        return self.rows_model.row(index).audience if known else None

    def visible_ids(self) -> list[int]:
        """The audiences whose rows are in view, from the top."""
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height() - 1)
        rows = self.rows_model.rows
        return [row.audience.id for row in rows[first : len(rows) if last < 0 else last + 1]]

    def act(self, action: str) -> None:
        """Do something with the selected audience."""
        if self.current is not None:
            self.acted.emit(action, self.current)

    def menu(self) -> QMenu:
        """What a right click offers."""
        menu = QMenu(self)
        for action in ACTIONS:
            made = menu.addAction(t(f"audience_list.act.{action}"))
            made.triggered.connect(lambda _=False, name=action: self.act(name))
        return menu

    def sort_by(self, column: int, *, falling: bool) -> None:
        """Order the rows."""
        self._sort = (column, falling)
        order = Qt.SortOrder.DescendingOrder if falling else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(column, order)
        self.show_rows(self.rows_model.rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = KEYS.get(Qt.Key(event.key()))
        if action is not None:
            self.act(action)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the time goes first, then the condition."""
        width = self.viewport().width()
        narrow = width < theme.px(sum(WIDTHS) - WIDTHS[TIME] + NEEDED)
        self.setColumnHidden(TIME, width < theme.px(sum(WIDTHS) + NEEDED))
        if narrow != self.isColumnHidden(CONDITION):
            self.setColumnHidden(CONDITION, narrow)
            mode = QHeaderView.ResizeMode.Stretch if narrow else QHeaderView.ResizeMode.Interactive
            self.horizontalHeader().setSectionResizeMode(NAME, mode)
            if not narrow:
                self.setColumnWidth(NAME, theme.px(WIDTHS[NAME]))
        super().resizeEvent(event)

    def _sort_by(self, column: int) -> None:
        if column == ACT:
            order = self._sort
            self.horizontalHeader().setSortIndicator(order[0] if order else -1, Qt.SortOrder.AscendingOrder)
            return
        again = self._sort is not None and self._sort[0] == column
        # Numbers and times are asked for with the largest first.
        falling = (
            not self._sort[1] if again and self._sort is not None else column not in (NAME, CONDITION, STATE)
        )
        self.sort_by(column, falling=falling)

    def _act(self, action: str, row: ListedAudience) -> None:
        self.acted.emit(action, row.audience)

    def _open_menu(self) -> None:
        if self.current is not None:
            menu = self.menu()
            menu.aboutToHide.connect(menu.deleteLater)
            below = self.visualRect(self.currentIndex()).bottomLeft()
            menu.popup(self.viewport().mapToGlobal(below))
