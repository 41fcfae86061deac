"""The lists and texts the side opens: who joined and left since the last upload, whose user ID is malformed, the example."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from desktop.operations.audiences import comparing, reaching
from desktop.operations.audiences.comparing import Side
from desktop.store.audience_history.uploaded import Moved
from desktop.text import t
from desktop.ui.audiences.figures.people_dialog import PeopleDialog
from desktop.ui.plans.lesson_dialog import LessonDialog

if TYPE_CHECKING:
    from desktop.ui.audiences.figures.side import AudienceSide


class SideLists(QObject):
    """One side's."""

    def __init__(self, side: AudienceSide) -> None:
        super().__init__(side)
        self._side = side

    def show_moved(self, which: str) -> None:
        """Who joined ("joined") or left ("left") since the last upload."""
        side = self._side
        audience, condition = side.audience, side.condition
        if audience is None:
            return
        known, wanted = audience.id, cast(Side, which)
        side.desk.jobs.read(
            lambda db: comparing.moved(db, known, condition, wanted),
            owner=self,
            then=partial(self._show_names, which),
            latest="audience_side.names",
        )

    def show_malformed(self) -> None:
        """Whose user ID is none."""
        condition = self._side.condition
        self._side.desk.jobs.read(
            lambda db: [Moved(person, name) for person, name in reaching.malformed_ids(db, condition)],
            owner=self,
            then=partial(self._show_names, "malformed"),
            latest="audience_side.names",
        )

    def show_lesson(self) -> None:
        """Why fewer messages bring more."""
        gist = self._side.cost_card.gist
        own = "" if gist.isHidden() else gist.text()
        self._side.desk.dialogs.show(LessonDialog(self._side, own))

    def _show_names(self, which: str, people: Sequence[Moved]) -> None:
        difference = self._side.last.difference if self._side.last else None
        there = len(people)
        if which in ("joined", "left") and difference is not None:
            there = difference.joined if which == "joined" else difference.left
        dialog = PeopleDialog(
            self._side,
            t(f"audience_figures.names.{which}", n=max(there, len(people))),
            people,
            lambda person: self._side.query_asked.emit(f"id:{person}"),
            max(0, there - len(people)),
        )
        self._side.desk.dialogs.show(dialog)
