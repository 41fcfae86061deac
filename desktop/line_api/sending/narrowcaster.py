"""Brings each pressed sending to LINE exactly once and watches it until LINE has sent. The retry key is in the shop file before
the request leaves; an unknown fate is settled by repeating the same request with the same key within its day, and never after."""

from __future__ import annotations

from datetime import UTC, datetime

from desktop.core.changes import Kind
from desktop.core.message import Message, message
from desktop.line_api import audience_groups, messages
from desktop.line_api.account import account as read_account
from desktop.line_api.account import quota
from desktop.line_api.client import LineClient
from desktop.line_api.errors import OFFLINE, LineProblem, OutcomeUnknown, Refused, RetryLater, SignInAgain
from desktop.line_api.messages import Narrowcast, NarrowcastProgress
from desktop.line_api.rate_limit import Clock, SystemClock
from desktop.line_api.sending.timing import (
    POLLS_AT_MOST,
    PROGRESS_DAYS,
    TROUBLES_AT_MOST,
    as_text,
    instant,
    key_is_good,
    next_poll,
    next_try,
)
from desktop.line_api.uploading.hooks import Hooks, InDatabase
from desktop.line_api.uploading.ledger import Ledger
from desktop.store.database import Database
from desktop.store.history import utc_now
from desktop.store.line import sends
from desktop.store.line.sends import Progress, Send

CHECKPOINTS = (
    "account_known", "checked", "marked", "answered", "accepted_saved", "unknown_saved", "withdrawn", "polled", "done_saved",
)  # fmt: skip
"""Points a narrowcaster passes, where a test may end the program."""

_FAILED = {
    1: "sending.failed_internal",
    2: "sending.failed_too_few",
    4: "sending.failed_small_audience",
    5: "sending.failed_partial",
}
"""LINE's error codes of a narrowcast that failed after it was accepted."""

_ALREADY_ACCEPTED = 3


class Narrowcaster:
    """Carries the pressed sendings of one shop to one LINE account. Use it from one thread.

    Args:
        client: the shop's client.
        in_database: how to reach the shop file.
        clock: for all waiting.
        hooks: who is told what.
    """

    def __init__(
        self,
        client: LineClient,
        in_database: InDatabase,
        *,
        clock: Clock | None = None,
        hooks: Hooks | None = None,
    ) -> None:
        self._client = client
        self._db = in_database
        self._clock: Clock = clock or SystemClock()
        self._hooks = hooks or Hooks()
        self._ledger = Ledger(in_database, self._clock, self._hooks, Kind.OUTBOX)

    def step(self) -> float | None:
        """Do the piece of work that is due first.

        Returns:
            Seconds until something is due (0 right after a piece of work); None if there is nothing to do at all.
        """
        waiting = self._db(sends.active)
        if not waiting:
            return None
        job = min(waiting, key=lambda one: (self._ledger.memory(one.id).due, one.id))
        wait = self._ledger.wait(job.id)
        if wait > 0:
            return wait
        self._advance(job)
        return 0.0

    def run(self, send_id: int, *, until_sent: bool) -> Send | None:
        """Work until one sending needs no more of it, or cannot go on now; for use without a window.

        Args:
            send_id: the sending.
            until_sent: go on until LINE has sent, not only accepted it.
        """
        going_on = {"waiting", "sending", "unknown"} | ({"processing"} if until_sent else set())
        self._ledger.begin_anew(send_id)
        while True:
            job = self._db(lambda db: sends.send(db, send_id))
            if (
                job is None
                or job.state not in going_on
                or self._ledger.memory(send_id).troubles > TROUBLES_AT_MOST
            ):
                return job
            wait = self.step()
            if wait is None:
                return job
            if wait > 0:
                self._clock.sleep(wait)

    def try_now(self) -> None:
        """Forget every wait and every try in vain: the network is back, or the owner pressed "try now"."""
        self._ledger.forget()

    # One sending, one step

    def _advance(self, job: Send) -> None:
        memory = self._ledger.memory(job.id)
        try:
            if job.state == "processing":
                self._poll(job)
            else:
                self._deliver(job)
            memory.troubles = 0
        except SignInAgain as problem:
            self._stop(job, problem.text)
        except OutcomeUnknown as problem:
            self._unknown(job, problem)
        except RetryLater as problem:
            self._later(job, problem)
        except Refused as problem:
            self._refused(job, problem)

    def _deliver(self, job: Send) -> None:
        if job.state == "sending":
            # A process let it go and could not write down what came of it: nothing of that goes on without a press.
            self._ledger.write(lambda db: _ask_again(db, job.id))
            return
        account = read_account(self._client).user_id
        self._hooks.checkpoint("account_known")
        now = self._client.line_time or datetime.now(UTC)
        if job.account not in (None, account):
            self._stop(job, message("sending.other_account"))
        elif not _may_go(job, now):
            self._too_late(job)
        elif job.left_at is None and (wrong := self._not_now(job)) is not None:
            self._stop(job, wrong)
        else:
            self._hooks.checkpoint("checked")
            self._send(job, account, now)

    def _not_now(self, job: Send) -> Message | None:
        """Why the sending cannot leave as things are at LINE, asked before its first departure."""
        assert job.audience_group_id is not None
        if audience_groups.get(self._client, job.audience_group_id).status != "READY":
            return message("sending.not_ready")
        left = quota(self._client).left
        if left is not None and left < job.people and not job.up_to_quota:
            return message("sending.quota_short", n=job.people - left)
        messages.validate(self._client, job.messages)
        return None

    def _send(self, job: Send, account: str, now: datetime) -> None:
        if not self._ledger.write(
            lambda db: sends.begin_sending(db, job.id, account, as_text(now), utc_now())
        ):
            return
        self._hooks.checkpoint("marked")
        assert job.audience_group_id is not None
        assert job.retry_key is not None
        wanted = Narrowcast(
            job.audience_group_id,
            job.messages,
            job.people,
            up_to_quota=job.up_to_quota,
            silent=job.silent,
        )
        try:
            accepted = messages.narrowcast(self._client, wanted, job.retry_key)
        except (RetryLater, SignInAgain, Refused):
            self._withdraw(job)
            raise
        self._hooks.checkpoint("answered")
        self._ledger.write(lambda db: sends.accepted(db, job.id, accepted.request_id, utc_now()))
        self._ledger.begin_anew(job.id, next_poll(0))
        self._hooks.checkpoint("accepted_saved")

    def _withdraw(self, job: Send) -> None:
        """This request was not processed. An earlier one of the same key, whose fate is unknown, stays unknown."""
        if job.left_at is None:
            self._ledger.write(lambda db: sends.not_sent(db, job.id, "waiting", utc_now()))
        else:
            self._ledger.write(lambda db: sends.move(db, job.id, "unknown", utc_now(), job.error))
        self._hooks.checkpoint("withdrawn")

    def _poll(self, job: Send) -> None:
        if not job.request_id:
            self._done(job, Progress("", completed_at=utc_now()), "sent", message("sending.no_request_id"))
            return
        try:
            seen = messages.narrowcast_progress(self._client, job.request_id)
        except Refused as refused:
            # LINE knows a request it has just accepted a moment later, and forgets it after 14 days.
            if refused.status != 404 or self._is_forgotten(job):
                raise
            seen = NarrowcastProgress(job.phase or "waiting")
        self._hooks.checkpoint("polled")
        told = Progress(
            seen.phase, seen.target_count, seen.success_count, seen.failure_count, seen.completed_at
        )
        if seen.phase == "succeeded":
            self._done(job, told, "sent")
        elif seen.phase == "failed":
            self._failed(job, told, seen)
        elif self._is_forgotten(job):
            self._done(job, told, "sent", message("sending.progress_gone"))
        else:
            self._look_again(job, told)

    def _look_again(self, job: Send, told: Progress) -> None:
        memory = self._ledger.memory(job.id)
        memory.polls += 1
        self._ledger.put_off(job.id, next_poll(memory.polls))
        if (told.phase, told.target_count, told.success_count) != (
            job.phase,
            job.target_count,
            job.success_count,
        ):
            self._ledger.write(lambda db: sends.note_progress(db, job.id, told, "processing", utc_now()))

    def _is_forgotten(self, job: Send) -> bool:
        now = self._client.line_time or datetime.now(UTC)
        looked_long = self._ledger.memory(job.id).polls > POLLS_AT_MOST
        return looked_long or (now - instant(job.accepted_at or job.changed_at)).days >= PROGRESS_DAYS

    # Where a sending goes from here

    def _failed(self, job: Send, told: Progress, seen: NarrowcastProgress) -> None:
        if seen.error_code == _ALREADY_ACCEPTED:
            self._done(job, told, "sent", message("sending.no_request_id"))
            return
        key = _FAILED.get(seen.error_code or 0)
        said = seen.failed_description or str(seen.error_code or "–")
        why = message(key) if key else message("sending.failed_other", said=said)
        self._done(job, told, "failed", why)

    def _done(self, job: Send, told: Progress, state: str, note: Message | None = None) -> None:
        self._ledger.write(lambda db: sends.note_progress(db, job.id, told, state, utc_now(), note))
        self._hooks.checkpoint("done_saved")

    def _too_late(self, job: Send) -> None:
        if job.left_at is None:
            self._ledger.write(
                lambda db: sends.move(db, job.id, "cancelled", utc_now(), message("sending.too_late"))
            )
        else:
            self._ledger.write(lambda db: sends.move(db, job.id, "lost", utc_now(), message("sending.lost")))

    def _unknown(self, job: Send, problem: LineProblem) -> None:
        memory = self._ledger.memory(job.id)
        memory.troubles += 1
        wait = next_try(problem.why, memory.troubles)
        state = "unknown" if wait is not None else "action_needed"
        self._ledger.put_off(job.id, (wait or 0.0))
        memory.troubles = 0 if wait is None else memory.troubles
        text = problem.text if wait is not None else message("sending.unclear")
        self._ledger.write(lambda db: sends.move(db, job.id, state, utc_now(), text))
        self._hooks.checkpoint("unknown_saved")

    def _later(self, job: Send, problem: LineProblem) -> None:
        memory = self._ledger.memory(job.id)
        memory.troubles += 1
        if job.state == "processing":
            self._ledger.put_off(job.id, next_poll(memory.polls + memory.troubles))
            return
        wait = next_try(problem.why, memory.troubles)
        if wait is None:
            memory.troubles = 0
            self._stop(job, message("sending.not_sent_now") if problem.why in OFFLINE else problem.text)
            return
        self._ledger.put_off(job.id, wait)
        state = "waiting" if job.left_at is None else "unknown"
        self._ledger.write(lambda db: sends.move(db, job.id, state, utc_now(), problem.text))

    def _refused(self, job: Send, problem: LineProblem) -> None:
        if job.state == "processing":
            self._done(job, Progress(job.phase or ""), "sent", message("sending.progress_gone"))
        elif job.left_at is None:
            self._ledger.write(lambda db: sends.not_sent(db, job.id, "refused", utc_now(), problem.text))
        else:
            self._stop(job, problem.text)

    def _stop(self, job: Send, why: Message) -> None:
        """It waits for the owner's press; what LINE has accepted goes on being watched after the next start."""
        if job.state == "processing":
            memory = self._ledger.memory(job.id)
            memory.troubles += 1
            self._ledger.put_off(job.id, next_poll(POLLS_AT_MOST))
            return
        self._ledger.write(lambda db: sends.move(db, job.id, "action_needed", utc_now(), why))


def _may_go(job: Send, line_now: datetime) -> bool:
    """Whether a request of this sending cannot be a second one. The press was dated by this computer, the departure by LINE."""
    if job.left_at is not None:
        return key_is_good(instant(job.left_at), line_now)
    return key_is_good(instant(job.pressed_at or job.changed_at), datetime.now(UTC))


def _ask_again(db: Database, send_id: int) -> None:
    sends.move(db, send_id, "action_needed", utc_now(), message("sending.unclear"))
