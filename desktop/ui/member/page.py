"""The page of one member: everything the shop knows of her on one page, changed where it stands, each change one step; her tags
with where they came from; what was done with her; what she may ask to see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.core.changes import Changes, Kind
from desktop.core.people.condition import Op, Term
from desktop.core.people.query_text import to_text
from desktop.operations.people import member_card
from desktop.operations.people.member_card import MemberCard, MemberSteps
from desktop.text import t
from desktop.ui import theme
from desktop.ui.actions import Command
from desktop.ui.desk import Desk
from desktop.ui.member.changing import Changing
from desktop.ui.member.commands import page_commands, page_pictures
from desktop.ui.member.leaving import more_menu
from desktop.ui.member.one_person import OnePerson
from desktop.ui.member.parts.details_card import DetailsCard
from desktop.ui.member.parts.note_editor import NoteEditor
from desktop.ui.member.parts.orders_card import OrdersCard
from desktop.ui.member.parts.reach_part import ReachPart
from desktop.ui.member.parts.states import States
from desktop.ui.member.parts.steps_card import StepsCard
from desktop.ui.member.parts.tags_part import TagsPart
from desktop.ui.members.tagging.tag_panel import read_tags_now
from desktop.ui.members.tagging.tagger import Tagger
from desktop.ui.page import Page
from desktop.ui.widgets.buttons import button, icon_button, menu_button
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.labels import heading
from desktop.ui.widgets.side_panel import SidePanel

ROOMY = 860
"""Width at 100 % text size from which tags, note and reach stand in a panel of their own."""

_SHOWN = (Kind.PEOPLE, Kind.TAGS, Kind.ORDERS, Kind.HISTORY, Kind.SHOP)


class MemberPage(Page):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "member")
        self.desk: Desk = desk
        self.target = OnePerson()
        self.tagger = Tagger(desk, self.target, self)
        self.states, self.details, self.orders = States(), DetailsCard(), OrdersCard()
        self.steps, self.tags, self.reach, self.note = StepsCard(), TagsPart(), ReachPart(), NoteEditor()
        self._person: int | None = None
        self._ids: Sequence[int] = ()
        self._at: int | None = None
        self.changing = Changing(desk, self, self.target, self.details, self.note)
        self._add_buttons()
        self._lay_out()
        self._connect()

    @property
    def card(self) -> MemberCard | None:
        """The person shown."""
        return self.target.card

    def opened(self, person: int | None = None, ids: Sequence[int] | None = None, **arguments: Any) -> None:
        """Show a person; ``ids``: the list she was chosen from, in its order, for going on to the next."""
        if ids is not None:
            self._ids, self._at = ids, None
        if person is not None:
            self.show_person(int(person))
        elif self._person is not None:
            self.show_person(self._person)
        else:
            self._show_card(None)
        if self.card is not None:
            # Qt's own choice would be the first thing on the page that takes the keyboard: the way back.
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep_written(self, then: Callable[[], object]) -> None:
        """Keep at once what is being typed into the note, then go on."""
        self.note.save()
        then()

    def show_person(self, person: int) -> None:
        """Show somebody else, or the same person anew."""
        reader = self.desk.jobs.page_reader
        card = member_card.card(reader, person)
        if card is None:
            kept = member_card.merged_into(reader, person)
            if kept is not None:
                self.show_person(kept)
                return
        if person != self._person:
            self.note.save()
            self.changing.somebody_else()
            self.bar.clear()
            self._scroll.verticalScrollBar().setValue(0)
        if person != self._person or self._at is None:
            self._person = person
            self._at = self._place()
        self._show_card(card)
        self._read_behind()

    def changed(self, changes: Changes) -> None:
        if self._person is not None and changes.touches(*_SHOWN):
            self.show_person(self._person)

    def commands(self) -> list[Command]:
        """See commands."""
        return page_commands(self)

    def remember(self) -> dict[str, Any]:
        return {"person": self._person} if self._person is not None else {}

    def recall(self, state: dict[str, Any]) -> None:
        self._person = state.get("person")

    def pictures(self) -> dict[str, Callable[[], None]]:
        """See commands."""
        return page_pictures(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def back(self) -> None:
        """Back to where she was opened from, as it was left."""
        self.desk.back()

    def step_person(self, by: int) -> None:
        """Show the person so many further down (or up) in the list."""
        if self._at is not None and self.can_step(by):
            self.show_person(int(self._ids[self._at + by]))

    def can_step(self, by: int) -> bool:
        """Whether there is somebody in that direction."""
        return self._at is not None and 0 <= self._at + by < len(self._ids)

    def scroll_to_end(self) -> None:
        """Show what stands at the foot of the page."""
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.maximum())

    def edit_first(self) -> None:
        """Start editing the name."""
        self.details.open("name")

    def _show_card(self, card: MemberCard | None) -> None:
        self.target.card = card
        self._stack.setCurrentIndex(0 if card is not None else 1)
        self._panel.setVisible(card is not None and self._beside)
        for control in (self.previous, self.next, self.export_button, self.more):
            control.setVisible(card is not None)
        if card is None:
            self.header.set_title(t("shell.page.member"))
            self.header.set_subtitle("")
            return
        self.header.set_title(card.shown_name or t("members.nameless"))
        line_name = card.fields["line_name"]
        shown = line_name and line_name != card.shown_name
        self.header.set_subtitle(t("member.line_name", name=line_name) if shown else "")
        for part in (self.states, self.details, self.orders, self.tags, self.reach):
            part.show_card(card)
        self.note.show_note(card.id, card.fields["note"] or "")
        in_list = self._at is not None and len(self._ids) > 1
        self.previous.setVisible(in_list)
        self.next.setVisible(in_list)
        self.previous.setEnabled(self.can_step(-1))
        self.next.setEnabled(self.can_step(1))

    def _read_behind(self) -> None:
        """What takes longer than a look: her steps, and the tags of the shop."""
        person = self._person
        if person is None:
            return
        self.desk.jobs.read(
            lambda db: (person, member_card.steps_of(db, person)),
            owner=self,
            then=self._show_steps,
            latest="member.steps",
        )
        self.desk.jobs.read(read_tags_now, owner=self, then=self.tags.show_now, latest="member.tags")

    def _show_steps(self, found: tuple[int, MemberSteps]) -> None:
        person, steps = found
        if person == self._person:
            self.steps.show_steps(steps)

    def _place(self) -> int | None:
        try:
            return self._ids.index(self._person) if self._person is not None else None
        except ValueError:
            return None

    def _connect(self) -> None:
        changing = self.changing
        self.details.edited.connect(changing.edit)
        self.details.given_back.connect(changing.give_back)
        self.details.copied.connect(changing.copy)
        self.reach.switched.connect(lambda value: changing.edit("do_not_send", value))
        self.note.save_asked.connect(changing.save_note)
        self.orders.more_asked.connect(self._more_orders)
        self.steps.undo_asked.connect(changing.undo)
        for part in (self.steps, self.tags):
            part.step_asked.connect(lambda step: self.desk.go("history", step=step))
        tags, tagger = self.tags, self.tagger
        tags.box.chosen.connect(tagger.put)
        tags.box.closed.connect(lambda: self.setFocus(Qt.FocusReason.OtherFocusReason))
        tags.take_asked.connect(tagger.take)
        tags.tag_asked.connect(self._everybody_with)
        tags.full.replace_asked.connect(tagger.replace)
        tags.full.tag_wanted.connect(tags.box.start)
        tagger.tried.connect(lambda tag, full: tags.tried(tag, full=full))
        tagger.choose_asked.connect(lambda tag: tags.tried(tag, full=True))

    def _everybody_with(self, tag: str) -> None:
        self.desk.go("members", query=to_text(Term("tag", Op.HAS, tag)))

    def _more_orders(self, offset: int) -> None:
        if self._person is not None:
            reader = self.desk.jobs.page_reader
            self.orders.add_orders(member_card.more_orders(reader, self._person, offset))

    def _add_buttons(self) -> None:
        self.add_way_back()
        self.previous = icon_button(
            "caret-up", t("member.previous"), partial(self.step_person, -1), role="ink"
        )
        self.next = icon_button("caret-down", t("member.next"), partial(self.step_person, 1), role="ink")
        self.export_button = button(t("member.export"), self.changing.export)
        self.more = menu_button(t("member.more"), more_menu(self))
        for part in (self.previous, self.next, self.export_button, self.more):
            self.header.add(part)

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, theme.px(4), 0)
        self._column.setSpacing(theme.px(12))
        self._aside = QWidget()
        beside = QVBoxLayout(self._aside)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(theme.px(18))
        note = QWidget()
        notes = QVBoxLayout(note)
        notes.setContentsMargins(0, 0, 0, 0)
        notes.setSpacing(theme.px(6))
        notes.addWidget(heading(t("member.note")))
        notes.addWidget(self.note)
        for part in (self.tags, note, self.reach):
            beside.addWidget(part)
        beside.addStretch(1)
        for part in (self.states, self.details, self.orders, self.steps):
            self._column.addWidget(part)
        self._column.addStretch(1)
        self._scroll.setWidget(inside)
        self._stack.addWidget(self._scroll)
        back = button(t("member.back"), lambda: self.desk.go("members"))
        self._stack.addWidget(EmptyState("user", t("member.nobody"), t("member.nobody_text"), back))
        self.body.addWidget(self._stack, 1)
        self._panel = SidePanel(t("member.panel"))
        self._panel.body.addWidget(self._aside)
        self.set_side_panel(self._panel)
        self._beside = True

    def _fit(self) -> None:
        """In a narrow window what stands aside stands above the details."""
        beside = self.width() >= theme.px(ROOMY)
        if beside == self._beside:
            return
        self._beside = beside
        if beside:
            self._panel.body.addWidget(self._aside)
        else:
            self._column.insertWidget(1, self._aside)
        self._panel.setVisible(beside and self.card is not None)
