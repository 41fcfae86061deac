"""What came of a send: 填答率, 兌換率 (typed in or from imports), orders in the days after it, those held out beside it, and
coupons by name. What cannot be known is said: without a hold-out, orders afterwards are not orders because of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.figures.hold_out import Comparison, GroupOutcome, compare
from desktop.core.figures.period import Period, months_until
from desktop.core.figures.rate import SMALL, Rate
from desktop.core.message import Message, message
from desktop.operations.insights.questions import Questions, remembered
from desktop.store import shop
from desktop.store.audience_history.outcomes import people_between
from desktop.store.database import Database
from desktop.store.insights import campaigns as stored
from desktop.store.insights.campaigns import CouponRow, SentUpload

DAYS_AFTER = 14
"""Days after a send in which orders are counted."""
LISTED = 500
"""People listed by name behind a number; more are told as a number."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """A send.

    Args:
        upload_id, audience_id, audience: the upload it went to; the audience is None once it was deleted.
        sent_on: the shop's local day; ``sent_on_known`` False: nobody said it went out, and this is the day of the upload.
        received: whom LINE says got it, or what the owner typed in; else the people of the audience (``received_known`` False).
    """

    upload_id: int
    audience_id: int | None
    audience: str
    sent_on: date
    sent_on_known: bool
    received: int
    received_known: bool


@dataclass(frozen=True, slots=True)
class CampaignResult:
    """What came of it.

    Args:
        answered: 填答率; None: nothing known. ``answered_from_import``: counted from imported form answers (at least), not typed.
        redeemed: 兌換率; None: nothing typed in.
        span: the days in which orders were counted, cut at the data's last order day (``span_complete`` False).
        bought: what its people bought in them.
        before: what they bought in as many days before.
        held_out: what those held out bought in them; None: nobody was held out.
        comparison: sent less held out; None without a hold-out.
        wording: what may be said of it, honestly.
    """

    campaign: Campaign
    answered: Rate | None
    answered_from_import: bool
    redeemed: Rate | None
    span: Period
    span_complete: bool
    bought: GroupOutcome
    before: GroupOutcome
    held_out: GroupOutcome | None
    comparison: Comparison | None
    wording: Message


@dataclass(frozen=True, slots=True)
class CountKept:
    """A count of the owner's was kept. A setting, not a step."""

    changes: Changes = field(default=Changes.of(Kind.OUTBOX))


@remembered
def campaigns(db: Database) -> tuple[Campaign, ...]:
    """The uploads that reached LINE, the newest first."""
    return tuple(_campaign(db, one) for one in stored.sent_uploads(db))


@remembered
def result(db: Database, upload_id: int, days: int = DAYS_AFTER) -> CampaignResult | None:
    """What came of a send; None if the upload is gone.

    Args:
        db: any connection, in its thread.
        upload_id: the upload it went to.
        days: how many days of orders, the day of the send included.
    """
    upload = stored.sent_upload(db, upload_id)
    if upload is None:
        return None
    campaign = _campaign(db, upload)
    first = campaign.sent_on
    last = first + timedelta(days=days - 1)
    until = Questions(db).data_until
    before = stored.bought(db, upload_id, first - timedelta(days=days), first - timedelta(days=1))
    bought = stored.bought(db, upload_id, first, last)
    held = stored.bought(db, upload_id, first, last, held_out=True)
    comparison = compare(bought, held) if held.people else None
    typed = stored.typed(db, upload_id)
    answers, imported = typed.get("answered"), False
    if answers is None:
        found = stored.answered(db, upload_id, upload.pressed_at)
        answers, imported = (found, True) if found else (None, False)
    complete = until is not None and last <= until
    return CampaignResult(
        campaign,
        None if answers is None else Rate(answers, campaign.received),
        imported,
        Rate(typed["redeemed"], campaign.received) if "redeemed" in typed else None,
        Period(first, last),
        complete,
        bought,
        before,
        held if held.people else None,
        comparison,
        wording(bought, comparison, complete=complete),
    )


def people(
    db: Database, result: CampaignResult, *, held_out: bool = False, buyers: bool = False, limit: int = LISTED
) -> list[tuple[int, str]]:
    """Who stands behind the numbers of a result: (number, name), who spent most first. Who is gone from the shop is left out.

    Args:
        db: any connection, in its thread.
        result: the result.
        held_out: those held out instead of those sent to.
        buyers: only who bought on the result's days.
        limit: at most so many.
    """
    span = result.span
    return people_between(
        db, result.campaign.upload_id, span.first, span.last, held_out=held_out, buyers=buyers, limit=limit
    )


def wording(bought: GroupOutcome, comparison: Comparison | None, *, complete: bool) -> Message:
    """What may be said of the orders after a send: not more than the numbers bear."""
    if not complete:
        return message("insights_core.campaign_not_over")
    if comparison is None:
        return message("insights_core.campaign_no_hold_out")
    if comparison.verdict == "too_few":
        return message("insights_core.campaign_too_few", fewest=SMALL, people=bought.people)
    if comparison.verdict == "chance":
        return message("insights_core.campaign_chance")
    key = "insights_core.campaign_more" if comparison.verdict == "more" else "insights_core.campaign_less"
    low, high = sorted((abs(comparison.low or 0.0), abs(comparison.high or 0.0)))
    return message(key, low=round(low), high=round(high))


def set_count(db: Database, upload_id: int, figure: str, value: int | None) -> CountKept:
    """Keep what the owner counted; None takes it away.

    Args:
        db: the writer.
        upload_id: the upload.
        figure: received, answered or redeemed.
        value: people.

    Raises:
        UserError: if it is negative, or more answered or redeemed than received it.
        ValueError: for any other figure.
    """
    if figure not in stored.FIGURES:
        raise ValueError(f"no figure {figure}")
    with db.transaction():
        upload = stored.sent_upload(db, upload_id)
        if upload is None:
            raise UserError(message("insights_core.campaign_gone"))
        received = _campaign(db, upload).received
        if value is not None and (value < 0 or (figure != "received" and value > received)):
            raise UserError(message("insights_core.count_wrong", most=received))
        stored.put_typed(db, upload_id, figure, value)
    return CountKept()


@remembered
def coupons(
    db: Database, as_of: date | None = None, months: int = 12, upload_id: int | None = None
) -> tuple[CouponRow, ...]:
    """Discount lines that orders name, over the months up to a day; with an upload, only of its people."""
    period = months_until(Questions(db, as_of).as_of, months)
    return tuple(stored.coupons(db, period.first, period.last, upload_id))


def _campaign(db: Database, upload: SentUpload) -> Campaign:
    typed = stored.typed(db, upload.upload_id).get("received")
    received = typed if typed is not None else upload.success
    if upload.sent_on is not None:
        day, known = date.fromisoformat(upload.sent_on), True
    else:
        day, known = _local_day(db, upload.accepted_at or upload.pressed_at), upload.accepted_at is not None
    return Campaign(
        upload.upload_id,
        upload.audience_id,
        upload.audience,
        day,
        known,
        upload.ids if received is None else received,
        received is not None,
    )


def _local_day(db: Database, instant: str) -> date:
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(shop.get(db, "zone", "Asia/Taipei"))
    return datetime.fromisoformat(instant.replace("Z", "+00:00")).astimezone(zone).date()
