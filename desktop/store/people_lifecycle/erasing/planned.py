"""Plans that name a person: a greeting, a task or an entry of the calendar into which the owner wrote her name or number."""

from __future__ import annotations

from desktop.store.database import Database
from desktop.store.people_lifecycle.erasing.scrubbing import Needles


def scrub_plans(db: Database, needles: Needles) -> None:
    """Take a person out of all plans, inside the caller's transaction. A plan that loses part of its name gives up its key."""
    for number, name, content in db.all("SELECT id, name, content FROM plan"):
        if needles.found_in(name):
            db.run("UPDATE plan SET name = ?, key = NULL WHERE id = ?", (needles.scrub(name), number))
        if needles.found_in(content):
            db.run("UPDATE plan SET content = ? WHERE id = ?", (needles.scrub_json(content), number))
