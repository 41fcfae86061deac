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
    reader.end()
    tables = memory()
    facets = {
        name: Facet.of(plan, reader.values[name], reader.codes[name], tables, name)
        for name, plan in reader.plans.items()
    }
    yield
    for name, parts in COMBINED.items():
        known = [facets[part] for part in parts if part in facets]
        combined = Facet.combined(known, tables, name) if len(known) == len(parts) else None
        if combined is not None:
            facets[name] = combined
    yield
    measures = {name: _exact(numbers) for name, numbers in reader.measures.items()}
    yield
    tags = yield from _read_tags(db, reader.ids)
    merged = db.value("SELECT EXISTS (SELECT 1 FROM other_identity)") == 1
    exact = {name: numbers for name, numbers in measures.items() if numbers is not None}
    return People(reader.ids, facets, exact, reader.texts, tags, merged)


class _Reader:
    """Reads people slice by slice; a facet of too many different values is given up on the way."""

    def __init__(self, db: Database) -> None:
        people = db.value("SELECT count(*) FROM person")
        self._db = db
        self._last = -(2**63)
        self._read = 0
        self.ids = np.empty(people, dtype=np.int64)
        self.plans: dict[str, FacetPlan] = dict(PLANS)
        self.values = {name: Codes() for name in PLANS}
        self.codes = {name: np.empty(people, dtype=np.uint16) for name in PLANS}
        self.measures = {name: np.empty(people, dtype=np.float64) for name in _MEASURES}
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
        here = slice(self._read, self._read + len(ids))
        if here.stop > len(self.ids):
            raise UnfitError("more people than there were")
        self.ids[here] = ids
        for name in list(self.plans):
            try:
                self.codes[name][here] = self.values[name].of(columns[name], len(ids))
            except UnfitError:
                del self.plans[name], self.values[name], self.codes[name]
        if sum(texts.size for texts in self.texts.values()) > MOST_TEXT_BYTES:
            self.texts.clear()
        for name, texts in self.texts.items():
            if not texts.add(columns[f"text {name}"], self._read, len(ids)):
                raise UnfitError(f"signs of no text in {name}")
        for name, numbers in self.measures.items():
            numbers[here] = self._measure(name, bounds, len(ids))
        self._last, self._read = behind, here.stop
        return True

    def end(self) -> None:
        """Everybody was read."""
        if self._read != len(self.ids):
            raise UnfitError("fewer people than there were")

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

    def _measure(self, name: str, bounds: tuple[int, int], count: int) -> Any:
        # Joined to a text they would lose their last digits.
        found = self._db.column(
            f"SELECT p.{name} FROM person p WHERE p.id > ? AND p.id <= ? ORDER BY p.id", bounds
        )
        if not set(map(type, found)) <= {int, float, type(None)} or len(found) != count:
            raise UnfitError("a number that is a text")
        return np.array(found, dtype=np.float64)


def _text(name: str) -> str:
    if name not in FOLDED_LINES:
        return f"p.{name}"
    return f"CASE WHEN p.folded IS NULL THEN p.{name} ELSE {FOLDED_LINES[name]} END"


def _read_tags(db: Database, ids: Any) -> Generator[None, None, Tags]:
    numbers = {str(key): int(number) for number, key in db.all("SELECT id, key FROM tag")}
    holders: list[Any] = []
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
            people = np.sort(_numbers(joined))
            holders.append(_places(people, ids))
            count += len(people)
            ends[tag] = count
            last = (tag, int(people[-1]))
        yield
    begins = [0, *ends.values()]
    spans = {tag: (begin, end) for begin, (tag, end) in zip(begins, ends.items(), strict=False)}
    return Tags(np.concatenate(holders) if holders else np.empty(0, dtype=np.uint32), spans, numbers)


def _places(people: Any, ids: Any) -> Any:
    """Where some people stand among all."""
    places = np.searchsorted(ids, people)
    if places[-1] >= len(ids) or (ids[places] != people).any():
        raise UnfitError("a tag on nobody")
    return places.astype(np.uint32)


def _numbers(joined: bytes) -> Any:
    return np.fromstring(joined, dtype=np.int64, sep=",")


def _exact(numbers: Any) -> Any:
    """The numbers, or None where a float cannot stand for one of them."""
    known = numbers[~np.isnan(numbers)]
    if not len(known):
        return np.broadcast_to(np.float64(np.nan), len(numbers))
    return numbers if np.abs(known).max() < EXACT else None
