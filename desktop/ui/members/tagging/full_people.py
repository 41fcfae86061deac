"""The card that names who cannot take another tag, and where one of her tags can be chosen to make room.
Nothing is ever displaced by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.store.undo.turn_report import Affected
from desktop.text import t
from desktop.ui import theme
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.chips import Chip, FlowLayout
from desktop.ui.widgets.labels import muted, text_label, warning_text

NAMED = 3
CHOICES = 5
TagsOf = Mapping[int, Sequence[tuple[int, str, str]]]


def names_of(people: Sequence[Affected], count: int) -> str:
    """The first few by name, and how many more."""
    named = [one.name or one.member_no or t("members.nameless") for one in people[:NAMED]]
    text = t("members.list_separator").join(named)
    return t("tag_panel.and_more", names=text, n=count - len(named)) if count > len(named) else text


class FullPeople(Card):
    """See the module. ``replace_asked(person, old tag, new tag)``."""

    replace_asked = Signal(int, str, str)
    tag_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "warning")
        self._title = warning_text()
        bold = self._title.font()
        bold.setBold(True)
        self._title.setFont(bold)
        self._text = muted(wrap=True)
        self.choose = link_button(t("tag_panel.full.choose"), self._choose)
        self._choices = QWidget()
        self._column = QVBoxLayout(self._choices)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(4))
        self.body.setSpacing(theme.px(4))
        for part in (self._title, self._text, self._choices, self.choose):
            self.body.addWidget(part)
        self.chips: dict[tuple[int, str], Chip] = {}
        self._people: Sequence[Affected] = ()
        self._tags: TagsOf = {}
        self._pending: str | None = None
        self._open = False
        self.hide()

    def show_people(self, people: Sequence[Affected], count: int, tags: TagsOf, limit: int) -> None:
        """Who is full among the selection: the first of ``count``, with their tags."""
        self._people, self._tags = people, tags
        self.setVisible(count > 0)
        if not count:
            self._open = False
            return
        self._title.setText(t("tag_panel.full.title", n=count, limit=limit))
        self._text.setText(t("tag_panel.full.text", names=names_of(people, count), n=count))
        self.setAccessibleName(self._title.text())
        self._fill()

    def set_pending(self, tag: str | None) -> None:
        """The tag that is about to be put on, or was tried last."""
        if tag != self._pending:
            self._pending = tag
            self._fill()

    def open_choice(self, tag: str) -> None:
        """Let the owner choose what to give up for ``tag``."""
        self._pending, self._open = tag, True
        self._fill()

    def close_choice(self) -> None:
        """Only say who is full."""
        self._open = False
        self._fill()

    def _choose(self) -> None:
        if self._pending is None:
            self.tag_wanted.emit()
        else:
            self.open_choice(self._pending)

    def _fill(self) -> None:
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.chips = {}
        pending = self._pending
        opened = self._open and pending is not None
        self._choices.setVisible(opened)
        self.choose.setVisible(not opened)
        if not opened or pending is None:
            return
        lacking = [
            one for one in self._people if pending not in [name for _, name, _ in self._tags.get(one.id, ())]
        ]
        self._column.addWidget(text_label(t("tag_panel.full.which", tag=pending)))
        for person in lacking[:CHOICES]:
            self._column.addWidget(muted(person.name or person.member_no or t("members.nameless")))
            self._column.addWidget(self._tags_of(person, pending))
        if len(lacking) > CHOICES:
            self._column.addWidget(muted(t("tag_panel.full.later", n=len(lacking) - CHOICES), wrap=True))

    def _tags_of(self, person: Affected, pending: str) -> QWidget:
        inside = QWidget()
        flow = FlowLayout(inside, gap=4)
        for _, name, colour in self._tags.get(person.id, ()):
            chip = Chip(name, colour or theme.tag_colour(name))
            chip.setToolTip(t("tag_panel.full.swap", old=name, tag=pending))
            chip.setAccessibleName(chip.toolTip())
            chip.clicked.connect(partial(self.replace_asked.emit, person.id, name, pending))
            flow.addWidget(chip)
            self.chips[(person.id, name)] = chip
        return inside
