"""What the page of uploads reads at once: the uploads, what is known of their audiences at LINE, and what there is to ask."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.operations.line import after_upload, audiences_at_line, keeping_in_step, sending
from desktop.operations.line.after_upload import Question
from desktop.operations.line.audiences_at_line import CountGap, LineAudience
from desktop.operations.line.keeping_in_step import Drift, OldCopy, Renewal, ReplacementStep
from desktop.store import audiences, manager_sends, outbox, shop
from desktop.store import publishing as publishings
from desktop.store.database import Database
from desktop.store.outbox import UploadJob
from desktop.store.publishing.jobs import PublishingJob
from desktop.ui.outbox.rows.either import Row
from desktop.ui.outbox.rows.prepared_row import PreparedRow
from desktop.ui.outbox.states import NOTHING, Beside
from desktop.ui.publishing.states import needs_press

MOST_SHOWN = 500


@dataclass(frozen=True)
class Seen:
    """What the page shows. ``beside`` is by the upload's number; ``sends_waiting`` are sendings of before the last start;
    ``publishings`` are the publications of rich menus, ``prepared`` what waits for its first press."""

    jobs: tuple[UploadJob, ...] = ()
    unconfirmed: int = 0
    paused: bool = False
    connected: bool = True
    beside: dict[int, Beside] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    renewals: tuple[Renewal, ...] = ()
    sends_waiting: tuple[int, ...] = ()
    publishings: tuple[PublishingJob, ...] = ()
    prepared: tuple[PreparedRow, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """What waits for a press, then uploads and publications, newest first."""
        pressed: list[UploadJob | PublishingJob] = [*self.jobs, *self.publishings]
        if self.publishings:
            pressed.sort(key=lambda row: row.pressed_at, reverse=True)
        return (*self.prepared, *pressed)

    @property
    def menus_waiting(self) -> tuple[PublishingJob, ...]:
        """Publications of before the last start that wait for a press."""
        return tuple(job for job in self.publishings if needs_press(job))

    def of(self, row: Row) -> Beside:
        """What is known beside an upload."""
        return self.beside.get(row.id, NOTHING) if isinstance(row, UploadJob) else NOTHING


@dataclass(frozen=True)
class Known:
    """Everything about one upload, for its details."""

    job: UploadJob
    beside: Beside = NOTHING
    steps: tuple[ReplacementStep, ...] = ()
    drift: Drift | None = None
    old: OldCopy | None = None
    gap: CountGap | None = None


def read_outbox(db: Database) -> Seen:
    """Read what the page shows."""
    jobs = tuple(outbox.jobs(db, limit=MOST_SHOWN))
    renewals = keeping_in_step.renewals_due(db)
    return Seen(
        jobs=jobs,
        unconfirmed=outbox.unconfirmed(db),
        paused=shop.get(db, "uploads_paused") == "1",
        connected=bool(shop.get_json(db, "line_account")) or shop.is_practice(db),
        beside=_beside(db, jobs, renewals),
        questions=after_upload.to_ask(db),
        renewals=renewals,
        sends_waiting=tuple(send.id for send in sending.waiting_for_a_press(db)),
        publishings=tuple(publishings.jobs(db, limit=MOST_SHOWN)),
    )


def read_known(db: Database, upload_id: int) -> Known | None:
    """Everything about one upload; None if there is none of this number."""
    job = outbox.job(db, upload_id)
    if job is None:
        return None
    beside = _beside(db, (job,), keeping_in_step.renewals_due(db))[job.id]
    drift = None
    audience = audiences.by_id(db, job.audience_id) if job.audience_id is not None else None
    if audience is not None and job.state == "ready" and not beside.over:
        drift = keeping_in_step.drift(db, audience)
    steps = keeping_in_step.replacement_steps(db, upload_id)
    old = _old_of(job, keeping_in_step.old_copies(db))
    return Known(job, beside, steps, drift, old, audiences_at_line.count_gap(db, upload_id))


def _beside(db: Database, jobs: tuple[UploadJob, ...], renewals: tuple[Renewal, ...]) -> dict[int, Beside]:
    groups = {one.group_id: one for one in audiences_at_line.stored_listing(db).audiences}
    copies = keeping_in_step.old_copies(db)
    days = {renewal.group_id: renewal.days_left for renewal in renewals}
    sent = {send.upload_id: send.sent_on for send in manager_sends.sent(db)}
    gone = audiences_at_line.gone(db)
    account = (shop.get_json(db, "line_account") or {}).get("userId")
    can_send = sending.switched_on(db)
    found = {}
    for job in jobs:
        group = groups.get(job.audience_group_id or 0)
        old = _old_of(job, copies)
        newest = group is not None and group.upload_id in (None, job.id)
        found[job.id] = Beside(
            outdated=group is not None and group.role == "old",
            gone=job.audience_group_id in gone,
            elsewhere=account is not None and job.account not in (None, account),
            old_there=old is not None and old.ask,
            days_left=days.get(job.audience_group_id or 0) if newest else None,
            sent_on=sent.get(job.id),
            can_send=can_send and job.audience_group_id not in gone and _sendable(job, group),
        )
    return found


def _sendable(job: UploadJob, group: LineAudience | None) -> bool:
    return job.state == "ready" and job.kind != "delete" and (group is None or group.role != "old")


def _old_of(job: UploadJob, copies: tuple[OldCopy, ...]) -> OldCopy | None:
    if job.kind != "replace" or job.old_group_id is None:
        return None
    return next((copy for copy in copies if copy.group_id == job.old_group_id), None)
