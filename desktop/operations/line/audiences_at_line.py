"""The audiences that LINE holds, whoever made them: listing them, linking one made elsewhere to an audience of the shop, and
deleting one. The last listing stays in the shop file, so that it can be shown without a network."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.job import QUIET, JobContext
from desktop.core.limits import AUDIENCE
from desktop.core.message import Message, message
from desktop.line_api.client import LineClient
from desktop.line_api.uploading.hooks import InDatabase
from desktop.store.audiences import Audience
from desktop.store.database import Database
from desktop.store.outbox import UploadJob

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


def listing(client: LineClient, in_database: InDatabase, *, job: JobContext = QUIET) -> Listing:
    """Ask LINE for all audiences of the account and keep what it says; audiences that are missing since are marked as gone.

    Args:
        client: the shop's client.
        in_database: how to reach the shop file.
        job: for progress and cancelling.

    Raises:
        LineProblem: RetryLater, SignInAgain or Refused; nothing is changed then.
        Cancelled: if the owner cancelled; nothing is changed then.
    """
    raise NotImplementedError


def stored_listing(db: Database) -> Listing:
    """The audiences as last seen, without asking LINE."""
    return Listing(None, (), 0)


def adopt(db: Database, group_id: int, audience: Audience) -> Done:
    """Link an audience made elsewhere to one of ours. Who is in it cannot be read, so it is only ever added to.

    Raises:
        UserError: if nothing can be added to it from here, or one of the two is linked already.
    """
    raise UserError(message("keeping.cannot_adopt", name=audience.name))


def release(db: Database, group_id: int) -> Done:
    """Undo the link of an adopted audience; nothing changes at LINE."""
    return Done(None)


def delete_warnings(db: Database, group_id: int) -> tuple[Message, ...]:
    """What the owner has to know before an audience is deleted at LINE."""
    return ()


def delete_at_line(db: Database, group_id: int) -> Done:
    """Put the deletion of an audience at LINE into the outbox. It cannot be undone; audiences of the shop stay.

    Raises:
        UserError: if it cannot be deleted from here, or an upload to it is under way.
    """
    raise NotImplementedError
