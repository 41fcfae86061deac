"""What the shop file keeps that names a tag: the conditions of audiences and rules, and the tag a rule puts on. When a tag
gets another name or becomes another tag, they follow, as part of the same step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from desktop.core.people.query.mistake import QueryMistake
from desktop.core.people.query_text import parse
from desktop.core.people.tag import tag_key
from desktop.core.people.tag_mentions import names_a_tag, query_with_tags_renamed
from desktop.store import history
from desktop.store.database import Database

_TABLES = ("audience", "rule")


@dataclass(frozen=True, slots=True)
class Mentions:
    """Names of what depends on a tag: rules that put it on, and conditions of rules and audiences that ask for it."""

    made_by: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether anything depends on it."""
        return bool(self.made_by or self.rules or self.audiences)


NOTHING = Mentions()


def of_tag(db: Database, tag_id: int, name: str) -> Mentions:
    """What depends on a tag."""
    key = tag_key(name)
    made_by = db.column("SELECT name FROM rule WHERE tag_id = ? ORDER BY id", (tag_id,))
    asking = {table: tuple(_asking(db, table, key)) for table in _TABLES}
    return Mentions(tuple(made_by), asking["rule"], asking["audience"])


def rename(db: Database, step: int, names: Mapping[str, str]) -> Mentions:
    """Give tags other names wherever a condition asks for them; returns what was rewritten.

    Args:
        db: the writer, inside the step's transaction.
        step: keeps the images.
        names: key of a tag → the name it has now.
    """
    changed: dict[str, list[str]] = {table: [] for table in _TABLES}
    for table in _TABLES:
        for row_id, name, query in db.all(f"SELECT id, name, query FROM {table} ORDER BY id"):
            text = _renamed(query, names)
            if text != query:
                _record(db, step, table, row_id, {"query": (query, text)})
                changed[table].append(name)
    return Mentions(rules=tuple(changed["rule"]), audiences=tuple(changed["audience"]))


def move_rules(db: Database, step: int, tag_ids: list[int], into: int) -> tuple[str, ...]:
    """Let the rules that put on one of these tags put on another one; returns their names. Before :func:`rename`."""
    marks = ", ".join("?" * len(tag_ids))
    rows = db.all(f"SELECT id, name, tag_id FROM rule WHERE tag_id IN ({marks}) ORDER BY id", tag_ids)
    for row_id, _, tag_id in rows:
        _record(db, step, "rule", row_id, {"tag_id": (tag_id, into)})
    return tuple(name for _, name, _ in rows)


def _asking(db: Database, table: str, key: str) -> Iterator[str]:
    for name, query in db.all(f"SELECT name, query FROM {table} ORDER BY id"):
        try:
            if names_a_tag(parse(query, extra_columns=None), key):
                yield name
        except QueryMistake:
            # What cannot be read asks for nothing; the rule or audience says so itself.
            continue


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
