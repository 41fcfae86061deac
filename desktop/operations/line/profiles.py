"""What LINE shows of people by their user IDs: several asked for at a time, in order, as fast as LINE allows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from desktop.core.job import JobContext
from desktop.line_api.client import LineClient
from desktop.line_api.errors import RetryLater, Why
from desktop.line_api.friends import profile
from desktop.store.friends import FriendSeen

AT_ONCE = 8
"""Profiles asked for at the same time; LINE allows 2,000 a second (Messaging API reference, "Rate limits")."""

CHUNK = 80
"""So many are answered before it is looked whether the owner cancelled."""

_ONCE_MORE = frozenset({Why.CUT, Why.TIMEOUT, Why.SERVER, Why.GARBLED})
"""One stumble among thousands of questions is no reason to stop; asking again changes nothing at LINE."""


def profiles(client: LineClient, user_ids: Sequence[str], job: JobContext) -> Iterator[FriendSeen]:
    """What LINE shows of these people.

    Raises:
        LineProblem: RetryLater, SignInAgain or Refused; those before it were handed out.
        Cancelled: if the owner cancelled; likewise.
    """

    def ask(user_id: str) -> FriendSeen:
        try:
            shown = profile(client, user_id)
        except RetryLater as stumbled:
            if stumbled.why not in _ONCE_MORE:
                raise
            shown = profile(client, user_id)
        return FriendSeen(user_id, shown is not None, shown.name if shown else None)

    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="line-profiles") as pool:
        for start in range(0, len(user_ids), CHUNK):
            job.raise_if_cancelled()
            yield from pool.map(ask, user_ids[start : start + CHUNK])
