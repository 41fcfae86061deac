"""How often and when: so many messages a week or month, on which days of the week, at what time."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.planning.operating.sheet import Frequency, Hours
from desktop.operations.planning.operating.sheets import SheetNow
from desktop.text import t
from desktop.ui import theme
from desktop.ui.operating_plan.sheet.part_card import PartCard, emptied
from desktop.ui.operating_plan.words import parse_time, weekday
from desktop.ui.operating_plan.writing import fill
from desktop.ui.widgets.buttons import icon_button, link_button
from desktop.ui.widgets.chips import FlowLayout
from desktop.ui.widgets.fields import Select, TextField, check_box
from desktop.ui.widgets.labels import small, text_label

MOST_TIMES = 12
START = Hours((4,), "18:00")


class HoursRow(QWidget):
    """Days of the week and a time. ``edited``, ``removed``."""

    edited = Signal()
    removed = Signal()

    def __init__(self, hours: Hours) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        days = QWidget()
        flow = FlowLayout(days, gap=2)
        self.days = [check_box(weekday(day), day in hours.weekdays) for day in range(7)]
        for box in self.days:
            box.toggled.connect(lambda _: self.edited.emit())
            flow.addWidget(box)
        row = QHBoxLayout()
        row.setSpacing(theme.px(6))
        self.at = TextField("18:00", t("operating_page.at"))
        self.at.setText(hours.at)
        self.at.setFixedWidth(theme.px(84))
        self.at.textEdited.connect(lambda _: self._type())
        row.addWidget(small(t("operating_page.at")))
        row.addWidget(self.at)
        row.addWidget(icon_button("x", t("operating_page.hours_remove"), self.removed.emit))
        row.addStretch(1)
        column.addWidget(days)
        column.addLayout(row)

    @property
    def hours(self) -> Hours:
        """What is chosen."""
        chosen = tuple(day for day, box in enumerate(self.days) if box.isChecked())
        return Hours(chosen, parse_time(self.at.text()) or "")

    def _type(self) -> None:
        self.at.set_wrong(parse_time(self.at.text()) is None)
        self.edited.emit()


class RhythmCard(PartCard):
    """See the module."""

    def __init__(self) -> None:
        super().__init__(t("operating_page.rhythm"))
        times = [(0, t("operating_page.undecided"))]
        times += [(n, t("operating_page.times", n=n)) for n in range(1, MOST_TIMES + 1)]
        self.times = Select(t("operating.part.frequency"), times)
        pers = [(one, t(f"operating_page.per.{one}")) for one in ("week", "month")]
        self.per = Select(t("operating_page.per"), pers)
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(text_label(t("operating.part.frequency"), wrap=False))
        line.addWidget(self.per)
        line.addWidget(self.times)
        line.addStretch(1)
        self.body.addLayout(line)
        self.body.addWidget(small(t("operating_page.part_hint.frequency"), wrap=True))
        self.note = TextField(t("operating_page.frequency_example"), t("operating_page.note"))
        self.body.addWidget(self.note)
        self.body.addWidget(text_label(t("operating.part.hours"), wrap=False))
        self.rows: list[HoursRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.px(8))
        self.body.addLayout(self._list)
        self.add = link_button(t("operating_page.hours_add"), self._add, icon="plus")
        self.body.addWidget(self.add)
        self.body.addStretch(1)
        for choice in (self.times, self.per):
            choice.chosen.connect(lambda _: self.edited.emit())
        self.note.textEdited.connect(lambda _: self.edited.emit())

    def show_sheet(self, now: SheetNow) -> None:
        often = now.sheet.frequency
        if often.times > MOST_TIMES and self.times.findData(often.times) < 0:
            self.times.addItem(t("operating_page.times", n=often.times), often.times)
        self.times.set_value(often.times)
        self.per.set_value(often.per)
        fill(self.note, often.note)
        if now.sheet.hours != self._hours():
            emptied(self._list)
            self.rows = []
            for hours in now.sheet.hours:
                self._insert(hours)

    def taken(self) -> dict[str, Any]:
        often = Frequency(int(self.times.value() or 0), str(self.per.value()), self.note.text().strip())
        return {"frequency": often, "hours": self._hours()}

    def _hours(self) -> tuple[Hours, ...]:
        every = (row.hours for row in self.rows)
        return tuple(one for one in every if one.weekdays or one.at)

    def _insert(self, hours: Hours) -> None:
        row = HoursRow(hours)
        row.edited.connect(self.edited)
        row.removed.connect(partial(self._remove, row))
        self.rows.append(row)
        self._list.addWidget(row)

    def _add(self) -> None:
        self._insert(START)
        self.edited.emit()

    def _remove(self, row: HoursRow) -> None:
        self.rows.remove(row)
        row.hide()
        row.setParent(None)
        row.deleteLater()
        self.edited.emit()
