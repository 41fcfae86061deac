"""Saved views: named questions of the members list, in the order the owner gave them. They are settings of the shop and
no steps of its history."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from desktop.store import shop
from desktop.store.database import Database

_KEY = "saved_views"


@dataclass(frozen=True, slots=True)
class SavedView:
    """A named question; ``query`` is query text with English field names."""

    id: int
    name: str
    query: str


def all_views(db: Database) -> list[SavedView]:
    """The shop's views in their order."""
    text = shop.get(db, _KEY)
    return [SavedView(**one) for one in json.loads(text)] if text else []


def keep(db: Database, views: Sequence[SavedView]) -> None:
    """Keep these views in this order."""
    shop.put(db, _KEY, json.dumps([asdict(one) for one in views], ensure_ascii=False))
