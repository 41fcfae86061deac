"""Reading friends from LINE: every friend becomes a person with her display name, ready to tag. What was read is kept even when
the reading is cancelled or the network goes; the next reading goes on with the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.core.changes import Changes, Kind
from desktop.core.errors import Cancelled
from desktop.core.job import QUIET, JobContext
from desktop.core.message import message
from desktop.line_api.client import LineClient
from desktop.line_api.errors import LineProblem, Refused
from desktop.line_api.friends import follower_ids
from desktop.line_api.uploading.hooks import InDatabase
from desktop.operations.line.account import verification
from desktop.operations.line.profiles import profiles
from desktop.store import friends, history
from desktop.store.database import Database
from desktop.store.friends import FriendCounts, FriendSeen
from desktop.store.imports.people_commit import attach_orders

AT_A_TIME = 5_000
"""After so many names what is read so far is kept as a step of its own, so that a power cut costs a minute's reading at most."""


@dataclass(frozen=True, slots=True)
class FriendsOutcome:
    """What came of a reading.

    Args:
        friends: how many LINE listed.
        left: how many of them are still to be read, because the owner cancelled or LINE could not be reached any more.
        counts: what it changed.
        step: the newest step; None if nothing but the date of the check changed.
        stopped: why it ended early; None if all was read, or the owner cancelled.
        changes: for the windows.
    """

    friends: int
    left: int
    counts: FriendCounts
    step: int | None
    stopped: LineProblem | None
    changes: Changes


def read_friends(
    client: LineClient,
    in_database: InDatabase,
    now: datetime,
    *,
    at_a_time: int = AT_A_TIME,
    job: JobContext = QUIET,
) -> FriendsOutcome:
    """Read all friends of a verified or premium account into the shop, as steps that can be undone (one, up to 5,000 new
    friends). Display names are asked for where the shop has none yet. Whoever of the shop's people is not among LINE's friends is
    marked as no friend any more.

    Args:
        client: the shop's client.
        in_database: how to reach the shop file.
        now: the shop's local date and time.
        at_a_time: after so many names what is there is kept.
        job: for progress and cancelling. Cancelled while names are read, what was read is kept and the outcome says what is left.

    Raises:
        LineProblem: RetryLater, SignInAgain, or Refused (403: the account is not verified), while LINE lists the friends; nothing
            is kept then.
        Cancelled: if the owner cancelled in that time; likewise.
    """
    listed = _listed(client, in_database, job)
    known = in_database(friends.names_by_user_id)
    nameless = [user_id for user_id in listed if not known.get(user_id)]
    reading = _Reading(in_database, now, listed, known)
    stopped: LineProblem | None = None
    try:
        for number, seen in enumerate(profiles(client, nameless, job), start=1):
            reading.heard(seen)
            job.report(number, len(nameless), message("line.reading_names"))
            if number % at_a_time == 0 and number < len(nameless):
                reading.keep()
    except Cancelled:
        pass
    except LineProblem as problem:
        stopped = problem
    return reading.outcome(stopped)


def _listed(client: LineClient, in_database: InDatabase, job: JobContext) -> list[str]:
    """The user IDs of all friends; notes on the way whether the account may ask for them at all."""
    listed: list[str] = []
    try:
        for page in follower_ids(client):
            job.raise_if_cancelled()
            listed += page
            job.report(len(listed), None, message("line.reading_friends"))
    except Refused as refused:
        if refused.status == 403:
            in_database(lambda db: verification.keep(db, verified=False))
        raise
    in_database(lambda db: verification.keep(db, verified=True))
    return list(dict.fromkeys(listed))


class _Reading:
    """What is read so far, and what of it is kept."""

    def __init__(
        self, in_database: InDatabase, now: datetime, listed: list[str], known: dict[str, str | None]
    ) -> None:
        self._in_database = in_database
        self._checked_at = now.isoformat(timespec="seconds")
        self._listed = listed
        self._known = known
        self._names: dict[str, str] = {}
        self._heard: set[str] = set()
        self._counts = FriendCounts(0, 0, 0, 0)
        self._step: int | None = None

    def heard(self, seen: FriendSeen) -> None:
        """LINE showed a friend; one without a name is a friend too."""
        self._heard.add(seen.user_id)
        if seen.name:
            self._names[seen.user_id] = seen.name

    def keep(self) -> None:
        """Write what is read so far. Friends the shop does not know yet wait for their names; LINE's list is complete all the
        same, so that whoever is missing in it is no friend any more."""
        entries = [
            FriendSeen(user_id, True, self._names.get(user_id))
            for user_id in self._listed
            if user_id in self._known or user_id in self._heard
        ]

        def write(db: Database) -> tuple[FriendCounts, int | None]:
            with db.transaction():
                step = history.begin_step(
                    db, "friends_read", message("line.step_friends_read", n=len(entries))
                )
                counts = friends.write(db, step, self._checked_at, entries, complete=True)
                attach_orders(db, step)
                return counts, history.finish_step(db, step, counts.new + counts.updated)

        counts, step = self._in_database(write)
        self._counts = self._counts.followed_by(counts)
        self._step = step or self._step

    def outcome(self, stopped: LineProblem | None) -> FriendsOutcome:
        """Keep the rest, and say what came of it all."""
        self.keep()
        left = sum(user_id not in self._known and user_id not in self._heard for user_id in self._listed)
        changes = Changes.of(
            Kind.PEOPLE, Kind.HISTORY, Kind.LINE, count=self._counts.new + self._counts.updated
        )
        return FriendsOutcome(len(self._listed), left, self._counts, self._step, stopped, changes)
