"""Reads the picture of the people from the file, a slice at a time, so that questions never wait for it. SQLite joins each column
of a slice to one text, which is quicker than rows and leaves the window its turn."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import numpy as np

from desktop.store.conditions.terms import FOLDED_LINES
from desktop.store.database import Database
from desktop.store.picture.facets import COMBINED, NOTHING, PLANS, Codes, Facet, FacetPlan, UnfitError, memory
from desktop.store.picture.people import EXACT, SEARCHED, People, Tags
from desktop.store.picture.texts import Texts

SLICE = 2_048
"""People read at once: some ten milliseconds."""

MOST_TEXT_BYTES = 128_000_000
"""Where names, addresses and notes are more than that, they are searched in the file."""

_LINKS = 100_000
"""Tags put on people that are read at once."""

_MEASURES = ("points", "total")
_TEXTS = (*SEARCHED, "phone")
_JOINED = "CAST(group_concat(coalesce({}, {}), char(30)) AS BLOB)"


def read(db: Database) -> Generator[None, None, People]:
    """The picture of the file as it is now; returns it after the last slice. The file must not change meanwhile.

    Raises:
        UnfitError: if the rows cannot be kept so.
    """
    reader = _Reader(db)
    while reader.read_slice():
        yield
    for one in reader.texts.values():
        one.settle()
        yield
    ids = reader.joined("id", np.int64)
    tables = memory()
    facets = {
        name: Facet.of(plan, reader.codes[name], reader.joined(name, np.uint16), tables, name)
        for name, plan in reader.plans.items()
    }
    yield
    for name, parts in COMBINED.items():
        known = [facets[part] for part in parts if part in facets]
        combined = Facet.combined(known, tables, name) if len(known) == len(parts) else None
        if combined is not None:
            facets[name] = combined
    yield
    measures = {name: _exact(reader.joined(name, np.float64)) for name in _MEASURES}
    yield
    tags = yield from _read_tags(db, ids)
    merged = db.value("SELECT EXISTS (SELECT 1 FROM other_identity)") == 1
    exact = {name: numbers for name, numbers in measures.items() if numbers is not None}
    return People(ids, facets, exact, reader.texts, tags, merged)


class _Reader:
    """Reads people slice by slice; a facet of too many different values is given up on the way."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._last = -(2**63)
        self._people = 0
        self._parts: dict[str, list[Any]] = {name: [] for name in ("id", *PLANS, *_MEASURES)}
        self.plans: dict[str, FacetPlan] = dict(PLANS)
        self.codes = {name: Codes() for name in PLANS}
        self.texts = {name: Texts() for name in _TEXTS}

    def read_slice(self) -> bool:
        """Read the next people; whether there were any."""
        behind = self._db.value(
            "SELECT max(id) FROM (SELECT id FROM person WHERE id > ? ORDER BY id LIMIT ?)",
            (self._last, SLICE),
        )
        if behind is None:
            return False
        bounds = (self._last, behind)
        ids, columns = self._columns(bounds)
        for name in list(self.plans):
            try:
                self._parts[name].append(self.codes[name].of(columns[name], len(ids)))
            except UnfitError:
                del self.plans[name], self.codes[name], self._parts[name]
        if sum(texts.size for texts in self.texts.values()) > MOST_TEXT_BYTES:
            self.texts.clear()
        for name, texts in self.texts.items():
            if not texts.add(columns[f"text {name}"], self._people, len(ids)):
                raise UnfitError(f"signs of no text in {name}")
        self._parts["id"].append(ids)
        self._read_measures(bounds, len(ids))
        self._last = behind
        self._people += len(ids)
        return True

    def joined(self, name: str, kind: Any) -> Any:
        """Everybody's values of a column; they are given away."""
        parts = self._parts.pop(name)
        return np.concatenate(parts) if parts else np.empty(0, dtype=kind)

    def _columns(self, bounds: tuple[int, int]) -> tuple[Any, dict[str, bytes | None]]:
        """The ids of a slice, and its columns joined, None for one that holds nothing."""
        wanted = {name: (plan.expression, f"char({ord(NOTHING)})") for name, plan in self.plans.items()}
        wanted |= {f"text {name}": (_text(name), "''") for name in self.texts}
        everybody = {name for name, plan in self.plans.items() if plan.everybody}
        people = "FROM person p NOT INDEXED WHERE p.id > ? AND p.id <= ?"
        broken = "max(length(p.folded) - length(replace(p.folded, char(10), '')) < 2)"
        filled = ", ".join("1" if name in everybody else f"count({wanted[name][0]})" for name in wanted)
        is_broken, *counts = self._db.row(f"SELECT {broken}, {filled} {people}", bounds) or (1,)
        if is_broken:
            raise UnfitError("folded text without its lines")
        there = [name for name, count in zip(wanted, counts, strict=True) if count]
        joined = ", ".join(
            ["CAST(group_concat(p.id) AS BLOB)", *(_JOINED.format(*wanted[name]) for name in there)]
        )
        first, *found = self._db.row(f"SELECT {joined} {people}", bounds) or (b"",)
        ids = _numbers(first)
        if (np.diff(ids) <= 0).any():
            raise UnfitError("people out of order")
        return ids, {**dict.fromkeys(wanted), **dict(zip(there, found, strict=True))}

    def _read_measures(self, bounds: tuple[int, int], count: int) -> None:
        for name in _MEASURES:
            # Joined to a text they would lose their last digits.
            column = self._db.column(
                f"SELECT p.{name} FROM person p WHERE p.id > ? AND p.id <= ? ORDER BY p.id", bounds
            )
            if not set(map(type, column)) <= {int, float, type(None)} or len(column) != count:
                raise UnfitError("a number that is a text")
            self._parts[name].append(np.array(column, dtype=np.float64))


def _text(name: str) -> str:
    if name not in FOLDED_LINES:
        return f"p.{name}"
    return f"CASE WHEN p.folded IS NULL THEN p.{name} ELSE {FOLDED_LINES[name]} END"


def _read_tags(db: Database, ids: Any) -> Generator[None, None, Tags]:
    numbers = {str(key): int(number) for number, key in db.all("SELECT id, key FROM tag")}
    people: list[Any] = []
    ends: dict[int, int] = {}
    last, count = (-1, -1), 0
    while True:
        next_ones = (
            "SELECT tag_id, person_id FROM person_tag WHERE (tag_id, person_id) > (?, ?)"
            " ORDER BY tag_id, person_id LIMIT ?"
        )
        rows = db.all(
            f"SELECT tag_id, CAST(group_concat(person_id) AS BLOB) FROM ({next_ones}) GROUP BY tag_id ORDER BY tag_id",
            (*last, _LINKS),
        )
        if not rows:
            break
        for tag, joined in rows:
            people.append(np.sort(_numbers(joined)))
            count += len(people[-1])
            ends[tag] = count
        last = (rows[-1][0], int(people[-1][-1]))
        yield
    holders = np.concatenate(people) if people else np.empty(0, dtype=np.int64)
    places = np.searchsorted(ids, holders)
    if len(holders) and (places.max() >= len(ids) or (ids[places] != holders).any()):
        raise UnfitError("a tag on nobody")
    begins = [0, *ends.values()]
    spans = {tag: (begin, end) for begin, (tag, end) in zip(begins, ends.items(), strict=False)}
    return Tags(places.astype(np.uint32), spans, numbers)


def _numbers(joined: bytes) -> Any:
    return np.fromstring(joined, dtype=np.int64, sep=",")


def _exact(numbers: Any) -> Any:
    """The numbers, or None where a float cannot stand for one of them."""
    known = numbers[~np.isnan(numbers)]
    if not len(known):
        return np.broadcast_to(np.float64(np.nan), len(numbers))
    return numbers if np.abs(known).max() < EXACT else None
