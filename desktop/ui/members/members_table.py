"""The list's view: its columns and painters, and how it stays where it is when who is shown changes."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QRect
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.core.people.condition import Condition
from desktop.store.people import MemberRow
from desktop.ui import theme
from desktop.ui.members.columns import PLACE
from desktop.ui.members.list_header import ListHeader
from desktop.ui.members.member_cells import LineCell, MemberCell, TagsCell
from desktop.ui.members.selecting.selecting_table import SelectingTable
from desktop.ui.widgets.table import row_height

MEASURED_ROWS = 30

EXTRA_PX = {"compact": -7, "normal": 0, "roomy": 10}
"""Density of the rows → pixels at 100 % text size that a row is higher than usual."""

DENSITIES = tuple(EXTRA_PX)


class MembersTable(SelectingTable):
    """See the module.

    Args:
        load: reads rows by id, see MembersModel.
    """

    def __init__(
        self, name: str, load: Callable[[Sequence[int]], dict[int, MemberRow]], parent: QWidget | None = None
    ) -> None:
        super().__init__(name, load, parent)
        self.setHorizontalHeader(ListHeader(self, self.rows))
        self.list_header.set_up()
        self.setCornerWidget(QWidget())
        self.density = DENSITIES[1]
        self.setItemDelegate(MemberCell(self, self))
        self.setItemDelegateForColumn(PLACE["tags"], TagsCell(self, self))
        self.setItemDelegateForColumn(PLACE["line"], LineCell(self, self))

    @property
    def list_header(self) -> ListHeader:
        """The header with its sorting and its choice of columns."""
        header = self.horizontalHeader()
        assert isinstance(header, ListHeader)
        return header

    def show_list(self, ids: array[int], condition: Condition, *, keep_place: bool) -> None:
        """Show these people in this order.

        Args:
            ids: the people in order.
            condition: what they match.
            keep_place: stay at the person at the top and at the current one if they are still there.
        """
        top = self.rowAt(0)
        top_person = self.rows.number(top) if keep_place and 0 < top < len(self.rows.ids) else None
        current = self.current_person
        self.rows.set_ids(ids)
        self.selected.set_list(ids, condition)
        if keep_place:
            self._go_back(top_person, current)
        else:
            self.scrollToTop()
            self.set_current(0 if len(ids) else None)
            self.selected.set_anchor(0 if len(ids) else None)
        self.viewport().update()

    def fit_columns_once(self) -> None:
        """Measure what the first screen shows; the tags take what is left."""
        rows = min(len(self.rows.ids), MEASURED_ROWS)
        if not rows or self.list_header.chosen:
            return
        self.rows.prepare(0, rows - 1)
        widths: dict[int, int] = {}
        for name in self.list_header.shown_columns():
            place = PLACE.get(name, 0)
            cell = self.itemDelegateForIndex(self.rows.index(0, place))
            if name not in ("tags", "") and isinstance(cell, MemberCell):
                widths[place] = max(
                    cell.needed_width(self.rows.index(row, place), self) for row in range(rows)
                )
        self.list_header.fit_contents(widths)

    def set_extra(self, names: Sequence[str]) -> None:
        """Offer these columns of the shop's own."""
        if self.rows.set_extra(names):
            self.list_header.columns_came()

    def set_density(self, density: str) -> None:
        """Another row height; the row at the top stays there."""
        self.density = density if density in DENSITIES else DENSITIES[1]
        top = self.rowAt(0)
        self.verticalHeader().setDefaultSectionSize(
            row_height(self) + round(theme.px(100) * EXTRA_PX[self.density] / 100)
        )
        if top > 0:
            self.verticalScrollBar().setValue(top)

    def refresh_rows(self) -> None:
        """What the rows show may have changed; who is shown, and where, stays."""
        self.rows.forget_rows()
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        bottom = self.viewport().height() - 1
        first, last = self.rowAt(0), self.rowAt(bottom)
        if first >= 0:
            self.rows.prepare(first, last if last >= 0 else len(self.rows.ids) - 1)
        super().paintEvent(event)
        index = self.currentIndex()
        if self.hasFocus() and index.isValid():
            self._paint_focus(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.list_header.fit()

    def _go_back(self, top_person: int | None, current: int | None) -> None:
        row = self.rows.row_of(top_person) if top_person is not None else None
        if row is not None:
            self.verticalScrollBar().setValue(row)
        found = self.rows.row_of(current) if current is not None else None
        if found is None:
            found = min(max(self.currentIndex().row(), 0), len(self.rows.ids) - 1) if self.rows.ids else None
        sideways, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        self.set_current(found)
        self.verticalScrollBar().setValue(down)
        self.horizontalScrollBar().setValue(sideways)
        self.selected.set_anchor(found)

    def _paint_focus(self, index: QModelIndex) -> None:
        area = self.visualRect(index)
        ring = QRect(
            0, area.top(), min(self.viewport().width(), self.horizontalHeader().length()), area.height()
        )
        painter = QPainter(self.viewport())
        painter.setPen(QPen(theme.colour("focus"), 1.5))
        painter.drawRect(ring.adjusted(1, 0, -2, -2))
        painter.end()
