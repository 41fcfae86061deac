"""What an import may change in somebody who is already there: blank never clears unless the owner says so for a column, consent
only fills or gets stricter, a block is never lifted, and nothing that was set by hand is touched."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from desktop.importer.checking.policy import AS_USUAL, Policy


def changes(
    current: Mapping[str, Any],
    incoming: Mapping[str, Any],
    policy: Policy = AS_USUAL,
    *,
    spared: Collection[str] = (),
    also: Collection[tuple[str, str]] = (),
) -> dict[str, Any]:
    """The fields of a person that an incoming row changes, with their new values.

    Args:
        current: the person's columns, ``by_hand`` (JSON list of field names set by hand, or None) among them; there a column
            of the shop's own stands as ``extra:<name>``.
        incoming: the row's columns; None is blank.
        policy: what may be overwritten and cleared.
        spared: columns whose cell is not blank but unusable, the shop's own as ``extra:<name>``: never a reason to clear.
        also: further identities of the person (field, value), e.g. of somebody merged into her: they say nothing new.
    """
    by_hand = frozenset(json.loads(current["by_hand"])) if current.get("by_hand") else frozenset()
    changed: dict[str, Any] = {}
    for field, value in incoming.items():
        if field in by_hand or (field, value) in also:
            continue
        now = current.get(field)
        if field == "extra":
            value = _merged_extra(now, value, policy, by_hand, spared)
        elif value is None:
            if field not in policy.clear or field in spared:
                continue
        elif now is not None and field in policy.fill:
            continue
        elif field in _ONE_WAY:
            value = _one_way(now, int(value), _ONE_WAY[field])
        if value != now:
            changed[field] = value
    return changed


_ONE_WAY = {"consent": 0, "blocked": 1, "do_not_send": 1}
"""The value each of these may turn to, whatever stood there; the other value only fills an unknown."""


def _one_way(now: Any, value: int, stricter: int) -> Any:
    return value if now is None or value == stricter else now


def _merged_extra(
    now: str | None, value: str | None, policy: Policy, by_hand: Collection[str], spared: Collection[str]
) -> str | None:
    known: dict[str, Any] = json.loads(now) if now else {}
    told: dict[str, Any] = json.loads(value) if value else {}
    merged = dict(known)
    for name, text in told.items():
        if f"extra:{name}" not in by_hand and not (name in policy.fill_extra and name in known):
            merged[name] = text
    for name in policy.clear_extra:
        own = f"extra:{name}"
        if name not in told and name in known and own not in by_hand and own not in spared:
            del merged[name]
    if merged == known:
        return now
    if now is None:
        return value
    return json.dumps(merged, ensure_ascii=False, separators=(",", ":")) if merged else None
