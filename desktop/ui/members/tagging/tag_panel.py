"""The panel at the right: what the selection holds, the tag box, the pinned tags, who is full, and what was
done last. While nobody is selected it lists all tags as filters instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.core.people.tag import Tag
from desktop.operations.people.members import SelectionFacts
from desktop.store import history, tags
from desktop.store.database import Database
from desktop.store.history import Step
from desktop.text import t
from desktop.ui import theme
from desktop.ui.members.tagging.full_people import FullPeople
from desktop.ui.members.tagging.held_tags import HeldTags
from desktop.ui.members.tagging.pinned_tags import PinnedTags
from desktop.ui.members.tagging.recent_steps import MOST as STEPS_SHOWN
from desktop.ui.members.tagging.recent_steps import RecentSteps
from desktop.ui.members.tagging.suggestions import RECENT, TagIndex
from desktop.ui.members.tagging.tag_box import TagBox
from desktop.ui.members.tagging.tag_filters import TagFilters
from desktop.ui.widgets.labels import heading, muted
from desktop.ui.widgets.side_panel import SidePanel

PATIENCE_MS = 250
"""So long the tags of the people selected before may stand there."""


@dataclass(frozen=True, slots=True)
class TagsNow:
    """All tags, the ones used last, the pinned ones, and the last steps."""

    tags: list[Tag] = field(default_factory=list)
    recent: list[int] = field(default_factory=list)
    pinned: dict[int, Tag] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)


def read_tags_now(db: Database) -> TagsNow:
    """Read what the panel shows apart from the selection."""
    return TagsNow(
        tags.all_tags(db),
        tags.recently_used(db, RECENT),
        tags.pinned(db),
        history.steps(db, limit=STEPS_SHOWN),
    )


class TagPanel(SidePanel):
    """See the module. The page connects to its parts' signals."""

    def __init__(self) -> None:
        super().__init__(t("tag_panel.name"))
        self.title = heading("")
        self.held = HeldTags()
        self.box = TagBox()
        self.pinned = PinnedTags()
        self.full = FullPeople()
        self.filters = TagFilters()
        self.steps = RecentSteps()
        self.now = TagsNow()
        self.facts: SelectionFacts | None = None
        self._selected = 0
        self._states: Mapping[str, str] = {}
        self.box.field.textChanged.connect(self._pending_changed)
        self.box.list.selectionModel().currentChanged.connect(self._pending_changed)
        self._last_tried: str | None = None
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._say_counting)
        self._lay_out()
        self.show_count(0)

    def show_count(self, people: int) -> None:
        """How many people are selected; their tags follow by :meth:`show_facts`."""
        self._selected = people
        some = people > 0
        if some:
            self._patience.start()
        else:
            self._patience.stop()
        self.title.setText(t("tag_panel.selected", n=people) if some else t("tag_panel.nobody"))
        for part in (self._held_part, self.box, self._pinned_part):
            part.setVisible(some)
        self._filter_part.setVisible(not some)
        if not some:
            self.facts = None
            self.full.hide()
            self.full.close_choice()
            self._last_tried = None
        self._show_filters()

    def show_drop_targets(self, dragging: bool) -> None:
        """While members are dragged, all tags are there to let them go over."""
        some = self._selected > 0
        for part in (self._held_part, self.box):
            part.setVisible(some and not dragging)
        self._filter_part.setVisible(dragging or not some)
        key = "tag_panel.drop_hint" if dragging else "tag_panel.filter_hint"
        self._filter_hint.setText(t(key))
        if dragging:
            self.filters.show_tags(self.now.tags, self._states)

    def show_facts(self, facts: SelectionFacts) -> None:
        """What the selected people hold."""
        if not self._selected:
            return
        self._patience.stop()
        self.facts = facts
        self.held.show_tags(facts.held, facts.people)
        self._held_label.setText(t("tag_panel.held_one" if facts.people == 1 else "tag_panel.held"))
        alone = sum(one.people for one in facts.held) if facts.people == 1 else None
        self.box.set_count(alone, facts.limit)
        self.box.set_held({one.tag.id for one in facts.held if one.people >= facts.people})
        self.full.show_people(facts.full, facts.full_count, facts.full_tags, facts.limit)

    def show_now(self, now: TagsNow) -> None:
        """The tags of the shop and the last steps."""
        self.now = now
        self.box.know(TagIndex(now.tags, now.recent))
        self.pinned.show_tags(now.pinned, now.tags)
        self.steps.show_steps(now.steps)
        self._show_filters()

    def show_states(self, states: Mapping[str, str]) -> None:
        """Which tags the condition asks for or against, by key."""
        self._states = states
        self._show_filters()

    def tried(self, tag: str, *, full: bool) -> None:
        """A tag was put on; ``full``: not on everybody."""
        self._last_tried = tag if full else None
        self.full.close_choice()
        self._pending_changed()

    def names_of_held(self) -> Sequence[str]:
        """The selection's tags, most held first."""
        return [one.tag.name for one in self.facts.held] if self.facts else []

    def _say_counting(self) -> None:
        """Counting takes a while: what is still shown belongs to the people selected before."""
        self.facts = None
        self.held.show_counting()
        self.box.set_count(None, 0)
        self.box.set_held(())
        self.full.hide()

    def _pending_changed(self) -> None:
        self.full.set_pending(self.box.pending() or self._last_tried)

    def _show_filters(self) -> None:
        if not self._selected:
            self.filters.show_tags(self.now.tags, self._states)
            self._no_tags.setVisible(not self.now.tags)
            self._filter_hint.setVisible(bool(self.now.tags))

    def _lay_out(self) -> None:
        self.body.setSpacing(theme.px(12))
        self.body.addWidget(self.title)
        self._held_part, held = self._part()
        self._held_label = muted(t("tag_panel.held"))
        held.addWidget(self._held_label)
        held.addWidget(self.held)
        self.body.addWidget(self.box)
        self._pinned_part, pinned = self._part()
        pinned.addWidget(muted(t("tag_panel.pinned")))
        pinned.addWidget(self.pinned)
        self.body.addWidget(self.full)
        self._filter_part, filters = self._part()
        self._filter_hint = muted(t("tag_panel.filter_hint"), wrap=True)
        shortcut = QKeySequence("Ctrl+T").toString(QKeySequence.SequenceFormat.NativeText)
        self._no_tags = muted(t("tag_panel.no_tags_yet", shortcut=shortcut), wrap=True)
        for part in (self._filter_hint, self._no_tags, self.filters):
            filters.addWidget(part)
        # A short list leaves room below itself, not around the words above it.
        filters.setStretchFactor(self.filters, 100)
        filters.addStretch(1)
        self.body.setStretchFactor(self._filter_part, 100)
        _, steps = self._part()
        steps.addWidget(muted(t("tag_panel.steps")))
        steps.addWidget(self.steps)
        self.body.addStretch(1)

    def _part(self) -> tuple[QWidget, QVBoxLayout]:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(5))
        self.body.addWidget(part)
        return part, column
