"""A shop as the program finds it after a backup took its place: paused by the restore, looked over by the next start."""

from __future__ import annotations

from desktop.store import outbox, shop
from desktop.store.database import Database
from desktop.store.line import sends


def paused_by_a_restore(db: Database) -> int:
    """Leave the shop so; returns how many uploads wait for a press."""
    with db.transaction():
        shop.put(db, "uploads_paused", "1")
        sends.after_restart(db)
        return outbox.after_restart(db)
