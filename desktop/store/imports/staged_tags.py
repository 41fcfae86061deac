"""The tags' part of a staging database: the tags a file names, the lists of them its rows share, which people of the shop are to
get which, and whom they are taken off."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from desktop.store.database import Database, Row

TAGS_SCHEMA = """
CREATE TABLE tag_name (id INTEGER PRIMARY KEY, name TEXT NOT NULL, key TEXT NOT NULL);
CREATE TABLE tag_list (list INTEGER, place INTEGER, tag INTEGER, PRIMARY KEY (list, place)) WITHOUT ROWID;
CREATE TABLE tag_wish (
    person_id INTEGER, tag INTEGER, place INTEGER, sheet_row INTEGER, PRIMARY KEY (person_id, tag)
) WITHOUT ROWID;
CREATE TABLE tag_drop (person_id INTEGER, tag_id INTEGER, PRIMARY KEY (person_id, tag_id)) WITHOUT ROWID;
CREATE TABLE replacing_row (seq INTEGER PRIMARY KEY, person_id INTEGER NOT NULL, sheet_row INTEGER, tags TEXT);
"""
"""Equal tag cells share a list of tags. ``replacing_row``: rows whose cell says all tags that imports may have put
on their person."""

_COUNTED = 20_000
"""Different lists of tags that are counted before their tags are."""


class StagedTags:
    """The tags of one import being worked out."""

    db: Database

    def add_tag_names(self, names: Iterable[tuple[int, str, str]]) -> None:
        """The tags that staged rows refer to: (number, name, key)."""
        self.db.many("INSERT INTO tag_name (id, name, key) VALUES (?, ?, ?)", names)

    def add_tag_lists(self, lists: Iterable[tuple[int, Sequence[int]]]) -> None:
        """Lists of tags that staged rows refer to: (number of the list, the tags' numbers in their order)."""
        self.db.many(
            "INSERT INTO tag_list (list, place, tag) VALUES (?, ?, ?)",
            ((number, place, tag) for number, tags in lists for place, tag in enumerate(tags)),
        )

    def held_tags(self, ids: Sequence[int]) -> dict[int, set[str]]:
        """The keys of the tags that some people of the shop hold."""
        held: dict[int, set[str]] = {}
        for person, key in self.db.each(
            "SELECT h.person_id, t.key FROM shop.person_tag h JOIN shop.tag t ON t.id = h.tag_id"
            " WHERE h.person_id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        ):
            held.setdefault(person, set()).add(key)
        return held

    def tags_with_origin(self, ids: Sequence[int]) -> dict[int, dict[str, tuple[int, str]]]:
        """The tags that some people of the shop hold: key → (the tag's id in the shop, what put it on)."""
        held: dict[int, dict[str, tuple[int, str]]] = {}
        for person, key, tag, origin in self.db.each(
            "SELECT h.person_id, t.key, t.id, h.origin FROM shop.person_tag h JOIN shop.tag t ON t.id = h.tag_id"
            " WHERE h.person_id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        ):
            held.setdefault(person, {})[key] = tag, origin
        return held

    def write_wishes(self, wishes: Iterable[tuple[int, int, int, int]]) -> None:
        """Tags for people of the shop: (person id, the tag's number, its place among her new ones, sheet row)."""
        self.db.many("INSERT INTO tag_wish (person_id, tag, place, sheet_row) VALUES (?, ?, ?, ?)", wishes)

    def wishes_of(self, person_id: int) -> list[int]:
        """The numbers of the tags kept for a person by :meth:`write_wishes`."""
        return self.db.column("SELECT tag FROM tag_wish WHERE person_id = ?", (person_id,))

    def write_drops(self, drops: Iterable[tuple[int, int]]) -> None:
        """Tags to be taken off, as far as an import put them on: (person id, the tag's id in the shop)."""
        self.db.many("INSERT OR IGNORE INTO tag_drop (person_id, tag_id) VALUES (?, ?)", drops)

    def add_replacing_rows(self, rows: Iterable[tuple[int, int, int, str | None]]) -> None:
        """Rows whose tags replace others: (seq, person id, sheet row, tags' numbers as a JSON list)."""
        self.db.many(
            "INSERT INTO replacing_row (seq, person_id, sheet_row, tags) VALUES (?, ?, ?, nullif(?, ''))",
            ((*row[:3], row[3] or "") for row in rows),
        )

    def replacing_rows(self, people: int) -> Iterator[list[Row]]:
        """What :meth:`add_replacing_rows` took, (person id, seq, sheet row, tags), for so many people at a time; a person's rows
        stay together, in the order of the file."""
        after = 0
        while ids := self.db.column(
            "SELECT DISTINCT person_id FROM replacing_row WHERE person_id > ? ORDER BY person_id LIMIT ?",
            (after, people),
        ):
            yield self.db.all(
                "SELECT person_id, seq, sheet_row, tags FROM replacing_row WHERE person_id > ? AND person_id <= ?"
                " ORDER BY person_id, seq",
                (after, ids[-1]),
            )
            after = ids[-1]

    def tag_gains(self) -> list[tuple[str, int, bool]]:
        """The tags that people would get: (name, how many people, whether the shop does not have the tag yet), most first."""
        # Counted here: to group the rows the database would sort them all.
        gained: Counter[int] = Counter(dict(self.db.all("SELECT tag, count(*) FROM tag_wish GROUP BY tag")))
        lists: Counter[int] = Counter()
        for rows in self.db.batches(
            "SELECT tags FROM incoming WHERE tags IS NOT NULL AND seq NOT IN (SELECT seq FROM fate)"
        ):
            lists.update(chain.from_iterable(rows))
            if len(lists) > _COUNTED:
                gained.update(self._tags_of(lists))
                lists.clear()
        gained.update(self._tags_of(lists))
        names = self.db.all(
            "SELECT n.id, n.name, NOT EXISTS (SELECT 1 FROM shop.tag t WHERE t.key = n.key) FROM tag_name n"
        )
        gains = [(str(name), gained[tag], bool(new)) for tag, name, new in names if tag in gained]
        return sorted(gains, key=lambda gain: (-gain[1], gain[0]))

    def _tags_of(self, lists: Mapping[int, int]) -> dict[int, int]:
        """How often each tag stands in lists that stand so often."""
        rows = self.db.all(
            "SELECT l.tag, sum(c.value) FROM json_each(?) c JOIN tag_list l ON l.list = CAST(c.key AS INTEGER) GROUP BY l.tag",
            (json.dumps(lists),),
        )
        return dict(rows)
