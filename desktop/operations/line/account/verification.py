"""Whether the account is verified. LINE has no call that says so; but only verified and premium accounts may list their friends,
so that one try tells."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.core.changes import Changes, Kind
from desktop.line_api.client import LineClient
from desktop.line_api.errors import LineProblem, Refused
from desktop.line_api.friends import follower_ids
from desktop.store import history, shop
from desktop.store.database import Database

KEY = "line_verified"


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether LINE lets the account list its friends, and when that was tried (UTC, as text)."""

    verified: bool
    at: str


def known(db: Database) -> Verification | None:
    """What the last try told of the account the shop is connected to now; None if it was never tried."""
    kept = shop.get_json(db, KEY)
    account = shop.get_json(db, "line_account") or {}
    if not kept or kept.get("account") != account.get("userId"):
        return None
    return Verification(bool(kept["verified"]), str(kept["at"]))


def keep(db: Database, *, verified: bool) -> Changes:
    """Note what a try told."""
    account = shop.get_json(db, "line_account") or {}
    with db.transaction():
        shop.put_json(
            db, KEY, {"verified": verified, "at": history.utc_now(), "account": account.get("userId")}
        )
    return Changes.of(Kind.LINE)


def ask(client: LineClient) -> bool | None:
    """Try it: one reading call without side effects. None if LINE gave no answer that tells."""
    try:
        next(follower_ids(client), None)
    except Refused as refused:
        return False if refused.status == 403 else None
    except LineProblem:
        return None
    return True


def forget(db: Database) -> None:
    """Another account: what was known no longer holds. Inside the caller's transaction."""
    shop.put(db, KEY, "")
