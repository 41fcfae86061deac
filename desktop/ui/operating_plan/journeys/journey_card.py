"""One journey: its stages as bars from top to bottom, and beside them where people stop, the worst step first."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QMenu, QVBoxLayout, QWidget

from desktop.operations.planning.operating.journeys import JourneyNow, StageNow
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.i18n import number
from desktop.ui.insights.charts.funnel_bar import FunnelBar
from desktop.ui.insights.words import share, small_note
from desktop.ui.widgets.buttons import icon_button, link_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.chips import Badge
from desktop.ui.widgets.labels import heading, muted, small, text_label, warning_text

NARROW, WORST_SHOWN = 720, 3


class JourneyCard(Card):
    """See the module. ``people_asked(query)``, ``audience_asked(query)``: whom the owner wants to see or to write to;
    ``spoken_asked(stage id)``: the due people of a stage were spoken to; ``edit_asked``, ``delete_asked``."""

    people_asked = Signal(str)
    audience_asked = Signal(str)
    spoken_asked = Signal(str)
    edit_asked = Signal()
    delete_asked = Signal()

    def __init__(self, found: JourneyNow) -> None:
        super().__init__(found.journey.name)
        self.found = found
        self.bars: list[FunnelBar] = []
        self.worst: list[QWidget] = []
        self.edit = link_button(t("operating_page.edit"), self.edit_asked.emit, icon="pencil")
        self.edit.setAccessibleName(t("operating_page.edit_thing", thing=found.journey.name))
        self.header.addWidget(self.edit)
        self.more = icon_button(
            "more", t("operating_page.about_task", title=found.journey.name), self._show_menu
        )
        self.header.addWidget(self.more)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(theme.px(24))
        self.body.addLayout(self._across)
        self._across.addLayout(self._stages(), 3)
        self._across.addLayout(self._stops(), 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.px(NARROW)
        ways = QBoxLayout.Direction
        self._across.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)

    def _stages(self) -> QVBoxLayout:
        column = QVBoxLayout()
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(8))
        grid.setColumnStretch(1, 1)
        most = max((one.people for one in self.found.stages), default=0)
        for row, stage in enumerate(self.found.stages):
            name = text_label(stage.stage.name)
            name.setMinimumWidth(theme.px(72))
            grid.addWidget(name, row, 0)
            if stage.problem is not None:
                grid.addWidget(warning_text(render(stage.problem)), row, 1, 1, 2)
                continue
            bar = FunnelBar(number(stage.people), stage.people / most if most else 0.0, stage.stage.name)
            bar.setEnabled(bool(stage.query))
            bar.clicked.connect(partial(self.people_asked.emit, stage.query))
            self.bars.append(bar)
            grid.addWidget(bar, row, 1)
            grid.addWidget(muted(self._onward(stage)), row, 2)
        column.addLayout(grid)
        column.addStretch(1)
        return column

    @staticmethod
    def _onward(stage: StageNow) -> str:
        if stage.onward is None or stage.onward.value is None:
            return ""
        return t("operating_page.onward", share=share(stage.onward.value))

    def _stops(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.px(10))
        stops = [one for one in self.found.worst if one.stopped]
        if not stops:
            column.addWidget(muted(t("operating_page.no_stop"), wrap=True))
        else:
            column.addWidget(heading(t("operating_page.worst")))
        for place, stage in enumerate(stops[:WORST_SHOWN]):
            self.worst.append(self._stop(stage, first=place == 0))
            column.addWidget(self.worst[-1])
        column.addStretch(1)
        return column

    def _stop(self, stage: StageNow, *, first: bool) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        after = self.found.stages[stage.place + 1].stage.name
        line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        line.setSpacing(theme.px(8))
        step = text_label(t("operating_page.step", here=stage.stage.name, after=after))
        step.setProperty("kind", "strong")
        line.addWidget(step, 1)
        lost = t("operating_page.stop_share", share=share(stage.lost))
        line.addWidget(Badge(lost, "warning" if first else "neutral"), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(line)
        note = small_note(stage.onward) if stage.onward else ""
        if note:
            column.addWidget(small(note, wrap=True))
        if stage.stage.advice:
            column.addWidget(small(stage.stage.advice, wrap=True))
        column.addLayout(self._ways(stage))
        return box

    def _ways(self, stage: StageNow) -> QBoxLayout:
        ways = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        ways.setSpacing(theme.px(4))
        every = link_button(
            t("operating_page.stopped_people", n=stage.stopped),
            partial(self.audience_asked.emit, stage.stopped_query),
            icon="target",
        )
        ways.addWidget(every)
        if stage.due:
            due = link_button(
                t("operating_page.due_people", n=stage.due),
                partial(self.audience_asked.emit, stage.due_query),
            )
            ways.addWidget(due)
            spoken = icon_button(
                "check",
                t("operating_page.spoken_to", n=stage.due, stage=stage.stage.name),
                partial(self.spoken_asked.emit, stage.stage.id),
            )
            ways.addWidget(spoken)
        ways.addStretch(1)
        return ways

    def menu(self) -> QMenu:
        """What can be done with the journey."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(t("operating_page.edit"), self.edit_asked.emit)
        menu.addAction(t("operating_page.delete"), self.delete_asked.emit)
        return menu

    def _show_menu(self) -> None:
        self.menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height())))


class ReadyCard(Card):
    """A ready-made journey in the shop's own words. ``wanted``: it is to be kept."""

    wanted = Signal()

    def __init__(self, name: str, hint: str, stages: str, left_out: str) -> None:
        super().__init__(name)
        self.take = link_button(t("operating_page.take_journey"), self.wanted.emit, icon="plus")
        self.take.setAccessibleName(t("operating_page.take_journey_of", name=name))
        self.header.addWidget(self.take)
        self.body.setSpacing(theme.px(4))
        self.body.addWidget(text_label(stages))
        self.body.addWidget(muted(hint, wrap=True))
        if left_out:
            self.body.addWidget(small(left_out, wrap=True))
