"""What every view asks of a shop: its day, its data's last day, and how many people queries open. A number that a query can say
carries it, so that pressing the number opens exactly these people. What was answered is kept until the shop changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec, TypeAlias, TypeVar, cast
from weakref import WeakKeyDictionary

from desktop.core.clock import local_now
from desktop.core.figures.rate import Rate
from desktop.core.people.condition import Op, Term
from desktop.core.people.query_text import parse, to_text
from desktop.store import people, shop
from desktop.store.condition_sql import compile_condition, query_context
from desktop.store.conditions.values import QueryContext, Sql
from desktop.store.database import Database
from desktop.store.insights import counting, repurchase

P = ParamSpec("P")
View = TypeVar("View")

_Stamp: TypeAlias = tuple[int, int, date]
_seen: WeakKeyDictionary[Database, tuple[_Stamp, dict[Any, Any]]] = WeakKeyDictionary()


def remembered(
    view: Callable[Concatenate[Database, P], View],
) -> Callable[Concatenate[Database, P], View]:
    """Keep what a view answered until anything in the shop changes, or the day: for each connection, in its thread, outside
    transactions. The answers are frozen, so they can be given to several. Not for views that name people: somebody erased would
    stay in memory until the next question."""

    @wraps(view)
    def asked(db: Database, /, *args: P.args, **kwargs: P.kwargs) -> View:
        if db.connection.in_transaction:
            # What a transaction shows may be rolled back.
            return view(db, *args, **kwargs)
        known = _seen.get(db)
        question = (view.__qualname__, args, tuple(sorted(kwargs.items())))
        before = _stamp(db)
        if known is not None and known[0] == before and question in known[1]:
            return cast("View", known[1][question])
        answer = view(db, *args, **kwargs)
        stamp = _stamp(db)
        # On the writer the view itself may have kept something in the file; what others wrote meanwhile it may have missed, and
        # at midnight some of it may be of the day before.
        if (stamp[0], stamp[2]) == (before[0], before[2]):
            kept = _seen.get(db)
            answers = kept[1] if kept is not None and kept[0] in (before, stamp) else {}
            answers[question] = answer
            _seen[db] = (stamp, answers)
        return answer

    return asked


def _stamp(db: Database) -> _Stamp:
    today = local_now(shop.get(db, "zone", "Asia/Taipei")).date()
    return int(db.value("PRAGMA data_version")), int(db.connection.total_changes), today


class Population(StrEnum):
    """Whom a view counts: everybody, or those bound."""

    ALL = "all"
    BOUND = "bound"

    @property
    def query(self) -> str:
        """The population as a query."""
        return "bound:yes" if self is Population.BOUND else ""


@dataclass(frozen=True, slots=True)
class Count:
    """People, and the query that opens exactly them; None where no query can say it."""

    people: int
    query: str | None = None


class Questions:
    """A shop as one view asks it; for one thread and one moment.

    Args:
        db: any connection, in its thread.
        as_of: the reference day; None: the last order day in the data, without orders the shop's today.
    """

    def __init__(self, db: Database, as_of: date | None = None) -> None:
        self.db = db
        self.data_until = repurchase.last_order_day(db)
        self.as_of = as_of or self.data_until or self.context.now.date()

    @cached_property
    def context(self) -> QueryContext:
        """The shop's present."""
        return query_context(self.db)

    @cached_property
    def columns(self) -> list[str]:
        """The shop's extra columns."""
        return people.extra_columns(self.db)

    @property
    def has_orders(self) -> bool:
        """Whether anybody is known to have bought."""
        return self.data_until is not None

    def sql(self, query: str) -> Sql:
        """A query as SQL on ``person p``."""
        return compile_condition(parse(query, extra_columns=self.columns), self.context)

    def counts(self, queries: Sequence[str]) -> list[int]:
        """How many people each query opens, in one walk."""
        return counting.counts(self.db, [self.sql(query) for query in queries])

    def rate(self, whole: str, part: str) -> Rate:
        """The share of the people of one query that another opens; ``part`` is whole, a part of it."""
        people_in, matching = self.counts([whole, part])
        return Rate(matching, people_in, part, whole)


def value_query(field: str, value: str | None, *, extra: bool = False) -> str:
    """The query of exactly one value of a field or an extra column; None: of no value."""
    op = Op.NONE if value is None else Op.EQ
    return to_text(Term(field, op, value, extra=extra))


def joined(*queries: str) -> str:
    """Queries that all have to match, as one."""
    return " ".join(query for query in queries if query)
