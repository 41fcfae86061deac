"""Valuable actions: saved audiences that stand for something worth doing, marked short-term or long-term."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from desktop.operations.insights import profiles as asking
from desktop.operations.insights.profiles import Action
from desktop.store import audiences
from desktop.store.audiences import Audience
from desktop.store.database import Database
from desktop.text import t
from desktop.ui.desk import Desk
from desktop.ui.i18n import number
from desktop.ui.insights.asking import FigureCard, SmallTable, beside
from desktop.ui.widgets.buttons import link_button, menu_button
from desktop.ui.widgets.labels import muted
from desktop.ui.widgets.table import BadgeDelegate, Column

TERMS = ("short", "long")
KINDS = {"short": "info", "long": "good"}


@dataclass(frozen=True)
class _Answer:
    marked: tuple[Action, ...]
    known: list[Audience]


class ActionsCard(FigureCard):
    """See the module; ``chosen`` gives the query of the action whose people are to be profiled, "" for none."""

    chosen = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("insights_page.actions"), t("insights_page.actions_formula"))
        self.told = muted("", wrap=True)
        self.body.addWidget(self.told)
        self.menu = QMenu(self)
        self.mark = menu_button(t("insights_page.mark_action"), self.menu, icon="plus")
        self.new = link_button(t("insights_page.new_audience"), lambda: desk.go("audiences"))
        self.table = SmallTable(
            t("insights_page.actions"),
            (
                Column(t("insights_page.column.action"), lambda row: row.name),
                Column(
                    t("insights_page.column.term"),
                    lambda row: t(f"insights_page.term.{row.term}"),
                    kind=lambda row: KINDS[row.term],
                ),
                Column(t("insights_page.column.people"), lambda row: number(row.people.people), right=True),
                Column("", lambda _: t("insights_page.unmark")),
            ),
            links={
                2: lambda row: self.open_people(row.people.query),
                3: lambda row: self._keep(row.audience_id, None),
            },
            widths=(0, 100, 90, 90),
            stretch=0,
        )
        self.table.setItemDelegateForColumn(1, BadgeDelegate(self.table))
        self.table.selectionModel().currentRowChanged.connect(lambda now, _: self._choose(now.row()))
        self.body.addWidget(self.table)
        self.body.addLayout(beside(self.mark, self.new, None))
        self.body.addStretch(1)

    def read(self) -> None:
        """Read the actions."""
        self.ask(_actions, self.show_actions, "actions")

    def show_actions(self, answer: _Answer) -> None:
        """Show what was read."""
        self.table.show_rows(answer.marked)
        self.told.setText(
            t("insights_page.actions_told") if answer.marked else t("insights_page.actions_none")
        )
        self._fill_menu(answer)
        if answer.marked:
            self.table.selectRow(max(0, self.table.currentIndex().row()))
            self._choose(max(0, self.table.currentIndex().row()))
        else:
            self.chosen.emit("")

    def _fill_menu(self, answer: _Answer) -> None:
        self.menu.clear()
        marked = {one.audience_id for one in answer.marked}
        for audience in answer.known:
            if audience.id in marked:
                continue
            below = self.menu.addMenu(audience.name.replace("&", "&&"))
            for term in TERMS:
                below.addAction(t(f"insights_page.term.{term}"), partial(self._keep, audience.id, term))
        self.mark.setEnabled(not self.menu.isEmpty())

    def _keep(self, audience_id: int, term: str | None) -> None:
        self.desk.jobs.write(
            lambda db, _ctx: asking.mark_action(db, audience_id, term),
            owner=self,
            then=lambda _: self.read(),
        )

    def _choose(self, row: int) -> None:
        rows = self.table.rows_model.rows
        if 0 <= row < len(rows):
            self.chosen.emit(rows[row].people.query or "")


def _actions(db: Database) -> _Answer:
    return _Answer(asking.valuable_actions(db), audiences.all_audiences(db))
