"""How many people stood in each class at the end of each month, and who moved where in the last one."""

from __future__ import annotations

from functools import partial

from desktop.core.figures.nasl import CLASSES
from desktop.operations.insights import nasl as asking
from desktop.operations.insights.nasl import Movement
from desktop.text import t
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.i18n import number
from desktop.ui.insights.asking import FigureCard
from desktop.ui.insights.charts.stacked import Column, StackedColumns
from desktop.ui.insights.words import CLASS_COLOURS, class_name
from desktop.ui.widgets.chips import Chip, FlowLayout
from desktop.ui.widgets.labels import muted

WORTH_TELLING = {
    ("", "N"): "insights_page.move_won",
    ("N", "A"): "insights_page.move_regular",
    ("L", "A"): "insights_page.move_lost_back",
    ("S", "A"): "insights_page.move_woken",
    ("N", "L"): "insights_page.move_lost",
    ("A", "S"): "insights_page.move_asleep",
}
"""Moves an owner hears of: won, became a regular, came back; lost, fell asleep."""


class MovementCard(FigureCard):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("insights_page.movement"), t("insights_page.movement_formula"))
        self.chips = FlowLayout()
        for letter in CLASSES:
            chip = Chip(class_name(letter), CLASS_COLOURS[letter])
            chip.setFocusPolicy(chip.focusPolicy().NoFocus)
            chip.setEnabled(False)
            self.chips.addWidget(chip)
        self.body.addLayout(self.chips)
        self.chart = StackedColumns(
            t("insights_page.movement"), [CLASS_COLOURS[letter] for letter in CLASSES]
        )
        self.chart.setMinimumHeight(theme.px(180))
        self.body.addWidget(self.chart, 1)
        self.told = muted("", wrap=True)
        self.body.addWidget(self.told)

    def read(self, months: int) -> None:
        """Read the months; a walk over all orders, so it comes a little later than the rest."""
        self.told.setText(t("insights_page.counting"))
        self.ask(partial(asking.movement, months=months), self.show_movement, "movement")

    def show_movement(self, found: Movement | None) -> None:
        """Show what was read."""
        self.chart.setVisible(found is not None)
        if found is None:
            self.told.setText(t("insights_page.no_movement"))
            return
        columns = []
        for month in found.months:
            name = f"{month.day.year}/{month.day.month:02}"
            numbers = tuple(month.people.get(letter, 0) for letter in CLASSES)
            words = "　".join(
                f"{class_name(letter)} {number(n)}" for letter, n in zip(CLASSES, numbers, strict=True)
            )
            columns.append(Column(name, numbers, f"{name}　{words}"))
        self.chart.show_columns(columns)
        moves = [t(words, n=found.flow.get(move, 0)) for move, words in WORTH_TELLING.items()]
        self.told.setText(t("insights_page.moves", moves=" · ".join(moves)))
