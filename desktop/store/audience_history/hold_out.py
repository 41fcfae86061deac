"""The hold-out of an audience: a fixed share of the shop's people who are left out of its uploads, so that what a send does can
be seen later. Who they are follows from numbers of the shop's own and each person's number: the same people every time, and at
a smaller share some of those of a larger one."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from typing import Any

from desktop.store import shop
from desktop.store.audiences import REACHABLE
from desktop.store.database import Database

MOST_PERCENT = 50
"""More than half of an audience left out is no test any more."""

SEED_KEY = "hold_out_seed"
PRIME = 2**31 - 1
"""A prime for whose square SQLite's whole numbers have room."""


def ensure_seed(db: Database) -> None:
    """Give the shop its numbers, once, inside the caller's transaction: four at random, the coefficients of a polynomial over
    the whole numbers modulo PRIME. Among any four people chance then has its say as if each had drawn a lot (a
    4-independent hash: Wegman and Carter 1981)."""
    if not shop.get(db, SEED_KEY):
        shop.put(db, SEED_KEY, json.dumps([1 + secrets.randbelow(PRIME - 1) for _ in range(4)]))


def held_out_sql(audience_id: int) -> str:
    """SQL on ``person p``, 1 or 0: whether she is one of those whom this audience's uploads leave out."""
    seed = [
        f"(SELECT json_extract(value, '$[{place}]') FROM shop WHERE key = '{SEED_KEY}')" for place in range(4)
    ]
    lot = seed[0]
    for coefficient in seed[1:]:
        lot = f"(({lot} * (p.id % {PRIME}) + {coefficient}) % {PRIME})"
    percent = f"(SELECT hold_out_percent FROM audience WHERE id = {int(audience_id)})"
    return f"coalesce({percent} > 0 AND {lot} * 100 < {percent} * {PRIME}, 0)"


def percent_of(db: Database, audience_id: int) -> int:
    """The share an audience holds out, in percent."""
    return int(db.value("SELECT hold_out_percent FROM audience WHERE id = ?", (audience_id,)) or 0)


def set_percent(db: Database, audience_id: int, percent: int) -> None:
    """Hold out another share, inside the caller's transaction.

    Args:
        db: the writer.
        audience_id: which audience.
        percent: 0 to MOST_PERCENT.
    """
    if not 0 <= percent <= MOST_PERCENT:
        raise ValueError(f"a share of {percent} percent cannot be held out")
    ensure_seed(db)
    db.run("UPDATE audience SET hold_out_percent = ? WHERE id = ?", (percent, audience_id))


def keep_held_out(
    db: Database, upload_id: int, audience_id: int, where: str, params: Sequence[Any] = ()
) -> int:
    """Keep whom an upload leaves out: the reachable people who match a compiled condition on ``person p`` and are held out.

    Returns:
        How many they are.
    """
    return db.run(
        f"INSERT INTO held_out_person (upload_id, person_id) SELECT {int(upload_id)}, p.id FROM person p"
        f" WHERE {REACHABLE} AND ({where}) AND {held_out_sql(audience_id)}",
        params,
    )
