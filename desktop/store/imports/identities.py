"""Who in the shop answers to a member number, user ID, phone or e-mail: by her own, or by that of somebody merged into her. And
who did, but was deleted by the owner or erased. Looked up once at the beginning of an import, as far as there is anybody."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from desktop.store.database import Database, Row
from desktop.store.people_lifecycle import deleted_people, erased_keys

KEYS = ("member_no", "line_user_id", "phone", "email")
"""Strongest first."""
_UNIQUE = KEYS[:2]


class ShopIdentities:
    """The identities of the shop that is attached to a staging database as ``shop``."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.erased = erased_keys.load(db, "shop.")
        for statement in _PREPARED:
            db.run(statement)
        self._has_others = db.value("SELECT 1 FROM temp.other_key LIMIT 1") is not None
        self._has_deleted = db.value("SELECT 1 FROM temp.deleted LIMIT 1") is not None

    @property
    def anybody(self) -> bool:
        """Whether there is anybody, present, deleted or erased, about whom a row can be."""
        return (
            self._has_deleted
            or bool(self.erased)
            or self._db.value("SELECT 1 FROM shop.person LIMIT 1") is not None
        )

    def people_with(self, key: str, values: Sequence[str]) -> list[Row]:
        """Everybody who answers to one of ``values`` by ``key``: (value, id, member_no, line_user_id, phone, email). A number or
        user ID that somebody has now leads to her alone, whoever else once had it."""
        wanted = json.dumps(list(values))
        rows = self._db.all(
            f"SELECT {key}, id, member_no, line_user_id, phone, email FROM shop.person"
            f" WHERE {key} IN (SELECT value FROM json_each(?)) AND {key} IS NOT NULL",
            (wanted,),
        )
        if self._has_others:
            own = "p.id = o.person_id AND " if key not in _UNIQUE else ""
            rows += self._db.all(
                "SELECT o.value, q.id, q.member_no, q.line_user_id, q.phone, q.email FROM temp.other_key o"
                " JOIN shop.person q ON q.id = o.person_id"
                " WHERE o.key = ? AND o.value IN (SELECT value FROM json_each(?)) AND NOT EXISTS"
                f" (SELECT 1 FROM shop.person p WHERE {own}p.{key} = o.value) ORDER BY q.id",
                (key, wanted),
            )
        return rows

    def others_of(self, people: Iterable[int]) -> dict[int, frozenset[tuple[str, str]]]:
        """The identities, (key, value), that people answer to besides their own; who has none is missing."""
        if not self._has_others:
            return {}
        found: dict[int, set[tuple[str, str]]] = {}
        for person, key, value in self._db.all(
            "SELECT person_id, key, value FROM temp.other_key WHERE person_id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(people)),),
        ):
            found.setdefault(person, set()).add((key, value))
        return {person: frozenset(pairs) for person, pairs in found.items()}

    def deleted_with(self, key: str, values: Sequence[str]) -> list[Row]:
        """Everybody the owner deleted, and did not allow back, who answered to one of ``values`` by ``key``: (value, her id,
        member_no, line_user_id, phone, email)."""
        if not self._has_deleted or not values:
            return []
        return self._db.all(
            "SELECT k.value, d.id, d.member_no, d.line_user_id, d.phone, d.email FROM temp.deleted_key k"
            " JOIN temp.deleted d ON d.id = k.person_id WHERE k.key = ? AND k.value IN (SELECT value FROM json_each(?))",
            (key, json.dumps(list(values))),
        )

    def others_of_deleted(self, person: int) -> frozenset[tuple[str, str]]:
        """All identities, (key, value), that a deleted person answered to."""
        rows = self._db.all("SELECT key, value FROM temp.deleted_key WHERE person_id = ?", (person,))
        return frozenset((key, value) for key, value in rows)

    def is_erased(self, keys: Sequence[str | None]) -> bool:
        """Whether one of a row's keys, in the order of KEYS, was that of somebody who was erased."""
        return any(self.erased.holds(key, value) for key, value in zip(KEYS, keys, strict=True))


def remembered(keys: Sequence[str]) -> str:
    """SQL: whether a row ``i`` has a key that leads to somebody merged, or led to somebody deleted.

    Args:
        keys: those of KEYS that the file has.
    """
    asked = [
        f"EXISTS (SELECT 1 FROM temp.{table} o WHERE o.key = '{key}' AND o.value = i.{key})"
        for table in ("other_key", "deleted_key")
        for key in keys
    ]
    return " OR ".join(asked) or "0"


_PREPARED = (
    "CREATE TEMP TABLE other_key (key TEXT, value TEXT, person_id INTEGER, PRIMARY KEY (key, value, person_id)) WITHOUT ROWID",
    "INSERT OR IGNORE INTO temp.other_key SELECT o.key, o.value, o.person_id FROM shop.other_identity o"
    " JOIN shop.step s ON s.id = o.step_id AND s.state = 'done' JOIN shop.person p ON p.id = o.person_id",
    "CREATE INDEX temp.other_key_by_person ON other_key (person_id)",
    "CREATE TEMP TABLE deleted_key (key TEXT, value TEXT, person_id INTEGER, PRIMARY KEY (key, value, person_id))"
    " WITHOUT ROWID",
    f"INSERT OR IGNORE INTO temp.deleted_key {deleted_people.keys_in_force('shop.')}",
    f"CREATE TEMP TABLE deleted (id INTEGER PRIMARY KEY, {', '.join(KEYS)})",
    f"INSERT OR REPLACE INTO temp.deleted SELECT person_id, {', '.join('d.' + key for key in KEYS)} FROM shop.deleted_person d"
    " WHERE person_id IN (SELECT person_id FROM temp.deleted_key) ORDER BY step_id",
)
