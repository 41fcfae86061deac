"""Goes through the staged rows in the order of the file and decides for each whom it is about and what it
changes: somebody of the shop, somebody an earlier row brought, or a new person. Only rows that share a
key with another row are remembered."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop.core.job import JobContext
from desktop.core.message import Message, message
from desktop.core.people.search_text import folded
from desktop.importer.checking.matching import Candidate, Keys, Match, match
from desktop.importer.checking.merging import changes
from desktop.importer.checking.policy import AS_USUAL, Policy
from desktop.importer.checking.report import Report, Skipped
from desktop.importer.checking.row_keys import SharedKeys
from desktop.importer.checking.staged_rows import taken_problem
from desktop.importer.checking.tagging.fitting import TagFitting
from desktop.importer.checking.who.candidates import Found, ShopCandidates
from desktop.importer.checking.who.evidence import Doubts
from desktop.importer.checking.who.number_series import NumberSeries
from desktop.importer.checking.who.pending import PendingChanges
from desktop.importer.checking.who.remembered import Remembered
from desktop.store.imports.staging import PERSON_FIELDS, SKIPPED, UNCHANGED, UPDATED, Staging

_CHUNK = 2_000
_HEAD = 4
_KEY_PLACES = tuple(_HEAD + PERSON_FIELDS.index(key) for key in Keys._fields)
"""Where a staged row (seq, sheet row, folded, tags, *PERSON_FIELDS) has its keys."""
_Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of the rows besides what stands in the staging database.

    Args:
        policy: what the import may do.
        shared: the keys that several rows of the file share.
        tag_limit: tags one person can have.
        called: rows (sequence number) known by a name only → everybody in the shop who has it.
        spared: row of the sheet → columns whose cell there is not blank but unusable.
    """

    shared: SharedKeys
    tag_limit: int
    policy: Policy = AS_USUAL
    called: Mapping[int, Sequence[int]] = field(default_factory=dict)
    spared: Mapping[int, frozenset[str]] = field(default_factory=dict)


class PeopleMatching:
    """Decides the fate of every staged row.

    Args:
        told: the policy and what is known of the rows.
        report: gets the skipped rows, problems and doubts.
    """

    def __init__(self, staging: Staging, told: Told, report: Report, job: JobContext) -> None:
        self._staging = staging
        self._told = told
        self._policy = told.policy
        self._report = report
        self._job = job
        self._with_shop = staging.identities.anybody
        self._series = NumberSeries(told.policy.number_series)
        self._in_shop = ShopCandidates(staging.identities, self._series)
        self._doubts = Doubts(report, staging.different_people())
        self._remembered = Remembered(staging.identities)
        self._tags = TagFitting(staging, told.tag_limit, report)
        self._fresh: dict[int, dict[str, Any]] = {}
        self._fresh_tags: dict[int, list[int]] = {}
        self._current: dict[int, dict[str, Any]] = {}
        self._held: dict[int, set[str]] = {}
        self._changes = PendingChanges(staging)
        self._stated: dict[tuple[bool, int], str] = {}
        self._fates: list[tuple[int, int, int | None]] = []
        self._replacing: list[tuple[int, int, int, str | None]] = []

    def run(self, numbers: Sequence[int]) -> None:
        """Decide the rows of these sequence numbers, in order; the results stand in the staging database."""
        with self._staging.db.transaction():
            for start in range(0, len(numbers), _CHUNK):
                self._job.raise_if_cancelled()
                self._job.report(start, len(numbers), message("importing.matching"))
                self._decide_chunk(self._staging.rows_at(numbers[start : start + _CHUNK]))
            self._changes.settle()
            self._write_fresh()

    def _decide_chunk(self, rows: Sequence[_Row]) -> None:
        in_shop = self._in_shop.find([_keys(row) for row in rows]) if self._with_shop else {}
        people = {candidate.id for found in in_shop.values() for candidate in found}
        people.update(person for row in rows for person in self._told.called.get(row[0], ()))
        self._current, self._held = {}, {}
        self._load(list(people))
        for row in rows:
            self._settle(row, self._match(row, in_shop))
        self._staging.add_fates(self._fates)
        self._fates.clear()
        self._staging.add_replacing_rows(self._replacing)
        self._replacing.clear()
        self._changes.write()

    def _load(self, people: Sequence[int]) -> None:
        self._current |= self._staging.current(people)
        if self._tags.names:
            self._held |= self._staging.held_tags(people)

    def _match(self, row: _Row, in_shop: Found) -> Match:
        keys = _keys(row)
        if not any(keys):
            return self._called(row)
        found = self._remembered.found(keys, in_shop)
        by_keys = match(keys, found)
        decision = self._policy.decisions.get(row[1])
        if decision is None or decision == "skip":
            return by_keys
        return _decided(decision, by_keys, [candidate for others in found for candidate in others])

    def _called(self, row: _Row) -> Match:
        """Whom a row is about that tells nothing but a name."""
        people = [
            Candidate(False, person, _keys_of(self._current[person]))
            for person in self._told.called.get(row[0], ())
        ]
        if len(people) == 1:
            return Match(people[0])
        found = Match(ambiguous=tuple(people))
        decision = self._policy.decisions.get(row[1], "")
        return _decided(decision, found, people) if decision.startswith("person:") else found

    def _settle(self, row: _Row, found: Match) -> None:
        seq, number = row[0], row[1]
        if self._policy.decisions.get(number) == "skip":
            self._skip(row, message("importing.skipped.decided"))
        elif found.ambiguous:
            told = {**_values(row), "sheet_row": number}
            people = {one: self._columns_of(one) for one in found.ambiguous}
            self._skip(row, self._doubts.ambiguous(number, told, found, people))
        elif found.target is None:
            self._bring(row, found)
        elif found.target.new:
            self._merge_fresh(row, found.target.id)
        elif (erased := self._in_shop.of_somebody_erased(_keys(row), found.target)) is not None:
            self._skip(row, erased)
        elif not self._policy.updates:
            self._fates.append((seq, UNCHANGED, found.target.id))
        else:
            self._update(row, found.target)

    def _columns_of(self, candidate: Candidate) -> Mapping[str, Any]:
        if candidate.new:
            return self._fresh[candidate.id]
        if candidate.id not in self._current:
            self._load([candidate.id])
        return self._current[candidate.id] | self._changes.of(candidate.id)[1]

    def _skip(self, row: _Row, reason: Message) -> None:
        self._report.skipped.append(Skipped(self._report.sheet, row[1], reason))
        self._fates.append((row[0], SKIPPED, None))

    def _bring(self, row: _Row, found: Match) -> None:
        """A row that leads to nobody brings a new person, if it may."""
        keys = _keys(row)
        gone = self._in_shop.gone(keys) if self._with_shop else None
        if gone is not None:
            self._skip(row, gone)
        elif not any(keys):
            self._skip(row, message("importing.skipped.unknown_name"))
        elif not self._policy.creates:
            self._skip(row, message("importing.skipped.only_update"))
        else:
            self._add_fresh(row, found)

    def _add_fresh(self, row: _Row, found: Match) -> None:
        seq, number = row[0], row[1]
        values = {**_values(row), "sheet_row": number}
        if found.similar:
            people = {other: self._columns_of(other) for other in found.similar}
            self._doubts.similar(number, values, found.similar, people)
        for column in ("member_no", "line_user_id"):
            value = values[column]
            if value is not None and found.similar and self._remembered.is_taken(column, value, (True, seq)):
                self._report.problems.append(taken_problem(self._report, number, column, value))
                values[column] = None
                self._fresh[seq] = values
        if _keys(row) in self._told.shared:
            self._fresh[seq] = values
            self._fresh_tags[seq] = _tags(row)
            self._state_user_id((True, seq), values["line_user_id"])
            self._remembered.remember(Candidate(True, seq, _keys_of(values)))

    def _merge_fresh(self, row: _Row, target: int) -> None:
        """A later row of somebody an earlier row of this file brought."""
        values, tags = self._fresh[target], self._fresh_tags[target]
        me = Candidate(True, target, _keys_of(values), self._changes.others_of((True, target)))
        changed = changes(values, _values(row), self._policy.keeping(), also=me.also)
        self._drop_taken(changed, row[1], me)
        also = self._second_user_id(changed, me)
        values.update(changed)
        added = self._tags.fitting(row[1], _tags(row), self._tags.keys(tags))
        tags.extend(added)
        self._remembered.remember(Candidate(True, target, _keys_of(values), also))
        self._fates.append((row[0], UPDATED if changed or added or also != me.also else UNCHANGED, None))

    def _update(self, row: _Row, target: Candidate) -> None:
        person = target.id
        if person not in self._current:
            self._load([person])
        current, held = self._current[person], self._held.setdefault(person, set())
        before, after = self._changes.of(person)
        now = current | after
        also = known = target.also | self._changes.others_of((False, person))
        incoming = _values(row)
        keys = _keys(row)
        if not any(keys):
            del incoming["name"]
        number = incoming.get("member_no")
        if self._series and number is not None:
            del incoming["member_no"]
            also = self._number_of_series(number, (False, person), also)
        spared = self._told.spared.get(row[1], frozenset())
        changed = changes(now, incoming, self._policy, spared=spared, also=also)
        me = Candidate(False, person, self._series.of_person(_keys_of(now), also), also)
        self._drop_taken(changed, row[1], me)
        also = self._second_user_id(changed, me)
        if keys in self._told.shared:
            self._state_user_id((False, person), keys.line_user_id)
        now |= changed
        if changed:
            if changed.keys() & {"name", "line_name", "note"}:
                changed["folded"] = folded(now["name"], now["line_name"], now["note"])
            before = {column: current[column] for column in changed} | before
            self._changes.keep(person, before, after | changed)
        added = self._wish_tags(row, person, held)
        if self._policy.replaces_tags:
            self._replacing.append((row[0], person, row[1], row[3]))
        fate = UPDATED if changed or added or also != known else UNCHANGED
        self._fates.append((row[0], fate, person))
        if changed and not added and also == known:
            self._changes.only_fields(person, row[0])
        if keys in self._told.shared:
            keys = self._series.of_person(_keys_of(now), also)
            self._remembered.remember(Candidate(False, person, keys, also))

    def _number_of_series(
        self, number: str, who: tuple[bool, int], also: frozenset[tuple[str, str]]
    ) -> frozenset[tuple[str, str]]:
        """A person's number in another system is one more identity of hers."""
        if ("member_no", number) not in also:
            self._changes.answer_to(who, "member_no", number)
        return also | {("member_no", number)}

    def _state_user_id(self, who: tuple[bool, int], user_id: str | None) -> None:
        if user_id is not None:
            self._stated.setdefault(who, user_id)

    def _second_user_id(self, changed: dict[str, Any], me: Candidate) -> frozenset[tuple[str, str]]:
        """A user ID beside the one that an earlier row of this file told of the same person: she answers to both; returns all
        further identities she has then."""
        value = changed.get("line_user_id")
        stated = self._stated.get(me[:2])
        if value is None or stated is None or stated != me.keys.line_user_id:
            return me.also
        del changed["line_user_id"]
        self._changes.answer_to(me[:2], "line_user_id", value)
        return me.also | {("line_user_id", value)}

    def _drop_taken(self, changed: dict[str, Any], row: int, me: Candidate) -> None:
        """A unique number that belongs to somebody else costs its cell."""
        for column in ("member_no", "line_user_id"):
            value = changed.get(column)
            if value is not None and self._remembered.is_taken(column, value, me[:2]):
                self._report.problems.append(taken_problem(self._report, row, column, value))
                del changed[column]

    def _wish_tags(self, row: _Row, person: int, held: set[str]) -> list[int]:
        if not row[3] or self._policy.replaces_tags:
            return []
        wished = self._changes.wishes_of(person)
        held.update(self._tags.keys(wished))
        added = self._tags.fitting(row[1], _tags(row), held)
        self._changes.wish(person, added, row[1])
        return added

    def _write_fresh(self) -> None:
        """New people as they are after all rows about them."""
        self._staging.replace_people(
            (
                seq,
                folded(values["name"], values["line_name"], values["note"]),
                self._fresh_tags[seq],
                [values[column] for column in PERSON_FIELDS],
            )
            for seq, values in self._fresh.items()
            if seq in self._fresh_tags
        )
        self._staging.db.many(
            "UPDATE incoming SET member_no = ?, line_user_id = ? WHERE seq = ?",
            [
                (values["member_no"], values["line_user_id"], seq)
                for seq, values in self._fresh.items()
                if seq not in self._fresh_tags
            ],
        )


def _decided(decision: str, found: Match, candidates: Sequence[Candidate]) -> Match:
    """What the owner decided about a row, among those it may be about."""
    if decision == "new":
        others = {candidate[:2]: candidate for candidate in candidates}
        return Match(similar=tuple(others.values()))
    for candidate in candidates:
        if not candidate.new and decision == f"person:{candidate.id}":
            return Match(candidate)
    return found


def _tags(row: _Row) -> list[int]:
    return json.loads(row[3]) if row[3] else []


def _values(row: _Row) -> dict[str, Any]:
    return dict(zip(PERSON_FIELDS, row[_HEAD:], strict=True))


def _keys(row: _Row) -> Keys:
    return Keys(*[row[place] for place in _KEY_PLACES])


def _keys_of(values: Mapping[str, Any]) -> Keys:
    return Keys(values["member_no"], values["line_user_id"], values["phone"], values["email"])
