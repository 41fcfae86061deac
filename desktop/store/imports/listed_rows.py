"""The rows behind the numbers of a check: which rows of the file would bring somebody new, which would change
somebody and in what, which change nothing. Read out of the staging file of a plan that is not committed yet.
And whom a committed one brought, which files were imported, and what they came to."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.core.people.search_text import fold
from desktop.store.database import Database, Row, connect
from desktop.store.imports.staged_orders import NEW, UNCHANGED, UPDATED

_FATES = {"new": NEW, "updated": UPDATED, "unchanged": UNCHANGED}


@dataclass(frozen=True, slots=True)
class StagedRow:
    """A row of the file as it is staged.

    Args:
        row: the number the spreadsheet shows.
        name: of the person, or of an order's buyer.
        key: her member number, else the first key the row has; of an order its number.
        phone: E.164.
        changes: the columns of her that would change, ``tags`` among them.
    """

    row: int
    name: str
    key: str
    phone: str
    changes: tuple[str, ...] = ()


def rows_of(
    staging_file: Path, fate: str, orders: bool, text: str = "", limit: int = 5_000
) -> list[StagedRow]:
    """The rows with one fate, in the order of the file.

    Args:
        staging_file: of the plan.
        fate: ``new``, ``updated`` or ``unchanged``.
        orders: whether the file is one of orders.
        text: only rows whose name, number or keys contain it.
        limit: how many at most.
    """
    db = connect(staging_file, read_only=True)
    try:
        return _orders(db, fate, text, limit) if orders else _people(db, fate, text, limit)
    finally:
        db.close()


def _people(db: Database, fate: str, text: str, limit: int) -> list[StagedRow]:
    rows = db.all(
        "SELECT i.sheet_row, coalesce(i.name, i.line_name, ''), coalesce(i.member_no, i.email, i.line_user_id, ''),"
        " coalesce(i.phone, ''), u.before, u.after,"
        " EXISTS (SELECT 1 FROM tag_wish w WHERE w.person_id = f.person_id AND w.sheet_row = i.sheet_row)"
        " FROM incoming i LEFT JOIN fate f ON f.seq = i.seq LEFT JOIN person_update u ON u.person_id = f.person_id"
        " WHERE coalesce(f.fate, :new) = :fate AND (:text = '' OR instr(coalesce(i.folded, ''), :text)"
        " OR instr(lower(coalesce(i.name, '') || ' ' || coalesce(i.member_no, '')), :text)"
        " OR instr(coalesce(i.phone, ''), :digits)) ORDER BY i.seq LIMIT :limit",
        {
            "new": NEW,
            "fate": _FATES[fate],
            "text": fold(text.strip()),
            "digits": _digits(text),
            "limit": limit,
        },
    )
    return [_person(row, fate) for row in rows]


def _person(row: Row, fate: str) -> StagedRow:
    number, name, key, phone, before, after, tagged = row
    changes: list[str] = []
    if fate == "updated":
        was, becomes = json.loads(before or "{}"), json.loads(after or "{}")
        changes = [field for field in becomes if becomes[field] != was.get(field) and field not in _INNER]
        changes += ["tags"] if tagged else []
    return StagedRow(int(number), str(name), str(key), str(phone), tuple(changes))


_INNER = frozenset({"folded", "by_hand", "changed_step"})


def _orders(db: Database, fate: str, text: str, limit: int) -> list[StagedRow]:
    rows = db.all(
        "SELECT j.value, coalesce(o.buyer_name, ''), coalesce(o.order_no, o.ordered_at, ''),"
        " coalesce(o.buyer_phone, '') FROM orders o, json_each(o.sheet_rows) j WHERE o.fate = :fate"
        " AND (:text = '' OR instr(lower(coalesce(o.order_no, '') || ' ' || coalesce(o.buyer_name, '') || ' '"
        " || coalesce(o.buyer_member_no, '')), :text) OR instr(coalesce(o.buyer_phone, ''), :digits))"
        " ORDER BY j.value LIMIT :limit",
        {"fate": _FATES[fate], "text": fold(text.strip()), "digits": _digits(text), "limit": limit},
    )
    return [StagedRow(int(number), str(name), str(key), str(phone)) for number, name, key, phone in rows]


def _digits(text: str) -> str:
    """The digits of a text as they stand in an E.164 number; something no number holds where there are none."""
    digits = "".join(character for character in text if character.isdigit())
    return digits.removeprefix("0") if len(digits) >= 3 else "-"


def people_brought(db: Database, step: int) -> tuple[int, int] | None:
    """The lowest and the highest id of the people an import brought, who have all numbers between; None if it brought nobody."""
    low, high = db.row("SELECT min(id), max(id) FROM person WHERE created_step = ?", (step,)) or (None, None)
    return None if low is None else (int(low), int(high))


@dataclass(frozen=True, slots=True)
class PastImport:
    """A file that was imported: its step, when (a UTC instant), whether the import was undone since, and its report as kept."""

    step: int
    at: str
    undone: bool
    file: str
    report: dict[str, Any]


def past_imports(db: Database, limit: int) -> list[PastImport]:
    """The files imported last, newest first; their reports keep the first 5,000 rows that need a look."""
    rows = db.all(
        "SELECT f.step_id, s.at, s.state, f.file, f.report FROM import_file f JOIN step s ON s.id = f.step_id"
        " ORDER BY f.step_id DESC LIMIT ?",
        (limit,),
    )
    return [
        PastImport(int(step), str(at), state == "undone", str(file), json.loads(report))
        for step, at, state, file, report in rows
    ]
