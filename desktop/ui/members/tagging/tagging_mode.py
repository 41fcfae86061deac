"""貼標模式: an explicit mode in which plain digits put the pinned tags on and off. A coloured frame and a strip of words say
that it is on; Escape ends it. Outside of it digits begin a search, as barcode readers need it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QHBoxLayout

from desktop.core.people.tag import Tag
from desktop.text import t
from desktop.ui import theme
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import heading, muted

if TYPE_CHECKING:
    from desktop.ui.members.page import MembersPage


class ModeStrip(Card):
    """The words above the list while the mode is on."""

    def __init__(self) -> None:
        super().__init__(flush=True)
        self.setProperty("kind", "mode")
        self.words = muted(wrap=True)
        self.leave = link_button(t("tag_panel.mode.leave"))
        line = QHBoxLayout()
        line.setContentsMargins(theme.px(12), theme.px(6), theme.px(8), theme.px(6))
        line.setSpacing(theme.px(10))
        title = heading(t("tag_panel.mode"))
        title.setWordWrap(False)
        line.addWidget(title)
        line.addWidget(self.words, 1)
        line.addWidget(self.leave)
        self.body.addLayout(line)
        self.hide()


class TaggingMode(QObject):
    """See the module."""

    def __init__(self, page: MembersPage) -> None:
        super().__init__(page)
        self._page = page
        self.strip = ModeStrip()
        self.strip.leave.clicked.connect(self.leave)
        page.list.put_above_table(self.strip)
        page.list.table.digit_pressed.connect(self._digit)
        page.list.table.mode_left.connect(self.leave)

    @property
    def on(self) -> bool:
        """Whether digits tag."""
        return self._page.list.table.digits_tag

    def toggle(self) -> None:
        """Begin or end it."""
        if self.on:
            self.leave()
        else:
            self.begin()

    def begin(self) -> None:
        """From now on digits tag."""
        page = self._page
        row = page.list.table.currentIndex().row()
        if not page.list.selected_count() and row >= 0:
            page.list.table.select_only(row)
        page.list.table.set_digits_tag(True)
        self.show_pins(page.panel.now.pinned)
        self.strip.show()
        page.list.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Digits search again."""
        self._page.list.table.set_digits_tag(False)
        self.strip.hide()

    def show_pins(self, pinned: Mapping[int, Tag]) -> None:
        """Say which digit is which tag."""
        keys = [
            t("tag_panel.mode.key", digit=place % 10, tag=tag.name) for place, tag in sorted(pinned.items())
        ]
        words = reduce(lambda one, two: t("tag_panel.mode.keys", first=one, second=two), keys) if keys else ""
        self.strip.words.setText(words or t("tag_panel.mode.none"))

    def _digit(self, place: int) -> None:
        page = self._page
        row = page.list.table.currentIndex().row()
        if not page.list.selected_count() and row >= 0:
            page.list.table.select_only(row)
        page.toggle_pinned(place)
