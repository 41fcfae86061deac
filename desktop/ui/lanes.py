"""The threads behind the window. A lane is one thread with one kind of work: the writer, the queries, the long readers, the
network. It takes jobs in order, runs each with its connection, and hands what came of it to a post box of the window."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from desktop.core.errors import Cancelled
from desktop.core.message import Message
from desktop.store.database import Database, SqliteError

PROGRESS_SECONDS = 0.1


class State(StrEnum):
    """Where a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(eq=False)
class Job:
    """One piece of work on its way through a lane. The window reads it; the lane's thread sets it.

    It holds nothing of the window: what is the last to hold a widget destroys it, and that must not be a lane.
    """

    run: Callable[[Database | None, JobSide], Any] | None
    finished: Callable[[Job], None]
    progressed: Callable[[Job], None]
    title: Message | None = None
    latest: str | None = None
    state: State = State.WAITING
    result: Any = None
    error: BaseException | None = None
    done: int = 0
    total: int | None = None
    text: Message | None = None
    started: float = 0.0
    stale: bool = False
    cancelled: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        """Ask the job to stop at its next safe place; a waiting one does not begin."""
        self.cancelled.set()


class JobSide:
    """The job's own view while it runs: progress out, cancellation in (desktop.core.job.JobContext)."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._told = 0.0

    def report(self, done: int, total: int | None = None, text: Message | None = None) -> None:
        """Progress; reaches the window at most ten times a second."""
        job = self._job
        job.done, job.total = done, total
        if text is not None:
            job.text = text
        now = time.monotonic()
        if now - self._told >= PROGRESS_SECONDS:
            self._told = now
            job.progressed(job)

    def raise_if_cancelled(self) -> None:
        """Raise Cancelled once cancel was pressed."""
        if self._job.cancelled.is_set():
            raise Cancelled


class Lane(threading.Thread):
    """A thread that runs jobs one after the other.

    Args:
        name: of the thread.
        connect: opens the lane's connection, in its thread, with the first job; None for a lane without one.
        farewell: the last thing done in the thread, with the connection if one was opened.
        interruptible: whether a statement of a cancelled job may be stopped in its middle: where nothing is written.
    """

    def __init__(
        self,
        name: str,
        connect: Callable[[], Database] | None = None,
        farewell: Callable[[Database | None], None] | None = None,
        *,
        interruptible: bool = False,
    ) -> None:
        # A program that died in its window must not live on, unseen, for its lanes' sake; who closes it properly stops them.
        super().__init__(name=name, daemon=True)
        self._connect = connect
        self._farewell = farewell or _close
        self._interruptible = interruptible
        self._jobs: deque[Job] = deque()
        self._change = threading.Condition()
        self._running: Job | None = None
        self._db: Database | None = None
        self._stopping = False
        self._over = False
        self._begun = False

    def submit(self, job: Job) -> None:
        """Queue a job. One with ``latest`` makes earlier ones of that name stale: dropped, or interrupted if running."""
        with self._change:
            if self._over:
                job.state = State.CANCELLED
                job.ended.set()
                return
            if job.latest is not None:
                self._drop_earlier(job.latest)
            self._jobs.append(job)
            self._change.notify()
            self._begin()

    def is_idle(self) -> bool:
        """Whether nothing waits and nothing runs."""
        with self._change:
            return not self._jobs and self._running is None

    def stop(self, cancel: Callable[[Job], bool] = lambda _job: True, timeout: float | None = None) -> bool:
        """End the thread after what it still has to do, and wait for it; False if it still runs after ``timeout`` seconds.

        Args:
            cancel: which jobs, waiting or running, are asked to stop instead of being finished.
        """
        with self._change:
            self._stopping = True
            for job in (*self._jobs, *([self._running] if self._running else [])):
                if cancel(job):
                    job.cancel()
            self._change.notify()
            if not self._begun and self._farewell is _close:
                self._over = True
                return True
            self._begin()
        self.join(timeout)
        return not self.is_alive()

    def interrupt(self) -> None:
        """Stop the statement that runs in this lane now, if any."""
        with self._change:
            if self._running is not None and self._db is not None:
                self._db.interrupt()

    def run(self) -> None:
        """The thread's life."""
        while (job := self._next()) is not None:
            self._work(job)
        self._farewell(self._db)
        self._db = None

    def _begin(self) -> None:
        """Start the thread with the first job; called with the lock held, because jobs come from several threads."""
        if not self._begun:
            self._begun = True
            self.start()

    def _next(self) -> Job | None:
        with self._change:
            while not self._jobs and not self._stopping:
                self._change.wait()
            if not self._jobs:
                self._over = True
                return None
            self._running = self._jobs.popleft()
            return self._running

    def _work(self, job: Job) -> None:
        try:
            if job.cancelled.is_set():
                raise Cancelled
            if self._db is None and self._connect is not None:
                self._db = self._connect()
                if self._interruptible:
                    self._db.stop_when(self._unwanted)
            job.state, job.started = State.RUNNING, time.monotonic()
            job.progressed(job)
            if job.run is not None:
                job.result = job.run(self._db, JobSide(job))
            state = State.DONE
        except Cancelled:
            state = State.CANCELLED
        except Exception as error:  # Whatever it is, the window decides whether it is a sentence or a bug.
            if job.cancelled.is_set() and isinstance(error, SqliteError):
                state = State.CANCELLED
            else:
                job.error, state = error, State.FAILED
        with self._change:
            self._running = None
        job.run = None
        job.state = State.CANCELLED if job.stale else state
        job.ended.set()
        job.finished(job)

    def _unwanted(self) -> bool:
        """Asked by the connection while a statement runs, in this thread."""
        running = self._running
        return running is not None and running.cancelled.is_set()

    def _drop_earlier(self, latest: str) -> None:
        for job in [job for job in self._jobs if job.latest == latest]:
            job.stale = True
            job.cancel()
        if self._running is not None and self._running.latest == latest:
            self._running.stale = True
            self._running.cancel()
            if self._db is not None:
                self._db.interrupt()


def _close(db: Database | None) -> None:
    if db is not None:
        db.close()
