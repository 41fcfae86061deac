"""Carries out a checked members import: one set-based transaction on the writer, in which new people,
changed fields, tags and their images are written together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.store import figures, shop
from desktop.store.database import Database
from desktop.store.imports.bulk_load import limit_asked_once, lookups_rebuilt
from desktop.store.imports.staging import PERSON_FIELDS, UPDATED

_FIGURES = (
    "coalesce(stated_orders, 0), coalesce(stated_total, 0),"
    " substr(stated_first_order, 1, 10), substr(stated_last_order, 1, 10)"
)
_IS_NEW = "seq NOT IN (SELECT seq FROM staging.fate)"
_BUYER_KEYS = ("member_no", "line_user_id", "phone", "email")


@contextmanager
def attached(db: Database, staging_file: Path) -> Iterator[None]:
    """The staging file under the name ``staging``; attach before the transaction begins."""
    db.run("ATTACH DATABASE ? AS staging", (staging_file.absolute().as_uri(),))
    try:
        yield
    finally:
        db.run("DETACH DATABASE staging")


def commit_people(db: Database, step_id: int) -> list[tuple[int, str]]:
    """Write the staged people inside the caller's transaction.

    Returns:
        (sheet row, tag name) of tags that no longer fit, because their person was tagged since the check.
    """
    base = int(db.value("SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'person'), 0)"))
    _add_new(db, step_id, base)
    _apply_updates(db, step_id)
    _map_tags(db, step_id)
    _tag_new(db, step_id, base)
    late = _grant_wishes(db, step_id)
    db.run(
        "DELETE FROM tag WHERE created_step = ? AND NOT EXISTS (SELECT 1 FROM person_tag t WHERE t.tag_id = tag.id)",
        (step_id,),
    )
    if _brings_something(db):
        attach_orders(db, step_id)
    return late


def _brings_something(db: Database) -> bool:
    """An import that changes nobody leaves no step, so nothing else may change with it."""
    updated = db.value("SELECT 1 FROM staging.fate WHERE fate = ? LIMIT 1", (UPDATED,))
    return bool(updated or _new_rows(db))


def _add_new(db: Database, step_id: int, base: int) -> None:
    columns = ", ".join(PERSON_FIELDS)
    values = columns.replace("do_not_send", "coalesce(do_not_send, 0)")
    with lookups_rebuilt(db, "person", _new_rows(db)):
        db.run(
            "INSERT INTO person (id, folded, created_step, changed_step, orders, total, first_order,"
            f" last_order, {columns})"
            f" SELECT ?1 + seq, folded, ?2, ?2, {_FIGURES}, {values} FROM staging.incoming"
            f" WHERE {_IS_NEW} ORDER BY seq",
            (base, step_id),
        )


def _tag_new(db: Database, step_id: int, base: int) -> None:
    """The tags of new people; each list was cut to what one person can have when it was checked. By person and tag, as the table
    is sorted: rows then only have to be appended."""
    db.run("DROP TABLE IF EXISTS temp.list_tag")
    db.run(
        "CREATE TEMP TABLE list_tag (list INTEGER, tag_id INTEGER, PRIMARY KEY (list, tag_id)) WITHOUT ROWID"
    )
    db.run(
        "INSERT INTO temp.list_tag SELECT l.list, m.tag_id FROM staging.tag_list l"
        " JOIN temp.tag_map m ON m.n = l.tag"
    )
    with limit_asked_once(db, base):
        db.run(
            "INSERT INTO person_tag (person_id, tag_id, origin, step_id)"
            " SELECT ?1 + i.seq, l.tag_id, 'import', ?2 FROM staging.incoming i"
            f" CROSS JOIN temp.list_tag l ON l.list = i.tags WHERE i.tags IS NOT NULL AND {_IS_NEW} ORDER BY i.seq",
            (base, step_id),
        )
    db.run("DROP TABLE temp.list_tag")


def _new_rows(db: Database) -> int:
    return int(
        db.value("SELECT (SELECT count(*) FROM staging.incoming) - (SELECT count(*) FROM staging.fate)")
    )


def _apply_updates(db: Database, step_id: int) -> None:
    db.run(
        "INSERT INTO row_change (step_id, tbl, row_id, before, after) SELECT ?1, 'person', u.person_id,"
        " json_set(u.before, '$.changed_step', p.changed_step), json_set(u.after, '$.changed_step', ?1)"
        " FROM staging.person_update u JOIN person p ON p.id = u.person_id",
        (step_id,),
    )
    fields = db.column("SELECT DISTINCT f.key FROM staging.person_update u, json_each(u.after) f")
    for field in fields:
        db.run(
            f"UPDATE person SET {field} = json_extract(u.after, '$.{field}') FROM staging.person_update u"
            f" WHERE u.person_id = person.id AND json_type(u.after, '$.{field}') IS NOT NULL"
        )
    db.run(
        "UPDATE person SET changed_step = ? WHERE id IN (SELECT person_id FROM staging.person_update)",
        (step_id,),
    )
    if any(field.startswith("stated_") for field in fields):
        figures.refresh(db, "SELECT person_id FROM staging.person_update")


def _map_tags(db: Database, step_id: int) -> None:
    """Every staged tag's number → the shop's tag, created where it is new."""
    db.run("DROP TABLE IF EXISTS temp.tag_map")
    db.run("CREATE TEMP TABLE tag_map (n INTEGER PRIMARY KEY, tag_id INTEGER)")
    db.run(
        "INSERT INTO tag (name, key, created_step) SELECT name, key, ? FROM staging.tag_name"
        " WHERE key NOT IN (SELECT key FROM tag) ORDER BY id",
        (step_id,),
    )
    db.run("INSERT INTO temp.tag_map SELECT n.id, t.id FROM staging.tag_name n JOIN tag t ON t.key = n.key")


def _grant_wishes(db: Database, step_id: int) -> list[tuple[int, str]]:
    """Tags for people who were there already, in the cell's order as far as they fit."""
    lacking = (
        "SELECT w.person_id, m.tag_id, w.sheet_row, row_number() OVER (PARTITION BY w.person_id ORDER"
        " BY w.place)"
        " + (SELECT count(*) FROM person_tag h WHERE h.person_id = w.person_id) AS place"
        " FROM staging.tag_wish w JOIN temp.tag_map m ON m.n = w.tag JOIN person p ON p.id = w.person_id"
        " WHERE NOT EXISTS (SELECT 1 FROM person_tag h WHERE h.person_id = w.person_id AND h.tag_id ="
        " m.tag_id)"
    )
    db.run("DROP TABLE IF EXISTS temp.wish")
    db.run(f"CREATE TEMP TABLE wish AS {lacking}")
    limit = shop.tag_limit(db)
    db.run(
        "INSERT INTO person_tag (person_id, tag_id, origin, step_id)"
        " SELECT person_id, tag_id, 'import', ? FROM temp.wish WHERE place <= ?",
        (step_id, limit),
    )
    db.run(
        "INSERT INTO tag_change (step_id, tag_id, person_id, added, origin, tag_step)"
        " SELECT ?1, tag_id, person_id, 1, 'import', ?1 FROM temp.wish WHERE place <= ?2",
        (step_id, limit),
    )
    late = db.all(
        "SELECT w.sheet_row, t.name FROM temp.wish w JOIN tag t ON t.id = w.tag_id WHERE w.place > ?"
        " ORDER BY 1",
        (limit,),
    )
    return [(row, name) for row, name in late]


def attach_orders(db: Database, step_id: int) -> None:
    """Orders of unknown buyers find their person, by the same keys in the same order; two candidates leave an order alone."""
    if db.value("SELECT 1 FROM shop_order WHERE person_id IS NULL LIMIT 1") is None:
        return
    for place, key in enumerate(_BUYER_KEYS):
        same = " AND ".join(
            f"(o.buyer_{stronger} IS NULL OR p.{stronger} IS NULL OR o.buyer_{stronger} = p.{stronger})"
            for stronger in _BUYER_KEYS[:place]
        )
        db.run(
            "INSERT OR IGNORE INTO row_change (step_id, tbl, row_id, before, after) SELECT ?,"
            " 'shop_order', o.id,"
            " json_object('person_id', NULL), json_object('person_id', min(p.id))"
            f" FROM shop_order o JOIN person p ON p.{key} = o.buyer_{key} WHERE o.person_id IS NULL AND"
            f" {same or '1'}"
            " GROUP BY o.id HAVING count(*) = 1",
            (step_id,),
        )
        db.run(
            "UPDATE shop_order SET person_id = json_extract(c.after, '$.person_id') FROM row_change c"
            " WHERE c.step_id = ? AND c.tbl = 'shop_order' AND c.row_id = shop_order.id AND"
            " shop_order.person_id IS NULL",
            (step_id,),
        )
    figures.refresh(
        db,
        "SELECT o.person_id FROM shop_order o JOIN row_change c ON c.tbl = 'shop_order' AND c.row_id = o.id"
        f" WHERE c.step_id = {int(step_id)}",
    )
