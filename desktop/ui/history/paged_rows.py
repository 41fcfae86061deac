"""A table model over ordered numbers of which only the rows looked at are read, a page at a time: a hundred thousand steps, or
everybody an import brought."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer

from desktop.ui import theme
from desktop.ui.widgets.table import KIND_ROLE, ROLE_ROLE, Column

Index = QModelIndex | QPersistentModelIndex
Load = Callable[[Sequence[int]], dict[int, Any]]

PAGE = 64
KEPT_ROWS = 2048


class PagedRows(QAbstractTableModel):
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
        super().__init__(parent)
        self._columns = list(columns)
        self._load = load
        self._spoken = spoken
        self._ids: Sequence[int] = ()
        self._rows: OrderedDict[int, Any] = OrderedDict()
        self._wanted: set[int] = set()
        self._fetch = QTimer(self, singleShot=True, interval=0)
        self._fetch.timeout.connect(self._fetch_wanted)

    @property
    def ids(self) -> Sequence[int]:
        """The numbers in the list's order."""
        return self._ids

    def set_ids(self, ids: Sequence[int]) -> None:
        """Show these rows; what was read before is read again."""
        self._wanted.clear()
        self._rows.clear()
        before, after = len(self._ids), len(ids)
        common = min(before, after)
        if after < before:
            self.beginRemoveRows(QModelIndex(), after, before - 1)
            self._ids = self._ids[:after]
            self.endRemoveRows()
        self._ids = ids[:common]
        if after > before:
            self.beginInsertRows(QModelIndex(), before, after - 1)
            self._ids = ids
            self.endInsertRows()
        self._ids = ids
        if common:
            self._tell(0, common - 1)

    def number(self, row: int) -> int:
        """The number shown in a row."""
        return self._ids[row]

    def row_of(self, number: int) -> int | None:
        """Where a number stands."""
        try:
            return self._ids.index(number)
        except ValueError:
            return None

    def row(self, row: int) -> Any:
        """What is known of a row, read now if need be; None if it is gone."""
        self._read(row // PAGE)
        return self._rows.get(self._ids[row])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(self._columns[section])
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._ids):
            return None
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(column)
        number = self._ids[index.row()]
        if number not in self._rows:
            self._want(index.row() // PAGE)
            return None
        row = self._rows[number]
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

    def _want(self, page: int) -> None:
        self._wanted.add(page)
        if not self._fetch.isActive():
            self._fetch.start()

    def _fetch_wanted(self) -> None:
        """The page asked for last first: what was scrolled past meanwhile can wait."""
        if not self._wanted:
            return
        page = self._wanted.pop()
        if page * PAGE < len(self._ids):
            self._read(page)
            self._tell(page * PAGE, min((page + 1) * PAGE, len(self._ids)) - 1)
        if self._wanted:
            self._fetch.start()

    def _read(self, page: int) -> None:
        missing = [
            number for number in self._ids[page * PAGE : (page + 1) * PAGE] if number not in self._rows
        ]
        if not missing:
            return
        found = self._load(missing)
        for number in missing:
            self._rows[number] = found.get(number)
        while len(self._rows) > KEPT_ROWS:
            self._rows.popitem(last=False)
        self._wanted.discard(page)

    def _tell(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._columns) - 1))


def _side(column: Column) -> int:
    side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)
