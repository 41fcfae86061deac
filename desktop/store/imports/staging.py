"""Where an import is worked out before anything is saved: a temporary database beside the data, with the
shop's file attached for reading. Staging files left over from a crash are deleted at the next start."""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from desktop.store.database import Database, Row, connect
from desktop.store.imports.identities import KEYS, ShopIdentities
from desktop.store.imports.staged_orders import NEW, ORDERS_SCHEMA, SKIPPED, UNCHANGED, UPDATED, StagedOrders
from desktop.store.imports.staged_tags import TAGS_SCHEMA, StagedTags

__all__ = [
    "NEW",
    "PERSON_FIELDS",
    "SKIPPED",
    "UNCHANGED",
    "UPDATED",
    "Staging",
    "shop_state",
]

PERSON_FIELDS = (
    "member_no line_user_id phone email name line_name gender birthday level store source points"
    " consent blocked do_not_send "
    "friend_at joined_at bound_at note extra stated_orders stated_total stated_first_order stated_last_order"
).split()
"""The columns of a person that a file can bring, in the order of a staged row."""

_SCHEMA = f"""
CREATE TABLE incoming (
    seq INTEGER PRIMARY KEY, sheet_row INTEGER, folded TEXT, tags INTEGER, {", ".join(PERSON_FIELDS)}
);
CREATE TABLE fate (seq INTEGER PRIMARY KEY, fate INTEGER NOT NULL, person_id INTEGER);
CREATE TABLE person_update (person_id INTEGER PRIMARY KEY, before TEXT NOT NULL, after TEXT NOT NULL);
CREATE TABLE other_identity (new INTEGER, id INTEGER, key TEXT, value TEXT);
"""
"""A staged row without an entry in ``fate`` brings a new person. ``other_identity``: what people answer to besides their own
keys; ``id`` is a sequence number where ``new``, else the person's."""

_COMPARED = 2_000
"""Rows of a file that are compared with the people of their numbers, about."""

_FLAGS = frozenset({"consent", "blocked", "do_not_send"})
_FLAG_NUMBERS = {None: "", True: 1, False: 0}
_ROW = (
    "SELECT seq, sheet_row, folded,"
    " (SELECT json_group_array(l.tag ORDER BY l.place) FROM tag_list l WHERE l.list = incoming.tags HAVING count(*) > 0),"
    f" {', '.join(PERSON_FIELDS)} FROM incoming"
)


class Staging(StagedOrders, StagedTags):
    """One import being worked out. Belongs to the thread that made it until it is committed or dropped."""

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        self.path = db.path
        self.identities = ShopIdentities(db)

    @classmethod
    def create(cls, folder: Path, shop_path: Path) -> Staging:
        """A new, empty staging file in ``folder`` with the shop attached as ``shop`` for reading.

        Raises:
            OSError, SqliteError: if it cannot be made.
        """
        folder.mkdir(parents=True, exist_ok=True)
        _delete_leftovers(folder)
        db = connect(folder / f"import-{os.getpid()}-{uuid.uuid4().hex}.staging")
        for pragma in (
            "journal_mode = OFF",
            "synchronous = OFF",
            "secure_delete = OFF",
            "cache_size = -32000",
        ):
            db.run(f"PRAGMA {pragma}")
        db.connection.executescript(_SCHEMA + TAGS_SCHEMA + ORDERS_SCHEMA)
        db.run("ATTACH DATABASE ? AS shop", (shop_path.absolute().as_uri() + "?mode=ro",))
        return cls(db)

    def add_rows(self, fields: Sequence[str], columns: Sequence[Sequence[Any]]) -> None:
        """Append staged rows, given column by column: seq, sheet_row, folded, the number of a tag list, *fields."""
        names, marks, bindable = [], [], []
        for name, column in zip(("seq", "sheet_row", "folded", "tags", *fields), columns, strict=True):
            blanks = column.count(None)
            if blanks == len(column):
                continue
            names.append(name)
            # None costs the library a look for an adapter, many times what an empty text costs.
            marks.append("nullif(?, '')" if blanks else "?")
            bindable.append(_bindable(name, column) if blanks or name in _FLAGS else column)
        self.db.many(
            f"INSERT INTO incoming ({', '.join(names)}) VALUES ({', '.join(marks)})",
            zip(*bindable, strict=True),
        )

    def write_numbers_as_the_shop_does(self) -> None:
        """Staged member numbers that differ from one of the shop's in capitals only become that one."""
        self.db.run("CREATE TEMP TABLE typed (no TEXT COLLATE NOCASE PRIMARY KEY)")
        self.db.run("CREATE TEMP TABLE written (typed TEXT COLLATE NOCASE PRIMARY KEY, no TEXT)")
        self.db.run(
            "INSERT OR IGNORE INTO temp.typed SELECT member_no FROM incoming WHERE member_no IS NOT NULL"
        )
        self.db.run(
            "INSERT OR IGNORE INTO temp.written SELECT t.no, p.member_no FROM shop.person p"
            " JOIN temp.typed t ON t.no = p.member_no"
        )
        self.db.run(
            "UPDATE incoming SET member_no = w.no FROM temp.written w WHERE w.typed = incoming.member_no"
            " AND incoming.member_no NOT IN (SELECT member_no FROM shop.person WHERE member_no IS NOT NULL)"
        )

    def skip_unknown_numbers(self) -> list[int]:
        """Rows known by nothing but a member number that nobody in the shop has; taken out, their sheet rows returned."""
        unknown = (
            "phone IS NULL AND email IS NULL AND line_user_id IS NULL"
            " AND member_no NOT IN (SELECT member_no FROM shop.person WHERE member_no IS NOT NULL)"
            " AND member_no NOT IN (SELECT value FROM temp.other_key WHERE key = 'member_no')"
        )
        rows = self.db.column(f"SELECT sheet_row FROM incoming WHERE {unknown} ORDER BY seq")
        self.db.run(f"DELETE FROM incoming WHERE {unknown}")
        return rows

    def rows_by_fate(self) -> dict[int, int]:
        """The number of staged rows by fate."""
        counted: dict[int, int] = dict(self.db.all("SELECT fate, count(*) FROM fate GROUP BY fate"))
        counted[NEW] = int(self.db.value("SELECT count(*) FROM incoming")) - sum(counted.values())
        return counted

    def add_fates(self, fates: Iterable[tuple[int, int, int | None]]) -> None:
        """Fates other than NEW: (seq, fate, the person of the shop or None)."""
        self.db.many(
            "INSERT INTO fate (seq, fate, person_id) VALUES (?, ?, nullif(?, ''))",
            ((seq, fate, "" if person is None else person) for seq, fate, person in fates),
        )

    def rows_at(self, numbers: Sequence[int]) -> list[Row]:
        """The staged rows of some sequence numbers, in order: (seq, sheet_row, folded, tags as a JSON list, *PERSON_FIELDS)."""
        return self.db.all(
            f"{_ROW} WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq", (json.dumps(list(numbers)),)
        )

    def replace_people(self, people: Iterable[tuple[int, str | None, Sequence[int], Sequence[Any]]]) -> None:
        """Give staged rows what several rows together say: (seq, folded, tags' numbers, the values of PERSON_FIELDS)."""
        number = int(self.db.value("SELECT coalesce(max(list), 0) FROM tag_list"))
        rows, lists = [], []
        for seq, fold, tags, values in people:
            number += 1
            lists.append((number, tags))
            rows.append((fold, number if tags else None, *values, seq))
        columns = ", ".join(f"{field} = ?" for field in PERSON_FIELDS)
        self.add_tag_lists(lists)
        self.db.many(f"UPDATE incoming SET folded = ?, tags = ?, {columns} WHERE seq = ?", rows)

    def current(self, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
        """The columns an import can change, of some people of the shop."""
        columns = [*PERSON_FIELDS, "folded", "by_hand", "changed_step"]
        rows = self.db.all(
            f"SELECT id, {', '.join(columns)} FROM shop.person WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )
        return {row[0]: dict(zip(columns, row[1:], strict=True)) for row in rows}

    def write_updates(self, updates: Mapping[int, tuple[dict[str, Any], dict[str, Any]]]) -> None:
        """Keep what an import changes in people: id → (before, after); replaces what was kept before."""
        self.db.many(
            "INSERT OR REPLACE INTO person_update (person_id, before, after) VALUES (?, ?, ?)",
            (
                (person, json.dumps(before, ensure_ascii=False), json.dumps(after, ensure_ascii=False))
                for person, (before, after) in updates.items()
            ),
        )

    def update_of(self, person_id: int) -> tuple[dict[str, Any], dict[str, Any]]:
        """What was kept by :meth:`write_updates`: (before, after)."""
        row = self.db.row("SELECT before, after FROM person_update WHERE person_id = ?", (person_id,))
        return (json.loads(row[0]), json.loads(row[1])) if row else ({}, {})

    def drop_update(self, person_id: int) -> None:
        """Forget what was kept by :meth:`write_updates`."""
        self.db.run("DELETE FROM person_update WHERE person_id = ?", (person_id,))

    def add_other_identity(self, who: tuple[bool, int], key: str, value: str) -> None:
        """An identity somebody gets besides her own; ``who``: (new, sequence number or id)."""
        new, number = who
        self.db.run("INSERT INTO other_identity VALUES (?, ?, ?, ?)", (int(new), number, key, value))

    def keep_numbers_apart(self) -> None:
        """The member numbers of new people become further identities instead of their own."""
        self.db.run(
            "INSERT INTO other_identity SELECT 1, seq, 'member_no', member_no FROM incoming"
            " WHERE member_no IS NOT NULL AND seq NOT IN (SELECT seq FROM fate)"
        )
        self.db.run("UPDATE incoming SET member_no = NULL WHERE member_no IS NOT NULL")

    def contradicted_numbers(self, *, orders: bool) -> tuple[int, int, list[Row]]:
        """How far the staged member numbers lead to other people, by a sample of the rows.

        Returns:
            rows that have a name and a phone, as the person of their number has; those of them in which both differ and no other
            key agrees; three of these: (number, name in the file, name in the shop).
        """
        table, own = ("orders", "buyer_") if orders else ("incoming", "")
        names = ("member_no", "name", "phone", "email", "line_user_id")
        spacing = max(1, int(self.db.value(f"SELECT count(*) FROM {table}")) // _COMPARED)
        i = {name: f"i.{own}{name}" for name in names}
        both = (
            f"FROM {table} i JOIN shop.person p ON p.member_no = {i['member_no']} WHERE i.seq % {spacing} = 0"
            f" AND p.name IS NOT NULL AND p.phone IS NOT NULL AND {i['name']} IS NOT NULL AND {i['phone']} IS NOT NULL"
        )
        differ = (
            f"p.name <> {i['name']} AND p.phone <> {i['phone']} AND ({i['email']} IS NULL OR p.email IS NOT {i['email']})"
            f" AND ({i['line_user_id']} IS NULL OR p.line_user_id IS NOT {i['line_user_id']})"
        )
        row = self.db.row(f"SELECT count(*), coalesce(sum({differ}), 0) {both}") or (0, 0)
        examples = self.db.all(f"SELECT {i['member_no']}, {i['name']}, p.name {both} AND {differ} LIMIT 3")
        return int(row[0]), int(row[1]), examples if row[1] else []

    def different_people(self) -> frozenset[tuple[int, int]]:
        """Pairs of people, lower id first, of whom the owner said that they are not the same."""
        rows = self.db.all(
            "SELECT d.low, d.high FROM shop.different_people d JOIN shop.step s ON s.id = d.step_id AND s.state = 'done'"
        )
        return frozenset((low, high) for low, high in rows)

    def names_in_shop(self) -> Iterator[Row]:
        """Everybody of the shop who has a name: (id, name, LINE display name), lowest first."""
        return self.db.each(
            "SELECT id, name, line_name FROM shop.person WHERE name IS NOT NULL OR line_name IS NOT NULL ORDER BY id"
        )

    def skip_new_people(self) -> list[int]:
        """Make every row that would bring a new person a skipped one; their sheet rows."""
        bringing = "seq NOT IN (SELECT seq FROM fate)"
        rows = self.db.column(f"SELECT sheet_row FROM incoming WHERE {bringing} ORDER BY seq")
        self.db.run(f"INSERT INTO fate (seq, fate) SELECT seq, {SKIPPED} FROM incoming WHERE {bringing}")
        return rows

    def make_updated(self, rows: Iterable[int]) -> None:
        """Give rows (sequence numbers) that were unchanged another fate: they change their person."""
        self.db.many(
            f"UPDATE fate SET fate = {UPDATED} WHERE seq = ? AND fate = {UNCHANGED}", ((seq,) for seq in rows)
        )

    def make_unchanged(self, rows: Iterable[int]) -> None:
        """Give rows (sequence numbers) that changed their person another fate: they change nothing."""
        self.db.many(
            f"UPDATE fate SET fate = {UNCHANGED} WHERE seq = ? AND fate = {UPDATED}", ((seq,) for seq in rows)
        )

    def erased_rows(self) -> list[int]:
        """The sequence numbers of rows with a key of somebody who was erased."""
        if not self.identities.erased:
            return []
        rows = self.db.each(f"SELECT seq, {', '.join(KEYS)} FROM incoming")
        return [seq for seq, *keys in rows if self.identities.is_erased(keys)]

    def rows_numbered(self, sheet_rows: Iterable[int]) -> list[int]:
        """The sequence numbers of the rows of a sheet."""
        return self.db.column(
            "SELECT seq FROM incoming WHERE sheet_row IN (SELECT value FROM json_each(?)) ORDER BY seq",
            (json.dumps(list(sheet_rows)),),
        )

    def shop_state(self) -> str:
        """A mark of the shop's people and orders that differs as soon as one of them changed."""
        return shop_state(self.db, "shop.")

    def close(self) -> None:
        """Let go of the file, keeping it for the commit."""
        self.db.close()

    def drop(self) -> None:
        """Close and delete the staging file."""
        self.db.close()
        self.path.unlink(missing_ok=True)


def _bindable(name: str, column: Sequence[Any]) -> Sequence[Any]:
    """Values the library binds at once: numbers for yes and no, an empty text for nothing."""
    if name in _FLAGS:
        return list(map(_FLAG_NUMBERS.get, column, column))
    return ["" if value is None else value for value in column]


def shop_state(db: Database, schema: str = "") -> str:
    """A mark of a shop's people and orders; two equal marks mean that a plan made at one holds at the other."""
    people = db.row(
        f"SELECT count(*), coalesce(max(id), 0), coalesce(sum(changed_step), 0) FROM {schema}person"
    )
    orders = db.row(
        f"SELECT count(*), coalesce(max(id), 0), coalesce(sum(changed_step), 0) FROM {schema}shop_order"
    )
    steps = db.row(
        f"SELECT coalesce(sum(id), 0) FROM {schema}step WHERE state = 'undone' AND kind NOT IN ('tag',"
        " 'untag')"
    )
    return json.dumps([people, orders, steps])


def _delete_leftovers(folder: Path) -> None:
    """Delete what a crashed import left. The shop's lock lets one process in: files of another one are leftovers."""
    for file in folder.glob("import-*.staging*"):
        if not file.name.startswith(f"import-{os.getpid()}-"):
            file.unlink(missing_ok=True)
