"""The saved views' part of turning a step: a view whose question a step rewrote gets its old question back, unless the owner has
given it another one since. Views themselves are no steps, so nothing else of them ever turns."""

from __future__ import annotations

import json
from dataclasses import replace

from desktop.store.database import Database
from desktop.store.members import views

TABLE = "view"
"""What images of views are kept under."""


def turn_views(db: Database, step: int, *, back: bool, into: int | None) -> int:
    """Turn the questions of views; ``back`` is undo, ``into`` the step that records it, if any. Returns how many turned."""
    now, then = ("after", "before") if back else ("before", "after")
    images = {
        row_id: (json.loads(was)["query"], json.loads(wanted)["query"])
        for row_id, was, wanted in db.all(
            f"SELECT row_id, {now}, {then} FROM row_change WHERE step_id = ? AND tbl = ?", (step, TABLE)
        )
    }
    if not images:
        return 0
    kept = views.all_views(db)
    turned = {view.id: images[view.id] for view in kept if images.get(view.id, ("",))[0] == view.query}
    views.keep(db, [replace(v, query=turned[v.id][1]) if v.id in turned else v for v in kept])
    if into is not None:
        keep_images(db, into, turned)
    return len(turned)


def keep_images(db: Database, step: int, queries: dict[int, tuple[str, str]]) -> None:
    """Keep with a step the questions of views: number → what it was and what it is."""
    db.many(
        f"INSERT INTO row_change (step_id, tbl, row_id, before, after) VALUES (?, '{TABLE}', ?, ?, ?)",
        [
            (step, view, json.dumps({"query": was}), json.dumps({"query": now}))
            for view, (was, now) in queries.items()
        ],
    )
