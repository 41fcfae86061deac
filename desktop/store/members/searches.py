"""The searches made last in this shop, newest first. They may hold names and numbers: who erases a person erases them too."""

from __future__ import annotations

import json
from collections.abc import Sequence

from desktop.store import shop
from desktop.store.database import Database

KEY = "recent_searches"


def recent(db: Database) -> list[str]:
    """The queries, newest first."""
    text = shop.get(db, KEY)
    return [str(one) for one in json.loads(text)] if text else []


def keep(db: Database, queries: Sequence[str]) -> None:
    """Keep these."""
    shop.put(db, KEY, json.dumps(list(queries), ensure_ascii=False))


def forget(db: Database) -> None:
    """Keep none."""
    db.run("DELETE FROM shop WHERE key = ?", (KEY,))
