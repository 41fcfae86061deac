"""A paged table model whose columns say what they show of a row: a hundred thousand steps, or everybody an import brought."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.ui import theme
from desktop.ui.paging.paged_model import PAGE, PagedModel, alignment
from desktop.ui.widgets.table import KIND_ROLE, ROLE_ROLE, Column

Index = QModelIndex | QPersistentModelIndex
Load = Callable[[Sequence[int]], dict[int, Any]]


class PagedRows(PagedModel[Any]):
    """See the module.

    Args:
        columns: what each column shows of a row.
        load: reads rows by number; who is gone is missing and stays blank.
        spoken: a sentence for a whole row, read out for its first cell.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        load: Load,
        spoken: Callable[[Any], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(load, parent)
        self._columns = list(columns)
        self._spoken = spoken

    def set_ids(self, ids: Sequence[int]) -> None:
        """Show these rows; what was read before is read again."""
        self._rows.clear()
        super().set_ids(ids)
        self.forget_rows()

    def row(self, row: int) -> Any:
        """What is known of a row, read now if need be; None if it is gone."""
        self._read(row // PAGE)
        return self.known(row)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(self._columns[section].right)
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._ids):
            return None
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(column.right)
        row = self.looked_at(index.row())
        if row is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return column.text(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row) if index.column() == 0 else column.text(row)
        if role == KIND_ROLE:
            return column.kind(row) if column.kind else None
        named = column.role(row) if column.role is not None else None
        if role == ROLE_ROLE:
            return named
        if role == Qt.ItemDataRole.ForegroundRole and named:
            return theme.colour(named)
        return None
