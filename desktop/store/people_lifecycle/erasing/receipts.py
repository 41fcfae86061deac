"""Receipts of erasures: numbered by their step, kept in the shop file, naming nobody."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from desktop.core.message import message
from desktop.store import history, shop
from desktop.store.database import Database

_KEPT = "erasures"


def begin(db: Database) -> tuple[str, str]:
    """List an erasure in the history, inside the caller's transaction; returns its receipt's number and the moment (UTC)."""
    at = history.utc_now()
    step = history.list_only(db, "erase", message("steps.erase", n=1, receipt=""), 1)
    day = datetime.fromisoformat(at).astimezone(ZoneInfo(shop.get(db, "zone", "Asia/Taipei")))
    number = f"{day:%Y%m%d}-{step}"
    title = message("steps.erase", n=1, receipt=number)
    db.run("UPDATE step SET title = ? WHERE id = ?", (title.to_json(), step))
    return number, at


def keep(db: Database, receipt: dict[str, Any]) -> None:
    """Keep a receipt (JSON-able), inside the caller's transaction."""
    shop.put(db, _KEPT, json.dumps([*kept(db), receipt], ensure_ascii=False))


def kept(db: Database) -> list[dict[str, Any]]:
    """All receipts, oldest first."""
    text = shop.get(db, _KEPT)
    found: list[dict[str, Any]] = json.loads(text) if text else []
    return found
