"""Publishing jobs as rows of the outbox: listing them, letting one go on, ending one, and what a start of the program does to
them."""

from __future__ import annotations

from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.operations.line.uploading import refuse_while_paused
from desktop.operations.planning.publishing.models import Outcome
from desktop.store import history, publishing
from desktop.store.database import Database
from desktop.store.publishing import PublishingJob, moving


def jobs(db: Database, *, limit: int | None = None) -> list[PublishingJob]:
    """All publishing jobs, newest first."""
    return publishing.jobs(db, limit=limit)


def existing(db: Database, publishing_id: int) -> PublishingJob:
    """The job of this number.

    Raises:
        UserError: if there is none.
    """
    found = publishing.job(db, publishing_id)
    if found is None:
        raise UserError(message("publishing.unknown_job", id=str(publishing_id)))
    return found


def confirm(db: Database, publishing_id: int) -> Outcome:
    """The owner's one press after a restart or a stop: the job goes on from where it is.

    Raises:
        UserError: if it does not wait for a press, or uploads are paused.
    """
    with db.transaction():
        refuse_while_paused(db)
        if not moving.confirm(db, publishing_id, history.utc_now()):
            raise UserError(message("publishing.nothing_to_confirm"))
        return Outcome(existing(db, publishing_id))


def cancel(db: Database, publishing_id: int) -> Outcome:
    """End a job; what LINE has done of it stays as it is, and the next publication puts it right.

    Raises:
        UserError: if a request is leaving at this moment, or the job is at its end.
    """
    with db.transaction():
        if not moving.cancel(db, publishing_id, history.utc_now()):
            raise UserError(message("publishing.cannot_cancel"))
        return Outcome(existing(db, publishing_id))


def after_restart(db: Database) -> int:
    """Called once when a shop is opened for writing: nothing of before goes out without a press. Returns how many jobs wait for
    one."""
    with db.transaction():
        moving.after_restart(db)
        return len(publishing.unconfirmed(db))


def waiting_for_a_press(db: Database) -> list[PublishingJob]:
    """Jobs pressed before the last start that wait for one more press."""
    return publishing.unconfirmed(db)
