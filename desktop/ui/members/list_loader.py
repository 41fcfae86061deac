"""Brings the people of a condition in order: the first screen at once, everybody behind it. Later questions
overtake earlier ones, and answers that come too late are dropped."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.core.people.condition import EVERYBODY, Condition
from desktop.store import condition_sql
from desktop.store.condition_sql import Sort
from desktop.store.database import Database
from desktop.ui.jobs import Jobs

FIRST = 300
"""People in the first answer: more than any screen shows."""

_KEY = "members.list"


class ListLoader(QObject):
    """See the module.

    Signals: ``first(ids)``: the beginning of the answer to a new question; ``rest(ids)``: the whole of it, if there is more;
    ``compared(ids)``: the answer to the same question, asked again.
    """

    first = Signal(object)
    rest = Signal(object)
    compared = Signal(object)

    def __init__(self, jobs: Jobs, owner: QObject) -> None:
        super().__init__(owner)
        self._jobs = jobs
        self._generation = 0
        self._waiting_for_first = False
        self.condition: Condition = EVERYBODY
        self.sort = Sort()
        self.complete = False

    def ask(self, condition: Condition, sort: Sort) -> None:
        """Find the people of a condition."""
        self.condition, self.sort = condition, sort
        self.complete, self._waiting_for_first = False, True
        self._read(FIRST, self._first)

    def ask_again(self) -> None:
        """Find the same people once more, because data changed."""
        if self._waiting_for_first:
            self.ask(self.condition, self.sort)
        elif not self.complete:
            self._read(None, self._rest)
        else:
            self._read(None, self.compared.emit)

    def _first(self, ids: array[int]) -> None:
        self._waiting_for_first = False
        self.complete = len(ids) < FIRST
        self.first.emit(ids)
        # Whoever heard of the first may have asked something else already.
        if not self.complete and not self._waiting_for_first:
            self._read(None, self._rest)

    def _rest(self, ids: array[int]) -> None:
        self.complete = True
        self.rest.emit(ids)

    def _read(self, limit: int | None, then: Callable[[array[int]], object]) -> None:
        self._generation += 1
        generation = self._generation
        work = partial(condition_sql.ids, condition=self.condition, sort=self.sort, limit=limit)

        def answer(found: array[int]) -> None:
            if generation == self._generation:
                then(found)

        def find(db: Database) -> array[int]:
            return work(db)

        self._jobs.read(find, owner=self, then=answer, latest=_KEY)
