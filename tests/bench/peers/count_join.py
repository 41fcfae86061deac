"""A rival for the live count: the question as one would write it in SQL, over the tables of tags and orders and their indexes."""

from __future__ import annotations

from tests.bench.measure import Bench
from tests.bench.plain_database import connect
from tests.bench.sizes import SIZES

QUESTION = """
SELECT count(*) FROM member
WHERE EXISTS (SELECT 1 FROM member_tag JOIN tag ON tag.id = tag_id
              WHERE member_id = member.id AND tag.name IN ('標籤03', '標籤07'))
  AND NOT EXISTS (SELECT 1 FROM member_tag JOIN tag ON tag.id = tag_id
                  WHERE member_id = member.id AND tag.name = '標籤05')
  AND (SELECT max(day) FROM orders WHERE member_id = member.id AND counts) >= '2026-08-22'
  AND store IN ('中山店', '信義店', '官網')
"""


def count(bench: Bench) -> None:
    """People with one of two tags, without a third, last order within 90 days, in one of three stores."""
    db = connect(bench.copy("plain.sqlite"))
    found: list[int] = []
    bench.repeated(
        lambda: found.append(db.execute(QUESTION).fetchone()[0]), 5 if SIZES[bench.size] > 100_000 else 15
    )
    bench.notes["found"] = found[-1]
    db.close()
