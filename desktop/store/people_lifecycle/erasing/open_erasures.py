"""Erasures that are not at their end: the person is out of the shop file, her backups may not be cleaned yet. What is noted of
her until then names nobody: her row's number and keyed hashes, by which she is found again in backups that still hold her."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from desktop.core.errors import UserError
from desktop.store import shop
from desktop.store.database import Database, SqliteError, connect
from desktop.store.people_lifecycle import erased_keys
from desktop.store.people_lifecycle.erasing.subject import Subject, find
from desktop.store.people_lifecycle.merge_rules import IDENTITIES

_KEPT = "erasures_open"
_TOLD = (*IDENTITIES, "name", "line_name")


@dataclass(frozen=True, slots=True)
class OpenErasure:
    """What has to be known to bring an erasure to its end.

    Args:
        number: the receipt's number; ``at`` its moment (UTC).
        ids: her row's number, and those of people merged into her.
        told: hashes of everything she was ever called or known by.
        shared: hashes of what is somebody else's too.
        from_backups: whether backups are to be cleaned.
        what: the receipt's lines before those about backups (messages as JSON); ``after``: those that follow them.
    """

    number: str
    at: str
    ids: list[int]
    told: list[str]
    shared: list[str]
    from_backups: bool
    what: list[str]
    after: list[str]
    name_is_a_word: bool = False


def begin(
    db: Database,
    subject: Subject,
    receipt: tuple[str, str],
    lines: tuple[list[str], list[str]],
    *,
    from_backups: bool,
) -> None:
    """Note an erasure, inside the transaction that takes her out of the shop file and after her keys were remembered.

    Args:
        receipt: its number and its moment.
        lines: of the receipt, before and after those about backups.
    """
    secret = erased_keys.load(db).secret

    def hashed(values: Iterable[tuple[str, str]]) -> list[str]:
        return sorted(erased_keys.hash_of(secret, key, value) for key, value in values if key in _TOLD)

    told, shared = hashed(subject.past), hashed(subject.shared)
    one = OpenErasure(
        *receipt, sorted(subject.ids), told, shared, from_backups, *lines, subject.name_is_a_word
    )
    _keep(db, [*listed(db), one])


def listed(db: Database) -> list[OpenErasure]:
    """Erasures that are not at their end, oldest first."""
    text = shop.get(db, _KEPT)
    found: list[dict[str, Any]] = json.loads(text) if text else []
    return [OpenErasure(**one) for one in found]


def end(db: Database, number: str) -> None:
    """An erasure is at its end, inside the caller's transaction."""
    open_ones = listed(db)
    if open_ones:
        _keep(db, [one for one in open_ones if one.number != number])


def found_in(open_erasure: OpenErasure, secret: str, files: Iterable[Path]) -> Subject:
    """Who she was, as far as backups still tell. A file that cannot be read tells nothing.

    Args:
        secret: the shop's own, see :func:`erased_keys.load`.
        files: the shop's backups.
    """
    subject = Subject(set(open_erasure.ids), name_is_a_word=open_erasure.name_is_a_word)
    told, shared = frozenset(open_erasure.told), frozenset(open_erasure.shared)
    for file in files:
        with contextlib.suppress(SqliteError, UserError):
            db = connect(file, immutable=True)
            try:
                for key, value in _everything_told(db, open_erasure.ids):
                    hashed = erased_keys.hash_of(secret, key, value)
                    if hashed in told:
                        subject.past.add((key, value))
                    if hashed in shared:
                        subject.shared.add((key, value))
            finally:
                db.close()
    return subject


def _everything_told(db: Database, ids: Iterable[int]) -> Iterator[tuple[str, str]]:
    """What people, buyers and, by her row's number, the history of a file are called and known by: (column, value)."""
    for column in _TOLD:
        for value in db.column(f"SELECT DISTINCT {column} FROM person WHERE {column} IS NOT NULL"):
            yield column, value
    for key in IDENTITIES:
        buyers = f"SELECT DISTINCT buyer_{key} FROM shop_order WHERE buyer_{key} IS NOT NULL"
        yield from ((key, value) for value in db.column(buyers))
    for person in ids:
        yield from ((key, value) for key, value in find(db, person).past if key in _TOLD)


def _keep(db: Database, open_ones: list[OpenErasure]) -> None:
    shop.put(db, _KEPT, json.dumps([asdict(one) for one in open_ones], ensure_ascii=False))
