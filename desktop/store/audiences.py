"""Saved audiences (受眾包): a name and a condition, counted afresh whenever they are looked at; and whom a
message can reach."""

from __future__ import annotations

import unicodedata
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from desktop.store.database import Database
from desktop.store.undo.row_images import AUDIENCE

REACHABLE = (
    "(p.line_user_id IS NOT NULL AND p.blocked IS NOT 1 AND p.consent IS NOT 0"
    " AND p.do_not_send = 0 AND p.friend IS NOT 0)"
)
"""SQL on ``person p``: who can be sent to, as far as is known (a friend never checked counts as reachable)."""

_SPANS = (
    "WITH RECURSIVE span (first, last) AS (SELECT min(id), min(id) + 999 FROM person"
    " UNION ALL SELECT last + 1, last + 1000 FROM span WHERE last < (SELECT max(id) FROM person))"
)
"""All people's numbers as spans of a thousand."""

_SPANS_AT_A_TIME = 10


@dataclass(frozen=True, slots=True)
class Audience:
    """A saved audience; ``last_upload`` is the state and instant of its newest upload, if any; ``hold_out_percent`` of its people
    are left out of uploads on purpose."""

    id: int
    name: str
    query: str
    saved_at: str
    last_upload: dict[str, Any] | None = None
    hold_out_percent: int = 0


@dataclass(frozen=True, slots=True)
class Reach:
    """Who of a set of people can be reached by LINE: each person stands in exactly one of the parts; ``unchecked`` counts
    those of the reachable whose friendship was never checked."""

    people: int = 0
    reachable: int = 0
    without_user_id: int = 0
    no_longer_friend: int = 0
    refused: int = 0
    unchecked: int = 0


def audience_key(name: str) -> str:
    """The identity of an audience's name: LINE compares names without regard to case."""
    return unicodedata.normalize("NFC", name).strip().casefold()


_SELECT = """
SELECT a.id, a.name, a.query, a.saved_at, u.id, u.state, u.changed_at, u.audience_group_id, u.ids, a.hold_out_percent
FROM audience a LEFT JOIN upload u ON u.id = (SELECT max(id) FROM upload WHERE audience_id = a.id AND kind <> 'delete')
"""


def all_audiences(db: Database) -> list[Audience]:
    """All saved audiences in the order they were saved."""
    return [_audience(row) for row in db.all(f"{_SELECT} ORDER BY a.id")]


def find(db: Database, name: str) -> Audience | None:
    """The audience of this name (case does not matter), or None."""
    row = db.row(f"{_SELECT} WHERE a.key = ?", (audience_key(name),))
    return None if row is None else _audience(row)


def by_id(db: Database, audience_id: int) -> Audience | None:
    """One audience, or None."""
    row = db.row(f"{_SELECT} WHERE a.id = ?", (audience_id,))
    return None if row is None else _audience(row)


def create(db: Database, name: str, query: str, saved_at: str, step_id: int) -> int:
    """Save a new audience; returns its id."""
    return db.insert(
        "INSERT INTO audience (name, key, query, saved_at, created_step) VALUES (?, ?, ?, ?, ?)",
        (name, audience_key(name), query, saved_at, step_id),
    )


def change(db: Database, audience_id: int, name: str, query: str, saved_at: str) -> None:
    """Give an audience another name or condition."""
    db.run(
        "UPDATE audience SET name = ?, key = ?, query = ?, saved_at = ? WHERE id = ?",
        (name, audience_key(name), query, saved_at, audience_id),
    )


_REFUSED = "(p.consent IS 0 OR p.do_not_send = 1)"


def reach(db: Database, where: str, params: list[Any]) -> Reach:
    """The reach of the people who match a compiled condition on ``person p``."""
    parts = (
        REACHABLE,
        "p.line_user_id IS NULL",
        f"p.line_user_id IS NOT NULL AND (p.blocked IS 1 OR p.friend IS 0 AND NOT {_REFUSED})",
        f"p.line_user_id IS NOT NULL AND p.blocked IS NOT 1 AND {_REFUSED}",
        f"{REACHABLE} AND p.friend IS NULL",
    )
    columns = ", ".join(f"count(*) FILTER (WHERE {part})" for part in parts)
    row = db.row(f"SELECT count(*), {columns} FROM person p WHERE {where}", params)
    return Reach(*(int(value) for value in row or (0,) * 6))


def reachable_blocks(db: Database, where: str, params: list[Any]) -> Generator[str, None, None]:
    """The user IDs of the reachable people who match a compiled condition on ``person p``, in the order of the people: texts of
    up to a thousand IDs, one a line, without an end of line behind the last. Close it when it is not read to its end."""
    # SQLite joins the IDs of a span of people itself, which costs a third of handing them over one by one. Behind IS TRUE the
    # condition cannot lead the planner to walk another index for every span.
    ids = (
        "SELECT group_concat(p.line_user_id, char(10)) FROM person p WHERE p.id BETWEEN span.first AND span.last"
        f" AND ({REACHABLE} AND {where}) IS TRUE"
    )
    with closing(db.batches(f"{_SPANS} SELECT ({ids}) FROM span", params, _SPANS_AT_A_TIME)) as spans:
        for blocks in spans:
            yield from (block for (block,) in blocks if block)


def reachable_user_ids(db: Database, where: str, params: list[Any]) -> Generator[str, None, None]:
    """The same user IDs one by one."""
    with closing(reachable_blocks(db, where, params)) as blocks:
        for block in blocks:
            yield from block.split("\n")


def contacts_for_ads(
    db: Database, where: str, params: list[Any]
) -> Generator[tuple[str | None, str | None], None, None]:
    """E-mail address and phone of the people who match a compiled condition on ``person p`` and have one of them, in the order
    of the people; none of those who refused marketing or must not be sent to."""
    allowed = "p.consent IS NOT 0 AND p.do_not_send = 0 AND (p.email IS NOT NULL OR p.phone IS NOT NULL)"
    sql = f"SELECT p.email, p.phone FROM person p WHERE {allowed} AND {where} ORDER BY p.id"
    for rows in db.batches(sql, params):
        yield from rows


def delete(db: Database, audience_id: int, step_id: int) -> None:
    """Delete an audience, keeping its image with a step."""
    db.run(
        "INSERT INTO row_change (step_id, tbl, row_id, before, after)"
        f" SELECT ?, 'audience', r.id, {AUDIENCE.image}, NULL FROM audience r WHERE r.id = ?",
        (step_id, audience_id),
    )
    db.run("DELETE FROM audience WHERE id = ?", (audience_id,))


def _audience(row: tuple[Any, ...]) -> Audience:
    audience_id, name, query, saved_at, upload, state, changed_at, group, ids, hold_out = row
    last = None
    if upload is not None:
        last = {"id": upload, "state": state, "at": changed_at, "audience_group_id": group, "ids": ids}
    return Audience(audience_id, name, query, saved_at, last, hold_out)
