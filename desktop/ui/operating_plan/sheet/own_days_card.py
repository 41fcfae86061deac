"""The shop's own days that come back each year: its anniversary, a market, a season of its own. The calendar shows them like the
festivals."""

from __future__ import annotations

import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.planning.operating.sheet import OwnDay
from desktop.operations.planning.operating.sheets import SheetNow
from desktop.text import t
from desktop.ui import theme
from desktop.ui.operating_plan.sheet.part_card import PartCard, emptied
from desktop.ui.widgets.buttons import icon_button, link_button
from desktop.ui.widgets.fields import TextField
from desktop.ui.widgets.labels import muted


class OwnDayRow(QWidget):
    """One of them. ``edited``, ``removed``."""

    edited = Signal()
    removed = Signal()

    def __init__(self, day: OwnDay | None) -> None:
        super().__init__()
        self._kept = day
        self.name = TextField(t("operating_page.own_day_example"), t("operating_page.own_day"))
        self.first = TextField("3/15", t("operating_page.own_day_first"))
        self.last = TextField(t("operating_page.until_example"), t("operating_page.own_day_last"))
        self.idea = TextField(t("operating_page.own_day_idea_example"), t("operating_page.own_day_idea"))
        if day is not None:
            self.name.setText(day.name)
            self.first.setText(_written(day.first))
            self.last.setText(_written(day.last) if day.last != day.first else "")
            self.idea.setText(day.idea)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        line = QHBoxLayout()
        line.setSpacing(theme.px(6))
        for field in (self.first, self.last):
            field.setFixedWidth(theme.px(76))
        line.addWidget(self.name, 1)
        line.addWidget(self.first)
        line.addWidget(self.last)
        line.addWidget(icon_button("x", t("operating_page.own_day_remove"), self.removed.emit))
        column.addLayout(line)
        column.addWidget(self.idea)
        for field in (self.name, self.first, self.last, self.idea):
            field.textEdited.connect(lambda _: self._type())

    @property
    def written(self) -> OwnDay | None:
        """What is written; None while it has no name or day."""
        name, first = self.name.text().strip(), month_day(self.first.text())
        last = month_day(self.last.text()) if self.last.text().strip() else first
        if not name or first is None or last is None:
            return None
        prepare = self._kept.prepare_days if self._kept else 14
        return OwnDay(name, first, last, self.idea.text().strip(), prepare)

    def _type(self) -> None:
        for field in (self.first, self.last):
            field.set_wrong(bool(field.text().strip()) and month_day(field.text()) is None)
        self.edited.emit()


class OwnDaysCard(PartCard):
    """See the module."""

    def __init__(self) -> None:
        super().__init__(t("operating.own_days"))
        self.rows: list[OwnDayRow] = []
        self.body.addWidget(muted(t("operating_page.own_days_hint"), wrap=True))
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.px(10))
        self.body.addLayout(self._list)
        self.add = link_button(t("operating_page.own_day_add"), self._add, icon="plus")
        self.body.addWidget(self.add)
        self.body.addStretch(1)

    def show_sheet(self, now: SheetNow) -> None:
        if now.sheet.own_days != self._days():
            emptied(self._list)
            self.rows = []
            for day in now.sheet.own_days:
                self._insert(day)

    def taken(self) -> dict[str, Any]:
        return {"own_days": self._days()}

    def _days(self) -> tuple[OwnDay, ...]:
        return tuple(day for row in self.rows if (day := row.written) is not None)

    def _insert(self, day: OwnDay | None) -> OwnDayRow:
        row = OwnDayRow(day)
        row.edited.connect(self.edited)
        row.removed.connect(partial(self._remove, row))
        self.rows.append(row)
        self._list.addWidget(row)
        return row

    def _add(self) -> None:
        self._insert(None).name.setFocus()

    def _remove(self, row: OwnDayRow) -> None:
        self.rows.remove(row)
        row.hide()
        row.setParent(None)
        row.deleteLater()
        self.edited.emit()


def month_day(text: str) -> tuple[int, int] | None:
    """A day of the year from 3/15, 3-15 or 0315; None where it is none."""
    parts = text.strip().replace("-", "/").split("/")
    if len(parts) == 1 and len(parts[0]) == 4:
        parts = [parts[0][:2], parts[0][2:]]
    try:
        month, day = (int(part) for part in parts)
        datetime.date(2024, month, day)
    except ValueError:
        return None
    return month, day


def _written(day: tuple[int, int]) -> str:
    return f"{day[0]}/{day[1]}"
