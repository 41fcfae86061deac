"""The middle of the counter: the big box, and below it one thing at a time — people to choose among, the customer, somebody
new, or what was done last."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.operations.people.counter import Customer, Found, VisitOutcome
from desktop.operations.tagging.tagging import TagOutcome
from desktop.store.undo.turn_report import Affected
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.counter.counter_box import CounterBox
from desktop.ui.counter.customer_card import CustomerCard
from desktop.ui.counter.matches import MatchList
from desktop.ui.counter.newcomer import Newcomer
from desktop.ui.members.columns import shown_name
from desktop.ui.members.tagging.full_people import FullPeople
from desktop.ui.widgets.labels import good_text, muted

WIDEST = 720


class Stage(QScrollArea):
    """See the module.

    Args:
        card: the customer, large.
    """

    def __init__(self, card: CustomerCard) -> None:
        super().__init__()
        self.box = CounterBox()
        self.said = good_text("")
        self.more = muted(wrap=True)
        self.matches = MatchList()
        self.card = card
        self.full = FullPeople()
        self.newcomer = Newcomer()
        self._label = muted(t("counter.box"), wrap=True)
        self._label.setBuddy(self.box)
        self._hint = muted(t("counter.hint"), wrap=True)
        self._lay_out()
        self.said.hide()
        self.show_part(None)

    def show_part(self, shown: QWidget | None) -> None:
        """Show one of the parts, or none; with the customer there, the box is for what she spends."""
        for part in (self.matches, self.card, self.newcomer):
            part.setVisible(part is shown)
        self.more.setVisible(shown is self.matches)
        self._hint.setVisible(shown is None)
        if shown is not self.card:
            self.full.hide()
        paying = shown is self.card
        self._label.setText(t("counter.box.amount" if paying else "counter.box"))
        self.box.say(
            t("counter.box.amount_placeholder" if paying else "counter.box.placeholder"), self._label.text()
        )
        if shown is not None:
            self.said.hide()

    def show_matches(self, found: Found, text: str) -> None:
        """The people found; ``text``: was entered, and one of them is to be chosen."""
        if not found.people:
            self.show_part(None)
            return
        self.matches.show_people(list(found.people), highlight=bool(text))
        if text:
            key = "counter.choose_more" if found.more else "counter.choose"
            self.more.setText(t(key, text=text, n=len(found.people)))
        else:
            self.more.setText(t("counter.press_more" if found.more else "counter.press"))
        self.show_part(self.matches)

    def show_missing(self, text: str, fields: Mapping[str, str]) -> None:
        """Nobody was found: offer to add her."""
        self.show_part(self.newcomer)
        self.newcomer.begin(text, fields)

    def show_customer(self, customer: Customer) -> bool:
        """She stands at the till; whether she was not there before."""
        here = self.card.customer
        arrived = self.card.isHidden() or here is None or here.row.id != customer.row.id
        if arrived:
            self.full.close_choice()
        self.card.show_customer(customer)
        self.show_part(self.card)
        return arrived

    def show_served(self, customer: Customer, outcome: VisitOutcome, amount: float | int | None) -> None:
        """Say that her visit is written down."""
        name = shown_name(customer.row) or t("members.nameless")
        spent = "" if amount is None else i18n.money(amount)
        key = "counter.served_amount" if spent else "counter.served"
        self.said.setText(t(key, name=name, amount=spent, n=outcome.today))
        self.said.setVisible(self.card.isHidden())

    def show_tagged(self, outcome: TagOutcome) -> None:
        """Where there was no room for the tag, ask which to give up."""
        self.full.setVisible(bool(outcome.full))
        if outcome.full and self.card.customer is not None:
            row = self.card.customer.row
            people = (Affected(row.id, row.member_no, row.name or row.line_name),)
            self.full.show_people(people, 1, {row.id: row.tags}, self.card.customer.limit)
            self.full.open_choice(outcome.tag)

    def _lay_out(self) -> None:
        middle = QWidget()
        middle.setMaximumWidth(theme.px(WIDEST))
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, theme.px(8), 0, 0)
        column.setSpacing(theme.px(10))
        for part in (
            self._label,
            self.box,
            self.said,
            self._hint,
            self.more,
            self.matches,
            self.card,
            self.full,
        ):
            column.addWidget(part)
        column.addWidget(self.newcomer)
        column.addStretch(1)
        inside = QWidget()
        line = QHBoxLayout(inside)
        line.setContentsMargins(0, 0, 0, 0)
        line.addStretch(1)
        line.addWidget(middle, 100)
        line.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
