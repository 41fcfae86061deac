"""What happens at the till, one customer after the other: look her up, choose among several, write her visit down, put a
tag on, add somebody new. A Return that comes while something is looked up waits for it, so that a fast hand loses nothing;
one that comes while a visit is written does nothing, so that none is written twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.core.errors import UserError
from desktop.core.job import JobContext
from desktop.core.people.selection import Selection
from desktop.core.people.tag import Tag
from desktop.operations.people import counter, editing
from desktop.operations.people.counter import Customer, Found, VisitOutcome
from desktop.operations.people.editing import Edited, FieldsRefused, KnownAlready
from desktop.operations.tagging import tagging
from desktop.operations.tagging.tagging import TagOutcome
from desktop.store.database import Database
from desktop.ui.desk import Desk
from desktop.ui.members.tagging.pinned_tags import PLACES

_FIND, _OPEN = "till_find", "till_open"


class Till(QObject):
    """See the module.

    Signals: ``matched(Found, text)``: who answers to what is typed; ``text``: was entered, and one of them is to be chosen.
    ``missing(text, fields)``: nobody does. ``shown(Customer)``: she stands at the till; ``freed``: nobody stands there.
    ``served(Customer, VisitOutcome, amount)``. ``tagged(TagOutcome)``. ``refused(UserError)``. ``problems(field → Message)``: of
    somebody new. ``known(KnownAlready)``: somebody new is somebody already, who is shown.
    """

    matched = Signal(object, str)
    missing = Signal(str, object)
    shown = Signal(object)
    served = Signal(object, object, object)
    tagged = Signal(object)
    refused = Signal(object)
    problems = Signal(object)
    known = Signal(object)
    freed = Signal()

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._desk = desk
        self.customer: Customer | None = None
        self._looking = False
        self._waiting: str | None = None
        self._asked = 0

    @property
    def busy(self) -> bool:
        """Whether somebody stands at the till or is being looked up: what is typed is about her."""
        return self._looking or self.customer is not None

    def look(self, text: str) -> None:
        """Look for who answers to a text while it is typed."""
        self._read_matches(text, self._matched_typing)

    def enter(self, text: str) -> None:
        """Return: write the visit of the customer shown, or look somebody up."""
        for_her = not text.strip() or counter.is_amount(text)
        if self._looking and for_her:
            self._waiting = text
        elif self.customer is not None and for_her:
            self.visit(text)
        elif text.strip():
            self.free()
            self._looking = True
            self._read_matches(text, self._matched_entered)

    def choose(self, person: int) -> None:
        """Show a person."""
        self._asked += 1
        self._desk.jobs.read(
            lambda db: counter.customer(db, person), owner=self._page, then=self._show, latest=_OPEN
        )

    def refresh(self) -> None:
        """Data changed: what is shown of the customer is read again."""
        if self.customer is not None and not self._looking:
            self.choose(self.customer.row.id)

    def free(self) -> None:
        """Nobody stands at the till."""
        self._asked += 1
        self._looking, self._waiting = False, None
        if self.customer is not None:
            self.customer = None
            self.freed.emit()

    def visit(self, text: str = "") -> None:
        """Write down that the customer shown came; ``text``: what she spends, or nothing."""
        customer = self.customer
        if customer is None:
            return
        try:
            amount = counter.read_amount(text)
        except UserError as error:
            self.refused.emit(error)
            return
        person = customer.row.id
        # From now on the box is for the next customer; a second Return finds nobody here.
        self.free()
        self._desk.jobs.write(
            lambda db, ctx: counter.visit(db, person, amount),
            owner=self._page,
            then=lambda outcome: self._served(customer, outcome, amount),
            on_error=self.refused.emit,
        )

    def toggle(self, tag: Tag) -> None:
        """Put a tag on the customer shown, or take it off."""
        if self.customer is None:
            return
        person = self.customer.row.id
        self._write_tag(lambda db, ctx: tagging.toggle(db, Selection.of([person]), tag.name, person), person)

    def replace(self, person: int, old: str, new: str) -> None:
        """Give a customer who is full ``new`` in the place of ``old``."""
        self._write_tag(lambda db, ctx: tagging.replace(db, person, old, new), person)

    def pin_first(self, tags: Sequence[Tag]) -> None:
        """Pin the tags most people have, as many as there are keys on the left hand."""
        for place, tag in zip(PLACES[:4], tags, strict=False):
            self._desk.jobs.write(partial(_pin, name=tag.name, place=place), owner=self._page)

    def add(self, fields: Mapping[str, str]) -> None:
        """Add somebody new and show her."""
        self._desk.jobs.write(
            lambda db, ctx: editing.add_person(db, fields),
            owner=self._page,
            then=self._added,
            on_error=self._not_added,
        )

    def _read_matches(self, text: str, then: Any) -> None:
        self._asked += 1
        asked = self._asked

        def work(db: Any) -> tuple[Found, dict[str, str]]:
            found = counter.find(db, text)
            return found, {} if found.people else counter.newcomer(db, text)

        def arrived(answer: tuple[Found, dict[str, str]]) -> None:
            # Whoever was looked up may have been overtaken by another question.
            if asked == self._asked:
                then(text, *answer)

        self._desk.jobs.read(work, owner=self._page, then=arrived, latest=_FIND)

    def _matched_typing(self, text: str, found: Found, fields: dict[str, str]) -> None:
        self.matched.emit(found, "")

    def _matched_entered(self, text: str, found: Found, fields: dict[str, str]) -> None:
        self._looking = False
        if len(found.people) == 1:
            # A Return pressed meanwhile, and the amount before it, are for her and wait until she is there.
            self._looking = True
            self.choose(found.people[0].id)
            return
        # Nobody was seen yet: a Return pressed blindly must not choose among several.
        self._waiting = None
        if found.people:
            self.matched.emit(found, text)
        else:
            self.missing.emit(text, fields)

    def _show(self, customer: Customer | None) -> None:
        waiting, self._waiting, self._looking = self._waiting, None, False
        self.customer = customer
        if customer is None:
            self.freed.emit()
            return
        self.shown.emit(customer)
        if waiting is not None:
            self.visit(waiting)

    def _served(self, customer: Customer, outcome: VisitOutcome, amount: float | int | None) -> None:
        self.served.emit(customer, outcome, amount)

    def _write_tag(self, work: Any, person: int) -> None:
        def done(outcome: Any) -> None:
            if isinstance(outcome, TagOutcome):
                self.tagged.emit(outcome)
            if self.customer is not None and self.customer.row.id == person:
                self.choose(person)

        self._desk.jobs.write(work, owner=self._page, then=done, on_error=self.refused.emit)

    def _added(self, added: Edited) -> None:
        self.choose(added.person)

    def _not_added(self, error: UserError) -> None:
        if isinstance(error, KnownAlready):
            self.known.emit(error)
            self.choose(error.person.id)
        elif isinstance(error, FieldsRefused):
            self.problems.emit(error.fields)
        else:
            self.refused.emit(error)


def _pin(db: Database, _ctx: JobContext, *, name: str, place: int) -> object:
    return tagging.pin(db, name, place)
