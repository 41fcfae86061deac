"""People for whom LINE refused a menu: they stay in their job's list and keep what they had, so that the next press tries them
again. LINE's reasons stand beside the job."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop.core.message import Message, message
from desktop.store import shop
from desktop.store.database import Database
from desktop.store.publishing.jobs import PublishingJob

_KEPT = "links_refused"
"""The reasons of the job that is on its way: its number and LINE's words."""

_MOST_REASONS = 3
_USER_ID = re.compile(r"U[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class RefusedPerson:
    """Somebody for whom LINE refused a menu: her row (None: she is not in the list any more), her name, and the menu's; the
    menu is None where she was to lose hers."""

    person_id: int | None
    name: str
    menu: str | None


def note_reason(db: Database, publishing_id: int, why: str) -> None:
    """Keep why LINE refused, without the user IDs that LINE may quote."""
    text = _USER_ID.sub("U…", why)
    known = shop.get_json(db, _KEPT) or {}
    reasons = known.get("why", []) if known.get("job") == publishing_id else []
    if text not in reasons and len(reasons) < _MOST_REASONS:
        shop.put_json(db, _KEPT, {"job": publishing_id, "why": [*reasons, text]})


def said(db: Database, job: PublishingJob) -> Message | None:
    """What the owner reads beside a job that is over: for how many people LINE refused, and why; None for nobody."""
    n = count(db, job.id)
    known = shop.get_json(db, _KEPT) or {}
    reasons = known.get("why", []) if known.get("job") == job.id else []
    if not n:
        return None
    return message("publishing.people_refused", n=n, why=" · ".join(reasons) or "–")


def count(db: Database, publishing_id: int) -> int:
    """How many people of a job that is over LINE refused."""
    return int(db.value("SELECT count(*) FROM publishing_person WHERE publishing_id = ?", (publishing_id,)))


def still_refused(db: Database, account: str) -> int:
    """How many people wait for the next press, because LINE refused them with the last."""
    return int(
        db.value(
            "SELECT count(*) FROM publishing_person f JOIN publishing j ON j.id = f.publishing_id"
            " WHERE j.account = ? AND j.state = 'done'",
            (account,),
        )
    )


def listed(db: Database, publishing_id: int, *, limit: int) -> list[RefusedPerson]:
    """The people of a job that is over whom LINE refused, in their order, at most so many."""
    rows = db.all(
        "SELECT p.id, coalesce(p.name, p.line_name, p.member_no, ''), m.name FROM publishing_person f"
        " LEFT JOIN person p ON p.line_user_id = f.line_user_id LEFT JOIN published_menu m ON m.id = f.menu_id"
        " WHERE f.publishing_id = ? ORDER BY f.place LIMIT ?",
        (publishing_id, limit),
    )
    return [RefusedPerson(*row) for row in rows]


def requests_of(db: Database, publishing_id: int) -> frozenset[int]:
    """The ``seq`` of the requests by which a job that is over tried these people."""
    return frozenset(
        db.column(
            "SELECT DISTINCT r.seq FROM publishing_person f JOIN publishing_request r ON r.publishing_id = f.publishing_id"
            " AND r.method IN ('link', 'unlink') AND f.place >= r.first AND f.place < r.first + r.count"
            " WHERE f.publishing_id = ?",
            (publishing_id,),
        )
    )


def forget_before(db: Database, job: PublishingJob) -> None:
    """A later job has tried them again: what stood beside earlier ones is over."""
    db.run(
        "DELETE FROM publishing_person WHERE publishing_id IN (SELECT id FROM publishing WHERE account = ? AND id < ?)",
        (job.account, job.id),
    )
    db.run(
        "UPDATE publishing SET error = NULL WHERE account = ? AND id < ? AND state = 'done' AND error IS NOT NULL",
        (job.account, job.id),
    )
