"""Who is to be erased: her row or what is left of it in the history, those merged into her, and every number and name she
ever had."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from desktop.store.database import Database
from desktop.store.people_lifecycle.erasing.scrubbing import Needles
from desktop.store.people_lifecycle.merge_rules import IDENTITIES

_OWN_COLUMNS = (*IDENTITIES, "name", "line_name", "birthday", "note", "extra")
_NAMES = ("name", "line_name")


@dataclass(slots=True)
class Subject:
    """A person with all her traces.

    Args:
        ids: her row's number, and those of people merged into her.
        identities: (key, value) she answers to now, those of people merged into her too.
        past: (column, value) of everything she ever was in the history, ``identities`` included.
        shared: identities and names that another living person has as well: they stay where they are his.
        known: whether there is, or was, such a person at all.
        name_is_a_word: her name or member number is also a word of the owner's (a tag, a kind of coffee): where it does not
            stand for her it stays.
    """

    ids: set[int]
    identities: set[tuple[str, str]] = field(default_factory=set)
    past: set[tuple[str, str]] = field(default_factory=set)
    shared: set[tuple[str, str]] = field(default_factory=set)
    known: bool = False
    name_is_a_word: bool = False

    @property
    def own_identities(self) -> list[tuple[str, str]]:
        """The identities nobody else has."""
        return sorted(self.identities - self.shared)

    @property
    def user_ids(self) -> list[str]:
        """Every LINE user ID she ever had."""
        return sorted(value for key, value in self.past if key == "line_user_id")

    @property
    def display_name(self) -> str:
        """How she is called, to be typed in before she is erased; "" if she has no name."""
        named = {key: value for key, value in sorted(self.past) if key in _NAMES}
        return named.get("name") or named.get("line_name") or ""

    def needles(self, *, shared_too: bool = False) -> Needles:
        """The texts that tell of her; with ``shared_too`` also those that tell of somebody else as well."""
        told = self.past if shared_too else self.past - self.shared
        if self.name_is_a_word and not shared_too:
            told = {one for one in told if one[0] not in (*_NAMES, "member_no")}
        return Needles(
            names=[value for key, value in told if key in _NAMES],
            phones=[value for key, value in told if key == "phone"],
            words=[value for key, value in told if key in ("member_no", "line_user_id", "email")],
            texts=[value for key, value in told if key in ("note", "birthday", "extra")],
        )


def find(db: Database, person: int) -> Subject:
    """Everything that is known of a person, alive in the list or deleted from it."""
    subject = Subject(_with_merged(db, person))
    ids = json.dumps(sorted(subject.ids))
    living = f"SELECT {', '.join(_OWN_COLUMNS)} FROM person WHERE id IN (SELECT value FROM json_each(?))"
    for row in db.all(living, (ids,)):
        subject.known = True
        _learn(subject, dict(zip(_OWN_COLUMNS, row, strict=True)), now=True)
    for before, after in db.all(
        "SELECT before, after FROM row_change WHERE tbl = 'person' AND row_id IN (SELECT value FROM json_each(?))",
        (ids,),
    ):
        for image in (before, after):
            if image:
                # A whole image is the last that is known of somebody who was deleted or merged into her.
                _learn(subject, json.loads(image), now=before is None or after is None)
    _learn_kept(db, subject, ids)
    _find_shared(db, subject, ids)
    subject.known |= bool(subject.past)
    return subject


def _with_merged(db: Database, person: int) -> set[int]:
    """Her number and those of people merged into her, and into them, who are not in the list by themselves."""
    if not _has(db, "merged_person"):
        return {person}
    return set(
        db.column(
            "WITH RECURSIVE hers (id) AS (SELECT ?1 UNION SELECT m.person_id FROM merged_person m JOIN hers h"
            " ON m.keep = h.id WHERE m.person_id NOT IN (SELECT id FROM person)) SELECT id FROM hers",
            (person,),
        )
    )


def _learn(subject: Subject, fields: dict[str, Any], *, now: bool) -> None:
    for column in _OWN_COLUMNS:
        value = fields.get(column)
        if not value:
            continue
        if column == "extra":
            subject.past.update(("extra", str(text)) for text in json.loads(value).values() if text)
        elif column == "note":
            subject.past.update(("note", line) for line in (value, *value.splitlines()) if line.strip())
        else:
            subject.past.add((column, value))
            if now and column in IDENTITIES:
                subject.identities.add((column, value))


def _learn_kept(db: Database, subject: Subject, ids: str) -> None:
    """What was noted when she was deleted or merged."""
    if not _has(db, "deleted_person"):
        subject.past |= subject.identities
        return
    for key, value in db.all(
        "SELECT o.key, o.value FROM other_identity o JOIN step s ON s.id = o.step_id AND s.state = 'done'"
        " WHERE o.person_id IN (SELECT value FROM json_each(?))",
        (ids,),
    ):
        subject.identities.add((key, value))
    columns = ("name", *IDENTITIES)
    for row in db.all(
        f"SELECT {', '.join(columns)} FROM deleted_person WHERE person_id IN (SELECT value FROM json_each(?))",
        (ids,),
    ):
        for column, value in zip(columns, row, strict=True):
            if value:
                subject.past.add((column, value))
                if column in IDENTITIES:
                    subject.identities.add((column, value))
    subject.past |= subject.identities


def _has(db: Database, table: str) -> bool:
    """Whether this file has a table; backups may be of an older layout."""
    return db.value("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", (table,)) is not None


def _find_shared(db: Database, subject: Subject, ids: str) -> None:
    for column in (*IDENTITIES, *_NAMES, "birthday", "note"):
        values = sorted(value for key, value in subject.past if key == column)
        same = ("name", "line_name") if column in _NAMES else (column,)
        for found in same:
            subject.shared.update(
                (column, value)
                for value in db.column(
                    f"SELECT DISTINCT {found} FROM person WHERE {found} IN (SELECT value FROM json_each(?))"
                    " AND id NOT IN (SELECT value FROM json_each(?))",
                    (json.dumps(values), ids),
                )
            )
