"""What LINE still holds of a person: audiences uploaded with her user ID. A single ID cannot be taken out of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.store.database import Database
from desktop.store.outbox import OPEN_STATES


@dataclass(frozen=True, slots=True)
class LineAudience:
    """An audience at LINE: its name there, its number, and until when LINE keeps it (UTC, None: unknown)."""

    name: str
    audience_group_id: int
    until: str | None


_HOLDING = (
    "FROM upload u WHERE EXISTS (SELECT 1 FROM upload_person f WHERE f.upload_id = u.id"
    " AND f.line_user_id IN (SELECT value FROM json_each(?)))"
)


def audiences_holding(db: Database, user_ids: Sequence[str]) -> tuple[LineAudience, ...]:
    """The audiences that were uploaded with one of these user IDs and that LINE may still keep."""
    rows = db.all(
        "SELECT coalesce(l.name, u.line_name), u.audience_group_id, max(coalesce(l.expires_at, u.expires_at))"
        " FROM upload u LEFT JOIN line_audience l ON l.group_id = u.audience_group_id"
        f" WHERE u.id IN (SELECT u.id {_HOLDING}) AND u.audience_group_id IS NOT NULL AND l.gone_at IS NULL"
        " AND (coalesce(l.expires_at, u.expires_at) IS NULL"
        " OR coalesce(l.expires_at, u.expires_at) > strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))"
        " GROUP BY u.audience_group_id ORDER BY min(u.id)",
        (json.dumps(list(user_ids)),),
    )
    return tuple(LineAudience(*row) for row in rows)


def on_their_way(db: Database, user_ids: Sequence[str]) -> tuple[str, ...]:
    """Names of the audiences whose upload with one of these user IDs LINE has not accepted yet."""
    names = db.column(
        f"SELECT u.audience_name {_HOLDING} AND u.state IN {OPEN_STATES} ORDER BY u.id",
        (json.dumps(list(user_ids)),),
    )
    return tuple(names)
