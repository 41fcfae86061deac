"""Finds, without looking at them one by one, the staged rows that bring nothing new to a person of the shop, and those nobody in
the shop answers to. All others are left to be matched with care. Whatever is settled here comes out exactly as the careful way
would have it: a row is settled only if no change that another row makes could matter to it. Rows that share a key may be settled
as unchanged, for whoever else has that key answers to both: a change to one of them leaves the other to be matched with care."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.core.job import JobContext
from desktop.core.message import message
from desktop.store.database import Database
from desktop.store.imports.staged_orders import UNCHANGED

_KEYS = ("member_no", "line_user_id", "phone", "email")
_STRICTER = {"consent": 0, "blocked": 1, "do_not_send": 1}
_CHUNK = 20_000


def settle_plain_rows(
    staging: Database, fields: Sequence[str], sharing: Sequence[int], rows: int, job: JobContext
) -> list[int]:
    """Give the plain rows their fate: an entry as unchanged, or none (a new person).

    Args:
        staging: a staging database, with the shop attached as ``shop``, whose rows, tag names and tag lists are in.
        fields: the columns of a person that the file brings.
        sharing: sequence numbers of the rows that share a key with another row.
        rows: the highest sequence number.

    Returns:
        The sequence numbers of the rows that are left, in order.

    Raises:
        Cancelled: if the owner cancelled.
    """
    with staging.transaction():
        _prepare(staging, sharing)
        for first in range(1, rows + 1, _CHUNK):
            job.raise_if_cancelled()
            job.report(first, rows, message("importing.matching"))
            _settle(staging, fields, first, first + _CHUNK - 1)
        job.raise_if_cancelled()
        _leave_who_is_touched(staging, job)
        return staging.column("SELECT seq FROM temp.careful ORDER BY seq")


def _prepare(staging: Database, sharing: Sequence[int]) -> None:
    for table in ("sharing", "careful", "touched", "list_tag", "list_size"):
        staging.run(f"DROP TABLE IF EXISTS temp.{table}")
    staging.run("CREATE TEMP TABLE careful (seq INTEGER PRIMARY KEY, seen INTEGER NOT NULL DEFAULT 0)")
    staging.run("CREATE TEMP TABLE touched (person_id INTEGER PRIMARY KEY)")
    staging.run("CREATE TEMP TABLE sharing (seq INTEGER PRIMARY KEY)")
    staging.many("INSERT INTO temp.sharing (seq) VALUES (?)", ((seq,) for seq in sharing))
    staging.run(
        "CREATE TEMP TABLE list_tag (list INTEGER, tag_id INTEGER, PRIMARY KEY (list, tag_id)) WITHOUT ROWID"
    )
    staging.run(
        "INSERT INTO temp.list_tag SELECT l.list, t.id FROM tag_list l JOIN tag_name n ON n.id = l.tag"
        " JOIN shop.tag t ON t.key = n.key"
    )
    staging.run("CREATE TEMP TABLE list_size (list INTEGER PRIMARY KEY, tags INTEGER)")
    staging.run("INSERT INTO temp.list_size SELECT list, count(*) FROM tag_list GROUP BY list")


def _settle(staging: Database, fields: Sequence[str], first: int, last: int) -> None:
    same = " AND ".join(map(_same, fields))
    for place, key in enumerate(_KEYS):
        if key not in fields:
            continue
        stronger = "".join(f" AND i.{other} IS NULL" for other in _KEYS[:place])
        # Families share phones and e-mails: a row with nothing better is plain only if one person answers to it.
        alone = f" AND (SELECT count(*) FROM shop.person q WHERE q.{key} = i.{key}) = 1" if place > 1 else ""
        staging.run(
            "INSERT INTO fate (seq, fate, person_id)"
            f" SELECT i.seq, {UNCHANGED}, p.id FROM incoming i CROSS JOIN shop.person p ON p.{key} = i.{key}"
            f" WHERE i.seq BETWEEN ? AND ? AND i.{key} IS NOT NULL{stronger}"
            f"{alone} AND {same} AND {_SAME_TAGS}",
            (first, last),
        )
    answers = " OR ".join(
        f"EXISTS (SELECT 1 FROM shop.person p WHERE p.{key} = i.{key})" for key in _KEYS if key in fields
    )
    staging.run(
        "INSERT OR IGNORE INTO temp.careful (seq) SELECT i.seq FROM incoming i WHERE i.seq BETWEEN ? AND ?"
        f" AND i.seq NOT IN (SELECT seq FROM fate) AND (i.seq IN (SELECT seq FROM temp.sharing) OR {answers or '0'})",
        (first, last),
    )


def _same(field: str) -> str:
    """SQL: the row ``i`` changes nothing in this column of the person ``p`` (blank changes nothing)."""
    same = f"i.{field} IS NULL OR i.{field} IS p.{field}"
    if field in _STRICTER:
        same += f" OR (p.{field} IS NOT NULL AND i.{field} <> {_STRICTER[field]})"
    if field == "extra":
        same += " OR json_patch(p.extra, i.extra) = json(p.extra)"
    return f"({same})"


_SAME_TAGS = (
    "(i.tags IS NULL OR (SELECT count(*) FROM shop.person_tag h JOIN temp.list_tag l ON l.list = i.tags AND"
    " l.tag_id = h.tag_id WHERE h.person_id = p.id) = (SELECT s.tags FROM temp.list_size s WHERE s.list = i.tags))"
)


def _leave_who_is_touched(staging: Database, job: JobContext) -> None:
    """A person to whom a careful row points may be changed by it: rows settled as hers are matched with care as well, and so on
    until no more are found."""
    while staging.value("SELECT 1 FROM temp.careful WHERE seen = 0 LIMIT 1") is not None:
        job.raise_if_cancelled()
        for key in _KEYS:
            job.raise_if_cancelled()
            staging.run(
                "INSERT OR IGNORE INTO temp.touched SELECT p.id FROM temp.careful c CROSS JOIN incoming i ON"
                f" i.seq = c.seq CROSS JOIN shop.person p ON p.{key} = i.{key} WHERE c.seen = 0"
            )
        staging.run("UPDATE temp.careful SET seen = 1 WHERE seen = 0")
        staging.run(
            "INSERT OR IGNORE INTO temp.careful (seq) SELECT seq FROM fate"
            " WHERE person_id IN (SELECT person_id FROM temp.touched)"
        )
        staging.run("DELETE FROM fate WHERE seq IN (SELECT seq FROM temp.careful)")
