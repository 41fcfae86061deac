"""What the owner did by hand in LINE's manager with an uploaded audience: that its page was opened, that it was asked once
whether the message went out, and the day on which it did. Kept so that results can be counted from that day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.store.database import Database


@dataclass(frozen=True, slots=True)
class ManagerSend:
    """One audience and what is known of its sending; instants are UTC texts.

    ``sent_on`` is the shop's local day, None until the owner says so; ``asked_at`` is None until it was asked.
    """

    upload_id: int
    audience: str
    line_name: str
    opened_at: str
    asked_at: str | None
    sent_on: date | None


_SELECT = """SELECT m.upload_id, u.audience_name, u.line_name, m.opened_at, m.asked_at, m.sent_on
FROM manager_send m JOIN upload u ON u.id = m.upload_id """


def opened(db: Database, upload_id: int, now: str) -> None:
    """The manager was opened for an audience; what was opened before is asked about anew, unless it was sent."""
    db.run(
        "INSERT INTO manager_send (upload_id, opened_at) VALUES (?1, ?2) ON CONFLICT (upload_id) DO UPDATE"
        " SET opened_at = ?2, asked_at = NULL WHERE sent_on IS NULL",
        (upload_id, now),
    )


def put_sent(db: Database, upload_id: int, day: date | None, now: str) -> None:
    """Keep the day a message went out by hand; None takes it back. The question counts as asked."""
    db.run(
        "INSERT INTO manager_send (upload_id, opened_at, asked_at, sent_on) VALUES (?1, ?2, ?2, ?3)"
        " ON CONFLICT (upload_id) DO UPDATE SET asked_at = ?2, sent_on = ?3",
        (upload_id, now, day.isoformat() if day else None),
    )


def asked(db: Database, upload_id: int, now: str) -> None:
    """It was asked, and not answered with a day: it is not asked again."""
    db.run("UPDATE manager_send SET asked_at = ? WHERE upload_id = ?", (now, upload_id))


def of(db: Database, upload_id: int) -> ManagerSend | None:
    """What is known of one audience's sending, or None."""
    row = db.row(f"{_SELECT} WHERE m.upload_id = ?", (upload_id,))
    return None if row is None else _send(row)


def unasked(db: Database) -> list[ManagerSend]:
    """Audiences the manager was opened for and nobody was asked about yet, oldest first."""
    rows = db.all(f"{_SELECT} WHERE m.asked_at IS NULL AND m.sent_on IS NULL ORDER BY m.opened_at")
    return [_send(row) for row in rows]


def sent(db: Database) -> list[ManagerSend]:
    """Audiences of which the owner said that a message went out, newest day first."""
    rows = db.all(f"{_SELECT} WHERE m.sent_on IS NOT NULL ORDER BY m.sent_on DESC, m.upload_id DESC")
    return [_send(row) for row in rows]


def _send(row: tuple[object, ...]) -> ManagerSend:
    upload_id, audience, line_name, opened_at, asked_at, sent_on = row
    day = None if sent_on is None else date.fromisoformat(str(sent_on))
    asked_text = None if asked_at is None else str(asked_at)
    return ManagerSend(int(str(upload_id)), str(audience), str(line_name), str(opened_at), asked_text, day)
