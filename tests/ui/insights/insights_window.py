"""A shop with a year of orders, for the tests of the page of figures."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.store import figures
from desktop.store.shop_file import ShopFile
from tests.ui.shop_window import make_shop

LAST = date(2026, 11, 20)
STORES = ("信義店", "中山店", "官網")
PEOPLE = 120


@pytest.fixture
def shop_path(tmp_path: Path) -> Path:
    """120 people of three stores: everybody is a friend since the spring; two of three are bound; every second one bought every
    30 days, the others once, long ago."""
    path = make_shop(tmp_path / "日日咖啡.tagline")
    with ShopFile.open(path) as shop:
        db = shop.writer()
        with db.transaction():
            db.run("DELETE FROM person_tag")
            db.run("DELETE FROM person")
            for number in range(PEOPLE):
                often = number % 2 == 0
                days = [LAST - timedelta(days=30 * back + number % 20) for back in range(8 if often else 0)]
                days = days or [LAST - timedelta(days=300 + number % 20)]
                person = db.insert(
                    "INSERT INTO person (member_no, name, store, line_user_id, friend_at, bound_at, orders, order_days, total,"
                    " first_order, last_order) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        f"W{number:05}",
                        f"客人{number}",
                        STORES[number % 3],
                        f"U{number:032x}" if number % 3 else None,
                        "2026-05-01",
                        "2026-05-03" if number % 3 else None,
                        len(days),
                        len(days),
                        100 * len(days),
                        days[-1].isoformat(),
                        days[0].isoformat(),
                    ),
                )
                for at, day in enumerate(days):
                    db.insert(
                        "INSERT INTO shop_order (order_no, person_id, ordered_at, amount) VALUES (?, ?, ?, 100)",
                        (f"{person}-{at}", person, day.isoformat()),
                    )
            figures.refresh(db, "SELECT id FROM person")
    return path
