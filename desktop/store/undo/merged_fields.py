"""Fields of a person that hold several things at once: the own columns of the shop, the list of fields set by hand, and the text
that searches look at. A turning step moves only its own part of them; what later steps put into them stays."""

from __future__ import annotations

import json
from typing import Any

from desktop.core.people.search_text import folded
from desktop.store.database import Database

EXTRA = "extra:"
SEARCHED = ("name", "line_name", "note", "folded")
SETTLED_HERE = frozenset({"by_hand", "folded", "changed_step", "friend_checked_at"})
"""Fields that follow from others, and the date of LINE's last check, which moves without a step where nothing else is new: that
they changed since keeps nobody as she is."""

_MINE = "FROM temp.turn_field f JOIN person p ON p.id = f.row_id WHERE f.tbl = 'person' AND f.field = ?"


def remember_marked(db: Database) -> None:
    """Note what the step's images say of people whose marks it changes, before any field is let go."""
    db.run("DROP TABLE IF EXISTS temp.turn_image")
    db.run(
        "CREATE TEMP TABLE turn_image AS SELECT * FROM temp.turn_field WHERE tbl = 'person' AND row_id IN"
        " (SELECT row_id FROM temp.turn_field WHERE tbl = 'person' AND field = 'by_hand')"
    )


def settle_own_columns(db: Database) -> list[int]:
    """Turn each own column by itself where later steps changed others; returns people of whom some columns are kept."""
    kept = []
    for person, expected, target, now in db.all(
        f"SELECT f.row_id, f.expected, f.target, p.extra {_MINE} AND p.extra IS NOT f.expected", ("extra",)
    ):
        was, then, current = (_object(text) for text in (expected, target, now))
        turning = {name for name in was.keys() | then.keys() if was.get(name) != then.get(name)}
        free = {name for name in turning if current.get(name) == was.get(name)}
        if not free:
            continue
        if free != turning:
            kept.append(person)
        turned = {
            **{name: value for name, value in current.items() if name not in free or name in then},
            **{name: then[name] for name in free if name in then},
        }
        _settle(db, person, "extra", now, _text(turned))
    return kept


def settle_by_hand(db: Database) -> None:
    """A field is marked, or no longer marked, as set by hand only together with its value."""
    for person, expected, target, now in db.all(
        f"SELECT f.row_id, f.expected, f.target, p.by_hand {_MINE}", ("by_hand",)
    ):
        was, then, current = (set(json.loads(text or "[]")) for text in (expected, target, now))
        stay = (was ^ then) & _kept_fields(db, person)
        marks = (current - (was - then - stay)) | (then - was - stay)
        _settle(db, person, "by_hand", now, json.dumps(sorted(marks), ensure_ascii=False) if marks else None)


def fold_again(db: Database) -> None:
    """The text that searches look at follows the names and the note as they are now."""
    fields = ", ".join(f"'{field}'" for field in SEARCHED)
    fold_people(db, f"SELECT row_id FROM temp.turn_field WHERE tbl = 'person' AND field IN ({fields})")


def fold_people(db: Database, people: str) -> None:
    """Let the text that searches look at follow the names and notes of some people.

    Args:
        people: SQL that selects their ids.
    """
    stale = [
        (fold, person)
        for person, name, line_name, note, now in db.each(
            f"SELECT id, name, line_name, note, folded FROM person WHERE id IN ({people})"
        )
        if (fold := folded(name, line_name, note)) != now
    ]
    db.many("UPDATE person SET folded = ? WHERE id = ?", stale)


def _kept_fields(db: Database, person: int) -> set[str]:
    """Fields of the step's image that stay as they are now, own columns as ``extra:<column>``."""
    kept = set(
        db.column(
            "SELECT field FROM temp.turn_image WHERE row_id = ? AND tbl = 'person' AND field NOT IN"
            " (SELECT field FROM temp.turn_field WHERE tbl = 'person' AND row_id = ?)",
            (person, person),
        )
    )
    row = db.row(
        "SELECT k.expected, k.target, p.extra, f.target FROM temp.turn_image k JOIN person p ON p.id = k.row_id"
        " LEFT JOIN temp.turn_field f ON f.tbl = 'person' AND f.row_id = k.row_id AND f.field = 'extra'"
        " WHERE k.tbl = 'person' AND k.row_id = ? AND k.field = 'extra'",
        (person,),
    )
    if row is not None:
        was, then, now, turned = (_object(text) for text in row)
        after = now if row[3] is None and "extra" in kept else turned
        kept |= {f"{EXTRA}{name}" for name in was.keys() | then.keys() if after.get(name) != then.get(name)}
    return kept


def _settle(db: Database, person: int, field: str, now: str | None, then: str | None) -> None:
    which = "WHERE tbl = 'person' AND row_id = ? AND field = ?"
    if now == then:
        db.run(f"DELETE FROM temp.turn_field {which}", (person, field))
    else:
        db.run(f"UPDATE temp.turn_field SET expected = ?, target = ? {which}", (now, then, person, field))


def _object(text: str | None) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text) if text else {}
    return found


def _text(values: dict[str, Any]) -> str | None:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")) if values else None
