"""Writes down where each upload goes from here, one transaction at a time, and remembers what this process has tried in vain."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from desktop.core.changes import Kind
from desktop.core.message import Message, message
from desktop.core.people.upload_name import name_key, old_name, replacement_name, upload_name
from desktop.line_api.errors import OFFLINE, LineProblem
from desktop.line_api.rate_limit import Clock
from desktop.line_api.uploading.hooks import Hooks, InDatabase
from desktop.line_api.uploading.ledger import Ledger
from desktop.line_api.uploading.processing import next_poll, next_try
from desktop.line_api.uploading.settling import Fate, Settled
from desktop.store import outbox
from desktop.store.database import Database
from desktop.store.outbox import AtLine, UploadJob, at_line

_CLOCK_WRONG_BY = 60.0
"""Seconds by which LINE's clock and the computer's may differ before that is written down."""


_AFTERWARDS = {"processing": "processing"}
"""The state of a job after a request that came to nothing; any other waits."""


class Keeper:
    """The uploads of one shop as this process knows them.

    Args:
        in_database: how to reach the shop file.
        clock: for all waiting.
        hooks: who is told what.
    """

    def __init__(self, in_database: InDatabase, clock: Clock, hooks: Hooks) -> None:
        self._hooks = hooks
        self._ledger = Ledger(in_database, clock, hooks, Kind.OUTBOX, Kind.AUDIENCES)
        self.memory = self._ledger.memory
        self.write = self._ledger.write
        self.forget_waits = self._ledger.forget_waits
        self.wait = self._ledger.wait
        self._ahead: float | None = None

    def mark(self, job: UploadJob, seen: Settled, account: str) -> str | None:
        """Choose the name that the request that is due gives, and mark it as leaving; None if the job was cancelled
        meanwhile."""

        def work(db: Database) -> str | None:
            name = _name(db, job, seen)
            return name if outbox.begin_sending(db, job.id, name, account, now()) else None

        name = self.write(work)
        if name is not None:
            self._hooks.checkpoint("marked")
        return name

    def accept(self, job: UploadJob, where: AtLine) -> None:
        """LINE has taken the IDs."""

        def work(db: Database) -> None:
            before = outbox.job(db, job.id)
            outbox.accepted(db, job.id, where, now())
            if before is not None and before.cancelling and job.kind != "add":
                # Too late: it is there now, and can be deleted from the list of audiences at LINE.
                outbox.give_up_plan(db, job.id)
                note = message("outbox.cancelled_at_line", name=before.line_name)
                outbox.move(db, job.id, "cancelled", now(), error=note)

        self.write(work)
        self._ledger.begin_anew(job.id, next_poll(0))
        self._hooks.checkpoint("accepted_saved")

    def settle(self, job: UploadJob, *, skipped: bool = False, found_name: str | None = None) -> None:
        """A rename or a deletion is done, or was not needed."""

        def work(db: Database) -> None:
            outbox.settled(db, job.id, now(), skipped=skipped, found_name=found_name)
            if job.method == "rename_old" and skipped and found_name is None:
                at_line.gone(db, job.group_id or 0, now())

        self.write(work)
        self._ledger.begin_anew(job.id)
        self._hooks.checkpoint("settled_saved")

    def withdraw(
        self, job: UploadJob, state: str, error: Message | None = None, *, counted: bool = True
    ) -> bool:
        """The request has not been processed: say so, and give the job its next state, in one transaction. False if that is
        the end of it, because the owner cancelled meanwhile."""

        def work(db: Database) -> bool:
            current = outbox.job(db, job.id)
            cancelled = current is not None and current.cancelling
            outbox.not_at_line(db, job.id, counted=counted)
            if cancelled:
                outbox.give_up_plan(db, job.id)
            outbox.move(
                db, job.id, "cancelled" if cancelled else state, now(), error=None if cancelled else error
            )
            return not cancelled

        goes_on = self.write(work)
        self._hooks.checkpoint("withdrawn")
        return goes_on

    def unknown(self, job: UploadJob, why: Message) -> None:
        """Nobody knows what became of the request."""

        def work(db: Database) -> None:
            current = outbox.job(db, job.id)
            if current is not None and current.cancelling:
                note = message("outbox.cancelled_unknown", name=current.line_name)
                outbox.move(db, job.id, "cancelled", now(), error=note)
            else:
                outbox.move(db, job.id, "unknown", now(), error=why)

        self._ledger.put_off(job.id, 0.0)
        self.write(work)
        self._hooks.checkpoint("unknown_saved")

    def halve(self, job: UploadJob, text: Message) -> None:
        """LINE refused the list for one of its IDs: send it in smaller parts, or end where it is too bad for that."""

        def work(db: Database) -> None:
            if outbox.halve(db, job.id):
                outbox.resume(db, job.id, now())
                return
            found = len(outbox.refused_people(db, job.id))
            outbox.give_up_plan(db, job.id)
            error = message("outbox.bad_ids", n=found) if found else text
            outbox.move(db, job.id, "refused", now(), error=error)

        self.memory(job.id).due = 0.0
        self.write(work)
        self._hooks.checkpoint("halved_saved")

    def later(self, job: UploadJob, problem: LineProblem) -> None:
        """A request was not processed: try again after a while, or leave it to the owner."""
        memory = self.memory(job.id)
        memory.troubles += 1
        memory.offline = problem.why in OFFLINE
        state = "unknown" if job.perhaps_at_line else _AFTERWARDS.get(job.state, "waiting")
        wait = next_try(problem.why, memory.troubles, patient=state == "processing")
        if wait is None:
            memory.troubles = 0
            self.move(job, "action_needed", problem.text)
        else:
            self.move(job, state, _with_tries(problem.text, memory.troubles), after=wait)
        self._hooks.checkpoint("problem_saved")

    def lost(self, job: UploadJob, fate: Fate) -> None:
        """The audience a job is about is gone, or takes nobody: an add, of which only who joined was frozen, ends here;
        anything else can be sent as a new one."""
        group = job.audience_group_id or job.group_id
        if fate is Fate.GONE and group is not None:
            self.write(lambda db: at_line.gone(db, group, now()))
        if job.method == "delete":
            self.settle(job)
            return
        text = message("line.audience_gone" if fate is Fate.GONE else "line.audience_expired")
        self.move(job, "refused" if job.kind == "add" else "action_needed", text)
        self._hooks.checkpoint("problem_saved")

    def move(self, job: UploadJob, state: str, error: Message | None, *, after: float = 0.0) -> None:
        """Give a job another state; it is due after so many seconds."""
        at = now(after) if after > 0 else None
        self._ledger.put_off(job.id, after)
        self.write(lambda db: outbox.move(db, job.id, state, now(), error=error, next_try_at=at))

    def line_clock(self, line_time: datetime | None) -> None:
        """Keep how wrong this computer's clock is, if LINE has told the time and it is news."""
        if line_time is None:
            return
        ahead = (line_time - datetime.now(UTC)).total_seconds()
        if self._ahead is None or abs(ahead - self._ahead) > _CLOCK_WRONG_BY:
            self._ahead = ahead
            self.write(lambda db: at_line.keep_line_clock(db, ahead))


def _with_tries(text: Message, tries: int) -> Message:
    """The text with the number of tries in a row that failed, for whoever shows the wait; its words do not use it."""
    return Message(text.key, {**text.params, "tries": tries})


def now(after: float = 0.0) -> str:
    """This instant, or one so many seconds later, as the shop file keeps instants."""
    return (datetime.now(UTC) + timedelta(seconds=after)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _name(db: Database, job: UploadJob, seen: Settled) -> str:
    """What the request that is due calls its audience; "" where it gives no name."""
    if not job.method.startswith(("create", "rename")):
        return ""
    taken = seen.taken | outbox.names_in_use(db, apart_from=job.id)
    day = outbox.local_day(db, job.pressed_at)
    if job.method == "rename_old":
        return old_name(job.audience, day, taken)
    if job.method == "rename_new":
        return upload_name(job.audience, day, taken)
    if job.kind == "replace":
        return replacement_name(job.audience, day, taken)
    if name_key(job.line_name) in taken:
        return upload_name(job.audience, day, taken)
    return job.line_name
