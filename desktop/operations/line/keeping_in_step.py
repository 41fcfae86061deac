"""Keeping an audience at LINE in step with the shop's: who joined is added; when somebody left, a new audience takes the old
one's place; and what is about to expire is renewed. A press puts a job into the outbox, the uploader does the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.operations.audiences.audiences import condition_of
from desktop.operations.line import uploading
from desktop.operations.line.audiences_at_line import plan_deletion
from desktop.store import audiences, outbox
from desktop.store.audience_history import uploaded
from desktop.store.audiences import Audience
from desktop.store.condition_sql import compile_condition, query_context
from desktop.store.database import Database
from desktop.store.outbox import UploadJob, at_line
from desktop.store.outbox.at_line import Known

RENEW_WITHIN_DAYS = 14
"""An audience that LINE ends within so many days is to be renewed."""

ASK_AGAIN_DAYS = 7
"""Days until the owner is asked again about an old audience that was kept."""

LineState = Literal["none", "on_its_way", "processing", "ready", "failed", "expired", "gone", "other_account"]
Way = Literal["nothing", "wait", "new", "add", "replace"]
StepState = Literal["done", "now", "waiting", "failed", "stopped", "skipped", "offered"]

_CHANGED = Changes.of(Kind.OUTBOX, Kind.AUDIENCES, Kind.HISTORY, count=1)


@dataclass(frozen=True, slots=True)
class Drift:
    """An audience now beside what LINE holds of it.

    Args:
        joined: people who would be added.
        left: people LINE holds who are in it no more; None where it is not known whom LINE holds (an adopted audience).
        unchanged: people in both.
        line_state: how the audience stands at LINE: none (never uploaded), on_its_way, processing, ready, failed, expired,
            gone (deleted there by somebody else) or other_account.
        group_id: its number at LINE, None without one.
        line_name: its name there.
        expires_at: when LINE ends it, UTC text, None where unknown.
        days_left: whole days until then by LINE's clock, negative when over.
        adopted: made elsewhere and linked; its members cannot be read, so it is only ever added to.
        way: what a refresh would do now: nothing, wait (a job is under way), new, add or replace.
        job: the upload that is under way, if any.
        uploaded_at: when LINE last took a list for it, UTC text.
        at_line: how many people LINE was given.
    """

    joined: int
    left: int | None
    unchanged: int
    line_state: LineState
    group_id: int | None = None
    line_name: str = ""
    expires_at: str | None = None
    days_left: int | None = None
    adopted: bool = False
    way: Way = "nothing"
    job: UploadJob | None = None
    uploaded_at: str | None = None
    at_line: int = 0

    @property
    def in_step(self) -> bool:
        """Whether LINE holds exactly who is meant, as far as is known."""
        return self.way == "nothing" and self.line_state == "ready"


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh led to; ``job`` is None where there was nothing to do (``way`` nothing); ``new`` is false if the job was
    under way already."""

    job: UploadJob | None
    way: Way
    new: bool = True
    changes: Changes = field(default=_CHANGED)


@dataclass(frozen=True, slots=True)
class ReplacementStep:
    """One part of a replacement, in order: create, processing, rename_old, rename_new, delete_old. ``name`` is what it calls
    the audience at LINE, where it is known already; delete_old is ``offered`` until the owner confirms."""

    id: str
    state: StepState
    at: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class OldCopy:
    """An audience at LINE that another took the place of, kept until the owner says that nothing uses it. ``ask`` is whether
    it is time to ask; ``ask_after`` when (UTC text)."""

    group_id: int
    name: str
    audience_id: int | None
    audience: str
    until: str | None
    ask_after: str | None
    ask: bool


@dataclass(frozen=True, slots=True)
class Renewal:
    """An audience at LINE that is about to end, or has ended; ``days_left`` by LINE's clock, negative when over."""

    audience: Audience
    group_id: int
    expires_at: str
    days_left: int


def drift(db: Database, audience: Audience, now: datetime | None = None) -> Drift:
    """An audience now beside what LINE holds of it, as far as the shop file knows; asks nobody.

    Args:
        db: the shop.
        audience: the saved audience.
        now: this instant; the computer's if it is None. It is corrected by LINE's clock.
    """
    group = at_line.current(db, audience.id)
    job = outbox.open_job_of(db, audience.id)
    sql = compile_condition(condition_of(db, audience.query), query_context(db))
    held = at_line.held_uploads(db, group.group_id) if group else []
    found = uploaded.difference(db, audience.id, sql, held)
    days_left = _days_left(db, group.expires_at, now) if group else None
    state = _line_state(db, group, job, days_left)
    left: int | None = found.left + found.erased
    if group is None or state in ("expired", "failed", "gone", "other_account"):
        # What is over holds nobody: everybody of now joins the next one.
        joined, left, unchanged = found.joined + found.unchanged, 0, 0
    else:
        joined, unchanged = found.joined, found.unchanged
        left = None if group.adopted else left
    newest = outbox.job(db, held[-1]) if held else None
    return Drift(
        joined,
        left,
        unchanged,
        state,
        group.group_id if group else None,
        group.name if group else "",
        group.expires_at if group else None,
        days_left,
        group is not None and group.adopted,
        _way(joined, left, state, job, days_left),
        job,
        newest.ready_at or newest.changed_at if newest else None,
        found.unchanged + found.left + found.erased,
    )


def line_state(db: Database, audience_id: int, now: datetime | None = None) -> LineState:
    """How a saved audience stands at LINE, as in :class:`Drift`, without counting anybody."""
    group = at_line.current(db, audience_id)
    days_left = _days_left(db, group.expires_at, now) if group else None
    return _line_state(db, group, outbox.open_job_of(db, audience_id), days_left)


def refresh(db: Database, audience: Audience) -> Refreshed:
    """The press of 「更新」: add who joined; if somebody left, or LINE ends the audience soon, start a replacement; if LINE has
    none, upload it.

    Raises:
        UserError: as for an upload.
    """
    with db.transaction():
        now = drift(db, audience)
        if now.job is not None:
            uploading.go_on(db, now.job)
            return Refreshed(uploading.existing(db, now.job.id), "wait", new=False)
        if now.way == "nothing":
            return Refreshed(None, "nothing", new=False)
        return _plan(db, audience, now.way)


def replace(db: Database, audience: Audience) -> Refreshed:
    """Start a replacement even if nobody left: the renewal of an audience that is about to end.

    Raises:
        UserError: as for an upload; or the audience at LINE was adopted and cannot be replaced.
    """
    with db.transaction():
        now = drift(db, audience)
        if now.job is not None:
            uploading.go_on(db, now.job)
            return Refreshed(uploading.existing(db, now.job.id), "wait", new=False)
        if now.adopted:
            raise UserError(message("keeping.adopted_grows", name=now.line_name))
        return _plan(db, audience, "replace" if now.line_state == "ready" else "new")


def replacement_steps(db: Database, upload_id: int) -> tuple[ReplacementStep, ...]:
    """The steps of a replacement and how far it is; () for any other upload."""
    job = outbox.job(db, upload_id)
    if job is None or job.kind != "replace":
        return ()
    requests = outbox.requests(db, upload_id)
    sent = [one for one in requests if one.method.startswith(("create", "add")) and one.state != "skipped"]
    steps = [
        _step("create", job, done=bool(sent) and all(one.state == "done" for one in sent), at=_last(sent)),
        _step("processing", job, done=job.ready_at is not None, at=job.ready_at),
    ]
    for id_ in ("rename_old", "rename_new"):
        one = next((request for request in requests if request.method == id_), None)
        done = one is not None and one.state in ("done", "skipped") and job.state != "cancelled"
        skipped = done and one is not None and one.state == "skipped"
        step = _step(id_, job, done=done, at=one.at if one else None, name=one.name if one else None)
        steps.append(ReplacementStep(id_, "skipped", step.at, step.name) if skipped else step)
    return (*_one_at_a_time(steps), _deletion(db, job))


def old_copies(db: Database, now: datetime | None = None) -> tuple[OldCopy, ...]:
    """Audiences at LINE that others took the place of and that are kept, oldest first."""
    instant = _text(now or datetime.now(UTC))
    return tuple(
        OldCopy(
            one.group_id,
            one.name,
            one.audience_id,
            one.audience or "",
            one.expires_at,
            one.left_alone_until,
            one.left_alone_until is None or one.left_alone_until <= instant,
        )
        for one in reversed(at_line.all_known(db))
        if one.role == "old" and one.gone_at is None and not _busy(db, one.group_id)
    )


def confirm_delete_old(db: Database, group_id: int) -> Refreshed:
    """The owner says that no scheduled message uses an old audience: a job deletes it at LINE.

    Raises:
        UserError: if it is not an old audience any more, or uploads are paused.
    """
    with db.transaction():
        known = at_line.known(db, group_id)
        if known is None or known.gone_at is not None:
            raise UserError(message("keeping.not_at_line"))
        if known.role != "old":
            raise UserError(message("keeping.not_old", name=known.name))
        return Refreshed(plan_deletion(db, known), "wait")


def keep_old(db: Database, group_id: int, now: datetime | None = None, days: int = ASK_AGAIN_DAYS) -> Changes:
    """The owner keeps an old audience for now: ask again in so many days."""
    with db.transaction():
        at_line.leave_alone(db, group_id, _text((now or datetime.now(UTC)) + timedelta(days=days)))
    return Changes.of(Kind.AUDIENCES)


def renewals_due(db: Database, now: datetime | None = None) -> tuple[Renewal, ...]:
    """Audiences that LINE ends within RENEW_WITHIN_DAYS, or has ended, soonest first.

    Args:
        db: the shop.
        now: this instant; the computer's if it is None. It is corrected by LINE's clock.
    """
    due: list[Renewal] = []
    for known in at_line.all_known(db):
        days_left = _days_left(db, known.expires_at, now)
        if known.role != "current" or known.gone_at or days_left is None or days_left > RENEW_WITHIN_DAYS:
            continue
        audience = audiences.by_id(db, known.audience_id or 0)
        if audience is not None and outbox.open_job_of(db, audience.id) is None:
            due.append(Renewal(audience, known.group_id, str(known.expires_at), days_left))
    return tuple(sorted(due, key=lambda one: (one.expires_at, one.group_id)))


def _plan(db: Database, audience: Audience, way: Way) -> Refreshed:
    group = at_line.current(db, audience.id) if way in ("add", "replace") else None
    job = uploading.plan(db, audience, way, group).job
    return Refreshed(job, way)


def _line_state(db: Database, group: Known | None, job: UploadJob | None, days_left: int | None) -> LineState:
    if group is None:
        if job is None:
            return "none"
        return "processing" if job.state == "processing" else "on_its_way"
    account = at_line.connected_account(db)
    if account is not None and group.account not in (None, account):
        return "other_account"
    if group.gone_at is not None:
        return "gone"
    if group.status == "EXPIRED" or (days_left is not None and days_left < 0):
        return "expired"
    if group.status == "FAILED":
        return "failed"
    return "processing" if job is not None and job.state == "processing" else "ready"


def _way(
    joined: int, left: int | None, state: LineState, job: UploadJob | None, days_left: int | None
) -> Way:
    if job is not None:
        return "wait"
    if state != "ready":
        return "new" if joined else "nothing"
    if left is None:
        return "add" if joined else "nothing"
    soon = days_left is not None and days_left <= RENEW_WITHIN_DAYS
    if left or (soon and joined):
        return "replace"
    return "add" if joined else "nothing"


def _days_left(db: Database, expires_at: str | None, now: datetime | None) -> int | None:
    """Whole days until an instant by LINE's clock, rounded down: negative once it is over."""
    if expires_at is None:
        return None
    left = datetime.strptime(expires_at, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC) - at_line.line_now(
        db, now
    )
    return left // timedelta(days=1)


def _step(
    id_: str, job: UploadJob, *, done: bool, at: str | None = None, name: str | None = None
) -> ReplacementStep:
    if done:
        return ReplacementStep(id_, "done", at, name)
    stopped: dict[str, StepState] = {"cancelled": "stopped", "action_needed": "failed", "refused": "failed"}
    return ReplacementStep(id_, stopped.get(job.state, "now"), at, name)


def _one_at_a_time(steps: list[ReplacementStep]) -> list[ReplacementStep]:
    """Only the first step that is not done is under way, or where it stopped; those after it wait."""
    first = next(
        (place for place, one in enumerate(steps) if one.state not in ("done", "skipped")), len(steps)
    )
    stopped = first < len(steps) and steps[first].state == "stopped"
    later: StepState = "stopped" if stopped else "waiting"
    return [
        one if place <= first else ReplacementStep(one.id, later, None, one.name)
        for place, one in enumerate(steps)
    ]


def _deletion(db: Database, job: UploadJob) -> ReplacementStep:
    """The last step: the old audience is deleted once the owner has confirmed it."""
    old = at_line.known(db, job.old_group_id or 0)
    name = old.name if old else None
    if old is None or old.gone_at is not None:
        return ReplacementStep("delete_old", "done" if old else "skipped", old.gone_at if old else None, name)
    if job.state != "ready":
        return ReplacementStep("delete_old", "stopped" if job.state == "cancelled" else "waiting", None, name)
    return ReplacementStep("delete_old", "now" if _busy(db, old.group_id) else "offered", None, name)


def _last(requests: Sequence[outbox.PlannedRequest]) -> str | None:
    return max((one.at for one in requests if one.at), default=None)


def _busy(db: Database, group_id: int) -> bool:
    return outbox.open_job_about(db, group_id) is not None


def _text(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
