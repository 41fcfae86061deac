"""What all need who carry pressed jobs to LINE: what this process remembers of each job and when it is due, how what became of
one is written down, and whose account it is. All that has to outlive the process stands in the shop file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from desktop.core.changes import Changes, Kind
from desktop.line_api.account import account as read_account
from desktop.line_api.client import LineClient
from desktop.line_api.rate_limit import Clock
from desktop.line_api.uploading.hooks import Hooks, InDatabase
from desktop.store.database import Database

T = TypeVar("T")


@dataclass(slots=True)
class Memory:
    """What this process remembers of one job: when it is due (monotonic seconds), and what it has tried in vain: looks and polls,
    requests that failed in a row, people refused in a row."""

    due: float = 0.0
    looks: int = 0
    polls: int = 0
    troubles: int = 0
    refused: int = 0
    offline: bool = False


class Ledger:
    """The jobs of one kind in one shop as this process knows them.

    Args:
        in_database: how to reach the shop file.
        clock: for all waiting.
        hooks: who is told of changes.
        kinds: what changes with such a job.
    """

    def __init__(self, in_database: InDatabase, clock: Clock, hooks: Hooks, *kinds: Kind) -> None:
        self._db = in_database
        self._clock = clock
        self._hooks = hooks
        self._changes = Changes.of(*kinds, count=1)
        self._jobs: dict[int, Memory] = {}

    def memory(self, job_id: int) -> Memory:
        """What is remembered of one job."""
        return self._jobs.setdefault(job_id, Memory())

    def begin_anew(self, job_id: int, after: float = 0.0) -> None:
        """The job has come further: its troubles are forgotten, and it is due after so many seconds."""
        self._jobs[job_id] = Memory(due=self._clock.monotonic() + after if after else 0.0)

    def forget_waits(self) -> None:
        """Everything is due now. May be called from any thread."""
        for memory in list(self._jobs.values()):
            memory.due = 0.0

    def forget(self) -> None:
        """Nothing was tried yet, and everything is due now. May be called from any thread."""
        self._jobs.clear()

    def put_off(self, job_id: int, seconds: float) -> None:
        """The job is due after so many seconds."""
        self.memory(job_id).due = self._clock.monotonic() + seconds

    def wait(self, job_id: int) -> float:
        """Seconds until the job is due; not above 0 if it is."""
        return self.memory(job_id).due - self._clock.monotonic()

    def write(self, work: Callable[[Database], T]) -> T:
        """One transaction, then word to the windows."""

        def in_transaction(db: Database) -> T:
            with db.transaction():
                return work(db)

        result = self._db(in_transaction)
        self._hooks.publish(self._changes)
        return result


class OwnAccount:
    """The account's own user ID, asked once. A token that is no good shows there, before anything is marked.

    Args:
        client: the shop's client.
        hooks: told when it is known.
    """

    def __init__(self, client: LineClient, hooks: Hooks) -> None:
        self._client = client
        self._hooks = hooks
        self._id = ""

    def __call__(self) -> str:
        """The ID.

        Raises:
            LineProblem: RetryLater, SignInAgain or Refused.
        """
        if not self._id:
            self._id = read_account(self._client).user_id
            self._hooks.checkpoint("account_known")
        return self._id
