"""The audiences at LINE as last seen: whose they are, until when LINE keeps them, and whom each holds as far as we gave it
people. LINE lists no members, so what it holds is the union of the lists it took."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import astuple, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from desktop.store import shop
from desktop.store.database import Database

CLOCK_KEY = "line_clock"
"""Where the shop file keeps by how many seconds LINE's clock is ahead of the computer's."""

HELD = (
    "SELECT f.line_user_id FROM upload h JOIN upload_person f ON f.upload_id = h.id"
    " WHERE h.audience_group_id = {group}"
    " AND (h.state IN ('processing', 'ready') OR h.ready_at IS NOT NULL)"
)
"""The user IDs that were given to an audience at LINE, for its number as ``group``; also those it refused, for it would refuse
them again."""


@dataclass(frozen=True, slots=True)
class AtLine:
    """What LINE answered to a create; ``request_id`` is None where the answer was lost and the audience found
    by looking."""

    audience_group_id: int
    request_id: str | None
    expires_at: str | None
    account: str


@dataclass(frozen=True, slots=True)
class SeenAtLine:
    """An audience as LINE lists it; instants are UTC texts."""

    group_id: int
    name: str
    status: str
    type: str
    create_route: str
    permission: str
    line_count: int
    created_at: str | None
    expires_at: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """A row of the audiences at LINE; ``audience`` is the name of ours now, ``upload_id`` our newest upload to it."""

    group_id: int
    account: str | None
    audience_id: int | None
    role: str
    adopted: bool
    name: str
    status: str
    type: str
    create_route: str
    permission: str
    line_count: int | None
    created_at: str | None
    expires_at: str | None
    seen_at: str | None
    gone_at: str | None
    left_alone_until: str | None
    audience: str | None
    upload_id: int | None


_SELECT = """
SELECT l.group_id, l.account, l.audience_id, l.role, l.adopted, l.name, l.status, l.type, l.create_route, l.permission,
       l.line_count, l.created_at, l.expires_at, l.seen_at, l.gone_at, l.left_alone_until, a.name,
       (SELECT max(u.id) FROM upload u WHERE u.audience_group_id = l.group_id)
FROM line_audience l LEFT JOIN audience a ON a.id = l.audience_id
"""


def all_known(db: Database) -> list[Known]:
    """Every audience at LINE that was ever seen of the account that is connected, newest first."""
    rows = db.all(f"{_SELECT} ORDER BY coalesce(l.created_at, '') DESC, l.group_id DESC")
    account = connected_account(db)
    found = [_known(row) for row in rows]
    return [one for one in found if account is None or one.account in (None, account)]


def known(db: Database, group_id: int) -> Known | None:
    """One audience at LINE, or None."""
    row = db.row(f"{_SELECT} WHERE l.group_id = ?", (group_id,))
    return None if row is None else _known(row)


def current(db: Database, audience_id: int) -> Known | None:
    """The audience at LINE that an audience of ours has now, or had last; None if it never had one."""
    row = db.row(
        f"{_SELECT} WHERE l.audience_id = ? AND l.role = 'current' ORDER BY l.group_id DESC LIMIT 1",
        (audience_id,),
    )
    return None if row is None else _known(row)


def held_uploads(db: Database, group_id: int) -> list[int]:
    """The uploads whose lists make up what an audience at LINE holds, oldest first."""
    return db.column(
        "SELECT id FROM upload WHERE audience_group_id = ? AND (state IN ('processing', 'ready') OR ready_at IS NOT NULL)"
        " ORDER BY id",
        (group_id,),
    )


def given(db: Database, group_id: int) -> int:
    """How many user IDs an audience at LINE was given by us."""
    count: int = db.value(
        "SELECT coalesce(sum(ids), 0) FROM upload WHERE audience_group_id = ?"
        " AND (state IN ('processing', 'ready') OR ready_at IS NOT NULL)",
        (group_id,),
    )
    return count


def connected_account(db: Database) -> str | None:
    """The account's own user ID, None while none is connected."""
    return (shop.get_json(db, "line_account") or {}).get("userId")


def created(db: Database, upload_id: int, at_line: AtLine, now: str) -> None:
    """An upload made an audience at LINE; it becomes its audience's own one when it is ready."""
    db.run(
        "INSERT INTO line_audience (group_id, account, audience_id, name, type, create_route, permission, expires_at,"
        " created_at, seen_at) SELECT ?2, ?3, coalesce(audience_id, of_audience), line_name, 'UPLOAD', 'MESSAGING_API',"
        " 'READ_WRITE', ?4, ?5, ?5 FROM upload WHERE id = ?1"
        " ON CONFLICT (group_id) DO UPDATE SET account = excluded.account, audience_id = excluded.audience_id,"
        " name = excluded.name, expires_at = coalesce(excluded.expires_at, expires_at), gone_at = NULL",
        (upload_id, at_line.audience_group_id, at_line.account, at_line.expires_at, now),
    )


def became_ready(db: Database, upload_id: int, line_count: int, expires_at: str | None, now: str) -> None:
    """LINE has processed an upload: the audience it made is its audience's own one from now on, the former one is an old one."""
    row = db.row(
        "SELECT audience_group_id, coalesce(audience_id, of_audience), kind FROM upload WHERE id = ?",
        (upload_id,),
    )
    group_id, audience_id, kind = row or (None, None, "")
    db.run(
        "UPDATE line_audience SET status = 'READY', line_count = ?, expires_at = coalesce(?, expires_at), seen_at = ?"
        " WHERE group_id = ?",
        (line_count, expires_at, now, group_id),
    )
    if audience_id is not None and kind in ("new", "replace"):
        promote(db, int(group_id), int(audience_id))


def promote(db: Database, group_id: int, audience_id: int) -> None:
    """Make one audience at LINE the one of an audience of ours; the one before is an old one."""
    db.run(
        "UPDATE line_audience SET role = 'old' WHERE audience_id = ? AND role = 'current' AND group_id <> ?",
        (audience_id, group_id),
    )
    db.run(
        "UPDATE line_audience SET role = 'current', audience_id = ? WHERE group_id = ?",
        (audience_id, group_id),
    )


def link(db: Database, group_id: int, audience_id: int | None) -> None:
    """Link an audience made elsewhere to one of ours, or (None) undo that."""
    if audience_id is None:
        db.run(
            "UPDATE line_audience SET role = 'other', adopted = 0, audience_id = NULL WHERE group_id = ?",
            (group_id,),
        )
        return
    promote(db, group_id, audience_id)
    db.run("UPDATE line_audience SET adopted = 1 WHERE group_id = ?", (group_id,))


def renamed(db: Database, group_id: int, name: str) -> None:
    """An audience at LINE has another name."""
    db.run("UPDATE line_audience SET name = ? WHERE group_id = ?", (name, group_id))


def gone(db: Database, group_id: int, now: str) -> None:
    """LINE does not know an audience any more."""
    db.run("UPDATE line_audience SET gone_at = ? WHERE group_id = ? AND gone_at IS NULL", (now, group_id))


def leave_alone(db: Database, group_id: int, until: str) -> None:
    """The owner keeps an old audience: ask again after ``until``."""
    db.run("UPDATE line_audience SET left_alone_until = ? WHERE group_id = ?", (until, group_id))


def seen(db: Database, listed: Iterable[SeenAtLine], account: str, now: str) -> None:
    """LINE showed these audiences of the account: keep what it says."""
    for one in listed:
        db.run(
            "INSERT INTO line_audience (group_id, name, status, type, create_route, permission, line_count, created_at,"
            " expires_at, account, seen_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
            " ON CONFLICT (group_id) DO UPDATE SET name = ?2, status = ?3, type = ?4, create_route = ?5, permission = ?6,"
            " line_count = ?7, created_at = coalesce(?8, created_at), expires_at = coalesce(?9, expires_at),"
            " account = ?10, seen_at = ?11, gone_at = NULL",
            (*astuple(one), account, now),
        )


def not_among(db: Database, listed: Set[int], account: str) -> list[tuple[int, bool]]:
    """The audiences of the account that were there and are not among these, newest first, each with whether it belongs to an
    upload or an audience of ours."""
    rows = db.all(
        "SELECT l.group_id, l.audience_id IS NOT NULL OR EXISTS (SELECT 1 FROM upload u WHERE u.audience_group_id = l.group_id)"
        " FROM line_audience l WHERE l.gone_at IS NULL AND l.account IS ? ORDER BY l.group_id DESC",
        (account,),
    )
    return [(int(group_id), bool(ours)) for group_id, ours in rows if group_id not in listed]


def keep_line_clock(db: Database, ahead: float) -> None:
    """Keep by how many seconds LINE's clock is ahead of the computer's."""
    shop.put_json(db, CLOCK_KEY, {"ahead": round(ahead)})


def line_now(db: Database, now: datetime | None = None) -> datetime:
    """This instant by LINE's clock, as far as its last answer tells: the computer's may be years wrong."""
    kept = shop.get_json(db, CLOCK_KEY) or {}
    return (now or datetime.now(UTC)) + timedelta(seconds=float(kept.get("ahead", 0)))


def _known(row: tuple[Any, ...]) -> Known:
    values = list(row)
    values[4] = bool(values[4])
    return Known(*values)
