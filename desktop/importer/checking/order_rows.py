"""Puts the rows of an orders file together to orders: one row an order or one row an item, totals on the
first row or on each, discounts as rows of their own, rows of one order apart from each other."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop.importer.checking.matching import Keys
from desktop.importer.values.flags import order_counts


@dataclass(slots=True)
class StagedOrder:
    """One order as its rows tell it; ``items`` are [line, item, quantity, amount], ``rows`` the number of file rows."""

    order_no: str | None
    ordered_at: str | None = None
    amounts: list[float] = field(default_factory=list)
    statuses: list[str] = field(default_factory=list)
    store: str | None = None
    keys: Keys = field(default_factory=Keys)
    name: str | None = None
    items: list[list[Any]] = field(default_factory=list)
    rows: int = 0

    @property
    def amount(self) -> float | int | None:
        """The order's amount: the total once if every row repeats it, the sum where rows differ or only items are priced."""
        if self.amounts:
            same = len(set(self.amounts)) == 1
            return _plain(self.amounts[0] if same else sum(self.amounts))
        priced = [item[3] for item in self.items if item[3] is not None]
        return _plain(sum(priced)) if priced else None

    @property
    def counts(self) -> bool:
        """Whether it counts as an order and as revenue: not if it was cancelled, refunded in full, or is a return."""
        amount = self.amount
        return (amount is None or amount >= 0) and all(order_counts(status) for status in self.statuses)

    def fingerprint(self) -> str:
        """A hash of all that is known of it, to tell an unchanged order from a changed one."""
        known = [
            self.order_no,
            self.ordered_at,
            self.amount,
            sorted(set(self.statuses)),
            self.store,
            *self.keys,
            self.name,
            self.items,
        ]
        return hashlib.blake2b(json.dumps(known, ensure_ascii=False).encode(), digest_size=12).hexdigest()

    def add(self, row: OrderRow) -> None:
        """Take in one more row of this order."""
        self.rows += 1
        self.ordered_at = self.ordered_at or row.ordered_at
        self.store = self.store or row.store
        self.name = self.name or row.name
        self.keys = Keys(*(mine or theirs for mine, theirs in zip(self.keys, row.keys, strict=True)))
        if row.amount is not None:
            self.amounts.append(row.amount)
        if row.status:
            self.statuses.append(row.status)
        if row.item is not None or row.quantity is not None or row.item_amount is not None:
            self.items.append([len(self.items) + 1, row.item, row.quantity, row.item_amount])


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One cleaned row of an orders file."""

    number: int
    order_no: str | None
    ordered_at: str | None
    amount: float | None
    status: str | None
    store: str | None
    item: str | None
    quantity: float | None
    item_amount: float | None
    name: str | None
    keys: Keys

    @property
    def is_empty(self) -> bool:
        """Nothing in it that belongs to an order."""
        return self.order_no is None and self.ordered_at is None and self.amount is None and self.item is None


class OrderRowReader:
    """Reads cleaned rows by the recipe's fields."""

    def __init__(self, fields: Sequence[str]) -> None:
        self._at = {name: place for place, name in enumerate(fields)}

    def rows(self, numbers: Iterable[int], rows: Iterable[tuple[Any, ...]]) -> Iterator[OrderRow]:
        """The rows of one batch."""
        for number, row in zip(numbers, rows, strict=True):
            keys = Keys(*(self._value(row, key) for key in Keys._fields))
            yield OrderRow(*(number, *(self._value(row, name) for name in _FIELDS), keys))

    def _value(self, row: tuple[Any, ...], name: str) -> Any:
        place = self._at.get(name)
        return None if place is None else row[place]


_FIELDS = ("order_no", "ordered_at", "amount", "status", "store", "item", "quantity", "item_amount", "name")


def orders(rows: Iterable[OrderRow]) -> Iterator[StagedOrder]:
    """Adjacent rows of one order number are one order; a row without number, date and total continues the order above."""
    current: StagedOrder | None = None
    for row in rows:
        continues = current is not None and (
            row.order_no == current.order_no
            if row.order_no is not None
            else row.ordered_at is None and row.amount is None and not any(row.keys)
        )
        if current is None or not continues:
            if current is not None:
                yield current
            current = StagedOrder(row.order_no)
        current.add(row)
    if current is not None:
        yield current


def _plain(amount: float) -> float | int:
    rounded = round(amount, 4)
    return int(rounded) if rounded == int(rounded) else rounded
