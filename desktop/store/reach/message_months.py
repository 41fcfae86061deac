"""How many messages the connected account was billed for in each month, as LINE told. A month counts as known once LINE was asked
on one of its last days; before that its number still grows."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta, timezone

from desktop.store import shop
from desktop.store.database import Database

LINES_CLOCK = timezone(timedelta(hours=9))
"""LINE counts a month's messages in Japan's time (Messaging API reference, "Get number of messages sent this month")."""

LAST_DAYS = 3
"""A month told of within so many days of its end is taken as whole."""


def note(db: Database, used: int, at: datetime) -> None:
    """Keep what the account was billed for so far this month, inside the caller's transaction.

    Args:
        db: the writer; the account is the one it names as connected.
        used: this month's messages.
        at: the instant of the answer, with its zone.
    """
    day = at.astimezone(LINES_CLOCK).date()
    db.run(
        "INSERT INTO message_month (account, month, used, told_on) VALUES (?, ?, ?, ?) ON CONFLICT (account, month)"
        " DO UPDATE SET used = excluded.used, told_on = excluded.told_on",
        (_account(db), day.isoformat()[:7], used, day.isoformat()),
    )


def whole_months(db: Database, before: datetime, most: int = 6) -> tuple[int, ...]:
    """The messages of the last months that are over and known as whole, newest first.

    Args:
        db: any connection.
        before: this instant; its month is not over.
        most: so many months back.
    """
    this_month = before.astimezone(LINES_CLOCK).date().isoformat()[:7]
    rows = db.all(
        "SELECT month, used, told_on FROM message_month WHERE account = ? AND month < ? ORDER BY month DESC LIMIT ?",
        (_account(db), this_month, most),
    )
    return tuple(used for month, used, told_on in rows if _is_whole(month, date.fromisoformat(told_on)))


def _is_whole(month: str, told_on: date) -> bool:
    year, number = (int(part) for part in month.split("-"))
    return told_on.day > monthrange(year, number)[1] - LAST_DAYS


def _account(db: Database) -> str:
    return str((shop.get_json(db, "line_account") or {}).get("userId", ""))
