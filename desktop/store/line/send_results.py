"""What became of sendings as LINE counts it, kept after LINE has forgotten it. A count LINE does not show, because it stands for
fewer than 20 people, is kept as that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.store.database import Database

SHOWN_FROM = 20
"""LINE shows no count of fewer people (Messaging API reference, "Get user interaction statistics")."""


@dataclass(frozen=True, slots=True)
class UrlClicks:
    """Clicks on one address of a message; None: fewer than 20 people."""

    seq: int
    url: str
    clicks: int | None
    people: int | None


@dataclass(frozen=True, slots=True)
class SendResult:
    """What LINE counted of one sending by ``read_at``. None in a count of people means fewer than 20.

    ``final``: LINE does not update it any more (14 days after sending).
    """

    send_id: int
    read_at: str
    delivered: int | None
    opened: int | None
    clicked: int | None
    played: int | None
    final: bool = False
    urls: tuple[UrlClicks, ...] = ()


def keep(db: Database, result: SendResult) -> None:
    """Keep what LINE counts now in place of the earlier count."""
    db.run(
        "INSERT INTO send_result (send_id, read_at, delivered, opened, clicked, played, final) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (send_id) DO UPDATE SET read_at = excluded.read_at, delivered = excluded.delivered,"
        " opened = excluded.opened, clicked = excluded.clicked, played = excluded.played, final = excluded.final",
        (
            result.send_id,
            result.read_at,
            result.delivered,
            result.opened,
            result.clicked,
            result.played,
            result.final,
        ),
    )
    db.run("DELETE FROM send_click WHERE send_id = ?", (result.send_id,))
    db.many(
        "INSERT OR REPLACE INTO send_click (send_id, seq, url, clicks, people) VALUES (?, ?, ?, ?, ?)",
        [(result.send_id, one.seq, one.url, one.clicks, one.people) for one in result.urls],
    )


def result_of(db: Database, send_id: int) -> SendResult | None:
    """What LINE counted of one sending; None if it was never read."""
    row = db.row(
        "SELECT send_id, read_at, delivered, opened, clicked, played, final FROM send_result WHERE send_id = ?",
        (send_id,),
    )
    if row is None:
        return None
    urls = db.all(
        "SELECT seq, url, clicks, people FROM send_click WHERE send_id = ? ORDER BY seq", (send_id,)
    )
    kept, read_at, delivered, opened, clicked, played, final = row
    found = tuple(UrlClicks(*one) for one in urls)
    return SendResult(kept, read_at, delivered, opened, clicked, played, bool(final), found)


def open_results(db: Database, accepted_after: str, account: str) -> Sequence[tuple[int, str, str]]:
    """Sendings of an account whose counts may still change: number, LINE's request ID, and when LINE accepted it; the one read
    longest ago first.

    Args:
        accepted_after: instant; LINE forgets older ones.
        account: the official account's own user ID.
    """
    rows: list[tuple[int, str, str]] = db.all(
        "SELECT s.id, s.request_id, s.accepted_at FROM send s LEFT JOIN send_result r ON r.send_id = s.id"
        " WHERE s.kind = 'narrowcast' AND s.state = 'sent' AND s.request_id <> '' AND s.accepted_at > ? AND s.account = ?"
        " AND coalesce(r.final, 0) = 0 ORDER BY coalesce(r.read_at, ''), s.id",
        (accepted_after, account),
    )
    return rows
