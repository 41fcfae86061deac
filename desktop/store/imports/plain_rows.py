"""Finds, without looking at them one by one, the staged rows that bring nothing new to a person of the shop, and those nobody in
the shop answers to. All others are left to be matched with care. Whatever is settled here comes out exactly as the careful way
would have it: a row is settled only if no change that another row makes could matter to it. Rows that share a key may be settled
as unchanged, for whoever else has that key answers to both: a change to one of them leaves the other to be matched with care."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.core.job import JobContext
from desktop.core.message import message
from desktop.store.database import Database
from desktop.store.imports.identities import KEYS, remembered
from desktop.store.imports.staged_orders import UNCHANGED

_STRICTER = {"consent": 0, "blocked": 1, "do_not_send": 1}
_CHUNK = 20_000


@dataclass(frozen=True, slots=True)
class Brought:
    """The columns of a person that a file brings, and which of them do more, or less, than replace what is there.

    Args:
        fields: all of them.
        fill: those that only fill what is empty.
        clear: those that clear where they are blank.
        clears_extra: whether some column of the shop's own does.
        replaces_tags: tags that imports put and the cell no longer has are taken off.
        clears_tags: a blank cell does that too.
    """

    fields: tuple[str, ...]
    fill: frozenset[str] = frozenset()
    clear: frozenset[str] = frozenset()
    clears_extra: bool = False
    replaces_tags: bool = False
    clears_tags: bool = False


def settle_plain_rows(
    staging: Database,
    brought: Brought,
    sharing: Sequence[int],
    rows: int,
    job: JobContext,
    called: Sequence[int] = (),
    decided: Sequence[int] = (),
) -> list[int]:
    """Give the plain rows their fate: an entry as unchanged, or none (a new person).

    Args:
        staging: a staging database, with the shop attached as ``shop``, whose rows, tag names and tag lists are in.
        sharing: sequence numbers of the rows that share a key with another row, or need care for another reason.
        rows: the highest sequence number.
        called: people to whom rows lead by their name alone.
        decided: sequence numbers of rows that are left in any case, as the owner decided about them.

    Returns:
        The sequence numbers of the rows that are left, in order.

    Raises:
        Cancelled: if the owner cancelled.
    """
    with staging.transaction():
        _prepare(staging, sharing)
        staging.many("INSERT OR IGNORE INTO temp.touched VALUES (?)", ((person,) for person in called))
        staging.many("INSERT OR IGNORE INTO temp.careful (seq) VALUES (?)", ((seq,) for seq in decided))
        for first in range(1, rows + 1, _CHUNK):
            job.raise_if_cancelled()
            job.report(first, rows, message("importing.matching"))
            _settle(staging, brought, first, first + _CHUNK - 1)
        job.raise_if_cancelled()
        _leave_who_is_touched(staging, job)
        return staging.column("SELECT seq FROM temp.careful ORDER BY seq")


def _prepare(staging: Database, sharing: Sequence[int]) -> None:
    for table in ("sharing", "careful", "touched", "list_tag", "list_size"):
        staging.run(f"DROP TABLE IF EXISTS temp.{table}")
    staging.run("CREATE TEMP TABLE careful (seq INTEGER PRIMARY KEY, seen INTEGER NOT NULL DEFAULT 0)")
    staging.run("CREATE TEMP TABLE touched (person_id INTEGER PRIMARY KEY)")
    staging.run("CREATE TEMP TABLE sharing (seq INTEGER PRIMARY KEY)")
    staging.many("INSERT OR IGNORE INTO temp.sharing (seq) VALUES (?)", ((seq,) for seq in sharing))
    staging.run(
        "CREATE TEMP TABLE list_tag (list INTEGER, tag_id INTEGER, PRIMARY KEY (list, tag_id)) WITHOUT ROWID"
    )
    staging.run(
        "INSERT INTO temp.list_tag SELECT l.list, t.id FROM tag_list l JOIN tag_name n ON n.id = l.tag"
        " JOIN shop.tag t ON t.key = n.key"
    )
    staging.run("CREATE TEMP TABLE list_size (list INTEGER PRIMARY KEY, tags INTEGER)")
    staging.run("INSERT INTO temp.list_size SELECT list, count(*) FROM tag_list GROUP BY list")


def _settle(staging: Database, brought: Brought, first: int, last: int) -> None:
    keys = [key for key in KEYS if key in brought.fields]
    same = " AND ".join([*(_same(field, brought) for field in brought.fields), *_same_tags(brought)])
    for place, key in enumerate(KEYS):
        if key not in keys:
            continue
        stronger = "".join(f" AND i.{other} IS NULL" for other in KEYS[:place])
        # Families share phones and e-mails: a row with nothing better is plain only if one person answers to it.
        alone = ""
        if place > 1:
            alone = (
                f" AND (SELECT count(*) FROM shop.person q WHERE q.{key} = i.{key}) = 1"
                f" AND NOT EXISTS (SELECT 1 FROM temp.other_key o WHERE o.key = '{key}' AND o.value = i.{key})"
            )
        staging.run(
            "INSERT INTO fate (seq, fate, person_id)"
            f" SELECT i.seq, {UNCHANGED}, p.id FROM incoming i CROSS JOIN shop.person p ON p.{key} = i.{key}"
            f" WHERE i.seq BETWEEN ? AND ? AND i.{key} IS NOT NULL{stronger}"
            f"{alone} AND {same}",
            (first, last),
        )
    answers = [f"EXISTS (SELECT 1 FROM shop.person p WHERE p.{key} = i.{key})" for key in keys]
    answers.append(remembered(keys))
    staging.run(
        "INSERT OR IGNORE INTO temp.careful (seq) SELECT i.seq FROM incoming i WHERE i.seq BETWEEN ? AND ?"
        " AND i.seq NOT IN (SELECT seq FROM fate) AND (i.seq IN (SELECT seq FROM temp.sharing)"
        f" OR {' OR '.join(answers)})",
        (first, last),
    )


def _same(field: str, brought: Brought) -> str:
    """SQL: the row ``i`` changes nothing in this column of the person ``p``."""
    blank = f"i.{field} IS NULL"
    if field in brought.clear or (field == "extra" and brought.clears_extra):
        return f"i.{field} IS p.{field}"
    same = f"{blank} OR i.{field} IS p.{field}"
    if field in brought.fill:
        same = f"{blank} OR p.{field} IS NOT NULL"
    elif field in _STRICTER:
        same += f" OR (p.{field} IS NOT NULL AND i.{field} <> {_STRICTER[field]})"
    elif field == "extra":
        same += " OR json_patch(p.extra, i.extra) = json(p.extra)"
    return f"({same})"


_SAME_TAGS = (
    "(i.tags IS NULL OR (SELECT count(*) FROM shop.person_tag h JOIN temp.list_tag l ON l.list = i.tags AND"
    " l.tag_id = h.tag_id WHERE h.person_id = p.id) = (SELECT s.tags FROM temp.list_size s WHERE s.list = i.tags))"
)
_NO_OTHER_TAGS = (
    "NOT EXISTS (SELECT 1 FROM shop.person_tag h WHERE h.person_id = p.id AND h.origin = 'import' AND NOT EXISTS"
    " (SELECT 1 FROM temp.list_tag l WHERE l.list = i.tags AND l.tag_id = h.tag_id))"
)


def _same_tags(brought: Brought) -> list[str]:
    if not brought.replaces_tags:
        return [_SAME_TAGS]
    blank = "" if brought.clears_tags else "i.tags IS NULL OR "
    return [_SAME_TAGS, f"({blank}{_NO_OTHER_TAGS})"]


def _leave_who_is_touched(staging: Database, job: JobContext) -> None:
    """A person to whom a careful row points may be changed by it: rows settled as hers are matched with care as well, and so on
    until no more are found."""
    _take_their_rows(staging)
    while staging.value("SELECT 1 FROM temp.careful WHERE seen = 0 LIMIT 1") is not None:
        job.raise_if_cancelled()
        for key in KEYS:
            job.raise_if_cancelled()
            staging.run(
                "INSERT OR IGNORE INTO temp.touched SELECT p.id FROM temp.careful c CROSS JOIN incoming i ON"
                f" i.seq = c.seq CROSS JOIN shop.person p ON p.{key} = i.{key} WHERE c.seen = 0"
            )
            staging.run(
                "INSERT OR IGNORE INTO temp.touched SELECT o.person_id FROM temp.careful c CROSS JOIN incoming i ON"
                f" i.seq = c.seq CROSS JOIN temp.other_key o ON o.key = '{key}' AND o.value = i.{key} WHERE c.seen = 0"
            )
        staging.run("UPDATE temp.careful SET seen = 1 WHERE seen = 0")
        _take_their_rows(staging)


def _take_their_rows(staging: Database) -> None:
    staging.run(
        "INSERT OR IGNORE INTO temp.careful (seq) SELECT seq FROM fate"
        " WHERE person_id IN (SELECT person_id FROM temp.touched)"
    )
    staging.run("DELETE FROM fate WHERE seq IN (SELECT seq FROM temp.careful)")
