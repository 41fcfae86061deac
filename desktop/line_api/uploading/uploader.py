"""Runs the outbox: brings each confirmed upload to LINE exactly once, and watches it until LINE has processed
it. Works in small steps, so that one thread serves all uploads and the shop file is never held while LINE is
waited for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from desktop.core.changes import Changes, Kind
from desktop.core.message import Message, message
from desktop.core.people.upload_name import name_key, upload_name
from desktop.line_api import audience_groups
from desktop.line_api.account import account as read_account
from desktop.line_api.client import LineClient
from desktop.line_api.errors import (
    NOT_FOUND,
    OFFLINE,
    TOO_MANY_AUDIENCES,
    LineProblem,
    OutcomeUnknown,
    Refused,
    RetryLater,
    SignInAgain,
)
from desktop.line_api.rate_limit import Clock, SystemClock
from desktop.line_api.uploading.hooks import Hooks, InDatabase
from desktop.line_api.uploading.look_up import Seen, Wanted, look_up
from desktop.line_api.uploading.processing import TRIES, is_ready, next_poll, next_try, trouble
from desktop.line_api.uploading.sending import CancelledByOwner, Sender
from desktop.store import outbox
from desktop.store.database import Database
from desktop.store.outbox import AtLine, UploadJob

T = TypeVar("T")

LOOK_AGAIN_AFTER = 30.0
"""Seconds between two looks for an audience that may exist: LINE's 202 means it may be listed late."""

_LOOKS_WHILE_UNCLEAR = 6


@dataclass(slots=True)
class _Memory:
    """What this process remembers of one job: when it is due (monotonic seconds), and what it has tried in
    vain."""

    due: float = 0.0
    looks: int = 0
    polls: int = 0
    troubles: int = 0
    offline: bool = False


class Uploader:
    """Carries the outbox of one shop to one LINE account. Use it from one thread; ``cancel`` and ``try_now``
    from any.

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
        self._sender = Sender(client, in_database, self._hooks)
        self._jobs: dict[int, _Memory] = {}
        self._account_id = ""

    # What others call

    def step(self) -> float | None:
        """Do the piece of work that is due first.

        Returns:
            Seconds until something is due (0 right after a piece of work); None if there is nothing to do at
            all.
        """
        jobs = self._db(outbox.active)
        if not jobs:
            return None
        job = min(jobs, key=lambda one: (self._memory(one.id).due, one.id))
        wait = self._memory(job.id).due - self._clock.monotonic()
        if wait > 0:
            return wait
        self._advance(job)
        return 0.0

    def run(self, upload_id: int, *, until_ready: bool) -> UploadJob | None:
        """Work until one upload needs no more of it, or cannot go on now; for use without a window.

        Args:
            upload_id: the upload.
            until_ready: go on until LINE has processed it, not only accepted it.

        Returns:
            The upload as it stands then; still ``waiting`` or ``unknown`` if there is no network, or uploads
            are paused.
        """
        going_on = {"waiting", "sending", "unknown"} | ({"processing"} if until_ready else set())
        memory = self._memory(upload_id)
        memory.offline, memory.due = False, 0.0
        while True:
            job = self._db(lambda db: outbox.job(db, upload_id))
            if job is None or job.state not in going_on or self._memory(upload_id).offline:
                return job
            wait = self.step()
            if wait is None:
                return job
            if wait > 0:
                self._clock.sleep(wait)

    def cancel(self, upload_id: int) -> None:
        """Stop sending an upload's file, if it is being sent now and has not left completely."""
        self._sender.cancel(upload_id)

    def try_now(self) -> None:
        """Forget every wait: the network is back, or the owner pressed "try now"."""
        for memory in list(self._jobs.values()):
            memory.due = 0.0

    def look_at_open_jobs(self) -> int:
        """After a restored backup: find out which open uploads LINE already has; returns how many. Sends
        nothing.

        Raises:
            LineProblem: RetryLater, SignInAgain or Refused.
        """
        account, found = self._account(), 0
        for job in self._db(outbox.open_jobs):
            seen = self._look(job)
            if seen.found is not None:
                self._accept(job, AtLine(seen.found.id, None, seen.found.expires_at, account))
                found += 1
        return found

    # One job, one step

    def _advance(self, job: UploadJob) -> None:
        memory = self._memory(job.id)
        try:
            if self._is_anothers(job):
                self._move(job, "action_needed", message("outbox.other_account"))
            elif job.state == "processing":
                self._poll(job)
            else:
                self._deliver(job)
            memory.troubles, memory.offline = 0, False
        except SignInAgain as problem:
            self._stop_all(problem.text)
        except OutcomeUnknown as problem:
            self._move(job, "unknown", problem.text)
            self._hooks.checkpoint("unknown_saved")
        except RetryLater as problem:
            self._later(job, problem)
        except Refused as problem:
            self._refused(job, problem)

    def _is_anothers(self, job: UploadJob) -> bool:
        """Whether the job was begun at another account than the one signed in now."""
        account = self._account()
        begun = job.perhaps_at_line or job.audience_group_id is not None
        return begun and job.account not in (None, account)

    def _deliver(self, job: UploadJob) -> None:
        seen = self._look(job)
        self._hooks.checkpoint("looked")
        if seen.found is not None:
            self._accept(job, AtLine(seen.found.id, None, seen.found.expires_at, self._account()))
        elif job.perhaps_at_line:
            self._not_found(job, seen)
        else:
            self._send(job, seen)

    def _look(self, job: UploadJob) -> Seen:
        others = self._db(lambda db: outbox.groups_in_use(db, apart_from=job.id))
        return look_up(self._client, Wanted(job.audience, job.line_name, job.op, others))

    def _send(self, job: UploadJob, seen: Seen) -> None:
        name = self._write(lambda db: _mark(db, job, seen, self._account()))
        if name is None:
            return
        self._hooks.checkpoint("marked")
        try:
            created = self._sender.create(job, name)
        except CancelledByOwner:
            # The body's announced length was never reached, so LINE cannot have processed the request.
            self._withdraw(job, "cancelled")
            return
        except (RetryLater, SignInAgain, Refused):
            self._withdraw(job, "waiting", counted=False)
            raise
        self._hooks.checkpoint("answered")
        self._accept(job, AtLine(created.id, created.request_id, created.expires_at, self._account()))

    def _not_found(self, job: UploadJob, seen: Seen) -> None:
        memory = self._memory(job.id)
        memory.looks += 1
        if memory.looks < (_LOOKS_WHILE_UNCLEAR if seen.unclear else 2):
            self._move(job, "unknown", job.error or message("outbox.looking"), after=LOOK_AGAIN_AFTER)
            return
        memory.looks = 0
        if seen.unclear:
            self._move(job, "action_needed", message("outbox.perhaps_there", name=job.line_name))
        elif job.attempts >= TRIES:
            self._withdraw(job, "action_needed", message("outbox.tried_often", n=job.attempts))
        else:
            self._withdraw(job, "waiting")
        self._hooks.checkpoint("not_found_saved")

    def _poll(self, job: UploadJob) -> None:
        if job.audience_group_id is None:
            raise ValueError(f"upload {job.id} is being processed without an audience")
        group = audience_groups.get(self._client, job.audience_group_id)
        self._hooks.checkpoint("polled")
        wrong = trouble(group, job.op)
        if wrong is not None:
            self._move(job, "action_needed", wrong)
        elif is_ready(group, job.op):
            self._write(lambda db: outbox.ready(db, job.id, group.count, group.expires_at, _now()))
            self._hooks.checkpoint("ready_saved")
        else:
            memory = self._memory(job.id)
            memory.polls += 1
            memory.due = self._clock.monotonic() + next_poll(memory.polls)
            if job.error is not None:
                self._move(job, "processing", None, after=next_poll(memory.polls))

    # Where a job goes from here

    def _accept(self, job: UploadJob, at_line: AtLine) -> None:
        self._write(lambda db: outbox.accepted(db, job.id, at_line, _now()))
        self._jobs[job.id] = _Memory(due=self._clock.monotonic() + next_poll(0))
        self._hooks.checkpoint("accepted_saved")

    def _withdraw(
        self, job: UploadJob, state: str, error: Message | None = None, *, counted: bool = True
    ) -> None:
        """The request has not been processed: say so, and give the job its next state, in one transaction."""

        def work(db: Database) -> None:
            outbox.not_at_line(db, job.id, counted=counted)
            outbox.move(db, job.id, state, _now(), error=error)

        self._write(work)
        self._hooks.checkpoint("withdrawn")

    def _later(self, job: UploadJob, problem: LineProblem) -> None:
        memory = self._memory(job.id)
        memory.troubles += 1
        memory.offline = problem.why in OFFLINE
        state = "unknown" if job.perhaps_at_line else "processing" if job.state == "processing" else "waiting"
        wait = next_try(problem.why, memory.troubles, patient=state == "processing")
        if wait is None:
            memory.troubles = 0
            self._move(job, "action_needed", problem.text)
            return
        self._move(job, state, _with_tries(problem.text, memory.troubles), after=wait)
        self._hooks.checkpoint("problem_saved")

    def _refused(self, job: UploadJob, problem: LineProblem) -> None:
        text = problem.text
        if TOO_MANY_AUDIENCES in problem.heard.codes:
            text = _line_is_full(self._client, text)
        known = job.perhaps_at_line or job.state == "processing"
        if known and NOT_FOUND in problem.heard.codes:
            text = message("line.audience_gone")
        self._move(job, "action_needed" if known else "refused", text)
        self._hooks.checkpoint("problem_saved")

    def _stop_all(self, why: Message) -> None:
        self._write(lambda db: outbox.stop_all(db, why, _now()))
        self._hooks.checkpoint("problem_saved")

    def _account(self) -> str:
        """The account's own user ID; asked once. A token that is no good shows here, before anything is
        marked."""
        if not self._account_id:
            self._account_id = read_account(self._client).user_id
            self._hooks.checkpoint("account_known")
        return self._account_id

    def _memory(self, upload_id: int) -> _Memory:
        return self._jobs.setdefault(upload_id, _Memory())

    def _move(self, job: UploadJob, state: str, error: Message | None, *, after: float = 0.0) -> None:
        at = _now(after) if after > 0 else None
        self._memory(job.id).due = self._clock.monotonic() + after
        self._write(lambda db: outbox.move(db, job.id, state, _now(), error=error, next_try_at=at))

    def _write(self, work: Callable[[Database], T]) -> T:
        """One transaction, then word to the windows."""

        def in_transaction(db: Database) -> T:
            with db.transaction():
                return work(db)

        result = self._db(in_transaction)
        self._hooks.publish(Changes.of(Kind.OUTBOX, Kind.AUDIENCES, count=1))
        return result


def _mark(db: Database, job: UploadJob, seen: Seen, account: str) -> str | None:
    """Choose the name at LINE and mark the request as leaving; None if the job was cancelled meanwhile."""
    taken = seen.taken | outbox.names_in_use(db, apart_from=job.id)
    name = job.line_name
    if name_key(name) in taken:
        name = upload_name(job.audience, outbox.local_day(db, job.pressed_at), taken)
    return name if outbox.begin_sending(db, job.id, name, account, _now()) else None


def _line_is_full(client: LineClient, otherwise: Message) -> Message:
    """Names the audiences made longest ago, if LINE tells them."""
    try:
        names = [group.name for group in audience_groups.oldest(client, 3)]
    except LineProblem:
        return otherwise
    return message("outbox.line_is_full", names="、".join(names))


def _with_tries(text: Message, tries: int) -> Message:
    """The text with the number of tries in a row that failed, for whoever shows the wait; its words do not use it."""
    return Message(text.key, {**text.params, "tries": tries})


def _now(after: float = 0.0) -> str:
    """This instant, or one so many seconds later, as the shop file keeps instants."""
    return (datetime.now(UTC) + timedelta(seconds=after)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
