"""The greeting on screen and its saving: nobody presses a button for that. A pause in writing saves, leaving saves, and what undo
or another window changed comes back into the editor."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.core.errors import UserError
from desktop.core.planning.greeting.balloons import Greeting
from desktop.operations.planning import greetings
from desktop.operations.planning.plans import SavedPlan
from desktop.ui.desk import Desk

PAUSE_MS = 600


class Draft(QObject):
    """``edited``: the greeting is another one now; ``loaded``: it came from the shop file, so the editor must show it anew;
    ``saved``: it is kept; ``refused(error)``: it could not be.

    Args:
        desk: where it is saved.
        parent: whose it is.
    """

    edited = Signal()
    loaded = Signal()
    saved = Signal()
    refused = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.plan_id: int | None = None
        self.greeting = Greeting()
        self._kept = self.greeting
        self._writing = 0
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.flush)

    @property
    def is_saved(self) -> bool:
        """Whether nothing waits to be saved."""
        return self.greeting == self._kept and not self._writing

    def show(self, plan_id: int, found: Greeting) -> None:
        """Edit another plan, or take over what it became meanwhile; what waits to be saved of the one before is saved first."""
        if plan_id != self.plan_id:
            self.flush()
        elif not self.is_saved or found == self.greeting:
            return
        self.plan_id = plan_id
        self.greeting = self._kept = found
        self.loaded.emit()

    def change(self, greeting: Greeting) -> None:
        """The owner changed something; it is saved after a pause."""
        if greeting != self.greeting:
            self.greeting = greeting
            self._pause.start()
            self.edited.emit()

    def flush(self) -> None:
        """Save now what waits to be saved."""
        self._pause.stop()
        if self.plan_id is None or self.greeting == self._kept:
            return
        plan_id, greeting = self.plan_id, self.greeting
        self._kept = greeting
        self._writing += 1
        self._desk.jobs.write(
            lambda db, ctx: greetings.save(db, plan_id, greeting),
            owner=self,
            then=lambda outcome: self._is_kept(plan_id, outcome),
            on_error=self._is_refused,
        )

    def take_name(self, plan_id: int, name: str) -> None:
        """The plan was renamed; what is written on under its old name goes to the new one."""
        if plan_id == self.plan_id:
            self.greeting = replace(self.greeting, name=name)
            self._kept = replace(self._kept, name=name)

    def forget(self) -> None:
        """Nothing is edited any more: the plan is gone."""
        self._pause.stop()
        self.plan_id = None
        self.greeting = self._kept = Greeting()

    def _is_kept(self, plan_id: int, outcome: SavedPlan) -> None:
        self._writing -= 1
        # A plan deleted meanwhile was made anew under another number.
        if self.plan_id == plan_id:
            self.plan_id = outcome.plan.id
        self.saved.emit()

    def _is_refused(self, error: UserError) -> None:
        self._writing -= 1
        self._kept = replace(self.greeting, name="")
        self.refused.emit(error)
