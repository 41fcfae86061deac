"""Reads a table that has bad pages: forwards until the damage, backwards until the damage, then the gap between by
halves, so that only the rows on the bad pages themselves are lost."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence

from desktop.core.errors import UserError
from desktop.store.database import Database, Row, SqliteError

PROBES = 50_000
"""Failing reads after which the rest of a table is given up: damage so wide that a backup is the better way."""

PROBES_WITHOUT_A_ROW = 300
"""The same for a table that has not yielded a single row: halving the whole range takes 63 steps."""

LOWEST, HIGHEST = 0, 2**63 - 1
"""Bounds of the numbers rows are stored by; ours count upwards from 1."""


class ReadableRows:
    """Iterates over the readable rows of a table; a row may come twice.

    Args:
        columns: their names; the rows have them in this order.

    ``whole`` turns False at the first damage met.
    """

    def __init__(self, db: Database, table: str, columns: Sequence[str]) -> None:
        self.whole = True
        self._db = db
        self._table = table
        self._columns = ", ".join(columns)
        self._probes = 0
        self._found = False

    def __iter__(self) -> Iterator[Row]:
        try:
            key, numbered = self._key()
        except (SqliteError, UserError):
            self.whole = False
            return
        if not numbered:
            yield from self._both_ends(key)
            return
        gaps = [(LOWEST, HIGHEST)]
        while gaps and self._probes < (PROBES if self._found else PROBES_WITHOUT_A_ROW):
            low, high = gaps.pop()
            first = yield from self._numbers(key, low, high, "ASC")
            if first is None:
                continue
            last = yield from self._numbers(key, low, high, "DESC")
            if last is None or first >= last:
                continue
            end = max(first, self._highest()) if last == HIGHEST else last
            middle = (first + end) // 2
            # The lower half comes first: behind the last row there is nothing to find, only damage to meet.
            gaps += [(middle + 1, end), (first, middle)]

    def _key(self) -> tuple[str, bool]:
        """The column the table is stored by, and whether it is a whole number."""
        without_rowid = self._db.value("SELECT wr FROM pragma_table_list(?)", (self._table,))
        if not without_rowid:
            return "rowid", True
        sql = "SELECT name, type FROM pragma_table_info(?) WHERE pk = 1"
        name, kind = self._db.all(sql, (self._table,))[0]
        return str(name), str(kind).upper() == "INTEGER"

    def _numbers(self, key: str, low: int, high: int, order: str) -> Generator[Row, None, int | None]:
        """Rows of one range from one end; returns where the damage begins, None if there is none."""
        reached = low if order == "ASC" else high
        sql = (
            f"SELECT {key}, {self._columns} FROM {self._table}"
            f" WHERE {key} BETWEEN ? AND ? ORDER BY {key} {order}"
        )
        try:
            for row in self._db.each(sql, (low, high)):
                reached = row[0]
                self._found = True
                yield row[1:]
        except (SqliteError, UserError):
            self.whole = False
            self._probes += 1
            return reached
        return None

    def _both_ends(self, key: str) -> Iterator[Row]:
        for order in ("ASC", "DESC"):
            try:
                sql = f"SELECT {self._columns} FROM {self._table} ORDER BY {key} {order}"
                yield from self._db.each(sql)
            except (SqliteError, UserError):
                self.whole = False
            else:
                return

    def _highest(self) -> int:
        """Where the numbers of a table end that cannot be read from its end."""
        sql = (
            "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = ?), max(seq)) FROM sqlite_sequence"
        )
        try:
            known = self._db.value(sql, (self._table,))
        except (SqliteError, UserError):
            known = None
        return HIGHEST if known is None else int(known)
