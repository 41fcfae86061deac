"""How many people stood in each class at the end of each month, and who moved where in the last one: each opens its people."""

from __future__ import annotations

from functools import partial

from desktop.core.figures.nasl import CLASSES
from desktop.operations.insights import nasl as asking
from desktop.operations.insights.nasl import MonthOfClasses, Movement
from desktop.operations.insights.questions import Population
from desktop.text import t
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.i18n import date, number
from desktop.ui.insights.asking import FigureCard
from desktop.ui.insights.charts.stacked import Column, StackedColumns
from desktop.ui.insights.words import CLASS_COLOURS, class_name, population_words
from desktop.ui.widgets.buttons import link_button
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
        self.found: Movement | None = None
        self.months, self.population = 12, Population.ALL
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
        self.links = FlowLayout()
        self.moves = {
            move: link_button("", partial(self.open_move, *move))  # named by its number once that is known
            for move in WORTH_TELLING
        }
        for button in self.moves.values():
            button.setVisible(False)
            self.links.addWidget(button)
        self.body.addLayout(self.links)

    def read(self, months: int | None = None, population: Population | None = None) -> None:
        """Read the months; a walk over all orders, so it comes a little later than the rest."""
        self.months = months or self.months
        self.population = population or self.population
        work = partial(asking.movement, months=self.months, population=self.population)
        self.ask(work, self.show_movement, "movement")

    def show_movement(self, found: Movement | None) -> None:
        """Show what was read."""
        self.found = found
        self.chart.setVisible(found is not None)
        if found is None:
            self.told.setText(t("insights_page.no_movement"))
            for button in self.moves.values():
                button.setVisible(False)
            return
        self.chart.show_columns([_column(month) for month in found.months])
        words = population_words(self.population)
        if len(found.months) > 1:
            since = t("insights_page.moves_since", day=date(found.months[-2].day))
            words = f"{words} {since}"
        self.told.setText(words)
        for move, button in self.moves.items():
            people = found.flow.get(move, 0)
            button.setText(t(WORTH_TELLING[move], n=people))
            button.setAccessibleName(button.text())
            button.setEnabled(people > 0)
            button.setVisible(len(found.months) > 1)

    def open_move(self, before: str, now: str) -> None:
        """Show the people of a move in the list of members."""
        if self.found is not None:
            query = asking.move_query(self.found, before, now)
            self.open_people(None if query is None else f"{self.population.query} {query}".strip())


def _column(month: MonthOfClasses) -> Column:
    name = f"{month.day.year}/{month.day.month:02}"
    numbers = tuple(month.people.get(letter, 0) for letter in CLASSES)
    words = "　".join(f"{class_name(letter)} {number(n)}" for letter, n in zip(CLASSES, numbers, strict=True))
    return Column(name, numbers, f"{name}　{words}")
