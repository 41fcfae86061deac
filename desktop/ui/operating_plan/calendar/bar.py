"""The line above the days: which month, what its messages cost, the way to another, and copying from another year."""

from __future__ import annotations

import datetime
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from desktop.operations.planning.operating.months import MonthCost
from desktop.text import t
from desktop.ui import theme
from desktop.ui.audiences.figures.cost_line import cost_kind, cost_text
from desktop.ui.operating_plan.words import month_title
from desktop.ui.widgets.buttons import button, icon_button, menu_button
from desktop.ui.widgets.fields import Select
from desktop.ui.widgets.labels import ElidedLabel, heading, set_kind

EDGE, COST_AT = 12, 3


class CalendarBar(QWidget):
    """See the module. ``turned(±1)``, ``today_asked``, ``view_chosen``, ``ahead_asked``; ``copy_asked(from year, to year, month
    or None)``."""

    turned = Signal(int)
    today_asked = Signal()
    view_chosen = Signal()
    ahead_asked = Signal()
    copy_asked = Signal(int, int, object)

    def __init__(self) -> None:
        super().__init__()
        self.day = datetime.date.today()
        self.narrow = False
        edge = theme.px(EDGE)
        column = QVBoxLayout(self)
        column.setContentsMargins(edge, theme.px(10), edge, theme.px(4))
        column.setSpacing(theme.px(2))
        self._line, self._below = QHBoxLayout(), QHBoxLayout()
        line = self._line
        line.setSpacing(theme.px(6))
        column.addLayout(line)
        column.addLayout(self._below)
        self.title = heading("")
        self.title.setWordWrap(False)
        self.cost = ElidedLabel(kind="muted")
        line.addWidget(icon_button("caret-left", t("operating_page.earlier"), partial(self.turned.emit, -1)))
        line.addWidget(icon_button("caret-right", t("operating_page.later_on"), partial(self.turned.emit, 1)))
        line.addWidget(self.title)
        line.addWidget(self.cost, 1)
        line.addStretch(0)
        self.today = button(t("operating_page.to_today"), self.today_asked.emit)
        views = [(one, t(f"operating_page.view.{one}")) for one in ("month", "week")]
        self.view = Select(t("operating_page.view"), views)
        self.view.chosen.connect(lambda _: self.view_chosen.emit())
        menu = QMenu(self)
        menu.aboutToShow.connect(lambda: self.fill(menu))
        self.more = menu_button(t("operating_page.more"), menu)
        for each in (self.today, self.view, self.more):
            each.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            line.addWidget(each)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """The cost stands in the line if it fits there, else in one of its own."""
        items = [self._line.itemAt(at) for at in range(self._line.count())]
        parts = [item.widget() for item in items if item is not None]
        taken = sum(one.sizeHint().width() for one in parts if one is not None and one is not self.cost)
        needed = self.cost.fontMetrics().horizontalAdvance(self.cost.accessibleName())
        gaps = self._line.spacing() * len(parts) + 2 * theme.px(EDGE)
        below = taken + needed + gaps > self.width()
        there, other = (self._below, self._line) if below else (self._line, self._below)
        if there.indexOf(self.cost) < 0:
            other.removeWidget(self.cost)
            there.insertWidget(0 if below else COST_AT, self.cost, 1)
        self._line.setStretch(self._line.count() - 4, 1 if below else 0)

    def show_month(self, day: datetime.date, year: int, month: int, total: MonthCost) -> None:
        """Say which month it is and what its messages cost."""
        self.day = day
        self.title.setText(month_title(year, month))
        if not total.sends:
            self.cost.setText(t("operating_page.month_empty"))
            set_kind(self.cost, "muted")
            self._arrange()
            return
        words = t("operating_page.month_cost", n=total.sends, cost=cost_text(total.cost))
        if total.unknown:
            words = t("operating_page.month_unknown", words=words, n=total.unknown)
        self.cost.setText(words)
        set_kind(self.cost, cost_kind(total.cost, plain="muted") if total.cost.short else "muted")
        self._arrange()

    def fill(self, menu: QMenu) -> None:
        """Fill the menu for the month shown."""
        menu.clear()
        year, month = self.day.year, self.day.month
        if self.narrow:
            menu.addAction(t("operating_page.ahead"), self.ahead_asked.emit)
            menu.addSeparator()
        title = month_title(year - 1, month)
        menu.addAction(
            t("operating_page.copy_month", month=title), partial(self.copy_asked.emit, year - 1, year, month)
        )
        for start in (year - 1, year):
            words = t("operating_page.copy_year", year=str(start), to=str(start + 1))
            menu.addAction(words, partial(self.copy_asked.emit, start, start + 1, None))
