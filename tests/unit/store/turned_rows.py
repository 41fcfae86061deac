"""What undoing an older step may touch: only what it changed itself and what is still as it left it; and what it leaves although
nothing changed since has to be named."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from desktop.store.database import Database
from tests.unit.store.whole_shop_state import State, differences

_FOLLOWS = frozenset(
    "orders order_days total first_order last_order folded by_hand extra changed_step".split()
)
"""Fields of a person that follow from others, or hold several things of which each is turned by itself."""
_COMPARED = ("person", "person_tag", "tag", "shop_order", "audience", "rule", "view")


def check_turned(
    db: Database, did: tuple[State, State], turned: tuple[State, State], named: Collection[tuple[str, int]]
) -> None:
    """Compare what a step did (before, after) with what undoing it later did (before, after).

    Args:
        named: (kind, id) of all that was told as kept or impossible.
    """
    changed_by_step = {(table, key, field): (was, now) for table, key, field, was, now in differences(*did)}
    for table, key, field, was, now in differences(*turned):
        if table not in _COMPARED or field in _FOLLOWS or any(table not in one for one in did):
            continue
        place = (table, key, field)
        if table == "person_tag" and ("person", key[:1], "*") in changed_by_step:
            continue  # with her
        assert place in changed_by_step, ("touched, though the step did not", place, was, now)
        then, left = changed_by_step[place]
        if field != "*":
            assert was == left, ("changed since, and yet turned", place, was, left)
            gone = table == "shop_order" and field == "person_id" and (then,) not in turned[1]["person"]
            assert now == then or gone or field == "pinned", ("turned into something else", place, now, then)
        else:
            assert (was is None) == (left is None), ("came or went the wrong way", place)
            if then is not None and now is not None:
                _same_row(table, then, now)
    _nothing_left_out(db, changed_by_step, turned, named)


def _same_row(table: str, then: dict[str, Any], now: dict[str, Any]) -> None:
    loose = _FOLLOWS if table == "person" else {"person_id"} if table == "shop_order" else {"pinned"}
    different = {name for name in then if then[name] != now[name]} - loose
    assert not different, ("came back as another", table, different, then, now)


def _nothing_left_out(
    db: Database,
    changed_by_step: dict[tuple[str, Any, str], tuple[Any, Any]],
    turned: tuple[State, State],
    named: Collection[tuple[str, int]],
) -> None:
    groups = db.all("SELECT person_id, keep FROM merged_person")
    people = {one for kind, one in named if kind == "person"}
    people |= {gone for gone, keep in groups if keep in people}
    people |= {keep for gone, keep in groups if gone in people}
    before, after = turned
    for (table, key, field), (then, left) in changed_by_step.items():
        if table not in ("person", "person_tag", "tag", "audience", "rule") or field in _FOLLOWS:
            continue
        was, now = (
            one[table].get(key) if field == "*" else one[table].get(key, {}).get(field)
            for one in (before, after)
        )
        if was != left or now == then or (field == "*" and then is not None and now is not None):
            continue
        if table in ("person", "person_tag"):
            told = key[0] in people or (key[0],) not in after["person"]
        else:
            told = (table, key[0]) in named or (field != "*" and key not in after[table])
        told = told or (table == "person_tag" and (key[1],) not in after["tag"])
        assert told, ("left as it is, and not named", table, key, field, then, left, now)
