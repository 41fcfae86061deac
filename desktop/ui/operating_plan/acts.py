"""What the page does to the plan: each act is a job of the writer, and what is a step can be taken back where it is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.core.changes import Changes
from desktop.core.errors import UserError
from desktop.core.message import Message
from desktop.store import history
from desktop.store.database import Database
from desktop.ui.desk import Desk
from desktop.ui.duplicates.leaving import offer_undo


@dataclass(frozen=True)
class Deleted:
    """Something was deleted; ``step`` brings it back."""

    step: int | None
    changes: Changes


def deleted(db: Database, delete: Callable[[Database, int], Changes], number: int) -> Deleted:
    """Delete a plan, and remember the step that undoes it."""
    with db.transaction():
        changes = delete(db, number)
        newest = history.next_undo(db)
        return Deleted(newest.id if newest else None, changes)


class Acts:
    """See the module.

    Args:
        page: whose jobs they are; in its bar an error stands.
        desk: what the page may use.
    """

    def __init__(self, page: QWidget, desk: Desk) -> None:
        self.page, self.desk = page, desk

    def do(
        self,
        work: Callable[[Database], Any],
        said: Message | None = None,
        then: Callable[[Any], object] | None = None,
        on_error: Callable[[UserError], None] | None = None,
    ) -> None:
        """Run it; what ``work`` gives has ``changes`` and perhaps a ``step``.

        Args:
            work: in the writer's thread.
            said: told afterwards if there was a step, with a button that undoes it.
            then: called with what ``work`` gave.
            on_error: instead of the page's bar.
        """

        def done(found: Any) -> None:
            step = getattr(found, "step", None)
            if said is not None and step is not None:
                offer_undo(self.desk, said, step, self.page)
            if then is not None:
                then(found)

        self.desk.jobs.write(lambda db, _ctx: work(db), owner=self.page, then=done, on_error=on_error)

    def refuse(self, error: UserError) -> None:
        """Say in the page's bar why something was not done."""
        self.page.bar.show_error(error)  # type: ignore[attr-defined]
