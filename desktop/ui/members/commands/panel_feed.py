"""What the panel at the right is told, and what its parts ask for: between panel, list and tagger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

from desktop.operations.people.members import selection_facts
from desktop.ui.members.tagging.tag_filters import states_in, with_state
from desktop.ui.members.tagging.tag_panel import TagsNow, read_tags_now

if TYPE_CHECKING:
    from desktop.ui.members.page import MembersPage

FACTS_MS = 40
"""Pause before the selection's tags are read: holding an arrow key down asks once, at the end."""


class PanelFeed(QObject):
    """See the module."""

    def __init__(self, page: MembersPage) -> None:
        super().__init__(page)
        self._page = page
        self.facts = QTimer(self, singleShot=True, interval=FACTS_MS)
        self.facts.timeout.connect(self.read_facts)
        panel, tagger, menus = page.panel, page.tagger, page.menus
        panel.box.chosen.connect(tagger.put)
        panel.box.closed.connect(lambda: page.list.table.setFocus(Qt.FocusReason.OtherFocusReason))
        panel.held.put_asked.connect(tagger.put)
        panel.held.take_asked.connect(tagger.take)
        panel.held.menu_asked.connect(menus.tag)
        panel.pinned.toggle_asked.connect(page.toggle_pinned)
        panel.pinned.put_asked.connect(tagger.put)
        panel.pinned.menu_asked.connect(menus.tag)
        panel.pinned.first_pins_asked.connect(lambda: tagger.pin_first(panel.now.tags))
        panel.full.replace_asked.connect(tagger.replace)
        panel.full.tag_wanted.connect(panel.box.start)
        panel.filters.asked.connect(self.ask_tag)
        panel.filters.menu_asked.connect(menus.tag)
        panel.filters.members_dropped.connect(tagger.put)
        panel.steps.undo_asked.connect(tagger.undo)
        panel.steps.history_asked.connect(lambda: page.desk.go("history"))
        tagger.tried.connect(lambda tag, full: panel.tried(tag, full=full))
        tagger.choose_asked.connect(panel.full.open_choice)

    def read_facts(self) -> None:
        """Read what the selection holds."""
        page = self._page
        if page.list.selected_count():
            selection = page.list.selection()
            page.desk.jobs.read(
                lambda db: selection_facts(db, selection),
                owner=page,
                then=page.panel.show_facts,
                latest="members.facts",
            )

    def drop_facts(self) -> None:
        """Stop counting the tags of a big selection: finding others must not wait for it."""
        self._page.desk.jobs.read(
            lambda db: None, owner=self._page, then=lambda nothing: None, latest="members.facts"
        )

    def read_panel(self) -> None:
        """Read the shop's tags and the last steps."""
        self._page.desk.jobs.read(
            read_tags_now, owner=self._page, then=self._show_now, latest="members.panel"
        )

    def show_states(self) -> None:
        """Which tags the list asks for or against."""
        self._page.panel.show_states(states_in(self._page.list.bar.condition))

    def ask_tag(self, name: str, state: str) -> None:
        """Include, exclude or let go a tag."""
        bar = self._page.list.bar
        bar.set_condition(with_state(bar.condition, name, state))

    def _show_now(self, now: TagsNow) -> None:
        self._page.panel.show_now(now)
        self._page.mode.show_pins(now.pinned)
