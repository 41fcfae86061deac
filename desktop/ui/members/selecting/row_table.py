"""A table of a million rows whose selection is a value: Qt's selection model, which would keep ranges of indexes, is never
asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop.store.people import MemberRow
from desktop.ui.members.columns import Column
from desktop.ui.members.members_model import MembersModel
from desktop.ui.members.selecting.row_selection import RowSelection
from desktop.ui.widgets.table import Table

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
NOT_TYPING = CTRL | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class RowTable(Table):
    """See the module.

    Args:
        load: reads rows by id, see MembersModel.
    """

    selection_changed = Signal()

    def __init__(
        self, name: str, load: Callable[[Sequence[int]], dict[int, MemberRow]], parent: QWidget | None = None
    ) -> None:
        super().__init__(name, parent)
        self.selected = RowSelection()
        self.rows = MembersModel(load, self.selected.__contains__, self)
        self._hovered = -1
        self.setModel(self.rows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        # Letters typed here begin a search; an input method would keep them to itself.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    @property
    def current_person(self) -> int | None:
        """The person of the current row."""
        index = self.currentIndex()
        return self.rows.number(index.row()) if index.isValid() and index.row() < len(self.rows.ids) else None

    @property
    def current_row(self) -> MemberRow | None:
        """What is known of the current row."""
        index = self.currentIndex()
        return self.rows.known(index.row()) if index.isValid() else None

    def select_only(self, row: int) -> None:
        """Make one row current and select it alone."""
        self.set_current(row)
        self.selected.select_only(row)
        self._selection_moved()

    def select_people(self, people: Sequence[int]) -> None:
        """Select these people and bring the first of them in the list into view."""
        self.selected.select_people(people)
        first = next((row for row, person in enumerate(self.rows.ids) if person in self.selected), None)
        if first is not None:
            self.set_current(first)
            self.selected.set_anchor(first)
        self._selection_moved()

    def select_all(self) -> None:
        """Select all that match."""
        self.selected.select_all()
        self._selection_moved()

    def selectAll(self) -> None:
        self.select_all()

    def clear_selection(self) -> None:
        """Select nobody."""
        self.selected.clear()
        self._selection_moved()

    def is_row_selected(self, row: int) -> bool:
        """For the painters."""
        return self.rows.number(row) in self.selected

    def is_row_hovered(self, row: int) -> bool:
        """For the painters."""
        return row == self._hovered

    def column(self, place: int) -> Column:
        """For the painters."""
        return self.rows.columns[place]

    def row_at(self, row: int) -> MemberRow | None:
        """For the painters."""
        return self.rows.looked_at(row) if row < len(self.rows.ids) else None

    def set_current(self, row: int | None) -> None:
        """Make a row current and bring it into view; None: no row."""
        index = QModelIndex() if row is None else self.rows.index(row, self.first_column())
        self.selectionModel().setCurrentIndex(index, self.selectionModel().SelectionFlag.NoUpdate)
        if row is not None:
            self.scrollTo(index)
        self.viewport().update()

    def first_column(self) -> int:
        """The model's column that stands leftmost."""
        header = self.horizontalHeader()
        places = map(header.logicalIndex, range(header.count()))
        return next((place for place in places if not header.isSectionHidden(place)), 0)

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Rows come into view without moving sideways."""
        sideways = self.horizontalScrollBar().value()
        super().scrollTo(index, hint)
        self.horizontalScrollBar().setValue(sideways)

    def _press_row(self, row: int, modifiers: Qt.KeyboardModifier) -> None:
        if modifiers & SHIFT:
            self.selected.extend_to(row, keep=bool(modifiers & CTRL))
        elif modifiers & CTRL:
            self.selected.toggle(row)
        else:
            self.selected.select_only(row)
        self._selection_moved()

    def _selection_moved(self) -> None:
        self.viewport().update()
        self.selection_changed.emit()

    def _hover(self, row: int) -> None:
        for changed in {row, self._hovered} if row != self._hovered else ():
            if changed >= 0:
                top = self.rowViewportPosition(changed)
                self.viewport().update(0, top, self.viewport().width(), self.rowHeight(changed))
        self._hovered = row
