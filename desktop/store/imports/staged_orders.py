"""The orders' part of a staging database: orders put together from their rows, their buyers, and whether
the shop knows them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from desktop.store.database import Database, Row

NEW, UPDATED, UNCHANGED, SKIPPED = range(4)
"""Fates of a row."""

_COLUMNS = (
    "order_no row_hash sheet_rows gross refund ordered_at amount status counts store buyer_member_no"
    " buyer_line_user_id buyer_phone buyer_email"
    " buyer_name items"
).split()

_OF_THE_FILE = ("order_no", "row_hash", "sheet_rows", "gross", "refund", "counts", "items")
_TELLING = [name for name in _COLUMNS if name not in _OF_THE_FILE]
_SHOP_ITEMS = (
    "(SELECT json_group_array(json_array(i.line, i.item, i.quantity, i.amount) ORDER BY i.line)"
    " FROM shop.order_item i WHERE i.order_id = s.id)"
)

ORDERS_SCHEMA = f"""
CREATE TABLE orders (seq INTEGER PRIMARY KEY, fate INTEGER, order_id INTEGER, person_id INTEGER, {", ".join(_COLUMNS)});
CREATE UNIQUE INDEX orders_by_no ON orders (order_no) WHERE order_no IS NOT NULL;
"""


class StagedOrders:
    """The staged orders of one import."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def add_order(self, columns: dict[str, Any]) -> None:
        """Stage an order: the columns of a shop order with its items as JSON, what was paid and paid back, and its rows in the
        file as a JSON list."""
        marks = ", ".join(f":{name}" for name in _COLUMNS)
        self.db.run(f"INSERT INTO orders ({', '.join(_COLUMNS)}) VALUES ({marks})", columns)

    def replace_order(self, seq: int, columns: dict[str, Any]) -> None:
        """Give a staged order other columns."""
        changes = ", ".join(f"{name} = :{name}" for name in _COLUMNS)
        self.db.run(f"UPDATE orders SET {changes} WHERE seq = :seq", {**columns, "seq": seq})

    def order_numbered(self, order_no: str) -> dict[str, Any] | None:
        """The staged order of a number, or None."""
        row = self.db.row(f"SELECT seq, {', '.join(_COLUMNS)} FROM orders WHERE order_no = ?", (order_no,))
        return dict(zip(["seq", *_COLUMNS], row, strict=True)) if row else None

    def last_order(self) -> int:
        """The highest sequence number of a staged order, 0 without any."""
        return int(self.db.value("SELECT coalesce(max(seq), 0) FROM orders"))

    def buyers_between(self, first: int, last: int) -> list[Row]:
        """The buyers' keys of staged orders: (seq, member_no, line_user_id, phone, email)."""
        return self.db.all(
            "SELECT seq, buyer_member_no, buyer_line_user_id, buyer_phone, buyer_email FROM orders"
            " WHERE seq BETWEEN ? AND ?",
            (first, last),
        )

    def set_buyers(self, people: Iterable[tuple[int, int]]) -> None:
        """Keep who bought: (person id, seq)."""
        self.db.many("UPDATE orders SET person_id = ? WHERE seq = ?", people)

    def find_in_shop(self) -> None:
        """Find the order of the shop that each staged one is about."""
        self.db.run(
            "UPDATE orders SET order_id = (SELECT s.id FROM shop.shop_order s WHERE s.order_no ="
            " orders.order_no)"
            " WHERE order_no IS NOT NULL"
        )
        self.db.run(
            "UPDATE orders SET order_id = (SELECT s.id FROM shop.shop_order s WHERE s.order_no IS NULL"
            " AND s.row_hash = orders.row_hash) WHERE order_no IS NULL"
        )

    def sparse_orders(self, after: int, limit: int) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        """Staged orders of which the shop knows something they leave blank, each with the shop's order.

        Args:
            after: only sequence numbers above this one.
            limit: how many at most.
        """
        own, known = (", ".join(f"{table}.{name}" for name in _TELLING) for table in ("o", "s"))
        blank = " OR ".join(f"(o.{name} IS NULL AND s.{name} IS NOT NULL)" for name in _TELLING)
        rows = self.db.all(
            f"SELECT o.seq, o.order_no, o.sheet_rows, o.gross, o.refund, o.items, {own}, {_SHOP_ITEMS}, {known}"
            " FROM orders o JOIN shop.shop_order s ON s.id = o.order_id"
            f" WHERE o.seq > ? AND s.row_hash IS NOT o.row_hash AND ({blank} OR (o.items = '[]'"
            " AND EXISTS (SELECT 1 FROM shop.order_item i WHERE i.order_id = s.id))) ORDER BY o.seq LIMIT ?",
            (after, limit),
        )
        head = ["seq", "order_no", "sheet_rows", "gross", "refund", "items", *_TELLING]
        split = len(head)
        return [
            (
                dict(zip(head, row[:split], strict=True)),
                dict(zip(["items", *_TELLING], row[split:], strict=True)),
            )
            for row in rows
        ]

    def compare_orders(self) -> None:
        """Give every staged order its fate; one whose buyer is known only now is updated."""
        self.db.run(f"UPDATE orders SET fate = {NEW} WHERE order_id IS NULL AND fate IS NULL")
        self.db.run(
            f"UPDATE orders SET fate = CASE WHEN s.row_hash IS orders.row_hash AND (s.person_id IS NOT NULL"
            f" OR orders.person_id IS NULL) THEN {UNCHANGED} ELSE {UPDATED} END"
            " FROM shop.shop_order s WHERE s.id = orders.order_id AND orders.fate IS NULL"
        )

    def rows_by_order_fate(self) -> dict[int, int]:
        """The number of file rows by the fate of their order."""
        return dict(self.db.all("SELECT fate, sum(json_array_length(sheet_rows)) FROM orders GROUP BY fate"))

    def orders_without_buyer(self) -> int:
        """How many staged orders belong to nobody the shop knows."""
        return int(
            self.db.value(f"SELECT count(*) FROM orders WHERE person_id IS NULL AND fate <> {SKIPPED}")
        )

    def skip_orders(self, orders: Iterable[int]) -> None:
        """Leave staged orders out (sequence numbers)."""
        self.db.many(f"UPDATE orders SET fate = {SKIPPED} WHERE seq = ?", ((seq,) for seq in orders))

    def skip_new_orders(self) -> None:
        """Leave out the orders that the shop does not have."""
        self.db.run(f"UPDATE orders SET fate = {SKIPPED} WHERE fate = {NEW}")

    def leave_known_orders(self) -> None:
        """Change no order that the shop has."""
        self.db.run(f"UPDATE orders SET fate = {UNCHANGED} WHERE fate = {UPDATED}")

    def rows_of_orders(self, fate: int) -> list[int]:
        """The rows in the file of the orders of a fate."""
        return self.db.column(
            "SELECT r.value FROM orders o, json_each(o.sheet_rows) r WHERE o.fate = ? ORDER BY r.value",
            (fate,),
        )

    def buyers(self, tag_key: str) -> list[Row]:
        """The known buyers who lack a tag: (person id, the first of their orders that is not left out, its first row in the file,
        how many tags they hold)."""
        return self.db.all(
            "SELECT o.person_id, min(o.seq), json_extract(o.sheet_rows, '$[0]'),"
            " (SELECT count(*) FROM shop.person_tag h WHERE h.person_id = o.person_id)"
            f" FROM orders o WHERE o.person_id IS NOT NULL AND o.fate <> {SKIPPED} AND NOT EXISTS"
            " (SELECT 1 FROM shop.person_tag h JOIN shop.tag t ON t.id = h.tag_id WHERE h.person_id = o.person_id"
            " AND t.key = ?) GROUP BY o.person_id ORDER BY min(o.seq)",
            (tag_key,),
        )

    def make_orders_updated(self, orders: Iterable[int]) -> None:
        """Give orders (sequence numbers) that were unchanged another fate: they change their buyer."""
        self.db.many(
            f"UPDATE orders SET fate = {UPDATED} WHERE seq = ? AND fate = {UNCHANGED}",
            ((seq,) for seq in orders),
        )

    def erased_orders_asked(self) -> list[Row]:
        """Orders of buyers nobody was found for: (seq, member_no, line_user_id, phone, email)."""
        return self.db.all(
            "SELECT seq, buyer_member_no, buyer_line_user_id, buyer_phone, buyer_email FROM orders"
            " WHERE person_id IS NULL"
        )
