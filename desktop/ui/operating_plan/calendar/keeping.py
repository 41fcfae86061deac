"""Keeps what the form of an entry holds: a new one is made once, however fast its owner types."""

from __future__ import annotations

from collections.abc import Callable

from desktop.core.errors import UserError
from desktop.core.planning.operating.calendar import Entry
from desktop.operations.planning.operating import entries
from desktop.operations.planning.plans import SavedPlan
from desktop.ui.operating_plan.acts import Acts


class Keeping:
    """See the module.

    Args:
        acts: how the plan is changed.
        made: told the number of a new entry.
    """

    def __init__(self, acts: Acts, made: Callable[[int], object]) -> None:
        self._acts, self._made = acts, made
        self.entry_id: int | None = None
        self._creating = 0
        self._round = 0
        self._waiting: Entry | None = None

    def begin(self, entry_id: int | None) -> None:
        """The form holds another entry now; None: one that is not kept yet."""
        self.entry_id, self._waiting = entry_id, None
        self._round += 1

    def keep(self, entry: Entry) -> None:
        """Keep the entry; one without a title is not begun."""
        if self.entry_id is not None:
            number = self.entry_id
            self._acts.do(lambda db: entries.save(db, number, entry), None, None, self._acts.refuse)
        elif self._creating == self._round and self._creating:
            self._waiting = entry
        elif entry.title:
            self._create(entry)

    def _create(self, entry: Entry) -> None:
        self._round += 1
        now = self._creating = self._round

        def done(saved: SavedPlan) -> None:
            if self._round != now:
                return
            self._creating, waiting = 0, self._waiting
            self.begin(saved.plan.id)
            self._made(saved.plan.id)
            if waiting is not None:
                self.keep(waiting)

        def not_kept(error: UserError) -> None:
            self._creating = 0
            self._acts.refuse(error)

        self._acts.do(lambda db: entries.save(db, None, entry), None, done, not_kept)
