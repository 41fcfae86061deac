"""Her tags, each with who put it there, when and by which step; the tag box; and, where she is full, which tag to give up."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.operations.people.member_card import MemberCard
from desktop.store.member_page.card import TagHeld
from desktop.store.undo.turn_report import Affected
from desktop.text import render, t
from desktop.ui import i18n, theme
from desktop.ui.members.tagging.full_people import FullPeople
from desktop.ui.members.tagging.suggestions import TagIndex
from desktop.ui.members.tagging.tag_box import TagBox
from desktop.ui.members.tagging.tag_panel import TagsNow
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.chips import Chip, FlowLayout
from desktop.ui.widgets.labels import heading, muted, small


class TagsPart(QWidget):
    """See the module. ``take_asked(tag)``, ``step_asked(step)``, ``tag_asked(tag)``: see everybody with it."""

    take_asked = Signal(str)
    step_asked = Signal(int)
    tag_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.box = TagBox()
        self.full = FullPeople()
        self.chips: dict[str, Chip] = {}
        self.whys: dict[str, QPushButton] = {}
        self._title = heading(t("member.tags"))
        self._held = QVBoxLayout()
        self._held.setSpacing(theme.px(6))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self._hint = small(t("member.tags.hint"), wrap=True)
        column.addWidget(self._title)
        column.addWidget(self.box)
        column.addWidget(self.full)
        column.addLayout(self._held)
        column.addWidget(self._hint)
        self._shown: object = None
        self._is_full = self._no_room = False
        self.box.field.textChanged.connect(self._offer_swap)

    def show_card(self, card: MemberCard) -> None:
        """Show a person's tags."""
        self.box.set_count(len(card.tags), card.tag_limit)
        self.box.set_held({held.id for held in card.tags})
        full = len(card.tags) >= card.tag_limit
        who = [Affected(card.id, card.fields["member_no"], card.shown_name)] if full else []
        tags = {card.id: [(held.id, held.name, held.colour) for held in card.tags]}
        self._is_full = full
        self.full.show_people(who, len(who), tags, card.tag_limit)
        self._offer_swap()
        if (card.id, card.tags) == self._shown:
            return
        self._shown = (card.id, card.tags)
        focused = next((name for name, chip in self.chips.items() if chip.hasFocus()), None)
        self._clear()
        for held in card.tags:
            self._held.addWidget(self._line(held))
        self._hint.setVisible(bool(card.tags))
        if not card.tags:
            self._held.addWidget(muted(t("member.tags.none")))
        if focused is not None:
            self.chips.get(focused, self.box.field).setFocus()

    def tried(self, tag: str, *, full: bool) -> None:
        """A tag was put on; ``full``: there was no room for it."""
        self._no_room = full
        self.full.set_pending(tag if full else None)
        if full:
            self.full.open_choice(tag)
        else:
            self.full.close_choice()
        self._offer_swap()

    def _offer_swap(self) -> None:
        """That she is full is told beside the box; what to give up is asked only once there is something to put on."""
        pending = self.box.pending()
        if pending is not None:
            self.full.set_pending(pending)
        self.full.setVisible(self._is_full and (pending is not None or self._no_room))

    def show_now(self, now: TagsNow) -> None:
        """The tags of the shop, for the suggestions."""
        self.box.know(TagIndex(now.tags, now.recent))

    def _line(self, held: TagHeld) -> QWidget:
        """The tag, and beside it where it came from; below it where there is no room."""
        line = QWidget()
        flow = FlowLayout(line, gap=4)
        chip = Chip(held.name, held.colour or theme.tag_colour(held.name), removable=True)
        chip.setToolTip(t("member.tags.chip", tag=held.name))
        chip.clicked.connect(partial(self.tag_asked.emit, held.name))
        chip.removed.connect(partial(self.take_asked.emit, held.name))
        self.chips[held.name] = chip
        flow.addWidget(chip)
        why = link_button(_why(held))
        why.setToolTip(_whole_why(held))
        why.setAccessibleName(f"{t('member.tags.why', tag=held.name)} {_whole_why(held)}")
        why.setEnabled(held.step is not None)
        if held.step is not None:
            why.clicked.connect(partial(self._look, held.step))
        self.whys[held.name] = why
        flow.addWidget(why)
        return line

    def _look(self, step: int) -> None:
        self.step_asked.emit(step)

    def _clear(self) -> None:
        self.chips, self.whys = {}, {}
        while self._held.count():
            item = self._held.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def _why(held: TagHeld) -> str:
    """Who and when, in a few words: 「匯入・今天 14:32」."""
    parts = (t(f"member.origin.{held.origin}"), i18n.moment(held.at))
    return t("member.joint").join(part for part in parts if part)


def _whole_why(held: TagHeld) -> str:
    """The whole answer to "why does she have this tag?"."""
    parts = [t(f"member.why.{held.origin}")]
    if held.title is not None:
        parts.append(t("member.why.step", step=render(held.title), at=i18n.moment(held.at)))
    if held.meaning:
        parts.append(t("member.why.meaning", meaning=held.meaning))
    return "\n".join(parts)
