"""What publishing keeps of people: who has which rich menu, the lists of jobs on their way, and texts of frozen menus that
may name somebody. LINE knows her menu by her user ID, which must not be kept; so the menu itself is marked, made anew by the next
publication and deleted at LINE, which takes it from her."""

from __future__ import annotations

import json
from collections.abc import Iterable

from desktop.store.database import Database
from desktop.store.people_lifecycle.erasing.scrubbing import Needles
from desktop.store.publishing import menus


def erase_people(db: Database, ids: str, user_ids: str) -> None:
    """Take people out of links and of jobs' lists, inside the caller's transaction.

    Args:
        db: the writer, or a backup of a file that has these tables.
        ids: a JSON list of their rows' numbers.
        user_ids: a JSON list of every user ID they ever had.
    """
    menus.wear(db, _perhaps_hers(db, ids, user_ids))
    for table in ("menu_link", "publishing_person"):
        db.run(
            f"DELETE FROM {table} WHERE person_id IN (SELECT value FROM json_each(?))"
            " OR line_user_id IN (SELECT value FROM json_each(?))",
            (ids, user_ids),
        )


def shown_to(db: Database, ids: Iterable[int], user_ids: Iterable[str]) -> int:
    """How many rich menus LINE shows these people as their own, or may; their erasure has them made anew."""
    return len(_perhaps_hers(db, json.dumps(sorted(ids)), json.dumps(list(user_ids))))


def _perhaps_hers(db: Database, ids: str, user_ids: str) -> list[int]:
    """Menus that LINE shows to these people, or may: they were given them, a request that gives them was sent, or nobody knows
    which they have."""
    hers = "(person_id IN (SELECT value FROM json_each(?1)) OR line_user_id IN (SELECT value FROM json_each(?2)))"
    return db.column(
        f"SELECT menu_id FROM menu_link WHERE {hers} AND menu_id IS NOT NULL"
        " UNION SELECT f.menu_id FROM publishing_person f JOIN publishing_request r ON r.publishing_id = f.publishing_id"
        " AND r.method = 'link' AND r.state IN ('sending', 'unknown') AND f.place >= r.first AND f.place < r.first + r.count"
        f" WHERE {hers} AND f.menu_id IS NOT NULL"
        " UNION SELECT s.menu_id FROM publishing_menu s JOIN published_menu m ON m.id = s.menu_id AND m.gone_at IS NULL"
        f" WHERE s.role = 'people' AND EXISTS (SELECT 1 FROM menu_link l WHERE {hers} AND l.menu_id IS NULL"
        " AND l.account = m.account)",
        (ids, user_ids),
    )


def scrub_texts(db: Database, needles: Needles) -> None:
    """Take a person out of frozen menus' names, objects and queries, and of what stands beside jobs."""
    for number, name, found in db.all("SELECT id, name, object FROM published_menu"):
        if needles.found_in(name) or needles.found_in(found):
            db.run(
                "UPDATE published_menu SET name = ?, object = ? WHERE id = ?",
                (needles.scrub(name), needles.scrub_json(found), number),
            )
    for job, place, query in db.all("SELECT publishing_id, place, query FROM publishing_menu"):
        if needles.found_in(query):
            db.run(
                "UPDATE publishing_menu SET query = ? WHERE publishing_id = ? AND place = ?",
                (needles.scrub(query), job, place),
            )
    for job, error in db.all("SELECT id, error FROM publishing WHERE error IS NOT NULL"):
        if needles.found_in(error):
            db.run("UPDATE publishing SET error = ? WHERE id = ?", (needles.scrub_json(error), job))
