"""Rules to begin with: regulars, sleepers, this month's birthdays, newcomers. Each fits itself to what the shop's data know: of
several thresholds the first that finds somebody without finding nearly everybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.core.people.query_text import parse
from desktop.store import condition_sql
from desktop.store.database import Database

TOO_MANY = 0.6
"""The share of the shop from which on a tag hardly tells anybody apart."""


@dataclass(frozen=True, slots=True)
class Template:
    """A rule to begin with.

    Args:
        id: regulars, sleeping, birthday or newcomers.
        query: its condition.
        people: how many meet it now.
        has_data: False where the shop knows nothing of what it asks.
    """

    id: str
    query: str
    people: int
    has_data: bool


TEMPLATES: dict[str, tuple[tuple[str, Sequence[str]], ...]] = {
    "regulars": (
        (
            "last_order:any",
            ("last_order:<=60d orders:>=3", "last_order:<=90d orders:>=3", "last_order:<=180d orders:>=2"),
        ),
    ),
    "sleeping": (
        (
            "last_order:any",
            ("last_order:>90d orders:>=2", "last_order:>60d orders:>=2", "last_order:>60d"),
        ),
    ),
    "birthday": (("birthday_month:any", ("birthday_month:this_month",)),),
    "newcomers": (
        ("first_order:any", ("first_order:<=30d", "first_order:<=60d")),
        ("joined_at:any", ("joined_at:<=30d", "joined_at:<=60d")),
        ("friend_at:any", ("friend_at:<=30d", "friend_at:<=60d")),
    ),
}
"""For each the ways to ask it, best first: what the shop has to know, and the conditions from the strictest on."""


def templates(db: Database) -> list[Template]:
    """The templates as they fit this shop, in the order they are offered."""
    everybody = int(db.value("SELECT count(*) FROM person"))
    return [_fitted(db, name, ways, everybody) for name, ways in TEMPLATES.items()]


def _fitted(db: Database, name: str, ways: Sequence[tuple[str, Sequence[str]]], everybody: int) -> Template:
    for known, queries in ways:
        if not condition_sql.count(db, parse(known)):
            continue
        counts = [(query, condition_sql.count(db, parse(query))) for query in queries]
        fits = [(query, n) for query, n in counts if 0 < n <= TOO_MANY * everybody]
        query, people = (fits or counts)[0]
        return Template(name, query, people, True)
    return Template(name, ways[0][1][0], 0, False)
