"""Collects Python's reference cycles in the window's own thread and nowhere else. Left to itself the collector runs in whatever
thread allocates, and a widget that is part of a cycle would be destroyed in a worker: Qt crashes or hangs then."""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

EVERY_MS = 1000
WORTH_COLLECTING = 2_000
TURNS_TO_A_FULL_ONE = 60


class Garbage(QObject):
    """Works from its making until :meth:`stop`.

    Args:
        quiet: whether nothing runs now, so that a full collection may take its time.
    """

    def __init__(self, quiet: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._quiet = quiet
        self._turns = 0
        self._was_on = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self._collect)
        self._timer.start()

    def stop(self) -> None:
        """Leave it to Python again; for when the window and all threads are gone."""
        self._timer.stop()
        if self._was_on:
            gc.enable()

    @Slot()
    def _collect(self) -> None:
        self._turns += 1
        if self._turns >= TURNS_TO_A_FULL_ONE and self._quiet():
            self._turns = 0
            gc.collect()
        elif gc.get_count()[0] > WORTH_COLLECTING:
            gc.collect(1)
