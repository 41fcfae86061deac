"""The list of members as a paged table model: its columns, those of the shop's own behind them, and the sentence read out for a
row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.store.people import MemberRow
from desktop.ui.members.columns import COLUMNS, Column, extra_column, spoken
from desktop.ui.paging.paged_model import PagedModel, alignment

Index = QModelIndex | QPersistentModelIndex
Load = Callable[[Sequence[int]], dict[int, MemberRow]]

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
"""The MemberRow itself, for the painters."""


class MembersModel(PagedModel[MemberRow]):
    """See the module.

    Args:
        load: reads rows by id; who is gone is missing.
        is_selected: whether a person is selected, for the sentence read out.
    """

    def __init__(
        self, load: Load, is_selected: Callable[[int], bool] = lambda _: False, parent: QObject | None = None
    ) -> None:
        super().__init__(load, parent)
        self._is_selected = is_selected
        self.columns: tuple[Column, ...] = COLUMNS

    def set_extra(self, names: Sequence[str]) -> bool:
        """Have these columns of the shop's own behind the others; whether there were others before."""
        wanted = tuple(extra_column(name) for name in names)
        before = self.columns[len(COLUMNS) :]
        if [one.id for one in before] == [one.id for one in wanted]:
            return False
        first = len(COLUMNS)
        if before:
            self.beginRemoveColumns(QModelIndex(), first, first + len(before) - 1)
            self.columns = COLUMNS
            self.endRemoveColumns()
        if wanted:
            self.beginInsertColumns(QModelIndex(), first, first + len(wanted) - 1)
            self.columns = (*COLUMNS, *wanted)
            self.endInsertColumns()
        return True

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(self.columns[section].right)
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._ids):
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(column.right)
        row = self.looked_at(index.row())
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole or role == Qt.ItemDataRole.ToolTipRole:
            return column.text(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if index.column() == 0:
                return spoken(row, selected=self._is_selected(self.number(index.row())))
            return column.text(row)
        return None
