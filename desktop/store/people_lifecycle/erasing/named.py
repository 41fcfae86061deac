"""The owner's own words that name a person: an audience, a tag or a rule called after her, and what was called so since: uploads,
audiences at LINE as last seen, messages that were sent."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from desktop.core.people.query.mistake import QueryMistake
from desktop.core.people.tag import tag_key
from desktop.core.people.tag_mentions import query_with_tags_renamed
from desktop.store.audiences import audience_key
from desktop.store.conditions.references import with_audience_called
from desktop.store.database import Database
from desktop.store.members import views
from desktop.store.outbox import OPEN_STATES
from desktop.store.people_lifecycle.erasing.scrubbing import Needles
from desktop.store.planning import mentions as planned
from desktop.store.tagging import recipe_tags

KEYED: dict[str, Callable[[str], str]] = {"audience": audience_key, "tag": tag_key, "rule": tag_key}
"""Tables of things with names no two may share, and how their keys follow from the names."""
_ASKED_FOR: dict[str, Callable[[str, str, str], str]] = {
    "audience": with_audience_called,
    "tag": lambda query, key, name: query_with_tags_renamed(query, {key: name}),
}
"""Those that conditions name, and how a query (its text, the old key, the new name) comes to say the new name."""
_ASKING = ("audience", "rule", "upload", "publishing_menu")
"""Tables with queries; saved views and plans have them too."""
_WORDS = (
    ("tag", ("meaning", "grp")),
    ("rule", ("error",)),
    ("upload", ("audience_name", "line_name", "error")),
    ("upload_request", ("name", "expected")),
    ("line_audience", ("name",)),
    ("send", ("audience_name", "line_name", "messages", "error")),
    ("picture", ("name",)),
)


@dataclass(frozen=True, slots=True)
class CalledAfter:
    """Something with her name or number in its own; ``kind`` is audience, tag or rule."""

    kind: str
    name: str


def called_after(db: Database, needles: Needles) -> tuple[CalledAfter, ...]:
    """The audiences, tags and rules that are called after a person."""
    return tuple(
        CalledAfter(kind, name)
        for kind in KEYED
        for name in db.column(f"SELECT name FROM {kind} ORDER BY id")
        if needles.found_in(name)
    )


def called_at_line(db: Database, needles: Needles) -> tuple[int, ...]:
    """The numbers of audiences LINE still keeps under a name that is hers: LINE is told nothing by an erasure."""
    rows = db.all("SELECT group_id, name FROM line_audience WHERE gone_at IS NULL ORDER BY group_id")
    return tuple(group for group, name in rows if needles.found_in(name))


def on_their_way(db: Database, needles: Needles) -> tuple[str, ...]:
    """Names of the audiences with a job on its way that would say her name to LINE: what has left must not be called anew."""
    found = []
    for table, texts in (("upload", "line_name"), ("send", "messages")):
        rows = db.all(f"SELECT audience_name, {texts} FROM {table} WHERE state IN {OPEN_STATES} ORDER BY id")
        found += [name for name, text in rows if needles.found_in(name) or needles.found_in(text)]
    return tuple(found)


def scrub_names(db: Database, needles: Needles) -> None:
    """Take a person out of all of these, inside the caller's transaction and before conditions are scrubbed: those that name an
    audience or a tag come to say what it is called then. The file may be a backup of an older layout."""
    for table, key_of in KEYED.items():
        for row, name in _rows(db, table, needles):
            _rename(db, table, row, name, _free(db, table, needles.scrub(name), key_of), key_of)
    for table, columns in _WORDS:
        there = set(db.column("SELECT name FROM pragma_table_info(?)", (table,)))
        for column in columns:
            if column in there:
                _scrub_column(db, table, column, needles)


def scrubbed_image(table: str, image: str, needles: Needles) -> str:
    """A row as the history keeps it, without her; its key follows from the name it has then."""
    scrubbed = needles.scrub_json(image)
    if scrubbed == image or table not in KEYED:
        return scrubbed
    fields = json.loads(scrubbed)
    if "name" in fields and "key" in fields:
        fields["key"] = KEYED[table](fields["name"])
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def _rows(db: Database, table: str, needles: Needles) -> Iterator[tuple[int, str]]:
    for row, name in db.all(f"SELECT id, name FROM {table} ORDER BY id") if _has(db, table) else ():
        if needles.found_in(name):
            yield row, name


def _free(db: Database, table: str, name: str, key_of: Callable[[str], str]) -> str:
    """The name, numbered where another one has it."""
    found, number = name, 1
    while db.value(f"SELECT 1 FROM {table} WHERE key = ?", (key_of(found),)) is not None:
        number += 1
        found = f"{name} {number}"
    return found


def _rename(db: Database, table: str, row: int, old: str, new: str, key_of: Callable[[str], str]) -> None:
    db.run(f"UPDATE {table} SET name = ?, key = ? WHERE id = ?", (new, key_of(new), row))
    if table not in _ASKED_FOR:
        return

    def called(query: str) -> str:
        with contextlib.suppress(QueryMistake):
            return _ASKED_FOR[table](query, key_of(old), new)
        return query

    for other in _ASKING:
        queries = db.column(f"SELECT DISTINCT query FROM {other}") if _has(db, other) else []
        for query, then in ((one, called(one)) for one in queries):
            if then != query:
                db.run(f"UPDATE {other} SET query = ? WHERE query = ?", (then, query))
    kept = views.all_views(db)
    asking = [replace(view, query=called(view.query)) for view in kept]
    if asking != kept:
        views.keep(db, asking)
    for plan, _, content in planned.rewritten(db, called) if _has(db, "plan") else ():
        db.run("UPDATE plan SET content = ? WHERE id = ?", (content, plan.id))
    if table == "tag":
        recipe_tags.rename(db, {key_of(old): new})


def _has(db: Database, table: str) -> bool:
    return db.value("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", (table,)) is not None


def _scrub_column(db: Database, table: str, column: str, needles: Needles) -> None:
    for text in db.column(f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL"):
        if needles.found_in(text):
            db.run(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (needles.scrub_value(text), text))
