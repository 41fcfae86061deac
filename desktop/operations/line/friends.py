"""Reading friends from LINE: every friend becomes a person with her display name, ready to tag; and a check
on a few user IDs, since IDs of another provider can never be reached."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from desktop.core.changes import Changes, Kind
from desktop.core.job import QUIET, JobContext
from desktop.core.message import message
from desktop.line_api.client import LineClient
from desktop.line_api.friends import follower_ids, profile
from desktop.line_api.uploading.hooks import InDatabase
from desktop.store import friends, history
from desktop.store.database import Database
from desktop.store.friends import FriendCounts, FriendSeen
from desktop.store.imports.people_commit import attach_orders

SAMPLE = 20
"""User IDs asked for in a check: enough that a list of another provider's IDs cannot pass for ours."""

_AT_ONCE = 8
"""Profiles asked for at the same time; LINE allows 2,000 a second."""

_CHUNK = 200


@dataclass(frozen=True, slots=True)
class FriendsOutcome:
    """Friends as LINE listed them, and what that changed; ``step`` is None if nothing but the date of the
    check did."""

    friends: int
    counts: FriendCounts
    step: int | None
    changes: Changes


@dataclass(frozen=True, slots=True)
class SampleOutcome:
    """How many user IDs were asked for, and how many of them LINE knows as friends. ``foreign`` means none of
    several are: then they were most likely issued for another provider, by a login channel that is not the
    shop's own."""

    checked: int
    friends: int
    foreign: bool
    step: int | None
    changes: Changes


def read_friends(
    client: LineClient, in_database: InDatabase, now: datetime, *, job: JobContext = QUIET
) -> FriendsOutcome:
    """Read all friends of a verified or premium account into the shop, as one step that can be undone.
    Display names are asked for where the shop has none yet. Whoever of the shop's people is not among LINE's
    friends is marked as no friend any more.

    Args:
        client: the shop's client.
        in_database: how to reach the shop file; nothing is written before everything is read.
        now: the shop's local date and time.
        job: for progress and cancelling.

    Raises:
        LineProblem: RetryLater, SignInAgain, or Refused (403: the account is not verified).
        Cancelled: if the owner cancelled; nothing is kept.
    """
    known = in_database(friends.names_by_user_id)
    listed: list[str] = []
    for page in follower_ids(client):
        job.raise_if_cancelled()
        listed += page
        job.report(len(listed), None, message("line.reading_friends"))
    listed = list(dict.fromkeys(listed))
    nameless = [user_id for user_id in listed if not known.get(user_id)]
    names: dict[str, str] = {}
    for seen in _profiles(client, nameless, job):
        if seen.name:
            names[seen.user_id] = seen.name
        job.report(len(names), len(nameless), message("line.reading_names"))

    def write(db: Database) -> FriendsOutcome:
        entries = [FriendSeen(user_id, True, names.get(user_id)) for user_id in listed]
        with db.transaction():
            step = history.begin_step(db, "friends_read", message("line.step_friends_read", n=len(listed)))
            counts = friends.write(db, step, now.isoformat(timespec="seconds"), entries, complete=True)
            attach_orders(db, step)
            kept = history.finish_step(db, step, counts.new + counts.updated)
        return FriendsOutcome(len(listed), counts, kept, _changes(counts))

    return in_database(write)


def check_sample(
    client: LineClient,
    in_database: InDatabase,
    now: datetime,
    *,
    count: int = SAMPLE,
    job: JobContext = QUIET,
) -> SampleOutcome:
    """Ask LINE for the profiles of a few people, and keep who is a friend, as one step that can be undone.

    Args:
        client: the shop's client.
        in_database: how to reach the shop file.
        now: the shop's local date and time.
        count: how many.
        job: for progress and cancelling.

    Raises:
        LineProblem: RetryLater, SignInAgain or Refused.
        Cancelled: if the owner cancelled; nothing is kept.
    """
    chosen = in_database(lambda db: friends.sample(db, count))
    seen = list(_profiles(client, chosen, job))
    found = sum(one.friend for one in seen)

    def write(db: Database) -> SampleOutcome:
        with db.transaction():
            step = history.begin_step(
                db, "friends_checked", message("line.step_friends_checked", n=len(seen))
            )
            counts = friends.write(db, step, now.isoformat(timespec="seconds"), seen, complete=False)
            kept = history.finish_step(db, step, counts.updated)
        return SampleOutcome(len(seen), found, len(seen) > 1 and not found, kept, _changes(counts))

    return in_database(write)


def _profiles(client: LineClient, user_ids: list[str], job: JobContext) -> Iterator[FriendSeen]:
    """What LINE shows of these people, several at a time, in order."""

    def ask(user_id: str) -> FriendSeen:
        shown = profile(client, user_id)
        return FriendSeen(user_id, shown is not None, shown.name if shown else None)

    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="line-profiles") as pool:
        for start in range(0, len(user_ids), _CHUNK):
            job.raise_if_cancelled()
            yield from pool.map(ask, user_ids[start : start + _CHUNK])


def _changes(counts: FriendCounts) -> Changes:
    return Changes.of(Kind.PEOPLE, Kind.HISTORY, Kind.LINE, count=counts.new + counts.updated)
