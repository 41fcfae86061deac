"""The sheet's tab: the form of the operating plan, card by card; what is written is kept by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.message import message
from desktop.core.planning.operating.sheet import Sheet
from desktop.operations.planning.operating import sheets
from desktop.operations.planning.operating.sheets import SheetNow
from desktop.operations.planning.plans import SavedPlan
from desktop.store import audiences
from desktop.store.database import Database
from desktop.text import t
from desktop.ui import theme
from desktop.ui.audiences.conditions.tab_order import chain
from desktop.ui.desk import Desk
from desktop.ui.operating_plan.acts import Acts
from desktop.ui.operating_plan.sheet.content_card import ContentCard
from desktop.ui.operating_plan.sheet.goals_card import GoalsCard
from desktop.ui.operating_plan.sheet.own_days_card import OwnDaysCard
from desktop.ui.operating_plan.sheet.part_card import PartCard
from desktop.ui.operating_plan.sheet.rhythm_card import RhythmCard
from desktop.ui.operating_plan.sheet.two_columns import TwoColumns
from desktop.ui.operating_plan.sheet.voice_cards import PersonaCard, TextPart
from desktop.ui.operating_plan.sheet.whom_card import WhomCard
from desktop.ui.operating_plan.writing import Autosave
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.labels import muted


@dataclass(frozen=True)
class Read:
    """All that the tab shows."""

    now: SheetNow
    audiences: tuple[tuple[int, str], ...]


class SheetTab(QWidget):
    """See the module.

    Args:
        desk: what the page may use.
        acts: how the plan is changed.
    """

    def __init__(self, desk: Desk, acts: Acts) -> None:
        super().__init__()
        self._desk, self._acts = desk, acts
        self.now = SheetNow(None, Sheet())
        self.autosave = Autosave(self, self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        line = QHBoxLayout()
        self.missing = muted("", wrap=True)
        line.addWidget(self.missing, 1)
        self.start = button(t("operating_page.sheet_start"), self._start, icon="sparkle")
        line.addWidget(self.start)
        column.addLayout(line)
        self.goals, self.rhythm, self.whom = GoalsCard(desk, acts), RhythmCard(), WhomCard()
        self.image, self.persona, self.pictures = TextPart("image"), PersonaCard(), TextPart("pictures")
        self.content, self.own_days = ContentCard(), OwnDaysCard()
        left: tuple[PartCard, ...] = (self.goals, self.image, self.rhythm, self.pictures)
        right: tuple[PartCard, ...] = (self.whom, self.persona, self.content, self.own_days)
        self.cards = left + right
        for card in self.cards:
            card.edited.connect(self.autosave.touch)
        self.goals.people_asked.connect(lambda query: desk.go("members", query=query))
        self.whom.audience_asked.connect(self._go_audience)
        self.grid = TwoColumns(left, right)
        self.grid.setAccessibleName(t("operating_page.tab.sheet"))
        column.addWidget(self.grid, 1)

    def read(self) -> None:
        """Read the sheet again."""
        self._desk.jobs.read(_read, owner=self, then=self._show, latest="operating_plan.sheet")

    def _show(self, found: Read) -> None:
        self.now = found.now
        self.whom.offer(found.audiences)
        if not self.autosave.pending:
            for card in self.cards:
                card.show_sheet(found.now)
        chain(self.grid, iter(self.cards))
        missing = found.now.sheet.missing
        self.start.setVisible(found.now.plan_id is None)
        if found.now.plan_id is None:
            self.missing.setText(t("operating_page.sheet_empty"))
        elif missing:
            parts = [t(f"operating.part.{one}") for one in missing]
            self.missing.setText(t("operating_page.sheet_missing", n=len(missing), parts=parts))
        else:
            self.missing.setText(t("operating_page.sheet_full"))

    def _start(self) -> None:
        self._acts.do(
            lambda db: sheets.save(db, sheets.suggested(db)), message("operating_page.sheet_started")
        )

    def _save(self) -> None:
        fields: dict[str, Any] = {}
        for card in self.cards:
            fields |= card.taken()

        def keep(db: Database) -> SavedPlan:
            return sheets.save(db, replace(sheets.sheet_of(db), **fields))

        self._acts.do(keep)

    def _go_audience(self, audience_id: int | None) -> None:
        self.autosave.flush()
        self._desk.go("audiences", **({"audience": audience_id} if audience_id else {}))


def _read(db: Database) -> Read:
    return Read(sheets.current(db), tuple((one.id, one.name) for one in audiences.all_audiences(db)))
