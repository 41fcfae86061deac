"""Uploads as they stand: reading them, each with the request of its plan that is due."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from desktop.core.message import Message
from desktop.core.people.upload_name import name_key
from desktop.store import shop
from desktop.store.database import Database

OPEN_STATES = ("waiting", "sending", "unknown", "action_needed")
"""States of a job that LINE has not accepted yet and that may still go out."""


@dataclass(frozen=True, slots=True)
class UploadJob:
    """One upload.

    Instants are UTC texts. ``ids`` is how many are frozen, ``members`` how many people the audience held at
    that moment. ``op`` is the mark of the request that is due (the last one, when all are done), ``method`` what it does:
    create_json, create_file, add_json, add_file, rename_old, rename_new or delete; ``perhaps_at_line`` is true from the moment
    that request may have reached LINE until its fate is known. ``confirmed`` is false after a restart, until the owner
    presses once more.

    ``kind`` is new, add (only who joined is frozen), replace (the audience ``old_group_id`` makes room for it) or delete
    (nobody is frozen; ``group_id`` is the audience). ``group_id``, ``new_name``, ``expected``, ``first`` and ``count`` belong to
    the request that is due: about which audience it is, what it calls it, what that one was called at the press, which part of
    the list it carries. ``ids_done`` of ``ids`` LINE has accepted. ``cancelling``: the owner cancelled while a request
    was under way.
    """

    id: int
    key: str
    audience_id: int | None
    audience: str
    line_name: str
    account: str | None
    query: str
    state: str
    members: int
    ids: int
    audience_group_id: int | None
    request_id: str | None
    line_count: int | None
    error: Message | None
    attempts: int
    confirmed: bool
    pressed_at: str
    changed_at: str
    next_try_at: str | None
    ready_at: str | None
    expires_at: str | None
    kind: str = "new"
    old_group_id: int | None = None
    cancelling: bool = False
    ids_done: int = 0
    seq: int = 0
    op: str = ""
    method: str = "create_json"
    group_id: int | None = None
    new_name: str | None = None
    expected: str | None = None
    first: int = 0
    count: int = 0
    perhaps_at_line: bool = False

    @property
    def carries_ids(self) -> bool:
        """Whether the request that is due hands IDs to LINE."""
        return self.method.startswith(("create", "add"))


_DUE = (
    "coalesce((SELECT min(seq) FROM upload_request WHERE upload_id = u.id AND state IN ('pending', 'sending')),"
    " (SELECT max(seq) FROM upload_request WHERE upload_id = u.id))"
)

_SELECT = f""" SELECT u.id, u.key, u.audience_id, u.audience_name, u.line_name, u.account, u.query, u.state,
u.members, u.ids, u.audience_group_id, u.request_id, u.line_count, u.error, u.attempts, u.confirmed, u.pressed_at,
       u.changed_at, u.next_try_at, u.ready_at, u.expires_at, u.kind, u.old_group_id, u.cancel_wanted,
       (SELECT coalesce(sum(count), 0) FROM upload_request WHERE upload_id = u.id AND state = 'done'),
       r.seq, r.op, r.method, r.group_id, r.name, r.expected, r.first, r.count, r.state
FROM upload u JOIN upload_request r ON r.upload_id = u.id AND r.seq = {_DUE}
"""


def jobs(db: Database, *, limit: int | None = None) -> list[UploadJob]:
    """The uploads, newest first."""
    return [
        _job(row)
        for row in db.all(f"{_SELECT} ORDER BY u.id DESC LIMIT ?", (-1 if limit is None else limit,))
    ]


def job(db: Database, upload_id: int) -> UploadJob | None:
    """One upload, or None."""
    row = db.row(f"{_SELECT} WHERE u.id = ?", (upload_id,))
    return None if row is None else _job(row)


@dataclass(frozen=True, slots=True)
class PlannedRequest:
    """One request of a plan; ``state`` is pending, sending, done or skipped, ``at`` when it last left or was settled (UTC)."""

    method: str
    state: str
    at: str | None
    name: str | None
    tries: int


def requests(db: Database, upload_id: int) -> list[PlannedRequest]:
    """The plan of an upload, in the order it is sent."""
    rows = db.all(
        "SELECT method, state, at, name, tries FROM upload_request WHERE upload_id = ? ORDER BY seq",
        (upload_id,),
    )
    return [PlannedRequest(*row) for row in rows]


def ops_done(db: Database, upload_id: int) -> list[str]:
    """The marks of the lists that LINE took of a job."""
    return db.column(
        "SELECT op FROM upload_request WHERE upload_id = ? AND state = 'done'"
        " AND (method LIKE 'create%' OR method LIKE 'add%') ORDER BY seq",
        (upload_id,),
    )


def active(db: Database) -> list[UploadJob]:
    """The uploads there is something to do for, oldest first; none while uploads are paused after a
    restore."""
    rows = db.all(
        f"{_SELECT} WHERE (u.state = 'processing'"
        " OR (u.confirmed = 1 AND u.state IN ('waiting', 'sending', 'unknown')))"
        " AND NOT EXISTS (SELECT 1 FROM shop WHERE key = 'uploads_paused' AND value = '1') ORDER BY u.id"
    )
    return [_job(row) for row in rows]


def open_jobs(db: Database) -> list[UploadJob]:
    """The uploads that LINE has not accepted yet and that may still go out, oldest first."""
    return [_job(row) for row in db.all(f"{_SELECT} WHERE u.state IN {OPEN_STATES} ORDER BY u.id")]


def unconfirmed(db: Database) -> int:
    """How many uploads wait for one press since the last start."""
    count: int = db.value(
        "SELECT count(*) FROM upload WHERE confirmed = 0 AND state IN ('waiting', 'unknown')"
    )
    return count


def open_job_of(db: Database, audience_id: int) -> UploadJob | None:
    """The newest upload of an audience that is still on its way to LINE or being processed there."""
    row = db.row(
        f"{_SELECT} WHERE u.audience_id = ? AND u.state IN {(*OPEN_STATES, 'processing')} ORDER BY u.id DESC LIMIT 1",
        (audience_id,),
    )
    return None if row is None else _job(row)


def open_job_about(db: Database, group_id: int) -> UploadJob | None:
    """The newest unfinished job about an audience at LINE: it adds to it, replaces it, or deletes it."""
    row = db.row(
        f"{_SELECT} WHERE u.state IN {(*OPEN_STATES, 'processing')} AND (u.audience_group_id = ?1"
        " OR u.old_group_id = ?1 OR EXISTS (SELECT 1 FROM upload_request d WHERE d.upload_id = u.id AND d.group_id = ?1))"
        " ORDER BY u.id DESC LIMIT 1",
        (group_id,),
    )
    return None if row is None else _job(row)


def names_in_use(db: Database, *, apart_from: int = 0) -> set[str]:
    """Keys of the names that our uploads have or may have at LINE, and of all audiences last seen there."""
    rows = db.column(
        "SELECT line_name FROM upload WHERE id <> ?1 AND kind <> 'delete' AND state <> 'cancelled' AND ("
        f" state IN {OPEN_STATES} OR (audience_group_id IS NOT NULL AND NOT EXISTS"
        " (SELECT 1 FROM line_audience l WHERE l.group_id = audience_group_id)))"
        " UNION SELECT name FROM line_audience WHERE gone_at IS NULL AND group_id IS NOT"
        " (SELECT audience_group_id FROM upload WHERE id = ?1)",
        (apart_from,),
    )
    return {name_key(name) for name in rows}


def groups_in_use(db: Database, *, apart_from: int) -> set[int]:
    """The audiences at LINE that belong to our other uploads."""
    return set(
        db.column(
            "SELECT audience_group_id FROM upload WHERE audience_group_id IS NOT NULL AND id <> ?",
            (apart_from,),
        )
    )


def stopped_by(db: Database, keys: Collection[str]) -> list[int]:
    """The jobs that wait for the owner with one of these messages."""
    rows = db.all(
        "SELECT id, error FROM upload WHERE state = 'action_needed' AND error IS NOT NULL ORDER BY id"
    )
    return [upload for upload, error in rows if Message.from_json(error).key in keys]


def local_day(db: Database, instant: str) -> date:
    """The shop's local day of an instant."""
    at = datetime.strptime(instant, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    return at.astimezone(ZoneInfo(shop.get(db, "zone", "Asia/Taipei"))).date()


def _job(row: tuple[Any, ...]) -> UploadJob:
    values = list(row)
    values[13] = None if values[13] is None else Message.from_json(values[13])
    values[15], values[23] = bool(values[15]), bool(values[23])
    values[-1] = values[-1] == "sending"
    return UploadJob(*values)
