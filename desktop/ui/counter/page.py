"""Counter mode, built for the till: one big box that always has the keyboard. Last digits, phone, member number, a scanned
card or a name, Return: the person stands there large. Return again: she came. A tag is one key. Then the box is empty for
the next customer. Everything works offline."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.core.people.tag import Tag
from desktop.operations.people import counter
from desktop.operations.people.counter import Customer
from desktop.store import tags
from desktop.store.members.visits import Served
from desktop.text import t
from desktop.ui.actions import Command
from desktop.ui.counter.counter_pictures import counter_pictures
from desktop.ui.counter.customer_card import CustomerCard
from desktop.ui.counter.last_customers import SHOWN, LastCustomers
from desktop.ui.counter.stage import Stage
from desktop.ui.counter.till import Till
from desktop.ui.desk import Desk
from desktop.ui.members.tagging.pinned_tags import PLACES, PinnedTags, key_of
from desktop.ui.page import Page
from desktop.ui.widgets.side_panel import SidePanel

TYPING_MS = 120
FORGET_MS = 90_000
"""So long a customer stays at the till without a key: the next one's digits must not become her amount."""


class CounterPage(Page):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "counter")
        self.till = Till(desk, self)
        self.stage = Stage(CustomerCard(self._visit, self._open_member))
        self.box, self.matches, self.card = self.stage.box, self.stage.matches, self.stage.card
        self.full, self.newcomer, self.said = self.stage.full, self.stage.newcomer, self.stage.said
        self.last = LastCustomers()
        self.pinned = PinnedTags()
        self._pins: dict[int, Tag] = {}
        self._tags: list[Tag] = []
        self._fresh = True
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._forget = QTimer(self, singleShot=True, interval=FORGET_MS)
        self._lay_out()
        self._connect()

    def opened(self, person: int | None = None, **arguments: Any) -> None:
        """Ready for the next customer; ``person``: this one stands there."""
        if self._fresh:
            self._fresh = False
            for place in PLACES:
                self.desk.actions.action(f"counter.pinned_{place}").setAutoRepeat(False)
            self._read_beside()
        if person is not None:
            self.till.choose(person)
        self.take_keyboard()

    def changed(self, changes: Changes) -> None:
        """Data changed: the customer shown, the last ones and the pinned tags follow."""
        if changes.touches(Kind.PEOPLE, Kind.TAGS, Kind.ORDERS):
            self.till.refresh()
            self._read_beside()

    def commands(self) -> list[Command]:
        """The visit, the pinned tags, the way back."""
        name = "counter.command"
        return [
            Command("counter.visit", f"{name}.visit", self._visit, None, "plus", self._somebody),
            Command("counter.next", f"{name}.next", self.next_customer, None, "x"),
            Command("counter.member", f"{name}.member", self._open_member, None, "user", self._somebody),
            Command("counter.leave", f"{name}.leave", self._leave, None, "arrow-left"),
            *(
                Command(
                    f"counter.pinned_{place}",
                    f"members.command.pinned_{place}",
                    partial(self.toggle_pinned, place),
                    f"Ctrl+{place % 10}",
                    "pin",
                    listed=place == PLACES[0],
                )
                for place in PLACES
            ),
        ]

    def pictures(self) -> dict[str, Callable[[], None]]:
        """See counter_pictures."""
        return counter_pictures(self)

    def take_keyboard(self) -> None:
        """The box has the keyboard again."""
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def next_customer(self) -> None:
        """Nobody stands here; the box is empty."""
        self._typing.stop()
        self.box.empty()
        self._typing.stop()
        self.till.free()
        self.stage.show_part(None)
        self.take_keyboard()

    def toggle_pinned(self, place: int) -> None:
        """Put a pinned tag on the customer, or take it off."""
        tag = self._pins.get(place)
        if self.till.customer is None:
            self.desk.notices.show(message("counter.nobody_yet"), kind="info")
        elif tag is None:
            self.desk.notices.show(
                message("tag_panel.said.nothing_pinned", shortcut=key_of(place)), kind="info"
            )
        else:
            self.till.toggle(tag)
        self.box.empty()
        self.take_keyboard()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What is typed while a button has the focus is for the box."""
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if plain and event.text().isprintable() and event.text().strip():
            self.take_keyboard()
            self.box.insert(event.text())
            return
        super().keyPressEvent(event)

    def _enter(self) -> None:
        """Return in the box."""
        self._typing.stop()
        text = self.box.text()
        highlighted = self.matches.highlighted if not self.matches.isHidden() else None
        # What is typed from now on is for the customer who comes of this.
        self.box.empty()
        self._typing.stop()
        if highlighted is not None:
            self.till.choose(highlighted.id)
        else:
            self.till.enter(text)

    def _typed(self) -> None:
        self._forget.start()
        self.said.hide()
        text = self.box.text()
        if self.till.busy or not text:
            return
        self._typing.stop()
        worth = len(text.strip()) >= (counter.FEWEST_DIGITS if text.strip().isascii() else 1)
        if worth:
            self._typing.start()
        else:
            self.till.free()
            self.stage.show_part(None)

    def _look(self) -> None:
        self.till.look(self.box.text())

    def _move(self, by: int) -> None:
        if not self.matches.isHidden():
            self.matches.move(by)
        elif not self.box.text() and self.till.customer is None and self.last.buttons and by > 0:
            self.last.buttons[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _escape(self) -> None:
        if self.box.text() or self.till.customer is not None or not self.matches.isHidden():
            self.next_customer()
        else:
            self._leave()

    def _shown(self, customer: Customer) -> None:
        if self.stage.show_customer(customer):
            self.box.empty()
            self._typing.stop()
        self._forget.start()
        self.take_keyboard()

    def _replaced(self, person: int, old: str, new: str) -> None:
        self.full.hide()
        self.till.replace(person, old, new)
        self.take_keyboard()

    def _refused(self, error: UserError) -> None:
        self.desk.notices.show(error.text, kind="warning")

    def _somebody(self) -> bool:
        return self.till.customer is not None

    def _visit(self) -> None:
        self.till.visit(self.box.text() if counter.is_amount(self.box.text()) else "")
        self.box.empty()
        self.take_keyboard()

    def _open_member(self) -> None:
        if self.till.customer is not None:
            self.desk.go("member", person=self.till.customer.row.id)

    def _leave(self) -> None:
        self.desk.go("members")

    def _forget_customer(self) -> None:
        if self.till.customer is not None and not self.box.text():
            self.next_customer()

    def _read_beside(self) -> None:
        self.desk.jobs.read(
            lambda db: (counter.last_served(db, SHOWN), tags.pinned(db), tags.all_tags(db)),
            owner=self,
            then=self._show_beside,
            latest="counter.beside",
        )

    def _show_beside(self, read: tuple[list[Served], dict[int, Tag], list[Tag]]) -> None:
        served, self._pins, self._tags = read
        self.last.show_served(served)
        self.pinned.show_tags(self._pins, self._tags)

    def _pin_first(self) -> None:
        self.till.pin_first(self._tags)
        self.take_keyboard()

    def _connect(self) -> None:
        till = self.till
        self.box.submitted.connect(self._enter)
        self.box.textChanged.connect(self._typed)
        self.box.moved.connect(self._move)
        self.box.escaped.connect(self._escape)
        self._typing.timeout.connect(self._look)
        self._forget.timeout.connect(self._forget_customer)
        self.matches.picked.connect(till.choose)
        self.newcomer.asked.connect(till.add)
        self.newcomer.left.connect(self.next_customer)
        self.last.opened.connect(till.choose)
        self.pinned.toggle_asked.connect(self.toggle_pinned)
        self.pinned.first_pins_asked.connect(self._pin_first)
        self.full.replace_asked.connect(self._replaced)
        till.matched.connect(self.stage.show_matches)
        till.missing.connect(self.stage.show_missing)
        till.shown.connect(self._shown)
        till.served.connect(self.stage.show_served)
        till.tagged.connect(self.stage.show_tagged)
        till.refused.connect(self._refused)
        till.known.connect(self._refused)
        till.problems.connect(self.newcomer.show_problems)
        till.freed.connect(lambda: self.stage.show_part(None))

    def _lay_out(self) -> None:
        self.body.addWidget(self.stage, 1)
        panel = SidePanel(t("counter.panel"))
        panel.section(t("tag_panel.pinned")).addWidget(self.pinned)
        panel.section(t("counter.last_customers")).addWidget(self.last)
        self.set_side_panel(panel)
