"""A shop for the tests of tags and rules: some people with orders and tags, and everything in it for comparing."""

from __future__ import annotations

from typing import Any

from desktop.core.message import message
from desktop.core.people.selection import Selection
from desktop.operations.tagging import tagging
from desktop.store import history
from desktop.store.database import Database
from desktop.store.members import views

Rows = dict[str, list[tuple[Any, ...]]]


def add_people(db: Database, count: int, **values: Any) -> list[int]:
    """People made by a step, as an import makes them; returns their ids."""
    columns = {"orders": 0, "total": 0, **values}
    with db.transaction():
        step = history.begin_step(db, "import", message("steps.import_members", file="a.csv", n=count))
        first = db.value("SELECT coalesce(max(id), 0) FROM person") + 1
        for number in range(first, first + count):
            row = {"name": f"會員{number}", "created_step": step, "changed_step": step, **columns}
            marks = ", ".join("?" * len(row))
            db.run(f"INSERT INTO person ({', '.join(row)}) VALUES ({marks})", list(row.values()))
        history.finish_step(db, step, count)
    return list(range(first, first + count))


def put(db: Database, name: str, people: list[int], origin: str = "hand") -> int | None:
    """Put a tag on people; returns the step."""
    return tagging.tag(db, Selection.of(people), name, origin=origin).step


def holders(db: Database, name: str) -> list[int]:
    """Who has the tag."""
    return db.column(
        "SELECT h.person_id FROM person_tag h JOIN tag t ON t.id = h.tag_id WHERE t.name = ? ORDER BY 1",
        (name,),
    )


def everything(db: Database) -> Rows:
    """All live rows that tags and rules touch; when a tag was last used and a rule last ran is not undone."""
    return {
        "person": db.all("SELECT id, name FROM person ORDER BY 1"),
        "person_tag": db.all("SELECT * FROM person_tag ORDER BY 1, 2"),
        "tag": db.all(
            "SELECT id, name, key, kind, meaning, colour, grp, pinned, expires_after, created_step FROM tag ORDER BY 1"
        ),
        "audience": db.all("SELECT id, name, key, query, created_step FROM audience ORDER BY 1"),
        "rule": db.all(
            "SELECT id, name, key, query, tag_id, takes_off, after_imports, created_step FROM rule ORDER BY 1"
        ),
        "view": [(view.id, view.name, view.query) for view in views.all_views(db)],
    }
