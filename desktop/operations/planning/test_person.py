"""Who 「我自己」 is: the one person of the list who gets the owner's test messages, chosen once."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.core.people.condition import And, Condition, Op, Term, Word
from desktop.store import condition_sql, people, shop
from desktop.store.condition_sql import Sort
from desktop.store.database import Database
from desktop.store.member_page.card import merged_into
from desktop.store.people import MemberRow

KEY = "test_person"
MOST = 30
"""People listed at once."""

_HAS_USER_ID = Term("line_user_id", Op.ANY)


@dataclass(frozen=True, slots=True)
class TestPerson:
    """The person who gets test messages; ``name`` is "" for somebody without one."""

    id: int
    name: str
    line_user_id: str

    __test__ = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """Somebody was chosen. A setting, no step of the history."""

    person: TestPerson
    changes: Changes = field(default=Changes.of(Kind.SHOP))


def chosen(db: Database) -> TestPerson | None:
    """Who was chosen, or in whom she was merged since; None for nobody, or where she is gone or has no user ID any more."""
    kept = shop.get(db, KEY)
    if not kept:
        return None
    known = person(db, int(kept))
    if known is not None:
        return known
    keep = merged_into(db, int(kept))
    return None if keep is None else person(db, keep)


def choose(db: Database, person_id: int) -> Chosen:
    """Keep who gets the test messages.

    Raises:
        UserError: if she is gone, or has no user ID.
    """
    found = person(db, person_id)
    if found is None:
        raise UserError(message("sending.no_user_id"))
    with db.transaction():
        shop.put(db, KEY, str(person_id))
    return Chosen(found)


def person(db: Database, person_id: int) -> TestPerson | None:
    """Somebody with a user ID; None for anybody else."""
    row = people.rows(db, [person_id]).get(person_id)
    if row is None or row.line_user_id is None:
        return None
    return TestPerson(row.id, row.name or row.line_name or row.member_no or "", row.line_user_id)


def find(db: Database, text: str, limit: int = MOST) -> list[MemberRow]:
    """People with a user ID.

    Args:
        text: a part of name, phone, member number or e-mail; "": the first friends of the list, who are as a rule the owner and
            who works in the shop.
        limit: at most so many.

    Raises:
        Cancelled: if the connection was interrupted.
    """
    typed = " ".join(text.split())
    wanted: Condition = And((Word(typed), _HAS_USER_ID)) if typed else _HAS_USER_ID
    sort = None if typed else Sort("friend_at")
    ids = condition_sql.ids(db, wanted, sort, limit)
    rows = people.rows(db, ids)
    return [rows[one] for one in ids if one in rows]
