"""The menu that is being edited: as it stands, what is chosen in it, every state there was, and its saving by itself a moment
after the last edit. The cards and the canvas put another menu in its place; they never keep one of their own."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.core.errors import UserError
from desktop.core.planning.actions import Action
from desktop.core.planning.rich_menu.menu import Area, RichMenu, from_content
from desktop.operations.planning import rich_menus
from desktop.operations.planning.plans import SavedPlan
from desktop.store.planning.plans import Plan
from desktop.ui.desk import Desk

PAUSE_MS = 600
MOST_STEPS = 200


class OpenMenu(QObject):
    """See the module.

    ``shown``: another menu is open, or this one was changed from outside; ``edited``: it was changed here; ``chosen``: other
    areas are chosen; ``saved``: it is kept; ``failed(UserError)``: it could not be.
    """

    shown = Signal()
    edited = Signal()
    chosen = Signal()
    saved = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.plan_id: int | None = None
        self.menu = RichMenu()
        self.areas: tuple[int, ...] = ()
        self._kept = RichMenu()
        self._before: list[RichMenu] = []
        self._after: list[RichMenu] = []
        self._typing: Hashable = None
        self._saving = False
        self._then: list[Callable[[], object]] = []
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.save)

    # What is open

    @property
    def is_open(self) -> bool:
        """Whether a menu is open."""
        return self.plan_id is not None

    @property
    def is_saved(self) -> bool:
        """Whether everything is kept."""
        return not self._saving and (not self.is_open or self._same(self.menu, self._kept))

    def show_plan(self, plan: Plan) -> None:
        """Open a plan, or take over what became of it elsewhere (an undo, another name)."""
        other = plan.id != self.plan_id
        menu = from_content(plan.content, plan.name)
        if not other and self._same(menu, self._kept):
            if plan.name != self.menu.name:
                self.menu = replace(self.menu, name=plan.name)
                self.shown.emit()
            return
        if not other and not self.is_saved:
            # Edits on their way are newer than what was read.
            return
        self._pause.stop()
        self.plan_id, self.menu, self._kept = plan.id, menu, menu
        self._before, self._after, self._typing = [], [], None
        self.areas = () if other else tuple(at for at in self.areas if at < len(self.menu.areas))
        self.shown.emit()
        self.chosen.emit()

    def close(self) -> None:
        """Nothing is open any more: it was deleted."""
        self._pause.stop()
        self.plan_id, self.menu, self._kept, self.areas = None, RichMenu(), RichMenu(), ()
        self._before, self._after = [], []
        self.chosen.emit()

    # What is chosen

    @property
    def area(self) -> Area | None:
        """The area whose form is shown: the one chosen first."""
        return self.menu.areas[self.areas[0]] if self.areas else None

    def choose(self, *areas: int) -> None:
        """Choose areas by their number; the first one is shown in the form."""
        found = tuple(dict.fromkeys(at for at in areas if 0 <= at < len(self.menu.areas)))
        if found != self.areas:
            self.areas, self._typing = found, None
            self.chosen.emit()

    # Edits

    def put(self, menu: RichMenu, typing: Hashable = None, areas: tuple[int, ...] | None = None) -> None:
        """Go on with another menu.

        Args:
            menu: the new one.
            typing: names the field that is being typed in; edits with the same name, one after another, are undone at once.
            areas: which areas are chosen then; None: those that were.
        """
        if menu != self.menu:
            if typing is None or typing != self._typing or not self._before:
                self._before = [*self._before[-(MOST_STEPS - 1) :], self.menu]
            self._after.clear()
            self._take(menu, areas)
            self._typing = typing
        elif areas is not None:
            self.choose(*areas)

    def change_area(self, typing: Hashable = None, **changes: Any) -> None:
        """Change fields of the area whose form is shown."""
        if self.areas:
            at = self.areas[0]
            self.put(self.menu.with_area(at, **changes), None if typing is None else ("area", at, typing))

    def change_action(self, action: Action, typing: Hashable) -> None:
        """Give the area whose form is shown another action."""
        self.change_area(typing, action=action)

    def change(self, typing: Hashable = None, **changes: Any) -> None:
        """Change fields of the menu."""
        self.put(replace(self.menu, **changes), typing)

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to take back since the menu was opened."""
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        """Whether an edit was taken back."""
        return bool(self._after)

    def undo(self) -> None:
        """Take the last edit back."""
        self._turn(self._before, self._after)

    def redo(self) -> None:
        """Take the last undo back."""
        self._turn(self._after, self._before)

    def _turn(self, source: list[RichMenu], target: list[RichMenu]) -> None:
        if source:
            target.append(self.menu)
            self._typing = None
            self._take(replace(source.pop(), name=self.menu.name), None)

    def _take(self, menu: RichMenu, areas: tuple[int, ...] | None) -> None:
        before = self.areas
        # Nobody is told of a menu while areas are chosen that it has not.
        self.areas = tuple(at for at in (before if areas is None else areas) if at < len(menu.areas))
        self.menu = menu
        self._pause.start()
        self.edited.emit()
        if self.areas != before:
            self.chosen.emit()

    # Saving

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Save now; ``then`` is called once everything is kept."""
        self._pause.stop()
        if then is not None:
            self._then.append(then)
        if self._saving:
            return
        if self.is_saved:
            self._call_back()
            return
        self._saving = True
        plan_id, menu = self.plan_id, self.menu
        self._desk.jobs.write(
            lambda db, _ctx: rich_menus.save(db, plan_id, menu),
            owner=self,
            then=partial(self._is_kept, plan_id, menu),
            on_error=self._not_kept,
        )

    def _is_kept(self, plan_id: int | None, menu: RichMenu, outcome: SavedPlan) -> None:
        self._saving = False
        if self.plan_id == plan_id:
            # One that was deleted meanwhile is kept as a new one.
            self.plan_id, self._kept = outcome.plan.id, menu
            self.saved.emit()
        if not self.is_saved:
            self.save()
        else:
            self._call_back()

    @staticmethod
    def _same(one: RichMenu, other: RichMenu) -> bool:
        """Whether they differ in nothing but the name, which is the plan's own."""
        return replace(one, name=other.name) == other

    def _not_kept(self, error: UserError) -> None:
        self._saving = False
        self._then.clear()
        self.failed.emit(error)

    def _call_back(self) -> None:
        waiting, self._then = self._then, []
        for then in waiting:
            then()
