"""Pictures that plans show: files kept once in the shop file, named by number, never changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from desktop.store import history
from desktop.store.database import Database


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture as a file: ``width`` and ``height`` in pixels as it is shown (turned), ``name`` as it was called."""

    id: int
    media_type: str
    width: int
    height: int
    bytes: bytes
    name: str


def keep(db: Database, data: bytes, media_type: str, width: int, height: int, name: str) -> int:
    """Keep a picture; returns its number, which is the old one where the same file is there already."""
    digest = hashlib.sha256(data).hexdigest()
    known = db.value("SELECT max(id) FROM picture WHERE sha256 = ?", (digest,))
    if known is not None:
        return int(known)
    return db.insert(
        "INSERT INTO picture (sha256, media_type, width, height, bytes, name, added_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (digest, media_type, width, height, data, name, history.utc_now()),
    )


def picture(db: Database, picture_id: int) -> Picture | None:
    """One picture, or None."""
    row = db.row("SELECT id, media_type, width, height, bytes, name FROM picture WHERE id = ?", (picture_id,))
    return None if row is None else Picture(*row)
