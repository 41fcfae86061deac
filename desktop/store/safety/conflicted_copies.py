"""Finds copies of a shop that a sync program laid beside it when two computers changed it: by their names, and by the
shop's own key inside. They are only ever shown."""

from __future__ import annotations

import re
from pathlib import Path

from desktop.store.database import connect
from desktop.store.safety.damage import Unsound, read_header
from desktop.store.safety.shop_errors import ConflictedCopies

# Dropbox "(Amy's conflicted copy 2026-11-21)", Nextcloud "(conflicted copy …)", Syncthing ".sync-conflict-…",
# Synology "_AMY-PC_Nov-21-2026_Conflict", and the same in Chinese and Japanese.
_SAYS_SO = re.compile(
    r"conflicted copy|sync-conflict|case conflict|[_\[(]conflict|衝突|冲突|競合|冲突副本", re.IGNORECASE
)


def conflicted_copies(shop: Path, key: str) -> ConflictedCopies | None:
    """Copies of the shop in its own folder; None if there are none. Nothing is opened for writing.

    Args:
        shop: the shop file.
        key: its key; a file with another name but this key is a copy too (OneDrive adds the computer's name, iCloud
            and Google Drive a number).
    """
    found = []
    for file in sorted(shop.parent.glob("*" + shop.suffix)):
        if file == shop or not file.is_file() or file.name.startswith("."):
            continue
        named = file.stem.startswith(shop.stem) and _SAYS_SO.search(file.stem[len(shop.stem) :])
        if named or shop_key(file) == key:
            found.append(file)
    return ConflictedCopies(shop, tuple(found)) if found else None


def shop_key(file: Path) -> str | None:
    """The key inside a shop file that nobody has open; None if it cannot be read. Leaves the file untouched."""
    from desktop.core.errors import UserError
    from desktop.store.database import SqliteError

    try:
        read_header(file)
        db = connect(file, immutable=True)
    except (Unsound, OSError, UserError):
        return None
    try:
        value = db.value("SELECT value FROM shop WHERE key = 'key'")
    except (SqliteError, UserError):
        return None
    finally:
        db.close()
    return None if value is None else str(value)
