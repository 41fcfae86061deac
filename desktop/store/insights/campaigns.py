"""What is known of a send: who was in its audience, when it went out, what the owner counted, what its people bought afterwards,
and the coupons that orders name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.core.figures.hold_out import GroupOutcome
from desktop.store.audience_history.outcomes import outcomes_between
from desktop.store.database import Database

FIGURES = ("received", "answered", "redeemed")


@dataclass(frozen=True, slots=True)
class SentUpload:
    """An upload and what is known of its sending: ``accepted_at`` when LINE took a send of the program (an instant of ours),
    ``success`` whom LINE says got it; ``sent_on`` the day the owner said it went out by hand (ISO)."""

    upload_id: int
    audience_id: int | None
    audience: str
    ids: int
    pressed_at: str
    accepted_at: str | None
    success: int | None
    sent_on: str | None


_UPLOADS = """
SELECT u.id, u.audience_id, u.audience_name, u.ids, u.pressed_at, s.accepted_at, s.success_count, m.sent_on FROM upload u
LEFT JOIN send s ON s.id = (SELECT max(id) FROM send WHERE upload_id = u.id AND kind = 'narrowcast' AND accepted_at IS NOT NULL)
LEFT JOIN manager_send m ON m.upload_id = u.id
WHERE u.state IN ('processing', 'ready') OR s.id IS NOT NULL OR m.sent_on IS NOT NULL
"""


def sent_uploads(db: Database) -> list[SentUpload]:
    """Uploads that reached LINE, the newest first."""
    return [SentUpload(*row) for row in db.all(f"{_UPLOADS} ORDER BY u.id DESC")]


def sent_upload(db: Database, upload_id: int) -> SentUpload | None:
    """One of them."""
    row = db.row(f"SELECT * FROM ({_UPLOADS}) WHERE id = ?", (upload_id,))
    return None if row is None else SentUpload(*row)


def typed(db: Database, upload_id: int) -> dict[str, int]:
    """What the owner counted."""
    return dict(db.all("SELECT figure, value FROM campaign_count WHERE upload_id = ?", (upload_id,)))


def put_typed(db: Database, upload_id: int, figure: str, value: int | None) -> None:
    """Keep a count of the owner's; None takes it away."""
    if value is None:
        db.run("DELETE FROM campaign_count WHERE upload_id = ? AND figure = ?", (upload_id, figure))
        return
    db.run(
        "INSERT INTO campaign_count (upload_id, figure, value) VALUES (?, ?, ?)"
        " ON CONFLICT (upload_id, figure) DO UPDATE SET value = excluded.value",
        (upload_id, figure, value),
    )


def bought(db: Database, upload_id: int, first: date, last: date, *, held_out: bool = False) -> GroupOutcome:
    """What the people of an upload (or those it held out) bought on the days of a span; who is gone is left out, who was
    merged since counts as the person she is now."""
    sent, held = outcomes_between(db, upload_id, first, last)
    return held if held_out else sent


def answered(db: Database, upload_id: int, since: str) -> int:
    """How many people of an upload form answers were imported for since an instant, as far as they changed something."""
    return int(
        db.value(
            "WITH forms AS (SELECT id FROM step WHERE kind = 'import' AND state <> 'undone' AND at >= ?"
            " AND title LIKE '%\"steps.import_form_answers\"%'),"
            " touched AS (SELECT c.row_id AS id FROM row_change c JOIN forms f ON f.id = c.step_id WHERE c.tbl = 'person'"
            "  UNION SELECT t.person_id FROM tag_change t JOIN forms f ON f.id = t.step_id"
            "  UNION SELECT h.person_id FROM person_tag h JOIN forms f ON f.id = h.step_id)"
            " SELECT count(DISTINCT u.person_id) FROM upload_person u JOIN touched t ON t.id = u.person_id"
            " WHERE u.upload_id = ?",
            (since, upload_id),
        )
    )


@dataclass(frozen=True, slots=True)
class CouponRow:
    """A discount line's name: counting orders with it, their known buyers, what was taken off, what the orders came to."""

    name: str
    orders: int
    people: int
    discount: float
    revenue: float


def coupons(db: Database, first: date, last: date, upload_id: int | None = None) -> list[CouponRow]:
    """Discount lines of counting orders by name, the commonest first; with an upload, only of its people."""
    among = (
        ""
        if upload_id is None
        else "AND o.person_id IN (SELECT person_id FROM upload_person WHERE upload_id = ?)"
    )
    params = [first.isoformat(), last.isoformat(), *([] if upload_id is None else [upload_id])]
    rows = db.all(
        "SELECT item, count(*), count(DISTINCT person_id), total(taken), total(amount) FROM ("
        " SELECT i.item, o.id, o.person_id, -sum(i.amount) AS taken, o.amount FROM shop_order o"
        " JOIN order_item i ON i.order_id = o.id WHERE o.counts = 1 AND i.amount < 0 AND i.item <> ''"
        f" AND o.ordered_at >= ? AND o.ordered_at < ? || '~' {among} GROUP BY i.item, o.id)"
        " GROUP BY item ORDER BY count(*) DESC, item",
        params,
    )
    return [
        CouponRow(name, int(n), int(people), float(taken), float(spent))
        for name, n, people, taken, spent in rows
    ]
