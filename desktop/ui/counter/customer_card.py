"""The person who stands at the till, large: who she is, her tags, how often she came, and what was noted about her."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.operations.people.counter import Customer
from desktop.store.people import MemberRow
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.counter.matches import who
from desktop.ui.members.columns import line_state, shown_name
from desktop.ui.widgets.buttons import link_button, primary_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.chips import Badge, Chip, FlowLayout
from desktop.ui.widgets.labels import big_number, muted, text_label, title

BADGES = {"bound": "good", "friend": "info", "blocked": "error", "gone": "warning", "off": "neutral"}


class CustomerCard(Card):
    """See the module.

    Args:
        visit: presses 「＋1 來店」.
        open_member: goes to the person's own page.
    """

    def __init__(self, visit: Callable[[], object], open_member: Callable[[], object]) -> None:
        super().__init__()
        self.customer: Customer | None = None
        self.name = big_number()
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.badge = Badge()
        self._who = muted()
        self._figures = {key: _Figure(t(f"counter.figure.{key}")) for key in ("days", "total", "last")}
        self._note_title = muted(t("counter.note"))
        self._note = text_label()
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips)
        self.count = muted()
        self.visit_button = primary_button(t("counter.visit"), visit)
        self.member_button = link_button(t("counter.open_member"), open_member)
        self._lay_out()

    def show_customer(self, customer: Customer) -> None:
        """Show her."""
        self.customer = customer
        row = customer.row
        name = shown_name(row) or t("members.nameless")
        self.name.setText(name)
        self.setAccessibleName(name)
        state = line_state(row)
        self.badge.set(t(f"members.line.{state}"), BADGES.get(state, "neutral"))
        self._who.setText(who(row))
        days = row.orders if customer.days is None else customer.days
        today = t("counter.today", n=customer.today) if customer.today else ""
        self._figures["days"].show(i18n.number(days or 0), today)
        self._figures["total"].show(i18n.money(row.total or 0))
        self._figures["last"].show(i18n.date(row.last_order) or t("counter.never"))
        for part in (self._note_title, self._note):
            part.setVisible(bool(customer.note))
        self._note.setText(customer.note)
        self._show_tags(row, customer.limit)

    def _show_tags(self, row: MemberRow, limit: int) -> None:
        while self._flow.count():
            item = self._flow.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for _, name, colour in row.tags:
            chip = Chip(name, colour or theme.tag_colour(name))
            chip.setEnabled(False)
            self._flow.addWidget(chip)
            chip.show()
        full = len(row.tags) >= limit
        self.count.setText(
            t("tag_panel.full", limit=limit)
            if full
            else t("tag_panel.count", held=len(row.tags), limit=limit)
        )
        self._chips.updateGeometry()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.px(12))
        top.addWidget(self.name, 1)
        top.addWidget(self.badge)
        self.body.addLayout(top)
        self.body.addWidget(self._who)
        figures = QWidget()
        flow = FlowLayout(figures, gap=28)
        for figure in self._figures.values():
            flow.addWidget(figure)
        self.body.addWidget(figures)
        tags = QHBoxLayout()
        tags.addWidget(muted(t("counter.tags")))
        tags.addStretch(1)
        tags.addWidget(self.count)
        self.body.addLayout(tags)
        self.body.addWidget(self._chips)
        self.body.addWidget(self._note_title)
        self.body.addWidget(self._note)
        buttons = QHBoxLayout()
        buttons.addWidget(self.visit_button)
        buttons.addWidget(self.member_button)
        buttons.addStretch(1)
        self.body.addLayout(buttons)


class _Figure(QWidget):
    """A number below its name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        self._value: QLabel = title("")
        self._more = muted()
        line = QHBoxLayout()
        line.setSpacing(theme.px(6))
        line.addWidget(self._value)
        line.addWidget(self._more)
        line.addStretch(1)
        column.addWidget(muted(name))
        column.addLayout(line)

    def show(self, value: str, more: str = "") -> None:  # type: ignore[override]
        """Show a number and what is to be said beside it."""
        self._value.setText(value)
        self._more.setText(more)
        self._more.setVisible(bool(more))
