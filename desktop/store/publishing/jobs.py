"""Jobs of publishing rich menus and the requests each is made of. A request is marked `sending` and committed before it
leaves, so that after any crash the file says whether LINE may have heard of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desktop.core.message import Message
from desktop.store.database import Database

OPEN_STATES = ("waiting", "sending", "unknown", "action_needed")
"""States of a job that is not at its end."""


@dataclass(frozen=True, slots=True)
class PublishingJob:
    """One job of publishing. Instants are UTC texts.

    Attributes:
        kind: ``publish`` (what is planned), ``restore`` (the publication before), ``take_back`` (nothing of ours is shown), or
            ``links`` (people get the menu that is meant for them now).
        state: waiting, sending, unknown, done, action_needed, refused or cancelled.
        confirmed: false after a restart until the owner presses once more.
        account: the account's own user ID.
        before_id: the publication that was live when it was pressed.
        menus: menus made anew; people: people who get another menu, or none of their own.
        done, requests: how many of its requests LINE has processed.
        error: what the owner reads beside it.
        day: the day of the shop (ISO) it was pressed for.
    """

    id: int
    kind: str
    state: str
    confirmed: bool
    account: str
    before_id: int | None
    menus: int
    people: int
    error: Message | None
    day: str
    pressed_at: str
    finished_at: str | None
    changed_at: str
    done: int
    requests: int


@dataclass(frozen=True, slots=True)
class PlannedRequest:
    """One request of a job; ``seq`` orders them.

    Attributes:
        method: validate, create, image, alias, default, clear_default, link, unlink, delete_alias or delete.
        menu_id: the frozen menu it is about.
        alias: the alias it is about.
        first, count: the block of the job's people.
        state: waiting, sending, unknown or done.
        attempts: how often it was sent.
    """

    publishing_id: int
    seq: int
    method: str
    menu_id: int | None
    alias: str | None
    first: int
    count: int
    state: str
    attempts: int


_SELECT = (
    "SELECT j.id, j.kind, j.state, j.confirmed, j.account, j.before_id, j.menus, j.people, j.error, j.day,"
    " j.pressed_at, j.finished_at,"
    " j.changed_at, (SELECT count(*) FROM publishing_request r WHERE r.publishing_id = j.id AND r.state = 'done'),"
    " (SELECT count(*) FROM publishing_request r WHERE r.publishing_id = j.id) FROM publishing j"
)


def jobs(db: Database, *, limit: int | None = None) -> list[PublishingJob]:
    """All jobs, newest first."""
    return [
        _job(row)
        for row in db.all(f"{_SELECT} ORDER BY j.id DESC LIMIT ?", (-1 if limit is None else limit,))
    ]


def job(db: Database, publishing_id: int) -> PublishingJob | None:
    """One job, or None."""
    row = db.row(f"{_SELECT} WHERE j.id = ?", (publishing_id,))
    return None if row is None else _job(row)


def open_job(db: Database) -> PublishingJob | None:
    """The job that is not at its end, if there is one; there is never more than one."""
    row = db.row(f"{_SELECT} WHERE j.state IN {OPEN_STATES} ORDER BY j.id LIMIT 1")
    return None if row is None else _job(row)


def active(db: Database) -> PublishingJob | None:
    """The job there is something to do for: confirmed, and not waiting for the owner. None while a restored backup is
    unchecked."""
    row = db.row(
        f"{_SELECT} WHERE j.confirmed = 1 AND j.state IN ('waiting', 'sending', 'unknown') AND NOT EXISTS"
        " (SELECT 1 FROM shop WHERE key = 'uploads_paused' AND value = '1') ORDER BY j.id LIMIT 1"
    )
    return None if row is None else _job(row)


def unconfirmed(db: Database) -> list[PublishingJob]:
    """Jobs pressed before the last start that wait for one more press."""
    return [
        _job(row)
        for row in db.all(
            f"{_SELECT} WHERE j.confirmed = 0 AND j.state IN ('waiting', 'unknown') ORDER BY j.id"
        )
    ]


def requests(db: Database, publishing_id: int) -> list[PlannedRequest]:
    """All requests of a job in their order."""
    return [
        _request(row) for row in db.all(f"{_REQUESTS} WHERE publishing_id = ? ORDER BY seq", (publishing_id,))
    ]


def next_request(db: Database, publishing_id: int) -> PlannedRequest | None:
    """The first request that LINE has not processed as far as is known; None at the end."""
    row = db.row(
        f"{_REQUESTS} WHERE publishing_id = ? AND state <> 'done' ORDER BY seq LIMIT 1", (publishing_id,)
    )
    return None if row is None else _request(row)


_REQUESTS = (
    "SELECT publishing_id, seq, method, menu_id, alias, coalesce(first, 0), coalesce(count, 0), state, attempts"
    " FROM publishing_request"
)


def _job(row: tuple[Any, ...]) -> PublishingJob:
    values = list(row)
    values[3] = bool(values[3])
    values[8] = None if values[8] is None else Message.from_json(values[8])
    return PublishingJob(*values)


def _request(row: tuple[Any, ...]) -> PlannedRequest:
    return PlannedRequest(*row)
