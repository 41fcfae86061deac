"""Uploading audiences to LINE: the press of the button freezes who is meant, and what an owner can do with an
upload afterwards. The sending itself is the uploader's."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.limits import AUDIENCE
from desktop.core.message import Message, message
from desktop.core.people.audience import clean_audience_name
from desktop.core.people.upload_name import name_key, upload_name
from desktop.line_api.uploading.hooks import InDatabase
from desktop.line_api.uploading.uploader import Uploader
from desktop.operations.audiences.audiences import condition_of
from desktop.store import audiences, history, outbox, shop
from desktop.store.audience_history import days
from desktop.store.audiences import Audience, Reach
from desktop.store.condition_sql import Sql, compile_condition, query_context
from desktop.store.database import Database
from desktop.store.line import sends
from desktop.store.outbox import Frozen, UploadJob
from desktop.store.outbox.at_line import Known
from desktop.store.publishing import moving as publishing
from desktop.store.publishing import open_job as open_publication

_CHANGED = Changes.of(Kind.OUTBOX, Kind.AUDIENCES, count=1)

SIGN_IN_MESSAGES = frozenset({"line.sign_in_again", "line.wrong_channel"})
"""What stands beside uploads that stopped because LINE did not accept the token."""


_STEPS = {"new": "outbox.step_upload", "add": "outbox.step_add", "replace": "outbox.step_replace"}

STARTS_OVER = frozenset({"outbox.line_failed", "line.audience_gone", "line.audience_expired"})
"""What stands beside uploads whose audience came to nothing: the same list can be sent as a new one."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """The upload a press led to; ``new`` is false if it was on its way already. ``demographic_minimum`` is
    LINE's minimum where the list is shorter than that: such an audience can be sent to, but not with a filter
    by age, gender or place."""

    job: UploadJob
    new: bool
    demographic_minimum: int | None = None
    changes: Changes = field(default=_CHANGED | Changes.of(Kind.HISTORY))


@dataclass(frozen=True, slots=True)
class UploadOutcome:
    """Uploads an action has changed."""

    count: int
    changes: Changes = field(default=_CHANGED)


def press(db: Database, audience: Audience) -> Pressed:
    """Freeze an audience for upload: its name, and the user IDs of everybody reachable in it now. Later
    changes do not alter it.

    A second press while the first upload is on its way, or while LINE processes the very same people, leads
    to the same upload.

    Raises:
        UserError: if uploads are paused after a restore, nobody is reachable, there are more people than LINE
            takes, or LINE would not take the name or a user ID.
    """
    with db.transaction():
        refuse_while_paused(db)
        clean_audience_name(audience.name)
        sql = compile_condition(condition_of(db, audience.query), query_context(db))
        known = outbox.open_job_of(db, audience.id)
        if known is not None and (
            known.state != "processing" or outbox.holds_same(db, known.id, sql.where, sql.params)
        ):
            go_on(db, known)
            return Pressed(existing(db, known.id), new=False)
        return plan(db, audience)


def plan(db: Database, audience: Audience, kind: str = "new", group: Known | None = None) -> Pressed:
    """Freeze an audience as it is now and put it into the outbox, inside the caller's transaction.

    Args:
        db: the writer.
        audience: the saved audience.
        kind: new, add (only who joined is frozen) or replace.
        group: the audience at LINE that is added to, or in whose place the new one comes.

    Raises:
        UserError: as for :func:`press`.
    """
    refuse_while_paused(db)
    name = clean_audience_name(audience.name)
    sql = compile_condition(condition_of(db, audience.query), query_context(db))
    reach = audiences.reach(db, sql.where, sql.params)
    number = None if group is None else group.group_id
    meant = outbox.meant(db, audience.id, sql.where, sql.params, besides=number if kind == "add" else None)
    _check(db, name, sql, reach, meant)
    now = history.utc_now()
    day = outbox.local_day(db, now)
    frozen = Frozen(
        audience.id,
        name,
        group.name
        if group is not None and kind == "add"
        else upload_name(name, day, outbox.names_in_use(db)),
        audience.query,
        reach.people,
        history.list_only(db, "upload", message(_STEPS[kind], audience=name, n=meant), meant),
        now,
        kind,
        number,
        None if group is None else group.name,
        None if group is None else group.account,
    )
    job = existing(db, outbox.freeze(db, frozen, sql.where, sql.params))
    days.note(db, audience.id, day.isoformat(), reach.people, reach.reachable)
    few = AUDIENCE.demographic_minimum if kind != "add" and job.ids < AUDIENCE.demographic_minimum else None
    return Pressed(job, new=True, demographic_minimum=few)


def existing(db: Database, upload_id: int) -> UploadJob:
    """The upload of this number.

    Raises:
        UserError: if there is none.
    """
    found = outbox.job(db, upload_id)
    if found is None:
        raise UserError(message("outbox.unknown_job", id=str(upload_id)))
    return found


def confirm_all(db: Database) -> UploadOutcome:
    """The owner's one press after a restart: everything that waits may go out.

    Raises:
        UserError: if uploads are paused after a restore.
    """
    with db.transaction():
        refuse_while_paused(db)
        waiting = [
            job.id
            for job in outbox.open_jobs(db)
            if not job.confirmed and job.state in ("waiting", "unknown")
        ]
        for upload_id in waiting:
            outbox.resume(db, upload_id, history.utc_now())
    return UploadOutcome(len(waiting))


def retry(db: Database, upload_id: int) -> UploadOutcome:
    """Let an upload that waits, or waits for the owner, go on now. Where LINE failed on the audience it made,
    the frozen list is sent as a new one; otherwise nothing is ever sent twice.

    Raises:
        UserError: if uploads are paused, or this upload is not one that can go on.
    """
    with db.transaction():
        refuse_while_paused(db)
        job = existing(db, upload_id)
        if job.state not in ("waiting", "unknown", "action_needed"):
            raise UserError(message("outbox.cannot_retry", audience=job.audience))
        go_on(db, job)
    return UploadOutcome(1)


def retry_all(db: Database) -> UploadOutcome:
    """Let everything that waits, or waits for the owner, go on now.

    Raises:
        UserError: if uploads are paused after a restore.
    """
    with db.transaction():
        refuse_while_paused(db)
        stopped = [job for job in outbox.jobs(db) if job.state in ("waiting", "unknown", "action_needed")]
        for job in stopped:
            go_on(db, job)
    return UploadOutcome(len(stopped))


def cancel(db: Database, upload_id: int) -> UploadOutcome:
    """Take an upload back. Where a request is under way, or LINE may have it after all, the upload says so; a replacement can
    be taken back until the first audience is renamed.

    Raises:
        UserError: if LINE has it, or the audiences are changing places already.
    """
    now = history.utc_now()
    with db.transaction():
        job = existing(db, upload_id)
        if job.state not in (*outbox.OPEN_STATES, "processing"):
            raise UserError(message("outbox.cannot_cancel", audience=job.audience))
        if job.method.startswith("rename") and (job.perhaps_at_line or job.method == "rename_new"):
            raise UserError(message("outbox.changing_places", audience=job.audience))
        if job.kind in ("new", "add") and (job.state == "processing" or _accepted(job)):
            raise UserError(message("outbox.cannot_cancel", audience=job.audience))
        if job.state == "sending":
            outbox.want_cancelled(db, upload_id, now)
            return UploadOutcome(1)
        outbox.give_up_plan(db, upload_id)
        outbox.move(db, upload_id, "cancelled", now, error=_after_cancelling(job))
    return UploadOutcome(1)


def _accepted(job: UploadJob) -> bool:
    """Whether LINE holds something of it already; a list on which LINE failed is nothing."""
    failed = job.error is not None and job.error.key in STARTS_OVER
    return job.kind == "new" and job.audience_group_id is not None and not failed


def _after_cancelling(job: UploadJob) -> Message | None:
    """What the owner has to know of an upload she took back."""
    if job.perhaps_at_line:
        return message("outbox.cancelled_unknown", name=job.line_name)
    if job.kind == "replace" and job.audience_group_id is not None:
        return message("outbox.cancelled_at_line", name=job.line_name)
    return None


def after_sign_in(db: Database) -> UploadOutcome:
    """The owner signed in again: uploads, and a publication, that stopped for want of a good token go on."""
    with db.transaction():
        stopped = outbox.stopped_by(db, SIGN_IN_MESSAGES)
        for upload_id in stopped:
            outbox.resume(db, upload_id, history.utc_now())
        job = open_publication(db)
        waits = job is not None and job.error is not None and job.error.key in SIGN_IN_MESSAGES
        if job is not None and waits and job.state == "action_needed":
            publishing.confirm(db, job.id, history.utc_now())
            return UploadOutcome(len(stopped) + 1)
    return UploadOutcome(len(stopped))


def check_restored(uploader: Uploader, in_database: InDatabase) -> UploadOutcome:
    """Find out at LINE which open uploads of a restored backup it has already, then end the pause. The others
    wait for a press. Drafts of messages may have been sent since too, which LINE could not tell: they are withdrawn.

    Raises:
        LineProblem: if LINE cannot be asked; uploads stay paused.
    """
    found = uploader.look_at_open_jobs()
    in_database(_end_pause)
    return UploadOutcome(found, _CHANGED | Changes.of(Kind.SHOP))


def _end_pause(db: Database) -> None:
    with db.transaction():
        shop.put(db, "uploads_paused", "0")
        publishing.after_restore(db, message("publishing.restored"), history.utc_now())
        sends.after_restore(db, message("sending.restored"), history.utc_now())


def refuse_while_paused(db: Database) -> None:
    """Nothing new goes into the outbox after a restore until LINE was asked.

    Raises:
        UserError: while uploads are paused.
    """
    if shop.get(db, "uploads_paused") == "1":
        raise UserError(message("outbox.paused"), cure=message("outbox.paused_cure"))


def _check(db: Database, name: str, sql: Sql, reach: Reach, meant: int) -> None:
    if meant == 0:
        raise UserError(
            message("outbox.nobody", audience=name, n=reach.people, without=reach.without_user_id),
            cure=message("outbox.nobody_cure"),
        )
    if meant > AUDIENCE.ids_per_file:
        raise UserError(message("outbox.too_many", n=meant, limit=AUDIENCE.ids_per_file))
    malformed = outbox.malformed(db, sql.where, sql.params)
    if malformed:
        raise UserError(message("outbox.malformed", names=malformed), cure=message("outbox.malformed_cure"))


def go_on(db: Database, job: UploadJob) -> None:
    """Let a job that waits, or waits for the owner, go on: from where it is, or once more where LINE failed on it. Inside the
    caller's transaction."""
    now = history.utc_now()
    failed = job.error is not None and job.error.key in STARTS_OVER
    if failed and job.audience_group_id is not None:
        taken = outbox.names_in_use(db) | {name_key(job.line_name)}
        outbox.start_over(db, job.id, upload_name(job.audience, outbox.local_day(db, now), taken), now)
    else:
        outbox.resume(db, job.id, now)
