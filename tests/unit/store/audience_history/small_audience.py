"""A shop with a few people and an audience that was uploaded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from desktop.store import audiences
from desktop.store.audience_history import hold_out
from desktop.store.audiences import REACHABLE
from desktop.store.conditions.values import Sql
from desktop.store.database import Database

EVERYBODY = Sql("1")
PRESSED = "2026-11-08T03:00:00.000000Z"


def user_id(number: int) -> str:
    """A well-formed user ID."""
    return f"U{number:032x}"


def add_people(db: Database, numbers: Iterable[int]) -> None:
    """People with a user ID, of whom nothing speaks against a message."""
    db.many(
        "INSERT INTO person (id, name, line_user_id) VALUES (?, ?, ?)",
        ((number, f"會員{number}", user_id(number)) for number in numbers),
    )


def add_audience(db: Database, name: str = "熟客", query: str = "") -> int:
    """A saved audience."""
    return audiences.create(db, name, query, "2026-11-01T00:00:00.000000Z", 0)


def freeze(
    db: Database,
    audience: int,
    sql: Sql = EVERYBODY,
    *,
    kind: str = "new",
    state: str = "ready",
    at: str = PRESSED,
) -> int:
    """An upload of the reachable people who match, without those held out."""
    upload = db.insert(
        "INSERT INTO upload (key, audience_id, audience_name, line_name, query, state, kind, members, ids, pressed_at,"
        " changed_at) VALUES (hex(randomblob(8)), ?1, '熟客', '熟客', '', ?2, ?3, 0, 0, ?4, ?4)",
        (audience, state, kind, at),
    )
    count = db.run(
        f"INSERT INTO upload_person (upload_id, line_user_id, person_id) SELECT {upload}, p.line_user_id, p.id FROM person p"
        f" WHERE {REACHABLE} AND ({sql.where}) AND NOT {hold_out.held_out_sql(audience)}",
        sql.params,
    )
    hold_out.keep_held_out(db, upload, audience, sql.where, sql.params)
    db.run(
        "INSERT INTO upload_request (upload_id, seq, op, method, first, count) VALUES (?, 0, 'x', 'create_json', 0, ?)",
        (upload, count),
    )
    db.run("UPDATE upload SET ids = ?, members = ? WHERE id = ?", (count, count, upload))
    return upload


def held_out(db: Database, audience: int) -> set[int]:
    """Who is held out of an audience."""
    return set(db.column(f"SELECT p.id FROM person p WHERE {hold_out.held_out_sql(audience)}"))


@dataclass(frozen=True)
class Somebody:
    """What decides whether a person can be reached, and whether she matches ``store:甲``."""

    user_id: bool
    blocked: int | None
    consent: int | None
    do_not_send: int
    friend: int | None
    inside: bool

    @property
    def reachable(self) -> bool:
        """SEMANTICS "Reachable"."""
        return bool(
            self.user_id
            and self.blocked != 1
            and self.consent != 0
            and not self.do_not_send
            and self.friend != 0
        )


def somebody(chance: Random) -> Somebody:
    """By chance."""
    unknown = (None, 0, 1)
    return Somebody(
        chance.random() < 0.8,
        chance.choice(unknown),
        chance.choice(unknown),
        int(chance.random() < 0.2),
        chance.choice(unknown),
        chance.random() < 0.5,
    )


def put(db: Database, number: int, one: Somebody) -> None:
    """Write somebody down, new or again."""
    db.run(
        "INSERT INTO person (id, name, line_user_id, blocked, consent, do_not_send, friend, store) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET line_user_id = excluded.line_user_id, blocked = excluded.blocked,"
        " consent = excluded.consent, do_not_send = excluded.do_not_send, friend = excluded.friend, store = excluded.store",
        (
            number,
            f"會員{number}",
            user_id(number) if one.user_id else None,
            one.blocked,
            one.consent,
            one.do_not_send,
            one.friend,
            "甲" if one.inside else "乙",
        ),
    )
