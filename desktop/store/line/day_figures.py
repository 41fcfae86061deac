"""Friends as LINE counts them, day by day, kept for ever: LINE forgets, the shop file does not. Figures typed in by hand stand
beside LINE's and give way to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desktop.store import shop
from desktop.store.database import Database


@dataclass(frozen=True, slots=True)
class DayFigures:
    """Friends at the end of one day (UTC+9). ``followers`` never falls; ``blocks`` are among them; None: not known.

    ``source`` is ``line`` or ``hand``; ``noted_at`` the instant they were read or typed in.
    """

    day: date
    source: str
    followers: int | None
    target_reach: int | None
    blocks: int | None
    noted_at: str = ""


def day_figures(db: Database) -> list[DayFigures]:
    """One set of figures a day, oldest first: LINE's of the account connected now (or last), else those typed in."""
    rows = db.all(
        "SELECT day, source, followers, target_reach, blocks, noted_at FROM line_day AS d"
        " WHERE (source = 'line' AND account = ?1 AND followers IS NOT NULL) OR (source = 'hand' AND NOT EXISTS"
        " (SELECT 1 FROM line_day WHERE day = d.day AND source = 'line' AND account = ?1 AND followers IS NOT NULL))"
        " ORDER BY day",
        (account_of_figures(db),),
    )
    return [DayFigures(date.fromisoformat(row[0]), *row[1:]) for row in rows]


def by_hand(db: Database) -> list[DayFigures]:
    """The figures typed in, newest day first, also those LINE has figures of its own for."""
    rows = db.all(
        "SELECT day, source, followers, target_reach, blocks, noted_at FROM line_day WHERE source = 'hand' ORDER BY day DESC"
    )
    return [DayFigures(date.fromisoformat(row[0]), *row[1:]) for row in rows]


def account_of_figures(db: Database) -> str:
    """The user ID of the official account whose figures are shown: the one connected now, else the one read last, or ""."""
    connected = (shop.get_json(db, "line_account") or {}).get("userId")
    if connected:
        return str(connected)
    last = db.value("SELECT account FROM line_day WHERE source = 'line' ORDER BY noted_at DESC LIMIT 1")
    return str(last or "")


def keep(db: Database, figures: DayFigures, account: str = "") -> None:
    """Keep one day's figures in place of those the same source told before."""
    db.run(
        "INSERT INTO line_day (day, source, account, followers, target_reach, blocks, noted_at) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (day, source, account) DO UPDATE SET followers = excluded.followers,"
        " target_reach = excluded.target_reach, blocks = excluded.blocks, noted_at = excluded.noted_at",
        (
            figures.day.isoformat(),
            figures.source,
            account,
            figures.followers,
            figures.target_reach,
            figures.blocks,
            figures.noted_at,
        ),
    )


def remove_by_hand(db: Database, day: date) -> bool:
    """Take back figures typed in for a day; False if there are none."""
    return bool(db.run("DELETE FROM line_day WHERE day = ? AND source = 'hand'", (day.isoformat(),)))


def days_read(db: Database, account: str) -> set[date]:
    """The days LINE was asked for, for one account: with figures, or settled that it has none."""
    rows = db.column("SELECT day FROM line_day WHERE source = 'line' AND account = ?", (account,))
    return {date.fromisoformat(one) for one in rows}


def note_call(db: Database, endpoint: str, at: str) -> None:
    """Keep when a call was made that LINE allows a few times an hour; older ones than a day are forgotten."""
    day_before = (_instant(at) - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    db.run("DELETE FROM line_call WHERE at < ?", (day_before,))
    db.run("INSERT INTO line_call (endpoint, at) VALUES (?, ?)", (endpoint, at))


def calls_between(db: Database, endpoint: str, since: str, until: str) -> int:
    """How many calls of an endpoint were made in a span of time."""
    count: int = db.value(
        "SELECT count(*) FROM line_call WHERE endpoint = ? AND at > ? AND at <= ?", (endpoint, since, until)
    )
    return count


def _instant(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ")
