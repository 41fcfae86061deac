"""A table model over ordered numbers: a million of them weigh eight megabytes, and only the rows that are looked at are read, a
page at a time. A row is blank until its page is there, or for good if what it shows is gone."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer

Index = QModelIndex | QPersistentModelIndex
T = TypeVar("T")

PAGE = 64
"""Rows read at once: about two screens, well below five milliseconds."""

KEPT_ROWS = 4096
"""Rows kept in memory."""


class PagedModel(QAbstractTableModel, Generic[T]):
    """What the cells show is the heir's affair.

    Args:
        load: reads rows by number; who is gone is missing.
    """

    def __init__(self, load: Callable[[Sequence[int]], dict[int, T]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._load = load
        self._ids: Sequence[int] = ()
        self._rows: OrderedDict[int, T | None] = OrderedDict()
        self._wanted: set[int] = set()
        self._fetch = QTimer(self, singleShot=True, interval=0)
        self._fetch.timeout.connect(self._fetch_wanted)

    @property
    def ids(self) -> Sequence[int]:
        """The numbers in the list's order; never changed in place."""
        return self._ids

    def set_ids(self, ids: Sequence[int]) -> None:
        """Show these. Rows at the end come or go and all others change their content, so that a view stays where it is; it costs
        the same whatever the order."""
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

    def number(self, row: int) -> int:
        """The number shown in a row."""
        return self._ids[row]

    def known(self, row: int) -> T | None:
        """What is known of a row now; None while its page is not there."""
        return self._rows.get(self._ids[row])

    def row_of(self, number: int) -> int | None:
        """Where a number stands in the list; looks through the whole list."""
        try:
            return self._ids.index(number)
        except ValueError:
            return None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._ids)

    def looked_at(self, row: int) -> T | None:
        """What is known of a row that is being painted; its page is asked for if it is not there yet."""
        number = self._ids[row]
        if number not in self._rows:
            self._wanted.add(row // PAGE)
            if not self._fetch.isActive():
                self._fetch.start()
        return self._rows.get(number)

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
        self.dataChanged.emit(self.index(first, 0), self.index(last, self.columnCount() - 1))


def alignment(right: bool) -> int:
    """The side on which a column's texts stand, as Qt's alignment role wants it."""
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)
