"""Counts the audiences of the list one after the other, those in view first. Only one question waits in the query thread at a
time, so that two hundred audiences of a large shop hold nothing else up; what was counted is kept as today's size."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.operations.audiences import comparing
from desktop.store.audience_history.days import AudienceDay
from desktop.store.audiences import Audience
from desktop.store.database import Database
from desktop.ui.audiences.listing.rows import ListedAudience, Looked, look
from desktop.ui.desk import Desk


class Counting(QObject):
    """``counted(audience_id, Looked)``; ``done`` when all are.

    Args:
        first: gives the numbers of the audiences in view, which are counted before the others.
    """

    counted = Signal(int, object)
    done = Signal()

    def __init__(self, desk: Desk, parent: QObject, first: Callable[[], list[int]]) -> None:
        super().__init__(parent)
        self._desk = desk
        self._first = first
        self._wanted: dict[int, Audience] = {}
        self._known: dict[int, tuple[Audience, Looked]] = {}
        self._kept: dict[int, AudienceDay | None] = {}
        self._busy = False
        self._round = 0

    def forget(self) -> None:
        """Data changed: what was counted may be another number now."""
        self._known.clear()
        self._round += 1

    def known(self, audience: Audience) -> Looked | None:
        """What was counted of an audience as it is."""
        found = self._known.get(audience.id)
        return found[1] if found is not None and found[0] == audience else None

    def count(self, rows: Sequence[ListedAudience]) -> None:
        """Count those of these audiences that are not counted yet."""
        self._kept = {row.audience.id: row.kept for row in rows}
        self._wanted = {row.audience.id: row.audience for row in rows if self.known(row.audience) is None}
        self._next()

    def stop(self) -> None:
        """Nobody looks at the list any more."""
        self._wanted.clear()

    def _next(self) -> None:
        if self._busy or not self._wanted:
            return
        seen = [number for number in self._first() if number in self._wanted]
        number = seen[0] if seen else next(iter(self._wanted))
        audience = self._wanted.pop(number)
        self._busy = True
        self._desk.jobs.read(
            partial(_look, audience),
            owner=self,
            then=partial(self._take, audience, self._round),
            on_error=self._failed,
        )

    def _take(self, audience: Audience, asked: int, found: Looked) -> None:
        self._busy = False
        if asked != self._round:
            # The data changed while it was being counted.
            self._wanted.setdefault(audience.id, audience)
            self._next()
            return
        self._known[audience.id] = (audience, found)
        self.counted.emit(audience.id, found)
        if not self._wanted:
            self._keep()
            self.done.emit()
        self._next()

    def _failed(self, _error: object) -> None:
        """A condition that cannot be read any more has no number; its own page says why."""
        self._busy = False
        self._next()

    def _keep(self) -> None:
        sizes = {}
        for number, (_, found) in self._known.items():
            kept = self._kept.get(number)
            size = (found.reach.people, found.reach.reachable)
            if kept is None or (kept.people, kept.reachable) != size:
                sizes[number] = size
        if sizes:
            self._desk.jobs.write(lambda db, _ctx: comparing.note_today(db, sizes), owner=self)
            for number, (people, reachable) in sizes.items():
                self._kept[number] = AudienceDay("", people, reachable)


def _look(audience: Audience, db: Database) -> Looked:
    return look(db, audience)
