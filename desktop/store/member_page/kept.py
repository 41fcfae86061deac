"""Everything the shop file keeps of one person, table by table: what she may ask to see."""

from __future__ import annotations

import json
from typing import Any

from desktop.store.database import Database

Rows = list[dict[str, Any]]

_OF_HER = {
    "tags": (
        "SELECT t.name AS tag, h.origin AS origin, s.at AS at FROM person_tag h JOIN tag t ON t.id = h.tag_id"
        " LEFT JOIN step s ON s.id = h.step_id WHERE h.person_id = ?1 ORDER BY h.step_id, t.id"
    ),
    "other_identities": (
        "SELECT o.key AS key, o.value AS value, s.at AS at FROM other_identity o JOIN step s ON s.id = o.step_id"
        " WHERE o.person_id = ?1 ORDER BY s.id, o.key"
    ),
    "orders": (
        "SELECT id, kind, order_no, ordered_at, amount, status, counts, store, buyer_member_no, buyer_line_user_id,"
        " buyer_phone, buyer_email, buyer_name FROM shop_order WHERE person_id = ?1 ORDER BY ordered_at, id"
    ),
    "imports": (
        "SELECT DISTINCT f.file AS file, s.at AS at FROM import_file f JOIN step s ON s.id = f.step_id WHERE s.id IN"
        " (SELECT created_step FROM person WHERE id = ?1 UNION SELECT step_id FROM row_change WHERE tbl = 'person'"
        " AND row_id = ?1 UNION SELECT created_step FROM shop_order WHERE person_id = ?1"
        " UNION SELECT step_id FROM person_tag WHERE person_id = ?1) ORDER BY s.id"
    ),
    "uploads": (
        "SELECT u.audience_name AS audience, u.pressed_at AS at, u.state AS state, f.line_user_id AS line_user_id"
        " FROM upload u JOIN upload_person f ON f.upload_id = u.id WHERE f.person_id = ?1 OR f.line_user_id ="
        " (SELECT line_user_id FROM person WHERE id = ?1) ORDER BY u.id"
    ),
    "changes": (
        "SELECT s.at AS at, s.kind AS kind, c.before AS before, c.after AS after FROM row_change c"
        " JOIN step s ON s.id = c.step_id WHERE c.tbl = 'person' AND c.row_id = ?1 ORDER BY s.id"
    ),
    "tag_changes": (
        "SELECT s.at AS at, t.name AS tag, c.added AS added, c.origin AS origin FROM tag_change c"
        " JOIN step s ON s.id = c.step_id LEFT JOIN tag t ON t.id = c.tag_id WHERE c.person_id = ?1 ORDER BY s.id"
    ),
}


def everything(db: Database, person: int) -> dict[str, Any] | None:
    """All rows that are about a person, by table; None if she is not there. Images and own columns are opened; an order
    brings its items. Goes through all tag changes, so it is for a connection that may take its time."""
    columns = [row[1] for row in db.all("PRAGMA table_info(person)")]
    row = db.row("SELECT * FROM person WHERE id = ?", (person,))
    if row is None:
        return None
    member = dict(zip(columns, row, strict=True))
    member["extra"] = json.loads(member["extra"] or "{}")
    member["by_hand"] = json.loads(member["by_hand"] or "[]")
    found: dict[str, Any] = {"member": member}
    for name, sql in _OF_HER.items():
        found[name] = _rows(db, sql, person)
    for order in found["orders"]:
        items = _rows(
            db,
            "SELECT item, quantity, amount FROM order_item WHERE order_id = ?1 ORDER BY line",
            order.pop("id"),
        )
        order["items"] = items
    for change in found["changes"]:
        for side in ("before", "after"):
            change[side] = json.loads(change[side]) if change[side] else None
    return found


def _rows(db: Database, sql: str, about: int) -> Rows:
    cursor = db.connection.execute(sql, (about,))
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
