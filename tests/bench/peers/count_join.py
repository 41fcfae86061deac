"""A rival for the live count: the question as one would write it in SQL, over the tables of tags and orders and their indexes."""

from __future__ import annotations

from datetime import date, timedelta

from tests.bench.generate import STORES, TAGS
from tests.bench.measure import Bench
from tests.bench.plain_database import connect
from tests.bench.sizes import LAST_DAY, SIZES

QUESTION = """
SELECT count(*) FROM member
WHERE EXISTS (SELECT 1 FROM member_tag JOIN tag ON tag.id = tag_id
              WHERE member_id = member.id AND tag.name IN (?, ?))
  AND NOT EXISTS (SELECT 1 FROM member_tag JOIN tag ON tag.id = tag_id
                  WHERE member_id = member.id AND tag.name = ?)
  AND (SELECT max(day) FROM orders WHERE member_id = member.id AND counts) >= ?
  AND store IN (?, ?, ?)
"""
TURNS = 16
"""The question is asked so often, each time a little differently: an answer that is kept is no answer to the next."""


def parts(turn: int) -> tuple[list[str], str, int, list[str]]:
    """Of one turn: two tags of which one is wanted, the unwanted one, the days since the last order, three stores."""
    wanted = [TAGS[(turn + place) % len(TAGS)] for place in (3, 7)]
    stores = [STORES[(turn + place) % len(STORES)] for place in (0, 1, 3)]
    return wanted, TAGS[(turn + 5) % len(TAGS)], 90 - turn, stores


def count(bench: Bench) -> None:
    """People with one of two tags, without a third, last order within some days, in one of three stores."""
    db = connect(bench.copy("plain.sqlite"))
    found: list[int] = []

    def ask() -> None:
        wanted, unwanted, days, stores = parts(len(found) % TURNS)
        since = date.fromisoformat(LAST_DAY) - timedelta(days=days)
        asked = (*wanted, unwanted, since.isoformat(), *stores)
        found.append(db.execute(QUESTION, asked).fetchone()[0])

    bench.repeated(ask, 5 if SIZES[bench.size] > 100_000 else TURNS - 1)
    bench.notes["found"] = found
    db.close()
