"""One connection to a shop file, with short names for what the store does all day. A connection belongs to
the thread that opened it."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlcipher3 import dbapi2 as sqlite

from desktop.store.safety.sqlite_errors import tell

SqliteError = sqlite.Error
FAULTS = (sqlite.Error, UnicodeDecodeError)
"""What a statement can raise; damaged text shows as a UnicodeDecodeError."""

STEPS_BETWEEN_QUESTIONS = 200_000
"""SQLite's virtual machine does about this many steps in five milliseconds."""

Row = tuple[Any, ...]
Params = Sequence[Any] | dict[str, Any]

PRAGMAS = (
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "secure_delete = ON",
    "synchronous = FULL",
    "temp_store = MEMORY",
)
"""Settings of every connection. FULL, because NORMAL can lose a confirmed change at a power cut."""


class Database:
    """A connection in autocommit mode; write inside :meth:`transaction`."""

    def __init__(self, connection: Any, path: Path) -> None:
        self.connection = connection
        self.path = path

    def all(self, sql: str, params: Params = ()) -> list[Row]:
        """All rows of a query."""
        try:
            rows: list[Row] = self.connection.execute(sql, params).fetchall()
        except FAULTS as error:
            tell(error, self.path)
            raise
        return rows

    def each(self, sql: str, params: Params = ()) -> Iterator[Row]:
        """The rows of a query one by one; finish reading before the next write."""
        try:
            rows: Iterator[Row] = self.connection.execute(sql, params)
        except FAULTS as error:
            tell(error, self.path)
            raise
        return self._one_by_one(rows)

    def batches(self, sql: str, params: Params = (), size: int = 200) -> Generator[list[Row], None, None]:
        """The rows of a query by the hundreds, for long lists that are passed on: fewer than make Python look for garbage.
        Close it, or finish reading, before the next write."""
        try:
            cursor = self.connection.execute(sql, params)
            try:
                while rows := cursor.fetchmany(size):
                    yield rows
            finally:
                cursor.close()
        except FAULTS as error:
            tell(error, self.path)
            raise

    def row(self, sql: str, params: Params = ()) -> Row | None:
        """The first row, or None."""
        try:
            row: Row | None = self.connection.execute(sql, params).fetchone()
        except FAULTS as error:
            tell(error, self.path)
            raise
        return row

    def value(self, sql: str, params: Params = ()) -> Any:
        """The first column of the first row, or None."""
        row = self.row(sql, params)
        return None if row is None else row[0]

    def column(self, sql: str, params: Params = ()) -> list[Any]:
        """The first column of all rows."""
        return [row[0] for row in self.each(sql, params)]

    def run(self, sql: str, params: Params = ()) -> int:
        """Execute a change; the number of rows it touched."""
        try:
            count: int = self.connection.execute(sql, params).rowcount
        except FAULTS as error:
            tell(error, self.path)
            raise
        return count

    def insert(self, sql: str, params: Params = ()) -> int:
        """Execute an INSERT; the new row's id."""
        try:
            new_id: int = self.connection.execute(sql, params).lastrowid
        except FAULTS as error:
            tell(error, self.path)
            raise
        return new_id

    def many(self, sql: str, rows: Iterable[Params]) -> None:
        """Execute a change once per row."""
        try:
            self.connection.executemany(sql, rows)
        except FAULTS as error:
            tell(error, self.path)
            raise

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing. Inside another transaction: a part of it."""
        if self.connection.in_transaction:
            yield
            return
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            yield
            self.connection.execute("COMMIT")
        except BaseException as error:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            if isinstance(error, SqliteError):
                tell(error, self.path)
            raise

    def _one_by_one(self, rows: Iterator[Row]) -> Iterator[Row]:
        try:
            yield from rows
        except FAULTS as error:
            tell(error, self.path)
            raise

    def interrupt(self) -> None:
        """Stop the statement that runs on this connection; callable from any thread."""
        self.connection.interrupt()

    def stop_when(self, wanted: Callable[[], bool]) -> None:
        """Stop whatever statement runs once ``wanted`` is true; it is asked every few milliseconds of work.

        An interrupt that comes between two statements is lost; this one is not. The statement fails as interrupted.
        """
        self.connection.set_progress_handler(wanted, STEPS_BETWEEN_QUESTIONS)

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()


def connect(path: Path, *, read_only: bool = False, immutable: bool = False) -> Database:
    """Open ``path`` with the settings every connection of the program has.

    Args:
        path: an existing SQLite file, or (not read_only) a new one.
        read_only: a reader beside the writer.
        immutable: for a folder that cannot be written: no locks, no side files.

    Raises:
        FolderNotWritable, PathTooLong: the file cannot be opened.
        ShopDamaged: it is no database.
    """
    query = "?mode=ro" if read_only or immutable else "?mode=rwc"
    if immutable:
        query += "&immutable=1"
    # Quoted from the file system's own bytes: any name, and Windows' long and network paths, come through unchanged.
    uri = "file:" + quote(os.fsencode(path.absolute())) + query
    try:
        connection = sqlite.connect(uri, uri=True, isolation_level=None, timeout=5.0, cached_statements=256)
    except FAULTS as error:
        tell(error, path)
        raise
    try:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        if read_only or immutable:
            connection.execute("PRAGMA query_only = ON")
    except FAULTS as error:
        connection.close()
        tell(error, path)
        raise
    return Database(connection, path)
