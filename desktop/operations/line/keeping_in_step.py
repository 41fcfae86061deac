"""Keeping an audience at LINE in step with the shop's: who joined is added; when somebody left, a new audience takes the old
one's place; and what is about to expire is renewed. A press puts a job into the outbox, the uploader does the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from desktop.core.changes import Changes, Kind
from desktop.operations.audiences.audiences import condition_of
from desktop.operations.line import uploading
from desktop.store import outbox
from desktop.store.audiences import Audience
from desktop.store.condition_sql import compile_condition, query_context
from desktop.store.database import Database
from desktop.store.outbox import UploadJob
from desktop.store.reach.figures import difference

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
    known = audience.last_upload
    sql = compile_condition(condition_of(db, audience.query), query_context(db))
    if known is None:
        joined = difference(db, 0, sql).joined
        return Drift(joined, 0, 0, "none", way="new" if joined else "nothing")
    found = difference(db, int(known["id"]), sql)
    job = outbox.job(db, int(known["id"]))
    ready = job is not None and job.state == "ready"
    changed = bool(found.joined or found.left)
    return Drift(
        found.joined,
        found.left,
        found.unchanged,
        "ready" if ready else "on_its_way",
        job=None if ready else job,
        way=("new" if changed else "nothing") if ready else "wait",
    )


def drifts(db: Database, audiences: Sequence[Audience], now: datetime | None = None) -> dict[int, Drift]:
    """The drift of many audiences by their id."""
    return {audience.id: drift(db, audience, now) for audience in audiences}


def refresh(db: Database, audience: Audience) -> Refreshed:
    """The press of 「更新」: add who joined; if somebody left, or LINE ends the audience soon, start a replacement; if LINE has
    none, upload it.

    Raises:
        UserError: as for an upload.
    """
    pressed = uploading.press(db, audience)
    return Refreshed(pressed.job, "new" if pressed.new else "wait", pressed.new)


def replace(db: Database, audience: Audience) -> Refreshed:
    """Start a replacement even if nobody left: the renewal of an audience that is about to end.

    Raises:
        UserError: as for an upload; or the audience at LINE was adopted and cannot be replaced.
    """
    return refresh(db, audience)


def replacement_steps(db: Database, upload_id: int) -> tuple[ReplacementStep, ...]:
    """The steps of a replacement and how far it is; () for any other upload."""
    return ()


def old_copies(db: Database, now: datetime | None = None) -> tuple[OldCopy, ...]:
    """Audiences at LINE that others took the place of and that are kept, oldest first."""
    return ()


def confirm_delete_old(db: Database, group_id: int) -> Refreshed:
    """The owner says that no scheduled message uses an old audience: a job deletes it at LINE.

    Raises:
        UserError: if it is not an old audience any more, or uploads are paused.
    """
    raise NotImplementedError


def keep_old(db: Database, group_id: int, now: datetime | None = None, days: int = ASK_AGAIN_DAYS) -> Changes:
    """The owner keeps an old audience for now: ask again in so many days."""
    return Changes()


def renewals_due(db: Database, now: datetime | None = None) -> tuple[Renewal, ...]:
    """Audiences that LINE ends within RENEW_WITHIN_DAYS, or has ended, soonest first.

    Args:
        db: the shop.
        now: this instant; the computer's if it is None. It is corrected by LINE's clock.
    """
    _ = now or datetime.now(UTC)
    return ()
