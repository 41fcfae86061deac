"""Recognises a file that is no sound shop file before SQLite gets to see it: SQLite takes an empty file for a new
database and only notices most damage when it happens to read it. Reads the first 100 bytes, as the file format
documents them."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

from desktop.core.errors import UserError
from desktop.store.database import Database, SqliteError, connect
from desktop.store.safety.migrations import APPLICATION_ID
from desktop.store.safety.shop_errors import ShopDamaged

HEADER_BYTES = 100
MAGIC = b"SQLite format 3\0"
OUR_TABLES = frozenset({"shop", "migration", "person", "tag", "step"})


class Unsound(Exception):
    """The file is no sound shop file; the text says why, for the details only."""


@dataclass(frozen=True, slots=True)
class Header:
    """What the first 100 bytes say (https://sqlite.org/fileformat2.html#the_database_header).

    Args:
        page_size: bytes.
        pages: pages in the file, by its own count.
        wal: whether a write-ahead log belongs to the file.
        schema: our version of the layout (``user_version``).
    """

    page_size: int
    pages: int
    wal: bool
    schema: int


def side_file(path: Path, suffix: str) -> Path:
    """SQLite's file beside a database: ``-wal``, ``-shm`` or ``-journal``."""
    return path.with_name(path.name + suffix)


def read_header(path: Path) -> Header:
    """Read and judge the header without opening the database.

    Raises:
        Unsound: empty, garbled, cut off, or no file of ours.
        OSError: it cannot be read at all.
    """
    with path.open("rb") as file:
        raw = file.read(HEADER_BYTES)
    size = path.stat().st_size
    if size == 0:
        raise Unsound("the file is empty")
    if len(raw) < HEADER_BYTES or not raw.startswith(MAGIC):
        raise Unsound("the header is garbled")
    page_size = struct.unpack(">H", raw[16:18])[0]
    page_size = 65536 if page_size == 1 else page_size
    changes, pages = struct.unpack(">II", raw[24:32])
    (schema,) = struct.unpack(">i", raw[60:64])
    (application,) = struct.unpack(">I", raw[68:72])
    (valid_for,) = struct.unpack(">I", raw[92:96])
    if application != APPLICATION_ID or schema < 1:
        raise Unsound("a database, but not a shop file")
    if page_size < 512 or page_size & (page_size - 1) or raw[18] not in (1, 2) or raw[19] not in (1, 2):
        raise Unsound("the header is garbled")
    header = Header(page_size, pages, raw[18] == 2, schema)
    # While a log or a journal waits to be played back, the file alone may be short.
    pending = side_file(path, "-wal").exists() or side_file(path, "-journal").exists()
    if changes == valid_for and not pending and size < pages * page_size:
        raise Unsound(f"the file is cut off: {size} of {pages * page_size} bytes")
    return header


def check_tables(db: Database) -> None:
    """Make sure that the database is one of ours.

    Raises:
        Unsound: tables are missing, or the list of tables cannot be read.
    """
    try:
        names = set(db.column("SELECT name FROM sqlite_schema WHERE type = 'table'"))
    except (SqliteError, ShopDamaged) as error:
        raise Unsound(str(error)) from error
    if not names >= OUR_TABLES:
        raise Unsound(f"tables are missing: {', '.join(sorted(OUR_TABLES - names))}")


def read_min_app_version(path: Path) -> str:
    """The program version a file of a newer layout asks for, "" if it does not say; the file stays as it is.

    A file that is in use may be read a moment too early; the answer is only shown.
    """
    try:
        db = connect(path, immutable=True)
    except UserError:
        return ""
    try:
        return str(db.value("SELECT value FROM shop WHERE key = 'min_app_version'") or "")
    except (SqliteError, UserError):
        return ""
    finally:
        db.close()
