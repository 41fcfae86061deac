"""Her orders and visits: the figures on top, those that a file stated apart from those of the orders, and the list below."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.operations.people.member_card import MemberCard
from desktop.store.member_page.card import OrderLine
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.chips import FlowLayout
from desktop.ui.widgets.labels import muted, small, text_label
from desktop.ui.widgets.table import Column, SimpleTableModel, Table

SEEN = 8
"""Rows seen at once; the list scrolls."""


class OrdersCard(Card):
    """See the module. ``more_asked(offset)``: further orders are wanted."""

    more_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__(t("member.orders"))
        self._figures = QWidget()
        self._flow = FlowLayout(self._figures, gap=24)
        self.figures: dict[str, str] = {}
        self.stated = muted(wrap=True)
        self.none = muted(t("member.orders.none"), wrap=True)
        self.table = Table(t("member.orders.table"))
        self.model = SimpleTableModel(_columns(), spoken=_spoken, parent=self.table)
        self.table.setModel(self.model)
        self.table.fit_columns(stretch=2, widths=(96, 128, 0, 84, 84, 92))
        self.more = link_button("", lambda: self.more_asked.emit(len(self.model.rows)))
        for part in (self._figures, self.stated, self.none, self.table, self.more):
            self.body.addWidget(part)
        self._count = 0

    def show_card(self, card: MemberCard, today: dt.date | None = None) -> None:
        """Show a person's orders."""
        self._show_figures(card, today or dt.date.today())
        stated = _stated(card)
        self.stated.setText(stated)
        self.stated.setVisible(bool(stated))
        self._count = card.orders_count
        self._show_rows(list(card.orders))
        self.none.setVisible(not card.orders_count)

    def add_orders(self, orders: tuple[OrderLine, ...]) -> None:
        """Show further orders below those there."""
        self._show_rows([*self.model.rows, *orders])

    def _show_rows(self, rows: list[OrderLine]) -> None:
        self.model.set_rows(rows)
        self.table.setVisible(bool(rows))
        header = self.table.horizontalHeader().height()
        row = self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(header + row * min(len(rows), SEEN) + theme.px(4))
        left = self._count - len(rows)
        self.more.setText(t("member.orders.more", n=left))
        self.more.setVisible(left > 0)

    def _show_figures(self, card: MemberCard, today: dt.date) -> None:
        while self._flow.count():
            item = self._flow.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.figures = dict(_figures(card, today))
        for name, value in self.figures.items():
            self._flow.addWidget(_figure(t(f"member.figure.{name}"), value))
        self._figures.setVisible(bool(self.figures))


def _figures(card: MemberCard, today: dt.date) -> list[tuple[str, str]]:
    """Name and value of what is known; nothing where she never bought."""
    fields = card.fields
    orders, total, last = fields["orders"], fields["total"], fields["last_order"]
    if not orders and not fields["order_days"] and not total and not last:
        return []
    known = [("orders", i18n.number(orders or 0)), ("total", i18n.money(total or 0))]
    if orders and total:
        known.append(("average", i18n.money(round(total / orders))))
    if fields["order_days"] is not None:
        known.append(("order_days", i18n.number(fields["order_days"])))
    if fields["first_order"]:
        known.append(("first_order", i18n.date(fields["first_order"])))
    if last:
        days = (today - dt.date.fromisoformat(last[:10])).days
        ago = t("member.figure.ago", date=i18n.date(last), n=days) if days > 0 else i18n.date(last)
        known.append(("last_order", ago))
    return known


def _stated(card: MemberCard) -> str:
    """What a members file said of her orders, where that is not what is shown anyway."""
    fields = card.fields
    if not card.orders_count:
        known = any(fields[f"stated_{name}"] for name in ("orders", "total", "last_order"))
        return t("member.orders.from_file") if known else ""
    parts = [
        t(f"member.stated.{name}", value=show(fields[f"stated_{name}"]))
        for name, show in (
            ("orders", i18n.number),
            ("total", i18n.money),
            ("first_order", i18n.date),
            ("last_order", i18n.date),
        )
        if fields[f"stated_{name}"] not in (None, fields[name])
    ]
    return t("member.stated", parts=t("member.joint").join(parts)) if parts else ""


def _figure(name: str, value: str) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    shown = text_label(value, wrap=False)
    shown.setProperty("kind", "strong")
    shown.setAccessibleName(f"{name} {value}")
    column.addWidget(small(name))
    column.addWidget(shown)
    return made


def _columns() -> list[Column]:
    def pale(order: OrderLine) -> str | None:
        return None if order.counts else "muted"

    return [
        Column(t("member.orders.at"), _at, role=pale),
        Column(t("member.orders.number"), _number, role=lambda order: "muted"),
        Column(t("member.orders.items"), _items, role=pale),
        Column(t("member.orders.amount"), lambda order: i18n.money(order.amount), right=True, role=pale),
        Column(t("member.orders.store"), lambda order: order.store or "", role=pale),
        Column(t("member.orders.state"), _state, role=lambda order: "muted"),
    ]


def _at(order: OrderLine) -> str:
    return i18n.date(order.at)


def _number(order: OrderLine) -> str:
    return order.number or t(f"member.order.{order.kind}")


def _items(order: OrderLine) -> str:
    return t("members.list_separator").join(
        t("member.orders.item", item=item, n=i18n.number(count)) if count not in (None, 1) else item
        for item, count, _ in order.items
        if item
    )


def _state(order: OrderLine) -> str:
    parts = [order.status or "", "" if order.counts else t("member.orders.not_counted")]
    return t("member.joint").join(part for part in parts if part)


def _spoken(order: OrderLine) -> str:
    parts = [
        _at(order),
        _number(order),
        _items(order),
        i18n.money(order.amount),
        order.store or "",
        _state(order),
    ]
    return t("members.spoken.separator").join(part for part in parts if part)
