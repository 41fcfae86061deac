"""Reading what comes back from LINE: friends, target reach and blocks of each day, kept for ever; what became of messages sent
from here; this month's quota. On request, and at start if the owner switched that on. LINE allows sixty statistics an hour: what
does not fit is read the next time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TypeVar

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.job import QUIET, JobContext
from desktop.core.limits import RATES, REQUEST
from desktop.core.message import Message, message
from desktop.line_api import insight
from desktop.line_api.account import LINE_DAY, account, quota
from desktop.line_api.client import LineClient
from desktop.line_api.errors import Refused, RetryLater, Why
from desktop.line_api.rate_limit import room
from desktop.line_api.transport import Call
from desktop.line_api.uploading.hooks import InDatabase
from desktop.store import history, shop
from desktop.store.database import Database
from desktop.store.line import day_figures, send_results
from desktop.store.line.day_figures import DayFigures
from desktop.store.line.send_results import SendResult, UrlClicks
from desktop.store.reach import message_months

T = TypeVar("T")

_AT_START = "sync_at_start"
_LAST = "line_sync"
_FIRST_DAY = "line_first_day"

KEPT_FREE = 6
"""Statistics an hour left for who looks at the account meanwhile."""

EVERY = timedelta(hours=6)
"""So long after a reading the next one is due; LINE has new figures once a day."""

_SETTLED_AFTER = timedelta(days=7)
"""A day that LINE has no figures for after so long will not get any."""

_BEFORE_ITS_TIME = 3
"""So many days in a row without a friend, or without figures, lie before the account was there."""

_RESULT_DAYS = timedelta(days=14)
_RESULTS_ASKED = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class SyncOutcome:
    """What one reading brought.

    Attributes:
        days: days read now; back_to: the first day there are figures of, None if none.
        complete: LINE has nothing older.
        results: sendings whose counts were read.
        more_at: when the rest can be read, None if nothing is left.
        note: why something was left out, in words; None if nothing was.
    """

    days: int
    back_to: date | None
    complete: bool
    results: int
    more_at: datetime | None
    note: Message | None
    changes: Changes = field(default=Changes.of(Kind.LINE))


@dataclass(frozen=True, slots=True)
class LastSync:
    """When LINE was read last (UTC), whether figures go back as far as LINE's, and when the rest can be read."""

    at: datetime
    complete: bool
    more_at: datetime | None


def at_start(db: Database) -> bool:
    """Whether the owner wants LINE read whenever the shop is opened."""
    return shop.get(db, _AT_START, "0") == "1"


def set_at_start(db: Database, on: bool) -> Changes:
    """Read LINE whenever the shop is opened, or only on request."""
    with db.transaction():
        shop.put(db, _AT_START, "1" if on else "0")
    return Changes.of(Kind.SHOP)


def last_sync(db: Database) -> LastSync | None:
    """The last reading of the account connected now; None if there was none."""
    kept = shop.get_json(db, _LAST)
    if not kept or kept.get("account") != day_figures.account_of_figures(db):
        return None
    more = kept.get("more_at")
    return LastSync(
        datetime.fromisoformat(kept["at"]),
        bool(kept["complete"]),
        datetime.fromisoformat(more) if more else None,
    )


def due(db: Database, now: datetime) -> bool:
    """Whether to read LINE at this start: it is switched on, an account is connected, and the last reading is hours old, or
    left something that can be read now. A last reading in the future (the clock was set back) counts as old.

    Args:
        db: the shop file.
        now: this instant with its zone.
    """
    if not at_start(db) or not shop.get_json(db, "line_account"):
        return False
    last = last_sync(db)
    if last is None or not timedelta(0) <= now - last.at < EVERY:
        return True
    return last.more_at is not None and now >= last.more_at


def sync(
    client: LineClient, in_database: InDatabase, now: datetime | None = None, *, job: JobContext = QUIET
) -> SyncOutcome:
    """Read quota, the results of sendings, and the friends of each day back to where LINE's figures begin. Every day is kept at
    once, so that a cut loses nothing. Needs the network.

    Args:
        client: the shop's client.
        in_database: how to reach the shop file.
        now: this instant with its zone; this computer's clock if it is None.
        job: for progress and cancelling; what was read until then is kept.

    Raises:
        LineProblem: RetryLater or SignInAgain if LINE cannot be asked at all; Refused for the quota.
        Cancelled: if the owner cancelled.
    """
    reading = _Reading(client, in_database, now or datetime.now(UTC), job)
    reading.read_quota()
    results = reading.read_results()
    days = reading.read_days()
    return in_database(lambda db: reading.finish(db, days, results))


def by_hand(db: Database) -> list[DayFigures]:
    """The figures typed in, newest day first."""
    return day_figures.by_hand(db)


def set_by_hand(
    db: Database,
    day: date,
    *,
    followers: int | None = None,
    target_reach: int | None = None,
    blocks: int | None = None,
) -> Changes:
    """Keep figures the owner read off LINE's manager for a day; LINE's own of the same day go before them.

    Raises:
        UserError: if there is no figure, one is negative, blocks or target reach exceed the friends, or the day is to come.
    """
    told = [one for one in (followers, target_reach, blocks) if one is not None]
    if not told or min(told) < 0:
        raise UserError(message("syncing.no_figures"))
    if followers is not None and max(target_reach or 0, blocks or 0) > followers:
        raise UserError(message("syncing.more_than_friends", followers=followers))
    if day > datetime.now(LINE_DAY).date():
        raise UserError(message("syncing.day_to_come"))
    with db.transaction():
        figures = DayFigures(day, "hand", followers, target_reach, blocks, history.utc_now())
        day_figures.keep(db, figures)
        history.list_only(db, "line_figures", message("syncing.step_by_hand", day=day.isoformat()), len(told))
    return Changes.of(Kind.LINE, Kind.HISTORY, count=1)


def remove_by_hand(db: Database, day: date) -> Changes:
    """Take back figures typed in for a day.

    Raises:
        UserError: if there are none.
    """
    with db.transaction():
        if not day_figures.remove_by_hand(db, day):
            raise UserError(message("syncing.nothing_typed_in"))
        title = message("syncing.step_by_hand_removed", day=day.isoformat())
        history.list_only(db, "line_figures", title, 1)
    return Changes.of(Kind.LINE, Kind.HISTORY, count=1)


def _room(db: Database, call: Call, now: datetime) -> int:
    """How many more calls of this kind fit into this hour, also counting those before a restart."""
    hour = timedelta(seconds=RATES[call.bucket].seconds)
    made = day_figures.calls_between(db, call.path, _text(now - hour), _text(now + hour))
    return room(made, RATES[call.bucket], KEPT_FREE)


def _events_of(request_id: str) -> Callable[[LineClient], insight.MessageEvents]:
    return lambda client: insight.message_events(client, request_id)


def _friends_of(day: date) -> Callable[[LineClient], insight.FriendsOnDay]:
    return lambda client: insight.friends_on(client, day)


def _result(send_id: int, read_at: str, found: insight.MessageEvents, *, final: bool) -> SendResult:
    urls = tuple(UrlClicks(one.seq, one.url, one.clicks, one.people) for one in found.urls)
    return SendResult(
        send_id, read_at, found.delivered, found.opened, found.clicked, found.played, final, urls
    )


def _as_figures(figures: DayFigures) -> dict[str, object]:
    return {
        "date": figures.day.isoformat(),
        "followers": figures.followers,
        "blocks": figures.blocks,
        "targetedReaches": figures.target_reach,
    }


def _text(at: datetime) -> str:
    """An instant as the shop file keeps it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class _Reading:
    """One reading of LINE: what it may still ask, and why it stopped."""

    def __init__(self, client: LineClient, in_database: InDatabase, now: datetime, job: JobContext) -> None:
        self._client = client
        self._db = in_database
        self._job = job
        self._now = now.astimezone(UTC)
        self._account = account(client).user_id
        self._more_at: datetime | None = None
        self._note: Message | None = None
        self._complete = False

    def read_quota(self) -> None:
        """This month's messages."""
        found = quota(self._client)
        kept = {"value": found.value, "used": found.used, "at": _text(self._now)}

        def write(db: Database) -> None:
            shop.put_json(db, "quota", kept)
            message_months.note(db, found.used, self._now)

        self._write(write)

    def read_results(self) -> int:
        """What became of the sendings of the last weeks; how many were read."""
        read = 0
        since = _text(self._now - _RESULTS_ASKED)
        for send_id, request_id, accepted_at in self._db(
            lambda db: send_results.open_results(db, since, self._account)
        ):
            self._job.raise_if_cancelled()
            found = self._ask(insight.MESSAGE_EVENT, _events_of(request_id))
            if found is None:
                break
            final = self._now - datetime.fromisoformat(accepted_at) >= _RESULT_DAYS
            result = _result(send_id, _text(self._now), found, final=final)
            self._write(partial(send_results.keep, result=result))
            read += 1
            self._job.report(read, None, message("syncing.reading_results"))
        return read

    def read_days(self) -> int:
        """Friends of each day that is not known yet, the newest first; how many were read."""
        read = empty = 0
        for day in self._wanted_days():
            self._job.raise_if_cancelled()
            found = self._ask(insight.FOLLOWERS, _friends_of(day))
            if found is None:
                return read
            if found.status == "out_of_service":
                self._begins_after(day)
                return read
            settled = found.ready or self._today - day > _SETTLED_AFTER
            empty = empty + 1 if settled and not found.followers else 0
            if settled:
                self._keep_day(day, found)
                read += bool(found.ready)
            self._job.report(read, None, message("syncing.reading_days", day=day.isoformat()))
            if empty >= _BEFORE_ITS_TIME:
                self._begins_after(day)
                return read
        self._complete = True
        return read

    def finish(self, db: Database, days: int, results: int) -> SyncOutcome:
        """Write down that LINE was read."""
        with db.transaction():
            known = [one for one in day_figures.day_figures(db) if one.source == "line"]
            shop.put_json(
                db,
                _LAST,
                {
                    "at": self._now.isoformat(),
                    "account": self._account,
                    "complete": self._complete,
                    "more_at": self._more_at.isoformat() if self._more_at else None,
                },
            )
            if known:
                shop.put_json(db, "line_figures", _as_figures(known[-1]))
        changes = Changes.of(Kind.LINE, Kind.OUTBOX) if results else Changes.of(Kind.LINE)
        back_to = known[0].day if known else None
        return SyncOutcome(days, back_to, self._complete, results, self._more_at, self._note, changes)

    # One question, within LINE's limits

    def _ask(self, call: Call, ask: Callable[[LineClient], T]) -> T | None:
        """One statistic; None if LINE's limit, or LINE, says that it is enough for now."""
        if not self._db(lambda db: _room(db, call, self._now)) or self._client.wait_for(call) > 0:
            self._rest(message("syncing.enough_for_now"))
            return None
        self._write(lambda db: day_figures.note_call(db, call.path, _text(self._now)))
        try:
            return ask(self._client)
        except RetryLater as later:
            if later.why is not Why.BUSY:
                raise
            self._rest(message("syncing.enough_for_now"))
        except Refused as refused:
            # Some accounts may not ask for statistics; the owner can type LINE's figures in.
            self._note = refused.text
        return None

    def _rest(self, why: Message) -> None:
        self._note = why
        self._more_at = self._now + timedelta(seconds=RATES["insight"].seconds)

    @property
    def _today(self) -> date:
        return self._now.astimezone(LINE_DAY).date()

    def _wanted_days(self) -> Iterator[date]:
        known, first = self._db(lambda db: (day_figures.days_read(db, self._account), self._first_day(db)))
        day = self._today - timedelta(days=1)
        while day >= first:
            if day not in known:
                yield day
            day -= timedelta(days=1)

    def _first_day(self, db: Database) -> date:
        kept = (shop.get_json(db, _FIRST_DAY) or {}).get(self._account)
        return date.fromisoformat(kept) if kept else REQUEST.insight_first_day

    def _begins_after(self, day: date) -> None:
        """LINE has nothing of this day nor of any before."""
        self._complete = True

        def keep(db: Database) -> None:
            kept = shop.get_json(db, _FIRST_DAY) or {}
            shop.put_json(db, _FIRST_DAY, kept | {self._account: (day + timedelta(days=1)).isoformat()})

        self._write(keep)

    def _keep_day(self, day: date, found: insight.FriendsOnDay) -> None:
        figures = DayFigures(day, "line", found.followers, found.target_reach, found.blocks, _text(self._now))
        self._write(lambda db: day_figures.keep(db, figures, self._account))

    def _write(self, work: Callable[[Database], None]) -> None:
        def in_transaction(db: Database) -> None:
            with db.transaction():
                work(db)

        self._db(in_transaction)
