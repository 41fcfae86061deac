"""The history as a long list: the numbers of the steps that match a filter, newest first, and what a list shows of a few of
them."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.core.message import Message
from desktop.store.database import Database


@dataclass(frozen=True, slots=True)
class StepFilter:
    """Which steps: empty fields ask for nothing.

    Args:
        text: part of a name in the step's title (a tag, a file, a person).
        worded: keys of titles whose own words hold the text; they match too.
        kinds: only these kinds.
        other_than: none of these kinds.
        since, until: UTC instants, ``until`` excluded.
    """

    text: str = ""
    worded: Collection[str] = ()
    kinds: Collection[str] = ()
    other_than: Collection[str] = ()
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class ListedStep:
    """A step in the list. ``fate``: ``done`` (can be undone), ``undone``, ``listed`` (left the program or is final), ``old`` (its
    images were let go). ``undoes`` is the older step it took back."""

    id: int
    at: str
    kind: str
    title: Message
    changed: int
    fate: str
    undoes: int | None = None


_COLUMNS = "s.id, s.at, s.kind, s.title, s.changed, s.state, s.images, s.undoes"


def ids(db: Database, wanted: StepFilter) -> list[int]:
    """The numbers of the steps that match, newest first."""
    parts, params = ["1"], {}
    if wanted.since:
        parts.append("at >= :since")
        params["since"] = wanted.since
    if wanted.until:
        parts.append("at < :until")
        params["until"] = wanted.until
    for name, negated, kinds in (("kinds", "", wanted.kinds), ("others", "NOT ", wanted.other_than)):
        if kinds:
            parts.append(f"kind {negated}IN (SELECT value FROM json_each(:{name}))")
            params[name] = json.dumps(sorted(kinds))
    if wanted.text:
        parts.append(f"({_NAMED} OR {_WORDED})")
        params["worded"] = json.dumps(sorted(wanted.worded))
        escaped = wanted.text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        params["text"] = f"%{escaped}%"
    return db.column(f"SELECT id FROM step WHERE {' AND '.join(parts)} ORDER BY id DESC", params)


_NAMED = (
    "(title LIKE :text ESCAPE '\\' AND EXISTS (SELECT 1 FROM json_tree(title, '$.params') v"
    " WHERE v.type = 'text' AND v.key <> 'key' AND v.atom LIKE :text ESCAPE '\\'))"
)
"""The title itself is looked at first: it is cheap, and holds every name there is."""

_WORDED = (
    "(json_extract(title, '$.key') IN (SELECT value FROM json_each(:worded))"
    " OR json_extract(title, '$.params.step.key') IN (SELECT value FROM json_each(:worded)))"
)


def listed(db: Database, numbers: Sequence[int]) -> dict[int, ListedStep]:
    """What the list shows of some steps, by number; who is not there is missing."""
    rows = db.all(
        f"SELECT {_COLUMNS} FROM step s WHERE s.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(numbers)),),
    )
    return {row[0]: _listed(row) for row in rows}


def undone_by(db: Database, step: int) -> int | None:
    """The step that took this one back as an older one; None if it was undone plainly, or is not undone."""
    number = db.value("SELECT id FROM step WHERE undoes = ?1 AND state = 'done' AND id > ?1", (step,))
    return None if number is None else int(number)


def steps_of(db: Database, person: int) -> list[int]:
    """The numbers of the steps that concern a person, newest first: that brought her, changed her, put a tag on her or took one
    off, brought or changed an order of hers. Goes through all tag changes, so it is for a connection that may take its time."""
    return db.column(
        "SELECT created_step FROM person WHERE id = ?1 AND created_step IS NOT NULL"
        " UNION SELECT step_id FROM row_change WHERE tbl = 'person' AND row_id = ?1"
        " UNION SELECT step_id FROM tag_change WHERE person_id = ?1"
        " UNION SELECT step_id FROM person_tag WHERE person_id = ?1 AND step_id IS NOT NULL"
        " UNION SELECT created_step FROM shop_order WHERE person_id = ?1 AND created_step IS NOT NULL"
        " UNION SELECT c.step_id FROM shop_order o JOIN row_change c ON c.tbl = 'shop_order' AND c.row_id = o.id"
        " WHERE o.person_id = ?1 ORDER BY 1 DESC",
        (person,),
    )


def _listed(row: tuple[Any, ...]) -> ListedStep:
    number, at, kind, title, changed, state, images, undoes = row
    fate = state if state != "done" else "done" if images else "old"
    return ListedStep(number, at, kind, Message.from_json(title), changed, fate, undoes)
