"""How an uploader reaches the shop file, and whom it tells what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from desktop.core.changes import Changes
from desktop.store.database import Database

T = TypeVar("T")

CHECKPOINTS = (
    "account_known", "looked", "marked", "body_begun", "answered", "accepted_saved", "withdrawn", "unknown_saved",
    "not_found_saved", "polled", "ready_saved", "problem_saved", "settled_saved", "halved_saved",
)  # fmt: skip
"""Points an uploader passes, where a test may end the program."""


class InDatabase(Protocol):
    """Runs a piece of work with the shop's writing connection, in the thread that owns it, and returns its
    result."""

    def __call__(self, work: Callable[[Database], T]) -> T:
        """Run ``work``; its exceptions come back to the caller."""


def _nothing(*_: object) -> None:
    return


@dataclass(frozen=True, slots=True)
class Hooks:
    """Who is told what: of changed data, of bytes sent (upload, sent, in all), of people sent (upload, so many, of how many),
    and, for tests, of points passed."""

    publish: Callable[[Changes], None] = _nothing
    progress: Callable[[int, int, int], None] = _nothing
    people: Callable[[int, int, int], None] = _nothing
    checkpoint: Callable[[str], None] = _nothing
