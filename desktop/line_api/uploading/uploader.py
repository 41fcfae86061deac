"""Runs the outbox: brings each confirmed upload to LINE exactly once, request by request of its plan, and watches it until LINE
has processed it. Works in small steps, so that one thread serves all uploads and the shop file is never held while LINE is
waited for."""

from __future__ import annotations

from desktop.core.message import Message, message
from desktop.line_api import audience_groups
from desktop.line_api.client import LineClient
from desktop.line_api.errors import (
    BAD_USER_ID,
    EXPIRED,
    NOT_FOUND,
    TOO_MANY_AUDIENCES,
    LineProblem,
    OutcomeUnknown,
    Refused,
    RetryLater,
    SignInAgain,
)
from desktop.line_api.rate_limit import Clock, SystemClock
from desktop.line_api.uploading.hooks import Hooks, InDatabase
from desktop.line_api.uploading.keeping import Keeper, now
from desktop.line_api.uploading.ledger import OwnAccount
from desktop.line_api.uploading.processing import TRIES, is_ready, next_poll, trouble
from desktop.line_api.uploading.sending import CancelledByOwner, Sender
from desktop.line_api.uploading.settling import Fate, Settled, settle
from desktop.store import outbox
from desktop.store.outbox import AtLine, UploadJob

LOOK_AGAIN_AFTER = 30.0
"""Seconds between two looks for an audience that may exist: LINE's 202 means it may be listed late."""

_LOOKS_WHILE_UNCLEAR = 6

_LOOKS_WHILE_BUSY = 20
"""So often an audience that is not ready is waited for before people are added all the same."""

LONGEST_WAIT = 6 * 3_600.0
"""Seconds without a window after which an upload is left to LINE, which says it "may take several hours"."""


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
        self._keeper = Keeper(in_database, self._clock, self._hooks)
        self._account = OwnAccount(client, self._hooks)

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
        job = min(jobs, key=lambda one: (self._keeper.memory(one.id).due, one.id))
        wait = self._keeper.wait(job.id)
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
            are paused; still ``processing`` if LINE takes longer than anybody waits.
        """
        going_on = {"waiting", "sending", "unknown"} | ({"processing"} if until_ready else set())
        memory = self._keeper.memory(upload_id)
        memory.offline, memory.due = False, 0.0
        until = self._clock.monotonic() + LONGEST_WAIT
        while True:
            job = self._db(lambda db: outbox.job(db, upload_id))
            if job is None or job.state not in going_on or self._keeper.memory(upload_id).offline:
                return job
            wait = self.step()
            if wait is None or self._clock.monotonic() > until:
                return job
            if wait > 0:
                self._clock.sleep(wait)

    def cancel(self, upload_id: int) -> None:
        """Stop sending an upload's file, if it is being sent now and has not left completely."""
        self._sender.cancel(upload_id)

    def try_now(self) -> None:
        """Forget every wait: the network is back, or the owner pressed "try now"."""
        self._keeper.forget_waits()

    def look_at_open_jobs(self) -> int:
        """After a restored backup: find out which open uploads LINE already has; returns how many. Sends
        nothing.

        Raises:
            LineProblem: RetryLater, SignInAgain or Refused.
        """
        found = 0
        for job in self._db(outbox.open_jobs):
            if self._is_anothers(job):
                continue
            seen = self._look(job)
            if seen.fate is Fate.DONE:
                self._done(job, seen)
                found += 1
        return found

    # One job, one step

    def _advance(self, job: UploadJob) -> None:
        try:
            if self._is_anothers(job):
                self._keeper.move(job, "action_needed", message("outbox.other_account"))
            elif job.state == "processing":
                self._poll(job)
            else:
                self._deliver(job)
            memory = self._keeper.memory(job.id)
            memory.troubles, memory.offline = 0, False
        except SignInAgain as problem:
            text = problem.text
            self._keeper.write(lambda db: outbox.stop_all(db, text, now()))
            self._hooks.checkpoint("problem_saved")
        except OutcomeUnknown as problem:
            self._keeper.unknown(job, problem.text)
        except RetryLater as problem:
            self._keeper.later(job, problem)
        except Refused as problem:
            self._refused(job, problem)

    def _is_anothers(self, job: UploadJob) -> bool:
        """Whether the job was begun at another account than the one signed in now."""
        account = self._account()
        about = job.audience_group_id is not None or job.old_group_id is not None or job.kind == "delete"
        return (job.perhaps_at_line or about) and job.account not in (None, account)

    def _deliver(self, job: UploadJob) -> None:
        seen = self._look(job)
        self._hooks.checkpoint("looked")
        if seen.fate is Fate.DONE:
            self._done(job, seen)
        elif seen.fate is Fate.NEEDLESS:
            self._keeper.settle(job, skipped=True, found_name=seen.group.name if seen.group else None)
        elif seen.fate in (Fate.GONE, Fate.EXPIRED):
            self._keeper.lost(job, seen.fate)
        elif seen.fate is Fate.BUSY and self._keeper.memory(job.id).polls < _LOOKS_WHILE_BUSY:
            self._wait_for_line(job)
        elif job.perhaps_at_line:
            self._not_found(job, seen)
        else:
            self._send(job, seen)

    def _look(self, job: UploadJob) -> Settled:
        others = self._db(lambda db: outbox.groups_in_use(db, apart_from=job.id))
        return settle(self._client, job, others)

    def _send(self, job: UploadJob, seen: Settled) -> None:
        if job.carries_ids and not self._db(
            lambda db: outbox.ids_left(db, job.id, first=job.first, count=job.count)
        ):
            # Everybody in it was erased meanwhile; LINE would make an audience that never becomes ready.
            self._keeper.move(job, "refused", message("outbox.nobody_left"))
            return
        name = self._keeper.mark(job, seen, self._account())
        if name is None:
            return
        try:
            sent = self._sender.send(job, name)
        except CancelledByOwner:
            # The body's announced length was never reached, so LINE cannot have processed the request.
            self._keeper.withdraw(job, "cancelled")
            return
        except (RetryLater, SignInAgain, Refused):
            if self._keeper.withdraw(job, "waiting", counted=False):
                raise
            return
        self._hooks.checkpoint("answered")
        if job.carries_ids:
            self._keeper.accept(
                job, AtLine(sent.audience_group_id, sent.request_id, sent.expires_at, self._account())
            )
        else:
            self._keeper.settle(job)

    def _done(self, job: UploadJob, seen: Settled) -> None:
        """The look showed that LINE has processed the request."""
        if job.carries_ids and seen.group is not None:
            self._keeper.accept(job, AtLine(seen.group.id, None, seen.group.expires_at, self._account()))
        else:
            self._keeper.settle(job)

    def _wait_for_line(self, job: UploadJob) -> None:
        """The audience is not ready to take more people: look again later."""
        memory = self._keeper.memory(job.id)
        memory.polls += 1
        state = "unknown" if job.perhaps_at_line else "waiting"
        self._keeper.move(job, state, message("outbox.line_not_ready"), after=next_poll(memory.polls))

    def _not_found(self, job: UploadJob, seen: Settled) -> None:
        memory = self._keeper.memory(job.id)
        memory.looks += 1
        unclear = seen.fate is Fate.UNCLEAR
        if memory.looks < (_LOOKS_WHILE_UNCLEAR if unclear else 2):
            self._keeper.move(job, "unknown", job.error or message("outbox.looking"), after=LOOK_AGAIN_AFTER)
            return
        memory.looks = 0
        if unclear:
            self._keeper.move(job, "action_needed", message("outbox.perhaps_there", name=job.line_name))
        elif job.attempts >= TRIES:
            self._keeper.withdraw(job, "action_needed", message("outbox.tried_often", n=job.attempts))
        else:
            self._keeper.withdraw(job, "waiting")
        self._hooks.checkpoint("not_found_saved")

    def _poll(self, job: UploadJob) -> None:
        if job.audience_group_id is None:
            raise ValueError(f"upload {job.id} is being processed without an audience")
        group = audience_groups.get(self._client, job.audience_group_id)
        self._hooks.checkpoint("polled")
        ops, memory = self._db(lambda db: outbox.ops_done(db, job.id)), self._keeper.memory(job.id)
        wrong = trouble(group, ops)
        if wrong is not None:
            self._keeper.move(job, "action_needed", wrong)
        elif is_ready(group, ops, adds=job.kind == "add", polls=memory.polls):
            self._keeper.line_clock(self._client.line_time)
            self._keeper.write(lambda db: outbox.ready(db, job.id, group.count, group.expires_at, now()))
            self._hooks.checkpoint("ready_saved")
        else:
            memory.polls += 1
            memory.due = self._clock.monotonic() + next_poll(memory.polls)
            if job.error is not None:
                self._keeper.move(job, "processing", None, after=next_poll(memory.polls))

    # What goes wrong

    def _refused(self, job: UploadJob, problem: LineProblem) -> None:
        codes, text = problem.heard.codes, problem.text
        if job.carries_ids and not job.perhaps_at_line and job.state != "processing" and BAD_USER_ID in codes:
            self._keeper.halve(job, text)
            return
        if TOO_MANY_AUDIENCES in codes:
            text = _line_is_full(self._client, text)
        if NOT_FOUND in codes or EXPIRED in codes:
            self._keeper.lost(job, Fate.GONE if NOT_FOUND in codes else Fate.EXPIRED)
            return
        known = job.perhaps_at_line or job.state == "processing" or job.audience_group_id is not None
        self._keeper.move(job, "action_needed" if known and job.kind != "add" else "refused", text)
        self._hooks.checkpoint("problem_saved")


def _line_is_full(client: LineClient, otherwise: Message) -> Message:
    """Names the audiences made longest ago, if LINE tells them."""
    try:
        names = [group.name for group in audience_groups.oldest(client, 3)]
    except LineProblem:
        return otherwise
    return message("outbox.line_is_full", names="、".join(names))
