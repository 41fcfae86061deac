"""Changes to one person made by hand: her fields with images and the mark that keeps imports away from them, a new person, and
whose number a number is already."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from desktop.core.people.search_text import folded
from desktop.store import history
from desktop.store.database import Database
from desktop.store.imports.people_commit import attach_orders
from desktop.store.undo.turn_report import Affected

EDITABLE = (
    "name line_name member_no phone email line_user_id gender birthday level store source points consent"
    " blocked do_not_send friend_at joined_at bound_at note"
).split()
"""The fields of a person that can be changed by hand, in the order of a form; extra columns are named ``extra:<column>``."""

EXTRA = "extra:"
KEYS = ("member_no", "line_user_id", "phone", "email")
UNIQUE_KEYS = ("member_no", "line_user_id")
_SEARCHED = ("name", "line_name", "note")
_COLUMNS = (*EDITABLE, "extra", "folded", "by_hand", "changed_step")


def fields_of(db: Database, person: int) -> dict[str, Any] | None:
    """What can be changed in a person, extra columns as ``extra:<column>``; None if there is no such person.

    The marks ``by_hand`` (a set of field names), ``folded`` and ``changed_step`` come with it.
    """
    row = db.row(f"SELECT {', '.join(_COLUMNS)} FROM person WHERE id = ?", (person,))
    if row is None:
        return None
    found = dict(zip(_COLUMNS, row, strict=True))
    extra = found.pop("extra")
    found.update({f"{EXTRA}{name}": value for name, value in json.loads(extra or "{}").items()})
    found["by_hand"] = frozenset(json.loads(found["by_hand"] or "[]"))
    return found


def holders(db: Database, key: str, value: str, *, other_than: int | None = None) -> list[Affected]:
    """Who else answers to a number: by a key of her own, or by that of somebody merged into her."""
    rows = db.all(
        f"SELECT p.id, p.member_no, coalesce(p.name, p.line_name) FROM person p WHERE p.{key} = ?1 AND p.id IS NOT ?2"
        " UNION SELECT p.id, p.member_no, coalesce(p.name, p.line_name) FROM other_identity o"
        " JOIN person p ON p.id = o.person_id JOIN step s ON s.id = o.step_id AND s.state = 'done'"
        " WHERE o.key = ?3 AND o.value = ?1 AND p.id IS NOT ?2 ORDER BY 1",
        (value, other_than, key),
    )
    return [Affected(*row) for row in rows]


def change(
    db: Database, step_id: int, person: int, values: Mapping[str, Any], by_hand: frozenset[str]
) -> int:
    """Write changed fields of a person and the new list of fields set by hand, with images; 1 if anything changed, else 0.

    Args:
        step_id: the step, inside the caller's transaction.
        values: field → value as the shop file keeps it, extra columns as ``extra:<column>`` (None: the column goes).
        by_hand: the names of all fields that are set by hand from now on.
    """
    now = fields_of(db, person)
    if now is None:
        return 0
    row = _as_columns(now)
    after = _as_columns({**now, **values, "by_hand": by_hand})
    after["folded"] = folded(*(after[field] for field in _SEARCHED))
    changed = {field: value for field, value in after.items() if value != row[field]}
    if not changed:
        return 0
    changed["changed_step"] = step_id
    history.record_update(db, step_id, "person", person, {field: row[field] for field in changed}, changed)
    columns = ", ".join(f"{field} = :{field}" for field in changed)
    db.run(f"UPDATE person SET {columns} WHERE id = :person", {**changed, "person": person})
    if any(changed.get(key) is not None for key in KEYS):
        attach_orders(db, step_id)
    return 1


def go_on(db: Database, step_id: int, person: int, note: str | None) -> bool:
    """Let the newest step, which changed nothing but this person's note, leave another text; False if it is not such a step."""
    newest = db.value("SELECT max(id) FROM step")
    row = db.row(
        "SELECT c.before, c.after FROM step s JOIN row_change c ON c.step_id = s.id WHERE s.id = ? AND s.state = 'done'"
        " AND s.kind = 'note' AND c.tbl = 'person' AND c.row_id = ?",
        (step_id, person),
    )
    now = fields_of(db, person)
    if newest != step_id or row is None or now is None:
        return False
    before, after = (json.loads(image) for image in row)
    fold = folded(now["name"], now["line_name"], note)
    before.setdefault("folded", now["folded"])
    after.update(note=note, folded=fold)
    db.run(
        "UPDATE row_change SET before = ?, after = ? WHERE step_id = ? AND tbl = 'person' AND row_id = ?",
        (json.dumps(before, ensure_ascii=False), json.dumps(after, ensure_ascii=False), step_id, person),
    )
    db.run("UPDATE person SET note = ?, folded = ? WHERE id = ?", (note, fold, person))
    return True


def add(db: Database, step_id: int, values: Mapping[str, Any]) -> int:
    """A new person whose given fields are all set by hand; returns her id."""
    blank = {**dict.fromkeys(_COLUMNS), "do_not_send": 0}
    blank.pop("extra")
    given = frozenset(field for field, value in values.items() if value is not None)
    row = _as_columns({**blank, **values, "by_hand": given})
    row["folded"] = folded(*(row[field] for field in _SEARCHED))
    row["changed_step"] = row["created_step"] = step_id
    row["orders"] = row["total"] = 0
    person = db.insert(
        f"INSERT INTO person ({', '.join(row)}) VALUES ({', '.join(f':{field}' for field in row)})", row
    )
    if given.intersection(KEYS):
        attach_orders(db, step_id)
    return person


def _as_columns(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields as the columns of a row: extra columns together as JSON, the marks as a sorted list."""
    row = {field: value for field, value in fields.items() if not field.startswith(EXTRA)}
    extra = {
        field.removeprefix(EXTRA): value
        for field, value in fields.items()
        if field.startswith(EXTRA) and value is not None
    }
    row["extra"] = json.dumps(extra, ensure_ascii=False, separators=(",", ":")) if extra else None
    row["by_hand"] = json.dumps(sorted(fields["by_hand"]), ensure_ascii=False) if fields["by_hand"] else None
    return row
