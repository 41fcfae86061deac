"""Editor of cards: one after the other, each with a picture, a title, a text and buttons. All have the same number of buttons."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.core.planning.actions import NO_ACTION, Action, Place
from desktop.core.planning.greeting.balloons import Balloon, Card, Cards
from desktop.text import t
from desktop.ui import theme
from desktop.ui.greeting.balloons.action_form import ActionForm
from desktop.ui.greeting.balloons.address_row import AddressRow
from desktop.ui.greeting.balloons.editors import BalloonEditor, labelled
from desktop.ui.greeting.balloons.picture_field import PictureField
from desktop.ui.greeting.tools import Tools
from desktop.ui.widgets.buttons import icon_button, link_button
from desktop.ui.widgets.fields import TextField
from desktop.ui.widgets.labels import muted

MOST_CARDS = 10
MOST_BUTTONS = 3
"""Messaging API reference, "Carousel template": columns and their actions."""


class CardsEditor(BalloonEditor):
    """See the module."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self.balloon = Cards()
        self.at = 0
        self._make_row()
        self.picture = PictureField(t("greeting_page.card_picture"), tools, height=110)
        self.picture.chosen.connect(lambda number, _w, _h: self._change(picture=number))
        self.title = TextField("", t("greeting_page.card_title"))
        self.title.textEdited.connect(lambda text: self._change(title=text))
        self.text = TextField("", t("greeting_page.card_text"))
        self.text.textEdited.connect(lambda text: self._change(text=text))
        self.forms = [
            ActionForm(t("greeting_page.button", number=str(number + 1)), Place.TEMPLATE)
            for number in range(MOST_BUTTONS)
        ]
        for number, form in enumerate(self.forms):
            form.edited.connect(lambda action, number=number: self._act(number, action))
        self.column.addWidget(self.picture)
        self.column.addWidget(labelled(self.title, t("greeting_page.card_title")))
        self.column.addWidget(labelled(self.text, t("greeting_page.card_text")))
        for form in self.forms:
            self.column.addWidget(form)
        buttons = QHBoxLayout()
        self.more_buttons = link_button(t("greeting_page.add_button"), lambda: self._buttons(1), icon="plus")
        self.fewer_buttons = link_button(
            t("greeting_page.remove_button"), lambda: self._buttons(-1), icon="minus"
        )
        buttons.addWidget(self.more_buttons)
        buttons.addWidget(self.fewer_buttons)
        buttons.addStretch(1)
        self.column.addLayout(buttons)
        self.address = AddressRow("https://example.com/card.jpg", t("greeting_page.address_hint"))
        self.address.edited.connect(lambda address: self._change(url=address))
        self.column.addWidget(self.address)

    def _make_row(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.px(4))
        self.before = icon_button("caret-left", t("greeting_page.card_before"), lambda: self._go(self.at - 1))
        self.after = icon_button("caret-right", t("greeting_page.card_after"), lambda: self._go(self.at + 1))
        self.which = muted()
        self.add_card = icon_button("plus", t("greeting_page.card_add"), self._add)
        self.earlier = icon_button("arrow-left", t("greeting_page.card_earlier"), self._earlier)
        self.remove_card = icon_button("trash", t("greeting_page.card_remove"), self._remove)
        for widget in (self.before, self.which, self.after):
            row.addWidget(widget)
        row.addStretch(1)
        for widget in (self.earlier, self.add_card, self.remove_card):
            row.addWidget(widget)
        self.column.addLayout(row)

    @property
    def card(self) -> Card:
        """The card shown."""
        return self.balloon.cards[self.at]

    def show_balloon(self, balloon: Balloon) -> None:
        assert isinstance(balloon, Cards)
        self.balloon = balloon if balloon.cards else Cards((Card(),), balloon.alt)
        self._go(self.at)

    def status(self) -> tuple[str, bool]:
        wrong = any(not card.text.strip() for card in self.balloon.cards)
        count = t("greeting_page.cards", n=len(self.balloon.cards))
        return (t("greeting_page.no_card_text"), True) if wrong else (count, False)

    def first_field(self) -> QWidget:
        return self.title

    def _go(self, to: int) -> None:
        cards = self.balloon.cards
        self.at = max(0, min(to, len(cards) - 1))
        card = self.card
        self.which.setText(t("greeting_page.card_of", number=str(self.at + 1), count=str(len(cards))))
        self.before.setEnabled(self.at > 0)
        self.after.setEnabled(self.at < len(cards) - 1)
        self.earlier.setEnabled(self.at > 0)
        self.add_card.setEnabled(len(cards) < MOST_CARDS)
        self.remove_card.setEnabled(len(cards) > 1)
        self.picture.show_picture(card.picture)
        for field, text in ((self.title, card.title), (self.text, card.text)):
            if field.text() != text:
                field.setText(text)
        self.address.show_address(card.url)
        for number, form in enumerate(self.forms):
            form.setVisible(number < len(card.actions))
            action = card.actions[number] if number < len(card.actions) else NO_ACTION
            if form.action != action:
                form.show_action(action)
        self.more_buttons.setVisible(len(card.actions) < MOST_BUTTONS)
        self.fewer_buttons.setVisible(len(card.actions) > 1)

    def _change(self, **fields: object) -> None:
        cards = list(self.balloon.cards)
        cards[self.at] = replace(cards[self.at], **fields)  # type: ignore[arg-type]
        self._say(tuple(cards))

    def _act(self, number: int, action: Action) -> None:
        actions = list(self.card.actions)
        actions[number] = action
        self._change(actions=tuple(actions))

    def _buttons(self, more: int) -> None:
        """One button more or fewer, on every card."""
        count = max(1, min(MOST_BUTTONS, len(self.card.actions) + more))
        cards = tuple(
            replace(card, actions=(*card.actions, *[NO_ACTION] * MOST_BUTTONS)[:count])
            for card in self.balloon.cards
        )
        self._say(cards)
        self._go(self.at)

    def _add(self) -> None:
        cards = list(self.balloon.cards)
        cards.insert(self.at + 1, Card(actions=(NO_ACTION,) * len(self.card.actions)))
        self._say(tuple(cards))
        self._go(self.at + 1)
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self) -> None:
        self._say(tuple(card for number, card in enumerate(self.balloon.cards) if number != self.at))
        self._go(self.at)

    def _earlier(self) -> None:
        cards = list(self.balloon.cards)
        cards[self.at - 1], cards[self.at] = cards[self.at], cards[self.at - 1]
        self._say(tuple(cards))
        self._go(self.at - 1)

    def _say(self, cards: tuple[Card, ...]) -> None:
        self.balloon = replace(self.balloon, cards=cards)
        # A card taken away must not leave the editor beyond the end.
        self.at = min(self.at, len(cards) - 1)
        self.edited.emit(self.balloon)
