"""A frozen list and the parts of it that are sent: whole as a rule, in ever smaller parts to find an ID that LINE refuses,
since LINE never says which one it is."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.store.database import Database
from desktop.store.outbox.freezing import method_for

MOST_REFUSED = 20
"""So many IDs are looked for one by one; a list with more is of the wrong kind altogether."""

_ALL = 1 << 62


@dataclass(frozen=True, slots=True)
class RefusedPerson:
    """Somebody whose user ID LINE refused; ``person_id`` is None if she is not in the shop any more."""

    person_id: int | None
    name: str
    member_no: str | None


def ids_after(
    db: Database, upload_id: int, after: str, limit: int, *, first: int = 0, count: int | None = None
) -> list[str]:
    """The next frozen user IDs of a job in their order, beyond ``after`` ("" for the first).

    Args:
        db: the shop.
        upload_id: the job.
        after: the last one had.
        limit: how many at most.
        first: where the part begins that is sent.
        count: how long that part is; None for all. Both count the frozen list.
    """
    return db.column(
        "SELECT line_user_id FROM upload_person WHERE upload_id = ?1 AND line_user_id > ?2 AND refused = 0"
        " AND (place IS NULL OR (place >= ?3 AND place < ?4)) ORDER BY line_user_id LIMIT ?5",
        (upload_id, after, first, _ALL if count is None else first + count, limit),
    )


def ids_left(db: Database, upload_id: int, *, first: int = 0, count: int | None = None) -> int:
    """How many user IDs a part still has: fewer than were frozen, where people were erased or IDs refused since."""
    found: int = db.value(
        "SELECT count(*) FROM upload_person WHERE upload_id = ?1 AND refused = 0"
        " AND (place IS NULL OR (place >= ?2 AND place < ?3))",
        (upload_id, first, _ALL if count is None else first + count),
    )
    return found


def refused_people(db: Database, upload_id: int) -> list[RefusedPerson]:
    """The people whose user IDs LINE refused in this upload."""
    rows = db.all(
        "SELECT p.id, coalesce(p.name, p.line_name, p.member_no, ''), p.member_no FROM upload_person f"
        " LEFT JOIN person p ON p.line_user_id = f.line_user_id"
        " WHERE f.upload_id = ? AND f.refused = 1 ORDER BY f.line_user_id",
        (upload_id,),
    )
    return [RefusedPerson(*row) for row in rows]


def halve(db: Database, upload_id: int) -> bool:
    """LINE refused the request that is due for one of its IDs: plan smaller ones in its stead, or mark the one ID it was.

    A list that does not exist at LINE yet is begun with a single ID, so that no create ever follows one that worked; the rest
    is added in halves.

    Returns:
        Whether there is anything left to send; False if the list is too bad to go on.
    """
    row = db.row(
        "SELECT u.key, u.audience_group_id IS NOT NULL, r.seq, r.first, r.count, r.group_id FROM upload u"
        " JOIN upload_request r ON r.upload_id = u.id WHERE u.id = ? AND r.state = 'pending' ORDER BY r.seq LIMIT 1",
        (upload_id,),
    )
    if row is None:
        raise ValueError(f"upload {upload_id} has nothing to send")
    key, exists, seq, first, count, group = row
    _number(db, upload_id)
    if _refuse_malformed(db, upload_id, first, count):
        parts = [(first, count)]
    elif count == 1:
        db.run("UPDATE upload_person SET refused = 1 WHERE upload_id = ? AND place = ?", (upload_id, first))
        parts = []
    else:
        half = 1 if not exists else count // 2
        parts = [(first, half), (first + half, count - half)]
    _replan(db, upload_id, key, exists, seq, parts, group)
    if exists:
        # Where nothing is left to add, LINE still has to process what it took last.
        db.run(
            "UPDATE upload SET ready_at = NULL WHERE id = ? AND NOT EXISTS (SELECT 1 FROM upload_request"
            " WHERE upload_id = upload.id AND state = 'pending' AND method LIKE 'add%')",
            (upload_id,),
        )
    refused = db.value("SELECT total(refused) FROM upload_person WHERE upload_id = ?", (upload_id,))
    return refused <= MOST_REFUSED and bool(ids_left(db, upload_id))


def _replan(
    db: Database,
    upload_id: int,
    key: str,
    exists: bool,
    seq: int,
    parts: list[tuple[int, int]],
    group: int | None,
) -> None:
    """Put these parts in the place of a request; what followed it follows them."""
    later = db.all(
        "SELECT method, first, count, group_id, expected FROM upload_request WHERE upload_id = ? AND seq > ? ORDER BY seq",
        (upload_id, seq),
    )
    db.run("DELETE FROM upload_request WHERE upload_id = ? AND seq > ?", (upload_id, seq))
    db.run("UPDATE upload_request SET state = 'skipped' WHERE upload_id = ? AND seq = ?", (upload_id, seq))
    sent = [(first, count) for first, count in parts if ids_left(db, upload_id, first=first, count=count)]
    sent += [(first, count) for method, first, count, *_ in later if method.startswith("add")]
    number = int(seq)
    for first, count in sent:
        number += 1
        way = "add" if exists else "create"
        if not exists and count > 1 and len(parts) != 1:
            # The one that made the audience was itself refused: the next single ID begins it.
            _put(db, upload_id, number, key, "create_json", first, 1, group)
            number += 1
            first, count = first + 1, count - 1
            way = "add"
        _put(db, upload_id, number, key, method_for(way, count), first, count, group)
        exists = True
    for method, first, count, its_group, expected in later:
        if not method.startswith("add"):
            number += 1
            _put(db, upload_id, number, key, method, first, count, its_group, expected)


def _put(
    db: Database,
    upload_id: int,
    seq: int,
    key: str,
    method: str,
    first: int,
    count: int,
    group: int | None,
    expected: str | None = None,
) -> None:
    db.run(
        "INSERT INTO upload_request (upload_id, seq, op, method, first, count, group_id, expected)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (upload_id, seq, f"{key}-{seq}", method, first, count, group, expected),
    )


def _number(db: Database, upload_id: int) -> None:
    """Count the frozen list, once: an erasure in the middle must not shift the parts."""
    if db.value(
        "SELECT 1 FROM upload_person WHERE upload_id = ? AND place IS NOT NULL LIMIT 1", (upload_id,)
    ):
        return
    db.run(
        "UPDATE upload_person SET place = n.place FROM (SELECT line_user_id AS id, row_number() OVER"
        " (ORDER BY line_user_id) - 1 AS place FROM upload_person WHERE upload_id = ?1) AS n"
        " WHERE upload_id = ?1 AND line_user_id = n.id",
        (upload_id,),
    )


def _refuse_malformed(db: Database, upload_id: int, first: int, count: int) -> int:
    """Mark the IDs of a part that have not the form of one at all; how many they are."""
    shape = "U" + "[0-9a-f]" * 32
    return db.run(
        "UPDATE upload_person SET refused = 1 WHERE upload_id = ? AND refused = 0 AND place >= ? AND place < ?"
        " AND line_user_id NOT GLOB ?",
        (upload_id, first, first + count, shape),
    )
