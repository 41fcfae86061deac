"""Brings the people of a condition in order: the first screen at once, everybody behind it. Later questions
overtake earlier ones, and answers that come too late are dropped."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.core.people.condition import EVERYBODY, Condition
from desktop.store import condition_sql
from desktop.store.condition_sql import Sort
from desktop.store.database import Database
from desktop.ui.jobs import Jobs

FIRST = 300
"""People in the first answer: more than any screen shows."""

_KEY = "members.list"
T = TypeVar("T")


class ListLoader(QObject):
    """See the module.

    Signals: ``first(ids)``: the beginning of the answer to a new question, or all of it; ``rest(ids)``: the whole;
    ``compared(ids)``: the answer to the same question, asked again.
    """

    first = Signal(object)
    rest = Signal(object)
    compared = Signal(object)

    def __init__(self, jobs: Jobs, owner: QObject) -> None:
        super().__init__(owner)
        self._jobs = jobs
        self._generation = 0
        self._shown = False
        self.condition: Condition = EVERYBODY
        self.sort = Sort()
        self.complete = False

    def ask(self, condition: Condition, sort: Sort) -> None:
        """Find the people of a condition."""
        self.condition, self.sort = condition, sort
        self.complete, self._shown = False, False
        self._read(
            partial(condition_sql.first_screen, condition=condition, sort=sort, limit=FIRST), self._first
        )

    def ask_again(self) -> None:
        """Find the same people once more, because data changed."""
        if not self._shown:
            self.ask(self.condition, self.sort)
        else:
            self._read_all(self.compared.emit if self.complete else self._rest)

    def _first(self, found: tuple[array[int], bool]) -> None:
        ids, self.complete = found
        generation = self._generation
        # Nobody yet is not the same as nobody: what was shown before stays until it is known.
        if len(ids) or self.complete:
            self._shown = True
            self.first.emit(ids)
        # Whoever heard of the first may have asked something else already.
        if not self.complete and generation == self._generation:
            self._read_all(self._rest)

    def _rest(self, ids: array[int]) -> None:
        self.complete = True
        if self._shown:
            self.rest.emit(ids)
        else:
            self._shown = True
            self.first.emit(ids)

    def _read_all(self, then: Callable[[array[int]], object]) -> None:
        self._read(partial(condition_sql.ids, condition=self.condition, sort=self.sort), then)

    def _read(self, work: Callable[[Database], T], then: Callable[[T], object]) -> None:
        self._generation += 1
        generation = self._generation

        def answer(found: T) -> None:
            if generation == self._generation:
                then(found)

        self._jobs.read(work, owner=self, then=answer, latest=_KEY)
