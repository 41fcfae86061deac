"""Has the picture of the people read for the queries of an open shop, in their own thread while nobody asks anything, and let go
of when data change."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop.store.picture import keeping
from desktop.ui.jobs import Jobs

PAUSE_MS = 300
"""Nothing is read while keys are still being pressed."""


class PeoplePicture(QObject):
    """One open shop's.

    Args:
        jobs: of the shop; this is deleted with them.
    """

    _wanted = Signal()

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs)
        self._jobs = jobs
        self._reading = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._read_on)
        self._wanted.connect(self._pause.start, Qt.ConnectionType.QueuedConnection)
        jobs.changed.connect(self._let_go)
        wanted = self._wanted.emit
        jobs.read(lambda db: keeping.keep(db, wanted), owner=self, then=lambda _kept: self._pause.start())

    def _read_on(self) -> None:
        if not self._reading:
            self._reading = True
            self._jobs.read(keeping.advance, owner=self, then=self._has_read, on_error=self._cannot_read)

    def _has_read(self, more: bool) -> None:
        self._reading = False
        if more and not self._pause.isActive():
            self._read_on()

    def _cannot_read(self, _error: object) -> None:
        """Whoever asks the file next is told."""
        self._reading = False

    def _let_go(self) -> None:
        self._jobs.read(keeping.let_go, owner=self, then=_nothing)


def _nothing(_gone: None) -> None:
    """Nobody has to be told."""
