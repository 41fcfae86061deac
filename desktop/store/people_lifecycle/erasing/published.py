"""What publishing keeps of people: who has which rich menu, the lists of jobs on their way, and texts of frozen menus that
may name somebody. LINE itself knows her menu until that is taken off it; her erasure tells nothing to LINE."""

from __future__ import annotations

from desktop.store.database import Database
from desktop.store.people_lifecycle.erasing.scrubbing import Needles


def erase_people(db: Database, ids: str, user_ids: str) -> None:
    """Take people out of links and of jobs' lists, inside the caller's transaction.

    Args:
        db: the writer, or a backup of a file that has these tables.
        ids: a JSON list of their rows' numbers.
        user_ids: a JSON list of every user ID they ever had.
    """
    for table in ("menu_link", "publishing_person"):
        db.run(
            f"DELETE FROM {table} WHERE person_id IN (SELECT value FROM json_each(?))"
            " OR line_user_id IN (SELECT value FROM json_each(?))",
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
