"""The journeys' tab: each journey with its stages and where people stop, and the ready-made ones that fit the shop's data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.core.people.query_text import parse
from desktop.core.planning.operating.journey import Journey, JourneyStage
from desktop.operations.planning.operating import journeys
from desktop.operations.planning.operating.journeys import JourneyNow
from desktop.operations.planning.operating.ready_journeys import ReadyJourney, ready_journeys
from desktop.store import audiences
from desktop.store.database import Database
from desktop.store.people import extra_columns
from desktop.text import render, t
from desktop.ui import i18n, theme
from desktop.ui.audiences.conditions.tab_order import chain
from desktop.ui.desk import Desk
from desktop.ui.operating_plan.acts import Acts, deleted
from desktop.ui.operating_plan.journeys.condition_dialog import ConditionDialog
from desktop.ui.operating_plan.journeys.journey_card import JourneyCard, ReadyCard
from desktop.ui.operating_plan.journeys.journey_dialog import JourneyDialog, StageForm
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.labels import heading, muted


@dataclass(frozen=True)
class Read:
    """All that the tab shows."""

    journeys: tuple[JourneyNow, ...]
    ready: tuple[ReadyJourney, ...]
    audiences: tuple[str, ...]


class JourneysTab(QScrollArea):
    """See the module.

    Args:
        desk: what the page may use.
        acts: how the plan is changed.
    """

    def __init__(self, desk: Desk, acts: Acts) -> None:
        super().__init__()
        self._desk, self._acts = desk, acts
        self.cards: list[JourneyCard] = []
        self.ready: list[ReadyCard] = []
        self.found = Read((), (), ())
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(t("operating_page.tab.journeys"))
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, theme.px(2), 0)
        self._column.setSpacing(theme.px(12))
        top = QHBoxLayout()
        self.hint = muted(t("operating_page.journeys_hint"), wrap=True)
        top.addWidget(self.hint, 1)
        self.new = link_button(t("operating_page.journey_new"), self.new_journey, icon="plus")
        top.addWidget(self.new)
        self._column.addLayout(top)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.px(12))
        self._column.addLayout(self._list)
        self.ready_title = heading(t("operating_page.ready_journeys"))
        self._column.addWidget(self.ready_title)
        self._ready = QVBoxLayout()
        self._ready.setSpacing(theme.px(12))
        self._column.addLayout(self._ready)
        self.nothing = muted(t("operating_page.journeys_nobody"), wrap=True)
        self._column.addWidget(self.nothing)
        self._column.addStretch(1)
        self.setWidget(self._inner)

    def read(self) -> None:
        """Read the journeys again."""
        self._desk.jobs.read(_read, owner=self, then=self._show, latest="operating_plan.journeys")

    def _show(self, found: Read) -> None:
        self.found = found
        for card in (*self.cards, *self.ready):
            card.hide()
            card.setParent(None)
            card.deleteLater()
        self.cards, self.ready = [], []
        for one in found.journeys:
            self._list.addWidget(self._card(one))
        for ready in found.ready:
            self._ready.addWidget(self._ready_card(ready))
        chain(self.new, iter((*self.cards, *self.ready)))
        self.ready_title.setVisible(bool(found.ready))
        self.nothing.setVisible(not found.journeys and not found.ready)

    def _card(self, found: JourneyNow) -> JourneyCard:
        card = JourneyCard(found)
        card.people_asked.connect(lambda query: self._desk.go("members", query=query))
        card.audience_asked.connect(lambda query: self._desk.go("audiences", query=query))
        card.edit_asked.connect(partial(self.edit, found))
        card.delete_asked.connect(partial(self._delete, found))
        card.spoken_asked.connect(lambda stage: self._spoken_to(found, stage))
        self.cards.append(card)
        return card

    def _ready_card(self, ready: ReadyJourney) -> ReadyCard:
        stages = "　→　".join(one.name for one in ready.journey.stages)
        left_out = i18n.sentences(render(one) for one in ready.left_out)
        card = ReadyCard(ready.journey.name, render(ready.hint), stages, left_out)
        card.wanted.connect(partial(self._take, ready))
        self.ready.append(card)
        return card

    def _take(self, ready: ReadyJourney) -> None:
        said = message("operating_page.journey_taken", name=ready.journey.name)
        self._acts.do(lambda db: journeys.save(db, None, ready.journey), said)

    def new_journey(self) -> JourneyDialog:
        """Begin a journey of one's own."""
        empty = Journey("", (JourneyStage("1", "", ""), JourneyStage("2", "", "")))
        return self._open(None, empty)

    def edit(self, found: JourneyNow) -> JourneyDialog:
        """Open a journey in full."""
        return self._open(found.id, found.journey)

    def _open(self, number: int | None, journey: Journey) -> JourneyDialog:
        dialog = JourneyDialog(self, journey, self.found.audiences)

        def keep(written: Journey) -> None:
            said = message("operating_page.journey_kept", name=written.name)
            self._acts.do(
                lambda db: journeys.save(db, number, written),
                said,
                lambda _: dialog.done_keeping(),
                dialog.refuse,
            )

        dialog.keep_asked.connect(keep)
        dialog.build_asked.connect(lambda form: self.build(dialog, form))
        self._desk.dialogs.show(dialog)
        return dialog

    def build(self, dialog: JourneyDialog, form: StageForm) -> ConditionDialog | None:
        """Build the condition of a stage in sentences; text that cannot be read is to be mended first."""
        columns = extra_columns(self._desk.jobs.page_reader)
        try:
            condition = parse(form.query.text(), extra_columns=columns)
        except UserError as mistake:
            form.query.set_wrong(True)
            dialog.refuse(mistake)
            return None
        dialog.wrong.hide()
        title = form.name.text().strip() or t("operating_page.stage_name")
        builder = ConditionDialog(dialog, self._desk, title, condition, columns)
        builder.taken.connect(form.take_query)
        self._desk.dialogs.show(builder)
        return builder

    def _delete(self, found: JourneyNow) -> None:
        said = message("operating_page.deleted", title=found.journey.name)
        self._acts.do(lambda db: deleted(db, journeys.delete, found.id), said)

    def _spoken_to(self, found: JourneyNow, stage: str) -> None:
        self._acts.do(
            lambda db: journeys.spoken_to(db, found.id, stage), message("operating_page.spoken_said")
        )


def _read(db: Database) -> Read:
    return Read(
        journeys.journeys(db), ready_journeys(db), tuple(one.name for one in audiences.all_audiences(db))
    )
