"""What LINE counted of the menus that are live: how often each was seen, in all and on each day, and which area was tapped how
often."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.core.message import message
from desktop.core.planning.rich_menu.menu import from_content
from desktop.operations.planning import publishing
from desktop.operations.planning.publishing.models import LiveMenu
from desktop.store.database import Database
from desktop.store.planning import plans
from desktop.store.publishing.figures import InsightDay, MenuInsight
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.desk import Desk
from desktop.ui.insights.charts.line_chart import LineChart, Point
from desktop.ui.page import Page
from desktop.ui.publishing.deeds import MenuDeeds
from desktop.ui.widgets.buttons import button, primary_button
from desktop.ui.widgets.labels import heading, muted, text_label
from desktop.ui.widgets.table import Column, SimpleTableModel, Table

WIDTH, HEIGHT, CHART_HEIGHT = 560, 420, 150
Told = tuple[LiveMenu, list[tuple[str, int, int]]]
"""A live menu, and for each of its areas: what it is called, taps, and people who tapped."""


class InsightDialog(QDialog):
    """See the module."""

    def __init__(self, page: Page, desk: Desk) -> None:
        super().__init__(page.window())
        self._desk = desk
        self._deeds = MenuDeeds(self, desk)
        self.setWindowTitle(t("publishing_page.insight_title"))
        self.setMinimumSize(theme.px(WIDTH), theme.px(HEIGHT))
        column = QVBoxLayout(self)
        edge = theme.px(20)
        column.setContentsMargins(edge, edge, edge, theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(heading(t("publishing_page.insight_title")))
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setAccessibleName(t("publishing_page.insight_title"))
        column.addWidget(self.area, 1)
        column.addWidget(muted(t("publishing_page.insight_note"), wrap=True))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addStretch(1)
        row.addWidget(button(t("publishing_page.close"), self.reject))
        self.read = primary_button(t("publishing_page.insight_read"), self._read)
        row.addWidget(self.read)
        column.addLayout(row)
        self.said: list[str] = []
        self.charts: list[LineChart] = []
        self._asked = False
        self._show_again()

    def _read(self) -> None:
        self._deeds.read_insight(self._was_read)

    def _was_read(self) -> None:
        self._asked = True
        self._show_again()

    def _show_again(self) -> None:
        self._desk.jobs.read(read_told, owner=self, then=self._show, latest="publishing.insight")

    def _show(self, told: list[Told]) -> None:
        self.said = []
        self.charts = []
        if self._asked and not any(menu.insight for menu, _ in told):
            self._desk.notices.show(message("publishing_page.insight_not_yet"))
        self._asked = False
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.px(6), 0)
        column.setSpacing(theme.px(8))
        for menu, areas in told:
            column.addWidget(heading(menu.name))
            column.addWidget(text_label(self._say(_seen(menu.insight))))
            if menu.insight is not None and menu.insight.since is not None:
                column.addWidget(muted(_span(menu.insight)))
            if menu.insight is not None and len(menu.insight.days) > 1:
                column.addWidget(muted(t("publishing_page.insight_daily")))
                self.charts.append(_chart(menu.name, menu.insight.days))
                column.addWidget(self.charts[-1])
            if areas:
                column.addWidget(_table(menu.name, areas))
            column.addSpacing(theme.px(8))
        column.addStretch(1)
        self.area.setWidget(inside)

    def _say(self, text: str) -> str:
        self.said.append(text)
        return text


def read_told(db: Database) -> list[Told]:
    """The live menus, and what their areas are called as far as the plans still know them."""
    return [(menu, _areas(db, menu)) for menu in publishing.live(db).menus]


def _areas(db: Database, menu: LiveMenu) -> list[tuple[str, int, int]]:
    if menu.insight is None:
        return []
    plan = plans.by_id(db, menu.plan_id) if menu.plan_id is not None else None
    known = from_content(plan.content, plan.name).areas if plan is not None else ()
    titles = {tuple(area.rect): " ".join(area.title.split()) for area in known}
    return [
        (titles.get(rect) or f"{t('publishing_page.insight_area')} {number}", taps, people)
        for number, (rect, taps, people) in enumerate(menu.insight.clicks, start=1)
    ]


def _seen(insight: MenuInsight | None) -> str:
    if insight is None:
        return t("publishing_page.insight_none")
    if insight.impressions is None or insight.viewers is None:
        return t("publishing_page.insight_few")
    seen = t("publishing_page.insight_seen", n=insight.impressions, viewers=insight.viewers)
    if not insight.clicks:
        return seen
    taps = t("publishing_page.insight_taps", n=sum(taps for _, taps, _ in insight.clicks))
    return f"{seen} · {taps}"


def _span(insight: MenuInsight) -> str:
    return t("publishing_page.insight_span", since=i18n.date(insight.since), until=i18n.date(insight.until))


def _chart(menu: str, days: Sequence[InsightDay]) -> LineChart:
    """How often a menu was seen on each day."""
    by_day = {one.day.toordinal(): one for one in days}

    def words(point: Point) -> str:
        one = by_day[int(point.x)]
        return t(
            "publishing_page.insight_day",
            day=point.name,
            n=one.impressions,
            viewers=one.viewers,
            taps=one.taps,
        )

    chart = LineChart(t("publishing_page.insight_daily_of", menu=menu), words=words, from_zero=True)
    chart.show_points(
        [Point(number, one.impressions, i18n.date(one.day.isoformat())) for number, one in by_day.items()]
    )
    chart.setFixedHeight(theme.px(CHART_HEIGHT))
    return chart


def _table(menu: str, areas: list[tuple[str, int, int]]) -> Table:
    table = Table(t("publishing_page.insight_areas_of", menu=menu))
    columns = [
        Column(t("publishing_page.insight_area"), lambda row: row[0]),
        Column(t("publishing_page.insight_clicks"), lambda row: i18n.number(row[1]), right=True),
        Column(t("publishing_page.insight_people"), lambda row: i18n.number(row[2]), right=True),
    ]
    model = SimpleTableModel(columns, parent=table)
    table.setModel(model)
    model.set_rows(sorted(areas, key=lambda row: row[1], reverse=True))
    table.fit_columns(stretch=0, widths=(0, 100, 100))
    table.horizontalHeader().setSectionsClickable(False)
    # All of its rows show: it is the dialog that scrolls.
    for part in (table, table.horizontalHeader()):
        part.ensurePolished()
    rows = sum(table.rowHeight(row) for row in range(len(areas)))
    table.setFixedHeight(rows + table.horizontalHeader().sizeHint().height() + theme.px(12))
    table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return table
