"""Whether the shop's user IDs are of its own provider: a few are asked for at LINE, and what came of it is kept with its date.
IDs that were issued for another provider never reach anybody, and nothing else shows it beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

from desktop.core.changes import Changes, Kind
from desktop.core.job import QUIET, JobContext
from desktop.core.message import message
from desktop.line_api.client import LineClient
from desktop.line_api.uploading.hooks import InDatabase
from desktop.operations.line.profiles import profiles
from desktop.store import friends, history, shop
from desktop.store.database import Database

SAMPLE = 20
"""User IDs asked for in a check: enough that a list of another provider's IDs cannot pass for ours."""

ENOUGH = 5
"""So many unknown ones, and none known, are another provider's; one or two may simply have blocked the account."""

_OWN_SHARE = 0.25
"""Of people who once were friends at least so many still are; with fewer, part of the list came from elsewhere."""

KEY = "provider_check"

Verdict = Literal["own", "few", "foreign", "unclear"]
VERDICTS: tuple[Verdict, ...] = ("own", "few", "foreign", "unclear")


@dataclass(frozen=True, slots=True)
class ProviderCheck:
    """The last check.

    Args:
        at: the instant, UTC, as text.
        asked: how many user IDs LINE was asked for.
        known: how many of them LINE knows as friends.
        verdict: own; few (some are known, most are not); foreign (none of several); unclear (none, but too few asked).
        ids: how many user IDs the shop had then.
    """

    at: str
    asked: int
    known: int
    verdict: Verdict
    ids: int


@dataclass(frozen=True, slots=True)
class SampleOutcome:
    """What a check found; ``check`` is None if the shop has no user ID to ask for."""

    check: ProviderCheck | None
    step: int | None
    changes: Changes


def last_check(db: Database) -> ProviderCheck | None:
    """The last check of this shop with the account it is connected to now; None if there was none."""
    kept = shop.get_json(db, KEY)
    account = shop.get_json(db, "line_account") or {}
    if not kept or kept.get("account") != account.get("userId"):
        return None
    verdict = cast(Verdict, kept["verdict"])
    return ProviderCheck(str(kept["at"]), int(kept["asked"]), int(kept["known"]), verdict, int(kept["ids"]))


def check_sample(
    client: LineClient,
    in_database: InDatabase,
    now: datetime,
    *,
    count: int = SAMPLE,
    job: JobContext = QUIET,
) -> SampleOutcome:
    """Ask LINE for the profiles of a few people, keep who is a friend as one step that can be undone, and the result with its
    date.

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
    chosen = in_database(lambda db: friends.sample(db, count, at_least=ENOUGH))
    seen = list(profiles(client, chosen, job))
    known = sum(one.friend for one in seen)

    def write(db: Database) -> SampleOutcome:
        with db.transaction():
            step = history.begin_step(
                db, "friends_checked", message("line.step_friends_checked", n=len(seen))
            )
            counts = friends.write(db, step, now.isoformat(timespec="seconds"), seen, complete=False)
            kept = history.finish_step(db, step, counts.updated)
            check = _keep(db, len(seen), known) if seen else None
        changes = Changes.of(Kind.PEOPLE, Kind.HISTORY, Kind.LINE, count=counts.updated)
        return SampleOutcome(check, kept, changes)

    return in_database(write)


def verdict_of(asked: int, known: int) -> Verdict:
    """What so many known ones among those asked for mean."""
    if not known:
        return "foreign" if asked >= ENOUGH else "unclear"
    return "own" if known >= asked * _OWN_SHARE else "few"


def forget(db: Database) -> None:
    """Another account: what the last check said no longer holds. Inside the caller's transaction."""
    shop.put(db, KEY, "")


def _keep(db: Database, asked: int, known: int) -> ProviderCheck:
    account = shop.get_json(db, "line_account") or {}
    check = ProviderCheck(history.utc_now(), asked, known, verdict_of(asked, known), friends.with_user_id(db))
    shop.put_json(
        db,
        KEY,
        {
            "at": check.at,
            "asked": asked,
            "known": known,
            "verdict": check.verdict,
            "ids": check.ids,
            "account": account.get("userId"),
        },
    )
    return check
