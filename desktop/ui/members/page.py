"""The members page: the list is the place of work. Search on top, filters as chips, tags in the rows, the tag
box always one key away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QToolButton

from desktop.core.changes import Changes, Kind
from desktop.core.people.condition import EVERYBODY
from desktop.core.people.query_text import to_text
from desktop.operations.members import selection_facts
from desktop.store import people
from desktop.store.people import PeopleCounts
from desktop.text import t
from desktop.ui import theme
from desktop.ui.actions import Command
from desktop.ui.desk import Desk
from desktop.ui.members.arranging.arranger import Arranger
from desktop.ui.members.commands.menus import Menus
from desktop.ui.members.commands.page_commands import ONE_PRESS, page_commands
from desktop.ui.members.commands.page_pictures import page_pictures
from desktop.ui.members.commands.row_actions import RowActions
from desktop.ui.members.empty import no_members
from desktop.ui.members.member_list import MemberList
from desktop.ui.members.pasting.paster import Paster
from desktop.ui.members.searching.condition_words import impersonal
from desktop.ui.members.searching.recent_searches import RecentSearches
from desktop.ui.members.searching.view_saver import ViewSaver
from desktop.ui.members.tagging.tag_filters import states_in, with_state
from desktop.ui.members.tagging.tag_panel import TagPanel, read_tags_now
from desktop.ui.members.tagging.tagger import TAGS_ONLY, Tagger
from desktop.ui.members.taking_out.members_out import MembersOut
from desktop.ui.page import Page
from desktop.ui.shell.pages import installed
from desktop.ui.widgets.buttons import button, icon_button, primary_button

ROOMY = 760
"""Width at 100 % text size from which the panel stands beside the list all the time."""

FACTS_MS = 40
"""Pause before the selection's tags are read: holding an arrow key down asks once, at the end."""


class MembersPage(Page):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "members")
        self.counts: PeopleCounts | None = None
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
        self._has_people = True
        self._fresh = True
        self._facts = QTimer(self, singleShot=True, interval=FACTS_MS)
        self._facts.timeout.connect(self._read_facts)
        self._add_buttons()
        self.body_stack = QStackedWidget()
        self.body_stack.addWidget(self.list)
        self.body_stack.addWidget(no_members(self._choose_import(), self._sample()))
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
        self._read_counts()
        self._read_panel()
        self.desk.jobs.read(people.extra_columns, owner=self, then=self.arranger.know_columns)
        self.recent.read()
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def changed(self, changes: Changes) -> None:
        """Data changed: rows, counts and panel follow without losing place or selection."""
        own_hand = self.tagger.own_hand(changes)
        others = changes.touches(Kind.PEOPLE, Kind.ORDERS) and own_hand != TAGS_ONLY
        if changes.touches(Kind.PEOPLE, Kind.TAGS, Kind.ORDERS):
            self.list.table.refresh_rows()
            self._read_facts()
        if changes.touches(Kind.TAGS, Kind.HISTORY, Kind.PEOPLE):
            self._read_panel()
        if others:
            self._read_counts()
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
        self._fit()

    def _fit(self) -> None:
        """In a narrow window two buttons go into a menu, and the panel is there while people are selected."""
        some, here = self._has_people, installed()
        roomy = self.width() >= theme.px(ROOMY)
        self.panel.setVisible(some and (roomy or self._some()))
        needed = self.header.title.sizeHint().width() + theme.px(60)
        for part in (self.import_button, self.export_button, self.audience_button):
            needed += part.sizeHint().width() + theme.px(10)
        panel = self.panel.width() if not self.panel.isHidden() else 0
        together = self.width() - panel - 2 * theme.px(18) < needed
        self.more_button.setVisible(some and together)
        self.export_button.setVisible(some and not together)
        self.import_button.setVisible(some and not together and "import" in here)
        self.audience_button.setVisible(some and "audiences" in here)

    def _add_buttons(self) -> None:
        load = self._choose_import()
        self.import_button = button(t("members.import"), load)
        self.export_button = button(t("members.export"), self.export)
        self.audience_button = primary_button(t("members.audience"), self.build_audience)
        menu = QMenu(self)
        if load is not None:
            menu.addAction(t("members.import"), load)
        menu.addAction(t("members.export"), self.export)
        self.more_button = icon_button("more", t("members.more"), role="ink")
        self.more_button.setMenu(menu)
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        for part in (self.more_button, self.import_button, self.export_button, self.audience_button):
            self.header.add(part)

    def _connect(self) -> None:
        self.list.asking.connect(self._drop_facts)
        self.list.asked.connect(self._show_states)
        self.list.shown.connect(self._show_counts)
        self.list.selection_changed.connect(self._selection_changed)
        self.list.bar.menu_asked.connect(self.menus.ask_filter)
        self.list.bar.save_asked.connect(self.views.ask)
        self.list.table.menu_asked.connect(self.menus.row)
        self.list.table.tag_dropped.connect(self._dropped)
        self.list.table.person_opened.connect(self.row_actions.open)
        self.list.table.members_dragged.connect(self.panel.show_drop_targets)
        panel, tagger = self.panel, self.tagger
        panel.box.chosen.connect(tagger.put)
        panel.box.closed.connect(lambda: self.list.table.setFocus(Qt.FocusReason.OtherFocusReason))
        panel.held.put_asked.connect(tagger.put)
        panel.held.take_asked.connect(tagger.take)
        panel.held.menu_asked.connect(self.menus.tag)
        panel.pinned.toggle_asked.connect(self.toggle_pinned)
        panel.pinned.put_asked.connect(tagger.put)
        panel.pinned.menu_asked.connect(self.menus.tag)
        panel.pinned.first_pins_asked.connect(lambda: tagger.pin_first(panel.now.tags))
        panel.full.replace_asked.connect(tagger.replace)
        panel.full.tag_wanted.connect(panel.box.start)
        panel.filters.asked.connect(self.ask_tag)
        panel.filters.menu_asked.connect(self.menus.tag)
        panel.filters.members_dropped.connect(tagger.put)
        panel.steps.undo_asked.connect(tagger.undo)
        panel.steps.history_asked.connect(lambda: self.desk.go("history"))
        tagger.tried.connect(lambda tag, full: panel.tried(tag, full=full))
        tagger.choose_asked.connect(panel.full.open_choice)

    def _dropped(self, row: int, tag: str) -> None:
        """A tag was let go over a row: it is for the selection if the row is part of it, else for that row."""
        if not self.list.table.is_row_selected(row):
            self.list.table.select_only(row)
        self.tagger.put(tag)

    def _some(self) -> bool:
        return self.list.selected_count() > 0

    def search(self) -> None:
        self.list.bar.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.list.bar.field.selectAll()

    def start_tagging(self) -> None:
        """Into the tag box; with nobody selected the current row is."""
        row = self.list.table.currentIndex().row()
        if not self._some() and row >= 0:
            self.list.table.select_only(row)
        if self._some():
            self.panel.box.start()

    def select_all(self) -> None:
        self.list.table.select_all()
        self.list.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def ask_tag(self, name: str, state: str) -> None:
        """Include, exclude or let go a tag."""
        self.list.bar.set_condition(with_state(self.list.bar.condition, name, state))

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

    def _choose_import(self) -> Callable[[], object] | None:
        return (lambda: self.desk.actions.trigger("shell.import")) if "import" in installed() else None

    def _sample(self) -> Callable[[], object] | None:
        return None if self.desk.practice else self.desk.door.open_practice

    def _selection_changed(self) -> None:
        self.panel.show_count(self.list.selected_count())
        self._fit()
        self._facts.start()

    def _read_facts(self) -> None:
        if self._some():
            selection = self.list.selection()
            self.desk.jobs.read(
                lambda db: selection_facts(db, selection),
                owner=self,
                then=self.panel.show_facts,
                latest="members.facts",
            )

    def _drop_facts(self) -> None:
        """Stop counting the tags of a big selection: finding others must not wait for it."""
        self.desk.jobs.read(lambda db: None, owner=self, then=lambda nothing: None, latest="members.facts")

    def _read_counts(self) -> None:
        self.desk.jobs.read(people.counts, owner=self, then=self._counted, latest="members.counts")

    def _counted(self, counts: PeopleCounts) -> None:
        self.counts = counts
        self._has_people = counts.people > 0
        self.body_stack.setCurrentIndex(0 if self._has_people else 1)
        self._fit()
        self._show_counts()

    def _show_counts(self) -> None:
        counts = self.counts
        if counts is None:
            return
        if not counts.people:
            text = ""
        elif self.list.condition == EVERYBODY:
            text = t("members.subtitle", people=counts.people, bound=counts.bound)
        elif not self.list.loader.complete:
            text = t("members.subtitle.counting", people=counts.people)
        else:
            text = t("members.subtitle.filtered", n=self.list.count, people=counts.people)
        self.header.set_subtitle(text)

    def _show_states(self) -> None:
        self.panel.show_states(states_in(self.list.bar.condition))

    def _read_panel(self) -> None:
        self.desk.jobs.read(read_tags_now, owner=self, then=self.panel.show_now, latest="members.panel")
