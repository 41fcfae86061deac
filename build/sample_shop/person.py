"""What the generator knows of a person and an order: the truth, before an export writes it down badly."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

COMPLETED, CANCELLED, REFUNDED = "完成", "已取消", "已退款"


@dataclass(frozen=True)
class Line:
    """One item of an order; `amount` is for the whole quantity, in dollars, negative for a discount."""

    item: str
    quantity: int
    amount: int

    @property
    def is_discount(self) -> bool:
        return self.amount < 0


@dataclass
class Order:
    """One order. `buyer` is None where nobody knows who bought; `as_guest`: with the phone, without member number."""

    at: datetime
    store: str
    lines: list[Line]
    payment: str
    status: str = COMPLETED
    buyer: Person | None = None
    as_guest: bool = False
    number: str = ""

    @property
    def amount(self) -> int:
        return sum(line.amount for line in self.lines)

    @property
    def counts(self) -> bool:
        """Cancelled and refunded orders count neither as order nor as revenue."""
        return self.status == COMPLETED


@dataclass(eq=False)
class Person:
    """One member of the sample shop. `tags`: as in the cell, each once; `kept_tags`: those that fit."""

    index: int
    member_no: str | None
    name: str
    gender: str | None
    joined_at: datetime
    store: str
    source: str
    phone: str | None = None
    phone_shared: bool = False
    email: str | None = None
    birthday: date | None = None
    line_user_id: str | None = None
    written_user_id: str | None = None
    friend_on: date | None = None
    bound_on: date | None = None
    consent: bool | None = None
    points: int = 0
    level: str = ""
    favourite: str | None = None
    note: str | None = None
    buyer_class: str | None = None
    fixed: bool = False
    tags: list[str] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)

    @property
    def bound(self) -> bool:
        """A shop member with a user ID that LINE would accept."""
        return self.line_user_id is not None and self.written_user_id is None

    @property
    def counting(self) -> list[Order]:
        return [order for order in self.orders if order.counts]

    @property
    def order_days(self) -> list[date]:
        return sorted({order.at.date() for order in self.counting})

    @property
    def total(self) -> int:
        return sum(order.amount for order in self.counting)

    @property
    def last_order(self) -> date | None:
        days = self.order_days
        return days[-1] if days else None

    @property
    def kept_tags(self) -> list[str]:
        return self.tags[:10]

    @property
    def row(self) -> int:
        """Position among the people, from 1, in the order in which they joined."""
        return self.index + 1
