"""The tags' part of an import's commit: tags that are new to the shop, those of new people in one go, those that people of the
shop get or lose, with the entries by which the step is undone."""

from __future__ import annotations

from desktop.store import shop
from desktop.store.database import Database
from desktop.store.imports.bulk_load import limit_asked_once

_IS_NEW = "seq NOT IN (SELECT seq FROM staging.fate)"


def commit_tags(db: Database, step_id: int) -> list[tuple[int, str]]:
    """Take off and put on the tags of people who were there already, inside the caller's transaction, after :func:`map_tags`.

    Returns:
        (sheet row, tag name) of tags that no longer fit, because their person was tagged since the check.
    """
    _take_off(db, step_id)
    late = _grant_wishes(db, step_id)
    db.run(
        "DELETE FROM tag WHERE created_step = ? AND NOT EXISTS (SELECT 1 FROM person_tag t WHERE t.tag_id = tag.id)",
        (step_id,),
    )
    return late


def _take_off(db: Database, step_id: int) -> None:
    """Tags that the cells no longer have go, if it is still an import that put them on."""
    # The order is written down: left to itself the database walks every tag of every person, also where none is to go.
    held = (
        "CROSS JOIN person_tag h ON h.person_id = d.person_id AND h.tag_id = d.tag_id AND h.origin = 'import'"
    )
    db.run(
        "INSERT INTO tag_change (step_id, tag_id, person_id, added, origin, tag_step)"
        f" SELECT ?, h.tag_id, h.person_id, 0, h.origin, h.step_id FROM staging.tag_drop d {held}",
        (step_id,),
    )
    db.run(
        "DELETE FROM person_tag WHERE (person_id, tag_id) IN"
        f" (SELECT h.person_id, h.tag_id FROM staging.tag_drop d {held})"
    )


def map_tags(db: Database, step_id: int) -> None:
    """Every staged tag's number → the shop's tag, created where it is new."""
    db.run("DROP TABLE IF EXISTS temp.tag_map")
    db.run("CREATE TEMP TABLE tag_map (n INTEGER PRIMARY KEY, tag_id INTEGER)")
    db.run(
        "INSERT INTO tag (name, key, created_step) SELECT name, key, ? FROM staging.tag_name"
        " WHERE key NOT IN (SELECT key FROM tag) ORDER BY id",
        (step_id,),
    )
    db.run("INSERT INTO temp.tag_map SELECT n.id, t.id FROM staging.tag_name n JOIN tag t ON t.key = n.key")


def tag_new_people(db: Database, step_id: int, base: int) -> None:
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
