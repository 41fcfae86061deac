"""What the press of the button keeps: the audience as it was at that moment, and the plan of what is sent."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from desktop.core.limits import AUDIENCE
from desktop.store.audience_history.hold_out import held_out_sql, keep_held_out
from desktop.store.audiences import REACHABLE
from desktop.store.database import Database
from desktop.store.outbox.at_line import HELD

_USER_ID = "U" + "[0-9a-f]" * 32


@dataclass(frozen=True, slots=True)
class Frozen:
    """What the press of the button keeps: the audience as it was, and where its history step stands.

    ``kind`` is new, add or replace. ``group_id`` is the audience at LINE that an add goes to, or in whose place a replacement
    comes, ``group_name`` what it is called there, ``account`` whose it is.
    """

    audience_id: int | None
    audience: str
    line_name: str
    query: str
    members: int
    step_id: int
    at: str
    kind: str = "new"
    group_id: int | None = None
    group_name: str | None = None
    account: str | None = None


def sendable(audience_id: int | None) -> str:
    """SQL on ``person p``: who goes into an upload of the audience: reachable, and not held out."""
    if audience_id is None:
        return REACHABLE
    return f"({REACHABLE} AND NOT {held_out_sql(audience_id)})"


def meant(
    db: Database, audience_id: int | None, where: str, params: Sequence[Any], *, besides: int | None = None
) -> int:
    """How many people an upload would hold now.

    Args:
        db: the shop.
        audience_id: whose hold-out counts.
        where: a compiled condition on ``person p``.
        params: its values.
        besides: without those that this audience at LINE holds already.
    """
    count: int = db.value(
        f"SELECT count(*) FROM person p WHERE {sendable(audience_id)} AND ({where}){_new_to(besides)}", params
    )
    return count


def malformed(db: Database, where: str, params: Sequence[Any]) -> list[str]:
    """Names of up to three reachable people whose user ID LINE would refuse; one such ID makes it refuse the
    whole list."""
    return db.column(
        "SELECT coalesce(p.name, p.line_name, p.member_no, '') FROM person p"
        f" WHERE {REACHABLE} AND ({where}) AND p.line_user_id NOT GLOB '{_USER_ID}' ORDER BY p.id LIMIT 3",
        params,
    )


def malformed_people(db: Database, audience_id: int | None, where: str, params: Sequence[Any]) -> list[int]:
    """The ids of the people of an upload whose user ID LINE would refuse."""
    return db.column(
        f"SELECT p.id FROM person p WHERE {sendable(audience_id)} AND ({where})"
        f" AND p.line_user_id NOT GLOB '{_USER_ID}' ORDER BY p.id",
        params,
    )


def freeze(db: Database, frozen: Frozen, where: str, params: Sequence[Any]) -> int:
    """Make a job of the reachable people who match a compiled condition on ``person p`` and are not held out (for an add: of
    those among them whom the audience at LINE does not hold); returns its id."""
    key = secrets.token_hex(8)
    upload = db.insert(
        "INSERT INTO upload (key, audience_id, audience_name, line_name, query, members, ids, step_id,"
        " pressed_at, changed_at, kind, audience_group_id, old_group_id, account)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7, ?8, ?8, ?9, ?10, ?11, ?12)",
        (
            key,
            frozen.audience_id,
            frozen.audience,
            frozen.line_name,
            frozen.query,
            frozen.members,
            frozen.step_id,
            frozen.at,
            frozen.kind,
            frozen.group_id if frozen.kind == "add" else None,
            frozen.group_id if frozen.kind == "replace" else None,
            frozen.account,
        ),
    )
    new_ones = _new_to(frozen.group_id if frozen.kind == "add" else None)
    count = db.run(
        "INSERT INTO upload_person (upload_id, line_user_id, person_id)"
        f" SELECT {upload}, p.line_user_id, p.id FROM person p"
        f" WHERE {sendable(frozen.audience_id)} AND ({where}){new_ones} ORDER BY p.line_user_id",
        params,
    )
    db.run("UPDATE upload SET ids = ? WHERE id = ?", (count, upload))
    if frozen.audience_id is not None:
        keep_held_out(db, upload, frozen.audience_id, where, params)
    _plan(db, upload, key, count, frozen)
    return upload


def holds_same(db: Database, upload_id: int, where: str, params: Sequence[Any]) -> bool:
    """Whether a job's frozen IDs are exactly those of the reachable people who match a compiled condition and are not held out
    now."""
    audience_id = db.value("SELECT audience_id FROM upload WHERE id = ?", (upload_id,))
    now = f"SELECT p.line_user_id FROM person p WHERE {sendable(audience_id)} AND ({where})"
    both = (
        f"({now}) AS n JOIN upload_person f ON f.upload_id = {upload_id} AND f.line_user_id = n.line_user_id"
    )
    frozen = f"(SELECT count(*) FROM upload_person WHERE upload_id = {upload_id})"
    differs = db.value(
        f"SELECT {frozen} <> (SELECT count(*) FROM {both}) OR {frozen} <> (SELECT count(*) FROM ({now}))",
        [*params, *params],
    )
    return not differs


def plan_deletion(db: Database, group_id: int, name: str, account: str | None, step_id: int, at: str) -> int:
    """Make a job of deleting an audience at LINE; returns its id."""
    key = secrets.token_hex(8)
    upload = db.insert(
        "INSERT INTO upload (key, audience_name, line_name, account, query, members, ids, step_id, pressed_at,"
        " changed_at, kind) VALUES (?1, ?2, ?2, ?3, '', 0, 0, ?4, ?5, ?5, 'delete')",
        (key, name, account, step_id, at),
    )
    add_request(db, upload, f"{key}-0", "delete", group_id=group_id)
    return upload


def add_request(
    db: Database,
    upload_id: int,
    op: str,
    method: str,
    *,
    first: int = 0,
    count: int = 0,
    group_id: int | None = None,
    expected: str | None = None,
) -> None:
    """Put a request at the end of an upload's plan."""
    db.run(
        "INSERT INTO upload_request (upload_id, seq, op, method, first, count, group_id, expected) VALUES (?1,"
        " (SELECT coalesce(max(seq) + 1, 0) FROM upload_request WHERE upload_id = ?1), ?2, ?3, ?4, ?5, ?6, ?7)",
        (upload_id, op, method, first, count, group_id, expected),
    )


def method_for(kind: str, count: int) -> str:
    """The call that takes so many IDs; ``kind`` is create or add."""
    return f"{kind}_json" if count <= AUDIENCE.ids_per_json else f"{kind}_file"


def _new_to(group_id: int | None) -> str:
    """SQL on ``person p`` that leaves out whom an audience at LINE holds."""
    if group_id is None:
        return ""
    return f" AND p.line_user_id NOT IN ({HELD.format(group=int(group_id))})"


def _plan(db: Database, upload: int, key: str, count: int, frozen: Frozen) -> None:
    way = "add" if frozen.kind == "add" else "create"
    to = frozen.group_id if frozen.kind == "add" else None
    add_request(db, upload, f"{key}-0", method_for(way, count), count=count, group_id=to)
    if frozen.kind == "replace":
        add_request(
            db, upload, f"{key}-1", "rename_old", group_id=frozen.group_id, expected=frozen.group_name
        )
        add_request(db, upload, f"{key}-2", "rename_new")
