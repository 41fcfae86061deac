"""Finding people: a condition as SQL on ``person p``, counted, listed in an order, or put into a table for a change."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from desktop.core.clock import Clock, local_now
from desktop.core.errors import Cancelled
from desktop.core.people.condition import EVERYBODY, And, Condition, Not, Or, Term, Word
from desktop.core.people.fields import FIELDS
from desktop.core.people.selection import Selection
from desktop.store import shop
from desktop.store.conditions.belonging import audience_sql, audiences_in, imports_in
from desktop.store.conditions.extra import extra_expression
from desktop.store.conditions.orders import BOUND_ORDER_DAYS
from desktop.store.conditions.terms import BOUND, FRIEND, SHOP_MEMBER, term_sql, word_sql
from desktop.store.conditions.values import Params, QueryContext, Sql, candidates_in
from desktop.store.database import Database, SqliteError
from desktop.store.insights.repurchase import repurchase
from desktop.store.picture import keeping as picture

__all__ = [
    "BOUND",
    "FRIEND",
    "SHOP_MEMBER",
    "SORTABLE",
    "QueryContext",
    "Sort",
    "Sql",
    "compile_condition",
    "count",
    "count_parts",
    "first_screen",
    "ids",
    "query_context",
    "selection_count",
    "selection_into",
    "selection_sql",
    "which_hold",
]

_COLUMNS = 100
"""Conditions asked of one person at once; far below SQLite's limits of columns and parameters."""

_SQLITE_INTERRUPT = 9
"""SQLite's result code of a statement that was interrupted (sqlite.org/rescode.html)."""

_SORT_EXPRESSIONS = {
    "name": "p.name COLLATE NOCASE",
    "line_name": "p.line_name COLLATE NOCASE",
    "member_no": "p.member_no COLLATE NOCASE",
    "birthday_month": "substr(p.birthday, -5)",
    "tag": "(SELECT count(*) FROM person_tag h WHERE h.person_id = p.id)",
    "tag_count": "(SELECT count(*) FROM person_tag h WHERE h.person_id = p.id)",
    "bound_order_days": BOUND_ORDER_DAYS,
    "friend": FRIEND,
    "shop_member": SHOP_MEMBER,
    "bound": BOUND,
}
_FEW = 20
"""One person in so many is fetched and put in order faster than all are looked at."""

_INDEXED = frozenset({"id", "last_order"})
"""Orders that an index keeps."""

_UNSORTABLE = frozenset(
    {"reachable", "uploadable", "ordered_at", "item", "order_store", "nasl", "audience", "import"}
)

SORTABLE = tuple(name for name in FIELDS if name not in _UNSORTABLE)
"""The fields a list can be sorted by; ``tag`` sorts by the number of tags."""


@dataclass(frozen=True, slots=True)
class Sort:
    """An order of people: by a field of SORTABLE, or (``extra``) by an extra column, and among equals by ``then``. Who has no
    value comes last."""

    field: str = "id"
    descending: bool = False
    extra: bool = False
    then: tuple[Sort, ...] = ()


def query_context(db: Database, clock: Clock | None = None) -> QueryContext:
    """The shop's present: its local time, zone, country and values.

    Args:
        db: the connection on which the condition will be used, in its thread.
        clock: as in :func:`desktop.core.clock.local_now`.
    """
    zone = shop.get(db, "zone", "Asia/Taipei")
    return QueryContext(
        local_now(zone, clock),
        candidates_in(db),
        zone,
        shop.get(db, "country", "TW"),
        lambda: repurchase(db),
        audiences_in(db),
        imports_in(db),
    )


def compile_condition(condition: Condition, context: QueryContext) -> Sql:
    """A condition as an expression on ``person p``, in parentheses where it needs them.

    Use it in WHERE, beside AND: who does not match may come out as NULL instead of 0. To ask for everybody else,
    compile ``Not(condition)``. May read the shop's values through the context.
    """
    match condition:
        case And():
            return _joined(condition.parts, "AND", "1", context)
        case Or():
            return _joined(condition.parts, "OR", "0", context)
        case Not():
            part = compile_condition(condition.part, context)
            return Sql(f"(({part.where}) IS NOT TRUE)", part.params)
        case Word():
            return word_sql(condition, context)
        case Term(field="audience", extra=False):
            return audience_sql(condition, context, compile_condition)
        case _:
            return term_sql(condition, context)


def _joined(parts: tuple[Condition, ...], sign: str, empty: str, context: QueryContext) -> Sql:
    compiled = [compile_condition(part, context) for part in parts]
    # SQLite bounds the depth of an expression, so a long list is joined as a balanced tree.
    while len(compiled) > 1:
        pairs = [compiled[i : i + 2] for i in range(0, len(compiled), 2)]
        compiled = [
            Sql(f"({pair[0].where} {sign} {pair[1].where})", pair[0].params + pair[1].params)
            if len(pair) == 2
            else pair[0]
            for pair in pairs
        ]
    return compiled[0] if compiled else Sql(empty)


def count(db: Database, condition: Condition, context: QueryContext | None = None) -> int:
    """How many people match.

    Raises:
        Cancelled: if the connection was interrupted.
    """
    with _interruptible():
        asked = context or query_context(db)
        if (found := picture.found(db, condition, asked)) is not None:
            return found.count()
        sql = compile_condition(condition, asked)
        return int(db.value(f"SELECT count(*) FROM person p WHERE {sql.where}", sql.params))


def count_parts(
    db: Database, condition: Condition, parts: Sequence[Condition], context: QueryContext | None = None
) -> list[int]:
    """How many people match, and how many of these match each of some further conditions.

    Raises:
        Cancelled: if the connection was interrupted.
    """
    with _interruptible():
        asked = context or query_context(db)
        if (whole := picture.found(db, condition, asked)) is not None:
            seen = [one for part in parts if (one := picture.found(db, part, asked)) is not None]
            if len(seen) == len(parts):
                return [whole.count(), *whole.count_with(seen)]
        sql = compile_condition(condition, asked)
        kinds = [compile_condition(part, asked) for part in parts]
        columns = ", ".join(["count(*)", *(f"total({kind.where})" for kind in kinds)])
        params = [value for kind in kinds for value in kind.params]
        row = db.row(f"SELECT {columns} FROM person p WHERE {sql.where}", [*params, *sql.params])
        return [int(value) for value in row or [0] * (len(kinds) + 1)]


def which_hold(
    db: Database, person: int, conditions: Sequence[Condition], context: QueryContext | None = None
) -> list[bool]:
    """Which of some conditions match one person, in their order.

    Raises:
        Cancelled: if the connection was interrupted.
    """
    asked = context or query_context(db)
    found: list[bool] = []
    with _interruptible():
        for start in range(0, len(conditions), _COLUMNS):
            parts = [compile_condition(part, asked) for part in conditions[start : start + _COLUMNS]]
            columns = ", ".join(f"({part.where}) IS TRUE" for part in parts)
            params = [value for part in parts for value in part.params]
            row = db.row(f"SELECT {columns} FROM person p WHERE p.id = ?", [*params, person])
            found.extend(map(bool, row or [False] * len(parts)))
    return found


def ids(
    db: Database,
    condition: Condition,
    sort: Sort | None = None,
    limit: int | None = None,
    context: QueryContext | None = None,
) -> array[int]:
    """The ids of the people who match, in order; equal ones by id, in the same direction.

    Args:
        db: any connection of the calling thread.
        condition: who.
        sort: None: by id.
        limit: at most so many.
        context: None: :func:`query_context`.

    Raises:
        Cancelled: if the connection was interrupted.
    """
    with _interruptible():
        asked = context or query_context(db)
        if (seen := _seen(db, condition, sort or Sort(), limit, asked)) is not None:
            return seen
        sql = compile_condition(condition, asked)
        order, params = _order(sort or Sort(), indexed=condition == EVERYBODY)
        query = f"SELECT p.id FROM person p WHERE {sql.where} ORDER BY {order} LIMIT ?"
        bound = -1 if limit is None else limit
        return array("q", (row[0] for row in db.each(query, [*sql.params, *params, bound])))


def _seen(
    db: Database, condition: Condition, sort: Sort, limit: int | None, context: QueryContext
) -> array[int] | None:
    """What :func:`ids` gives, from the picture of the people; None where it does not know them, or their order and they are too
    many to be put in order by themselves."""
    found = picture.found(db, condition, context)
    if found is None:
        return None
    if sort.field == "id" and not sort.extra:
        return found.ids(descending=sort.descending)[:limit]
    if sort.field == "last_order" and not sort.extra and not sort.then:
        return found.by_last_order(descending=sort.descending, limit=limit)
    if found.count() * _FEW > len(found.mask):
        return None
    order, params = _order(sort, indexed=False)
    query = (
        f"SELECT p.id FROM person p WHERE p.id IN (SELECT value FROM json_each(?)) ORDER BY {order} LIMIT ?"
    )
    bound = -1 if limit is None else limit
    ordered = array("q", db.column(query, [json.dumps(found.ids().tolist()), *params, bound]))
    # In the meantime they may have become others.
    return ordered if picture.found(db, condition, context) is not None else None


def first_screen(
    db: Database, condition: Condition, sort: Sort | None = None, limit: int = 300, within: int = 20_000
) -> tuple[array[int], bool]:
    """The beginning of what :func:`ids` gives, found in a moment, so that a list can show something at once.

    Args:
        db, condition, sort: as for :func:`ids`.
        limit: as many ids as are wanted.
        within: among so many people at the beginning of the order they are looked for.

    Returns:
        The ids, perhaps none, and whether they are already all there are.

    Raises:
        Cancelled: if the connection was interrupted.
    """
    order = sort or Sort()
    if order.extra or order.field not in _INDEXED:
        # Putting everybody in order is what takes time, so a condition's few are as quickly had whole.
        found = ids(db, condition, order, limit if condition == EVERYBODY else None)
        return found, condition != EVERYBODY or len(found) < limit
    with _interruptible():
        context = query_context(db)
        if (seen := _seen(db, condition, order, None, context)) is not None:
            return seen, True
        sql = compile_condition(condition, context)
        begin, params = _order(order)
        people = f"(SELECT * FROM person p ORDER BY {begin} LIMIT ?) p"
        query = f"SELECT p.id FROM {people} WHERE {sql.where} ORDER BY {begin} LIMIT ?"
        found = array("q", db.column(query, [*params, within, *sql.params, *params, limit]))
        if len(found) == limit:
            return found, False
        return found, db.value("SELECT count(*) FROM (SELECT 1 FROM person LIMIT ?)", (within + 1,)) <= within


def _order(sort: Sort, *, indexed: bool = True) -> tuple[str, Params]:
    """The ORDER BY. Few people found by a condition are sorted faster than they are met along an index, where each costs a
    jump to its row: ``indexed`` False keeps SQLite from that."""
    direction = _direction(sort)
    if sort.field == "id" and not sort.extra:
        return f"p.id {direction}", ()
    parts: list[str] = []
    params: list[str] = []
    for one in (sort, *sort.then):
        expression, more = _sort_expression(one)
        plus = "" if indexed or parts else "+"
        parts.append(f"{plus}{expression} {_direction(one)} NULLS LAST")
        params += more
    return f"{', '.join(parts)}, p.id {direction}", tuple(params)


def _direction(sort: Sort) -> str:
    return "DESC" if sort.descending else "ASC"


def _sort_expression(sort: Sort) -> tuple[str, Params]:
    if sort.extra:
        expression, params = extra_expression(sort.field)
        return f"{expression} COLLATE NOCASE", params
    if sort.field not in SORTABLE:
        raise ValueError(f"people cannot be sorted by {sort.field}")
    return _SORT_EXPRESSIONS.get(sort.field, f"p.{sort.field}"), ()


def selection_into(db: Database, selection: Selection, name: str = "selected_person") -> str:
    """Put the ids of the people selected into a temporary table, for a set-based change.

    Args:
        db: a connection that may write; the table is its own.
        selection: who; ids of people who are gone are left out.
        name: another name where two selections are needed at once.

    Returns:
        The table's name; its one column is ``id INTEGER PRIMARY KEY``. The next call with this name empties it.
    """
    with _interruptible():
        sql = selection_sql(db, selection)
        db.run(f"CREATE TEMP TABLE IF NOT EXISTS {name} (id INTEGER PRIMARY KEY)")
        db.run(f"DELETE FROM temp.{name}")
        db.run(
            f"INSERT INTO temp.{name} SELECT p.id FROM person p WHERE {sql.where} ORDER BY p.id", sql.params
        )
    return name


def selection_count(db: Database, selection: Selection) -> int:
    """How many people a selection holds."""
    with _interruptible():
        sql = selection_sql(db, selection)
        return int(db.value(f"SELECT count(*) FROM person p WHERE {sql.where}", sql.params))


def selection_sql(db: Database, selection: Selection) -> Sql:
    """A selection as an expression on ``person p``, for a question that writes nothing."""
    listed = "(SELECT value FROM json_each(?))"
    if selection.ids is not None:
        return Sql(f"p.id IN {listed}", [json.dumps(sorted(selection.ids))])
    sql = compile_condition(selection.condition, query_context(db))
    if not selection.without:
        return sql
    without = json.dumps(sorted(selection.without))
    return Sql(f"{sql.where} AND p.id NOT IN {listed}", [*sql.params, without])


@contextmanager
def _interruptible() -> Iterator[None]:
    try:
        yield
    except SqliteError as error:
        if getattr(error, "sqlite_errorcode", None) == _SQLITE_INTERRUPT:
            raise Cancelled from error
        raise
