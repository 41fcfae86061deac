"""Rows of an orders file become orders."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.importer.checking.matching import Keys
from desktop.importer.checking.order_rows import OrderRow, orders


def row(number: int, order_no: str | None = None, **cells: Any) -> OrderRow:
    fields = ("ordered_at", "amount", "status", "store", "item", "quantity", "item_amount", "name", "refund")
    return OrderRow(number, order_no, *(cells.get(name) for name in fields), cells.get("keys", Keys()))


def test_totals_on_the_first_row_only() -> None:
    (order,) = orders(
        [row(2, "A1", amount=300, item="拿鐵"), row(3, "A1", item="蛋糕"), row(4, "A1", item="折扣")]
    )
    assert order.amount == 300
    assert [item[:2] for item in order.items] == [[1, "拿鐵"], [2, "蛋糕"], [3, "折扣"]]
    assert order.sheet_rows == [2, 3, 4]


def test_a_total_repeated_on_each_row_counts_once() -> None:
    (order,) = orders([row(2, "A1", amount=300), row(3, "A1", amount=300)])
    assert order.amount == 300


def test_amounts_that_differ_by_row_are_added() -> None:
    (order,) = orders([row(2, "A1", amount=300), row(3, "A1", amount=120)])
    assert order.amount == 420


def test_without_a_total_the_items_and_their_discounts_add_up() -> None:
    (order,) = orders(
        [row(2, "A1", item="豆子", item_amount=450), row(3, "A1", item="折扣", item_amount=-50)]
    )
    assert order.amount == 400


def test_rows_without_a_number_are_orders_of_their_own() -> None:
    found = list(
        orders([row(2, ordered_at="2026-01-01", amount=10), row(3, ordered_at="2026-01-01", amount=20)])
    )
    assert [order.amount for order in found] == [10, 20]


def test_a_row_with_nothing_but_an_item_continues_the_order_above() -> None:
    (order,) = orders([row(2, "A1", ordered_at="2026-01-01", amount=90, item="拿鐵"), row(3, item="吸管")])
    assert [item[1] for item in order.items] == ["拿鐵", "吸管"]


@pytest.mark.parametrize(
    ("status", "amount", "expected"),
    [
        ("已完成", 100, True),
        ("已取消", 100, False),
        ("Cancelled", 100, False),
        ("全額退款", 100, False),
        ("部分退款", 100, True),
        ("未退款", 100, True),
        ("キャンセル済み", 100, False),
        ("完成", 0, True),
        ("完成", -100, False),
        ("處理中", None, True),
    ],
)
def test_what_counts_as_an_order(status: str, amount: float | None, expected: bool) -> None:
    (order,) = orders([row(2, "A1", status=status, amount=amount)])
    assert order.counts is expected


def test_goods_without_a_price_brought_back_are_no_order_but_a_gift_is() -> None:
    brought_back, gift = orders(
        [
            row(2, "C1", item="杯子", quantity=-2, item_amount=0),
            row(3, "A1", item="杯子", quantity=2, item_amount=0),
        ]
    )
    assert (brought_back.counts, gift.counts) == (False, True)
