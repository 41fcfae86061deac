"""Running rules from the page: one run at a time however often the button is pressed, and what came of it, with a way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from operator import or_
from typing import Any

from PySide6.QtCore import QObject

from desktop.core.changes import Changes
from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.operations.tagging import rules
from desktop.operations.tagging.rules import RuleRun
from desktop.store.database import Database
from desktop.ui.desk import Desk
from desktop.ui.lanes import Job, State
from desktop.ui.page import Page
from desktop.ui.tags.rules.gains_card import names
from desktop.ui.tags.tag_actions import TagActions


class RuleRuns(QObject):
    """See the module."""

    def __init__(self, page: Page, desk: Desk, actions: TagActions) -> None:
        super().__init__(page)
        self._page = page
        self._desk = desk
        self._actions = actions
        self._job: Job | None = None

    @property
    def busy(self) -> bool:
        """Whether rules are running; another press then does nothing."""
        return self._job is not None and self._job.state in (State.WAITING, State.RUNNING)

    def run(self, rule_id: int) -> None:
        """Run a saved rule."""
        self._run(lambda db: rules.run(db, rule_id), lambda run: self._tell([run]))

    def run_all(self) -> None:
        """Run every rule."""
        self._run(rules.run_all, self._ran_all)

    def _run(self, work: Callable[[Database], Any], then: Callable[[Any], None]) -> None:
        if self.busy:
            return

        def failed(error: UserError) -> None:
            self._page.bar.show_error(error)

        self._job = self._desk.jobs.write(
            lambda db, ctx: work(db),
            owner=self._page,
            then=then,
            on_error=failed,
            title=message("rules.running"),
        )

    def _ran_all(self, runs: Sequence[RuleRun]) -> None:
        # Several outcomes bring several changes; the jobs tell those of a single outcome by themselves.
        self._desk.jobs.publish(reduce(or_, (run.changes for run in runs), Changes()))
        self._tell(runs)

    def _tell(self, runs: Sequence[RuleRun]) -> None:
        for run in runs:
            if run.error is not None:
                text = message("rules.said.failed", rule=run.rule, reason=run.error)
                self._desk.notices.show(text, kind="error")
            elif run.full:
                who = {"names": names(run.full, len(run.full)), "n": len(run.full)}
                told = {"rule": run.rule, "gained": run.gained, "lost": run.lost, **who}
                self._actions.say("rules.said.ran_full", run.step, "warning", **told)
            elif run.step is None:
                self._actions.say("rules.said.ran_nothing", None, "info", rule=run.rule)
            else:
                self._actions.say("rules.said.ran", run.step, rule=run.rule, gained=run.gained, lost=run.lost)
