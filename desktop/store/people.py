"""Reading people: the rows of the member list, the whole of one person, and the counts the shop is known
by."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.store.database import Database

MEMBER_FIELDS = (
    "id member_no name phone email line_user_id gender birthday level store source points consent"
    " blocked do_not_send "
    "friend_at joined_at bound_at tags orders total first_order last_order"
).split()
"""The fields of a member as the program gives them to others, in order."""

_YES_NO = {"consent", "blocked", "do_not_send"}
_COLUMNS = ", ".join(f"p.{name}" for name in MEMBER_FIELDS if name != "tags")
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One row of the member list; ``tags`` are (id, name, colour) in the order they were put on."""

    id: int
    name: str | None
    line_name: str | None
    member_no: str | None
    phone: str | None
    email: str | None
    line_user_id: str | None
    level: str | None
    store: str | None
    joined_at: str | None
    friend_at: str | None
    orders: int | None
    total: float | int | None
    last_order: str | None
    consent: int | None
    blocked: int | None
    do_not_send: int
    friend: int | None
    tags: tuple[tuple[int, str, str], ...] = ()
    gender: str | None = None
    birthday: str | None = None
    source: str | None = None
    points: float | int | None = None
    first_order: str | None = None
    order_days: int | None = None
    bound_at: str | None = None
    note: str | None = None
    extra: Mapping[str, Any] | None = None

    @property
    def shop_member(self) -> bool:
        """Known to the shop by member number, phone or e-mail."""
        return bool(self.member_no or self.phone or self.email)


@dataclass(frozen=True, slots=True)
class PeopleCounts:
    """How many people there are, how many are shop members, and how many of these are bound."""

    people: int
    shop_members: int
    bound: int


_ROW = (
    "p.id, p.name, p.line_name, p.member_no, p.phone, p.email, p.line_user_id, p.level, p.store,"
    " p.joined_at, p.friend_at,"
    " p.orders, p.total, p.last_order, p.consent, p.blocked, p.do_not_send, p.friend"
)
_MORE = "p.gender, p.birthday, p.source, p.points, p.first_order, p.order_days, p.bound_at, p.note, p.extra"
_BEFORE_TAGS = _ROW.count(",") + 1


def rows(db: Database, ids: Sequence[int]) -> dict[int, MemberRow]:
    """The list rows of some people by id; who is gone is missing."""
    wanted = json.dumps(list(ids))
    tags = tags_of(db, ids)
    found = db.each(
        f"SELECT {_ROW}, {_MORE} FROM person p WHERE p.id IN (SELECT value FROM json_each(?))", (wanted,)
    )
    return {row[0]: _listed(row, tags.get(row[0], ())) for row in found}


def _listed(row: tuple[Any, ...], tags: tuple[tuple[int, str, str], ...]) -> MemberRow:
    extra = json.loads(row[-1]) if row[-1] else None
    return MemberRow(*(*row[:_BEFORE_TAGS], tags, *row[_BEFORE_TAGS:-1], extra))


def tags_of(db: Database, ids: Sequence[int]) -> dict[int, tuple[tuple[int, str, str], ...]]:
    """The tags of some people: (id, name, colour), oldest first."""
    held: dict[int, list[tuple[int, str, str]]] = {}
    for person, tag, name, colour in db.each(
        "SELECT h.person_id, t.id, t.name, t.colour FROM person_tag h JOIN tag t ON t.id = h.tag_id"
        " WHERE h.person_id IN (SELECT value FROM json_each(?)) ORDER BY h.person_id, h.step_id, t.id",
        (json.dumps(list(ids)),),
    ):
        held.setdefault(person, []).append((tag, name, colour))
    return {person: tuple(tags) for person, tags in held.items()}


def members(db: Database, ids: Sequence[int], *, notes: bool = False) -> Iterator[dict[str, Any]]:
    """People as others get them: the fields of MEMBER_FIELDS, then the shop's extra columns by their own names; in the order
    of ``ids``. Absent is None, yes/no are booleans, tags a list of names.

    Args:
        notes: with each person's ``note`` too, which may hold what is nobody else's business.
    """
    columns = extra_columns(db)
    for start in range(0, len(ids), _CHUNK):
        chunk = list(ids[start : start + _CHUNK])
        tags = tags_of(db, chunk)
        found = {
            row[0]: row
            for row in db.each(
                f"SELECT {_COLUMNS}, p.note, p.extra FROM person p WHERE p.id IN (SELECT value FROM json_each(?))",
                (json.dumps(chunk),),
            )
        }
        for person in chunk:
            if person in found:
                member = _member(found[person], [name for _, name, _ in tags.get(person, ())], columns)
                if notes:
                    member["note"] = found[person][-2]
                yield member


def _member(row: tuple[Any, ...], tags: list[str], extra_names: list[str]) -> dict[str, Any]:
    values = iter(row)
    member: dict[str, Any] = {}
    for field in MEMBER_FIELDS:
        value = tags if field == "tags" else next(values)
        member[field] = bool(value) if field in _YES_NO and value is not None else value
    extra = json.loads(row[-1]) if row[-1] else {}
    member.update({name: extra.get(name) for name in extra_names if name not in member})
    return member


def extra_columns(db: Database) -> list[str]:
    """Names of the columns that files brought and the program has no field for, in order of appearance."""
    row = db.row("SELECT value FROM shop WHERE key = 'extra_columns'")
    return json.loads(row[0]) if row else []


def remember_extra_columns(db: Database, names: Sequence[str]) -> None:
    """Add names to the shop's extra columns."""
    known = extra_columns(db)
    added = known + [name for name in dict.fromkeys(names) if name not in known]
    if added != known:
        db.run(
            "INSERT INTO shop (key, value) VALUES ('extra_columns', ?) ON CONFLICT (key) DO UPDATE SET"
            " value = excluded.value",
            (json.dumps(added, ensure_ascii=False),),
        )


def counts(db: Database) -> PeopleCounts:
    """People, shop members, and bound people."""
    row = db.row(
        "SELECT count(*), coalesce(sum(m), 0), coalesce(sum(m AND line_user_id IS NOT NULL), 0) FROM"
        " (SELECT line_user_id,"
        " (member_no IS NOT NULL OR phone IS NOT NULL OR email IS NOT NULL) AS m FROM person)"
    )
    return PeopleCounts(*(row or (0, 0, 0)))


def values_of(db: Database, field: str, limit: int = 30) -> list[tuple[str, int]]:
    """The commonest values of ``store``, ``level`` or ``source`` with the number of people who have each.

    Raises:
        ValueError: for any other field.
    """
    if field not in ("store", "level", "source"):
        raise ValueError(f"{field} is not a field of few values")
    rows: list[Any] = db.all(
        f"SELECT {field}, count(*) AS n FROM person WHERE {field} IS NOT NULL AND {field} <> ''"
        f" GROUP BY {field} ORDER BY n DESC, {field} LIMIT ?",
        (limit,),
    )
    return [(str(value), int(n)) for value, n in rows]


def user_ids(db: Database, ids: Sequence[int]) -> list[str]:
    """The LINE user IDs of some people, in the order of ``ids``; who has none is left out."""
    found: dict[int, str] = dict(
        db.all(
            "SELECT id, line_user_id FROM person WHERE line_user_id IS NOT NULL AND id IN"
            " (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )
    )
    return [found[person] for person in ids if person in found]


def set_do_not_send(db: Database, people: str, value: bool, step_id: int) -> int:
    """Switch 「不發訊息」 for people (a temporary table with a column ``id``), with images; returns how many changed."""
    changed = db.run(
        "INSERT INTO row_change (step_id, tbl, row_id, before, after) SELECT ?1, 'person', p.id,"
        " json_object('do_not_send', p.do_not_send, 'changed_step', p.changed_step),"
        " json_object('do_not_send', ?2, 'changed_step', ?1) FROM person p"
        f" WHERE p.do_not_send <> ?2 AND p.id IN (SELECT id FROM {people})",
        (step_id, int(value)),
    )
    db.run(
        "UPDATE person SET do_not_send = ?2, changed_step = ?1 WHERE do_not_send <> ?2 AND id IN"
        f" (SELECT id FROM {people})",
        (step_id, int(value)),
    )
    return changed
