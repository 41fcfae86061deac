"""What the shop file knows about the shop itself: short texts under well-known keys."""

from __future__ import annotations

import json
from typing import Any

from desktop.store.database import Database


def get(db: Database, key: str, default: str = "") -> str:
    """The text under ``key``."""
    value = db.value("SELECT value FROM shop WHERE key = ?", (key,))
    return default if value is None else str(value)


def put(db: Database, key: str, value: str) -> None:
    """Keep a text under ``key``."""
    db.run(
        "INSERT INTO shop (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )


def get_json(db: Database, key: str) -> dict[str, Any] | None:
    """The JSON object under ``key``, or None."""
    text = get(db, key)
    return json.loads(text) if text else None


def put_json(db: Database, key: str, value: dict[str, Any]) -> None:
    """Keep a JSON object under ``key``."""
    put(db, key, json.dumps(value, ensure_ascii=False))


def tag_limit(db: Database) -> int:
    """How many tags one person can have in this shop."""
    return int(get(db, "tag_limit", "10"))


def is_practice(db: Database) -> bool:
    """Whether this is a practice shop, which can never reach LINE."""
    return get(db, "practice", "0") == "1"
