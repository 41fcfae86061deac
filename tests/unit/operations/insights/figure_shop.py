"""Small shops whose figures are known beforehand, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from desktop.operations.audiences.audiences import condition_of
from desktop.store import figures
from desktop.store.condition_sql import count
from desktop.store.database import Database
from tests.unit.store.small_shops import empty_shop

__all__ = ["FigureShop", "empty_shop"]

Order = tuple[str, float]


class FigureShop:
    """A shop that people, orders and LINE's figures are put into."""

    def __init__(self) -> None:
        self.db: Database = empty_shop()
        self.last = 0

    def person(self, orders: Sequence[Order] = (), *, bound: bool = True, **values: Any) -> int:
        """Somebody with a member number (and, bound, a user ID) and her counting orders as (day or time, amount)."""
        self.last += 1
        row: dict[str, Any] = {"id": self.last, "member_no": f"M{self.last}", "name": f"會員{self.last}"}
        if bound:
            row["line_user_id"] = f"U{self.last:032x}"
        row |= values
        self.db.run(
            f"INSERT INTO person ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values())
        )
        self.order(self.last, orders)
        return self.last

    def people(self, number: int, orders: Sequence[Order] = (), **values: Any) -> None:
        """So many people who are alike."""
        for _ in range(number):
            self.person(orders, **values)

    def order(self, person: int | None, orders: Iterable[Order], *, counts: bool = True) -> None:
        """Give somebody (None: an unknown buyer) orders."""
        for at, amount in orders:
            self.db.run(
                "INSERT INTO shop_order (person_id, ordered_at, amount, counts) VALUES (?, ?, ?, ?)",
                (person, at, amount, int(counts)),
            )
        if person is not None:
            figures.refresh(self.db, f"SELECT {person}")

    def tag(self, person: int, name: str, group: str = "") -> None:
        """Put a tag on somebody."""
        self.db.run(
            "INSERT OR IGNORE INTO tag (name, key, grp) VALUES (?, ?, ?)", (name, name.lower(), group)
        )
        self.db.run(
            "INSERT INTO person_tag (person_id, tag_id, origin) SELECT ?, id, 'hand' FROM tag WHERE key = ?",
            (person, name.lower()),
        )

    def line(self, day: date, followers: int, blocks: int, reach: int | None = None) -> None:
        """LINE's figures of a day, typed in."""
        self.db.run(
            "INSERT INTO line_day (day, source, followers, target_reach, blocks) VALUES (?, 'hand', ?, ?, ?)",
            (day.isoformat(), followers, followers - blocks if reach is None else reach, blocks),
        )

    def count(self, query: str) -> int:
        """How many people a query opens."""
        return count(self.db, condition_of(self.db, query))
