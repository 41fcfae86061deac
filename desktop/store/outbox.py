"""The outbox: each upload of an audience as a job whose IDs are frozen, and the request it is made of. A
request is marked `sending` and committed before it leaves, so that after any crash the file says whether LINE
may have heard of it."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import astuple, dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from desktop.core.limits import AUDIENCE
from desktop.core.message import Message
from desktop.core.people.upload_name import name_key
from desktop.store import shop
from desktop.store.audiences import REACHABLE
from desktop.store.database import Database

OPEN_STATES = ("waiting", "sending", "unknown", "action_needed")
"""States of a job that LINE has not accepted yet and that may still go out."""

_USER_ID = "U" + "[0-9a-f]" * 32


@dataclass(frozen=True, slots=True)
class UploadJob:
    """One upload.

    Instants are UTC texts. ``ids`` is how many are frozen, ``members`` how many people the audience held at
    that moment. ``op`` is the mark its request carries; ``perhaps_at_line`` is true from the moment a request
    may have reached LINE until its fate is known. ``confirmed`` is false after a restart, until the owner
    presses once more.
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
    op: str
    method: str
    perhaps_at_line: bool


@dataclass(frozen=True, slots=True)
class Frozen:
    """What the press of the button keeps: the audience as it was, and where its history step stands."""

    audience_id: int | None
    audience: str
    line_name: str
    query: str
    members: int
    step_id: int
    at: str


@dataclass(frozen=True, slots=True)
class AtLine:
    """What LINE answered to a create; ``request_id`` is None where the answer was lost and the audience found
    by looking."""

    audience_group_id: int
    request_id: str | None
    expires_at: str | None
    account: str


_SELECT = """ SELECT u.id, u.key, u.audience_id, u.audience_name, u.line_name, u.account, u.query, u.state,
u.members, u.ids,
       u.audience_group_id, u.request_id, u.line_count, u.error, u.attempts, u.confirmed, u.pressed_at,
       u.changed_at, u.next_try_at, u.ready_at, u.expires_at, r.op, r.method, r.state
FROM upload u JOIN upload_request r ON r.upload_id = u.id
     AND r.seq = (SELECT max(seq) FROM upload_request WHERE upload_id = u.id)
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


def names_in_use(db: Database, *, apart_from: int = 0) -> set[str]:
    """Keys of the names our uploads have or may have at LINE."""
    rows = db.column(
        f"SELECT line_name FROM upload WHERE id <> ? AND (audience_group_id IS NOT NULL OR state IN {OPEN_STATES})",
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


def malformed(db: Database, where: str, params: Sequence[Any]) -> list[str]:
    """Names of up to three reachable people whose user ID LINE would refuse; one such ID makes it refuse the
    whole list."""
    return db.column(
        "SELECT coalesce(p.name, p.line_name, p.member_no, '') FROM person p"
        f" WHERE {REACHABLE} AND ({where}) AND p.line_user_id NOT GLOB '{_USER_ID}' ORDER BY p.id LIMIT 3",
        params,
    )


def freeze(db: Database, frozen: Frozen, where: str, params: Sequence[Any]) -> int:
    """Make a job of the reachable people who match a compiled condition on ``person p``; returns its id."""
    key = secrets.token_hex(8)
    upload = db.insert(
        "INSERT INTO upload (key, audience_id, audience_name, line_name, query, members, ids, step_id,"
        " pressed_at, changed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7, ?8, ?8)",
        (key, *astuple(frozen)),
    )
    count = db.run(
        "INSERT INTO upload_person (upload_id, line_user_id, person_id)"
        f" SELECT {upload}, p.line_user_id, p.id FROM person p"
        f" WHERE {REACHABLE} AND ({where}) ORDER BY p.line_user_id",
        params,
    )
    db.run("UPDATE upload SET ids = ? WHERE id = ?", (count, upload))
    _add_request(db, upload, 0, key, count)
    return upload


def holds_same(db: Database, upload_id: int, where: str, params: Sequence[Any]) -> bool:
    """Whether a job's frozen IDs are exactly those of the reachable people who match a compiled condition
    now."""
    now = f"SELECT p.line_user_id FROM person p WHERE {REACHABLE} AND ({where})"
    both = (
        f"({now}) AS n JOIN upload_person f ON f.upload_id = {upload_id} AND f.line_user_id = n.line_user_id"
    )
    frozen = f"(SELECT count(*) FROM upload_person WHERE upload_id = {upload_id})"
    differs = db.value(
        f"SELECT {frozen} <> (SELECT count(*) FROM {both}) OR {frozen} <> (SELECT count(*) FROM ({now}))",
        [*params, *params],
    )
    return not differs


def ids_after(db: Database, upload_id: int, after: str, limit: int) -> list[str]:
    """The next frozen user IDs of a job in their order, beyond ``after`` ("" for the first)."""
    return db.column(
        "SELECT line_user_id FROM upload_person WHERE upload_id = ? AND line_user_id > ? ORDER BY line_user_id LIMIT ?",
        (upload_id, after, limit),
    )


def begin_sending(db: Database, upload_id: int, line_name: str, account: str, now: str) -> bool:
    """Mark the job's request as leaving; False if the job is no longer one to send (cancelled meanwhile)."""
    begun = db.run(
        "UPDATE upload SET state = 'sending', line_name = ?, account = ?, attempts = attempts + 1, error = NULL,"
        " next_try_at = NULL, changed_at = ? WHERE id = ? AND state = 'waiting' AND confirmed = 1",
        (line_name, account, now, upload_id),
    )
    if begun:
        _mark_request(db, upload_id, "sending")
    return bool(begun)


def accepted(db: Database, upload_id: int, at_line: AtLine, now: str) -> None:
    """LINE has the audience: keep its ID, and that the request is done."""
    db.run(
        "UPDATE upload SET state = 'processing', audience_group_id = ?, request_id = ?, expires_at = ?,"
        " account = ?, error = NULL, next_try_at = NULL, confirmed = 1, changed_at = ? WHERE id = ?",
        (*astuple(at_line), now, upload_id),
    )
    _mark_request(db, upload_id, "done")


def not_at_line(db: Database, upload_id: int, *, counted: bool) -> None:
    """The request certainly has not been processed: it may be sent (again).

    Args:
        upload_id: the job.
        counted: whether it counts as a try; not so where nothing was wrong with the request or LINE.
    """
    _mark_request(db, upload_id, "pending")
    if not counted:
        db.run("UPDATE upload SET attempts = max(0, attempts - 1) WHERE id = ?", (upload_id,))


def move(
    db: Database,
    upload_id: int,
    state: str,
    now: str,
    *,
    error: Message | None = None,
    next_try_at: str | None = None,
) -> None:
    """Give a job another state, with what the owner reads beside it and when it goes on by itself."""
    db.run(
        "UPDATE upload SET state = ?, error = ?, next_try_at = ?, changed_at = ? WHERE id = ?",
        (state, error.to_json() if error else None, next_try_at, now, upload_id),
    )


def ready(db: Database, upload_id: int, line_count: int, expires_at: str | None, now: str) -> None:
    """LINE has processed the audience."""
    db.run(
        "UPDATE upload SET state = 'ready', line_count = ?, expires_at = coalesce(?, expires_at), error = NULL,"
        " next_try_at = NULL, ready_at = ?, changed_at = ? WHERE id = ?",
        (line_count, expires_at, now, now, upload_id),
    )


def resume(db: Database, upload_id: int, now: str) -> None:
    """Let a stopped job go on from where the facts say it is: known to LINE, perhaps known, or still to be
    sent."""
    db.run(
        "UPDATE upload SET error = NULL, next_try_at = NULL, attempts = 0, confirmed = 1, changed_at = ?, state = CASE"
        " WHEN audience_group_id IS NOT NULL THEN 'processing'"
        " WHEN EXISTS (SELECT 1 FROM upload_request WHERE upload_id = upload.id AND state = 'sending') THEN 'unknown'"
        " ELSE 'waiting' END WHERE id = ? AND state IN ('waiting', 'unknown', 'action_needed')",
        (now, upload_id),
    )


def start_over(db: Database, upload_id: int, line_name: str, now: str) -> None:
    """Send the frozen IDs once more as a new audience, after LINE failed on the first."""
    count, key, seq = db.row(
        "SELECT u.ids, u.key, (SELECT max(seq) FROM upload_request WHERE upload_id = u.id)"
        " FROM upload u WHERE u.id = ?",
        (upload_id,),
    ) or (0, "", 0)
    _add_request(db, upload_id, seq + 1, key, count)
    db.run(
        "UPDATE upload SET state = 'waiting', audience_group_id = NULL, request_id = NULL, expires_at = NULL,"
        " line_name = ?, attempts = 0, error = NULL, next_try_at = NULL, confirmed = 1, changed_at = ? WHERE id = ?",
        (line_name, now, upload_id),
    )


def stop_all(db: Database, error: Message, now: str) -> int:
    """Stop everything there is something to do for until the owner acts; what LINE may know of stays marked
    so."""
    return db.run(
        "UPDATE upload SET state = 'action_needed', error = ?, next_try_at = NULL, changed_at = ?"
        " WHERE state IN ('waiting', 'sending', 'unknown', 'processing') AND (confirmed = 1 OR state = 'processing')",
        (error.to_json(), now),
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


def after_restart(db: Database) -> int:
    """Called once when a shop is opened for writing: requests under way when the program ended have an
    unknown fate, and nothing goes out without one press. Returns how many uploads wait for it."""
    db.run("UPDATE upload SET state = 'unknown' WHERE state = 'sending'")
    db.run("UPDATE upload SET confirmed = 0, next_try_at = NULL WHERE state IN ('waiting', 'unknown')")
    return unconfirmed(db)


def _add_request(db: Database, upload_id: int, seq: int, key: str, count: int) -> None:
    method = "create_json" if count <= AUDIENCE.ids_per_json else "create_file"
    db.run(
        "INSERT INTO upload_request (upload_id, seq, op, method, first, count) VALUES (?, ?, ?, ?, 0, ?)",
        (upload_id, seq, f"{key}-{seq}", method, count),
    )


def _mark_request(db: Database, upload_id: int, state: str) -> None:
    db.run(
        "UPDATE upload_request SET state = ?1 WHERE upload_id = ?2"
        " AND seq = (SELECT max(seq) FROM upload_request WHERE upload_id = ?2)",
        (state, upload_id),
    )


def _job(row: tuple[Any, ...]) -> UploadJob:
    values = list(row)
    values[13] = None if values[13] is None else Message.from_json(values[13])
    values[15] = bool(values[15])
    values[-1] = values[-1] == "sending"
    return UploadJob(*values)
