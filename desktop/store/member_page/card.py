"""Everything the shop keeps of one person, read for her page: fields, numbers she answers to, tags with where they came from,
orders, files that brought her, uploads she was in. A few look-ups by index each, however big the shop."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop.core.message import Message
from desktop.store import people, shop
from desktop.store.database import Database
from desktop.store.member_page.editing import EDITABLE

_KEPT_FIGURES = ("orders", "order_days", "total", "first_order", "last_order")
_STATED = ("stated_orders", "stated_total", "stated_first_order", "stated_last_order")
_COLUMNS = (
    *EDITABLE, "friend", "friend_checked_at", "extra", "by_hand", *_KEPT_FIGURES, *_STATED, "created_step",
)  # fmt: skip

ORDERS_SHOWN = 50
"""Orders that come with the card; more are read when asked for."""


@dataclass(frozen=True, slots=True)
class OtherIdentity:
    """A number of somebody merged into her; ``at`` and ``title`` are the merge's, in UTC."""

    key: str
    value: str
    step: int
    at: str
    title: Message


@dataclass(frozen=True, slots=True)
class TagHeld:
    """A tag she has, and why: put there by hand, an import or a rule, by which step and when (UTC; None if that is not known)."""

    id: int
    name: str
    colour: str
    meaning: str
    origin: str
    step: int | None
    at: str | None
    title: Message | None


@dataclass(frozen=True, slots=True)
class OrderLine:
    """An order or a visit; ``items`` are (name, quantity, amount) in their order, ``at`` is local."""

    id: int
    kind: str
    number: str | None
    at: str | None
    amount: float | int | None
    status: str | None
    counts: bool
    store: str | None
    items: tuple[tuple[str | None, float | int | None, float | int | None], ...] = ()


@dataclass(frozen=True, slots=True)
class ImportSeen:
    """A file that brought or changed something of her; ``at`` is UTC."""

    step: int
    file: str
    at: str
    title: Message
    undone: bool


@dataclass(frozen=True, slots=True)
class UploadSeen:
    """An upload whose frozen list has her; ``at`` is UTC."""

    id: int
    audience: str
    at: str
    state: str


@dataclass(frozen=True, slots=True)
class MemberCard:
    """One person.

    Args:
        fields: EDITABLE fields and the figures kept with her, by name; ``stated_…`` are those a members file stated.
        extra: the shop's own columns by name, None where she has nothing.
        by_hand: fields set by hand (own columns as ``extra:<column>``).
        orders_count: how many orders and visits there are; ``orders`` are the newest of them.
    """

    id: int
    fields: Mapping[str, Any]
    extra: Mapping[str, Any]
    by_hand: frozenset[str]
    others: tuple[OtherIdentity, ...]
    tags: tuple[TagHeld, ...]
    tag_limit: int
    orders: tuple[OrderLine, ...]
    orders_count: int
    uploads: tuple[UploadSeen, ...]

    @property
    def shown_name(self) -> str | None:
        """Her name, else her LINE name, else her member number."""
        names = (self.fields[key] for key in ("name", "line_name", "member_no"))
        return next((str(name) for name in names if name), None)

    @property
    def shop_member(self) -> bool:
        """Known to the shop by member number, phone or e-mail."""
        return any(self.fields[key] for key in ("member_no", "phone", "email"))

    @property
    def bound(self) -> bool:
        """A shop member with a user ID."""
        return self.shop_member and bool(self.fields["line_user_id"])


def card(db: Database, person: int) -> MemberCard | None:
    """Everything about one person; None if she is not (any more) there."""
    row = db.row(f"SELECT {', '.join(_COLUMNS)} FROM person WHERE id = ?", (person,))
    if row is None:
        return None
    fields = dict(zip(_COLUMNS, row, strict=True))
    own = json.loads(fields.pop("extra") or "{}")
    names = [*people.extra_columns(db), *own]
    by_hand = frozenset(json.loads(fields.pop("by_hand") or "[]"))
    return MemberCard(
        id=person,
        fields=fields,
        extra={name: own.get(name) for name in dict.fromkeys(names)},
        by_hand=by_hand,
        others=_other_identities(db, person),
        tags=_tags(db, person),
        tag_limit=shop.tag_limit(db),
        orders=orders(db, person, limit=ORDERS_SHOWN),
        orders_count=int(db.value("SELECT count(*) FROM shop_order WHERE person_id = ?", (person,))),
        uploads=_uploads(db, fields["line_user_id"]),
    )


def merged_into(db: Database, person: int) -> int | None:
    """In whom somebody who is gone went on, following merges that still stand; None if she was not merged."""
    keep = None
    while True:
        row = db.row(
            "SELECT m.keep FROM merged_person m JOIN step s ON s.id = m.step_id AND s.state = 'done'"
            " WHERE m.person_id = ?1 AND m.keep <> ?1 ORDER BY m.step_id DESC LIMIT 1",
            (person,),
        )
        if row is None or db.value("SELECT 1 FROM person WHERE id = ?", (person,)):
            return keep
        keep = person = int(row[0])


def orders(db: Database, person: int, *, limit: int, offset: int = 0) -> tuple[OrderLine, ...]:
    """Orders and visits of a person, newest first."""
    rows = db.all(
        "SELECT id, kind, order_no, ordered_at, amount, status, counts, store FROM shop_order WHERE person_id = ?"
        " ORDER BY ordered_at DESC, id DESC LIMIT ? OFFSET ?",
        (person, limit, offset),
    )
    items: dict[int, list[tuple[Any, Any, Any]]] = {}
    for order, item, quantity, amount in db.each(
        "SELECT order_id, item, quantity, amount FROM order_item WHERE order_id IN"
        " (SELECT value FROM json_each(?)) ORDER BY order_id, line",
        (json.dumps([row[0] for row in rows]),),
    ):
        items.setdefault(order, []).append((item, quantity, amount))
    return tuple(
        OrderLine(order, kind, number, at, amount, status, bool(counts), store, tuple(items.get(order, ())))
        for order, kind, number, at, amount, status, counts, store in rows
    )


def imports_of(db: Database, steps: list[int]) -> tuple[ImportSeen, ...]:
    """The files behind some steps, newest first."""
    rows = db.all(
        "SELECT f.step_id, f.file, s.at, s.title, s.state FROM import_file f JOIN step s ON s.id = f.step_id"
        " WHERE f.step_id IN (SELECT value FROM json_each(?)) ORDER BY f.step_id DESC, f.id",
        (json.dumps(steps),),
    )
    return tuple(
        ImportSeen(step, file, at, Message.from_json(title), state == "undone")
        for step, file, at, title, state in rows
    )


def _other_identities(db: Database, person: int) -> tuple[OtherIdentity, ...]:
    rows = db.all(
        "SELECT o.key, o.value, s.id, s.at, s.title FROM other_identity o JOIN step s ON s.id = o.step_id"
        " JOIN person p ON p.id = o.person_id"
        " WHERE o.person_id = ? AND s.state = 'done' AND o.value IS NOT CASE o.key WHEN 'member_no' THEN p.member_no"
        " WHEN 'line_user_id' THEN p.line_user_id WHEN 'phone' THEN p.phone ELSE p.email END ORDER BY s.id, o.key",
        (person,),
    )
    return tuple(
        OtherIdentity(key, value, step, at, Message.from_json(title)) for key, value, step, at, title in rows
    )


def _tags(db: Database, person: int) -> tuple[TagHeld, ...]:
    rows = db.all(
        "SELECT t.id, t.name, t.colour, t.meaning, h.origin, s.id, s.at, s.title FROM person_tag h"
        " JOIN tag t ON t.id = h.tag_id LEFT JOIN step s ON s.id = h.step_id WHERE h.person_id = ?"
        " ORDER BY h.step_id, t.id",
        (person,),
    )
    return tuple(
        TagHeld(number, name, colour, meaning, origin, step, at, Message.from_json(title) if title else None)
        for number, name, colour, meaning, origin, step, at, title in rows
    )


def _uploads(db: Database, user_id: str | None) -> tuple[UploadSeen, ...]:
    if user_id is None:
        return ()
    rows = db.all(
        "SELECT u.id, u.audience_name, u.pressed_at, u.state FROM upload u JOIN upload_person f ON f.upload_id = u.id"
        " AND f.line_user_id = ? ORDER BY u.id DESC",
        (user_id,),
    )
    return tuple(UploadSeen(*row) for row in rows)
