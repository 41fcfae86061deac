"""What the shop file keeps that names a tag: the conditions of audiences, rules, saved views and plans, and the tag a
rule puts on. When a tag gets another name or becomes another tag, they follow, as part of the same step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from desktop.core.people.query.mistake import QueryMistake
from desktop.core.people.query_text import parse
from desktop.core.people.tag import tag_key
from desktop.core.people.tag_mentions import names_a_tag, query_with_tags_renamed
from desktop.store import history
from desktop.store.database import Database
from desktop.store.members import views
from desktop.store.planning import mentions as planned
from desktop.store.tagging import recipe_tags
from desktop.store.undo import recipe_turning
from desktop.store.undo.view_turning import keep_images

_TABLES = ("audience", "rule")


@dataclass(frozen=True, slots=True)
class Mentions:
    """Names of what depends on a tag: rules that put it on, and conditions of rules, audiences, views, rich menus and journeys
    that ask for it."""

    made_by: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    views: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether anything depends on it."""
        return bool(self.made_by or self.rules or self.audiences or self.views or self.plans)


NOTHING = Mentions()


def of_tag(db: Database, tag_id: int, name: str) -> Mentions:
    """What depends on a tag."""
    key = tag_key(name)
    made_by = db.column("SELECT name FROM rule WHERE tag_id = ? ORDER BY id", (tag_id,))
    asking = {
        table: _asking(db.all(f"SELECT name, query FROM {table} ORDER BY id"), key) for table in _TABLES
    }
    of_views = _asking([(view.name, view.query) for view in views.all_views(db)], key)
    in_plans = [
        (plan.name, query) for plan in planned.all_with_queries(db) for query in planned.queries(plan)
    ]
    of_plans = tuple(dict.fromkeys(_asking(in_plans, key)))
    return Mentions(tuple(made_by), asking["rule"], asking["audience"], of_views, of_plans)


def rename(db: Database, step: int, names: Mapping[str, str]) -> Mentions:
    """Give tags other names wherever a condition asks for them, and where import recipes name them; returns what was rewritten
    of what has a name.

    Args:
        db: the writer, inside the step's transaction.
        step: keeps the images.
        names: key of a tag → the name it has now.
    """
    found = rewrite(db, step, lambda query: _renamed(query, names))
    for fingerprint, places in recipe_tags.rename(db, names).items():
        recipe_turning.keep_image(db, step, fingerprint, places)
    return found


def rewrite(db: Database, step: int, rewritten: Callable[[str], str]) -> Mentions:
    """Let the conditions of audiences, rules, saved views and plans say something in other words; returns whose did.

    Args:
        db: the writer, inside the step's transaction.
        step: keeps the images.
        rewritten: gives a query's new text, the very same where nothing changes.
    """
    changed: dict[str, list[str]] = {table: [] for table in _TABLES}
    for table in _TABLES:
        for row_id, name, query in db.all(f"SELECT id, name, query FROM {table} ORDER BY id"):
            text = rewritten(query)
            if text != query:
                _record(db, step, table, row_id, {"query": (query, text)})
                changed[table].append(name)
    views_changed = _rewrite_views(db, step, rewritten)
    plans_changed = planned.rewritten(db, rewritten)
    for plan, before, after in plans_changed:
        _record(db, step, "plan", plan.id, {"content": (before, after)})
    of_plans = tuple(plan.name for plan, _, _ in plans_changed)
    return Mentions((), tuple(changed["rule"]), tuple(changed["audience"]), views_changed, of_plans)


def move_rules(db: Database, step: int, tag_ids: list[int], into: int) -> tuple[str, ...]:
    """Let the rules that put on one of these tags put on another one; returns their names. Before :func:`rename`."""
    marks = ", ".join("?" * len(tag_ids))
    rows = db.all(f"SELECT id, name, tag_id FROM rule WHERE tag_id IN ({marks}) ORDER BY id", tag_ids)
    for row_id, _, tag_id in rows:
        _record(db, step, "rule", row_id, {"tag_id": (tag_id, into)})
    return tuple(name for _, name, _ in rows)


def _asking(rows: Sequence[tuple[Any, ...]], key: str) -> tuple[str, ...]:
    """The names of those rows (name, query) whose query asks for the tag."""
    found = []
    for name, query in rows:
        try:
            if names_a_tag(parse(query, extra_columns=None), key):
                found.append(name)
        except QueryMistake:
            # What cannot be read asks for nothing; the rule or audience says so itself.
            continue
    return tuple(found)


def _rewrite_views(db: Database, step: int, rewritten: Callable[[str], str]) -> tuple[str, ...]:
    kept = views.all_views(db)
    now = [replace(view, query=rewritten(view.query)) for view in kept]
    changed = {
        old.id: (old.query, new.query) for old, new in zip(kept, now, strict=True) if old.query != new.query
    }
    if changed:
        views.keep(db, now)
        keep_images(db, step, changed)
    return tuple(view.name for view in kept if view.id in changed)


def _renamed(query: str, names: Mapping[str, str]) -> str:
    try:
        return query_with_tags_renamed(query, names)
    except QueryMistake:
        return query


def _record(db: Database, step: int, table: str, row_id: int, fields: Mapping[str, tuple[Any, Any]]) -> None:
    """Change fields of a row and keep both images, beside those the step keeps of the row already."""
    known = db.row(
        "SELECT 1 FROM row_change WHERE step_id = ? AND tbl = ? AND row_id = ?", (step, table, row_id)
    )
    for field, (before, after) in fields.items():
        db.run(f"UPDATE {table} SET {field} = ? WHERE id = ?", (after, row_id))
        if known is not None:
            db.run(
                "UPDATE row_change SET before = json_set(before, ?1, ?2), after = json_set(after, ?1, ?3)"
                " WHERE step_id = ?4 AND tbl = ?5 AND row_id = ?6",
                (f"$.{field}", before, after, step, table, row_id),
            )
    if known is None:
        history.record_update(
            db, step, table, row_id, {name: was for name, (was, _) in fields.items()},
            {name: now for name, (_, now) in fields.items()},
        )  # fmt: skip
