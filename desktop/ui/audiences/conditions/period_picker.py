"""When the orders of a line lie: at any time, in the last days, in a period that moves with the calendar, between two days."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from desktop.core.people.condition import Ago, Day, Named, Period, Value
from desktop.core.people.query.values import read_number, written_period
from desktop.core.people.sentences import Form
from desktop.text import t
from desktop.ui import theme
from desktop.ui.audiences.conditions.days import typed_day, whole_day
from desktop.ui.audiences.conditions.words import UNITS, unit_label
from desktop.ui.choosing.day_chooser import Calendar
from desktop.ui.widgets.chips import FlowLayout
from desktop.ui.widgets.fields import Select, TextField

ALWAYS, DAYS, BETWEEN, OTHER = "", "days", "between", "other"
NAMED = ("this_month", "last_month", "this_year", "last_year")
USUAL_DAYS = 90
MOST_DAYS = 999_999
DAYS_WIDTH = 64
DATE_WIDTH = 128
GAP = 6


class PeriodPicker(QWidget):
    """``edited``: another period, or part of one, was entered."""

    edited = Signal()

    def __init__(self, period: Period | None) -> None:
        super().__init__()
        self._given = period
        row = FlowLayout(self, gap=GAP)
        shape = _shape(period)
        choices = [(ALWAYS, t("builder.period.always")), (DAYS, t("builder.period.days"))]
        choices += [(word, t(f"query.value.{word}")) for word in NAMED]
        choices.append((BETWEEN, t("builder.period.between")))
        if shape == OTHER and period is not None:
            choices.append((OTHER, written_period(period)))
        self.shape = Select(t("builder.period"), choices)
        self.shape.set_value(shape)
        self.days = _field(t("builder.period.days"), DAYS_WIDTH)
        self.unit = Select(
            t("audiences_page.unit"), [(unit, unit_label(unit, Form.AGO_WITHIN)) for unit in UNITS]
        )
        self.first = _field(t("builder.period.from"), DATE_WIDTH, t("builder.period.from"))
        self.last = _field(t("builder.period.until"), DATE_WIDTH, t("builder.period.until"))
        self.calendars = [Calendar(field, whole_day) for field in (self.first, self.last)]
        self._fill(period)
        self._parts = (self.shape, self.days, self.unit, self.first, self.last)
        for part in self._parts:
            row.addWidget(part)
        self.unit.chosen.connect(lambda _: self._edited())
        self.shape.chosen.connect(self._choose)
        for field in (self.days, self.first, self.last):
            field.textEdited.connect(self._edited)
        self._show_fields()

    def sizeHint(self) -> QSize:
        """All in one line; where there is less room its parts go on in the next."""
        parts = [part for part in self._parts if not part.isHidden()]
        gaps = theme.px(GAP) * max(0, len(parts) - 1)
        width = gaps + sum(part.sizeHint().width() for part in parts)
        return QSize(width, max(part.sizeHint().height() for part in parts))

    def period(self) -> Period | None:
        """What was entered; None: at any time, also while nothing usable has been entered."""
        shape = str(self.shape.value())
        if shape == OTHER:
            return self._given
        if shape in NAMED:
            return Period(Named(shape), Named(shape))
        if shape == DAYS:
            count = _days(self.days.text())
            return None if count is None else Period(None, Ago(count, str(self.unit.value())))
        if shape == BETWEEN:
            low, high = (typed_day(field.text()) for field in (self.first, self.last))
            return None if low is None and high is None else Period(low, high)
        return None

    def _fill(self, period: Period | None) -> None:
        shape = _shape(period)
        high = period.high if period is not None else None
        span = high if shape == DAYS and isinstance(high, Ago) else Ago(USUAL_DAYS)
        self.days.setText(str(span.count))
        self.unit.set_value(span.unit)
        if shape == BETWEEN and period is not None:
            for field, end in ((self.first, period.low), (self.last, period.high)):
                field.setText(_written(end))

    def _choose(self, _shape_chosen: object) -> None:
        self._show_fields()
        self._edited()
        if str(self.shape.value()) in (DAYS, BETWEEN):
            (self.days if self.shape.value() == DAYS else self.first).setFocus()

    def _edited(self) -> None:
        self.days.set_wrong(_days(self.days.text()) is None)
        for field in (self.first, self.last):
            field.set_wrong(bool(field.text().strip()) and typed_day(field.text()) is None)
        self.edited.emit()

    def _show_fields(self) -> None:
        shape = self.shape.value()
        for part in (self.days, self.unit):
            part.setVisible(shape == DAYS)
        for part in (self.first, self.last):
            part.setVisible(shape == BETWEEN)
        self.updateGeometry()


def _shape(period: Period | None) -> str:
    if period is None:
        return ALWAYS
    low, high = period.low, period.high
    if low is None and isinstance(high, Ago):
        return DAYS
    if isinstance(low, Named) and low == high and low.word in NAMED:
        return low.word
    days = [isinstance(end, Day) and end.day is not None for end in (low, high) if end is not None]
    return BETWEEN if all(days) and low != high else OTHER


def _field(name: str, width: int, example: str = "") -> TextField:
    field = TextField(example, name)
    field.setFixedWidth(theme.px(width))
    return field


def _days(text: str) -> int | None:
    found = read_number(text.strip()) if text.strip() else None
    return found if isinstance(found, int) and 0 <= found <= MOST_DAYS else None


def _written(value: Value | None) -> str:
    return f"{value.year:04}-{value.month:02}-{value.day:02}" if isinstance(value, Day) and value.day else ""
