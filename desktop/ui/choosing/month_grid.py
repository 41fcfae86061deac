"""The days of one month as a grid that is walked by the arrow keys: what a calendar is made of."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate, QEvent, QLocale, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui import theme

DAYS, WEEKS = 7, 6
CELL_WIDTH, CELL_HEIGHT = 34, 30
CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_BY_DAYS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -DAYS,
    Qt.Key.Key_Down: DAYS,
}
_TAKE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class MonthGrid(QWidget):
    """See the module. ``moved``: another day is marked; ``taken``: a day was chosen.

    Args:
        day: the day marked at first.
        today: gets a ring.
    """

    moved = Signal(object)
    taken = Signal(object)

    def __init__(self, day: dt.date, today: dt.date) -> None:
        super().__init__()
        self.day = day
        self._today = today
        self._under: dt.date | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.mark(day)

    def sizeHint(self) -> QSize:
        return QSize(DAYS * theme.px(CELL_WIDTH), (WEEKS + 1) * theme.px(CELL_HEIGHT))

    def mark(self, day: dt.date) -> None:
        """Mark a day, in its month."""
        self.day = day
        self.setAccessibleName(QLocale().toString(_qt(day), QLocale.FormatType.LongFormat))
        self.update()
        self.moved.emit(day)

    def first_shown(self) -> dt.date:
        """The day in the upper left corner."""
        start = self.day.replace(day=1)
        first = QLocale().firstDayOfWeek().value
        # The calendar knows no day before its first year; there the month begins where it can.
        back = min((start.isoweekday() - first) % DAYS, (start - dt.date.min).days)
        return start - dt.timedelta(days=back)

    def day_at(self, place: QPoint) -> dt.date | None:
        """The day at a place; None: the line of weekdays, or nothing."""
        column = place.x() // theme.px(CELL_WIDTH)
        row = place.y() // theme.px(CELL_HEIGHT) - 1
        if not (0 <= column < DAYS and 0 <= row < WEEKS):
            return None
        return _moved(self.first_shown(), row * DAYS + column)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        year = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in _BY_DAYS and plain:
            self.mark(_moved(self.day, _BY_DAYS[key]) or self.day)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            by = (12 if year else 1) * (1 if key == Qt.Key.Key_PageDown else -1)
            self.mark(by_months(self.day, by))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and plain:
            last = by_months(self.day.replace(day=1), 1) - dt.timedelta(days=1)
            self.mark(self.day.replace(day=1) if key == Qt.Key.Key_Home else last)
        elif key in _TAKE and plain:
            self.taken.emit(self.day)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._under = self.day_at(event.position().toPoint())
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._under = None
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        day = self.day_at(event.position().toPoint())
        if day is not None and event.button() == Qt.MouseButton.LeftButton:
            self.mark(day)
            self.taken.emit(day)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y()
        if turned:
            self.mark(by_months(self.day, -1 if turned > 0 else 1))
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first = self.first_shown()
        painter.setPen(theme.colour("muted"))
        for column in range(DAYS):
            day = _moved(first, column) or first
            name = QLocale().standaloneDayName(day.isoweekday(), QLocale.FormatType.NarrowFormat)
            painter.drawText(_cell(0, column), CENTRE, name)
        for number in range(DAYS * WEEKS):
            shown = _moved(first, number)
            if shown is not None:
                self._paint_day(painter, _cell(1 + number // DAYS, number % DAYS), shown)
        painter.end()

    def _paint_day(self, painter: QPainter, area: QRect, day: dt.date) -> None:
        ink = "ink" if day.month == self.day.month else "muted"
        box = QRectF(area).adjusted(2.5, 1.5, -2.5, -1.5)
        painter.setPen(Qt.PenStyle.NoPen)
        if day == self.day:
            painter.setBrush(theme.colour("accent_fill"))
            painter.drawRoundedRect(box, theme.px(6), theme.px(6))
            ink = "accent_ink"
        elif day == self._under:
            painter.setBrush(theme.colour("hover"))
            painter.drawRoundedRect(box, theme.px(6), theme.px(6))
        if day == self._today and day != self.day:
            painter.setPen(theme.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, theme.px(6), theme.px(6))
        painter.setPen(theme.colour(ink))
        painter.drawText(area, CENTRE, str(day.day))


def by_months(day: dt.date, months: int) -> dt.date:
    """The same day some months on or back; a shorter month's last day where it has no such day."""
    moved = _qt(day).addMonths(months)
    return dt.date(moved.year(), moved.month(), moved.day()) if 1 <= moved.year() <= dt.MAXYEAR else day


def _moved(day: dt.date, days: int) -> dt.date | None:
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return None


def _cell(row: int, column: int) -> QRect:
    width, height = theme.px(CELL_WIDTH), theme.px(CELL_HEIGHT)
    return QRect(column * width, row * height, width, height)


def _qt(day: dt.date) -> QDate:
    return QDate(day.year, day.month, day.day)
