"""What comes after an upload that is ready: the owner sends in LINE's manager, where this program sees nothing. So it remembers
that the manager was opened, asks once on a later day whether the message went out, and keeps that day for the results."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.store import history, manager_sends, outbox
from desktop.store.database import Database
from desktop.store.manager_sends import ManagerSend


@dataclass(frozen=True, slots=True)
class Remembered:
    """Something about a sending by hand was kept."""

    changes: Changes = field(default=Changes.of(Kind.OUTBOX, count=1))


@dataclass(frozen=True, slots=True)
class Question:
    """An audience the manager was opened for on an earlier ``day``: did the message go out?"""

    upload_id: int
    audience: str
    day: date


def manager_opened(db: Database, upload_id: int) -> Remembered:
    """The manager was opened to send to an uploaded audience."""
    with db.transaction():
        manager_sends.opened(db, upload_id, history.utc_now())
    return Remembered()


def to_ask(db: Database) -> tuple[Question, ...]:
    """What there is to ask today: what was opened on an earlier local day and was not asked about."""
    today = outbox.local_day(db, history.utc_now())
    found = ((send, outbox.local_day(db, send.opened_at)) for send in manager_sends.unasked(db))
    return tuple(Question(send.upload_id, send.audience, day) for send, day in found if day < today)


def was_sent(db: Database, upload_id: int, day: date | None = None) -> Remembered:
    """The message went out.

    Args:
        db: the shop.
        upload_id: the upload.
        day: the shop's local day; None is the day the manager was opened, or today.

    Raises:
        UserError: if the day lies in the future.
    """
    now = history.utc_now()
    today = outbox.local_day(db, now)
    with db.transaction():
        known = manager_sends.of(db, upload_id)
        opened = outbox.local_day(db, known.opened_at) if known else today
        chosen = day or opened
        if chosen > today:
            raise UserError(message("after_upload.in_future", day=chosen.isoformat()))
        manager_sends.put_sent(db, upload_id, chosen, now)
    return Remembered()


def not_sent(db: Database, upload_id: int) -> Remembered:
    """The owner took back that the message went out."""
    with db.transaction():
        manager_sends.put_sent(db, upload_id, None, history.utc_now())
    return Remembered()


def later(db: Database, upload_ids: tuple[int, ...]) -> Remembered:
    """It was asked, and the answer was another day: it is not asked again for this opening."""
    with db.transaction():
        for upload_id in upload_ids:
            manager_sends.asked(db, upload_id, history.utc_now())
    return Remembered()


def sent_days(db: Database) -> dict[int, date]:
    """Upload → the day the owner said its message went out."""
    return {send.upload_id: send.sent_on for send in manager_sends.sent(db) if send.sent_on}


def known(db: Database, upload_id: int) -> ManagerSend | None:
    """What is known of one upload's sending by hand."""
    return manager_sends.of(db, upload_id)
