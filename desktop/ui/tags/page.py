"""The page of tags: all tags with the panel of the one selected, the rules that put tags on, and what could be better."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar

from desktop.core.changes import Changes, Kind
from desktop.core.people.tag import Tag
from desktop.store.database import Database
from desktop.store.tagging import health, overview
from desktop.store.tagging.health import Finding, Ill
from desktop.store.tagging.overview import AllTags, TagFacts
from desktop.text import t
from desktop.ui import theme
from desktop.ui.actions import Command
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.tags import words
from desktop.ui.tags.asking import Asking
from desktop.ui.tags.commands import page_commands
from desktop.ui.tags.health_view import HealthView
from desktop.ui.tags.panel.details import TagDetails
from desktop.ui.tags.panel.many import ManyTags
from desktop.ui.tags.pictures import TagPictures
from desktop.ui.tags.rules.rules_view import RulesView
from desktop.ui.tags.tag_actions import TagActions
from desktop.ui.tags.tag_list import TagList
from desktop.ui.widgets.buttons import button, primary_button
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.side_panel import WIDTH

TAGS, RULES, HEALTH = range(3)
TABS = ("tags", "rules", "health")


class TagsPage(Page):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "tags")
        self.desk: Desk = desk
        self.known = AllTags((), 0, {}, 0)
        self._select: str | int | None = None
        self.actions_of_tags = TagActions(self, desk)
        self.actions_of_tags.made.connect(self._made)
        self.asking = Asking(self, desk, self.actions_of_tags)
        self.new = primary_button(t("tags_page.new"), self.ask_new, icon="plus")
        self.header.add(self.new)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(t("tags_page.tabs"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for tab in TABS:
            self.tabs.addTab(t(f"tags_page.tab.{tab}"))
        self.tabs.currentChanged.connect(self._show_tab)
        across = QHBoxLayout()
        across.addWidget(self.tabs)
        across.addStretch(1)
        self.body.addLayout(across)
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self._make_views()
        self._make_panels()
        self._show_tab(TAGS)

    def _make_views(self) -> None:
        self.list = TagList()
        self.list.chosen.connect(self._chosen)
        self.list.table.merge_asked.connect(lambda name, into: self.actions_of_tags.ask_merge([name], into))
        self.list.table.delete_asked.connect(self.asking.delete)
        self.list.table.opened.connect(lambda index: self.show_members())
        self.rules = RulesView(self, self.desk, self.actions_of_tags)
        self.has_inside(lambda: self.is_editing_rule, self.rules.show_list)
        self.rules.headed.connect(self._show_header)
        self.health = HealthView()
        self.health.cured.connect(self._cure)
        self.health.put_aside.connect(self._put_aside)
        self.health.opened.connect(lambda tag: self.opened(tag=tag))
        self.health.all_back.connect(self._all_back)
        self.empty = EmptyState(
            "tag",
            t("tags_page.empty"),
            t("tags_page.empty_text"),
            primary_button(t("tags_page.new"), self.ask_new, icon="plus"),
            button(t("tags_page.import"), lambda: self.desk.go("import"), icon="download"),
        )
        for part in (self.list, self.rules, self.health, self.empty):
            self.stack.addWidget(part)

    def _make_panels(self) -> None:
        self.details, self.many = TagDetails(), ManyTags()
        self.panel = QStackedWidget()
        self.panel.setFixedWidth(theme.px(WIDTH))
        for part in (self.many, self.details):
            self.panel.addWidget(part)
        self.set_side_panel(self.panel)
        act = self.actions_of_tags
        self.details.renamed.connect(lambda name: act.rename(self.name(), name, self.details.take_back))
        self.details.described.connect(
            lambda field, value: act.describe(self.name(), self.details.take_back, **{field: value})
        )
        self.details.pinned.connect(lambda place: act.pin(self.name(), place))
        self.details.asked.connect(self.asking.do)
        self.details.rule_asked.connect(self._open_rule)
        self.details.left.connect(lambda: self.list.table.setFocus())
        self.many.merge_asked.connect(lambda into: act.ask_merge([tag.name for tag in self.selected], into))
        self.many.asked.connect(self.asking.do)

    # What the window asks

    def opened(self, **arguments: Any) -> None:
        """Show the page.

        Args:
            arguments: ``tag``: a tag's id or name to select; ``rule``: a rule's id to open; ``tab``: tags, rules or health.
        """
        if "tag" in arguments:
            self._select = arguments["tag"]
            self.tabs.setCurrentIndex(TAGS)
        elif "rule" in arguments:
            self.tabs.setCurrentIndex(RULES)
            self.rules.open_rule(int(arguments["rule"]))
        elif arguments.get("tab") in TABS:
            self.tabs.setCurrentIndex(TABS.index(arguments["tab"]))
        self._read()
        if self.tabs.currentIndex() == TAGS:
            self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def changed(self, changes: Changes) -> None:
        if changes.touches(Kind.TAGS, Kind.PEOPLE, Kind.AUDIENCES, Kind.SHOP):
            self._read()
        if changes.touches(Kind.TAGS, Kind.PEOPLE, Kind.ORDERS):
            self.rules.changed()

    def commands(self) -> list[Command]:
        return page_commands(self)

    def remember(self) -> dict[str, Any]:
        chosen = self.selected
        return {"tab": TABS[self.tabs.currentIndex()], "tag": chosen[0].id if len(chosen) == 1 else None}

    def recall(self, state: dict[str, Any]) -> None:
        if state.get("tab") in TABS:
            self.tabs.setCurrentIndex(TABS.index(state["tab"]))
        self._select = state.get("tag")

    def pictures(self) -> dict[str, Callable[[], None]]:
        return TagPictures(self).states()

    # What the owner asks

    @property
    def selected(self) -> list[Tag]:
        """The tags selected, while the list is shown."""
        shown = self.stack.currentWidget() is self.list
        return [row.tag for row in self.list.table.selected()] if shown else []

    @property
    def is_editing_rule(self) -> bool:
        """Whether a rule is being edited."""
        return self.tabs.currentIndex() == RULES and self.rules.is_editing

    def name(self) -> str:
        """The tag the panel shows, whatever is selected by now."""
        return self.details.facts.tag.name if self.details.facts is not None else ""

    def ask_new(self) -> None:
        """Ask for the name of a new tag; on the page of rules, begin a rule."""
        if self.tabs.currentIndex() == RULES:
            self.rules.new()
        else:
            self.asking.new()

    def show_members(self) -> None:
        """Show who has one of the tags selected."""
        if self.selected:
            self.desk.go("members", query=" OR ".join(words.query_of(tag.name) for tag in self.selected))

    def show_search(self) -> None:
        """Put the cursor into the search."""
        self.tabs.setCurrentIndex(TAGS)
        self.list.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.list.search.selectAll()

    def new_rule(self) -> None:
        """Begin a rule."""
        self.tabs.setCurrentIndex(RULES)
        self.rules.new()

    def _open_rule(self, name: str) -> None:
        self.tabs.setCurrentIndex(RULES)
        self.rules.open_named(name)

    # What is shown

    def _read(self) -> None:
        read = self.desk.jobs.read
        read(overview.all_tags, owner=self, then=self._show_tags, latest="tags.all")
        read(overview.last_put_on, owner=self, then=self._show_last, latest="tags.last")
        # Longer than a moment in a large shop, so it is looked at beside the questions the owner waits for.
        self.desk.jobs.background(lambda db, ctx: _findings(db), owner=self, then=self._show_health)
        self.rules.read(with_templates=self.tabs.currentIndex() == RULES)

    def _show_tags(self, known: AllTags) -> None:
        self.known = known
        self.list.show_tags(known)
        wanted, self._select = self._select, None
        if wanted is not None:
            ids = [tag.id for tag in known.tags if wanted in (tag.id, tag.name)]
            if ids and not self.list.table.select(ids):
                self.list.show_all()
                self.list.table.select(ids)
        self.tabs.setTabText(TAGS, _counted("tags", len(known.tags)))
        self._show_tab(self.tabs.currentIndex())
        self._chosen()

    def _show_last(self, put_on: Mapping[int, str]) -> None:
        self.list.show_last(put_on)

    def _show_health(self, found: tuple[list[Finding], int]) -> None:
        findings, aside = found
        self.health.show_findings(findings, aside)
        self.tabs.setTabText(HEALTH, _counted("health", len(findings)))

    def _show_tab(self, at: int) -> None:
        if at == RULES and self.stack.currentWidget() is not self.rules:
            self.rules.read()
        parts = (self.list if self.known.tags else self.empty, self.rules, self.health)
        self.stack.setCurrentWidget(parts[at])
        self.panel.setVisible(parts[at] is self.list)
        self._show_header()

    def _show_header(self) -> None:
        at = self.tabs.currentIndex()
        self.tabs.setTabText(RULES, _counted("rules", len(self.rules.rules)))
        self.new.setText(t("rules.new" if at == RULES else "tags_page.new"))
        self.new.setAccessibleName(self.new.text())
        current = self.stack.currentWidget()
        self.new.setVisible(
            current is not self.empty and at != HEALTH and not (at == RULES and self.rules.has_own_button)
        )
        self.header.set_subtitle(t(f"tags_page.subtitle.{TABS[at]}"))

    def _chosen(self) -> None:
        chosen = self.selected
        if len(chosen) != 1:
            self.many.show_tags(chosen)
            self.panel.setCurrentWidget(self.many)
            return
        tag_id = chosen[0].id
        self.desk.jobs.read(
            lambda db: overview.facts(db, tag_id), owner=self, then=self._show_facts, latest="tags.facts"
        )

    def _show_facts(self, facts: TagFacts | None) -> None:
        if facts is not None and [tag.id for tag in self.selected] == [facts.tag.id]:
            pins = [tag for tag in self.known.tags if tag.pinned is not None]
            self.details.show_facts(facts, self.known.people, pins)
            self.panel.setCurrentWidget(self.details)

    def _made(self, name: str) -> None:
        self._select = name
        self.tabs.setCurrentIndex(TAGS)

    # Health

    def _cure(self, finding: Finding) -> None:
        names = [tag.name for tag in finding.tags]
        if finding.ill is Ill.EXPIRED:
            self.actions_of_tags.take_off_expired(names)
        elif finding.ill is Ill.ALIKE:
            self.actions_of_tags.merge(names[1:], names[0])
        elif finding.ill in (Ill.UNUSED, Ill.EVERYBODY):
            self.actions_of_tags.ask_delete(finding.tags)
        else:
            self.list.only([tag.id for tag in finding.tags])
            self.tabs.setCurrentIndex(TAGS)
            self.list.table.select([finding.tags[0].id])

    def _put_aside(self, finding: Finding) -> None:
        self.desk.jobs.write(
            lambda db, ctx: health.put_aside(db, [finding]), owner=self, then=lambda _: self._read()
        )

    def _all_back(self) -> None:
        self.desk.jobs.write(lambda db, ctx: health.bring_back(db), owner=self, then=lambda _: self._read())


def _findings(db: Database) -> tuple[list[Finding], int]:
    return health.health(db), len(health.set_aside(db))


def _counted(tab: str, count: int) -> str:
    return (
        t("tags_page.tab_counted", tab=t(f"tags_page.tab.{tab}"), n=count)
        if count
        else t(f"tags_page.tab.{tab}")
    )
