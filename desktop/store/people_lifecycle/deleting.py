"""Deleting people so that it can be undone: images of them, their tags and their orders' buyers; what imports have to know
of them stays in ``deleted_person``."""

from __future__ import annotations

from desktop.store.database import Database
from desktop.store.undo.row_images import PERSON


def delete(db: Database, people: str, step_id: int) -> int:
    """Delete people inside the caller's transaction; their orders stay without a buyer. Returns how many.

    Args:
        people: a temporary table with a column ``id``.
    """
    chosen = f"(SELECT id FROM temp.{people})"
    db.run(
        "INSERT INTO row_change (step_id, tbl, row_id, before, after)"
        f" SELECT ?, 'person', r.id, {PERSON.image}, NULL FROM person r WHERE r.id IN {chosen}",
        (step_id,),
    )
    db.run(
        "INSERT INTO row_change (step_id, tbl, row_id, before, after) SELECT ?, 'shop_order', o.id,"
        " json_object('person_id', o.person_id), json_object('person_id', NULL)"
        f" FROM shop_order o WHERE o.person_id IN {chosen}",
        (step_id,),
    )
    db.run(
        "INSERT INTO tag_change (step_id, tag_id, person_id, added, origin, tag_step)"
        f" SELECT ?, tag_id, person_id, 0, origin, step_id FROM person_tag WHERE person_id IN {chosen}",
        (step_id,),
    )
    db.run(
        "INSERT INTO deleted_person (step_id, person_id, name, member_no, line_user_id, phone, email)"
        " SELECT ?, id, coalesce(name, line_name), member_no, line_user_id, phone, email FROM person"
        f" WHERE id IN {chosen}",
        (step_id,),
    )
    db.run(f"UPDATE shop_order SET person_id = NULL WHERE person_id IN {chosen}")
    db.run(f"DELETE FROM person_tag WHERE person_id IN {chosen}")
    return db.run(f"DELETE FROM person WHERE id IN {chosen}")
