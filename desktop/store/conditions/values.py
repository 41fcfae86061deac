"""Text values compared apart from width and case: which of the values a shop has does a query mean? SQLite folds only
ASCII letters, so it finds the candidates and the few of them that matter are folded here."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeAlias
from weakref import WeakKeyDictionary

from desktop.core.figures.nasl import Repurchase
from desktop.core.people.condition import Op, Value
from desktop.core.people.search_text import PLAIN_CHARACTERS, fold
from desktop.store.conditions.spans import DaySpan
from desktop.store.database import Database

ODD = f"*[^{PLAIN_CHARACTERS}]*"
"""GLOB pattern of texts in which folding may change more than ASCII capitals."""

Params: TypeAlias = tuple[str, ...]
_LIST_SIGNS = re.compile(r"[、,;|\n]")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,6})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Source:
    """Where the values of a field lie: an SQL expression, the tables and rows it is read from, its parameters."""

    expression: str
    rows: str = "person p"
    params: Params = ()


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved audience's name and query."""

    name: str
    query: str


Candidates = Callable[[Source, str], Iterable[str]]
"""Gives a source's distinct values that may contain a text, as :func:`comparable` leaves it."""


@dataclass(frozen=True, slots=True)
class QueryContext:
    """What a condition is read against.

    Args:
        now: the shop's local date and time.
        candidates: gives the values the shop has in a field.
        zone: the shop's zone, IANA name.
        country: ISO code of the country whose phones are written without a calling code.
        repurchase: gives the shop's repurchase cycle, None where it is not known.
        audiences: gives the saved audiences by their keys.
        imports: gives the imports that are done, as (step, file name).
        inside: the keys of the audiences whose conditions are just being read, outermost first.
    """

    now: datetime
    candidates: Candidates
    zone: str = "Asia/Taipei"
    country: str = "TW"
    repurchase: Callable[[], Repurchase | None] = lambda: None
    audiences: Callable[[], Mapping[str, Saved]] = dict
    imports: Callable[[], Sequence[tuple[int, str]]] = tuple
    inside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL and the values of its question marks, in order."""

    where: str
    params: list[Any] = field(default_factory=list)


KEPT_VALUES = 2_000
"""A field with at most so many different values has them kept in memory until the shop's data change."""

_Stamp: TypeAlias = tuple[int, int]
_kept: WeakKeyDictionary[Database, tuple[_Stamp, dict[Source, list[str] | None]]] = WeakKeyDictionary()


def candidates_in(db: Database) -> Candidates:
    """The candidates that a shop's own rows hold; to be asked in the connection's thread."""

    def found(source: Source, needle: str) -> list[str]:
        few = _few_values(db, source)
        return _values_like(db, source, needle) if few is None else few

    return found


def let_go(db: Database) -> None:
    """Drop the values kept of a state that has passed: somebody who was erased may have had one."""
    kept = _kept.get(db)
    if kept is not None and kept[0] != _stamp(db):
        del _kept[db]


def _stamp(db: Database) -> _Stamp:
    return db.value("PRAGMA data_version"), db.connection.total_changes


def _few_values(db: Database, source: Source) -> list[str] | None:
    """All values of a field, or None if they are many."""
    if db.connection.in_transaction:
        # What a transaction shows may be rolled back.
        return _read_few_values(db, source)
    stamp = _stamp(db)
    kept = _kept.get(db)
    values: dict[Source, list[str] | None] = kept[1] if kept and kept[0] == stamp else {}
    if source not in values:
        values[source] = _read_few_values(db, source)
        _kept[db] = (stamp, values)
    return values[source]


def _read_few_values(db: Database, source: Source) -> list[str] | None:
    sql = f"SELECT DISTINCT {source.expression} AS value FROM {source.rows} LIMIT {KEPT_VALUES + 2}"
    found: list[str] = [value for value in db.column(sql, source.params) if value is not None]
    return found if len(found) <= KEPT_VALUES else None


def _values_like(db: Database, source: Source, needle: str) -> list[str]:
    inner = f"SELECT {source.expression} AS value FROM {source.rows}"
    sql = f"SELECT DISTINCT value FROM ({inner}) WHERE value LIKE ? ESCAPE '\\' OR value GLOB ?"
    found: list[str] = db.column(sql, (*source.params, containing(needle), ODD))
    return found


def containing(needle: str) -> str:
    """The LIKE pattern of texts that contain ``needle``."""
    return f"%{escaped(needle)}%"


def escaped(needle: str) -> str:
    """The text for a LIKE pattern with ``ESCAPE '\\'``."""
    return needle.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def meant_values(values: Iterable[str], text: str, *, whole: bool, lists: bool = False) -> list[str]:
    """The values that a text means.

    Args:
        values: the candidates, as they are kept.
        text: what the query says.
        whole: only values that equal the text; otherwise, where none does, those that contain it. A number is never
            looked for inside others.
        lists: a value may be a list (``拿鐵、美式``), of which one entry is enough.
    """
    wanted = comparable(text)
    known = [(value, fold(value)) for value in values]
    exact = [
        value
        for value, folded in known
        if comparable(value) == wanted or (lists and wanted in _entries(folded))
    ]
    if exact or whole or _NUMBER.fullmatch(wanted):
        return exact
    part = fold(text)
    return [value for value, folded in known if part in folded]


def one_of(expression: str, values: list[str], params: Params = ()) -> Sql:
    """True where the expression (with its own parameters) is one of the values."""
    if not values:
        return Sql("0")
    if len(values) == 1:
        return Sql(f"{expression} = ?", [*params, values[0]])
    kept = json.dumps(values, ensure_ascii=False)
    return Sql(f"{expression} IN (SELECT value FROM json_each(?))", [*params, kept])


def compared(expression: str, op: Op, low: Value | None, high: Value | None, params: Params = ()) -> Sql:
    """A comparison of an expression (with its own parameters) with a value, or two of a range."""
    ends: list[tuple[str, Value | None]]
    if op is Op.RANGE:
        ends = [(sign, end) for sign, end in ((">=", low), ("<=", high)) if end is not None]
    else:
        ends = [("=" if op is Op.HAS else op.value, low)]
    where = " AND ".join(f"{expression} {sign} ?" for sign, _ in ends)
    return Sql(f"({where})", [value for _, end in ends for value in (*params, end)])


def in_span(expression: str, span: DaySpan) -> Sql:
    """Whether a date text, with or without a time, lies in a span."""
    first, behind = span.texts
    # A birthday without a year begins with "-", below every digit: it satisfies no comparison with a day.
    where, params = f"{expression} >= ?", [first or "0"]
    if behind is not None:
        where, params = f"({where} AND {expression} < ?)", [*params, behind]
    return Sql(where, params)


def comparable(text: str) -> str:
    """Folded and trimmed; numbers without what changes nothing (5.0 is 5, but 005 is a code)."""
    folded = fold(text).strip()
    return format(Decimal(folded).normalize(), "f") if _NUMBER.fullmatch(folded) else folded


def _entries(folded: str) -> set[str]:
    parts = _LIST_SIGNS.split(folded)
    return {part.strip() for part in parts} if len(parts) > 1 else set()
