"""Puts the rows of an orders file together to orders: one row an order or one row an item, totals on the
first row or on each, discounts as rows of their own, rows of one order apart from each other."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop.importer.checking.matching import Keys
from desktop.importer.values.flags import order_counts

_CALLED_OFF = re.compile(r"取消|作廢|cancel|void|キャンセル|取り消し|取消し", re.IGNORECASE)
"""Words of a state that ends an order whatever was paid back."""


@dataclass(slots=True)
class StagedOrder:
    """One order as its rows tell it; ``items`` are [line, item, quantity, amount], ``sheet_rows`` its rows in the file."""

    order_no: str | None
    ordered_at: str | None = None
    amounts: list[float] = field(default_factory=list)
    statuses: list[str] = field(default_factory=list)
    store: str | None = None
    keys: Keys = field(default_factory=Keys)
    name: str | None = None
    items: list[list[Any]] = field(default_factory=list)
    sheet_rows: list[int] = field(default_factory=list)
    refunds: list[float] = field(default_factory=list)

    @property
    def gross(self) -> float | int | None:
        """What was paid: the total once if every row repeats it, the sum where rows differ or only items are priced."""
        if self.amounts:
            return _told_once(self.amounts)
        priced = [item[3] for item in self.items if item[3] is not None]
        return _plain(sum(priced)) if priced else None

    @property
    def refund(self) -> float | int:
        """What was paid back, 0 for nothing."""
        return _told_once(self.refunds) if self.refunds else 0

    @property
    def amount(self) -> float | int | None:
        """The order's amount: what was paid, less what was paid back of it; an order refunded in full, which counts nowhere,
        keeps what was paid."""
        gross = self.gross
        return _plain(gross - self.refund) if gross is not None and self._refunded_in_part else gross

    @property
    def counts(self) -> bool:
        """Whether it counts as an order and as revenue: not if it was cancelled, refunded in full, or is a return."""
        gross = self.gross
        if gross is not None and (gross < 0 or 0 < gross <= self.refund or self._only_brought_back):
            return False
        # Shops call an order refunded as soon as a part of it was: the sums know better.
        passing = _CALLED_OFF.search if self._refunded_in_part else bool
        return all(order_counts(status) or not passing(status) for status in self.statuses)

    @property
    def _only_brought_back(self) -> bool:
        # Goods without a price that were brought back come to 0, as a gift does; their quantities tell them apart.
        quantities = [item[2] for item in self.items if item[2] is not None]
        return not self.gross and bool(quantities) and max(quantities) < 0

    @property
    def _refunded_in_part(self) -> bool:
        gross = self.gross
        return gross is not None and 0 < self.refund < gross

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
        if self.refund:
            known.append(self.refund)
        return hashlib.blake2b(json.dumps(known, ensure_ascii=False).encode(), digest_size=12).hexdigest()

    def add(self, row: OrderRow) -> None:
        """Take in one more row of this order."""
        self.sheet_rows.append(row.number)
        self.ordered_at = self.ordered_at or row.ordered_at
        self.store = self.store or row.store
        self.name = self.name or row.name
        self.keys = Keys(*(mine or theirs for mine, theirs in zip(self.keys, row.keys, strict=True)))
        if row.amount is not None:
            self.amounts.append(row.amount)
        if row.refund:
            self.refunds.append(row.refund)
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
    refund: float | None
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


_FIELDS = (
    "order_no",
    "ordered_at",
    "amount",
    "status",
    "store",
    "item",
    "quantity",
    "item_amount",
    "name",
    "refund",
)


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


def _told_once(amounts: Sequence[float]) -> float | int:
    """A number that stands once or on each row of an order, or the sum of what differs."""
    return _plain(amounts[0] if len(set(amounts)) == 1 else sum(amounts))


def _plain(amount: float) -> float | int:
    rounded = round(amount, 4)
    return int(rounded) if rounded == int(rounded) else rounded
