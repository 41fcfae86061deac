"""The list as a table model over ordered ids: a million of them weigh eight megabytes, and only the rows that
are looked at are read, a page at a time. A row is blank until its page is there, or for good if the person is
gone."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer

from desktop.store.people import MemberRow
from desktop.ui.members.columns import COLUMNS, Column, extra_column, spoken

Index = QModelIndex | QPersistentModelIndex
Load = Callable[[Sequence[int]], dict[int, MemberRow]]

PAGE = 64
"""Rows read at once: about two screens, well below five milliseconds."""

KEPT_ROWS = 4096
"""Rows kept in memory."""

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
"""The MemberRow itself, for the painters."""


class MembersModel(QAbstractTableModel):
    """See the module.

    Args:
        load: reads rows by id; who is gone is missing.
        is_selected: whether a person is selected, for the sentence read out.
    """

    def __init__(
        self, load: Load, is_selected: Callable[[int], bool] = lambda _: False, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._load = load
        self._is_selected = is_selected
        self.columns: tuple[Column, ...] = COLUMNS
        self._ids: array[int] = array("q")
        self._rows: OrderedDict[int, MemberRow | None] = OrderedDict()
        self._wanted: set[int] = set()
        self._fetch = QTimer(self, singleShot=True, interval=0)
        self._fetch.timeout.connect(self._fetch_wanted)

    @property
    def ids(self) -> array[int]:
        """The people in the list's order; never changed in place."""
        return self._ids

    def set_ids(self, ids: array[int]) -> None:
        """Show these people. Rows at the end come or go and all others change their content, so that a view stays where it
        is; it costs the same whatever the order."""
        before, after = len(self._ids), len(ids)
        common = min(before, after)
        self._wanted.clear()
        if after < before:
            self.beginRemoveRows(QModelIndex(), after, before - 1)
            self._ids = self._ids[:after]
            self.endRemoveRows()
        if common and self._ids != ids[:common]:
            self._ids = ids[:common]
            self._tell(0, common - 1)
        if after > before:
            self.beginInsertRows(QModelIndex(), before, after - 1)
            self._ids = ids
            self.endInsertRows()
        self._ids = ids

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

    def forget_rows(self) -> None:
        """The rows' content may have changed: read them again when they are next looked at."""
        self._rows.clear()
        if self._ids:
            self._tell(0, len(self._ids) - 1)

    def prepare(self, first: int, last: int) -> None:
        """Have the rows from ``first`` to ``last`` ready to be painted."""
        last = min(last, len(self._ids) - 1)
        for page in range(max(first, 0) // PAGE, last // PAGE + 1):
            self._read(page)

    def person(self, row: int) -> int:
        """The id of the person in a row."""
        return self._ids[row]

    def row(self, row: int) -> MemberRow | None:
        """What is known of a row now; None while its page is not there."""
        return self._rows.get(self._ids[row])

    def row_of(self, person: int) -> int | None:
        """Where a person stands in the list; looks through the whole list."""
        try:
            return self._ids.index(person)
        except ValueError:
            return None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(self.columns[section].right)
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._ids):
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column.right)
        person = self._ids[index.row()]
        if person not in self._rows:
            self._want(index.row() // PAGE)
            return None
        row = self._rows[person]
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole or role == Qt.ItemDataRole.ToolTipRole:
            return column.text(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if index.column() == 0:
                return spoken(row, selected=self._is_selected(person))
            return column.text(row)
        return None

    def _want(self, page: int) -> None:
        self._wanted.add(page)
        if not self._fetch.isActive():
            self._fetch.start()

    def _fetch_wanted(self) -> None:
        """One page at a time, the one asked for last first: what was scrolled past meanwhile can wait."""
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
            person for person in self._ids[page * PAGE : (page + 1) * PAGE] if person not in self._rows
        ]
        if not missing:
            return
        found = self._load(missing)
        for person in missing:
            self._rows[person] = found.get(person)
        while len(self._rows) > KEPT_ROWS:
            self._rows.popitem(last=False)
        self._wanted.discard(page)

    def _tell(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))


def _alignment(right: bool) -> int:
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)
