"""Goes through the staged rows in the order of the file and decides for each whom it is about and what it
changes: somebody of the shop, somebody an earlier row brought, or a new person. Only rows that share a
key with another row are remembered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from desktop.core.job import JobContext
from desktop.core.message import Message, message
from desktop.core.people.search_text import folded
from desktop.importer.checking.matching import Candidate, Keys, Match, match
from desktop.importer.checking.merging import changes
from desktop.importer.checking.report import PossibleDuplicate, Report, Skipped
from desktop.importer.checking.row_keys import SharedKeys
from desktop.importer.checking.staged_rows import tag_limit_problem, taken_problem
from desktop.store.imports.staging import PERSON_FIELDS, SKIPPED, UNCHANGED, UPDATED, Staging

_CHUNK = 2_000
_HEAD = 4
_KEY_PLACES = tuple(_HEAD + PERSON_FIELDS.index(key) for key in Keys._fields)
"""Where a staged row (seq, sheet row, folded, tags, *PERSON_FIELDS) has its keys."""
_Row = tuple[Any, ...]


class PeopleMatching:
    """Decides the fate of every staged row.

    Args:
        shared: the keys that several rows of the file share.
        tag_limit: tags one person can have.
        report: gets the skipped rows, problems and possible duplicates.
    """

    def __init__(
        self, staging: Staging, shared: SharedKeys, tag_limit: int, report: Report, job: JobContext
    ) -> None:
        self._staging = staging
        self._shared = shared
        self._limit = tag_limit
        self._report = report
        self._job = job
        self._with_shop = staging.has_people()
        self._known: dict[tuple[int, str], list[Candidate]] = {}
        self._fresh: dict[int, dict[str, Any]] = {}
        self._fresh_tags: dict[int, list[int]] = {}
        self._changes = _Changes(staging)
        self._tag_names = {
            number: (name, key) for number, name, key in staging.db.all("SELECT id, name, key FROM tag_name")
        }
        self._fates: list[tuple[int, int, int | None]] = []

    def run(self, numbers: Sequence[int]) -> None:
        """Decide the rows of these sequence numbers, in order; the results stand in the staging database."""
        with self._staging.db.transaction():
            for start in range(0, len(numbers), _CHUNK):
                self._job.raise_if_cancelled()
                self._job.report(start, len(numbers), message("importing.matching"))
                self._decide_chunk(self._staging.rows_at(numbers[start : start + _CHUNK]))
            self._write_fresh()

    def _decide_chunk(self, rows: Sequence[_Row]) -> None:
        in_shop = self._find_in_shop(rows) if self._with_shop else {}
        people = list({candidate.id for found in in_shop.values() for candidate in found})
        current = self._staging.current(people)
        held = self._staging.held_tags(people) if self._tag_names else {}
        for row in rows:
            self._settle(row, self._match(row, in_shop), current, held)
        self._staging.add_fates(self._fates)
        self._fates.clear()
        self._changes.write()

    def _find_in_shop(self, rows: Sequence[_Row]) -> dict[tuple[int, str], list[Candidate]]:
        found: dict[tuple[int, str], list[Candidate]] = {}
        for place, (key, column) in enumerate(zip(Keys._fields, _KEY_PLACES, strict=True)):
            values = [row[column] for row in rows if row[column] is not None]
            for value, person, *keys in self._staging.people_with(key, values) if values else ():
                found.setdefault((place, value), []).append(Candidate(False, person, Keys(*keys)))
        return found

    def _match(self, row: _Row, in_shop: dict[tuple[int, str], list[Candidate]]) -> Match:
        keys = _keys(row)
        found: list[list[Candidate]] = []
        for place, key in enumerate(keys):
            here = [] if key is None else in_shop.get((place, key), [])
            earlier = [] if key is None else self._known.get((place, key), [])
            if earlier:
                seen = {candidate[:2] for candidate in earlier}
                here = [candidate for candidate in here if candidate[:2] not in seen] + earlier
            found.append(here)
        return match(keys, found)

    def _settle(
        self, row: _Row, found: Match, current: dict[int, dict[str, Any]], held: dict[int, set[str]]
    ) -> None:
        seq, number = row[0], row[1]
        if found.ambiguous:
            self._report.skipped.append(Skipped(self._report.sheet, number, self._ambiguous(found.ambiguous)))
            self._fates.append((seq, SKIPPED, None))
        elif found.target is None:
            self._add_fresh(row, found)
        elif found.target.new:
            self._merge_fresh(row, found.target.id)
        else:
            person = found.target.id
            if person not in current:
                current |= self._staging.current([person])
                held |= self._staging.held_tags([person])
            self._update(row, person, current[person], held.setdefault(person, set()))

    def _add_fresh(self, row: _Row, found: Match) -> None:
        seq, number = row[0], row[1]
        values = dict(zip(PERSON_FIELDS, row[4:], strict=True))
        for other in found.similar:
            member_no = other.keys.member_no
            self._report.possible_duplicates.append(
                PossibleDuplicate(number, None if other.new else other.id, member_no)
            )
            if values["line_user_id"] is not None and values["line_user_id"] == other.keys.line_user_id:
                self._report.problems.append(
                    taken_problem(self._report, number, "line_user_id", values["line_user_id"])
                )
                values["line_user_id"] = None
                self._fresh[seq] = values
        if _keys(row) in self._shared:
            self._fresh[seq] = values
            self._fresh_tags[seq] = json.loads(row[3]) if row[3] else []
            self._remember(Candidate(True, seq, _keys_of(values)))

    def _merge_fresh(self, row: _Row, target: int) -> None:
        """A later row of somebody an earlier row of this file brought."""
        values, tags = self._fresh[target], self._fresh_tags[target]
        incoming = dict(zip(PERSON_FIELDS, row[4:], strict=True))
        changed = changes(values, incoming)
        self._drop_taken(changed, row[1], Candidate(True, target, _keys_of(values)))
        values.update(changed)
        added = self._fitting(row, {self._tag_names[tag][1] for tag in tags})
        tags.extend(added)
        self._remember(Candidate(True, target, _keys_of(values)))
        self._fates.append((row[0], UPDATED if changed or added else UNCHANGED, None))

    def _update(self, row: _Row, person: int, current: dict[str, Any], held: set[str]) -> None:
        before, after = self._changes.of(person)
        now = current | after
        changed = changes(now, dict(zip(PERSON_FIELDS, row[4:], strict=True)))
        self._drop_taken(changed, row[1], Candidate(False, person, _keys_of(now)))
        now |= changed
        if changed:
            if changed.keys() & {"name", "line_name", "note"}:
                changed["folded"] = folded(now["name"], now["line_name"], now["note"])
            before = {field: current[field] for field in changed} | before
            self._changes.keep(person, before, after | changed)
        added = self._wish_tags(row, person, held)
        self._fates.append((row[0], UPDATED if changed or added else UNCHANGED, person))
        if _keys(row) in self._shared:
            self._remember(Candidate(False, person, _keys_of(now)))

    def _drop_taken(self, changed: dict[str, Any], row: int, me: Candidate) -> None:
        """A unique number that belongs to somebody else costs its cell."""
        for place, field in enumerate(("member_no", "line_user_id")):
            value = changed.get(field)
            if value is None:
                continue
            others = self._known.get((place, value), [])
            shop = self._staging.people_with(field, [value]) if self._with_shop else []
            taken = any(other[:2] != me[:2] for other in others) or any(
                me.new or other[1] != me.id for other in shop
            )
            if taken:
                self._report.problems.append(taken_problem(self._report, row, field, value))
                del changed[field]

    def _fitting(self, row: _Row, held: set[str]) -> list[int]:
        """The row's tags that the person lacks and that still fit, in the cell's order; ``held`` grows by them."""
        fitting = []
        for tag in json.loads(row[3]) if row[3] else ():
            name, key = self._tag_names[tag]
            if key in held:
                continue
            if len(held) >= self._limit:
                self._report.problems.append(tag_limit_problem(self._report, row[1], name, self._limit))
                continue
            held.add(key)
            fitting.append(tag)
        return fitting

    def _wish_tags(self, row: _Row, person: int, held: set[str]) -> list[int]:
        if not row[3]:
            return []
        wished = self._changes.wishes_of(person)
        held.update(self._tag_names[tag][1] for tag in wished)
        added = self._fitting(row, held)
        self._changes.wish(person, added, row[1])
        return added

    def _remember(self, candidate: Candidate) -> None:
        for place, key in enumerate(candidate.keys):
            if key is not None:
                others = [other for other in self._known.get((place, key), []) if other[:2] != candidate[:2]]
                self._known[place, key] = [*others, candidate]

    def _write_fresh(self) -> None:
        """New people as they are after all rows about them."""
        self._staging.replace_people(
            (
                seq,
                folded(values["name"], values["line_name"], values["note"]),
                self._fresh_tags[seq],
                [values[field] for field in PERSON_FIELDS],
            )
            for seq, values in self._fresh.items()
            if seq in self._fresh_tags
        )
        self._staging.db.many(
            "UPDATE incoming SET line_user_id = NULL WHERE seq = ?",
            [(seq,) for seq in self._fresh if seq not in self._fresh_tags],
        )

    def _ambiguous(self, candidates: Sequence[Candidate]) -> Message:
        named = "、".join(
            c.keys.member_no or c.keys.phone or c.keys.email or f"#{c.id}" for c in candidates[:5]
        )
        return message("importing.skipped.ambiguous", n=len(candidates), candidates=named)


class _Changes:
    """What the rows so far change in people of the shop; written down after each chunk, so that a file which changes everybody
    fits into memory."""

    def __init__(self, staging: Staging) -> None:
        self._staging = staging
        self._updates: dict[int, tuple[dict[str, Any], dict[str, Any]]] = {}
        self._wishes: dict[int, list[tuple[int, int]]] = {}
        self._written: set[int] = set()
        self._wishing: set[int] = set()

    def of(self, person: int) -> tuple[dict[str, Any], dict[str, Any]]:
        """The fields changed in a person: (before, after)."""
        if person in self._updates:
            return self._updates[person]
        return self._staging.update_of(person) if person in self._written else ({}, {})

    def keep(self, person: int, before: dict[str, Any], after: dict[str, Any]) -> None:
        """Replace what is kept of a person."""
        self._updates[person] = before, after

    def wishes_of(self, person: int) -> list[int]:
        """The tags a person is to get."""
        written = self._staging.wishes_of(person) if person in self._wishing else []
        return written + [tag for tag, _ in self._wishes.get(person, ())]

    def wish(self, person: int, tags: Sequence[int], row: int) -> None:
        """Add to the tags a person is to get."""
        if tags:
            self._wishes.setdefault(person, []).extend((tag, row) for tag in tags)

    def write(self) -> None:
        """Hand everything to the staging database."""
        wishes = []
        for person, wished in self._wishes.items():
            first = len(self._staging.wishes_of(person)) if person in self._wishing else 0
            wishes += [(person, tag, first + place, row) for place, (tag, row) in enumerate(wished)]
        self._staging.write_updates(self._updates)
        self._staging.write_wishes(wishes)
        self._written.update(self._updates)
        self._wishing.update(self._wishes)
        self._updates.clear()
        self._wishes.clear()


def _keys(row: _Row) -> Keys:
    return Keys(*[row[place] for place in _KEY_PLACES])


def _keys_of(values: dict[str, Any]) -> Keys:
    return Keys(values["member_no"], values["line_user_id"], values["phone"], values["email"])
