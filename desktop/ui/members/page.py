"""The members page: the list is the place of work. Search on top, filters as chips, tags in the rows, the tag
box always one key away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from desktop.core.changes import Changes, Kind
from desktop.core.people.query_text import to_text
from desktop.store import people
from desktop.ui.actions import Command
from desktop.ui.desk import Desk
from desktop.ui.members.arranging.arranger import Arranger
from desktop.ui.members.commands.menus import Menus
from desktop.ui.members.commands.page_commands import ONE_PRESS, page_commands
from desktop.ui.members.commands.page_head import PageHead, choose_import
from desktop.ui.members.commands.page_pictures import page_pictures
from desktop.ui.members.commands.panel_feed import PanelFeed
from desktop.ui.members.commands.row_actions import RowActions
from desktop.ui.members.empty import no_members
from desktop.ui.members.member_list import MemberList
from desktop.ui.members.pasting.paster import Paster
from desktop.ui.members.searching.condition_words import impersonal
from desktop.ui.members.searching.recent_searches import RecentSearches
from desktop.ui.members.searching.view_saver import ViewSaver
from desktop.ui.members.tagging.tag_panel import TagPanel
from desktop.ui.members.tagging.tagger import TAGS_ONLY, Tagger
from desktop.ui.members.tagging.tagging_mode import TaggingMode
from desktop.ui.members.taking_out.members_out import MembersOut
from desktop.ui.page import Page


class MembersPage(Page):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "members")
        self.list = MemberList(desk)
        self.panel = TagPanel()
        self.tagger = Tagger(desk, self.list, self)
        self.out = MembersOut(desk, self)
        self.menus = Menus(self)
        self.arranger = Arranger(self)
        self.row_actions = RowActions(self)
        self.views = ViewSaver(self)
        self.recent = RecentSearches(self)
        self.paster = Paster(self)
        self.mode = TaggingMode(self)
        self._fresh = True
        self._alone = True
        self.feed = PanelFeed(self)
        self.head = PageHead(self)
        self.body_stack = QStackedWidget()
        self.body_stack.addWidget(self.list)
        self.body_stack.addWidget(no_members(choose_import(self), self._sample()))
        self.body.addWidget(self.body_stack, 1)
        self.set_side_panel(self.panel)
        self._connect()

    def opened(self, query: str | None = None, **arguments: Any) -> None:
        """Show the list; ``query``: ask for these people."""
        if query is not None:
            self.list.bar.set_query(query)
        if not self._fresh:
            return
        self._fresh = False
        for name in ONE_PRESS:
            self.desk.actions.action(name).setAutoRepeat(False)
        self.list.reload()
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def changed(self, changes: Changes) -> None:
        """Data changed: rows, counts and panel follow without losing place or selection."""
        own_hand = self.tagger.own_hand(changes)
        others = changes.touches(Kind.PEOPLE, Kind.ORDERS) and own_hand != TAGS_ONLY
        if changes.touches(Kind.PEOPLE, Kind.TAGS, Kind.ORDERS):
            self.list.table.refresh_rows()
            self.feed.read_facts()
        if changes.touches(Kind.TAGS, Kind.HISTORY, Kind.PEOPLE):
            self.feed.read_panel()
        if others:
            self.head.read_counts()
            self.desk.jobs.read(people.extra_columns, owner=self, then=self.arranger.know_columns)
        # Last, because it takes longest: a million people are put in order again.
        if others or (changes.touches(Kind.PEOPLE, Kind.TAGS) and self.list.depends_on_tags()):
            self.list.compare(hold=own_hand is not None)

    def commands(self) -> list[Command]:
        """See page_commands."""
        return page_commands(self)

    def remember(self) -> dict[str, Any]:
        """Filters, the list's look, the tag to repeat."""
        return {
            "query": to_text(impersonal(self.list.bar.condition)),
            "columns": self.arranger.remember(),
            "last_tag": self.tagger.last_tag,
        }

    def recall(self, state: dict[str, Any]) -> None:
        """What was remembered."""
        self.arranger.recall(state.get("columns") or {})
        self.list.bar.set_query(str(state.get("query") or ""))
        self.tagger.last_tag = state.get("last_tag")

    def pictures(self) -> dict[str, Callable[[], None]]:
        """See page_pictures."""
        return page_pictures(self)

    def export(self) -> None:
        """Write the selection, or else everybody shown, to a file."""
        count = self.list.selected_count() or self.list.count
        self.list.when_ready(lambda: self.out.export(self.list.ids_to_take, count))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.head.fit()

    def _dropped(self, row: int, tag: str) -> None:
        """A tag was let go over a row: it is for the selection if the row is part of it, else for that row."""
        if not self.list.table.is_row_selected(row):
            self.list.table.select_only(row)
        self.tagger.put(tag)

    def search(self) -> None:
        self.list.bar.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.list.bar.field.selectAll()

    def start_tagging(self) -> None:
        """Into the tag box; with nobody selected the current row is."""
        row = self.list.table.currentIndex().row()
        if not self.list.selected_count() and row >= 0:
            self.list.table.select_only(row)
        if self.list.selected_count():
            self.panel.box.start()

    def select_all(self) -> None:
        self.list.table.select_all()
        self.list.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def toggle_pinned(self, place: int) -> None:
        self.tagger.toggle(self.panel.now.pinned.get(place), place)

    def copy_table(self) -> None:
        self.out.copy_table(
            self.list.table.selected.in_order(), self.list.table.list_header.columns_in_view()
        )

    def copy_user_ids(self) -> None:
        self.out.copy_user_ids(self.list.table.selected.in_order())

    def build_audience(self) -> None:
        self.list.bar.flush()
        self.desk.go("audiences", query=to_text(self.list.bar.condition))

    def _sample(self) -> Callable[[], object] | None:
        return None if self.desk.practice else self.desk.door.open_practice

    def show_list(self, some: bool) -> None:
        """The list, or how to begin."""
        self.body_stack.setCurrentIndex(0 if some else 1)

    def _list_shown(self) -> None:
        """What stands around the list is read once all of it is there: the list comes first."""
        if self._alone and self.list.loader.complete:
            self._alone = False
            self.head.read_counts()
            self.feed.read_panel()
            self.desk.jobs.read(people.extra_columns, owner=self, then=self.arranger.know_columns)
            self.recent.read()
        self.head.show_counts()

    def _selection_changed(self) -> None:
        self.panel.show_count(self.list.selected_count())
        self.head.fit()
        self.feed.facts.start()

    def _connect(self) -> None:
        self.list.asking.connect(self.feed.drop_facts)
        self.list.asked.connect(self.feed.show_states)
        self.list.shown.connect(self._list_shown)
        self.list.selection_changed.connect(self._selection_changed)
        self.list.bar.menu_asked.connect(self.menus.ask_filter)
        self.list.bar.save_asked.connect(self.views.ask)
        self.list.table.menu_asked.connect(self.menus.row)
        self.list.table.tag_dropped.connect(self._dropped)
        self.list.table.person_opened.connect(self.row_actions.open)
        self.list.table.members_dragged.connect(self.panel.show_drop_targets)
