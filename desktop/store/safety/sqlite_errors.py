"""The one place where an error code of SQLite becomes a sentence: full disk, damage, a folder that cannot be written,
a file another program locks. Codes, never texts, decide (https://sqlite.org/rescode.html); all other errors are
bugs."""

from __future__ import annotations

import os
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlite

from desktop.core.errors import UserError
from desktop.store.safety import disk
from desktop.store.safety.shop_errors import (
    DiskFull,
    FolderNotWritable,
    PathTooLong,
    ShopDamaged,
    ShopInUse,
)

BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB = 5, 6, 8, 10, 11, 13, 14, 26
READONLY_CANTLOCK, READONLY_CANTINIT, READONLY_DIRECTORY = 8 | 2 << 8, 8 | 5 << 8, 8 | 6 << 8

LONGEST_PATH_BYTES = 504
"""Longest path SQLite opens on Unix: 512 bytes (MAX_PATHNAME of its os_unix.c) less "-journal"; tried with 3.53."""


def explained(error: BaseException, path: Path) -> UserError | None:
    """What an error of SQLite means to the owner; None if it is a bug or no error of SQLite.

    Args:
        error: as raised by a statement on the file at ``path``.
    """
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        # The library reports text that is no UTF-8 without a code, with the text itself in its sentence: dropped here.
        torn = isinstance(error, UnicodeDecodeError | sqlite.OperationalError)
        return ShopDamaged(path, problem="text that is no UTF-8") if torn else None
    kind = code & 0xFF
    if kind == FULL or (kind == IOERR and _is_full(path.parent)):
        return DiskFull(path, room_wanted(path))
    if kind in (CORRUPT, NOTADB):
        return ShopDamaged(path, problem=str(error))
    if kind == CANTOPEN:
        too_long = os.name != "nt" and len(os.fsencode(path)) > LONGEST_PATH_BYTES
        return PathTooLong(path) if too_long else FolderNotWritable(path.parent, str(error))
    if code in (READONLY_CANTLOCK, READONLY_CANTINIT, READONLY_DIRECTORY):
        return FolderNotWritable(path.parent, str(error))
    if kind in (BUSY, LOCKED):
        return ShopInUse(path)
    return None


def tell(error: BaseException, path: Path) -> None:
    """Raise what :func:`explained` says, if it says anything."""
    told = explained(error, path)
    if told is not None:
        # An error without a code may quote a member's text; it is not to reach a log by way of its successor.
        raise told from (error if hasattr(error, "sqlite_errorcode") else None)


def room_wanted(path: Path) -> int:
    """Bytes to have free before writing to a shop file again: three times its size, at least the reserve."""
    try:
        size = path.stat().st_size
    except OSError:
        size = 0
    return max(disk.RESERVE_BYTES, disk.SPACE_FACTOR * size)


def _is_full(folder: Path) -> bool:
    try:
        return disk.free_bytes(folder) < 1_000_000
    except OSError:
        return False
