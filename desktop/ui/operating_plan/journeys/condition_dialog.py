"""The condition of a journey's stage in sentences, with the builder of audiences, and how many people it holds."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desktop.core.errors import UserError
from desktop.core.people.condition import Condition
from desktop.core.people.query_text import to_text
from desktop.operations.planning.operating import journeys
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.audiences.conditions.choices_read import offer_choices
from desktop.ui.audiences.conditions.condition_card import ConditionCard
from desktop.ui.desk import Desk
from desktop.ui.widgets.labels import muted
from desktop.ui.widgets.questions import Question

COUNT_AFTER_MS = 150


class ConditionDialog(Question):
    """``taken(text)``: this is the condition, as query text.

    Args:
        parent: what it is shown above.
        desk: where the people and what can be chosen are read.
        title: the stage's name.
        condition: what to begin with.
        columns: the shop's extra columns.
    """

    taken = Signal(str)

    def __init__(
        self, parent: QWidget, desk: Desk, title: str, condition: Condition, columns: list[str]
    ) -> None:
        super().__init__(parent, title, t("operating_page.query"), t("operating_page.query_take"))
        self._desk = desk
        self.card = ConditionCard(partial(offer_choices, desk, self))
        self.card.set_columns(columns)
        self.card.show_condition(condition)
        self.count = muted("")
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(self.card)
        area.setMinimumSize(theme.px(660), theme.px(300))
        self.column.insertWidget(2, area, 1)
        self.column.insertWidget(3, self.count)
        self.no.setDefault(False)
        self._counting = QTimer(self, singleShot=True, interval=COUNT_AFTER_MS)
        self._counting.timeout.connect(self.read_count)
        self.card.changed.connect(self._counting.start)
        self.read_count()
        self.card.add_button.setFocus()

    def accept(self) -> None:
        # Text written under 進階 is read a moment after the last key.
        self.card.read_text()
        if not self.card.mistake:
            self.taken.emit(to_text(self.card.condition))
            super().accept()

    def read_count(self) -> None:
        """Count the people of the condition as it stands."""
        self._counting.stop()
        self._desk.jobs.read(
            partial(journeys.people_of, query=to_text(self.card.condition)),
            owner=self,
            then=lambda n: self.count.setText(t("operating_page.query_people", n=n)),
            on_error=self._cannot_count,
            latest="operating_plan.condition",
        )

    def _cannot_count(self, error: UserError) -> None:
        self.count.setText(render(error.text))
