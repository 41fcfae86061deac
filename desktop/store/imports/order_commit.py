"""Carries out a checked orders import: new orders with their items, changed ones with their images, and
the buyers' figures."""

from __future__ import annotations

from desktop.store import figures
from desktop.store.database import Database
from desktop.store.imports.staged_orders import NEW, UPDATED
from desktop.store.imports.tag_commit import commit_tags, map_tags
from desktop.store.undo.row_images import SHOP_ORDER

_BROUGHT = (
    "order_no ordered_at amount status counts store buyer_member_no buyer_line_user_id buyer_phone"
    " buyer_email buyer_name row_hash"
).split()


def commit_orders(db: Database, step_id: int) -> list[tuple[int, str]]:
    """Write the staged orders (attached as ``staging``) inside the caller's transaction, and the tags of their buyers.

    Returns:
        (sheet row, tag name) of tags that no longer fit, because their person was tagged since the check.
    """
    db.run("DROP TABLE IF EXISTS temp.buyers")
    db.run("CREATE TEMP TABLE buyers (id INTEGER PRIMARY KEY)")
    base = int(db.value("SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'shop_order'), 0)"))
    columns = ", ".join(_BROUGHT)
    db.run(
        f"INSERT INTO shop_order (id, person_id, created_step, changed_step, {columns})"
        f" SELECT ?1 + seq, person_id, ?2, ?2, {columns} FROM staging.orders WHERE fate = ?3 ORDER BY seq",
        (base, step_id, NEW),
    )
    db.run("UPDATE staging.orders SET order_id = ? + seq WHERE fate = ?", (base, NEW))
    _apply_updates(db, step_id)
    db.run(
        "INSERT INTO order_item (order_id, line, item, quantity, amount) SELECT o.order_id,"
        " json_extract(i.value, '$[0]'),"
        " json_extract(i.value, '$[1]'), json_extract(i.value, '$[2]'), json_extract(i.value, '$[3]')"
        " FROM staging.orders o, json_each(o.items) i WHERE o.fate IN (?, ?)",
        (NEW, UPDATED),
    )
    db.run(
        "INSERT OR IGNORE INTO temp.buyers SELECT person_id FROM staging.orders"
        " WHERE fate IN (?, ?) AND person_id IS NOT NULL",
        (NEW, UPDATED),
    )
    db.run(
        f"UPDATE row_change SET after = (SELECT {SHOP_ORDER.image} FROM shop_order r WHERE r.id ="
        " row_change.row_id)"
        " WHERE step_id = ? AND tbl = 'shop_order'",
        (step_id,),
    )
    figures.refresh(db, "SELECT id FROM temp.buyers")
    map_tags(db, step_id)
    return commit_tags(db, step_id)


def _apply_updates(db: Database, step_id: int) -> None:
    """Changed orders get what the file says; a buyer once known stays unless the file names another member number."""
    changing = f"SELECT order_id FROM staging.orders WHERE fate = {UPDATED}"
    db.run(
        f"INSERT OR IGNORE INTO temp.buyers SELECT person_id FROM shop_order WHERE id IN ({changing})"
        " AND person_id IS NOT NULL"
    )
    db.run(
        "INSERT INTO row_change (step_id, tbl, row_id, before, after)"
        f" SELECT ?, 'shop_order', r.id, {SHOP_ORDER.image}, NULL FROM shop_order r WHERE r.id IN"
        f" ({changing})",
        (step_id,),
    )
    brought = ", ".join(f"{column} = o.{column}" for column in _BROUGHT)
    db.run(
        "UPDATE shop_order SET person_id = coalesce(o.person_id, CASE WHEN shop_order.buyer_member_no <>"
        f" o.buyer_member_no THEN NULL ELSE shop_order.person_id END), changed_step = ?, {brought}"
        " FROM staging.orders o WHERE o.order_id = shop_order.id AND o.fate = ?",
        (step_id, UPDATED),
    )
    db.run(f"DELETE FROM order_item WHERE order_id IN ({changing})")
