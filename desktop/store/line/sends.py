"""Sendings of messages: a draft, the press that fixes it, and the one request it is made of. A request is marked `sending` and
committed with its retry key before it leaves, so that after any crash the file says whether LINE may have heard of it. Nothing
here names a recipient."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.core.message import Message
from desktop.store.database import Database

OPEN_STATES = ("waiting", "sending", "unknown", "action_needed")
"""States of a sending that was pressed and that LINE has not accepted, as far as is known."""

FINAL_STATES = ("sent", "failed", "refused", "lost", "cancelled")
"""States that nothing leads out of. ``lost``: a request left, its fate could not be learnt within a day; never sent again."""


@dataclass(frozen=True, slots=True)
class Send:
    """One sending. Instants are UTC texts.

    Attributes:
        kind: ``narrowcast`` to an uploaded audience, or ``test`` to one person.
        upload_id: the upload whose audience it goes to; None for tests, or if the upload is gone.
        audience: the audience's own name; ``line_name`` the one it has at LINE.
        people: how many people it may reach at most (LINE's ``limit.max``), as typed to confirm.
        up_to_quota: whether LINE may send to fewer where the quota does not reach.
        silent: whether phones stay quiet.
        confirmed: false for drafts, and after a restart until the owner presses once more.
        left_at: when a request first left, by LINE's clock; its retry key is good for a day from then.
        phase: LINE's word: waiting, sending, succeeded, failed, or a new one.
        target_count: people LINE means to send to; success_count, failure_count: who got it and who did not.
    """

    id: int
    kind: str
    upload_id: int | None
    audience_id: int | None
    audience: str
    line_name: str
    audience_group_id: int | None
    account: str | None
    messages: tuple[Mapping[str, Any], ...]
    people: int
    up_to_quota: bool
    silent: bool
    state: str
    confirmed: bool
    retry_key: str | None
    request_id: str | None
    attempts: int
    error: Message | None
    phase: str | None
    target_count: int | None
    success_count: int | None
    failure_count: int | None
    drafted_at: str
    pressed_at: str | None
    left_at: str | None
    accepted_at: str | None
    completed_at: str | None
    changed_at: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A sending that was not pressed yet: to which upload's audience, and what."""

    kind: str
    upload_id: int | None
    audience_id: int | None
    audience: str
    line_name: str
    audience_group_id: int | None
    messages: Sequence[Mapping[str, Any]]
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """What LINE tells about an accepted narrowcast."""

    phase: str
    target_count: int | None = None
    success_count: int | None = None
    failure_count: int | None = None
    completed_at: str | None = None


_SELECT = (
    "SELECT id, kind, upload_id, audience_id, audience_name, line_name, audience_group_id, account, messages, people,"
    " up_to_quota, silent, state, confirmed, retry_key, request_id, attempts, error, phase, target_count, success_count,"
    " failure_count, drafted_at, pressed_at, left_at, accepted_at, completed_at, changed_at FROM send"
)


def sends(db: Database, *, limit: int | None = None, upload_id: int | None = None) -> list[Send]:
    """The sendings that were pressed and those still drafts, newest first; of one upload if it is named."""
    return [
        _send(row)
        for row in db.all(
            f"{_SELECT} WHERE ?1 IS NULL OR upload_id = ?1 ORDER BY id DESC LIMIT ?2",
            (upload_id, -1 if limit is None else limit),
        )
    ]


def send(db: Database, send_id: int) -> Send | None:
    """One sending, or None."""
    row = db.row(f"{_SELECT} WHERE id = ?", (send_id,))
    return None if row is None else _send(row)


def active(db: Database) -> list[Send]:
    """Sendings there is something to do for, oldest first: accepted ones to watch, and pressed ones to bring to LINE."""
    rows = db.all(
        f"{_SELECT} WHERE kind = 'narrowcast' AND (state = 'processing'"
        " OR (confirmed = 1 AND state IN ('waiting', 'sending', 'unknown'))) ORDER BY id"
    )
    return [_send(row) for row in rows]


def unconfirmed(db: Database) -> list[Send]:
    """Sendings that were pressed before the last start and wait for one more press."""
    return [
        _send(row)
        for row in db.all(f"{_SELECT} WHERE confirmed = 0 AND state IN ('waiting', 'unknown') ORDER BY id")
    ]


def draft(db: Database, wanted: Draft, now: str) -> int:
    """Keep a new draft; returns its number."""
    return db.insert(
        "INSERT INTO send (kind, upload_id, audience_id, audience_name, line_name, audience_group_id, messages, people,"
        " silent, drafted_at, changed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, ?8, ?9, ?9)",
        (
            wanted.kind,
            wanted.upload_id,
            wanted.audience_id,
            wanted.audience,
            wanted.line_name,
            wanted.audience_group_id,
            json.dumps(list(wanted.messages), ensure_ascii=False),
            wanted.silent,
            now,
        ),
    )


def rewrite(
    db: Database, send_id: int, messages: Sequence[Mapping[str, Any]], *, silent: bool, now: str
) -> bool:
    """Change what a draft says; False if it is no draft any more."""
    return bool(
        db.run(
            "UPDATE send SET messages = ?, silent = ?, changed_at = ? WHERE id = ? AND state = 'draft'",
            (json.dumps(list(messages), ensure_ascii=False), silent, now, send_id),
        )
    )


def discard(db: Database, send_id: int) -> bool:
    """Throw a draft away; False if it is none."""
    return bool(db.run("DELETE FROM send WHERE id = ? AND state = 'draft'", (send_id,)))


def press(
    db: Database, send_id: int, people: int, *, up_to_quota: bool, step_id: int, now: str, retry_key: str = ""
) -> bool:
    """Fix a draft: the number of people, LINE's retry key (a new one unless it is given), and that it may go; False if it is no
    draft any more."""
    return bool(
        db.run(
            "UPDATE send SET state = 'waiting', confirmed = 1, people = ?, up_to_quota = ?, retry_key = ?, step_id = ?,"
            " pressed_at = ?, changed_at = ? WHERE id = ? AND state = 'draft'",
            (people, up_to_quota, retry_key or str(uuid.uuid4()), step_id, now, now, send_id),
        )
    )


def begin_sending(db: Database, send_id: int, account: str, left_at: str, now: str) -> bool:
    """Mark the request as leaving; False if the sending is no longer one to send. The first departure stays as it is."""
    return bool(
        db.run(
            "UPDATE send SET state = 'sending', account = ?, left_at = coalesce(left_at, ?), attempts = attempts + 1,"
            " error = NULL, changed_at = ? WHERE id = ? AND confirmed = 1 AND state IN ('waiting', 'unknown')",
            (account, left_at, now, send_id),
        )
    )


def accepted(db: Database, send_id: int, request_id: str, now: str) -> None:
    """LINE has it."""
    db.run(
        "UPDATE send SET state = 'processing', request_id = ?, error = NULL, confirmed = 1, accepted_at = ?, changed_at = ?"
        " WHERE id = ?",
        (request_id, now, now, send_id),
    )


def not_sent(db: Database, send_id: int, state: str, now: str, error: Message | None = None) -> None:
    """The request certainly has not been processed: no request of this sending is under way any more."""
    db.run(
        "UPDATE send SET state = ?, left_at = NULL, error = ?, changed_at = ? WHERE id = ?",
        (state, error.to_json() if error else None, now, send_id),
    )


def move(db: Database, send_id: int, state: str, now: str, error: Message | None = None) -> None:
    """Give a sending another state, with what the owner reads beside it."""
    db.run(
        "UPDATE send SET state = ?, error = ?, changed_at = ? WHERE id = ?",
        (state, error.to_json() if error else None, now, send_id),
    )


def note_progress(
    db: Database, send_id: int, seen: Progress, state: str, now: str, error: Message | None = None
) -> None:
    """Keep what LINE tells about an accepted sending, and the state that follows from it."""
    db.run(
        "UPDATE send SET phase = ?, target_count = coalesce(?, target_count), success_count = coalesce(?, success_count),"
        " failure_count = coalesce(?, failure_count), completed_at = ?, state = ?, error = ?, changed_at = ? WHERE id = ?",
        (
            seen.phase,
            seen.target_count,
            seen.success_count,
            seen.failure_count,
            seen.completed_at,
            state,
            error.to_json() if error else None,
            now,
            send_id,
        ),
    )


def confirm(db: Database, send_id: int, now: str) -> bool:
    """The owner's press after a restart or a stop: it may go on from where the facts say it is."""
    return bool(
        db.run(
            "UPDATE send SET confirmed = 1, error = NULL, changed_at = ?,"
            " state = CASE WHEN left_at IS NULL THEN 'waiting' ELSE 'unknown' END"
            " WHERE id = ? AND state IN ('waiting', 'unknown', 'action_needed')",
            (now, send_id),
        )
    )


def after_restart(db: Database) -> int:
    """Called once when a shop is opened for writing: requests under way when the program ended have an unknown fate, and nothing
    goes out without one press. Returns how many sendings wait for it."""
    db.run("UPDATE send SET state = 'lost' WHERE state IN ('waiting', 'sending') AND kind = 'test'")
    db.run("UPDATE send SET state = 'unknown' WHERE state = 'sending'")
    db.run("UPDATE send SET confirmed = 0 WHERE state IN ('waiting', 'unknown')")
    return len(unconfirmed(db))


def after_restore(db: Database, why: Message, now: str) -> int:
    """Called when a backup took the shop's place: its drafts may have been sent since, with keys nobody knows any more, so they
    are withdrawn with a reason. Returns how many."""
    return db.run(
        "UPDATE send SET state = 'cancelled', error = ?, changed_at = ? WHERE state = 'draft'",
        (why.to_json(), now),
    )


def _send(row: tuple[Any, ...]) -> Send:
    values = list(row)
    values[8] = tuple(json.loads(values[8]))
    for flag in (10, 11, 13):
        values[flag] = bool(values[flag])
    values[17] = None if values[17] is None else Message.from_json(values[17])
    return Send(*values)
