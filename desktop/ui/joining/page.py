"""The page that matches friends on LINE with members: a work list, the two beside each other, and three answers — the same
person, next, not the same. The almost certain ones can be joined all at once, after a look at them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.core.changes import Changes, Kind
from desktop.core.message import message
from desktop.operations.line import joining
from desktop.operations.line.joining import JoinList
from desktop.operations.people import duplicates, merging
from desktop.operations.people.duplicates import Duplicate
from desktop.operations.people.merging import Comparison, MergeChoice
from desktop.text import t
from desktop.ui.actions import Command
from desktop.ui.desk import Desk
from desktop.ui.duplicates.leaving import offer_undo
from desktop.ui.duplicates.merging_act import merge
from desktop.ui.joining.board import JoiningBoard
from desktop.ui.joining.joining_table import JoinRow
from desktop.ui.joining.sure_dialog import SureDialog
from desktop.ui.lanes import Job
from desktop.ui.page import Page
from desktop.ui.widgets.buttons import button, icon_button
from desktop.ui.widgets.empty_state import EmptyState

SHOWN = 1_000
"""So many pairs are listed at once; when they are worked off, the next follow."""


class JoiningPage(Page):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "joining")
        self.desk: Desk = desk
        self.add_way_back()
        self.found = JoinList()
        self._place = 0
        self._look: Job | None = None
        self.refresh_button = icon_button("refresh", t("duplicates.refresh"), self.look)
        self.sure_button = button(t("joining.join_sure", n=0), self.preview_sure, icon="link")
        self.header.add(self.refresh_button)
        self.header.add(self.sure_button)
        self.board = JoiningBoard()
        self.pairs, self.card = self.board.pairs, self.board.card
        self.stack = QStackedWidget()
        self.nobody = EmptyState(
            "users",
            t("joining.empty"),
            t("joining.empty_text"),
            button(t("joining.to_line_ids"), lambda: desk.go("line_ids"), icon="identification"),
        )
        self.looking = EmptyState("users", t("joining.looking"), "")
        for part in (self.board, self.nobody, self.looking):
            self.stack.addWidget(part)
        self.body.addWidget(self.stack, 1)
        self.pairs.current_changed.connect(self._compare)
        self.pairs.asked.connect(self._by_key)
        self.pairs.opened.connect(lambda _: self.join_current())
        self.card.merge_asked.connect(self.join_current)
        self.card.apart_asked.connect(self.keep_apart)
        self.card.later_asked.connect(self.pairs.go_on)
        self.sure_button.hide()
        self.stack.setCurrentWidget(self.looking)

    def opened(self, **arguments: Any) -> None:
        self.look()

    def changed(self, changes: Changes) -> None:
        if changes.touches(Kind.PEOPLE):
            self.look()

    def commands(self) -> list[Command]:
        return [
            Command("joining.join", "joining.join", self.join_current, "Ctrl+Return", enabled=self._has),
            Command(
                "joining.apart", "duplicates.apart", self.keep_apart, "Ctrl+Backspace", enabled=self._has
            ),
            Command(
                "joining.next",
                "joining.next",
                self.pairs.go_on,
                "Ctrl+Down",
                enabled=self._has,
                repeats=True,
            ),
            Command("joining.refresh", "duplicates.refresh", self.look, icon="refresh"),
        ]

    def pictures(self) -> dict[str, Callable[[], None]]:
        return {"sure": self.preview_sure}

    def look(self) -> None:
        """Compare everybody again."""
        if self._look is not None:
            self._look.cancel()
        self.refresh_button.setEnabled(False)
        if not self.found.pairs:
            self.header.set_subtitle("")
            self.stack.setCurrentWidget(self.looking)
        look = self.desk.jobs.background(
            joining.find,
            owner=self,
            then=self._found,
            on_cancelled=lambda: self._stopped(look),
            title=message("line_ids.joining"),
        )
        self._look = look

    def join_current(self) -> None:
        """They are the same: merge the two that are shown, as chosen."""
        choice = self.card.choice
        if choice is not None:
            self._forget({choice.keep, choice.gone})
            merge(self.desk, [choice], self)

    def keep_apart(self) -> None:
        """They are not the same."""
        row = self.pairs.current
        if row is None:
            return
        pair = (row.pair.low, row.pair.high)
        self._drop(lambda one: (one.low, one.high) == pair)
        self.desk.jobs.write(
            lambda db, _ctx: duplicates.keep_apart(db, [pair]), owner=self, then=self._kept_apart
        )

    def preview_sure(self) -> None:
        """Show all almost certain pairs, and join them on a yes."""
        sure = joining.sure_pairs(self.found.pairs)
        if sure:
            rows = [self._row(one) for one in sure]
            self.desk.dialogs.show(SureDialog(self, rows, lambda: self._join_all(sure)))

    def _join_all(self, pairs: list[Duplicate]) -> None:
        self.desk.jobs.write(
            lambda db, ctx: merging.merge(db, joining.choices_for(db, pairs), ctx),
            owner=self,
            then=self._joined,
            title=message("line_ids.joining"),
        )

    def _joined(self, outcome: merging.Merged) -> None:
        if outcome.step is not None:
            offer_undo(self.desk, message("joining.joined", n=outcome.merged), outcome.step, self)

    def _kept_apart(self, outcome: duplicates.KeptApart) -> None:
        if outcome.step is not None:
            offer_undo(self.desk, message("duplicates.apart_done", n=outcome.n), outcome.step, self)

    def _forget(self, people: set[int]) -> None:
        """Who was joined leaves the list at once; the next look confirms it."""
        self._drop(lambda one: one.low in people or one.high in people)

    def _drop(self, answered: Callable[[Duplicate], bool]) -> None:
        self._place = max(0, self.pairs.currentIndex().row())
        left = tuple(one for one in self.found.pairs if not answered(one))
        self._show(JoinList(left, self.found.names, self.found.friends))

    def _found(self, found: JoinList) -> None:
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

    def _show(self, found: JoinList) -> None:
        self.found = found
        sure = len(joining.sure_pairs(found.pairs))
        self.header.set_subtitle(t("joining.count", n=len(found.pairs)) if found.pairs else "")
        self.sure_button.setText(t("joining.join_sure", n=sure))
        self.sure_button.setVisible(sure > 0)
        self.stack.setCurrentIndex(0 if found.pairs else 1)
        self.board.shown_note.setText(t("duplicates.shown", n=SHOWN) if len(found.pairs) > SHOWN else "")
        self.pairs.show_pairs([self._row(one) for one in found.pairs[:SHOWN]], self._place)

    def _row(self, pair: Duplicate) -> JoinRow:
        names = self.found.names or {}
        friend, member = self.found.friend_of(pair), self.found.member_of(pair)
        nameless = t("duplicates.nameless")
        return JoinRow(pair, names.get(friend) or nameless, names.get(member) or nameless)

    def _compare(self, row: JoinRow | None) -> None:
        if row is None:
            self.card.show_people(None)
            return
        self._place = self.pairs.currentIndex().row()
        low, high = row.pair.low, row.pair.high
        self.desk.jobs.read(
            lambda db: merging.compare(db, low, high),
            owner=self,
            then=self._show_comparison,
            latest="joining.compare",
            on_error=lambda _: self.look(),
        )

    def _show_comparison(self, comparison: Comparison) -> None:
        row = self.pairs.current
        if row is not None and {comparison.keep.id, comparison.gone.id} == {row.pair.low, row.pair.high}:
            self.card.show_people(comparison)

    def _by_key(self, act: str) -> None:
        if act == "apart":
            self.keep_apart()
        else:
            self._join_when_compared()

    def _join_when_compared(self) -> None:
        """Enter may come before the two stand beside each other; then they are joined as proposed."""
        row = self.pairs.current
        if row is None:
            return
        shown = self.card.comparison
        pair = {row.pair.low, row.pair.high}
        if shown is not None and {shown.keep.id, shown.gone.id} == pair:
            self.join_current()
            return
        one = row.pair
        self._forget(pair)
        self.desk.jobs.read(lambda db: joining.choices_for(db, [one]), owner=self, then=self._merge_proposed)

    def _merge_proposed(self, choices: list[MergeChoice]) -> None:
        merge(self.desk, choices, self)

    def _has(self) -> bool:
        return self.pairs.current is not None
