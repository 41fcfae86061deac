"""Columns of few different values: each person carries the number of her value, and a condition on the column is put, as the
very SQL it is, to a small table of the values."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlcipher3 import dbapi2 as sqlite

from desktop.store.conditions.values import Sql

MOST_VALUES = 65_536
"""As many different values two bytes can tell apart."""

MOST_COMBINATIONS = 4_000_000
"""As many combinations of facets are looked for among the people."""

SEPARATOR, NOTHING = "\x1e", "\x1f"
"""Between the values of a column, and in the place of a missing one."""

_KEYS = ("line_user_id", "member_no", "phone", "email", "friend_at")
_ANSWERS = ("consent", "blocked", "do_not_send", "friend")
_PRESENT = {"1": "x", "0": "", "-": None}


class UnfitError(Exception):
    """The rows hold something that cannot be kept in a picture, which the file can answer all the same."""


@dataclass(frozen=True, slots=True)
class FacetPlan:
    """Where a facet comes from: SQL on ``person p`` that says a person's value, the columns a condition may name and their
    types, what they hold for a value, and whether everybody has one."""

    expression: str
    columns: tuple[tuple[str, str], ...]
    decoded: Callable[[Any], tuple[Any, ...]] = lambda value: (value,)
    everybody: bool = False


def _states(value: str) -> tuple[Any, ...]:
    answers = value[len(_KEYS) :]
    if len(answers) != len(_ANSWERS) or not set(answers) <= {"0", "1", "-"}:
        raise UnfitError("an answer that is neither yes nor no")
    keys = (_PRESENT[sign] for sign in value[: len(_KEYS)])
    return (*keys, *(None if sign == "-" else int(sign) for sign in answers))


def _column(name: str, kind: str = "TEXT") -> FacetPlan:
    return FacetPlan(f"p.{name}", ((name, kind),))


def _day(name: str) -> FacetPlan:
    """Conditions compare moments with days only, for which their first ten characters are enough."""
    return FacetPlan(f"substr(p.{name}, 1, 10)", ((name, "TEXT"),))


STATES = "states"
PLANS: dict[str, FacetPlan] = {
    STATES: FacetPlan(
        " || ".join(
            [
                *(f"coalesce(p.{name} <> '', '-')" for name in _KEYS),
                *(f"ifnull(p.{name}, '-')" for name in _ANSWERS),
            ]
        ),
        (*((name, "TEXT") for name in _KEYS), *((name, "INTEGER") for name in _ANSWERS)),
        _states,
        everybody=True,
    ),
    **{name: _column(name) for name in ("gender", "level", "store", "source", "birthday")},
    **{name: _day(name) for name in ("friend_at", "joined_at", "bound_at", "first_order", "last_order")},
    **{name: _column(name, "INTEGER") for name in ("orders", "order_days")},
}
"""The facets, by name. ``states`` holds what the questions for friends, members, consent and reach come from; of the keys it
knows only whether they are there."""

COMBINED = {"nasl": ("last_order", "orders", "order_days")}
"""Facets made of others: what the class of a customer comes from."""

Codings = np.ndarray[Any, np.dtype[np.uint16]]


class Codes(dict[bytes, int]):
    """Numbers for values, as UTF-8, given as they are met."""

    def __missing__(self, value: bytes) -> int:
        if len(self) == MOST_VALUES:
            raise UnfitError("too many different values")
        self[value] = code = len(self)
        return code

    def of(self, joined: bytes | None, count: int) -> Codings:
        """The numbers of so many values with SEPARATOR between them; None: all are missing."""
        if joined is None:
            return np.full(count, self[NOTHING.encode()], dtype=np.uint16)
        codes = np.frombuffer(
            array("H", map(self.__getitem__, joined.split(SEPARATOR.encode()))), dtype=np.uint16
        )
        if len(codes) != count:
            raise UnfitError("a value with the separator in it")
        return codes


class Facet:
    """One facet of all people.

    Args:
        columns: the columns a condition may name, and their types.
        values: what these hold, by the numbers of the values.
        codes: the number of each person's value, in the order of the people.
        tables: the memory in which the values' tables stand.
        name: its own.
    """

    def __init__(
        self,
        columns: Sequence[tuple[str, str]],
        values: Sequence[tuple[Any, ...]],
        codes: np.ndarray[Any, Any],
        tables: Any,
        name: str,
    ) -> None:
        self.codes = _narrow(codes, len(values))
        self.values = values
        self.typed = columns
        self.columns = frozenset(column for column, _ in columns)
        self._tables = tables
        self._table = f"facet_{name}"
        typed = ", ".join(f"{column} {kind}" for column, kind in columns)
        tables.execute(f"CREATE TABLE {self._table} (code INTEGER PRIMARY KEY, {typed})")
        places = ", ".join("?" * (len(columns) + 1))
        rows = ((code, *value) for code, value in enumerate(values))
        tables.executemany(f"INSERT INTO {self._table} VALUES ({places})", rows)

    @classmethod
    def of(cls, plan: FacetPlan, values: Codes, codes: Codings, tables: Any, name: str) -> Facet:
        """A facet as its plan read it."""
        known = (None if value == NOTHING.encode() else value.decode() for value in values)
        return cls(plan.columns, [plan.decoded(value) for value in known], codes, tables, name)

    @classmethod
    def combined(cls, parts: Sequence[Facet], tables: Any, name: str) -> Facet | None:
        """One facet of the combinations that people have of several facets; None where they may be too many."""
        sizes = [len(part.values) for part in parts]
        if math.prod(sizes) > MOST_COMBINATIONS:
            return None
        keys = np.zeros(len(parts[0].codes), dtype=np.int64)
        for part, size in zip(parts, sizes, strict=True):
            keys = keys * size + part.codes
        there = np.zeros(math.prod(sizes), dtype=bool)
        there[keys] = True
        numbers = np.flatnonzero(there)
        if len(numbers) > MOST_VALUES:
            return None
        codes = (np.cumsum(there, dtype=np.int32) - 1)[keys].astype(np.uint16)
        places = np.unravel_index(numbers, sizes) if len(numbers) else [numbers] * len(sizes)
        values = [
            tuple(value for part, code in zip(parts, row, strict=True) for value in part.values[code])
            for row in zip(*(place.tolist() for place in places), strict=True)
        ]
        return cls([column for part in parts for column in part.typed], values, codes, tables, name)

    @property
    def size(self) -> int:
        """The bytes the codes take."""
        return self.codes.nbytes if self.codes.strides[0] else 0

    def people(self, sql: Sql) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Whom an expression on ``person p`` matches that names columns of this facet alone, as one truth for each person."""
        meant = np.zeros(len(self.values) or 1, dtype=bool)
        where = f"SELECT p.code FROM {self._table} p WHERE {sql.where}"
        meant[[code for (code,) in self._tables.execute(where, sql.params)]] = True
        found: np.ndarray[Any, np.dtype[np.bool_]] = meant[self.codes]
        return found

    def ranks(self, rows: np.ndarray[Any, np.dtype[np.int64]]) -> np.ndarray[Any, np.dtype[np.int64]]:
        """The places of some people's values in the order of all values, from 0; -1 without one."""
        order = sorted((value, code) for code, (value,) in enumerate(self.values) if value is not None)
        places = np.full(len(self.values) or 1, -1, dtype=np.int64)
        for place, (_, code) in enumerate(order):
            places[code] = place
        ranks: np.ndarray[Any, np.dtype[np.int64]] = places[self.codes[rows]]
        return ranks


def _narrow(codes: Codings, values: int) -> np.ndarray[Any, Any]:
    """The same numbers in as little memory as their count allows."""
    if values <= 1:
        return np.broadcast_to(np.uint8(0), len(codes))
    return codes.astype(np.uint8) if values <= 256 else codes


def memory() -> Any:
    """A database in memory for the tables of values."""
    return sqlite.connect(":memory:", isolation_level=None)
