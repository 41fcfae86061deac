"""What a long piece of work may tell and ask while it runs: progress out, cancellation in. Knows no window
and no thread."""

from __future__ import annotations

from typing import Protocol

from desktop.core.message import Message


class JobContext(Protocol):
    """Handed to every long function; calls are cheap and may be made as often as convenient."""

    def report(self, done: int, total: int | None = None, text: Message | None = None) -> None:
        """Progress: units done of units in all (None: unknown), and what is being done."""

    def raise_if_cancelled(self) -> None:
        """Raise :class:`desktop.core.errors.Cancelled` if the owner pressed cancel."""


class QuietJob:
    """A context that reports to nobody and is never cancelled."""

    def report(self, done: int, total: int | None = None, text: Message | None = None) -> None:
        """Drop the progress."""

    def raise_if_cancelled(self) -> None:
        """Never cancelled."""


QUIET = QuietJob()
