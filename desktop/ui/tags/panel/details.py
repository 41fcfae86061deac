"""The panel of the tag that is selected: its name, meaning, colour and the rest edited where they stand, who has it and where it
came from, what uses it, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.people.tag import Tag
from desktop.store.tagging.overview import TagFacts
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.members.tagging.pinned_tags import PLACES, key_of
from desktop.ui.tags import words
from desktop.ui.tags.panel.colour_row import ColourRow
from desktop.ui.widgets.buttons import button, link_button
from desktop.ui.widgets.card import Figures
from desktop.ui.widgets.chips import Chip
from desktop.ui.widgets.fields import Select, TextField
from desktop.ui.widgets.labels import ElidedLabel, big_number, muted, small, text_label, warning_text
from desktop.ui.widgets.side_panel import SidePanel

ORIGINS = ("hand", "import", "rule")
DAYS = (7, 30, 60, 90, 180, 365)
LIST_WIDTH = 220
OTHER = "other"
NEW_GROUP = "\n"
"""A choice that is no group: groups have no line breaks."""
ACTS = ("members", "merge", "split", "delete")


class TagDetails(SidePanel):
    """``renamed(new name)``, ``described(field, value)``, ``pinned(place or None)``, ``asked(what)``: one of ACTS, ``expired``,
    ``group`` or ``days``; ``rule_asked(name)``; ``left``: the keyboard is done with a field."""

    renamed = Signal(str)
    described = Signal(str, object)
    pinned = Signal(object)
    asked = Signal(str)
    rule_asked = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__(t("tags_page.details"))
        self.follow_width()
        self.facts: TagFacts | None = None
        self._chip_row = QHBoxLayout()
        self.body.addLayout(self._chip_row)
        self._count()
        self._fields()
        self._holders()
        self._uses()
        self._acts()
        for entry in (self.name, self.meaning):
            entry.escaped.connect(self._escaped)
            entry.submitted.connect(self.left)
        fill(self)

    def show_facts(self, facts: TagFacts, of: int, pins: Sequence[Tag]) -> None:
        """Show a tag.

        Args:
            of: how many people the shop has.
            pins: the pinned tags, to say whose place would be taken.
        """
        other = self.facts is None or self.facts.tag.id != facts.tag.id
        self.facts = facts
        tag = facts.tag
        self._show_chip(tag)
        for field, text in ((self.name, tag.name), (self.meaning, tag.meaning)):
            if other or not field.isModified():
                _fill_in(field, text)
                field.set_wrong(False)
        self.colours.show_colour(tag.colour, tag.name)
        self.kind.set_value(tag.kind)
        self._show_choices(tag, facts.groups, pins)
        self._show_holders(facts, of)
        self._show_uses(facts)

    # Parts

    def _fields(self) -> None:
        self.name = _Entry("", t("tags_page.name"))
        self.name.editingFinished.connect(self._name_done)
        self.meaning = _Entry(t("tags_page.meaning_example"), t("tags_page.column.meaning"))
        self.meaning.editingFinished.connect(self._meaning_done)
        self.colours = ColourRow()
        self.colours.chosen.connect(partial(self.described.emit, "colour"))
        kinds = [(kind, t(f"tags_page.kind.{kind}")) for kind in ("attribute", "behaviour")]
        self.kind = Select(t("tags_page.column.kind"), kinds)
        self.kind.chosen.connect(partial(self.described.emit, "kind"))
        self.kind_hint = small("", wrap=True)
        self.group = Select(t("tags_page.column.group"))
        self.group.chosen.connect(self._group_chosen)
        self.expiry = Select(t("tags_page.column.expiry"))
        self.expiry.chosen.connect(self._days_chosen)
        self.pin = Select(t("tags_page.pin"))
        self.pin.chosen.connect(self.pinned)
        for label, field in (
            ("tags_page.name", self.name),
            ("tags_page.column.meaning", self.meaning),
            ("tags_page.colour", self.colours),
        ):
            self.body.addLayout(_labelled(t(label), field))
        kind, group = (
            _labelled(t("tags_page.column.kind"), self.kind),
            _labelled(t("tags_page.column.group"), self.group),
        )
        self.add_pair(kind, group)
        self.body.addWidget(self.kind_hint)
        pin, expiry = (
            _labelled(t("tags_page.pin"), self.pin),
            _labelled(t("tags_page.column.expiry"), self.expiry),
        )
        self.add_pair(pin, expiry)
        for select in (self.kind, self.group, self.pin, self.expiry):
            # Half the panel is less than the longest choice: the list may be wider than the field.
            select.setSizeAdjustPolicy(Select.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            select.setMinimumContentsLength(3)
            select.view().setMinimumWidth(theme.px(LIST_WIDTH))

    def _count(self) -> None:
        line = QHBoxLayout()
        self.people = big_number("0")
        self.share = muted("", wrap=True)
        line.addWidget(self.people, 0, Qt.AlignmentFlag.AlignBottom)
        line.addWidget(self.share, 1, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(line)
        self.members = link_button(
            t("tags_page.act.members"), partial(self.asked.emit, "members"), icon="users"
        )
        self.body.addWidget(self.members)

    def _holders(self) -> None:
        part = self.section(t("tags_page.who_has_it"))
        self.origins = Figures()
        for origin in ORIGINS:
            self.origins.add(t(f"tags_page.origin.{origin}"), key=origin)
        self.origins.add(t("tags_page.first_at"), key="first")
        self.origins.add(t("tags_page.last_at"), key="last")
        part.addWidget(self.origins)
        self.over = warning_text("")
        self.take_off = link_button(t("tags_page.take_off"), partial(self.asked.emit, "expired"))
        part.addWidget(self.over)
        part.addWidget(self.take_off)

    def _uses(self) -> None:
        part = self.section(t("tags_page.used_by"))
        self._used = QVBoxLayout()
        self._used.setSpacing(theme.px(2))
        part.addLayout(self._used)

    def _acts(self) -> None:
        self.body.addSpacing(theme.px(10))
        self.acts = {
            "merge": button(t("tags_page.act.merge"), partial(self.asked.emit, "merge"), icon="merge"),
            "split": button(t("tags_page.act.split"), partial(self.asked.emit, "split"), icon="arrow-out"),
            "delete": button(t("tags_page.act.delete"), partial(self.asked.emit, "delete"), icon="trash"),
        }
        merge, split = QVBoxLayout(), QVBoxLayout()
        merge.addWidget(self.acts["merge"])
        split.addWidget(self.acts["split"])
        self.add_pair(merge, split)
        self.body.addWidget(self.acts["delete"])

    # What is shown

    def _show_chip(self, tag: Tag) -> None:
        while self._chip_row.count():
            item = self._chip_row.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        chip = Chip(tag.name, words.colour_of(tag))
        chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        chip.setMaximumWidth(theme.px(260))
        self._chip_row.addWidget(chip)
        self._chip_row.addStretch(1)

    def _show_choices(self, tag: Tag, groups: Sequence[str], pins: Sequence[Tag]) -> None:
        self.kind_hint.setText(t(f"tags_page.kind_hint.{tag.kind}"))
        offered: list[tuple[object, str]] = [("", t("tags_page.group_none"))]
        offered += [(group, group) for group in groups]
        self.group.set_choices([*offered, (NEW_GROUP, t("tags_page.new_group"))])
        self.group.set_value(tag.group)
        days = sorted({*DAYS, *([tag.expires_after] if tag.expires_after else [])})
        lasts: list[tuple[object, str]] = [(None, t("tags_page.no_expiry"))]
        lasts += [(count, words.expiry(count)) for count in days]
        self.expiry.set_choices([*lasts, (OTHER, t("tags_page.other_days"))])
        self.expiry.set_value(tag.expires_after)
        on = {pinned.pinned: pinned.name for pinned in pins}
        places: list[tuple[object, str]] = [(None, t("tags_page.not_pinned"))]
        for place in PLACES:
            taken = on.get(place) if place != tag.pinned else None
            words_of = t("tags_page.pin_taken", shortcut=key_of(place), tag=taken) if taken else key_of(place)
            places.append((place, words_of))
        self.pin.set_choices(places)
        self.pin.set_value(tag.pinned)

    def _show_holders(self, facts: TagFacts, of: int) -> None:
        self.people.setText(i18n.number(facts.people))
        self.share.setText(t("tags_page.people_share", share=words.share(facts.people, of)))
        for origin in ORIGINS:
            count = facts.origins.get(origin, 0)
            self.origins.set(origin, i18n.number(count))
            self.origins.show_row(origin, count > 0)
        for key, at in (("first", facts.first_at), ("last", facts.last_at)):
            self.origins.set(key, i18n.date(at))
            self.origins.show_row(key, at is not None)
        self.members.setEnabled(facts.people > 0)
        over = facts.expired.people if facts.expired else 0
        self.over.setText(t("tags_page.expired_now", n=over))
        for part in (self.over, self.take_off):
            part.setVisible(over > 0)

    def _show_uses(self, facts: TagFacts) -> None:
        while self._used.count():
            item = self._used.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        found = facts.mentions
        for name in dict.fromkeys((*found.made_by, *found.rules)):
            link = link_button(t("tags_page.used.rule", name=name), partial(self.rule_asked.emit, name))
            self._used.addWidget(link)
        for key, names in (("audience", found.audiences), ("view", found.views)):
            for name in names:
                self._used.addWidget(ElidedLabel(t(f"tags_page.used.{key}", name=name)))
        if not found.any:
            self._used.addWidget(text_label(t("tags_page.used.nothing")))

    # What is entered

    def _name_done(self) -> None:
        if self.facts is None or self.name.composing:
            return
        text = " ".join(self.name.text().split())
        self.name.setModified(False)
        if not text:
            self.name.setText(self.facts.tag.name)
        elif text != self.facts.tag.name:
            self.renamed.emit(text)

    def _meaning_done(self) -> None:
        if self.facts is None or self.meaning.composing:
            return
        text = " ".join(self.meaning.text().split())
        self.meaning.setModified(False)
        if text != self.facts.tag.meaning:
            self.described.emit("meaning", text)

    def _group_chosen(self, group: str) -> None:
        if group == NEW_GROUP:
            self.asked.emit("group")
        else:
            self.described.emit("group", group)

    def _days_chosen(self, days: object) -> None:
        if days == OTHER:
            self.asked.emit("days")
        else:
            self.described.emit("expires_after", days)

    def take_back(self) -> None:
        """What was entered was refused: show what is true."""
        if self.facts is not None:
            _fill_in(self.name, self.facts.tag.name)
            _fill_in(self.meaning, self.facts.tag.meaning)

    def _escaped(self) -> None:
        self.take_back()
        self.left.emit()


class _Entry(TextField):
    """A field of the panel; Escape leaves it without changing anything: ``escaped``."""

    escaped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.composing:
            event.accept()
            self.escaped.emit()
            return
        super().keyPressEvent(event)


def _fill_in(field: TextField, text: str) -> None:
    """Show a text from its beginning."""
    field.setText(text)
    field.setCursorPosition(0)


def _labelled(label: str, field: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(theme.px(4))
    named = small(label)
    named.setBuddy(field)
    column.addWidget(named)
    column.addWidget(field)
    return column


def fill(panel: SidePanel) -> None:
    """Let a panel's things have the height their wrapped texts need, and what is left below them stay empty."""
    panel.body.setAlignment(Qt.AlignmentFlag(0))
    panel.body.addStretch(1)
