"""Orders of unknown buyers find their person when she arrives — by an import, by hand, or because somebody was merged into her —
by the same keys in the same order as a row of a file."""

from __future__ import annotations

from desktop.store import figures
from desktop.store.database import Database
from desktop.store.imports.identities import KEYS

_ANSWERS = "EXISTS (SELECT 1 FROM temp.answers_to a WHERE a.person_id = p.id AND a.key = '{0}' AND a.value = o.buyer_{0})"


def attach_orders(db: Database, step_id: int) -> int:
    """Give orders without a person theirs, inside the caller's transaction, as part of a step; two candidates leave an order
    alone. Returns how many found their person."""
    if db.value("SELECT 1 FROM shop_order WHERE person_id IS NULL LIMIT 1") is None:
        return 0
    for statement in _PREPARED:
        db.run(statement)
    attached = 0
    for place in range(len(KEYS)):
        attached += _attach(db, step_id, place)
    if attached:
        figures.refresh(
            db,
            "SELECT o.person_id FROM shop_order o JOIN row_change c ON c.tbl = 'shop_order' AND c.row_id = o.id"
            f" WHERE c.step_id = {int(step_id)}",
        )
    return attached


def _attach(db: Database, step_id: int, place: int) -> int:
    """Attach by one key the orders whose stronger keys say nothing against it."""
    key = KEYS[place]
    same = " AND ".join(
        f"(o.buyer_{stronger} IS NULL OR p.{stronger} IS NULL OR o.buyer_{stronger} = p.{stronger}"
        f" OR {_ANSWERS.format(stronger)})"
        for stronger in KEYS[:place]
    )
    candidates = (
        f"SELECT o.id AS order_id, p.id AS person_id FROM shop_order o JOIN person p ON p.{key} = o.buyer_{key}"
        f" WHERE o.person_id IS NULL AND {same or '1'} UNION SELECT o.id, p.id FROM shop_order o"
        f" JOIN temp.answers_to t ON t.key = '{key}' AND t.value = o.buyer_{key} JOIN person p ON p.id = t.person_id"
        f" WHERE o.person_id IS NULL AND {same or '1'}"
    )
    found = f"SELECT order_id, min(person_id) AS person_id FROM ({candidates}) GROUP BY order_id HAVING count(*) = 1"
    db.run("DROP TABLE IF EXISTS temp.attached")
    db.run(f"CREATE TEMP TABLE attached AS {found}")
    # An order that the step changes already gets its person into the images there are.
    db.run(
        "UPDATE row_change SET before = json_insert(before, '$.person_id', NULL),"
        " after = json_set(after, '$.person_id', a.person_id)"
        " FROM temp.attached a WHERE row_change.step_id = ? AND row_change.tbl = 'shop_order' AND"
        " row_change.row_id = a.order_id AND row_change.before IS NOT NULL AND row_change.after IS NOT NULL",
        (step_id,),
    )
    db.run(
        "INSERT OR IGNORE INTO row_change (step_id, tbl, row_id, before, after) SELECT ?, 'shop_order', order_id,"
        " json_object('person_id', NULL), json_object('person_id', person_id) FROM temp.attached",
        (step_id,),
    )
    return db.run(
        "UPDATE shop_order SET person_id = a.person_id FROM temp.attached a WHERE a.order_id = shop_order.id"
    )


_TAKEN = "EXISTS (SELECT 1 FROM person q WHERE q.{0} = o.value)"
_PREPARED = (
    "DROP TABLE IF EXISTS temp.answers_to",
    "CREATE TEMP TABLE answers_to (key TEXT, value TEXT, person_id INTEGER, PRIMARY KEY (key, value, person_id))"
    " WITHOUT ROWID",
    # A number or user ID that somebody has now leads to her alone.
    "INSERT OR IGNORE INTO temp.answers_to SELECT o.key, o.value, o.person_id FROM other_identity o"
    " JOIN step s ON s.id = o.step_id AND s.state = 'done'"
    f" WHERE NOT (o.key = 'member_no' AND {_TAKEN.format('member_no')})"
    f" AND NOT (o.key = 'line_user_id' AND {_TAKEN.format('line_user_id')})",
)
