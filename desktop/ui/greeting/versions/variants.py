"""What can be done with the versions of the greeting: open, copy for a period, rename, delete, compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.core.changes import Changes
from desktop.core.message import message
from desktop.core.planning.greeting import variants
from desktop.core.planning.greeting.balloons import Greeting
from desktop.operations.planning import greetings, plans
from desktop.operations.planning.greetings import GreetingPlan
from desktop.text import render, t
from desktop.ui import i18n
from desktop.ui.desk import Desk
from desktop.ui.greeting.draft import Draft
from desktop.ui.greeting.versions.differences_dialog import DifferencesDialog
from desktop.ui.greeting.versions.variants_card import Variant, VariantsCard

if TYPE_CHECKING:
    from desktop.ui.greeting.page import GreetingPage


class Variants(QObject):
    """One page's.

    Args:
        page: whose versions they are.
        desk: what it may use.
        draft: the version on screen.
        card: where they are listed.
    """

    def __init__(self, page: GreetingPage, desk: Desk, draft: Draft, card: VariantsCard) -> None:
        super().__init__(page)
        self._page, self._desk, self._draft, self.card = page, desk, draft, card
        self.differences: DifferencesDialog | None = None
        card.opened.connect(page.show_plan)
        card.copy_asked.connect(self.copy)
        card.begin_asked.connect(page.choose_template)
        card.rename_asked.connect(self.rename)
        card.delete_asked.connect(self.delete)
        card.compare_asked.connect(self.compare)
        card.period.connect(
            lambda starts, ends: draft.change(replace(draft.greeting, starts=starts, ends=ends))
        )
        draft.edited.connect(lambda: self.show(page.plans))

    def current_of(self, found: Sequence[GreetingPlan]) -> int | None:
        """The version that counts today."""
        return variants.current([(plan.id, plan.greeting) for plan in found], date.today())

    def show(self, found: Sequence[GreetingPlan]) -> None:
        """List the versions; the one on screen as it stands there."""
        draft = self._draft
        standing = [
            (plan.id, draft.greeting if plan.id == draft.plan_id else plan.greeting) for plan in found
        ]
        now = variants.current(standing, date.today())
        listed = [Variant(number, one.name, one.starts, one.ends, number == now) for number, one in standing]
        self.card.show_variants(listed, draft.plan_id, _warning(standing, draft))

    def copy(self) -> None:
        """Make another version like the one on screen, and open it."""
        plan_id = self._draft.plan_id
        if plan_id is None:
            return
        self._draft.flush()
        self._desk.jobs.write(
            lambda db, ctx: greetings.duplicate(db, plan_id),
            owner=self._page,
            then=lambda outcome: self._page.show_new(outcome.plan.id),
        )

    def rename(self) -> None:
        """Ask for another name."""
        plan_id = self._draft.plan_id
        if plan_id is None:
            return

        def renamed(name: str) -> None:
            self._draft.flush()
            self._desk.jobs.write(
                lambda db, ctx: plans.rename(db, plan_id, name),
                owner=self._page,
                then=lambda outcome: self._draft.take_name(plan_id, outcome.plan.name),
            )

        title = message("greeting_page.rename")
        label = message("greeting_page.name_label")
        self._desk.dialogs.ask_text(self._page, title, label, renamed, text=self._draft.greeting.name)

    def delete(self) -> None:
        """Delete the version on screen; undo brings it back."""
        plan_id = self._draft.plan_id
        if plan_id is None:
            return
        name = self._draft.greeting.name
        self._draft.flush()
        self._draft.forget()

        def gone(changes: Changes) -> None:
            self._desk.jobs.publish(changes)
            undo = (message("shell.undo"), lambda: self._desk.actions.trigger("shell.undo"))
            self._desk.notices.show(message("greeting_page.deleted", name=name), button=undo)

        self._desk.jobs.write(lambda db, ctx: plans.delete(db, plan_id), owner=self._page, then=gone)

    def compare(self) -> None:
        """Show what sets the version on screen apart from another."""
        shown = self._draft.plan_id
        others = {plan.id: plan.greeting for plan in self._page.plans if plan.id != shown}
        if not others:
            return
        here = self._draft.greeting
        self.differences = DifferencesDialog(
            self._page,
            here.name,
            [(number, other.name) for number, other in others.items()],
            lambda number: variants.differences(here, others[number]),
        )
        self._desk.dialogs.show(self.differences)


def _warning(standing: Sequence[tuple[int, Greeting]], draft: Draft) -> str:
    wrong = variants.period_problem(draft.greeting)
    if wrong is not None:
        return render(wrong)
    names = {number: one.name for number, one in standing}
    for overlap in variants.overlaps(standing):
        if draft.plan_id not in (overlap.first, overlap.second):
            continue
        other = overlap.second if overlap.first == draft.plan_id else overlap.first
        return t(
            "greeting_page.overlap",
            name=names[other],
            start=i18n.date(overlap.starts),
            end=i18n.date(overlap.ends),
        )
    return ""
