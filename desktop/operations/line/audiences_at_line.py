"""The audiences that LINE holds, whoever made them: listing them, linking one made elsewhere to an audience of the shop, and
deleting one. The last listing stays in the shop file, so that it can be shown without a network."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.job import QUIET, JobContext
from desktop.core.limits import AUDIENCE
from desktop.core.message import Message, message
from desktop.line_api import audience_groups
from desktop.line_api.account import account as read_account
from desktop.line_api.audience_groups import AudienceGroup
from desktop.line_api.client import LineClient
from desktop.line_api.uploading.hooks import InDatabase
from desktop.operations.line import uploading
from desktop.operations.line.provider_check import last_check
from desktop.store import history, outbox, shop
from desktop.store.audiences import Audience
from desktop.store.database import Database
from desktop.store.outbox import UploadJob, at_line
from desktop.store.outbox.at_line import Known, SeenAtLine

LISTED_KEY = "line_listed_at"
"""Where the shop file keeps when LINE's audiences were listed last (UTC)."""

_MOST_LOOKS = 20
"""So many of our audiences that a listing does not show are asked for one by one, the newest first: LINE answers 60 a minute."""

_CHANGED = Changes.of(Kind.AUDIENCES, Kind.OUTBOX, Kind.LINE, count=1)


@dataclass(frozen=True, slots=True)
class LineAudience:
    """An audience at LINE as last seen. Instants are UTC texts, None where unknown.

    Args:
        group_id: LINE's number of it.
        name: LINE's ``description``.
        status: READY, IN_PROGRESS, FAILED, EXPIRED, INACTIVE, ACTIVATING, or something LINE adds later; "" if never listed.
        count: people as LINE counts them, None if never listed.
        made_by: LINE's createRoute: MESSAGING_API, OA_MANAGER, …
        type: UPLOAD, CLICK, IMP, CHAT_TAG, …
        permission: READ or READ_WRITE.
        audience_id: ours that it belongs to or was linked to.
        audience: that one's name now.
        upload_id: our newest upload to it.
        role: current (the one of our audience), old (another took its place), other.
        adopted: made elsewhere and linked.
        gone_at: since when LINE does not list it any more.
    """

    group_id: int
    name: str
    status: str
    count: int | None
    made_by: str
    type: str
    permission: str
    created_at: str | None
    expires_at: str | None
    audience_id: int | None
    audience: str | None
    upload_id: int | None
    role: str
    adopted: bool
    seen_at: str | None
    gone_at: str | None

    @property
    def can_be_adopted(self) -> bool:
        """Whether IDs can be added to it from here and it is nobody's yet."""
        return (
            self.role == "other"
            and self.audience_id is None
            and self.gone_at is None
            and self.type in ("", "UPLOAD")
            and self.permission in ("", "READ_WRITE")
            and self.status not in ("EXPIRED", "FAILED")
        )

    @property
    def can_be_deleted(self) -> bool:
        """Whether it can be deleted from here."""
        return self.gone_at is None and self.permission in ("", "READ_WRITE")


@dataclass(frozen=True, slots=True)
class Listing:
    """The audiences of the account, newest first; ``at`` is when LINE was asked (UTC text, None: never), ``limit`` how many a
    channel can hold, ``ours`` how many count against it."""

    at: str | None
    audiences: tuple[LineAudience, ...]
    ours: int
    limit: int = AUDIENCE.audiences_per_channel
    changes: Changes = field(default=_CHANGED)

    @property
    def room(self) -> int:
        """How many more can be made."""
        return max(0, self.limit - self.ours)


@dataclass(frozen=True, slots=True)
class Done:
    """What an action led to: the job that carries it out at LINE, if one is needed."""

    job: UploadJob | None = None
    changes: Changes = field(default=_CHANGED)


@dataclass(frozen=True, slots=True)
class CountGap:
    """LINE counts another number of people than were uploaded: ``counted`` of ``given``, and what may have caused it, the
    likeliest first. ``refused`` are the people (ids, as far as they are in the shop) whose user ID LINE refused."""

    given: int
    counted: int
    reasons: tuple[Message, ...]
    refused: tuple[int, ...] = ()

    @property
    def missing(self) -> int:
        """How many fewer LINE counts; negative if it counts more."""
        return self.given - self.counted


def listing(client: LineClient, in_database: InDatabase, *, job: JobContext = QUIET) -> Listing:
    """Ask LINE for all audiences of the account and keep what it says; audiences that are missing since are marked as gone. Those
    of ours are asked for by their number first: LINE may list a new one late, and lists change while they are read.

    Args:
        client: the shop's client.
        in_database: how to reach the shop file.
        job: for progress and cancelling.

    Raises:
        LineProblem: RetryLater, SignInAgain or Refused; nothing is changed then.
        Cancelled: if the owner cancelled; nothing is changed then.
    """
    account = read_account(client).user_id
    listed: list[SeenAtLine] = []
    for group in audience_groups.each(client, everybodys=True):
        if len(listed) % AUDIENCE.list_page_size == 0:
            job.raise_if_cancelled()
            job.report(len(listed), None, message("keeping.listing"))
        listed.append(_seen(group))
    gone = _not_there(client, in_database, listed, account)

    def write(db: Database) -> Listing:
        with db.transaction():
            now = history.utc_now()
            at_line.seen(db, listed, account, now)
            for group_id in gone:
                at_line.gone(db, group_id, now)
            if client.line_time is not None:
                at_line.keep_line_clock(db, (client.line_time - datetime.now(UTC)).total_seconds())
            shop.put(db, LISTED_KEY, now)
        return stored_listing(db)

    return in_database(write)


def ask_about(client: LineClient, in_database: InDatabase, audience_id: int) -> None:
    """Ask LINE about the one audience that stands there for one of ours, and keep what it says: it may be deleted since.

    Args:
        client: the shop's client.
        in_database: how to reach the shop file.
        audience_id: ours.

    Raises:
        LineProblem: RetryLater, SignInAgain or Refused; nothing is changed then.
    """
    known = in_database(lambda db: at_line.current(db, audience_id))
    if known is None or known.gone_at is not None:
        return
    group = audience_groups.look(client, known.group_id)

    def write(db: Database) -> None:
        with db.transaction():
            if group is None:
                at_line.gone(db, known.group_id, history.utc_now())
            elif known.account is not None:
                at_line.seen(db, [_seen(group)], known.account, history.utc_now())

    in_database(write)


def stored_listing(db: Database) -> Listing:
    """The audiences as last seen, without asking LINE."""
    found = tuple(_shown(one) for one in at_line.all_known(db) if one.gone_at is None)
    ours = sum(one.permission != "READ" for one in found)
    return Listing(shop.get(db, LISTED_KEY) or None, found, ours)


def missing(db: Database) -> tuple[LineAudience, ...]:
    """Audiences of ours that somebody else deleted at LINE, or that LINE ended: a refresh makes them anew."""
    return tuple(
        _shown(one)
        for one in at_line.all_known(db)
        if one.gone_at is not None and one.role == "current" and one.audience is not None
    )


def gone(db: Database) -> frozenset[int]:
    """The numbers of all audiences of the connected account that LINE does not have any more, old copies included."""
    return frozenset(one.group_id for one in at_line.all_known(db) if one.gone_at is not None)


def oldest(db: Database, count: int) -> tuple[LineAudience, ...]:
    """The audiences made longest ago that can be deleted from here, oldest first: what to look at when the channel is full."""
    found = [one for one in reversed(stored_listing(db).audiences) if one.can_be_deleted]
    return tuple(found[:count])


def count_gap(db: Database, upload_id: int) -> CountGap | None:
    """Why LINE counts 798 of 812; None where it counts what was uploaded, or has not counted yet.

    Args:
        db: the shop.
        upload_id: one of the uploads to the audience in question.
    """
    job = outbox.job(db, upload_id)
    if job is None or job.line_count is None or job.audience_group_id is None:
        return None
    known = at_line.known(db, job.audience_group_id)
    given = at_line.given(db, job.audience_group_id)
    counted = job.line_count
    refused = [one.person_id for one in outbox.refused_people(db, upload_id)]
    people = tuple(one for one in refused if one is not None)
    if counted == given and not refused:
        return None
    reasons: list[Message] = []
    if refused:
        reasons.append(message("keeping.reason.refused", n=len(refused)))
    if counted > given:
        adopted = known is not None and known.adopted
        reasons.append(message("keeping.reason.adopted" if adopted else "keeping.reason.others_added"))
    elif counted < given - len(refused):
        if job.state == "processing":
            reasons.append(message("keeping.reason.counting"))
        reasons.append(message("keeping.reason.not_agreed"))
        check = last_check(db)
        if check is None or check.verdict != "own":
            reasons.append(message("keeping.reason.provider"))
    return CountGap(given, counted, tuple(reasons), people)


def adopt(db: Database, group_id: int, audience: Audience) -> Done:
    """Link an audience made elsewhere to one of ours. Who is in it cannot be read, so it is only ever added to.

    Raises:
        UserError: if nothing can be added to it from here, or one of the two is linked already.
    """
    with db.transaction():
        known = _existing(db, group_id)
        if not _shown(known).can_be_adopted:
            raise UserError(message("keeping.cannot_adopt", name=known.name))
        has = at_line.current(db, audience.id)
        if has is not None and has.gone_at is None:
            raise UserError(message("keeping.already_linked", audience=audience.name, name=has.name))
        if outbox.open_job_of(db, audience.id) is not None:
            raise UserError(message("keeping.under_way", name=audience.name))
        at_line.link(db, group_id, audience.id)
    return Done()


def release(db: Database, group_id: int) -> Done:
    """Undo the link of an adopted audience; nothing changes at LINE.

    Raises:
        UserError: if an upload to it is under way.
    """
    with db.transaction():
        known = _existing(db, group_id)
        _refuse_while_busy(db, known)
        if known.adopted:
            at_line.link(db, group_id, None)
    return Done()


def delete_warnings(db: Database, group_id: int) -> tuple[Message, ...]:
    """What the owner has to know before an audience is deleted at LINE."""
    known = at_line.known(db, group_id)
    if known is None:
        return ()
    found = [message("keeping.deleting_scheduled"), message("keeping.deleting_final")]
    if known.role == "current" and known.audience:
        found.insert(0, message("keeping.deleting_current", audience=known.audience))
    if known.upload_id is None or known.adopted:
        found.insert(0, message("keeping.deleting_elsewhere"))
    return tuple(found)


def delete_at_line(db: Database, group_id: int) -> Done:
    """Put the deletion of an audience at LINE into the outbox. It cannot be undone; audiences of the shop stay.

    Raises:
        UserError: if it cannot be deleted from here, or an upload to it is under way.
    """
    with db.transaction():
        return Done(plan_deletion(db, _existing(db, group_id)))


def plan_deletion(db: Database, known: Known) -> UploadJob:
    """Make a job of a deletion, inside the caller's transaction.

    Raises:
        UserError: if it cannot be deleted from here, an upload to it is under way, or uploads are paused.
    """
    uploading.refuse_while_paused(db)
    if not _shown(known).can_be_deleted:
        raise UserError(message("keeping.not_ours_to_delete", name=known.name))
    _refuse_while_busy(db, known)
    step = history.list_only(db, "upload", message("outbox.step_delete", audience=known.name), 1)
    now = history.utc_now()
    planned = outbox.plan_deletion(db, known.group_id, known.name, known.account, step, now)
    return uploading.existing(db, planned)


def _not_there(
    client: LineClient, in_database: InDatabase, listed: list[SeenAtLine], account: str
) -> list[int]:
    """What is gone of that which a listing does not show; what LINE knows all the same is put into the listing."""
    shown = frozenset(one.group_id for one in listed)
    gone, looks = [], 0
    for group_id, ours in in_database(lambda db: at_line.not_among(db, shown, account)):
        looks += ours
        group = audience_groups.look(client, group_id) if ours and looks <= _MOST_LOOKS else None
        if group is None:
            gone.append(group_id)
        else:
            listed.append(_seen(group))
    return gone


def _seen(group: AudienceGroup) -> SeenAtLine:
    return SeenAtLine(
        group.id,
        group.name,
        group.status,
        group.type,
        group.create_route,
        group.permission,
        group.count,
        group.created_at,
        group.expires_at,
    )


def _existing(db: Database, group_id: int) -> Known:
    known = at_line.known(db, group_id)
    if known is None or known.gone_at is not None:
        raise UserError(message("keeping.not_at_line"))
    return known


def _refuse_while_busy(db: Database, known: Known) -> None:
    if outbox.open_job_about(db, known.group_id) is not None:
        raise UserError(message("keeping.under_way", name=known.name))


def _shown(known: Known) -> LineAudience:
    return LineAudience(
        known.group_id,
        known.name,
        known.status,
        known.line_count,
        known.create_route,
        known.type,
        known.permission,
        known.created_at,
        known.expires_at,
        known.audience_id if known.audience is not None else None,
        known.audience,
        known.upload_id,
        known.role,
        known.adopted,
        known.seen_at,
        known.gone_at,
    )
