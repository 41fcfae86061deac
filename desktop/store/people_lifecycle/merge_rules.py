"""What becomes of two people's fields when they are one: pure rules on two rows of the table ``person``."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from desktop.core.people.search_text import folded
from desktop.store.undo.row_images import PERSON_COLUMNS

Fields = Mapping[str, Any]

IDENTITIES = ("member_no", "line_user_id", "phone", "email")
"""Strongest first."""

CHOOSABLE = (
    *IDENTITIES,
    *"name line_name gender birthday level store source points friend_at joined_at bound_at".split(),
)
"""Fields that may be taken from the one who goes; so may the note, and an extra column by ``extra:`` and its name."""

EXTRA = "extra:"
EARLIEST = ("friend_at", "joined_at", "bound_at")
"""Dates of which the earlier one counts, unless gone's is taken."""

_STRICTER = {"consent": 0, "blocked": 1, "do_not_send": 1}
_STATED = ("stated_orders", "stated_total", "stated_first_order", "stated_last_order")
_OF_THE_ACCOUNT = ("friend", "friend_checked_at")
"""What a check of LINE's told of a user ID: it goes where the user ID goes."""


def merged(keep: Fields, gone: Fields, take: Collection[str] = ()) -> dict[str, Any]:
    """The fields of ``keep`` once ``gone`` has been merged into her.

    A value of keep stays unless it is in ``take``; where she has none, gone's fills it. Of consent, block and
    「不發訊息」 the stricter counts, of dates the earlier; extra columns are united, notes joined.

    Args:
        keep: all of PERSON_COLUMNS.
        gone: likewise.
        take: names of CHOOSABLE, "note", or "extra:" + column.
    """
    result = {column: keep[column] for column in PERSON_COLUMNS}
    from_gone = set()
    for field in CHOOSABLE:
        result[field], taken = _chosen(field, keep[field], gone[field], field in take)
        if taken:
            from_gone.add(field)
    for field, strict in _STRICTER.items():
        result[field] = _stricter(keep[field], gone[field], strict)
        if result[field] != keep[field]:
            from_gone.add(field)
    if all(keep[field] is None for field in _STATED):
        result.update({field: gone[field] for field in _STATED})
    if gone["line_user_id"] is not None and result["line_user_id"] == gone["line_user_id"]:
        result.update({field: gone[field] for field in _OF_THE_ACCOUNT})
    result["note"] = gone["note"] if "note" in take and gone["note"] else _joined(keep["note"], gone["note"])
    if result["note"] != keep["note"]:
        from_gone.add("note")
    result["extra"] = _united(keep["extra"], gone["extra"], take)
    if result["extra"] != keep["extra"]:
        from_gone.add("extra")
    result["by_hand"] = _by_hand(keep, gone, from_gone, result)
    result["folded"] = folded(result["name"], result["line_name"], result["note"])
    return result


def _chosen(field: str, mine: Any, other: Any, take: bool) -> tuple[Any, bool]:
    """The value, and whether it is the other's."""
    if other is None or mine == other:
        return mine, False
    if mine is None or take:
        return other, True
    if field in EARLIEST and other < mine:
        return other, True
    return mine, False


def _stricter(mine: int | None, other: int | None, strict: int) -> int | None:
    if strict in (mine, other):
        return strict
    return other if mine is None else mine


def _joined(mine: str | None, other: str | None) -> str | None:
    if not mine or not other:
        return mine or other
    if other in mine:
        return mine
    return other if mine in other else f"{mine}\n{other}"


def _united(mine: str | None, other: str | None, take: Collection[str]) -> str | None:
    if not other or mine == other:
        return mine
    if not mine:
        return other
    hers, theirs = json.loads(mine), json.loads(other)
    united = dict(hers)
    for column, value in theirs.items():
        if united.get(column) in (None, "") or (EXTRA + column in take and value not in (None, "")):
            united[column] = value
    return mine if united == hers else json.dumps(united, ensure_ascii=False, separators=(",", ":"))


def _by_hand(keep: Fields, gone: Fields, from_gone: Collection[str], result: Fields) -> str | None:
    """What was set by hand stays so wherever its value came from; a value set by hand that gave way counts no more."""
    hers, theirs = hand_set(keep["by_hand"]), hand_set(gone["by_hand"])
    joint = {field for field in ("note", "extra") if field in hers or field in theirs}
    fields = {field for field in hers if field not in from_gone and _same(field, keep, result)}
    fields |= {field for field in theirs if field in from_gone or _same(field, gone, result)}
    fields |= joint
    if fields == hers:
        unchanged: str | None = keep["by_hand"]
        return unchanged
    return json.dumps(sorted(fields), ensure_ascii=False) if fields else None


def _same(field: str, one: Fields, result: Fields) -> bool:
    if not field.startswith(EXTRA):
        return bool(one.get(field) == result.get(field))
    column = field.removeprefix(EXTRA)
    return bool(_extra(one).get(column) == _extra(result).get(column))


def _extra(one: Fields) -> dict[str, Any]:
    return json.loads(one["extra"]) if one["extra"] else {}


def hand_set(by_hand: str | None) -> frozenset[str]:
    """The names of the fields that were set by hand, from the column ``by_hand``."""
    return frozenset(json.loads(by_hand)) if by_hand else frozenset()


def differing(keep: Fields, gone: Fields) -> list[str]:
    """The choosable fields in which both have a value and not the same; extra columns as ``extra.`` and their name."""
    fields = [
        field
        for field in CHOOSABLE
        if keep[field] is not None and gone[field] is not None and keep[field] != gone[field]
    ]
    hers, theirs = _extra(keep), _extra(gone)
    return fields + [
        EXTRA + column
        for column, value in hers.items()
        if value not in (None, "") and theirs.get(column) not in (None, "", value)
    ]


def lost_identities(before: Fields, after: Fields) -> list[tuple[str, str]]:
    """The identities (key, value) that somebody had and no longer has."""
    return [(key, before[key]) for key in IDENTITIES if before[key] is not None and before[key] != after[key]]
