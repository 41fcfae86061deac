"""The page of members who may be there twice: a calm list, the two beside each other, and three answers — merge, not the same
person, later. The almost certain ones can be merged all at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.core.changes import Changes, Kind
from desktop.core.job import JobContext
from desktop.core.message import message
from desktop.operations.people import duplicates, merging
from desktop.operations.people.duplicates import Duplicate
from desktop.operations.people.merging import Comparison
from desktop.store.database import Database
from desktop.text import t
from desktop.ui import theme
from desktop.ui.actions import Command
from desktop.ui.desk import Desk
from desktop.ui.duplicates.comparison_card import ComparisonCard
from desktop.ui.duplicates.leaving import offer_undo
from desktop.ui.duplicates.merging_act import merge
from desktop.ui.duplicates.pairs_table import PairRow, PairsTable
from desktop.ui.lanes import Job
from desktop.ui.page import Page
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.fields import Select
from desktop.ui.widgets.labels import muted

SHOWN = 1_000
"""So many pairs are listed at once; when they are worked off, the next follow."""

PAIRS_HEIGHT, COMPARED_HEIGHT = 96, 190
"""Two pairs, and five fields of two members: less is no list and no comparison."""

CERTAINTIES = ("sure", "likely", "maybe")


@dataclass(frozen=True)
class Found:
    """All pairs, and how the people in the first of them are called."""

    pairs: tuple[Duplicate, ...]
    names: dict[int, str]


class DuplicatesPage(Page):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "duplicates")
        self.desk: Desk = desk
        self.add_way_back()
        self.found = Found((), {})
        self._later: list[tuple[int, int]] = []
        self._place = 0
        self._look: Job | None = None
        self._wanted_filter: str | None = None
        self.refresh_button = button(t("duplicates.refresh"), self.look, icon="refresh")
        self.sure_button = button(t("duplicates.merge_sure", n=0), self.merge_sure, icon="link")
        self.header.add(self.refresh_button)
        self.header.add(self.sure_button)
        self.filter = Select(t("duplicates.filter"), [])
        self.filter.chosen.connect(lambda _: self._list(0))
        self.shown_note = muted()
        self.pairs = PairsTable()
        self.card = ComparisonCard()
        self.stack = QStackedWidget()
        self.empty = EmptyState(
            "users",
            t("duplicates.empty"),
            t("duplicates.empty_text"),
            button(t("duplicates.refresh"), self.look, icon="refresh"),
        )
        self.looking = EmptyState("users", t("duplicates.looking_now"), "")
        self.stack.addWidget(self._work())
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.looking)
        self.body.addWidget(self.stack, 1)
        self.pairs.current_changed.connect(self._compare)
        self.pairs.asked.connect(self._by_key)
        self.pairs.opened.connect(lambda _: self._to_comparison())
        self.card.merge_asked.connect(self.merge_current)
        self.card.apart_asked.connect(self.keep_apart)
        self.card.later_asked.connect(self.later)
        self.sure_button.hide()
        self.stack.setCurrentWidget(self.looking)

    def _work(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        row = QHBoxLayout()
        row.addWidget(self.filter)
        row.addWidget(self.shown_note)
        row.addStretch(1)
        column.addLayout(row)
        listed = Card(flush=True)
        listed.body.addWidget(self.pairs)
        # In a low window the page scrolls rather than show one line of each.
        self.pairs.setMinimumHeight(theme.px(PAIRS_HEIGHT))
        self.card.table.setMinimumHeight(theme.px(COMPARED_HEIGHT))
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(theme.px(10))
        split.addWidget(listed)
        split.addWidget(self.card)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        column.addWidget(split, 1)
        self.area = _scrolled_down(inside)
        return self.area

    def opened(self, **arguments: Any) -> None:
        self.look()

    def changed(self, changes: Changes) -> None:
        if changes.touches(Kind.PEOPLE):
            self.look()

    def look(self) -> None:
        """Compare everybody again."""
        if self._look is not None:
            self._look.cancel()
        self.refresh_button.setEnabled(False)
        if not self.found.pairs:
            self.header.set_subtitle("")
            self.stack.setCurrentWidget(self.looking)
        look = self.desk.jobs.background(
            _find,
            owner=self,
            then=self._found,
            on_cancelled=lambda: self._stopped(look),
            title=message("duplicates.looking"),
        )
        self._look = look

    def commands(self) -> list[Command]:
        return [
            Command(
                "duplicates.merge", "duplicates.merge", self.merge_current, "Ctrl+Return", enabled=self._has
            ),
            Command(
                "duplicates.apart", "duplicates.apart", self.keep_apart, "Ctrl+Backspace", enabled=self._has
            ),
            Command(
                "duplicates.later",
                "duplicates.later",
                self.later,
                "Ctrl+Down",
                enabled=self._has,
                repeats=True,
            ),
            Command("duplicates.swap", "duplicates.swap", self.card.swap, "Ctrl+Shift+X", enabled=self._has),
            Command("duplicates.refresh", "duplicates.refresh", self.look, icon="refresh"),
        ]

    def merge_current(self) -> None:
        """Merge the two that are shown, as chosen."""
        choice = self.card.choice
        if choice is not None:
            self._forget({(min(choice.keep, choice.gone), max(choice.keep, choice.gone))})
            merge(self.desk, [choice], self)

    def keep_apart(self) -> None:
        """Never these two."""
        row = self.pairs.current
        if row is None:
            return
        pair = (row.pair.low, row.pair.high)
        self._forget({pair})
        self.desk.jobs.write(
            lambda db, _ctx: duplicates.keep_apart(db, [pair]), owner=self, then=self._kept_apart
        )

    def later(self) -> None:
        """Put the pair at the end of the list."""
        row = self.pairs.current
        if row is not None:
            self._later.append((row.pair.low, row.pair.high))
            self._list(self.pairs.currentIndex().row())

    def merge_sure(self) -> None:
        """Merge all that are almost certain, once the owner has seen how many."""
        pairs = [(one.low, one.high) for one in self.found.pairs if one.certainty == "sure"]
        n = len(pairs)
        if n:
            self.desk.dialogs.confirm(
                self,
                message("duplicates.merge_sure_title", n=n),
                message("duplicates.merge_sure_text", n=n),
                message("duplicates.merge_sure_button", n=n),
                lambda: self._merge_many(pairs),
            )

    def remember(self) -> dict[str, Any]:
        return {"certainty": self.filter.value()}

    def recall(self, state: dict[str, Any]) -> None:
        self._wanted_filter = state.get("certainty")

    def _merge_many(self, pairs: list[tuple[int, int]]) -> None:
        def work(db: Database, ctx: JobContext) -> merging.Merged:
            return merging.merge(db, duplicates.choices_for(db, pairs), ctx)

        def done(outcome: merging.Merged) -> None:
            if outcome.step is not None:
                offer_undo(self.desk, message("duplicates.merged", n=outcome.merged), outcome.step, self)

        self.desk.jobs.write(work, owner=self, then=done, title=message("duplicates.merge"))

    def _kept_apart(self, outcome: duplicates.KeptApart) -> None:
        if outcome.step is not None:
            offer_undo(self.desk, message("duplicates.apart_done", n=outcome.n), outcome.step, self)

    def _forget(self, pairs: set[tuple[int, int]]) -> None:
        """What was answered leaves the list at once; the next look confirms it."""
        self._place = max(0, self.pairs.currentIndex().row())
        left = tuple(one for one in self.found.pairs if (one.low, one.high) not in pairs)
        self._show(Found(left, self.found.names))

    def _found(self, found: Found) -> None:
        self._look = None
        self.refresh_button.setEnabled(True)
        self._show(found)
        focused = cast("QWidget | None", self.window().focusWidget())
        inside = focused is not None and self.stack.isAncestorOf(focused)
        if self.isVisible() and found.pairs and not inside:
            self.pairs.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stopped(self, look: Job) -> None:
        """The owner cancelled; a look that gave way to a newer one says nothing."""
        if self._look is look:
            self._found(self.found)

    def _show(self, found: Found) -> None:
        self.found = found
        counts = {name: sum(one.certainty == name for one in found.pairs) for name in CERTAINTIES}
        self.header.set_subtitle(t("duplicates.count", n=len(found.pairs)) if found.pairs else "")
        self.sure_button.setText(t("duplicates.merge_sure", n=counts["sure"]))
        self.sure_button.setVisible(counts["sure"] > 0)
        chosen = self.filter.value() if self.filter.count() else self._wanted_filter
        choices: list[tuple[str, str]] = [("", t("duplicates.all", n=len(found.pairs)))]
        choices += [(name, f"{t(f'duplicates.certain.{name}')} {n:,}") for name, n in counts.items() if n]
        self.filter.set_choices(choices)
        if chosen in [name for name, _ in choices]:
            self.filter.set_value(chosen)
        self.stack.setCurrentIndex(0 if found.pairs else 1)
        self._list(self._place)

    def _list(self, place: int) -> None:
        """Show the pairs of the chosen certainty; those put off come last."""
        wanted = self.filter.value()
        some = [one for one in self.found.pairs if not wanted or one.certainty == wanted]
        some.sort(key=lambda one: (one.low, one.high) in self._later)
        rows = [PairRow(one, self._name(one.low), self._name(one.high)) for one in some[:SHOWN]]
        self.shown_note.setText(t("duplicates.shown", n=SHOWN) if len(some) > SHOWN else "")
        self._place = place
        self.pairs.show_pairs(rows, place)

    def _name(self, person: int) -> str:
        return self.found.names.get(person) or t("duplicates.nameless")

    def _compare(self, row: PairRow | None) -> None:
        if row is None:
            self.card.show_people(None)
            return
        self._place = self.pairs.currentIndex().row()
        low, high = row.pair.low, row.pair.high
        self.desk.jobs.read(
            lambda db: merging.compare(db, low, high),
            owner=self,
            then=self._show_comparison,
            latest="duplicates.compare",
            on_error=lambda _: self.look(),
        )

    def _show_comparison(self, comparison: Comparison) -> None:
        row = self.pairs.current
        if row is not None and {comparison.keep.id, comparison.gone.id} == {row.pair.low, row.pair.high}:
            self.card.show_people(comparison)

    def _to_comparison(self) -> None:
        self.card.table.setFocus()
        self.area.ensureWidgetVisible(self.card)

    def _by_key(self, act: str) -> None:
        if act == "compare":
            self._to_comparison()
        elif act == "merge":
            self.merge_current()
        else:
            self.keep_apart()

    def _has(self) -> bool:
        return self.card.comparison is not None


def _scrolled_down(inside: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    return area


def _find(db: Database, ctx: JobContext) -> Found:
    pairs = duplicates.find(db, ctx)
    people = {person for one in pairs for person in (one.low, one.high)}
    return Found(tuple(pairs), duplicates.names(db, people))
