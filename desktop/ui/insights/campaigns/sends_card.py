"""The audiences that reached LINE, newest first; the one chosen is told about beside it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop.operations.insights import campaigns as asking
from desktop.operations.insights.campaigns import Campaign
from desktop.text import t
from desktop.ui.desk import Desk
from desktop.ui.i18n import date, number
from desktop.ui.insights.asking import FigureCard, SmallTable, beside
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.labels import muted
from desktop.ui.widgets.table import Column


class SendsCard(FigureCard):
    """See the module; ``chosen`` gives the upload, 0 for none."""

    chosen = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("insights_page.sent"))
        self.told = muted("", wrap=True)
        self.body.addWidget(self.told)
        self.table = SmallTable(
            t("insights_page.sent"),
            (
                Column(t("insights_page.column.audience"), lambda row: row.audience),
                Column(t("insights_page.column.sent_on"), _day),
                Column(t("insights_page.column.received"), lambda row: number(row.received), right=True),
            ),
            widths=(0, 150, 80),
            stretch=0,
            most=10,
        )
        self.table.selectionModel().currentRowChanged.connect(lambda now, _: self._choose(now.row()))
        self.body.addWidget(self.table)
        self.go = link_button(t("insights_page.to_audiences"), lambda: desk.go("audiences"))
        self.body.addLayout(beside(self.go, None))
        self.body.addStretch(1)

    def read(self) -> None:
        """Read the sends."""
        self.ask(asking.campaigns, self.show_sends, "sends")

    def show_sends(self, found: tuple[Campaign, ...]) -> None:
        """Show what was read."""
        self.table.show_rows(found)
        self.told.setText(t("insights_page.sent_told") if found else t("insights_page.sent_none"))
        if found:
            self.table.selectRow(max(0, self.table.currentIndex().row()))
            self._choose(max(0, self.table.currentIndex().row()))
        else:
            self.chosen.emit(0)

    def _choose(self, row: int) -> None:
        rows = self.table.rows_model.rows
        if 0 <= row < len(rows):
            self.chosen.emit(rows[row].upload_id)


def _day(row: Campaign) -> str:
    key = "insights_page.sent_day" if row.sent_on_known else "insights_page.uploaded_day"
    return t(key, day=date(row.sent_on))
