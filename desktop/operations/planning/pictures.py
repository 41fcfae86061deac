"""Taking pictures into the shop file, so that a plan keeps showing them when the file they came from is gone."""

from __future__ import annotations

from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.store.database import Database
from desktop.store.planning import pictures
from desktop.store.planning.pictures import Picture

MEDIA_TYPES = ("image/jpeg", "image/png")
"""What LINE takes of pictures; the window converts others before it keeps them."""

LARGEST = 10_000_000
"""Bytes of the largest picture a message may show (Messaging API reference, "Image message")."""


def media_type_of(data: bytes) -> str | None:
    """JPEG or PNG by the file's first bytes, else None."""
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    return "image/png" if data.startswith(b"\x89PNG\r\n\x1a\n") else None


def keep(db: Database, data: bytes, width: int, height: int, name: str) -> int:
    """Keep a picture; returns its number. A file that is there already is kept once.

    Args:
        db: the writer.
        data: a JPEG or PNG file.
        width: pixels, as shown.
        height: pixels, as shown.
        name: what the file was called.

    Raises:
        UserError: if it is neither JPEG nor PNG, or larger than LINE takes.
    """
    media_type = media_type_of(data)
    if media_type is None:
        raise UserError(message("plans_core.no_picture", name=name))
    if len(data) > LARGEST:
        raise UserError(message("plans_core.large_picture", name=name, megabytes=LARGEST // 1_000_000))
    with db.transaction():
        return pictures.keep(db, data, media_type, width, height, name)


def existing(db: Database, picture_id: int) -> Picture:
    """The picture of this number.

    Raises:
        UserError: if it is not there.
    """
    found = pictures.picture(db, picture_id)
    if found is None:
        raise UserError(message("plans_core.picture_gone"))
    return found
