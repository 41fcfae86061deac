"""Changes of tags themselves, for all their holders at once and with what an exact undo needs: their fields, joining several
into one, moving some holders to another tag, deleting. Nobody's number of tags ever grows here, so that the limit cannot be
met; a tag that moves keeps where it came from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from desktop.store import history
from desktop.store.database import Database
from desktop.store.undo.row_images import TAG

_REMOVED = (
    "INSERT INTO tag_change (step_id, tag_id, person_id, added, origin, tag_step)"
    " SELECT ?1, tag_id, person_id, 0, origin, step_id FROM person_tag WHERE"
)


def set_fields(db: Database, step: int, tag_id: int, values: Mapping[str, Any]) -> bool:
    """Change columns of a tag under a step; False if they are like that already.

    Args:
        values: column → value; a place of ``pinned`` has to be free.
    """
    columns = list(values)
    now = db.row(f"SELECT {', '.join(columns)} FROM tag WHERE id = ?", (tag_id,))
    before = dict(zip(columns, now or (), strict=True))
    changed = [column for column in columns if before[column] != values[column]]
    if not changed:
        return False
    sets = ", ".join(f"{column} = ?" for column in changed)
    db.run(f"UPDATE tag SET {sets} WHERE id = ?", [*(values[column] for column in changed), tag_id])
    history.record_update(
        db, step, "tag", tag_id, {c: before[c] for c in changed}, {c: values[c] for c in changed}
    )
    return True


def merge(db: Database, step: int, tag_ids: Sequence[int], into: int) -> int:
    """Let everybody who holds one of these tags hold ``into`` instead, once, and delete them; returns how many people changed.

    Where somebody holds several, what the owner did by hand counts before a rule, then what was first.
    """
    sources = f"tag_id IN ({_listed(tag_ids)})"
    db.run(f"{_REMOVED} {sources}", (step,))
    people = db.value(f"SELECT count(DISTINCT person_id) FROM person_tag WHERE {sources}")
    db.run(
        "CREATE TEMP TABLE IF NOT EXISTS tag_moving (person_id INTEGER PRIMARY KEY, tag_id INTEGER, origin TEXT, tag_step)"
    )
    db.run("DELETE FROM temp.tag_moving")
    db.run(
        "INSERT INTO temp.tag_moving SELECT person_id, tag_id, origin, step_id FROM (SELECT *, row_number() OVER"
        " (PARTITION BY person_id ORDER BY origin = 'rule', step_id, tag_id) AS place FROM person_tag"
        f" WHERE {sources}) WHERE place = 1 AND person_id NOT IN (SELECT person_id FROM person_tag WHERE tag_id = ?)"
        " ORDER BY person_id",
        (into,),
    )
    db.run(
        "INSERT INTO tag_change (step_id, tag_id, person_id, added, origin, tag_step)"
        " SELECT ?, ?, person_id, 1, origin, tag_step FROM temp.tag_moving",
        (step, into),
    )
    # One of a person's rows becomes the other tag's, the others go: nothing is inserted, so that even people who have more
    # tags than the shop allows by now lose none.
    db.run(
        f"DELETE FROM person_tag WHERE {sources} AND NOT EXISTS (SELECT 1 FROM temp.tag_moving m"
        " WHERE m.person_id = person_tag.person_id AND m.tag_id = person_tag.tag_id)"
    )
    db.run(f"UPDATE person_tag SET tag_id = ? WHERE {sources}", (into,))
    _delete_rows(db, step, tag_ids)
    return int(people)


def keep_holders(db: Database, people: str, tag_id: int) -> None:
    """Leave only holders of a tag in a temporary table of people with a column ``id``."""
    db.run(
        f"DELETE FROM temp.{people} WHERE id NOT IN (SELECT person_id FROM person_tag WHERE tag_id = ?)",
        (tag_id,),
    )


def move(db: Database, step: int, people: str, tag_id: int, into: int) -> int:
    """Let those of ``people`` (a temporary table with a column ``id``) who hold a tag hold another one instead, put on by this
    step; returns how many."""
    source = f"tag_id = {int(tag_id)} AND person_id IN (SELECT id FROM {people})"
    db.run(f"{_REMOVED} {source}", (step,))
    db.run(
        "INSERT INTO tag_change (step_id, tag_id, person_id, added, origin, tag_step)"
        f" SELECT ?1, ?2, person_id, 1, 'hand', ?1 FROM person_tag WHERE {source} AND person_id NOT IN"
        " (SELECT person_id FROM person_tag WHERE tag_id = ?2)",
        (step, into),
    )
    gone = db.run(
        f"DELETE FROM person_tag WHERE {source} AND person_id IN (SELECT person_id FROM person_tag WHERE tag_id = ?)",
        (into,),
    )
    moved = db.run(
        f"UPDATE person_tag SET tag_id = ?, origin = 'hand', step_id = ? WHERE {source}", (into, step)
    )
    return gone + moved


def delete(db: Database, step: int, tag_ids: Sequence[int]) -> int:
    """Take tags off everybody and delete them; returns how many people had one."""
    sources = f"tag_id IN ({_listed(tag_ids)})"
    db.run(f"{_REMOVED} {sources}", (step,))
    people = db.value(f"SELECT count(DISTINCT person_id) FROM person_tag WHERE {sources}")
    db.run(f"DELETE FROM person_tag WHERE {sources}")
    _delete_rows(db, step, tag_ids)
    return int(people)


def _delete_rows(db: Database, step: int, tag_ids: Sequence[int]) -> None:
    listed = _listed(tag_ids)
    db.run(
        "INSERT INTO row_change (step_id, tbl, row_id, before, after)"
        f" SELECT ?, 'tag', r.id, {TAG.image}, NULL FROM tag r WHERE r.id IN ({listed})",
        (step,),
    )
    db.run(f"DELETE FROM tag WHERE id IN ({listed})")


def _listed(tag_ids: Sequence[int]) -> str:
    # Whole numbers of our own, so that a statement with numbered parameters can hold any number of them.
    return f"SELECT value FROM json_each('{json.dumps([int(tag_id) for tag_id in tag_ids])}')"
