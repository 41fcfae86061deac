"""The import recipes' part of turning a step: words and answers that stand for a tag stand for what they stood for before a
step renamed or joined tags, unless the owner decided otherwise since. Recipes are no steps: nothing else of them turns."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from desktop.store.database import Database
from desktop.store.imports import recipes
from desktop.store.tagging import recipe_tags

TABLE = "recipe"
"""What images of recipes are kept under."""


def turn_recipes(db: Database, step: int, *, back: bool, into: int | None) -> int:
    """Turn the tags that recipes name; ``back`` is undo, ``into`` the step that records it, if any. Returns in how many."""
    count = 0
    now, then = ("after", "before") if back else ("before", "after")
    for was, wanted in db.all(
        f"SELECT {now}, {then} FROM row_change WHERE step_id = ? AND tbl = ? ORDER BY row_id", (step, TABLE)
    ):
        image, target = json.loads(was), json.loads(wanted)
        answers = recipes.find(db, image["fingerprint"])
        if answers is None:
            continue
        places = {
            tuple(place): (old, new)
            for (place, old), (_, new) in zip(image["tags"], target["tags"], strict=True)
        }
        text, turned = recipe_tags.replaced(answers, partial(_wanted, places))
        count += bool(turned)
        if turned:
            recipes.rewrite(db, image["fingerprint"], text)
            if into is not None:
                keep_image(db, into, image["fingerprint"], turned)
    return count


def keep_image(
    db: Database, step: int, fingerprint: str, changed: dict[recipe_tags.Place, tuple[str, str]]
) -> None:
    """Keep with a step which places of a recipe named which tag, and name which now."""
    before, after = (
        json.dumps(
            {
                "fingerprint": fingerprint,
                "tags": [[list(place), pair[side]] for place, pair in changed.items()],
            },
            ensure_ascii=False,
        )
        for side in (0, 1)
    )
    number = db.value("SELECT count(*) FROM row_change WHERE step_id = ? AND tbl = ?", (step, TABLE))
    db.run(
        f"INSERT INTO row_change (step_id, tbl, row_id, before, after) VALUES (?, '{TABLE}', ?, ?, ?)",
        (step, int(number) + 1, before, after),
    )


def _wanted(places: dict[Any, tuple[str, str]], place: recipe_tags.Place, tag: str) -> str:
    """The tag a place is to name: what it named before, if it still names what the step left."""
    known = places.get(place)
    return known[1] if known is not None and known[0] == tag else tag
