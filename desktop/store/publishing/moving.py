"""What becomes of a publishing job and its requests. A request is marked `sending` in a transaction of its own before it
leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.core.message import Message
from desktop.store import shop
from desktop.store.database import Database
from desktop.store.publishing import menus, people, refused
from desktop.store.publishing.jobs import OPEN_STATES, PlannedRequest, PublishingJob

SPACING = 1_024
"""Between the numbers of two requests, so that a block can be halved again and again."""


@dataclass(frozen=True, slots=True)
class NewJob:
    """A job to be kept; ``confirmed`` jobs go out by themselves."""

    kind: str
    account: str
    before_id: int | None
    menus: int
    step_id: int
    day: str
    at: str


@dataclass(frozen=True, slots=True)
class NewRequest:
    """A request to be planned."""

    method: str
    menu_id: int | None = None
    alias: str | None = None
    first: int | None = None
    count: int | None = None


def begin_job(db: Database, new: NewJob) -> int:
    """Keep a new job without requests; returns its number."""
    return db.insert(
        "INSERT INTO publishing (kind, account, before_id, menus, people, step_id, day, pressed_at, changed_at)"
        " VALUES (?1, ?2, ?3, ?4, 0, ?5, ?6, ?7, ?7)",
        (new.kind, new.account, new.before_id, new.menus, new.step_id, new.day, new.at),
    )


def plan_requests(db: Database, publishing_id: int, planned: Sequence[NewRequest]) -> None:
    """Write down what a job is made of, in order, and of how many people it is."""
    db.many(
        "INSERT INTO publishing_request (publishing_id, seq, method, menu_id, alias, first, count) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (publishing_id, number * SPACING, one.method, one.menu_id, one.alias, one.first, one.count)
            for number, one in enumerate(planned, 1)
        ),
    )
    db.run(
        "UPDATE publishing SET people = (SELECT count(*) FROM publishing_person WHERE publishing_id = ?1) WHERE id = ?1",
        (publishing_id,),
    )


def begin_sending(db: Database, request: PlannedRequest, now: str) -> bool:
    """Mark a request as leaving; False if the job may not go on any more."""
    moved = db.run(
        "UPDATE publishing SET state = 'sending', error = NULL, changed_at = ?"
        " WHERE id = ? AND confirmed = 1 AND state IN ('waiting', 'unknown', 'sending')",
        (now, request.publishing_id),
    )
    if moved:
        _mark(db, request, "sending")
        db.run(
            "UPDATE publishing_request SET attempts = attempts + 1 WHERE publishing_id = ? AND seq = ?",
            (request.publishing_id, request.seq),
        )
    return bool(moved)


def processed(db: Database, request: PlannedRequest, request_id: str, now: str) -> None:
    """LINE has processed a request; the job goes on, unless it was cancelled meanwhile."""
    db.run(
        "UPDATE publishing_request SET state = 'done', request_id = ? WHERE publishing_id = ? AND seq = ?",
        (request_id, request.publishing_id, request.seq),
    )
    db.run(
        "UPDATE publishing SET state = 'waiting', error = NULL, changed_at = ? WHERE id = ?"
        " AND state IN ('waiting', 'sending', 'unknown')",
        (now, request.publishing_id),
    )


def not_processed(db: Database, request: PlannedRequest) -> None:
    """LINE has certainly not processed this try of the request; an earlier one whose fate is unknown stays unknown."""
    _mark(db, request, "waiting" if request.state == "waiting" else "unknown")


def never_arrived(db: Database, request: PlannedRequest) -> None:
    """No try of the request shows at LINE: the next press begins anew."""
    db.run(
        "UPDATE publishing_request SET state = 'waiting', attempts = 0 WHERE publishing_id = ? AND seq = ?",
        (request.publishing_id, request.seq),
    )


def unknown(db: Database, request: PlannedRequest) -> None:
    """Nobody knows what became of the request."""
    _mark(db, request, "unknown")


def halve(db: Database, request: PlannedRequest) -> None:
    """LINE refused a block of people: try it in two halves."""
    half = request.count // 2
    above = db.value(
        "SELECT min(seq) FROM publishing_request WHERE publishing_id = ? AND seq > ?",
        (request.publishing_id, request.seq),
    )
    gap = SPACING if above is None else above - request.seq
    db.run(
        "UPDATE publishing_request SET count = ?, state = 'waiting' WHERE publishing_id = ? AND seq = ?",
        (half, request.publishing_id, request.seq),
    )
    db.run(
        "INSERT INTO publishing_request (publishing_id, seq, method, menu_id, first, count) VALUES (?, ?, ?, ?, ?, ?)",
        (
            request.publishing_id,
            request.seq + gap // 2,
            request.method,
            request.menu_id,
            request.first + half,
            request.count - half,
        ),
    )


def move(db: Database, publishing_id: int, state: str, now: str, error: Message | None = None) -> None:
    """Give a job that is not at its end another state, with what the owner reads beside it."""
    db.run(
        "UPDATE publishing SET state = ?, error = ?, changed_at = ?, finished_at = iif(?1 IN ('refused', 'cancelled'), ?3, NULL)"
        " WHERE id = ? AND state NOT IN ('done', 'refused', 'cancelled')",
        (state, error.to_json() if error else None, now, publishing_id),
    )
    if state in ("refused", "cancelled"):
        _end_early(db, publishing_id, now)


def finish(db: Database, job: PublishingJob, now: str) -> None:
    """All of it is at LINE: the job's publication is live. Who is left in its list was refused by LINE, and is named beside it
    until the next job is over."""
    left = refused.said(db, job)
    db.run(
        "UPDATE publishing SET state = 'done', error = ?3, finished_at = ?1, changed_at = ?1 WHERE id = ?2",
        (now, job.id, left.to_json() if left else None),
    )
    if job.kind != "links":
        menus.set_live(db, job.account, job.id)
    refused.forget_before(db, job)


def confirm(db: Database, publishing_id: int, now: str) -> bool:
    """The owner's press: a job that waits for her goes on from where it is, its tries counted anew; False if none waits."""
    pressed = db.run(
        "UPDATE publishing SET confirmed = 1, error = NULL, changed_at = ?, state = iif(EXISTS (SELECT 1 FROM"
        " publishing_request r WHERE r.publishing_id = publishing.id AND r.state IN ('sending', 'unknown')),"
        " 'unknown', 'waiting')"
        " WHERE id = ? AND state IN ('waiting', 'unknown', 'action_needed')",
        (now, publishing_id),
    )
    if pressed:
        db.run(
            "UPDATE publishing_request SET attempts = min(attempts, 1) WHERE publishing_id = ? AND state <> 'done'",
            (publishing_id,),
        )
    return bool(pressed)


def cancel(db: Database, publishing_id: int, now: str) -> bool:
    """End a job that is not at its end; what LINE has processed stays. False if it is at its end, or a request is leaving
    now."""
    done = db.run(
        "UPDATE publishing SET state = 'cancelled', error = NULL, finished_at = ?1, changed_at = ?1"
        " WHERE id = ?2 AND state IN ('waiting', 'unknown', 'action_needed')",
        (now, publishing_id),
    )
    if done:
        _end_early(db, publishing_id, now)
    return bool(done)


def _end_early(db: Database, publishing_id: int, now: str) -> None:
    """A job is at its end before its time: its list of people goes, and menus of which LINE has never heard. Of blocks whose
    fate is unknown it stays noted that nobody knows which menu they have."""
    db.run(
        "UPDATE published_menu SET gone_at = ?, image = NULL WHERE rich_menu_id IS NULL AND id IN (SELECT menu_id FROM"
        " publishing_request WHERE publishing_id = ? AND method = 'create' AND attempts = 0)",
        (now, publishing_id),
    )
    db.run(
        "INSERT INTO menu_link (account, line_user_id, person_id, menu_id, linked_at)"
        " SELECT j.account, f.line_user_id, f.person_id, NULL, ?1"
        " FROM publishing j JOIN publishing_request r ON r.publishing_id = j.id AND r.state IN ('sending', 'unknown')"
        " AND r.method IN ('link', 'unlink') JOIN publishing_person f ON f.publishing_id = j.id AND f.place >= r.first"
        " AND f.place < r.first + r.count WHERE j.id = ?2 ON CONFLICT (account, line_user_id) DO UPDATE SET menu_id = NULL",
        (now, publishing_id),
    )
    db.run("DELETE FROM publishing_person WHERE publishing_id = ?", (publishing_id,))


def after_restart(db: Database) -> None:
    """Called once when a shop is opened for writing: requests under way when the program ended have an unknown fate, and
    nothing goes out without one press."""
    db.run("UPDATE publishing_request SET state = 'unknown' WHERE state = 'sending'")
    db.run("UPDATE publishing SET state = 'unknown' WHERE state = 'sending'")
    db.run("UPDATE publishing SET confirmed = 0 WHERE state IN ('waiting', 'unknown')")


def after_restore(db: Database, why: Message, now: str) -> None:
    """A backup took the shop's place: a job on its way ends, for it may have come further since, and what is at LINE has to
    be asked before the next press. Inside the caller's transaction."""
    for number in db.column(f"SELECT id FROM publishing WHERE state IN {OPEN_STATES}"):
        move(db, number, "cancelled", now, why)
    account = shop.get_json(db, "line_account") or {}
    people.doubt(db, now, str(account.get("userId") or ""))


def _mark(db: Database, request: PlannedRequest, state: str) -> None:
    db.run(
        "UPDATE publishing_request SET state = ? WHERE publishing_id = ? AND seq = ?",
        (state, request.publishing_id, request.seq),
    )
