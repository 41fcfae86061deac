"""What is ahead: seasons and the shop's own days nobody has planned for, each with its idea and a press that plans it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.planning.operating.seasons import Season
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.audiences.conditions.tab_order import chain
from desktop.ui.operating_plan.words import full_day
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.fields import check_box
from desktop.ui.widgets.labels import heading, muted, small, text_label

COUNTRIES = ("TW", "JP")
MOST = 8


class SeasonList(QWidget):
    """``planned(season)``: it is to be put into the calendar; ``countries_chosen(names)``: whose seasons are shown."""

    planned = Signal(object)
    countries_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(heading(t("operating_page.ahead")))
        column.addWidget(small(t("operating_page.ahead_hint"), wrap=True))
        across = QHBoxLayout()
        self.countries = {one: check_box(t(f"operating_page.country.{one}")) for one in COUNTRIES}
        for box in self.countries.values():
            box.clicked.connect(self._choose)
            across.addWidget(box)
        across.addStretch(1)
        column.addLayout(across)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(10))
        column.addLayout(self._rows)
        self.nothing = muted(t("operating_page.ahead_nothing"), wrap=True)
        column.addWidget(self.nothing)
        self.buttons: list[QWidget] = []

    def show_seasons(self, found: Sequence[Season], countries: Sequence[str], today: datetime.date) -> None:
        """Show the next of these."""
        for name, box in self.countries.items():
            box.setChecked(name in countries)
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = []
        for season in sorted(found, key=lambda one: one.first)[:MOST]:
            self._rows.addWidget(self._row(season, today))
        chain(self.countries[COUNTRIES[-1]], iter(self.buttons))
        self.nothing.setVisible(not found)

    def _row(self, season: Season, today: datetime.date) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(1))
        first = QHBoxLayout()
        name = text_label(render(season.name))
        name.setProperty("kind", "strong")
        first.addWidget(name, 1)
        plan = link_button(t("operating_page.plan_season"), partial(self.planned.emit, season), icon="plus")
        plan.setAccessibleName(t("operating_page.plan_season_of", name=season.name))
        self.buttons.append(plan)
        first.addWidget(plan)
        column.addLayout(first)
        column.addWidget(
            small(
                t(
                    "operating_page.season_when",
                    day=full_day(season.first, today),
                    n=(season.first - today).days,
                )
            )
        )
        idea = render(season.idea)
        if idea:
            column.addWidget(small(idea, wrap=True))
        return row

    def _choose(self) -> None:
        self.countries_chosen.emit(tuple(name for name, box in self.countries.items() if box.isChecked()))
