"""What an import may change in somebody who is already there: blank never clears, consent only fills or
gets stricter, a block is never lifted, and nothing that was set by hand is touched."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

STATED = {
    "orders": "stated_orders",
    "total": "stated_total",
    "first_order": "stated_first_order",
    "last_order": "stated_last_order",
}
"""A members file states figures of its own; they are kept apart from those computed from orders."""


def changes(current: Mapping[str, Any], incoming: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a person that an incoming row changes, with their new values.

    Args:
        current: the person's columns, ``by_hand`` (JSON list of field names set by hand, or None) among them.
        incoming: the row's columns; None is blank.
    """
    by_hand = frozenset(json.loads(current["by_hand"])) if current.get("by_hand") else frozenset()
    changed: dict[str, Any] = {}
    for field, value in incoming.items():
        if value is None or field in by_hand:
            continue
        now = current.get(field)
        if field == "extra":
            value = _merged_extra(now, value)
        elif field in _ONE_WAY:
            value = _one_way(now, int(value), _ONE_WAY[field])
        if value != now:
            changed[field] = value
    return changed


_ONE_WAY = {"consent": 0, "blocked": 1, "do_not_send": 1}
"""The value each of these may turn to, whatever stood there; the other value only fills an unknown."""


def _one_way(now: Any, value: int, stricter: int) -> Any:
    return value if now is None or value == stricter else now


def _merged_extra(now: str | None, value: str) -> str:
    if now is None:
        return value
    merged = json.loads(now)
    merged.update(json.loads(value))
    text = json.dumps(merged, ensure_ascii=False, separators=(",", ":"))
    return now if json.loads(now) == merged else text
