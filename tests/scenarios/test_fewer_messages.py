"""The lesson of fewer messages on the sample shop: a small part of the messages reaches the people behind a large part of the
revenue, inside the quota that a send to everybody would break."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.core.people.query_text import parse
from desktop.operations.audiences import costing
from desktop.operations.shop import sample_shop
from desktop.store import shop
from desktop.store.shop_file import ShopFile


def test_six_percent_of_the_messages_reach_a_third_of_the_revenue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TAGLINE_NOW", "2026-11-20T09:00:00")
    with ShopFile.create(tmp_path / "日日咖啡.tagline", name="日日咖啡") as file:
        db = file.writer()
        with db.transaction():
            shop.put(db, "practice", "1")
            shop.put_json(db, "quota", {"value": 3_000, "used": 786, "at": "2026-11-20T00:00:00.000000Z"})
            shop.put_json(db, "line_figures", {"targetedReaches": 5_230})
        sample_shop.fill(db)
        told = {}
        for query in ("tag:熟客 last_order:<=60d", "orders:>=15", "tag:VIP"):
            seen = costing.outlook(db, parse(query))
            assert seen.everybody is not None
            assert (seen.everybody.short, seen.audience.is_free) == (3_016, True)
            assert seen.revenue is not None
            assert seen.revenue.share is not None
            told[query] = (
                round(seen.audience.messages / seen.everybody.messages * 100),
                round(seen.revenue.share * 100),
            )
    assert told == {"tag:熟客 last_order:<=60d": (7, 35), "orders:>=15": (4, 28), "tag:VIP": (3, 23)}
