"""At the till: a few digits, a scanned card or a name become a person, and her visit is written down. All of it works on
the shop file alone, so it works offline."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.core.changes import Changes, Kind
from desktop.core.clock import Clock, local_now
from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.core.people.condition import Condition, Op, Or, Term
from desktop.core.people.search_text import phone_writings
from desktop.store import condition_sql, history, people, shop
from desktop.store.condition_sql import Sort
from desktop.store.database import Database
from desktop.store.members import lookup, visits
from desktop.store.members.lookup import Keys
from desktop.store.members.visits import Served
from desktop.store.people import MemberRow

FEWEST_DIGITS = 3
"""Digits from which a number can be the end of a phone or a member number."""

WHOLE_NUMBER = 7
"""Digits from which a number that is found whole is not looked for as an ending too."""

MOST_AMOUNT = 10_000_000
MOST_AMOUNT_DIGITS = 6

_DIGITS = re.compile(r"\d+", re.ASCII)
_SPACED = re.compile(r"[\d\s().\-/+]+", re.ASCII)
_USER_ID = re.compile(r"u[0-9a-f]{32}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Found:
    """Who answers to what was typed.

    Args:
        people: the likeliest first.
        more: whether there are others beyond these.
    """

    people: tuple[MemberRow, ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Customer:
    """One person as the counter shows her.

    Args:
        row: what the members list knows of her.
        days: her order days, as far as they are known; None: only a number of orders was stated.
        today: visits pressed today.
        limit: tags one person can have in this shop.
    """

    row: MemberRow
    note: str
    days: int | None
    today: int
    limit: int


@dataclass(frozen=True, slots=True)
class VisitOutcome:
    """A visit was written down: by which step, and how many there are today."""

    person: int
    step: int
    today: int
    changes: Changes


def find(db: Database, text: str, limit: int = 9) -> Found:
    """Look for a person by whole member number, phone, e-mail or LINE user ID; by the last digits of phone or member number
    (FEWEST_DIGITS or more); or by a part of the name.

    Args:
        text: as typed or scanned, in any width and writing.
        limit: at most so many people.

    Raises:
        Cancelled: if the connection was interrupted.
    """
    typed = " ".join(unicodedata.normalize("NFKC", text).split())
    if not typed:
        return Found(())
    whole = lookup.by_keys(db, [keys_in(db, typed)])[0]
    digits = re.sub(r"\D", "", typed, flags=re.ASCII) if _SPACED.fullmatch(typed) else ""
    ids = list(whole)
    if digits and len(digits) >= FEWEST_DIGITS and not (whole and len(digits) >= WHOLE_NUMBER):
        ids += lookup.ending_in(db, digits, limit + 1) or _holding(db, typed, limit + 1)
    elif not digits and not whole:
        ids += condition_sql.ids(db, _named(typed), Sort("last_order", descending=True), limit + 1)
    ids = list(dict.fromkeys(ids))
    rows = people.rows(db, ids[:limit])
    return Found(tuple(rows[person] for person in ids[:limit] if person in rows), len(ids) > limit)


def keys_in(db: Database, text: str) -> Keys:
    """What a text can be as a whole: a member number, a phone, an e-mail address, a LINE user ID."""
    plain = unicodedata.normalize("NFKC", text).strip()
    lower = plain.casefold()
    return Keys(
        member_no=plain,
        phones=phone_writings(plain, shop.get(db, "country", "TW")),
        email=lower if "@" in lower else "",
        line_user_id="U" + lower[1:] if _USER_ID.fullmatch(lower) else "",
    )


def customer(db: Database, person: int, clock: Clock | None = None) -> Customer | None:
    """What the counter shows of a person; None if she is gone."""
    row = people.rows(db, [person]).get(person)
    if row is None:
        return None
    note, days = db.row("SELECT note, order_days FROM person WHERE id = ?", (person,)) or ("", None)
    today = visits.on_day(db, person, _now(db, clock)[:10])
    return Customer(row, note or "", days, today, shop.tag_limit(db))


def visit(
    db: Database, person: int, amount: float | int | None = None, clock: Clock | None = None
) -> VisitOutcome:
    """Write down that a person came, as one step. However often she comes on a day, it is one order day.

    Args:
        amount: what she spent, in the shop's money; None if that is not known.

    Raises:
        UserError: if the person is gone, or the amount is negative or beyond MOST_AMOUNT.
    """
    if amount is not None and not 0 <= amount <= MOST_AMOUNT:
        raise UserError(message("counter.amount_wrong", most=MOST_AMOUNT))
    with db.transaction():
        row = people.rows(db, [person]).get(person)
        if row is None:
            raise UserError(message("counter.gone"))
        now = _now(db, clock)
        name = row.name or row.line_name or row.member_no or message("members.nameless")
        title = message("steps.visit", name=name, person=person)
        step = history.begin_step(db, "visit", title)
        visits.add(db, person, now, amount, step)
        history.finish_step(db, step, 1)
        today = visits.on_day(db, person, now[:10])
    changes = Changes.of(Kind.PEOPLE, Kind.ORDERS, Kind.HISTORY, count=1)
    return VisitOutcome(person, step, today, changes)


def last_served(db: Database, limit: int = 5) -> list[Served]:
    """The visits pressed last, newest first."""
    return visits.last_served(db, limit)


def read_amount(text: str) -> float | int | None:
    """A typed amount; None for an empty text.

    Raises:
        UserError: if it is no amount.
    """
    from desktop.importer.values.money import read_number

    if not text.strip():
        return None
    amount = read_number(text).value
    if not isinstance(amount, int | float) or not 0 <= amount <= MOST_AMOUNT:
        raise UserError(message("counter.amount_wrong", most=MOST_AMOUNT))
    return amount


def is_amount(text: str) -> bool:
    """Whether what was typed while a person stands at the till can be what she spends; a longer number, or one that begins with
    a zero, is the next person's card or phone."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    digits = re.sub(r"\D", "", plain.partition(".")[0], flags=re.ASCII)
    if not 1 <= len(digits) <= MOST_AMOUNT_DIGITS or (digits[0] == "0" and len(digits) > 1):
        return False
    try:
        return read_amount(text) is not None
    except UserError:
        return False


def newcomer(db: Database, text: str) -> dict[str, str]:
    """What can be taken from a text that found nobody for somebody new: name, phone, or the member number of a scanned card."""
    from desktop.importer.values.phones import read_phone

    name, number = name_and_phone(text)
    fields = {"name": name} if name else {}
    if number and read_phone(number, shop.get(db, "country", "TW")).value is not None:
        fields["phone"] = number
    elif len(number) >= WHOLE_NUMBER and number.isdigit():
        fields["member_no"] = number
    return fields


def name_and_phone(text: str) -> tuple[str, str]:
    """What was typed for somebody who was not found, as (name, phone): the piece that is written like a phone, and the rest."""
    pieces: Sequence[str] = unicodedata.normalize("NFKC", text).split()
    phone = [piece for piece in pieces if _SPACED.fullmatch(piece) and _DIGITS.search(piece)]
    name = [piece for piece in pieces if piece not in phone]
    return " ".join(name), " ".join(phone)


def _holding(db: Database, digits: str, limit: int) -> Sequence[int]:
    """Nobody's number ends so: perhaps the rest of it is still to come, or these are digits from its middle."""
    anywhere = Term("phone", Op.HAS, digits)
    return condition_sql.ids(db, anywhere, Sort("last_order", descending=True), limit)


def _named(text: str) -> Condition:
    fields = ("name", "line_name", *(("email",) if "@" in text else ()))
    return Or(tuple(Term(field, Op.HAS, text) for field in fields))


def _now(db: Database, clock: Clock | None) -> str:
    return local_now(shop.get(db, "zone", "Asia/Taipei"), clock).strftime("%Y-%m-%dT%H:%M:%S")
